"""What matters most, solve for, sweep and compare, in every scalar calculator; each held to the answers themselves."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import Any

import pytest

from calculators.engine.declare import Amount, kinds
from calculators.engine.read import Refused
from calculators.find import find
from tests.calculators.every import NAMES, Given, amounts, told
from tests.strategies import Field, fields

NO_SCALARS = ("choosing/approach", "fine_tuning/dataset", "prompting/builder")
"""Calculators without instruments: what they answer is no number that inputs move."""

SCALAR = [name for name in NAMES if name not in NO_SCALARS]
BY_SCALAR = pytest.mark.parametrize("name", SCALAR)


def ask(catalogue: Any, name: str, question: str, given: Given | None = None) -> dict[str, Any]:
    """What an instrument found, as JSON."""
    found: dict[str, Any] = json.loads(catalogue.answer(name, json.dumps(dict(given or {})), "json", question))
    return found


def headline(name: str) -> str:
    """The number that the instruments look at."""
    calculator = find(name)
    if isinstance(kinds(calculator.outputs)[calculator.headline], Amount):
        return calculator.headline
    return next(iter(amounts(name)))


def value(catalogue: Any, name: str, output: str, **typed: str) -> Decimal | None:
    """One output of the exact answer."""
    found = told(catalogue, name, {path.replace("__", "."): text for path, text in typed.items()})["outputs"][output]
    return None if found["value"] is None else Decimal(found["value"])


def near(left: object, right: object) -> bool:
    """Equal to eight digits: the instruments run on floats."""
    return math.isclose(float(str(left)), float(str(right)), rel_tol=1e-8, abs_tol=1e-9)


def field_of(name: str, path: str) -> Field:
    """The field of a path."""
    return next(field for field in fields(find(name).inputs) if field.path == path)


def test_the_others_have_no_instruments() -> None:
    assert set(NO_SCALARS) <= set(NAMES)


@BY_SCALAR
def test_what_matters_most_is_what_the_answers_do(catalogue, name: str) -> None:
    found = ask(catalogue, name, "sensitivity")
    output = headline(name)
    assert found["output"] == output and found["inputs"] and found["sentence"]
    widths = [abs(Decimal(it["high"]) - Decimal(it["low"])) for it in found["inputs"]]
    assert widths == sorted(widths, reverse=True) and widths[-1] > 0
    for it in (found["inputs"][0], found["inputs"][-1], found["inputs"][len(found["inputs"]) // 2]):
        assert near(value(catalogue, name, output, **{it["input"]: it["from"]}), it["low"]), it
        assert near(value(catalogue, name, output, **{it["input"]: it["to"]}), it["high"]), it


@BY_SCALAR
def test_a_range_of_ones_own_is_the_range(catalogue, name: str) -> None:
    first = ask(catalogue, name, "sensitivity")["inputs"][0]
    field = field_of(name, first["input"])
    low, high = Decimal(first["from"]), Decimal(first["to"])
    text = f"{low:f}..{high:f}"
    again = {it["input"]: it for it in ask(catalogue, name, "sensitivity", {field.path: text})["inputs"]}
    assert again[field.path]["range"] is True and not first["range"]
    assert (again[field.path]["from"], again[field.path]["to"]) == (first["from"], first["to"])


@BY_SCALAR
def test_solve_finds_the_input_that_gives_the_target(catalogue, name: str) -> None:
    """The target is what the answer is at another value of the input, so a value that gives it exists."""
    output = headline(name)
    solved = 0
    for it in ask(catalogue, name, "sensitivity")["inputs"][:4]:
        field = field_of(name, it["input"])
        goal = value(catalogue, name, output, **{field.path: it["to"]})
        if field.whole or goal is None:
            continue
        found = ask(catalogue, name, f"solve {output}={goal:f} by={field.path}")
        if found["jumps"]:
            continue
        assert found["value"] is not None, found
        there = value(catalogue, name, output, **{field.path: f"{Decimal(found['value']):f}"})
        assert math.isclose(float(str(there)), float(goal), rel_tol=1e-6, abs_tol=1e-9), found
        assert field.low <= Decimal(found["value"]) <= field.high
        solved += 1
    first = ask(catalogue, name, "sensitivity")["inputs"][:4]
    assert solved or any(field_of(name, it["input"]).whole for it in first)


@BY_SCALAR
def test_solve_says_so_where_nothing_reaches_the_target(catalogue, name: str) -> None:
    output, unit = headline(name), amounts(name)[headline(name)].unit
    first = ask(catalogue, name, "sensitivity")["inputs"][0]["input"]
    beyond = "-7" if ("USD", 1) not in unit.powers else "-900,000,000,000,000"
    found = ask(catalogue, name, f"solve {output}={beyond.replace(',', '')} by={first}")
    assert found["value"] is None and (found["sentence"].startswith("No ") or "no answer" in found["sentence"])


@BY_SCALAR
def test_a_sweep_has_the_answers_themselves(catalogue, name: str) -> None:
    output = headline(name)
    first = ask(catalogue, name, "sensitivity")["inputs"][0]
    field = field_of(name, first["input"])
    found = ask(catalogue, name, f"sweep {field.path}={first['from']}..{first['to']} {output}")
    assert found["outputs"] == [output] and len(found["points"]) >= 2
    for x, y in (found["points"][0], found["points"][-1], found["points"][len(found["points"]) // 2]):
        exact = value(catalogue, name, output, **{field.path: f"{Decimal(x):f}"})
        assert (y is None) == (exact is None)
        assert y is None or near(y, exact), (x, y)
    page = catalogue.answer(name, "{}", "html", f"sweep {field.path}={first['from']}..{first['to']} {output}")
    assert "<svg" in page and "<table" in page and "style=" not in page


@BY_SCALAR
def test_a_comparison_tells_what_differs(catalogue, name: str) -> None:
    output = headline(name)
    first = ask(catalogue, name, "sensitivity")["inputs"][0]
    found = ask(catalogue, name, f"compare {json.dumps({first['input']: first['to']})}")
    assert list(found["inputs"]) == [first["input"]]
    assert Decimal(found["inputs"][first["input"]][1]) == Decimal(first["to"])
    a, b = found["outputs"][output]
    assert Decimal(a) == value(catalogue, name, output)
    assert Decimal(b) == value(catalogue, name, output, **{first["input"]: first["to"]})
    text = catalogue.answer(name, "{}", "text", f"compare {json.dumps({first['input']: first['to']})}")
    assert amounts(name)[output].label in text


@BY_SCALAR
def test_the_same_question_gets_the_same_bytes(catalogue, name: str) -> None:
    for as_ in ("json", "text", "html"):
        assert catalogue.answer(name, "{}", as_, "sensitivity") == catalogue.answer(name, "{}", as_, "sensitivity")


MISTAKES = {
    "solve": "Write an output and its target",
    "solve per_month": "Write an output and its target",
    "solve per_month=5": "Write the input to change",
    "solve per_month=5 for=requests": "Name the input to change",
    "solve per_moth=5 by=requests": "did you mean 'per_month'",
    "solve per_month=5 by=request": "did you mean 'requests'",
    "solve per_month=1..5 by=requests": "one number, not a range",
    "solve per_month=many by=requests": "must be a number",
    "sweep requests": "Write the input and its ends",
    "sweep requests=5": "Write the ends of the sweep as a range",
    "sweep requests=0..1e15": "must stay between",
    "sweep model=1..2": "There is no number 'model' among the inputs",
    "sweep requests=1..2 models": "There is no number 'models' among the outputs",
    "sensitivity nothing": "There is no number 'nothing'",
    "compare {": "The inputs are not JSON",
    'compare {"requests": "many"}': "must be a number",
}


@pytest.mark.parametrize("question", MISTAKES)
def test_a_question_that_cannot_be_answered_says_what_to_write(catalogue, question: str) -> None:
    with pytest.raises(Refused) as refused:
        catalogue.answer("prompting/cost", "{}", "json", question)
    assert MISTAKES[question] in str(refused.value)


def test_a_leap_is_told(catalogue) -> None:
    """At 272,000 tokens the price of the whole request doubles: no length costs what lies between."""
    plain = {"instructions": "0", "examples": "0", "answer": "0", "caching": "no", "requests": "1", "repeated": "0%"}
    found = ask(catalogue, "prompting/cost", "solve per_month=0.8 by=user_text", plain)
    assert found["jumps"] and near(found["value"], 272000)
    assert "leaps over it" in found["sentence"]


def test_the_crossing_of_two_outputs(catalogue) -> None:
    """A server at $100 against 2 cents a request: both cost the same at 5,000 requests a month."""
    typed = {
        "plans.1.source": "own", "plans.1.per_request": "0.02", "plans.2.source": "own", "plans.2.fixed": "100",
        "plans.3.source": "", "plans.4.source": "",
    }  # fmt: skip
    found = ask(catalogue, "choosing/break_even", "sweep requests=1000..10k first_total other_total", typed)
    ((x, y),) = found["crossings"]
    assert near(x, 5000) and near(y, 1200)
