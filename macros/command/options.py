"""The options of the command `calculators`, read by argparse, and the page that explains them."""

from __future__ import annotations

import argparse
import re
from argparse import ArgumentError, ArgumentParser, ArgumentTypeError, HelpFormatter
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


def parse_command_options(arguments: list[str]) -> CommandOptions:
    """What a command line says.

    Raises:
        Misuse: an option is unknown, has a value that it does not take, or lacks the value that it needs.
    """
    argparse._ = str  # type: ignore[attr-defined]  # it would look for translations of words that are not shown
    parser = ArgumentParser(
        prog="calculators",
        formatter_class=_command_options_formatter,
        add_help=False,
        allow_abbrev=False,
        exit_on_error=False,
    )
    flags = (
        parser.add_argument("--json", dest="as_json", action="store_true"),
        parser.add_argument("--list", dest="wants_list", action="store_true"),
        parser.add_argument("--help", dest="wants_help", action="store_true"),
        parser.add_argument("--ranges", dest="asks", action="append_const", const=Ranges()),
    )
    names = (
        parser.add_argument("--working", dest="asks", action="append", type=_command_options_working),
        parser.add_argument("--sensitivity", dest="asks", action="append", type=Sensitivity),
    )
    needs = (
        parser.add_argument("--compare", dest="asks", action="append", type=_command_options_beside, metavar="a file"),
        parser.add_argument(
            "--solve",
            dest="asks",
            action="append",
            type=_command_options_solve,
            metavar="an output and an input, like per_month=1000 by=requests",
        ),
        parser.add_argument(
            "--sweep",
            dest="asks",
            action="append",
            type=_command_options_sweep,
            metavar="an input and its ends, like requests=10k..100k",
        ),
        parser.add_argument(
            "--copy",
            dest="asks",
            action="append",
            type=_command_options_written,
            metavar="a name and a file, like mended=new.jsonl",
        ),
        parser.add_argument("--example", type=_command_options_text, metavar="a name"),
        parser.add_argument(
            "--as", dest="form", type=_command_options_text, metavar="a form: markdown, csv, python or command"
        ),
        parser.add_argument("--save", type=_command_options_text, metavar="a file"),
        parser.add_argument("--report", type=_command_options_text, metavar="a file that ends in .md, .html or .pdf"),
        parser.add_argument("--from", dest="start", type=_command_options_text, metavar="a file"),
    )
    needed = {option: action.metavar for action in needs for option in action.option_strings}
    options = CommandOptions()
    try:
        _, options.words = parser.parse_known_args(_command_options_joined(arguments), options)
    except ArgumentError as error:
        option = error.argument_name
        raise Misuse(f"{option} needs {needed[option]}" if option in needed else f"{option} takes no value") from None
    known = [option for action in (*flags, *names, *needs) for option in action.option_strings]
    for word in options.words:
        if word.startswith("-") and not re.match("-[0-9]", word):
            option = word.partition("=")[0]
            raise Misuse(f"there is no option {option}{suggest_nearest(option, [*known, '-h'])}")
    return options


_GROWING = {"--solve": re.compile(r"\S+ [a-z]\w*=\S*", re.A), "--sweep": re.compile(r"\S+( [a-z]\w*)+", re.A)}
"""The options whose value is several words, and what these words are: `per_month=1000 by=requests`, typed unquoted."""
_ALONE = {"--working": "--working=", "--sensitivity": "--sensitivity="}
"""The options whose value may be left out; without the sign, argparse would take the next word for it."""


def _command_options_joined(arguments: list[str]) -> list[str]:
    """The arguments with the words of one value put together, as if a person had typed them in quotes."""
    waiting = list(arguments)
    joined: list[str] = []
    while waiting:
        word = re.sub("^-h(?==|$)", "--help", waiting.pop(0))
        joined.append(_ALONE.get(word, word))
        option, has_value, text = word.partition("=")
        if option not in _GROWING:
            continue
        if not has_value and waiting and not waiting[0].startswith("-"):
            text = waiting.pop(0)
            joined.append(text)
        while waiting and _GROWING[option].fullmatch(f"{text} {waiting[0]}"):
            text = f"{text} {waiting[0]}"
            joined[-1] = f"{joined[-1]} {waiting.pop(0)}"
    return joined


def _command_options_formatter(prog: str) -> HelpFormatter:
    """What argparse makes for each option; without a width it would ask for the terminal's, with four more imports."""
    return HelpFormatter(prog, width=80)


def _command_options_text(text: str) -> str:
    """The value of an option that needs one; argparse names the option where there is none."""
    if not text:
        raise ArgumentTypeError("empty")
    return text


def _command_options_beside(text: str) -> Beside:
    return Beside(_command_options_text(text))


def _command_options_written(text: str) -> Written:
    file, _, path = text.partition("=")
    if not file or not path:
        raise ArgumentTypeError("empty")
    return Written(Copy(file), path)


def _command_options_working(text: str) -> Working:
    return Working(tuple(text.split()))


def _command_options_solve(text: str) -> Solve:
    target, *rest = _command_options_text(text).split()
    output, _, amount = target.partition("=")
    by, _, changed = (rest or [""])[0].partition("=")
    if changed and by != "by":
        raise Misuse("Name the input to change, such as by=requests")
    return Solve(output, amount, changed)


def _command_options_sweep(text: str) -> Sweep:
    swept, *outputs = _command_options_text(text).split()
    name, _, ends = swept.partition("=")
    return Sweep(name, ends, tuple(outputs))
