"""The options of the command `calculators`, and the page that explains them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from calculators.engine.inputs.suggestions import suggest_nearest
from calculators.engine.questions.question import Ask, Copy, Ranges, Result, Sensitivity, Solve, Sweep, Working
from macros.command.misuse import Misuse

USAGE = """\
calculators NAME [input=value …] [options]   an answer as text
calculators --list                           the names of all calculators
calculators NAME --help                      its inputs and outputs, with unit, bounds, default and source
calculators case FILE                        the answers to a case file: your case first, then what else it holds
calculators new TOPIC/NAME                   begin a calculator: its file, page, navigation and test

options
  --json            the answer as JSON, unrounded
  --as FORM         the answer as markdown, csv, python or command
  --working         the working of every output, or of --working=OUTPUT
  --ranges          every amount across inputs typed as ranges, like requests=80k..120k
  --sensitivity     what matters most, for the headline or for --sensitivity=OUTPUT
  --solve WHAT      per_month=1000 by=requests: the input at which an output reaches a target
  --sweep WHAT      requests=10k..100k per_month: one or two outputs while an input runs; without
                    ends, from half of what it is to double
  --compare FILE    this question beside the one in a scenario file
  --copy NAME=FILE  write a file that is made of yours, like mended=new.jsonl, and list what is changed
  --report FILE     write the answer on one or two pages to show: FILE ends in .md, .html or .pdf
  --save FILE       write the question to a scenario file, or a case to a case file, as JSON
  --from FILE       start from a scenario file; typed inputs come on top
  --example NAME    start from a named example; typed inputs come on top
  --help            this page, or a calculator's inputs and outputs

Numbers are typed as people type them: 10k, 1,000, 2M, 1e6, $3, 30%, and tokens also as 2 pages.
A figure of a model is its input's name, a dot and the figure: model.input=2
A file is named by its path, like logs=~/logs; - is the standard input: zcat day.gz | calculators NAME logs=-
"""


@dataclass(frozen=True, slots=True)
class Beside:
    """A comparison with the question in a scenario file."""

    path: str


@dataclass(frozen=True, slots=True)
class Written:
    """A file to be made of the reader's own, and the path that it is written to."""

    copy: Copy
    path: str


@dataclass(slots=True)
class CommandOptions:
    """A command line: its words, which are a calculator and inputs, and what its options say."""

    words: list[str] = field(default_factory=list)
    wants_help: bool = False
    wants_list: bool = False
    form: str = "text"
    as_json: bool = False
    example: str = ""
    start: str = ""
    save: str = ""
    report: str = ""
    asks: list[Ask | Beside | Written] = field(default_factory=list)

    @property
    def ask(self) -> Ask | Beside | Written:
        """What is asked: the last option that asks for something else than the result."""
        return self.asks[-1] if self.asks else Result()

    @property
    def written(self) -> list[Written]:
        """The files to write."""
        return [ask for ask in self.asks if isinstance(ask, Written)]

    @property
    def compared(self) -> str:
        """The scenario file to compare with, or nothing."""
        return next((ask.path for ask in reversed(self.asks) if isinstance(ask, Beside)), "")


SWITCHES = ("--json", "--list", "--help", "--ranges")
"""The options that take no value."""

ALONE = ("--working", "--sensitivity")
"""The options whose value may be left out."""

NEEDED = {
    "--compare": "a file",
    "--solve": "an output and an input, like per_month=1000 by=requests",
    "--sweep": "an input and its ends, like requests=10k..100k",
    "--copy": "a name and a file, like mended=new.jsonl",
    "--example": "a name",
    "--as": "a form: markdown, csv, python or command",
    "--save": "a file",
    "--report": "a file that ends in .md, .html or .pdf",
    "--from": "a file",
}
"""The options that need a value, each with what that is."""


def parse_command_options(arguments: list[str]) -> CommandOptions:
    """What a command line says; `argparse` would take as long to import as a tenth of an answer.

    Raises:
        Misuse: an option is unknown, has a value that it does not take, or lacks the value that it needs.
    """
    options = CommandOptions()
    waiting = _command_options_joined(arguments)
    while waiting:
        word = waiting.pop(0)
        option, has_value, text = word.partition("=")
        if option in NEEDED and not has_value and waiting and _is_command_option_value(waiting[0]):
            text = waiting.pop(0)
        if option in SWITCHES and has_value:
            raise Misuse(f"{option} takes no value")
        if option in NEEDED and not text.strip():
            raise Misuse(f"{option} needs {NEEDED[option]}")
        if option in (*SWITCHES, *ALONE, *NEEDED):
            _set_command_option(options, option, text)
        else:
            options.words.append(word)
    known = (*SWITCHES, *ALONE, *NEEDED)
    for word in options.words:
        if word.startswith("-") and not re.match("-[0-9]", word):
            option = word.partition("=")[0]
            raise Misuse(f"there is no option {option}{suggest_nearest(option, [*known, '-h'])}")
    return options


def _is_command_option_value(word: str) -> bool:
    """Whether a word is no option, as a number below zero and the sign for the standard input are none."""
    return not word.startswith("-") or word == "-" or " " in word or word[1] in ".0123456789"


def _set_command_option(options: CommandOptions, option: str, text: str) -> None:
    match option:
        case "--json":
            options.as_json = True
        case "--list":
            options.wants_list = True
        case "--help":
            options.wants_help = True
        case "--example":
            options.example = text
        case "--as":
            options.form = text
        case "--save":
            options.save = text
        case "--report":
            options.report = text
        case "--from":
            options.start = text
        case _:
            options.asks.append(_command_options_ask(option, text))


def _command_options_ask(option: str, text: str) -> Ask | Beside | Written:
    match option:
        case "--ranges":
            return Ranges()
        case "--working":
            return Working(tuple(text.split()))
        case "--sensitivity":
            return Sensitivity(text)
        case "--compare":
            return Beside(text)
        case "--solve":
            return _command_options_solve(text)
        case "--sweep":
            return _command_options_sweep(text)
    file, _, path = text.partition("=")
    if not file or not path:
        raise Misuse(f"{option} needs {NEEDED[option]}")
    return Written(Copy(file), path)


_GROWING = {"--solve": r"\S+ [a-z]\w*=\S*", "--sweep": r"\S+( [a-z]\w*)+"}
"""The options whose value is several words, and what these words are: `per_month=1000 by=requests`, typed unquoted."""


def _command_options_joined(arguments: list[str]) -> list[str]:
    """The arguments with the words of one value put together, as if a person had typed them in quotes."""
    waiting = list(arguments)
    joined: list[str] = []
    while waiting:
        word = waiting.pop(0)
        option, has_value, text = word.partition("=")
        if option == "-h":
            word = f"--help{word[2:]}"
        joined.append(word)
        if option not in _GROWING:
            continue
        if not has_value and waiting and not waiting[0].startswith("-"):
            text = waiting.pop(0)
            joined.append(text)
        while waiting and re.fullmatch(_GROWING[option], f"{text} {waiting[0]}", re.ASCII):
            text = f"{text} {waiting[0]}"
            joined[-1] = f"{joined[-1]} {waiting.pop(0)}"
    return joined


def _command_options_solve(text: str) -> Solve:
    target, *rest = text.split()
    output, _, amount = target.partition("=")
    by, _, changed = (rest or [""])[0].partition("=")
    if changed and by != "by":
        raise Misuse("Name the input to change, such as by=requests")
    return Solve(output, amount, changed)


def _command_options_sweep(text: str) -> Sweep:
    swept, *outputs = text.split()
    name, _, ends = swept.partition("=")
    return Sweep(name, ends, tuple(outputs))
