"""Names say where they are: README.md maps every package, few names are used twice, and draws repeat."""

from __future__ import annotations

import ast

import pytest

from tests.code.placement.drawing import FOLDERS, drawn, functions_of, is_placed, mapped_folders, mapped_place, places
from tests.names import ROOT

MOST_SHARED = 0.02
"""The share of names that several modules may define, such as what a library asks for."""

PLANTED = """
class Bill:
    def total(self): ...
    def total(self, month): ...
    def _sum(self): ...
    def __add__(self, more): ...


def _rate():
    def nested(): ...
"""


def test_readme_maps_every_package() -> None:
    packages = {
        "/".join(path.relative_to(ROOT).parts[:3]) + "/"
        for folder in FOLDERS
        for path in (ROOT / folder).glob("*/*/**/*.py")
        if "__pycache__" not in path.parts
    }
    assert sorted(folder for folder in mapped_folders() if folder.count("/") > 2) == sorted(packages)


def test_few_names_are_defined_twice() -> None:
    names = places()
    shared = {name: modules for name, modules in names.items() if len(modules) > 1}
    assert len(shared) < MOST_SHARED * len(names), shared


def test_what_is_drawn() -> None:
    """Functions and public methods, an overloaded one once; neither nested functions nor private or special methods."""
    assert functions_of(ast.parse(PLANTED)) == ["Bill.total", "_rate"]
    assert drawn(20, "a seed") == drawn(20, "a seed") != drawn(20, "another")


@pytest.mark.parametrize(
    ("answer", "is_right"),
    [
        ("calculators/readers/usage/traces/otlp.py", True),
        ("calculators/readers/usage/traces", True),
        ("calculators/readers/usage/", True),
        ("calculators/readers/", False),
        ("calculators/readers/training/", False),
        ("calculators/readers/usage/traces/spans.py", False),
        ("calculators/domain", True),
    ],
)
def test_a_place_is_a_module_or_a_mapped_folder_of_it(answer: str, is_right: bool) -> None:
    modules = ["calculators/readers/usage/traces/otlp.py", "calculators/domain/plans.py"]
    assert is_placed(answer, modules, mapped_folders()) is is_right


def test_the_most_exact_folder_counts() -> None:
    folders = ["calculators/", "calculators/rag/", "docs/"]
    assert mapped_place("calculators/rag/cost/store.py", folders) == "calculators/rag/"
