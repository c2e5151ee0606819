"""The search for mistakes that no test notices works: it finds one in a toy, and its list of known ones holds."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import libcst as cst
import pytest

from tests.calculators.answers import NAMES
from tests.conftest import ROOT
from tests.mutation.__main__ import SHARED, TRACED
from tests.mutation.known import LIST, entries, strangers
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


def searched(project: Path, known: str) -> tuple[int, str]:
    """The exit status and the words of a search, with some mutants known to change no result."""
    (project / "tests" / "mutation" / LIST.name).write_text(known)
    command = [sys.executable, "-m", "tests.mutation", "toy"]
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
    status, words = searched(
        toy, ENTRY + "- `toy/pair` `half`: `return value / PARTS` → `return value * PARTS`: why not.\n"
    )
    assert status == 1
    assert "Listed as equivalent, but\na test fails:\ntoy/pair\nhalf\n" in words


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
