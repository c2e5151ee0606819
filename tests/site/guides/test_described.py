"""The guides to authors describe all that an author can use: macros, diagrams, and what a calculator declares."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from calculators.engine import declare, numbers
from calculators.engine.declare import charts, input_fields, output_fields
from macros.pages.pictures import diagrams
from tests.conftest import ROOT
from tests.site.content.test_macros import defined_macros

CONTRIBUTE = ROOT / "docs" / "contribute"
DECLARATIONS = ("add-a-calculator.md", "declarations.md")
TOPICS = ("agents", "choosing", "evaluating", "fine_tuning", "prompting", "rag", "serving", "domain")
CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def code_of_guides(*guides: str) -> str:
    """The code that guides show, in their lines and in blocks of its own."""
    texts = ((CONTRIBUTE / guide).read_text("utf-8") for guide in guides)
    return "\n".join(shown for text in texts for shown in CODE.findall(text))


def undescribed_names(names: Iterable[str], code: str) -> list[str]:
    """Those of the names that the code of a guide does not hold."""
    known_names = set(re.findall(r"[A-Za-z_]\w*", code))
    return sorted(set(names) - known_names)


def used_declarations() -> set[str]:
    """What calculators import of the package with which they declare questions and answers."""
    trees = (
        ast.parse(path.read_text("utf-8")) for topic in TOPICS for path in (ROOT / "calculators" / topic).rglob("*.py")
    )
    imports = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return {each.name for node in imports if node.module == declare.__name__ for each in node.names}


def functions_of_module(module: Any) -> list[Callable[..., object]]:
    """The functions that a module defines and declarations offer."""
    members = (member for _, member in inspect.getmembers(module, inspect.isfunction))
    return [member for member in members if member.__module__ == module.__name__ and member.__name__ in declare.__all__]


FUNCTIONS = [
    *functions_of_module(input_fields),
    *functions_of_module(output_fields),
    *functions_of_module(charts),
    declare.calculator,
]
VALUES = (declare.Range, declare.Judgement, declare.Table, declare.RankedRow, declare.CopiedFiles, declare.Column)


def test_every_macro_is_described() -> None:
    macros = defined_macros().macros
    assert len(macros) > 20
    assert undescribed_names(macros, code_of_guides("add-a-page.md")) == []


def test_every_diagram_is_described() -> None:
    code = code_of_guides("add-a-page.md")
    drawn = {path.stem for path in (ROOT / "docs" / "assets" / "diagrams").glob("*.svg")}
    assert (
        drawn
        and [name for name in sorted(drawn | set(diagrams.COMPUTED)) if not re.search(rf'["`]{name}["`]', code)] == []
    )


def test_every_declaration_in_use_is_described() -> None:
    declared = (
        used_declarations() | {function.__name__ for function in FUNCTIONS} | {"LEADING", "EXAMPLES", "NOT_COUNTED"}
    )
    assert {"number", "amount", "curves", "Table"} <= declared
    assert undescribed_names(declared, code_of_guides(*DECLARATIONS)) == []


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_every_parameter_of_a_declaration_is_described(function: Callable[..., object]) -> None:
    assert undescribed_names(inspect.signature(function).parameters, code_of_guides(*DECLARATIONS)) == []


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.__name__)
def test_every_part_of_a_value_is_described(value: Any) -> None:
    parts = [field.name for field in dataclasses.fields(value)]
    assert undescribed_names(parts, code_of_guides(*DECLARATIONS)) == []


def test_every_function_of_a_formula_is_described() -> None:
    assert undescribed_names(numbers.__all__, code_of_guides(*DECLARATIONS)) == []


def test_what_a_guide_does_not_name_is_found() -> None:
    assert undescribed_names(["number", "numbr"], "Write `number(label)`.") == ["numbr"]
