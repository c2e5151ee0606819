"""The command `calculators`: the same answers as on the pages, as text or JSON."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from macros.catalogue import catalogue
from macros.facts import FactsError

if TYPE_CHECKING:
    from calculators.answer import Catalogue

USAGE = """\
calculators NAME [input=value …] [options]   an answer as text
calculators --list                           the names of all calculators
calculators NAME --help                      its inputs with unit, bounds, default and source
calculators new TOPIC/NAME                   begin a calculator: its file, page, navigation and test

options
  --json            the answer as JSON, unrounded
  --as FORM         the answer as markdown, csv, python or command
  --working         the working of every output, or of --working=OUTPUT
  --ranges          every amount across inputs typed as ranges, like requests=80k..120k
  --sensitivity     what matters most, for the headline or for --sensitivity=OUTPUT
  --solve WHAT      per_month=1000 by=requests: the input at which an output reaches a target
  --sweep WHAT      requests=10k..100k per_month: one or two outputs while an input runs
  --compare FILE    this question beside the one in a scenario file
  --save FILE       write the question to a scenario file, as JSON
  --from FILE       start from a scenario file; typed inputs come on top
  --example NAME    start from a named example; typed inputs come on top
  --help            this page, or a calculator's inputs

Numbers are typed as people type them: 10k, 1,000, 2M, 1e6, $3, 30%.
A figure of a model is its input's name, a dot and the figure: model.input=2
"""


class Misuse(Exception):
    """The command line cannot be understood; the message says what to type instead."""


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; 0 is an answer, 2 a command that cannot be answered: one message on the error stream."""
    try:
        print(run(sys.argv[1:] if arguments is None else arguments), end="")
    except (Misuse, FactsError) as error:
        print(f"calculators: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
    return 0


def run(arguments: list[str]) -> str:
    """What the command prints; Misuse where it cannot be answered."""
    options, words = _split(arguments)
    if not words and "--list" not in options:
        if arguments and "--help" not in options:
            raise Misuse("name a calculator, or ask for --list")
        return USAGE
    if words[:1] == ["new"]:
        return _new(words[1:], options)
    found = catalogue()
    if "--list" in options:
        return "".join(f"{name}  {_title(name)}\n" for name in found.names)
    name, *inputs = words
    _known(name)
    if "--help" in options:
        return _help(found, name)
    kept = scenario(options["--from"], name, found) if "--from" in options else {}
    given = {**_example(name, options.get("--example", "")), **kept, **_with_files(name, _typed(inputs))}
    ask = _asked(options, name, given, found)
    if "--save" in options:
        save(options["--save"], _answer(found, name, given, "scenario", "result"))
    if "--compare" in options:
        given = scenario(options["--compare"], name, found)
    return _answer(found, name, given, "json" if "--json" in options else options.get("--as", "text"), ask)


def _new(words: list[str], options: dict[str, str]) -> str:
    from macros import scaffold

    if len(words) != 1 or options:
        raise Misuse("new takes the name of one calculator, like: calculators new rag/latency")
    try:
        return scaffold.new(words[0])
    except scaffold.Refused as error:
        raise Misuse(str(error)) from None


def _asked(options: dict[str, str], name: str, given: dict[str, str], found: Catalogue) -> str:
    """What is asked: the last of the options that ask something else than the result."""
    asked = "result"
    for flag, value in options.items():
        if flag == "--compare":
            asked = f"compare {json.dumps({'given': given, 'names': [Path(value).stem, 'Now']})}"
        elif flag in _ASKING:
            asked = f"{_ASKING[flag]} {value}".strip()
    return asked


_ASKING = {f"--{verb}": verb for verb in ("working", "ranges", "sensitivity", "solve", "sweep")}
_VALUED = ("--working", "--sensitivity")
_NEEDING = {
    "--example": "a name", "--as": "a form: markdown, csv, python or command",
    "--solve": "an output and an input, like per_month=1000 by=requests",
    "--sweep": "an input and its ends, like requests=10k..100k", "--compare": "a file", "--save": "a file",
    "--from": "a file",
}  # fmt: skip
_GOING_ON = {"--solve": re.compile(r"by=.*"), "--sweep": re.compile(r"[a-z]\w*")}
"""What still belongs to an option's value: the input to solve by, the outputs of a sweep."""
_FLAGS = ("--json", "--list", "--help", "-h", "--compare", *_ASKING, *_NEEDING)


def _split(arguments: list[str]) -> tuple[dict[str, str], list[str]]:
    from calculators.engine.suggest import nearest

    options: dict[str, str] = {}
    words: list[str] = []
    waiting = list(arguments)
    while waiting:
        argument = waiting.pop(0)
        if not argument.startswith("-") or argument[1:2].isdigit():
            words.append(argument)
            continue
        flag, has_value, value = argument.partition("=")
        if flag not in _FLAGS:
            raise Misuse(f"there is no option {flag}{nearest(flag, _FLAGS)}")
        if has_value and flag not in (*_VALUED, *_NEEDING):
            raise Misuse(f"{flag} takes no value")
        if flag in _NEEDING and not has_value:
            value = waiting.pop(0) if waiting else ""
            if not value or value.startswith("--"):
                raise Misuse(f"{flag} needs {_NEEDING[flag]}")
        while waiting and flag in _GOING_ON and _GOING_ON[flag].fullmatch(waiting[0]):
            value = f"{value} {waiting.pop(0)}"
        options["--help" if flag == "-h" else flag] = value
    return options, words


def save(path: str, text: str) -> None:
    """Writes a scenario to a file that terminal and page can open: calculator, day, answer, numbers and choices.

    Texts and files stay out of it, because a scenario is handed on.
    """
    try:
        Path(path).write_text(text, "utf-8")
    except OSError as error:
        raise Misuse(f"the file {path!r} cannot be written ({type(error).__name__})") from None


def scenario(path: str, name: str, found: Catalogue) -> dict[str, str]:
    """What was typed in a scenario file; Misuse where it is none, or one of another calculator.

    What is no input, now or formerly, is left out; that, and facts that have moved on since, is said on the error
    stream.
    """
    try:
        told = json.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise Misuse(f"the file {path!r} cannot be read ({type(error).__name__})") from None
    given = told.get("given") if isinstance(told, dict) else None
    if not isinstance(given, dict) or not all(isinstance(it, str) for it in given.values()):
        raise Misuse(f"the file {path!r} holds no scenario: write one with --save")
    if told.get("calculator") != name:
        raise Misuse(f"the file {path!r} is a scenario of {str(told.get('calculator'))[:60]!r}, not of {name}")
    kept = _understood(name, given, found)
    if len(kept) < len(given):
        _say(f"a part of {path!r} was not understood and left out")
    day, answer = told.get("facts"), told.get("answer")
    if isinstance(day, str) and isinstance(answer, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", day) and answer:
        today = found.facts.as_of
        if day != today:
            now = json.loads(_answer(found, name, kept, "scenario", "result"))["answer"]
            then = "".join(sign for sign in answer if sign.isprintable())[:60]
            _say(f"with the prices of {day} the answer was {then}; with those of {today} it is {now}")
    return kept


def _understood(name: str, given: dict[str, str], found: Catalogue) -> dict[str, str]:
    """What of a scenario names an input, under its present name."""
    from calculators.engine.inputs import present, understand
    from calculators.find import find

    inputs = find(name).inputs
    unknown = understand(inputs, given, found.facts).unknown
    return {present(inputs, it): text for it, text in given.items() if present(inputs, it) not in unknown}


def _say(words: str) -> None:
    print(f"calculators: {words}", file=sys.stderr)


def _known(name: str) -> None:
    from calculators.find import UnknownCalculator, find

    try:
        find(name)
    except UnknownCalculator as error:
        raise Misuse(f"{error} (calculators --list shows all)") from None


def _title(name: str) -> str:
    from calculators.find import find

    return find(name).title


def _typed(words: list[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise Misuse(f"{word!r} is no input: write it like requests=100k")
        if name in given:
            raise Misuse(f"{name} is given twice")
        given[name] = value
    return given


def _with_files(name: str, given: dict[str, str]) -> dict[str, str]:
    """The typed texts, a file's path replaced by what the file holds, line ends and all; what is no text shows as �."""
    from calculators.engine.declare import File, kinds
    from calculators.find import find

    described = kinds(find(name).inputs)
    for key, path in given.items():
        if isinstance(described.get(key), File):
            try:
                content = Path(path).read_bytes()
            except (OSError, ValueError) as error:
                raise Misuse(f"{key}: the file {path!r} cannot be read ({type(error).__name__})") from None
            if not content:
                raise Misuse(f"{key}: the file {path!r} is empty")
            given[key] = content.decode("utf-8", "replace")
    return given


def _example(name: str, example: str) -> dict[str, str]:
    from calculators.engine.suggest import nearest
    from calculators.find import find

    if not example:
        return {}
    examples = {it.name: it for it in find(name).examples}
    if example not in examples:
        raise Misuse(
            f"{name} has no example {example!r}{nearest(example, examples)} Its examples: {'; '.join(examples)}"
        )
    return dict(examples[example].given)


def _answer(found: Catalogue, name: str, given: dict[str, str], as_: str, ask: str) -> str:
    from calculators.answer import Unanswerable
    from calculators.engine.facts import FactError
    from calculators.engine.read import Refused

    try:
        text = found.answer(name, json.dumps(given), as_, ask)
    except (Refused, Unanswerable, FactError) as error:
        raise Misuse(str(error)) from None
    return text if text.endswith("\n") else f"{text}\n"


def _help(found: Catalogue, name: str) -> str:
    from calculators.find import find
    from macros.inputs_help import inputs_help

    return inputs_help(find(name), found.facts)


if __name__ == "__main__":
    raise SystemExit(main())
