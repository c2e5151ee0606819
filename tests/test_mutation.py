"""The search for mistakes that no test notices works: it finds one in a toy, and its list of known ones holds."""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import libcst as cst
import pytest

from tests.calculators.answers import NAMES
from tests.conftest import ROOT
from tests.mutation.__main__ import SHARED, TRACED
from tests.mutation.kept import Kept
from tests.mutation.known import LIST, entries, strangers
from tests.mutation.mutants import Mutant, mistakes_in_text
from tests.mutation.operators import wrong

TOY = '''"""Two formulas."""

from functools import cache

PARTS = 2


@cache
def half(value):
    return value / PARTS


class Pair:
    def __init__(self, first, second):
        self.first, self.second = first, second

    @property
    def larger(self):
        return self.first if self.first > self.second else self.second
'''
TESTS = '''"""All but where both are equal, which makes no difference."""

from calculators.toy.pair import Pair, half


def test_half():
    assert half(4) == 2


def test_larger():
    assert Pair(1, 2).larger == Pair(2, 1).larger == 2
'''
FROZEN = '''"""As our own tests do: what is imported by now is left out of every search for lost objects."""

import gc


def pytest_collection_finish():
    gc.freeze()
'''
SURVIVOR = "return self.first if self.first {} self.second else self.second"
ENTRY = f"- `toy/pair` `Pair.larger`: `{SURVIVOR.format('>')}` → `{SURVIVOR.format('>=')}`: equal ones are alike.\n"


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A project of one file with formulas, and their tests."""
    shutil.copytree(ROOT / "tests" / "mutation", tmp_path / "tests" / "mutation")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "calculators" / "toy").mkdir(parents=True)
    (tmp_path / "tests" / "calculators" / "toy").mkdir(parents=True)
    for folder in ("calculators", "calculators/toy"):
        (tmp_path / folder / "__init__.py").touch()
    (tmp_path / "calculators" / "toy" / "pair.py").write_text(TOY)
    (tmp_path / "tests" / "calculators" / "toy" / "test_pair.py").write_text(TESTS)
    (tmp_path / "tests" / "conftest.py").write_text(FROZEN)
    return tmp_path


def searched(project: Path, known: str, *options: str) -> tuple[int, str]:
    """The exit status and the words of a search, with some mutants known to change no result."""
    (project / "tests" / "mutation" / LIST.name).write_text(known)
    command = [sys.executable, "-m", "tests.mutation", "toy", *options]
    environment = {**os.environ, "PYTHONPATH": str(project)}
    process = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    return process.returncode, process.stdout + process.stderr


def test_a_mistake_that_no_test_notices_is_found(toy: Path) -> None:
    status, words = searched(toy, "")
    assert status == 1
    assert f"toy/pair Pair.larger: survived\n- {SURVIVOR.format('>')}\n+ {SURVIVOR.format('>=')}\n" in words
    assert words.count("survived") == 1
    # The number, the division, the comparison and each branch.
    assert words.split("| toy/pair")[1].split("|")[1:5] == [" 5 ", " 4 ", " 0 ", " 1 "]


def test_a_mistake_that_changes_nothing_is_passed_over(toy: Path) -> None:
    status, words = searched(toy, ENTRY)
    assert (status, words.count("survived")) == (0, 0)


def test_an_entry_for_what_a_test_notices_is_refused(toy: Path) -> None:
    listed = ENTRY + "- `toy/pair` `half`: `return value / PARTS` → `return value * PARTS`: why not.\n"
    assert searched(toy, listed)[0] == 0
    status, words = searched(toy, listed, "--listed")
    assert status == 1
    assert "Listed as equivalent, but\na test fails:\ntoy/pair\nhalf\n" in words


def test_what_is_listed_is_not_tried(toy: Path) -> None:
    searched(toy, ENTRY)
    assert [line for line in lines_of(toy) if SURVIVOR.format(">=") in line[0]] == []
    searched(toy, ENTRY, "--listed")
    assert [line[1] for line in lines_of(toy) if SURVIVOR.format(">=") in line[0]] == ["survived"]


def test_a_run_that_is_ended_has_kept_what_it_knew(toy: Path) -> None:
    """The third mutant of five ends the run, as a person would who is tired of waiting for it."""
    trial = toy / "tests" / "mutation" / "__main__.py"
    text = trial.read_text("utf-8")
    ended = "        tell(mutant, outcome)\n        if mutant.function == 'Pair.larger':\n            os._exit(9)\n"
    trial.write_text(text.replace("        tell(mutant, outcome)\n", ended), "utf-8")
    assert searched(toy, ENTRY, "--forks=1")[0] == 9
    before = lines_of(toy)
    assert [line[0].split(" | ")[1] for line in before] == ["PARTS", "half"]
    trial.write_text(text, "utf-8")
    status, words = searched(toy, ENTRY, "--again")
    assert (status, words.split("| toy/pair")[1].split("|")[1:5]) == (0, [" 5 ", " 4 ", " 1 ", " 0 "])
    assert len(lines_of(toy)) == 4
    assert lines_of(toy)[:2] == before


def test_a_half_written_line_is_passed_over_and_a_later_one_holds(tmp_path: Path) -> None:
    first, second = (
        Mutant("toy/pair", "half", 0, 0, "", defines=False),
        Mutant("toy/pair", "PARTS", 0, 0, "", defines=False),
    )
    lines = tmp_path / "mutants.jsonl"
    history = Kept(lines)
    texts = {first: ("half", "whole"), second: ("one", "two")}
    with patch.object(Mutant, "lines", property(texts.__getitem__)):
        history.begin()
        history.add(first, "survived", "")
        history.add(second, "survived", "")
        # Another mutant that looks like the first.
        history.add(first, "killed", "tests/test_pair.py::test_half")
        assert Kept(lines).about([first, second]) == {first: ("survived", ""), second: ("survived", "")}
        following = Kept(lines)
        following.add(second, "killed", "tests/test_pair.py::test_parts")
        with lines.open("a") as file:
            file.write('["toy/pair | half')
        last = Kept(lines)
        last.begin()
        known = {first: ("survived", ""), second: ("killed", "tests/test_pair.py::test_parts")}
        assert last.about([first, second]) == Kept(lines).about([first, second]) == known
    assert lines.read_text().count("\n") == 2


def test_only_the_tests_that_are_asked_for_are_run(toy: Path) -> None:
    half = toy / "tests" / "test_half.py"
    half.write_text("from calculators.toy.pair import half\n\n\ndef test_half():\n    assert half(4) == 2\n")
    status, words = searched(toy, "", "--tests=tests/test_half.py")
    assert status == 1
    assert "Pair.larger: no test reaches it" in words
    assert {line[2] for line in lines_of(toy)} == {"", "tests/test_half.py::test_half"}


def test_a_mutant_has_no_more_seconds_of_tests_than_are_given(toy: Path) -> None:
    """The faster test does not notice the mistake, and takes more processor time than a mutant is given."""
    slow = """from calculators.toy.pair import half


