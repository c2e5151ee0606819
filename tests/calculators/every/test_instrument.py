"""What matters most, solve for, sweep and compare, in every scalar calculator; each held to the answers themselves."""

from __future__ import annotations

import json
import math
import re
from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.declare import Amount, kinds
from calculators.engine.inputs.numerals import Refused
from calculators.engine.questions.question import Ask, Compare, Question, Sensitivity, Solve, Sweep
from tests.calculators.answers import NAMES, Given, amounts, answer_json
from tests.calculators.settings import settings_of
from tests.json_types import JsonObject
from tests.strategies import Field, fields

NO_SCALARS = ("choosing/approach", "fine_tuning/dataset", "prompting/builder")
"""Calculators without instruments: what they answer is no number that inputs move."""

SCALAR = [name for name in NAMES if name not in NO_SCALARS]
BY_SCALAR = pytest.mark.parametrize("name", SCALAR)


def ask(catalogue: Catalogue, name: str, question: Ask, given: Given | None = None) -> JsonObject:
    """What an instrument found, as JSON."""
    typed = settings_of(name) | dict(given or {})
    reply: JsonObject = json.loads(catalogue.answer(Question(name, typed, ask=question)))
    return reply


def headline(catalogue: Catalogue, name: str) -> str:
    """The number that the instruments look at: the headline, what its words rest on, or the first amount."""
    calculator = find_calculator(name)
    if isinstance(kinds(calculator.outputs)[calculator.headline], Amount):
        return calculator.headline
    words = catalogue.compute(calculator, settings_of(name)).values[calculator.headline]
    return getattr(words, "rests_on", "") or next(iter(amounts(name)))


def output_number(catalogue: Catalogue, name: str, output: str, **typed: str) -> Decimal | None:
    """One output of the exact answer."""
    given = settings_of(name) | {path.replace("__", "."): text for path, text in typed.items()}
    output_json = answer_json(catalogue, name, given)["outputs"][output]
    return None if output_json["value"] is None else Decimal(output_json["value"])


def near(left: object, right: object) -> bool:
    """Equal to eight digits: the instruments run on floats."""
    return math.isclose(float(str(left)), float(str(right)), rel_tol=1e-8, abs_tol=1e-9)


def field_of(name: str, path: str) -> Field:
    """The field of a path."""
    return next(field for field in fields(find_calculator(name).inputs) if field.path == path)


def test_the_others_have_no_instruments() -> None:
    assert set(NO_SCALARS) <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_instruments_begin_with_a_figure_that_something_moves(catalogue: Catalogue, name: str) -> None:
    """“What matters most” once said of three calculators that no input moves what it was about."""
    panel = catalogue.panel(name, {}, "x", "full")
    chosen = re.search(r'<select id="x-sensitivity"[^>]*>.*?<option value="([^"]*)" selected', panel)
    assert chosen, "nothing is chosen"
    assert ask(catalogue, name, Sensitivity(chosen[1]))["inputs"]


