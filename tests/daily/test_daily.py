"""Cases that take turns: each is tried by some commit, some by each commit, and all at night."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.daily import ALL, is_turn

COMMITS = [f"{number:040x}" for number in range(60)]
"""As many as leave no case of five out, but once in a million times."""


def tried(count: int, apart: int, choice: str) -> set[int]:
    return {place for place in range(count) if is_turn(place, count, apart, "test", choice)}


@pytest.mark.parametrize(("count", "apart"), [(23, 5), (5, 5), (3, 5), (1, 4), (112, 4)])
def test_each_case_has_its_turn_and_each_commit_tries_some(count: int, apart: int) -> None:
    by_commit = [tried(count, apart, commit) for commit in COMMITS]
    assert set().union(*by_commit) == set(range(count))
    assert {len(places) for places in by_commit} <= {max(1, count // apart), -(-count // apart)}
    assert tried(count, apart, ALL) == set(range(count))


def test_another_test_begins_elsewhere() -> None:
    begins = {min(place for place in range(9) if is_turn(place, 9, 3, name, COMMITS[0])) for name in "abcdefghijkl"}
    assert begins == {0, 1, 2}


TOY = '''"""Twelve cases, four examples or forty, and a test without cases."""

import pytest
from hypothesis import given, strategies

from tests.daily import examples

@pytest.mark.one_in(4)
@pytest.mark.parametrize("case", range(12))
def test_case(case):
    print("case")


@examples(4, at_night=40)
@given(strategies.integers())
def test_property(number):
    print("example")


def test_alone():
    print("alone")
'''


TOY_OF_DETAILS = '''"""Four tests in turn, a promise, and eight cases that have their own turns."""

import pytest

from tests.daily import DETAILS

pytestmark = DETAILS


@pytest.mark.parametrize("number", range(4))
def test_detail(number):
    print("detail")


@pytest.mark.promise("A1")
def test_promise():
    print("promise")


@pytest.mark.one_in(8)
@pytest.mark.parametrize("case", range(8))
def test_case(case):
    print("case")
'''


@pytest.mark.parametrize(
    ("choice", "words", "counts"),
    [
        ("1234", ["{}"], {"case": 3, "example": 4, "alone": 1}),
        (ALL, ["{}"], {"case": 12, "example": 40, "alone": 1}),
        (ALL, ["{}", "-m", "one_in or fewer_by_day"], {"case": 12, "example": 40}),
        ("1234", ["{}::test_case[7]", "{}::test_case[8]"], {"case": 2}),
    ],
)
def test_a_run_by_day_tries_less_than_the_night(
    tmp_path: Path, choice: str, words: list[str], counts: dict[str, int]
) -> None:
    assert tries_of(tmp_path, TOY, choice, words) == counts


@pytest.mark.parametrize(
    ("choice", "words", "counts"),
    [
        ("1234", ["{folder}"], {"detail": 2, "promise": 1, "case": 1}),
        (ALL, ["{folder}"], {"detail": 4, "promise": 1, "case": 8}),
        ("1234", ["{}"], {"detail": 4, "promise": 1, "case": 1}),
        ("1234", ["{}::test_detail[0]", "{}::test_detail[1]"], {"detail": 2}),
    ],
)
def test_details_take_turns_unless_their_file_is_named_or_they_hold_a_promise(
    tmp_path: Path, choice: str, words: list[str], counts: dict[str, int]
) -> None:
    assert tries_of(tmp_path, TOY_OF_DETAILS, choice, words) == counts


def tries_of(folder: Path, toy: str, choice: str, words: list[str]) -> Counter[str]:
    """How often each kind of test of a file runs by one choice."""
    path = folder / "test_toy.py"
    path.write_text(toy, "utf-8")
    options = ["-q", "-s", "-c", str(ROOT / "pyproject.toml"), "-p", "tests.daily", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options]
    ended = subprocess.run(
        [*command, *(word.format(path, folder=folder) for word in words)],
        cwd=ROOT,
        env={**os.environ, "CASES": choice},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return Counter(re.findall(r"\b(case|example|alone|detail|promise)\b", ended.stdout))
