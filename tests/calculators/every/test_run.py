"""A formula is written once and run three ways: exactly, traced, and with floats. The three must agree."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.answering.answer import READY
from calculators.engine.answering.headline import named_in_headline
from calculators.engine.answering.runs import exact_run_inputs, float_run_inputs, traced_run_inputs
from calculators.engine.declare import (
    Amount,
    FileCopy,
    Findings,
    Interval,
    NumberInput,
    Rows,
    Series,
    Table,
    Verdict,
    kinds,
    output_value,
)
from calculators.engine.declare.examples import RANGE_SAMPLES, SAMPLES
from calculators.engine.inputs.numerals import Refused
from calculators.engine.inputs.questions import is_number_input_asked
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.numbers import bare_value
from calculators.engine.numbers.traced import Traced
from calculators.engine.questions.question import Question, Ranges
from calculators.views.html.form.field_help import form_range_example
from tests.calculators.answers import BY_CASE, BY_NAME, Given, amounts, answer_json, computed, finished
from tests.calculators.every.test_instrument import NO_SCALARS
from tests.calculators.settings import settings_of
from tests.json_types import JsonObject
from tests.strategies import Field, fields
from tests.strategies import plain as written


def same(kind: Any, result: Any, retraced: Any) -> None:
    """Holds an output of the exact run and one of the traced run equal, and the traced units to the declared ones."""
    if isinstance(kind, Amount):
        assert bare_value(retraced) == result
        assert not isinstance(retraced, Traced) or retraced.unit == kind.unit
    elif isinstance(kind, Interval):
        for side in ("low", "likely", "high"):
            traced_side = getattr(retraced, side)
            assert bare_value(traced_side) == getattr(result, side)
            assert traced_side is None or traced_side.unit == kind.unit
    elif isinstance(kind, Rows):
        assert isinstance(result, Table) and retraced.own == result.own
        assert len(retraced.rows) == len(result.rows)
        for retraced_row, ours in zip(retraced.rows, result.rows, strict=True):
            assert [bare_value(cell) for cell in retraced_row] == list(ours)
            for cell, column in zip(retraced_row, result.columns(kind), strict=True):
                assert not isinstance(cell, Traced) or (column.unit is not None and cell.unit == column.unit), column
    elif isinstance(kind, Series):
        assert [(bare_value(x), bare_value(y)) for x, y in retraced] == list(result)
    elif isinstance(kind, Findings | Verdict):
        notes, retraced_notes = (result, retraced) if isinstance(kind, Findings) else (result.reasons, retraced.reasons)
        assert [note.holds for note in retraced_notes] == [note.holds for note in notes]
        assert [note.sentence for note in retraced_notes if note.holds] == [
            note.sentence for note in notes if note.holds
        ]
    elif isinstance(kind, FileCopy):
        for file in kind.files:
            assert b"".join(retraced.pieces(file)) == b"".join(result.pieces(file))
        assert retraced.changes() == result.changes()
    else:
        assert retraced == result


@pytest.mark.one_in(8)
@BY_CASE
def test_the_traced_run_gives_the_exact_answer_in_the_declared_units(
    catalogue: Catalogue, name: str, given: Given
) -> None:
    calculator = find_calculator(name)
    reading = understand_inputs(calculator.inputs, given, catalogue.facts).need()
    answer, retraced = calculator.formula(exact_run_inputs(reading)), calculator.formula(traced_run_inputs(reading))
    for output, kind in kinds(calculator.outputs).items():
        same(kind, output_value(getattr(answer, output)), output_value(getattr(retraced, output)))
    assert any(isinstance(getattr(retraced, output), Traced) for output in amounts(name))


@BY_CASE
def test_the_json_holds_the_exact_run(catalogue: Catalogue, name: str, given: Given) -> None:
    answer, written = computed(catalogue, name, given), answer_json(catalogue, name, given)
    for output in amounts(name):
        result = getattr(answer, output)
        text = written["outputs"][output]["value"]
        assert (result is None) == (text is None), output
        assert result is None or Decimal(text) == result, output
    shown = catalogue.compute(find_calculator(name), given)
    findings = [output for output, kind in shown.kinds.items() if isinstance(kind, Findings)]
    notes = [note for output in findings for note in output_value(getattr(answer, output)) if note.holds]
    assert written["notes"] == [named_in_headline(note.sentence, shown.names) for note in notes]


@BY_CASE
def test_the_float_run_agrees_to_nine_digits(catalogue: Catalogue, name: str, given: Given) -> None:
    calculator = find_calculator(name)
    reading = understand_inputs(calculator.inputs, given, catalogue.facts).need()
    answer, quick = (finished(name, calculator.formula(run(reading))) for run in (exact_run_inputs, float_run_inputs))
    for output in amounts(name):
        exact_number, near = getattr(answer, output), getattr(quick, output)
        if exact_number is None:
            assert near is None, output
        else:
            assert isinstance(near, float | int) and not isinstance(exact_number, float), output
            assert math.isclose(near, exact_number, rel_tol=1e-9, abs_tol=1e-15), output


def ranged(catalogue: Catalogue, name: str) -> list[tuple[Field, Decimal, Decimal, Decimal]]:
    """One field of each kind (a quantity, a whole number, a figure) with a range around what it has now.

    The factor of a tokenizer is left out: it takes the prefix below the smallest that is cached, where the cost leaps.
    So is a question that does not apply, as its range counts for nothing.
    """
    inputs = answer_json(catalogue, name, settings_of(name))["inputs"]
    reading = understand_inputs(find_calculator(name).inputs, settings_of(name), catalogue.facts)
    by_kind: dict[tuple[Any, ...], tuple[Field, Decimal, Decimal, Decimal]] = {}
    for field in fields(find_calculator(name).inputs):
        is_asked = field.path in inputs and is_number_input_asked(reading, field.path)
        if is_asked and not field.path.startswith("counted_with."):
            number = Decimal(inputs[field.path]["value"])
            low, high = max(field.low, number - number / 4 - 1), min(field.high, number + number / 4 + 1)
            if field.whole:
                low, high = low.to_integral_value(), low.to_integral_value() + 4
            by_kind.setdefault((field.whole, "." in field.path), (field, low, (low + high) / 2, high))
    return list(by_kind.values())


FEWER_SAMPLES = ("agents/cost", "choosing/case", "serving/latency")
"""Calculators whose formula takes milliseconds, so that a page would wait too long for a thousand runs."""


@pytest.mark.one_in(4)
@BY_NAME
def test_a_range_gives_the_spread_of_every_amount(catalogue: Catalogue, name: str) -> None:
    """The same bytes each time; for an output that only rises or only falls, low ≤ likely ≤ high."""
    fall_or_rise = 0
    samples = getattr(find_calculator(name).formula, RANGE_SAMPLES)
    assert samples == SAMPLES >= 1000 or (name in FEWER_SAMPLES and samples >= 100)
    for field, *ends in ranged(catalogue, name):
        base = settings_of(name)
        given = json.dumps(base | {field.path: f"{written(ends[0])}..{written(ends[2])}"})
        text = catalogue.answer(Question(name, json.loads(given), ask=Ranges()))
        spread = json.loads(text)
        assert spread["calculator"] == name
        assert set(spread["ranges"]) <= set(amounts(name)) and spread["ranges"]
        points = [ends[0] + step for step in range(5)] if field.whole else ends  # A count has no others in its range.
        answers = [answer_json(catalogue, name, base | {field.path: written(point)})["outputs"] for point in points]
        for output, interval in spread["ranges"].items():
            assert set(interval) == {"low", "likely", "high", "unit", "distribution"}
            assert interval["unit"] == amounts(name)[output].unit.text
            texts = [outputs[output]["value"] for outputs in answers]
            count = sum(interval["distribution"]["counts"])
            if None in texts:  # Where there is no answer, nothing is counted.
                assert 0 < count < samples, (field.path, output)
                continue
            assert count == samples, (field.path, output)
            least, most = Decimal(interval["distribution"]["from"]), Decimal(interval["distribution"]["to"])
            low, high = Decimal(interval["low"]), Decimal(interval["high"])
            assert least <= low <= high <= most
            course = [Decimal(text) for text in texts]
            below, likely, above = course[0], course[len(course) // 2], course[-1]
            assert Decimal(interval["likely"]) == likely
            hair = abs(likely) * Decimal("1e-9")
            if course in (sorted(course), sorted(course, reverse=True)):
                assert low - hair <= likely <= high + hair, (field.path, output)
                assert min(below, above) - hair <= least and most <= max(below, above) + hair, (field.path, output)
                fall_or_rise += below != above
    assert fall_or_rise
    assert text == catalogue.answer(Question(name, json.loads(given), ask=Ranges()))


@BY_NAME
def test_the_middle_of_a_whole_number_is_whole(catalogue: Catalogue, name: str) -> None:
    """Nobody can ask for one turn and a half, neither in the middle of a range nor anywhere in it."""
    inputs = answer_json(catalogue, name, {})["inputs"]
    for input, kind in kinds(find_calculator(name).inputs).items():
        if isinstance(kind, NumberInput) and kind.whole:
            start = inputs[input]["value"] if input in inputs else kind.low  # what is left open has no value
            low = max(kind.low, Decimal(start))
            for text in (f"{written(low)}..{written(low + 1)}", f"{written(low + Decimal('0.5'))}..{written(low + 2)}"):
                try:
                    number = Decimal(answer_json(catalogue, name, {input: text})["inputs"][input]["value"])
                except Refused as refused:
                    assert kind.label in refused.problems[input]
                else:
                    assert number == number.to_integral_value(), f"{input}: {text} is understood as {number}"


def uncertain(catalogue: Catalogue, name: str) -> dict[str, list[str]]:
    """The inputs that are asked and start from a figure which the data itself calls uncertain, with its two ends."""
    collections, ends_by_path = json.loads(catalogue.facts.text)["collections"], {}
    reading = understand_inputs(find_calculator(name).inputs, {}, catalogue.facts)
    for path, setting in answer_json(catalogue, name, {})["inputs"].items():
        entry, _, figure = setting.get("source", {}).get("fact", "").partition("#")
        if not entry or not is_number_input_asked(reading, path):
            continue
        collection, _, id = entry.partition(":")
        facts = collections[collection][id]["facts"]
        ends = facts[figure].get("range")
        if ends is None and f"{figure}_low" in facts:
            ends = [facts[f"{figure}_{end}"]["values"][-1][1] for end in ("low", "high")]
        if ends:
            ends_by_path[path] = ends
    return ends_by_path


@pytest.mark.one_in(4)
@BY_NAME
def test_ranges_come_ready_for_what_is_uncertain(catalogue: Catalogue, name: str) -> None:
    """Without a range of the reader's, the ends that stand in the data count as if they had been typed."""
    ends = uncertain(catalogue, name)
    if not ends:
        with pytest.raises(Refused, match="Type at least one input as a range"):
            catalogue.answer(Question(name, ask=Ranges()))
        return
    ready = json.loads(catalogue.answer(Question(name, ask=Ranges())))
    assert {path: [Decimal(entry["from"]), Decimal(entry["to"])] for path, entry in ready["ready"].items()} == {
        path: [Decimal(end) for end in pair] for path, pair in ends.items()
    }
    typed = {path: f"{low}..{high}" for path, (low, high) in ends.items()}
    typed_ranges = json.loads(catalogue.answer(Question(name, typed, ask=Ranges())))
    for output, interval in ready["ranges"].items():
        assert interval["distribution"] == typed_ranges["ranges"][output]["distribution"], output
        likely, answer = interval["likely"], answer_json(catalogue, name, {})["outputs"][output]["value"]
        assert likely == answer or Decimal(likely) == Decimal(answer), output
    assert any(interval["low"] != interval["high"] for interval in ready["ranges"].values()) or name in NO_SCALARS
    for as_ in ("text", "html"):
        assert f"{READY}: {len(ends)}" in catalogue.answer(Question(name, ask=Ranges(), form=as_))
    first = next(iter(ends))
    single = json.loads(catalogue.answer(Question(name, {first: typed[first]}, ask=Ranges())))
    assert "ready" not in single


