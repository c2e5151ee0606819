"""A question that several calculators ask is declared once, in the domain, and used by name."""

import ast
import dataclasses
import inspect
from collections import defaultdict
from functools import cache, partial

import pytest

from calculators.discovery import calculator_names, find_calculator
from calculators.domain import questions
from calculators.engine.declare import DeclaredPlanInputs, Every, InputKind, NumberInput, declared_kinds, kinds
from calculators.engine.inputs.shared_questions import case_question_names

SHARED = {name for name, declaration in vars(questions).items() if isinstance(declaration, partial)}

SAME_WORDS = {
    "Examples": {"questions.examples", "evaluating/plan"},
    "Tokens in an example": {"questions.example_tokens", "questions.training_example_tokens"},
}
"""Labels that ask for different things: examples in a prompt, in a test and in a training file."""


def calls(inputs: type) -> dict[str, ast.Call]:
    """How each question of a calculator is declared, by the name of the input; those of base classes too."""
    return {
        field.target.id: field.value
        for base in reversed(inputs.__mro__)
        if dataclasses.is_dataclass(base)
        for field in ast.walk(ast.parse(inspect.getsource(base)))
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(field.value, ast.Call)
    }


def shared_name(call: ast.Call) -> str | None:
    """The name of the shared question that a declaration uses, if it uses one."""
    used = ast.unparse(call.func)
    return used.removeprefix("questions.") if used.startswith("questions.") else None


@cache
def asked() -> tuple[tuple[str, InputKind, ast.Call], ...]:
    """All questions of all calculators: the calculator's name, the kind of question, and its declaration."""
    inputs = {calculator: find_calculator(calculator).inputs for calculator in calculator_names()}
    declarations = {calculator: calls(fields) for calculator, fields in inputs.items()}
    return tuple(
        (calculator, kind, declarations[calculator][name])
        for calculator, fields in inputs.items()
        for name, kind in declared_kinds(fields).items()
        if not isinstance(kind, Every | DeclaredPlanInputs)
    )


def test_one_label_is_one_declaration() -> None:
    """Questions of the same words, of the same kind and in the same unit, are the same question."""
    places: defaultdict[tuple[str, type[InputKind], str], set[str]] = defaultdict(set)
    for calculator, kind, call in asked():
        answers = [getattr(kind, name, None) for name in ("unit", "options", "collection")]
        name = shared_name(call)
        places[kind.label, type(kind), str(answers)].add(f"questions.{name}" if name else calculator)
    assert {label: declarations for (label, *_), declarations in places.items() if len(declarations) > 1} == SAME_WORDS


@pytest.mark.parametrize("name", sorted(SHARED))
def test_a_shared_question_is_asked_by_several_calculators(name: str) -> None:
    """What one calculator alone asks stands in its own `Inputs`."""
    assert len({calculator for calculator, _, call in asked() if shared_name(call) == name}) > 1


def test_a_default_of_its_own_has_its_own_reason() -> None:
    """A calculator that replaces a usual default replaces the reason for it as well."""
    unreasoned = [
        f"{calculator}: {kind.label}"
        for calculator, kind, call in asked()
        if shared_name(call) and {"default", "because"} & {word.arg for word in call.keywords} == {"default"}
    ]
    assert unreasoned == []


def test_all_calculators_begin_with_one_volume() -> None:
    """Whoever goes from one page to the next, or compares two of them, meets the same month."""
    inputs = tuple((calculator, find_calculator(calculator).inputs) for calculator in calculator_names())
    volumes = {
        (calculator, path): volume.default
        for calculator, names in case_question_names(inputs).items()
        for path, name in names.items()
        if name == "requests" and isinstance(volume := kinds(dict(inputs)[calculator])[path], NumberInput)
    }
    assert ("rag/cost", "queries") in volumes and len(volumes) > 6
    assert len(set(volumes.values())) == 1, volumes