def test_blind():
    half(4)
    sum(range(3_000_000))


def test_slower():
    sum(range(9_000_000))
    assert half(4) == 2
"""
    (toy / "tests" / "test_slow.py").write_text(slow)
    for seconds, outcome in (("0.01", "survived"), ("20", "killed")):
        searched(toy, "", "--tests=tests/test_slow.py", f"--seconds={seconds}")
        assert [line[1] for line in lines_of(toy) if line[0].startswith("toy/pair | half")][-1] == outcome


def lines_of(project: Path) -> list[list[str]]:
    """What a project has kept of its mutants."""
    text = (project / ".cache" / "mutants.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_tests_that_fail_by_themselves_are_told(toy: Path) -> None:
    (toy / "tests" / "calculators" / "toy" / "test_more.py").write_text("def test_of_nothing():\n    assert False\n")
    status, words = searched(toy, ENTRY)
    assert status == 1
    assert "the tests fail without any mistake" in words


def test_every_calculator_has_its_traced_run_whichever_commit_is_tried() -> None:
    """By day a commit has one case in eight, so that wrong units would survive in most calculators."""
    words = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *SHARED]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    assert [name for name in NAMES if f"{TRACED}[{name}: defaults]" not in listed] == []


def test_every_mistake_on_the_list_can_be_made() -> None:
    assert strangers(entries(LIST.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "entry",
    ["- `rag/cost` `cost`: `a + b` → `a - b`: why.", "- `rag/gone` `cost`: `a + b` → `a - b`: why."],
)
def test_an_entry_for_code_that_is_gone_is_found(entry: str) -> None:
    assert strangers(entries(entry)) == entries(entry) != []


def test_an_entry_needs_its_reason() -> None:
    with pytest.raises(ValueError, match="This line is no entry"):
        entries("- `rag/cost` `cost`: `a + b` → `a - b`")


@pytest.mark.parametrize(
    ("call", "mistakes"),
    [
        ("choose(cheaper, one, other)", ["choose(cheaper, other, one)"]),
        ("choose(cheaper, one, one)", []),
        ("choose(versions)", []),
        ("choose(cheaper, *sides)", []),
        ("choose(cheaper, yes=one, no=other)", []),
        ("known_or(price, other)", ["other"]),
        ("known_or(price)", []),
        ("known_or(*prices)", []),
        ("quotient(cost, requests, None)", ["quotient(requests, cost, None)"]),
        ("quotient(cost, requests, otherwise=None)", ["quotient(requests, cost, otherwise=None)"]),
        ("quotient(cost)", []),
        ("quotient(*costs, requests)", []),
        ("ceil(cost)", ["floor(cost)", "cost"]),
        ("ceil(*costs)", ["floor(*costs)"]),
        ("opposite()", []),
        ("root(number=cost)", []),
        ("smallest(one, other)", ["largest(one, other)", "smallest(other)", "smallest(one, )"]),
        ("smallest(*costs, other)", ["largest(*costs, other)"]),
    ],
)
def test_a_function_of_that_name_may_take_fewer_values(call: str, mistakes: list[str]) -> None:
    module = cst.Module([])
    assert [module.code_for_node(mistake) for mistake in wrong(cst.parse_expression(call))] == mistakes


OVER_LINES = """def chosen(first, second, third):
    if (
        first is None
        or second is None
        or third
    ):
        return largest(
            first,
            second,
        )
    return (first
            and second), third
"""


def test_a_mistake_in_code_over_several_lines_is_code_of_as_many_lines() -> None:
    """What a mistake puts on one line is followed by empty ones, so that the lines after it keep their numbers."""
    broken = [OVER_LINES[:start] + code + OVER_LINES[end:] for _, start, end, code, _ in mistakes_in_text(OVER_LINES)]
    assert len(broken) == len(set(broken)) > 6
    for text in broken:
        returns = [node.lineno for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Return)]
        assert sorted(returns) == [7, 11], text