@BY_NAME
def test_the_range_in_a_questions_help_is_understood(catalogue: Catalogue, name: str) -> None:
    for path, kind in kinds(find_calculator(name).inputs).items():
        if isinstance(kind, NumberInput):
            reading = catalogue.compute(find_calculator(name), {path: form_range_example(kind)}).reading
            assert path not in reading.problems and reading.settings[path].spread, (path, form_range_example(kind))


@BY_NAME
def test_ranges_are_told_in_words(catalogue: Catalogue, name: str) -> None:
    field, low, _, high = ranged(catalogue, name)[0]
    given = settings_of(name) | {field.path: f"{written(low)}..{written(high)}"}
    text = catalogue.answer(Question(name, given, ask=Ranges(), form="text"))
    spread = json.loads(catalogue.answer(Question(name, given, ask=Ranges())))
    shown = catalogue.compute(find_calculator(name), given).kinds
    assert all(shown[output].label in text for output in spread["ranges"])


@BY_NAME
def test_the_answer_to_a_range_is_the_answer_to_its_middle(catalogue: Catalogue, name: str) -> None:
    for field, low, middle, high in ranged(catalogue, name):
        base = settings_of(name)
        as_range = answer_json(catalogue, name, base | {field.path: f"{written(low)}..{written(high)}"})
        as_middle = answer_json(catalogue, name, base | {field.path: written(middle)})
        assert without_sentences(as_range) == without_sentences(as_middle), field.path


def without_sentences(answer: JsonObject) -> JsonObject:
    """The outputs of an answer, but for the sentences of verdicts, which have the ends of a range, too."""
    return {
        name: {key: part for key, part in output.items() if key != "sentence"} if isinstance(output, dict) else output
        for name, output in answer["outputs"].items()
    }


def test_the_records_of_a_market_become_floats_once(catalogue: Catalogue) -> None:
    """A record of the reader's own, which stands in the market as well, is no record of the facts."""
    own = {"model": "own", "model.input": "1", "model.output": "2", "model.name": "House"}
    typed_and_listed: list[tuple[Given, int]] = [({}, 0), (own, 1)]
    for typed, listed in typed_and_listed:
        reading = understand_inputs(find_calculator("prompting/models").inputs, typed, catalogue.facts).need()
        first, second = (float_run_inputs(reading).market for _ in range(2))
        shared = [model for model, again in zip(first, second, strict=True) if model is again]
        assert len(first) - len(shared) == listed
        assert not any(isinstance(figure, Decimal) for model in first for figure in vars(model).values())
