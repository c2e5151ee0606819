"""Figures that no output reads: found by one watched run, they are those that change nothing one by one."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from decimal import Decimal, localcontext

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.answering.figures import typed_figures
from calculators.engine.answering.figures.typed_figures import idle_typed_figure_sentences
from calculators.engine.answering.figures.watched_records import WHOLE, watched_record
from calculators.engine.answering.runs import exact_run_inputs
from calculators.engine.declare import Figure, Pick, declared_record_types, figure, kinds, output_value
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.numbers import EXACT
from calculators.engine.numbers.rounding import unrounded_digits
from calculators.engine.numbers.units import USD
from calculators.engine.records import Record
from tests.calculators.answers import NAMES

WITH_RECORDS = [
    name for name in NAMES if any(isinstance(kind, Pick) for kind in kinds(find_calculator(name).inputs).values())
]


def typed(name: str, factor: int) -> dict[str, str]:
    """Every published figure of every picked record, so many times as much, within its bounds."""
    inputs = find_calculator(name).inputs
    texts = {}
    for owner, kind in kinds(inputs).items():
        if isinstance(kind, Pick):
            for field, figure in kinds(declared_record_types(inputs)[owner]).items():
                if isinstance(figure, Figure) and figure.is_number:
                    number = min(max(figure.low, Decimal(factor)), figure.high)
                    texts[f"{owner}.{field}"] = unrounded_digits(number)
    return texts


def idle_sentences(catalogue: Catalogue, name: str, given: dict[str, str]) -> list[str]:
    """What an answer says of typed figures that change nothing; made anew each time."""
    calculator = find_calculator(name)
    with localcontext(EXACT):
        reading = understand_inputs(calculator.inputs, given, catalogue.facts)
        outputs = kinds(calculator.outputs)
        answer = calculator.formula(exact_run_inputs(reading))
        given_by_formula = {output: kind for output, kind in outputs.items() if not getattr(kind, "turning", "")}
        values = {output: output_value(getattr(answer, output)) for output in given_by_formula}
        return idle_typed_figure_sentences(reading, calculator.formula, given_by_formula, values, lambda path, _: path)


@pytest.mark.one_in(8)
@pytest.mark.parametrize("factor", [0, 3])
@pytest.mark.parametrize("name", WITH_RECORDS)
def test_a_watched_run_finds_what_single_runs_find(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, name: str, factor: int
) -> None:
    given = typed(name, factor)
    watched = idle_sentences(catalogue, name, given)
    monkeypatch.setattr(typed_figures, "FEW", len(given) + 1)
    assert watched == idle_sentences(catalogue, name, given)


@dataclass(frozen=True, kw_only=True)
class Plain(Record):
    """A record with two prices, the second in proportion to the first, and one that nobody reads."""

    price: Decimal = figure("Price", USD, low=0, high=100)
    double: Decimal = figure("Twice the price", USD, low=0, high=200, scales_with="price")
    other: Decimal = figure("Another price", USD, low=0, high=100)


def test_a_record_notes_what_is_read_of_it_and_is_the_same_otherwise() -> None:
    reads: set[str] = set()
    record = Plain(id="a", name="A", price=Decimal(1), double=Decimal(2), other=Decimal(3))
    watched = watched_record(record, reads)
    assert isinstance(watched, Plain) and watched.double == 2 and "double" in reads and "price" not in reads
    assert not watched.is_replaced("other") and "other" in reads
    assert not reads & WHOLE
    assert dataclasses.replace(record, price=Decimal(5)).price == 5
    assert dataclasses.replace(watched, other=Decimal(5)).double == 2 and reads & WHOLE
