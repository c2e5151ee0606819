"""Divides many cases that are alike between every run and the night.

`@pytest.mark.one_in(5)` has every run try every fifth case of a test, beginning where the commit says, so that each
commit tries others. `@examples(12, at_night=60)` draws that many examples of a property. `CASES=all` has all cases and
all examples tried, as `make test-long` and `make mutate` do; `CASES=<commit>` those that a commit had tried. A case
that is named, as in `pytest "tests/engine/test_read.py::test_a_case[1]"`, is always tried.

`pytestmark = [DETAILS]` has the tests of a file take turns in the same way, as far as none holds a promise of the
README: those of a feature's details, whose core other files try in every run. Whoever names the file, as in
`pytest tests/browser/pages/test_case.py`, has all of it tried.
"""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import pytest
from hypothesis import settings

ALL = "all"
DETAILS = pytest.mark.one_in(2, of="file")
"""Tests of a file in a browser that take turns, as each starts pages of its own."""

Test = TypeVar("Test", bound=Callable[..., Any])
Case = TypeVar("Case")


def commit() -> str:
    """The commit that is checked out; nothing where there is no history, as in a copy of the files."""
    words = ("git", "rev-parse", "HEAD")
    try:
        ended = subprocess.run(words, cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return ended.stdout.strip()


# Processes that pytest spreads the tests over inherit the choice.
CHOICE = os.environ.setdefault("CASES", commit())


def examples(by_day: int, *, at_night: int) -> Callable[[Test], Test]:
    """Settings of a property: the same examples each time, however slow the machine, and fewer of them by day."""
    count = at_night if CHOICE == ALL else by_day
    tuned = settings(max_examples=count, deadline=None, derandomize=True, database=None)

    def decorate(test: Test) -> Test:
        decorated: Test = pytest.mark.fewer_by_day(tuned(test))
        return decorated

    return decorate


def is_turn(place: int, count: int, apart: int, name: str, choice: str = CHOICE) -> bool:
    """Whether a case is tried by day, of so many, one in `apart` of which is; at least one of them is."""
    apart = min(apart, count)
    return choice == ALL or place % apart == crc32(f"{choice} {name}".encode()) % apart


def some(cases: Sequence[Case], apart: int, name: str) -> Sequence[Case]:
    """Of cases that a single test tries, those whose turn it is; `name` says which test."""
    return [case for place, case in enumerate(cases) if is_turn(place, len(cases), apart, name)]


def is_named(item: pytest.Item, mark: pytest.Mark) -> bool:
    """Whether a person has asked for this very case, or for the file whose tests take turns."""
    files = {Path(word).resolve() for word in item.config.args} if mark.kwargs else set()
    return any("::" in word for word in item.config.args) or item.path in files


def left_to_the_night(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    """The cases whose turn it is not."""
    divided = [
        (item, mark)
        for item in items
        if (mark := item.get_closest_marker("one_in")) and not item.get_closest_marker("long")
        if not (mark.kwargs and item.get_closest_marker("promise"))
    ]
    counts = Counter(name_of_group(item, mark) for item, mark in divided)
    places: Counter[str] = Counter()
    left = set()
    for item, mark in divided:
        name = name_of_group(item, mark)
        if not is_turn(places[name], counts[name], mark.args[0], name) and not is_named(item, mark):
            left.add(item)
        places[name] += 1
    return left


def name_of_group(item: pytest.Item, mark: pytest.Mark) -> str:
    """What the cases are cases of: a test's id without its case, or its file."""
    return item.nodeid.partition("::" if mark.kwargs else "[")[0]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the cases that other commits and the night try."""
    if left := left_to_the_night(items):
        config.hook.pytest_deselected(items=list(left))
        items[:] = [item for item in items if item not in left]


def pytest_report_header() -> str:
    """What chose among cases that are alike; the same choice again has the same cases tried."""
    return f"CASES={CHOICE}"