@pytest.mark.one_in(4)
@BY_SCALAR
def test_what_matters_most_is_what_the_answers_do(catalogue: Catalogue, name: str) -> None:
    sensitivity = ask(catalogue, name, Sensitivity())
    output = headline(catalogue, name)
    assert sensitivity["output"] == output and sensitivity["inputs"] and sensitivity["sentence"]
    widths = [abs(Decimal(entry["high"]) - Decimal(entry["low"])) for entry in sensitivity["inputs"]]
    assert widths == sorted(widths, reverse=True) and widths[-1] > 0
    for entry in (
        sensitivity["inputs"][0],
        sensitivity["inputs"][-1],
        sensitivity["inputs"][len(sensitivity["inputs"]) // 2],
    ):
        assert near(output_number(catalogue, name, output, **{entry["input"]: entry["from"]}), entry["low"]), entry
        assert near(output_number(catalogue, name, output, **{entry["input"]: entry["to"]}), entry["high"]), entry


@BY_SCALAR
def test_a_range_of_ones_own_is_the_range(catalogue: Catalogue, name: str) -> None:
    first = ask(catalogue, name, Sensitivity())["inputs"][0]
    field = field_of(name, first["input"])
    low, high = Decimal(first["from"]), Decimal(first["to"])
    text = f"{low:f}..{high:f}"
    again = {entry["input"]: entry for entry in ask(catalogue, name, Sensitivity(), {field.path: text})["inputs"]}
    assert again[field.path]["range"] is True and not first["range"]
    assert (again[field.path]["from"], again[field.path]["to"]) == (first["from"], first["to"])


@pytest.mark.one_in(4)
@BY_SCALAR
def test_solve_finds_the_input_that_gives_the_target(catalogue: Catalogue, name: str) -> None:
    """The target is what the answer is at another value of the input, so a value that gives it exists."""
    output = headline(catalogue, name)
    solved = 0
    for entry in ask(catalogue, name, Sensitivity())["inputs"][:4]:
        field = field_of(name, entry["input"])
        goal = output_number(catalogue, name, output, **{field.path: entry["to"]})
        if field.whole or goal is None:
            continue
        solution = ask(catalogue, name, Solve(output, f"{goal:f}", field.path))
        if solution["jumps"]:
            continue
        assert solution["value"] is not None, solution
        reached = output_number(catalogue, name, output, **{field.path: f"{Decimal(solution['value']):f}"})
        assert math.isclose(float(str(reached)), float(goal), rel_tol=1e-6, abs_tol=1e-9), solution
        assert field.low <= Decimal(solution["value"]) <= field.high
        solved += 1
    first = ask(catalogue, name, Sensitivity())["inputs"][:4]
    assert solved or any(field_of(name, entry["input"]).whole for entry in first)


@BY_SCALAR
def test_solve_says_so_where_nothing_reaches_the_target(catalogue: Catalogue, name: str) -> None:
    output, unit = headline(catalogue, name), amounts(name)[headline(catalogue, name)].unit
    first = ask(catalogue, name, Sensitivity())["inputs"][0]["input"]
    beyond = "-7" if ("USD", 1) not in unit.powers else "-900,000,000,000,000"
    solution = ask(catalogue, name, Solve(output, beyond.replace(",", ""), first))
    assert solution["value"] is None and (solution["sentence"].startswith("No ") or "no answer" in solution["sentence"])


@BY_SCALAR
def test_a_sweep_has_the_answers_themselves(catalogue: Catalogue, name: str) -> None:
    output = headline(catalogue, name)
    first = ask(catalogue, name, Sensitivity())["inputs"][0]
    field = field_of(name, first["input"])
    swept = ask(catalogue, name, Sweep(field.path, f"{first['from']}..{first['to']}", (output,)))
    assert swept["outputs"] == [output] and len(swept["points"]) >= 2
    for position, y in (swept["points"][0], swept["points"][-1], swept["points"][len(swept["points"]) // 2]):
        exact = output_number(catalogue, name, output, **{field.path: f"{Decimal(position):f}"})
        assert (y is None) == (exact is None)
        assert y is None or near(y, exact), (position, y)
    page = catalogue.answer(
        Question(name, ask=Sweep(field.path, f"{first['from']}..{first['to']}", (output,)), form="html")
    )
    assert "<svg" in page and "<table" in page and "style=" not in page


@BY_SCALAR
def test_a_comparison_tells_what_differs(catalogue: Catalogue, name: str) -> None:
    output = headline(catalogue, name)
    first = ask(catalogue, name, Sensitivity())["inputs"][0]
    usual = answer_json(catalogue, name, settings_of(name))["inputs"][first["input"]]["value"]
    end = first["from"] if Decimal(first["to"]) == Decimal(usual) else first["to"]
    other = settings_of(name) | {first["input"]: end}
    comparison = ask(catalogue, name, Compare(other))
    assert list(comparison["inputs"]) == [first["input"]]
    assert Decimal(comparison["inputs"][first["input"]][1]) == Decimal(end)
    a, b = comparison["outputs"][output]
    assert Decimal(a) == output_number(catalogue, name, output)
    assert Decimal(b) == output_number(catalogue, name, output, **{first["input"]: end})
    text = catalogue.answer(Question(name, ask=Compare(other), form="text"))
    assert amounts(name)[output].label in text


@pytest.mark.one_in(4)
@BY_SCALAR
def test_the_same_question_gets_the_same_bytes(catalogue: Catalogue, name: str) -> None:
    for as_ in ("json", "text", "html"):
        assert catalogue.answer(Question(name, ask=Sensitivity(), form=as_)) == catalogue.answer(
            Question(name, ask=Sensitivity(), form=as_)
        )


MISTAKES: list[tuple[Ask, str]] = [
    (Solve("", "", ""), "Write an output and its target"),
    (Solve("per_month", "", "requests"), "Write an output and its target"),
    (Solve("per_month", "5", ""), "Write the input to change"),
    (Solve("per_moth", "5", "requests"), "did you mean 'per_month'"),
    (Solve("per_month", "5", "request"), "did you mean 'requests'"),
    (Solve("per_month", "1..5", "requests"), "one number, not a range"),
    (Solve("per_month", "many", "requests"), "must be a number"),
    (Sweep("", "5..6"), "Write the input and its ends"),
    (Sweep("requests", "5"), "Write the ends of the sweep as a range"),
    (Sweep("requests", "0..1e15"), "must stay between"),
    (Sweep("model", "1..2"), "There is no number 'model' among the inputs"),
    (Sweep("requests", "1..2", ("models",)), "There is no number 'models' among the outputs"),
    (Sensitivity("nothing"), "There is no number 'nothing'"),
    (Compare({"requests": "many"}), "must be a number"),
]


@pytest.mark.parametrize(("question", "words"), MISTAKES, ids=[str(question) for question, _ in MISTAKES])
def test_a_question_that_cannot_be_answered_says_what_to_write(catalogue: Catalogue, question: Ask, words: str) -> None:
    with pytest.raises(Refused) as refused:
        catalogue.answer(Question("prompting/cost", ask=question))
    assert words in str(refused.value)


@pytest.mark.parametrize("text", ["{", "[]", '{"given": 1}', '{"ask": {"kind": "compare", "given": [1]}}'])
def test_a_question_in_broken_json_is_refused(catalogue: Catalogue, text: str) -> None:
    with pytest.raises(Refused, match="The inputs"):
        catalogue.answer_json(text)


def test_a_leap_is_told(catalogue: Catalogue) -> None:
    """At 272,000 tokens the price of the whole request doubles: no length costs what lies between."""
    plain = {"instructions": "0", "examples": "0", "answer": "0", "caching": "no", "requests": "1", "repeated": "0%"}
    solution = ask(catalogue, "prompting/cost", Solve("per_month", "0.8", "user_text"), plain)
    assert solution["jumps"] and near(solution["value"], 272000)
    assert "leaps over it" in solution["sentence"]


def test_the_crossing_of_two_outputs(catalogue: Catalogue) -> None:
    """A server at $100 against 2 cents a request: both cost the same at 5,000 requests a month."""
    typed = {
        "plans.1.source": "own",
        "plans.1.per_request": "0.02",
        "plans.2.source": "own",
        "plans.2.fixed": "100",
        "plans.3.source": "",
        "plans.4.source": "",
    }
    swept = ask(catalogue, "choosing/break_even", Sweep("requests", "1000..10k", ("first_total", "other_total")), typed)
    ((position, y),) = swept["crossings"]
    assert near(position, 5000) and near(y, 1200)
