"""Whatever a reader may type within the bounds: an answer in every form, finite, consistent, never a negative cost."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.engine.declare import Number, Rows, Table, kinds
from calculators.engine.inputs import understand
from calculators.engine.numbers import EXACT
from calculators.engine.units import REQUESTS_PER_MONTH, SHARE, USD_PER_MONTH
from calculators.find import find
from calculators.views import json as as_json
from calculators.views.answer import made
from tests.calculators.every import BY_NAME, amounts, cells, computed, is_decimal, told, values
from tests.calculators.sums import evaluate
from tests.strategies import Field, fields, plain, quantities, spellings, texts

SAVING = re.compile(r"sav|against|differ|change")
"""What may be negative: amounts whose name says that they compare two things."""


def tuned(examples: int) -> settings:
    """The same examples each time, however slow the machine."""
    return settings(max_examples=examples, deadline=None, derandomize=True, database=None)


@BY_NAME
@tuned(12)
@given(data=st.data())
def test_there_is_an_answer_in_every_form(catalogue, name: str, data: st.DataObject) -> None:
    typed = json.dumps(data.draw(texts(find(name).inputs, catalogue.facts), "typed"))
    answer = json.loads(catalogue.answer(name, typed, "json"))
    assert all(is_decimal(value) for _, value in values(answer["outputs"])), answer["outputs"]
    assert all(is_decimal(cell) for table in answer["tables"] for cell in cells(table))
    page = json.loads(catalogue.answer(name, typed, "page"))
    assert page["ok"] and page["result"]
    assert find(name).title in catalogue.answer(name, typed, "text")


@BY_NAME
@tuned(30)
@given(data=st.data())
def test_costs_are_finite_never_negative_and_add_up(catalogue, name: str, data: st.DataObject) -> None:
    answer = computed(catalogue, name, data.draw(texts(find(name).inputs, catalogue.facts), "typed"))
    for output, kind in amounts(name).items():
        value = getattr(answer, output)
        if value is not None:
            assert is_decimal(as_json.text(value)), (output, value)
            assert value >= 0 or ("USD", 1) not in kind.unit.powers or SAVING.search(output), (output, value)
    headline = find(name).headline
    for output, kind in kinds(find(name).outputs).items():
        if output == "breakdown" and isinstance(kind, Rows):
            adds_up(kind, made(answer.breakdown), amounts(name)[headline].unit, getattr(answer, headline))


def adds_up(kind: Rows, table: Table, unit: Any, headline: Decimal) -> None:
    """Holds the parts of a breakdown to the headline, and their shares to a whole."""
    for at, column in enumerate(kind.columns):
        total = sum((row[at] for row in table.rows), Decimal(0)) if column.unit else Decimal(0)
        if column.unit == unit:
            assert close(total, headline)
        if column.unit is SHARE and headline:
            assert close(total, Decimal(1))


@BY_NAME
@tuned(14)
@given(data=st.data())
def test_the_working_of_any_answer_gives_its_result(catalogue, name: str, data: st.DataObject) -> None:
    typed = data.draw(texts(find(name).inputs, catalogue.facts), "typed")
    answer = told(catalogue, name, typed)["outputs"]
    for output, explained in told(catalogue, name, typed, "working")["working"].items():
        for one in explained:
            if output in answer and answer[output]["unit"] != "text":
                value = answer[output]["value"]
                sides = list(value.values()) if isinstance(value, dict) else [value]
                assert one["steps"][-1]["value"] in sides
            for step in one["steps"]:
                if step["formula"]:
                    value = None if step["value"] is None else Decimal(step["value"])
                    sum_of = evaluate(step["numbers"])
                    assert sum_of == value or close(sum_of, value), (output, step)


def close(left: Decimal, right: Decimal) -> bool:
    """Equal but for the last of 28 digits, which depends on the order of the additions."""
    return abs(left - right) <= max(abs(left), abs(right)) * Decimal("1e-24")


@BY_NAME
@tuned(14)
@given(data=st.data())
def test_more_requests_never_cost_less(catalogue, name: str, data: st.DataObject) -> None:
    calculator = find(name)
    headline = calculator.headline
    volumes = {
        path: field
        for path, field in ((field.path, field) for field in fields(calculator.inputs))
        if isinstance(kinds(calculator.inputs).get(path), Number) and field.unit.text == REQUESTS_PER_MONTH.text
    }
    if not volumes or getattr(kinds(calculator.outputs)[headline], "unit", None) != USD_PER_MONTH:
        return
    typed = data.draw(texts(calculator.inputs, catalogue.facts), "typed")
    path, field = data.draw(st.sampled_from(sorted(volumes.items())), "volume")
    fewer, more = sorted(data.draw(st.tuples(quantities(field), quantities(field)), "volumes"))
    costs = []
    for volume in (fewer, more):
        costs.append(getattr(computed(catalogue, name, {**typed, path: plain(volume)}), headline))
    assert costs[0] <= costs[1]


@BY_NAME
@tuned(60)
@given(data=st.data())
def test_every_spelling_is_the_same_number(catalogue, name: str, data: st.DataObject) -> None:
    field: Field = data.draw(st.sampled_from(fields(find(name).inputs)), "field")
    value = data.draw(quantities(field), "value")
    for text in spellings(value, field.unit):
        reading = understand(find(name).inputs, {field.path: text}, catalogue.facts)
        assert reading.problems == {}, text
        assert reading.given[field.path].value == EXACT.plus(value), text
