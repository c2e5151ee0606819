"""Whatever a reader may type, within the bounds: an answer in every form, finite, consistent, and never a negative cost."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.engine.declare import Number, kinds
from calculators.engine.inputs import exact, understand
from calculators.engine.numbers import EXACT
from calculators.engine.units import REQUESTS_PER_MONTH, USD_PER_MONTH
from calculators.find import find
from tests.calculators.every import BY_NAME, told, values
from tests.calculators.sums import evaluate
from tests.strategies import Field, fields, plain, quantities, spellings, texts

PLAIN = re.compile(r"-?(0|[1-9]\d*)(\.\d*[1-9])?")
SAVING = re.compile(r"sav|against|differ|change")
"""What may be negative: amounts whose name says that they compare two things."""


def tuned(examples: int) -> settings:
    """The same examples each time, however slow the machine."""
    return settings(max_examples=examples, deadline=None, derandomize=False, database=None)


def amounts_of(answer: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Name, unit and text of every number in an answer."""
    found = [(name, answer["outputs"][name.split()[0]]["unit"], text) for name, text in values(answer["outputs"])]
    for table in answer["tables"]:
        for at, column in enumerate(table["columns"]):
            if column["unit"] != "text":
                found += [(column["name"], column["unit"], row[at]) for row in table["rows"] if row[at] is not None]
    return found


@BY_NAME
@tuned(1500)
@given(data=st.data())
def test_an_answer_in_every_form(catalogue, name: str, data: st.DataObject) -> None:
    typed = json.dumps(data.draw(texts(find(name).inputs, catalogue.facts), "typed"))
    answer = json.loads(catalogue.answer(name, typed, "json"))
    for output, unit, text in amounts_of(answer):
        assert PLAIN.fullmatch(text) and text != "-0", (output, text)
        assert not ("USD" in unit and text.startswith("-")) or SAVING.search(output), (output, text)
    page = json.loads(catalogue.answer(name, typed, "page"))
    assert page["ok"] and page["result"]
    assert find(name).title in catalogue.answer(name, typed, "text")


@BY_NAME
@tuned(1500)
@given(data=st.data())
def test_the_working_of_any_answer_gives_its_result(catalogue, name: str, data: st.DataObject) -> None:
    typed = data.draw(texts(find(name).inputs, catalogue.facts), "typed")
    answer = told(catalogue, name, typed)["outputs"]
    for output, explained in told(catalogue, name, typed, "working")["working"].items():
        for one in explained:
            if output in answer:
                assert one["steps"][-1]["value"] == answer[output]["value"]
            for step in one["steps"]:
                if step["formula"]:
                    value = None if step["value"] is None else Decimal(step["value"])
                    assert evaluate(step["numbers"]) == value, (output, step)


@BY_NAME
@tuned(1500)
@given(data=st.data())
def test_a_breakdown_sums_to_the_headline(catalogue, name: str, data: st.DataObject) -> None:
    answer = told(catalogue, name, data.draw(texts(find(name).inputs, catalogue.facts), "typed"))
    headline = answer["outputs"][find(name).headline]
    for table in answer["tables"]:
        if table["name"] == "breakdown":
            units = [column["unit"] for column in table["columns"]]
            total = sum(Decimal(row[units.index(headline["unit"])]) for row in table["rows"])
            assert close(total, Decimal(headline["value"]))
            shares = [Decimal(row[-1]) for row in table["rows"]]
            assert units[-1] != "1" or not total or close(sum(shares), Decimal(1))


def close(left: Decimal, right: Decimal) -> bool:
    """Equal but for the last of 28 digits."""
    return abs(left - right) <= max(abs(left), abs(right)) * Decimal("1e-24")


@BY_NAME
@tuned(1500)
@given(data=st.data())
def test_more_requests_never_cost_less(catalogue, name: str, data: st.DataObject) -> None:
    calculator = find(name)
    headline = calculator.headline
    volumes = {
        path: field
        for path, field in ((field.path, field) for field in fields(calculator.inputs))
        if isinstance(kinds(calculator.inputs).get(path), Number) and field.unit.text == REQUESTS_PER_MONTH.text
    }
    if not volumes or kinds(calculator.outputs)[headline].unit != USD_PER_MONTH:
        return
    typed = data.draw(texts(calculator.inputs, catalogue.facts), "typed")
    path, field = data.draw(st.sampled_from(sorted(volumes.items())), "volume")
    fewer, more = sorted(data.draw(st.tuples(quantities(field), quantities(field)), "volumes"))
    costs = []
    for volume in (fewer, more):
        reading = understand(calculator.inputs, {**typed, path: plain(volume)}, catalogue.facts).need()
        costs.append(getattr(calculator.formula(exact(reading)), headline))
    assert costs[0] <= costs[1]


@BY_NAME
@tuned(1500)
@given(data=st.data())
def test_every_spelling_is_the_same_number(catalogue, name: str, data: st.DataObject) -> None:
    field: Field = data.draw(st.sampled_from(fields(find(name).inputs)), "field")
    value = data.draw(quantities(field), "value")
    for text in spellings(value, field.unit):
        reading = understand(find(name).inputs, {field.path: text}, catalogue.facts)
        assert reading.problems == {}, text
        assert reading.given[field.path].value == EXACT.plus(value), text
