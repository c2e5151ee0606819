"""What the site promises, row by row: each row has an id, and the tests that hold it carry that id in a mark.

F: starting up. R: running. B: what authors are told. A: what decides a release. To add a promise, add its row here and
mark a test with its id, such as `@pytest.mark.promise("R10")`; to find the tests of a row, search for that mark.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[1]

PROMISES = {
    "F1": "Without scripts the worked example can be read, and nothing pretends to work.",
    "F2": "A file of the page or the Worker that is missing or broken gives a sentence and another try.",
    "F3": "So does a file of the interpreter.",
    "F4": "A browser that forbids WebAssembly is told apart.",
    "F5": "On a slow line the page can be read at once, and what was typed meanwhile is answered once.",
    "F6": "A download that stalls ends after a minute.",
    "F7": "After a deploy a page runs its own build.",
    "F8": "Where storage is blocked everything works, and nothing is remembered.",
    "F9": "No service worker is left behind.",
    "F10": "A tab keeps numbers and choices alone, until they are cleared.",
    "R1": "A computation that does not end is stopped.",
    "R2": "An error in Python shows no traceback and no typed text.",
    "R3": "An interpreter that broke is replaced.",
    "R4": "An interpreter that ran out of memory is replaced.",
    "R5": "Ten megabytes are read while the page stays awake.",
    "R6": "Hostile training data is refused line by line.",
    "R7": "Two calculators on a page keep to themselves.",
    "R8": "A burst of typing asks little, and shows the newest answer only.",
    "R9": "A tab that slept is not taken for one that failed.",
    "R10": "After Back and Reload, inputs and result belong together.",
    "R11": "A translated page still calculates.",
    "R12": "A hostile link changes nothing and breaks nothing.",
    "R13": "On paper there are inputs, result, dates and address, and nothing to press.",
    "B1": "Malformed data is named with file, line and column.",
    "B2": "So is a key that stands twice.",
    "B3": "So is an unknown key, with the nearest known one.",
    "B4": "So is a missing source or day.",
    "B5": "So is a wrong unit, and text for a number.",
    "B6": "So are numbers that are none, and links that are no links.",
    "B7": "So are prices out of range, and steps without a reason.",
    "B8": "Days that cannot be are refused, and stale figures are reported.",
    "B9": "An unknown name in a page is told with page and line.",
    "B10": "Broken links, anchors and pages that nothing leads to stop the build.",
    "B11": "So do broken addresses in raw HTML, and missing images.",
    "B12": "So does anything that would be loaded from elsewhere.",
    "B13": "So does broken front matter.",
    "B14": "The result on a page is what the engine answers.",
    "A1": "Nothing is asked of another address, on any page and with any calculator.",
    "A2": "Hostile Python in the Worker reaches nothing.",
    "A3": "One strict content policy stands first in every page.",
    "A4": "A pasted text shows up nowhere else.",
    "A5": "The page, the Worker and the terminal give the same answers.",
    "A6": "Answers agree with calculations made by others.",
    "A7": "Whatever way a reader comes back, inputs and result belong together.",
    "A8": "Every file that can fail at the start fails in words, and trying again works.",
    "A9": "After every failure while running, the next answer is right.",
    "A10": "Every way of typing a number is understood or refused by name.",
    "A11": "Without scripts there are notice, result and formula.",
    "A12": "Axe finds nothing.",
    "A13": "A keyboard is enough.",
    "A14": "Every kind of mistake in the data has a file that shows its message.",
    "A15": "A broken page fails with the command that publishes.",
    "A16": "There are never two builds on one page.",
    "A17": "The site works below any path.",
    "A18": "Where storage and cookies are blocked no script breaks.",
    "A19": "Large files, bursts and two calculators do not stop the page.",
    "A20": "No link makes a calculator throw or forget its defaults.",
    "A21": "A page is small before its interpreter is asked for.",
    "A22": "An altered operator in a formula is noticed.",
    "A23": "The runtime that ships is the one that was looked at.",
    "A24": "Dependencies and workflows are checked for known weaknesses.",
    "A25": "Paper, translation, less motion and sleep are provided for.",
}


def promised(source: str) -> tuple[set[str], int]:
    """The ids in the marks above the tests of a file, and how many of its marks hold nothing."""
    tree = ast.parse(source)
    tests = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    calls = [call for test in tests for call in test.decorator_list if isinstance(call, ast.Call) and call.args]
    above = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "promise"]
    marks = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "promise"]
    return {str(ast.literal_eval(id)) for call in above for id in call.args}, len(marks) - len(above)


LEFT_OUT = re.compile(r"\b(?:mark|pytest)\.(?:skip|skipif|xfail|importorskip)\b")


def test_no_test_is_left_out_or_expected_to_fail() -> None:
    """Those that take minutes run every night."""
    assert [path.name for path in HERE.rglob("*.py") if LEFT_OUT.search(path.read_text("utf-8"))] == []


@cache
def promises_of_tests() -> dict[str, tuple[set[str], int]]:
    """What `promised` says of each file of tests."""
    return {path.relative_to(HERE).as_posix(): promised(path.read_text("utf-8")) for path in HERE.rglob("test_*.py")}


def test_every_promise_is_held_by_a_test() -> None:
    promises_held = set().union(*(ids for ids, _ in promises_of_tests().values()))
    assert [f"{id}: {promise}" for id, promise in PROMISES.items() if id not in promises_held] == []


def test_every_mark_stands_above_a_test_and_names_promises() -> None:
    assert {
        file: ids - set(PROMISES) for file, (ids, _) in promises_of_tests().items() if not ids <= set(PROMISES)
    } == {}
    assert [file for file, (_, loose) in promises_of_tests().items() if loose] == []


@pytest.mark.parametrize(
    ("source", "ids", "loose"),
    [
        ('@pytest.mark.promise("A1", "F2")\ndef test_a(): ...', {"A1", "F2"}, 0),
        ("def test_a1_f2(): ...", set(), 0),
        ("@pytest.mark.promise()\ndef test_a(): ...", set(), 1),
        ("@pytest.mark.promise\ndef test_a(): ...", set(), 1),
        ('@pytest.mark.promise("A1")\ndef helper(): ...', set(), 1),
        ('pytestmark = pytest.mark.promise("A1")\ndef test_a(): ...', set(), 1),
    ],
)
def test_a_mark_counts_only_above_a_test(source: str, ids: set[str], loose: int) -> None:
    assert promised(source) == (ids, loose)
