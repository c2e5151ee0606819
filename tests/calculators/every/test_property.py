"""Whatever a reader may type within the bounds: an answer in every form, finite, consistent, never a negative cost."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.declare import NumberInput, Rows, Table, kinds, output_value
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.numbers import EXACT
from calculators.engine.numbers.units import REQUESTS_PER_MONTH, SHARE, USD_PER_MONTH
from calculators.engine.questions.question import Question, Working
from calculators.views.json import json_cell
from tests.calculators.answers import BY_NAME, amounts, answer_json, cells, computed, is_decimal, values
from tests.calculators.every.working.sums import evaluate
from tests.daily import examples
from tests.strategies import Field, fields, plain, quantities, spellings, texts

SAVING = re.compile(r"sav|against|differ|change")
"""What may be negative: amounts whose name says that they compare two things."""


@BY_NAME
@examples(4, at_night=12)
@given(draws=st.data())
def test_there_is_an_answer_in_every_form(catalogue: Catalogue, name: str, draws: st.DataObject) -> None:
    typed = json.dumps(draws.draw(texts(find_calculator(name).inputs, catalogue.facts), "typed"))
    answer = json.loads(catalogue.answer(Question(name, json.loads(typed))))
    assert all(is_decimal(value) for _, value in values(answer["outputs"])), answer["outputs"]
    assert all(is_decimal(cell) for table in answer["tables"] for cell in cells(table))
    page = json.loads(catalogue.answer(Question(name, json.loads(typed), form="page")))
    assert page["ok"] and page["result"]
    assert find_calculator(name).title in catalogue.answer(Question(name, json.loads(typed), form="text"))


@BY_NAME
@examples(10, at_night=30)
@given(draws=st.data())
def test_costs_are_finite_never_negative_and_add_up(catalogue: Catalogue, name: str, draws: st.DataObject) -> None:
    answer = computed(catalogue, name, draws.draw(texts(find_calculator(name).inputs, catalogue.facts), "typed"))
    for output, kind in amounts(name).items():
        amount = getattr(answer, output)
        if amount is not None:
            assert is_decimal(json_cell(amount)), (output, amount)
            assert amount >= 0 or ("USD", 1) not in kind.unit.powers or SAVING.search(output), (output, amount)
    headline = find_calculator(name).headline
    for output, kind in kinds(find_calculator(name).outputs).items():
        if output == "breakdown" and isinstance(kind, Rows):
            adds_up(kind, output_value(answer.breakdown), amounts(name)[headline].unit, getattr(answer, headline))


def adds_up(kind: Rows, table: Table, unit: Any, headline: Decimal) -> None:
    """Holds the parts of a breakdown to the headline, and their shares to a whole."""
    for index, column in enumerate(kind.columns):
        total = sum((row[index] for row in table.rows), Decimal(0)) if column.unit else Decimal(0)
        if column.unit == unit:
            assert close(total, headline)
        if column.unit is SHARE and headline:
            assert close(total, Decimal(1))


@BY_NAME
@examples(4, at_night=14)
@given(draws=st.data())
def test_the_working_of_any_answer_gives_its_result(catalogue: Catalogue, name: str, draws: st.DataObject) -> None:
    typed = draws.draw(texts(find_calculator(name).inputs, catalogue.facts), "typed")
    answer = answer_json(catalogue, name, typed)["outputs"]
    for output, explained in answer_json(catalogue, name, typed, Working())["working"].items():
        for explanation in explained:
            if output in answer and answer[output]["unit"] != "text":
                shown = answer[output]["value"]
                sides = list(shown.values()) if isinstance(shown, dict) else [shown]
                assert explanation["steps"][-1]["value"] in sides
            for step in explanation["steps"]:
                if step["formula"]:
                    shown = None if step["value"] is None else Decimal(step["value"])
                    sum_of = evaluate(step["numbers"])
                    assert sum_of == shown or (sum_of is not None and shown is not None and close(sum_of, shown)), (
                        output,
                        step,
                    )


def close(left: Decimal, right: Decimal) -> bool:
    """Equal but for the last of 28 digits, which depends on the order of the additions."""
    return abs(left - right) <= max(abs(left), abs(right)) * Decimal("1e-24")


@BY_NAME
@examples(4, at_night=14)
@given(draws=st.data())
def test_more_requests_never_cost_less(catalogue: Catalogue, name: str, draws: st.DataObject) -> None:
    calculator = find_calculator(name)
    headline = calculator.headline
    volumes = {
        path: field
        for path, field in ((field.path, field) for field in fields(calculator.inputs))
        if isinstance(kinds(calculator.inputs).get(path), NumberInput) and field.unit.text == REQUESTS_PER_MONTH.text
    }
    if not volumes or getattr(kinds(calculator.outputs)[headline], "unit", None) != USD_PER_MONTH:
        return
    typed = draws.draw(texts(calculator.inputs, catalogue.facts), "typed")
    path, field = draws.draw(st.sampled_from(sorted(volumes.items())), "volume")
    fewer, more = sorted(draws.draw(st.tuples(quantities(field), quantities(field)), "volumes"))
    costs = []
    for volume in (fewer, more):
        costs.append(getattr(computed(catalogue, name, {**typed, path: plain(volume)}), headline))
    assert None in costs or costs[0] <= costs[1], "what does not fit has no cost"


@BY_NAME
@examples(20, at_night=60)
@given(draws=st.data())
def test_every_spelling_is_the_same_number(catalogue: Catalogue, name: str, draws: st.DataObject) -> None:
    field: Field = draws.draw(st.sampled_from(fields(find_calculator(name).inputs)), "field")
    number = draws.draw(quantities(field), "value")
    for text in spellings(number, field.unit):
        reading = understand_inputs(find_calculator(name).inputs, {field.path: text}, catalogue.facts)
        assert reading.problems == {}, text
        assert reading.settings[field.path].value == EXACT.plus(number), text
