"""A formula is written once and run three ways: exactly, traced, and with floats. The three must agree."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import Any

import pytest

from calculators.engine.declare import Amount, Findings, Interval, Number, Rows, Series, Table, Verdict, kinds
from calculators.engine.explore import SAMPLES
from calculators.engine.inputs import understand
from calculators.engine.numbers import plain
from calculators.engine.read import Refused
from calculators.engine.runs import exact, floating, traced
from calculators.engine.traced import Traced
from calculators.find import find
from calculators.views.answer import READY, made
from calculators.views.form import about
from tests.calculators.every import BY_CASE, BY_NAME, Given, amounts, computed, finished, told
from tests.calculators.test_every_instrument import NO_SCALARS
from tests.strategies import Field, fields
from tests.strategies import plain as written


def same(kind: Any, value: Any, retraced: Any) -> None:
    """Holds an output of the exact run and one of the traced run equal, and the traced units to the declared ones."""
    if isinstance(kind, Amount):
        assert plain(retraced) == value
        assert not isinstance(retraced, Traced) or retraced.unit == kind.unit
    elif isinstance(kind, Interval):
        for side in ("low", "likely", "high"):
            traced_side = getattr(retraced, side)
            assert plain(traced_side) == getattr(value, side)
            assert traced_side is None or traced_side.unit == kind.unit
    elif isinstance(kind, Rows):
        assert isinstance(value, Table) and retraced.own == value.own
        assert len(retraced.rows) == len(value.rows)
        for theirs, ours in zip(retraced.rows, value.rows, strict=True):
            assert [plain(cell) for cell in theirs] == list(ours)
            for cell, column in zip(theirs, value.columns(kind), strict=True):
                assert not isinstance(cell, Traced) or (column.unit is not None and cell.unit == column.unit), column
    elif isinstance(kind, Series):
        assert [(plain(x), plain(y)) for x, y in retraced] == list(value)
    elif isinstance(kind, Findings | Verdict):
        notes, others = (value, retraced) if isinstance(kind, Findings) else (value.reasons, retraced.reasons)
        assert [note.holds for note in others] == [note.holds for note in notes]
        assert [note.sentence for note in others if note.holds] == [note.sentence for note in notes if note.holds]
    else:
        assert retraced == value


@BY_CASE
def test_the_traced_run_gives_the_exact_answer_in_the_declared_units(catalogue, name: str, given: Given) -> None:
    calculator = find(name)
    reading = understand(calculator.inputs, given, catalogue.facts).need()
    answer, retraced = calculator.formula(exact(reading)), calculator.formula(traced(reading))
    for output, kind in kinds(calculator.outputs).items():
        same(kind, made(getattr(answer, output)), made(getattr(retraced, output)))
    assert any(isinstance(getattr(retraced, output), Traced) for output in amounts(name))


@BY_CASE
def test_the_json_holds_the_exact_run(catalogue, name: str, given: Given) -> None:
    answer, written = computed(catalogue, name, given), told(catalogue, name, given)
    for output in amounts(name):
        value = getattr(answer, output)
        text = written["outputs"][output]["value"]
        assert (value is None) == (text is None), output
        assert value is None or Decimal(text) == value, output
    findings = [output for output, kind in kinds(find(name).outputs).items() if isinstance(kind, Findings)]
    notes = [note.sentence for output in findings for note in made(getattr(answer, output)) if note.holds]
    assert written["notes"] == notes


@BY_CASE
def test_the_float_run_agrees_to_nine_digits(catalogue, name: str, given: Given) -> None:
    calculator = find(name)
    reading = understand(calculator.inputs, given, catalogue.facts).need()
    answer, quick = (finished(name, calculator.formula(run(reading))) for run in (exact, floating))
    for output in amounts(name):
        value, near = getattr(answer, output), getattr(quick, output)
        if value is None:
            assert near is None, output
        else:
            assert isinstance(near, float | int) and not isinstance(value, float), output
            assert math.isclose(near, value, rel_tol=1e-9, abs_tol=1e-15), output


def ranged(catalogue: Any, name: str) -> list[tuple[Field, Decimal, Decimal, Decimal]]:
    """One field of each kind (a quantity, a whole number, a figure) with a range around what it has now."""
    inputs = told(catalogue, name, {})["inputs"]
    found: dict[tuple[Any, ...], tuple[Field, Decimal, Decimal, Decimal]] = {}
    for field in fields(find(name).inputs):
        if field.path in inputs:
            value = Decimal(inputs[field.path]["value"])
            low, high = max(field.low, value - value / 4 - 1), min(field.high, value + value / 4 + 1)
            if field.whole:
                low, high = low.to_integral_value(), low.to_integral_value() + 4
            found.setdefault((field.whole, "." in field.path), (field, low, (low + high) / 2, high))
    return list(found.values())


@BY_NAME
def test_a_range_gives_the_spread_of_every_amount(catalogue, name: str) -> None:
    """The same bytes each time; for an output that only rises or only falls, low ≤ likely ≤ high."""
    fall_or_rise = 0
    for field, *ends in ranged(catalogue, name):
        given = json.dumps({field.path: f"{written(ends[0])}..{written(ends[2])}"})
        text = catalogue.answer(name, given, "json", "ranges")
        spread = json.loads(text)
        assert spread["calculator"] == name
        assert set(spread["ranges"]) <= set(amounts(name)) and spread["ranges"]
        at = [told(catalogue, name, {field.path: written(end)})["outputs"] for end in ends]
        for output, its in spread["ranges"].items():
            assert set(its) == {"low", "likely", "high", "unit", "distribution"}
            assert its["unit"] == amounts(name)[output].unit.text
            assert sum(its["distribution"]["counts"]) == SAMPLES >= 1000
            least, most = Decimal(its["distribution"]["from"]), Decimal(its["distribution"]["to"])
            low, high = Decimal(its["low"]), Decimal(its["high"])
            assert least <= low <= high <= most
            below, likely, above = (Decimal(outputs[output]["value"]) for outputs in at)
            assert Decimal(its["likely"]) == likely
            hair = abs(likely) * Decimal("1e-9")
            if sorted([below, likely, above]) in ([below, likely, above], [above, likely, below]):
                assert low - hair <= likely <= high + hair, (field.path, output)
                assert min(below, above) - hair <= least and most <= max(below, above) + hair, (field.path, output)
                fall_or_rise += below != above
    assert fall_or_rise
    assert text == catalogue.answer(name, given, "json", "ranges")


@BY_NAME
def test_the_middle_of_a_whole_number_is_whole(catalogue, name: str) -> None:
    """Nobody can ask for one turn and a half, neither in the middle of a range nor anywhere in it."""
    inputs = told(catalogue, name, {})["inputs"]
    for input, kind in kinds(find(name).inputs).items():
        if isinstance(kind, Number) and kind.whole:
            low = max(kind.low, Decimal(inputs[input]["value"]))
            for text in (f"{written(low)}..{written(low + 1)}", f"{written(low + Decimal('0.5'))}..{written(low + 2)}"):
                try:
                    value = Decimal(told(catalogue, name, {input: text})["inputs"][input]["value"])
                except Refused as refused:
                    assert kind.label in refused.problems[input]
                else:
                    assert value == value.to_integral_value(), f"{input}: {text} is understood as {value}"


def uncertain(catalogue, name: str) -> dict[str, list[str]]:
    """The inputs that start from a figure which the data itself calls uncertain, with its two ends."""
    collections, found = json.loads(catalogue.facts.text)["collections"], {}
    for path, it in told(catalogue, name, {})["inputs"].items():
        entry, _, figure = it.get("source", {}).get("fact", "").partition("#")
        if not entry:
            continue
        collection, _, id = entry.partition(":")
        facts = collections[collection][id]["facts"]
        ends = facts[figure].get("range")
        if ends is None and f"{figure}_low" in facts:
            ends = [facts[f"{figure}_{end}"]["values"][-1][1] for end in ("low", "high")]
        if ends:
            found[path] = ends
    return found


@BY_NAME
def test_ranges_come_ready_for_what_is_uncertain(catalogue, name: str) -> None:
    """Without a range of the reader's, the ends that stand in the data count as if they had been typed."""
    ends = uncertain(catalogue, name)
    if not ends:
        with pytest.raises(Refused, match="Type at least one input as a range"):
            catalogue.answer(name, "{}", "json", "ranges")
        return
    found = json.loads(catalogue.answer(name, "{}", "json", "ranges"))
    assert {path: [Decimal(it["from"]), Decimal(it["to"])] for path, it in found["ready"].items()} == {
        path: [Decimal(end) for end in pair] for path, pair in ends.items()
    }
    typed = {path: f"{low}..{high}" for path, (low, high) in ends.items()}
    there = json.loads(catalogue.answer(name, json.dumps(typed), "json", "ranges"))
    for output, its in found["ranges"].items():
        assert its["distribution"] == there["ranges"][output]["distribution"], output
        assert Decimal(its["likely"]) == Decimal(told(catalogue, name, {})["outputs"][output]["value"])
    assert any(its["low"] != its["high"] for its in found["ranges"].values()) or name in NO_SCALARS
    for as_ in ("text", "html"):
        assert f"{READY}: {len(ends)}" in catalogue.answer(name, "{}", as_, "ranges")
    first = next(iter(ends))
    own = json.loads(catalogue.answer(name, json.dumps({first: typed[first]}), "json", "ranges"))
    assert "ready" not in own


@BY_NAME
def test_the_range_in_a_questions_help_is_understood(catalogue, name: str) -> None:
    for path, kind in kinds(find(name).inputs).items():
        if isinstance(kind, Number):
            reading = catalogue.reply(find(name), {path: about(kind)}).reading
            assert path not in reading.problems and reading.given[path].spread, (path, about(kind))


@BY_NAME
def test_ranges_are_told_in_words(catalogue, name: str) -> None:
    field, low, _, high = ranged(catalogue, name)[0]
    text = catalogue.answer(name, json.dumps({field.path: f"{written(low)}..{written(high)}"}), "text", "ranges")
    spread = json.loads(
        catalogue.answer(name, json.dumps({field.path: f"{written(low)}..{written(high)}"}), "json", "ranges")
    )
    assert all(amounts(name)[output].label in text for output in spread["ranges"])


@BY_NAME
def test_the_answer_to_a_range_is_the_answer_to_its_middle(catalogue, name: str) -> None:
    for field, low, middle, high in ranged(catalogue, name):
        as_range = told(catalogue, name, {field.path: f"{written(low)}..{written(high)}"})
        assert as_range["outputs"] == told(catalogue, name, {field.path: written(middle)})["outputs"], field.path
