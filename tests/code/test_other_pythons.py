"""Every Python that is installed here answers as this one does: the build and the page have different ones."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.answers import CASES, NAMES
from tests.calculators.every.test_instrument import NO_SCALARS
from tests.code.answering import all_replies
from tests.daily import some

OLDEST, NEWEST = 11, 19
"""The minor versions of Python 3 that are looked for."""

PROGRAM = Path(__file__).with_name("answering.py")
VERSION = "import sys; print(*sys.version_info[:2])"
ASKS = (("result", "text"), ("result", "json"))

ODD_TEXTS = (
    "\U0001fae8",
    "\U00011f52",
    "\u07c1",
    "\u202e",
    "\xad",
    "it's",
    "\\d",
    "\ud800",
    "१२",
    "½",
    "1_0",
    "9" * 5000,
)
"""Signs that some versions know and others do not, signs that are not shown, and numbers of every kind."""

ODD_QUESTIONS = (
    "[" * 900,
    '{"given": ' + "[" * 20_000,
    '{"given": {"a": "' + "[" * 900 + '"}}',
    '{"a": 1,}',
    "[1,]",
    "1" * 5000,
)
"""JSON that is broken, or nested deeper than some versions can read."""

LINES = (
    "a/b --json --as csv --working --sensitivity=x y=-1 -2",
    "a/b --solve per_month=1000 by=requests --sweep requests=1..2 per_month",
    "a/b --solve -1",
    "a/b --as",
    "a/b --as=",
    "a/b --json=yes",
    "a/b --jso",
    "a/b -1_000 -.5 -x",
    "a/b -- --json",
    "a/b --save --json",
    "--lists",
    "--from=a --example b c=d --help -h -h=1",
)


def version(command: str) -> str:
    """The version of a Python such as `3.12`; nothing where the command does not run."""
    try:
        process = subprocess.run([command, "-c", VERSION], capture_output=True, text=True, timeout=60)
    except OSError:
        return ""
    return ".".join(process.stdout.split())


@functools.cache
def other_pythons() -> dict[str, str]:
    """The commands of the Pythons on the path and below `~/.pyenv` by their version, one of each but this one's."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    folders += sorted((Path.home() / ".pyenv" / "versions").glob("3.*/bin"))
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    commands = {}
    for minor in range(OLDEST, NEWEST + 1):
        name = f"3.{minor}"
        paths = [folder / f"python{name}" for folder in folders]
        running = (str(path) for path in paths if path.is_file() and version(str(path)) == name)
        if name != here and (command := next(running, None)):
            commands[name] = command
    return commands


def replies(command: str, asked: str) -> list[str]:
    process = subprocess.run([command, "-I", "-B", str(PROGRAM)], input=asked, capture_output=True, text=True)
    assert process.returncode == 0, process.stderr
    listed: list[str] = json.loads(process.stdout)
    return listed


@pytest.fixture(scope="module")
def asked(catalogue: Catalogue) -> str:
    """Examples of every calculator in several ways, at night all, and odd texts in place of names and numbers."""
    cases = some(CASES, 4, "examples")
    questions = [
        {"calculator": name, "given": dict(given), "ask": ask, "form": form}
        for name, _, given in cases
        for ask, form in ASKS
    ]
    for text in ODD_TEXTS:
        questions += [{"calculator": name, "given": {text: text}} for name in (*NAMES, text)]
        questions += [{"calculator": NAMES[0], "ask": text}, {"calculator": NAMES[0], "form": text}]
        for ask in (
            {"kind": "solve", "by": text},
            {"kind": "sweep", "input": text},
            {"kind": "working", "outputs": [text]},
        ):
            questions.append({"calculator": "prompting/cost", "ask": ask})
        questions += [
            {"calculator": "prompting/cost", "given": {name: text}} for name in ("requests", "model", "as_of")
        ]
        questions.append({"calculator": "evaluating/compare", "given": {"results": f"{text}\n1 {text}"}, "form": "csv"})
    return json.dumps(
        {
            "facts": catalogue.facts.text,
            "floats": [(name, dict(given)) for name, _, given in cases if name not in NO_SCALARS],
            "questions": [*map(json.dumps, questions), *ODD_QUESTIONS],
            "lines": [*map(str.split, LINES), *([text, f"--{text}", f"--as={text}"] for text in ODD_TEXTS)],
        }
    )


@pytest.mark.fewer_by_day
def test_every_python_answers_alike(asked: str) -> None:
    """This one, too, in a process of its own: it hashes texts in another way."""
    expected = all_replies(asked)
    assert len(expected) > 400
    for name, command in {"of these tests": sys.executable, **other_pythons()}.items():
        differing = [pair for pair in zip(expected, replies(command, asked), strict=True) if pair[0] != pair[1]]
        assert differing == [], f"Python {name}"
