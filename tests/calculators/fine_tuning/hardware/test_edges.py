"""The hardware of fine-tuning at its edges: figures that nobody publishes, own figures, and limits met exactly."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from calculators.catalogue import Catalogue, load
from calculators.domain.records import Gpu
from calculators.engine.declare import Range, output_value
from calculators.fine_tuning.hardware.memory import hardware_gpu_memory_verdict
from calculators.fine_tuning.hardware.run import hardware_rental_cost
from macros.facts import facts_text
from tests.calculators.answers import Results
from tests.calculators.fine_tuning.hardware.test_hardware import answered, close


def holding(answer: Results) -> list[str]:
    """The notes that hold."""
    return [note.words for note in output_value(answer.notes) if note.holds]


def test_hours_cost_their_rent_on_every_gpu_where_both_are_known() -> None:
    assert hardware_rental_cost(Decimal(2), Decimal(3), Decimal(5)) == 30
    assert hardware_rental_cost(None, Decimal(3), Decimal(5)) is None
    assert hardware_rental_cost(Decimal(2), Decimal(3), None) is None


def test_nothing_fits_a_gpu_of_unknown_memory(catalogue: Catalogue) -> None:
    gpu = next(iter(catalogue.facts.records("gpus", Gpu, catalogue.facts.as_of).values()))
    half = Range(Decimal("0.4"), Decimal("0.5"), Decimal("0.6"))
    assert hardware_gpu_memory_verdict(half, replace(gpu, memory=None)) == "no"
    assert hardware_gpu_memory_verdict(half, replace(gpu, memory=Decimal("0.6"))) == "fits"


def test_a_gpu_of_unknown_memory_is_said_to_have_none() -> None:
    """However small the model: ten million parameters of two bytes are far less than a gigabyte."""
    facts = json.loads(facts_text())
    del facts["collections"]["gpus"]["rtx-4090"]["facts"]["memory"]
    small = {
        "gpu": "rtx-4090",
        "model.parameters": "0.01",
        "model.layers": "1",
        "model.vocabulary": "10",
        "framework_memory": "0",
        "sequence_length": "1",
    }
    answer = answered(load(json.dumps(facts)), **small)
    assert answer.memory_range.high < 1 and answer.fit == "no"
    assert any(words.startswith("The GPU has only {held}") for words in holding(answer))


def test_the_rent_that_is_typed_decides_the_place_among_the_gpus(catalogue: Catalogue) -> None:
    """Not the lowest rent that was seen anywhere."""
    table = output_value(answered(catalogue, gpu="h100-sxm", gpu__rent=900, gpu__rent_low="0.0001").every_gpu)
    dearest = max(row[7] for row in table.rows if row[7] is not None)
    assert table.rows[table.own][7] == dearest
    assert [row[7] for row in table.rows if row[7] is not None][-1] == dearest


def test_a_long_sequence_is_said_from_more_than_a_twelfth_on(catalogue: Catalogue) -> None:
    """With 12 × 1,000 × 1,000 × 10 parameters, attention over 1,000 tokens adds exactly a twelfth."""
    sizes = {
        "method": "full",
        "model__hidden_size": 1000,
        "model__heads": 10,
        "model__head_size": 100,
        "model__layers": 10,
        "sequence_length": 1000,
    }
    for billions, expected in (("0.12", False), ("0.119", True)):
        words = holding(answered(catalogue, **sizes, model__parameters=billions))
        assert any(sentence.startswith("Long sequences") for sentence in words) is expected


def test_the_fastest_run_is_no_slower_than_the_likely_one(catalogue: Catalogue) -> None:
    """Where the utilization that is typed lies outside of its own range."""
    above = answered(catalogue, utilization="60%", utilization_low="30%", utilization_high="50%")
    assert above.training_hours_range.low == above.training_hours
    below = answered(catalogue, utilization="20%", utilization_low="30%", utilization_high="50%")
    assert below.training_hours_range.high == below.training_hours


def test_the_rent_runs_from_the_fastest_run_at_the_lowest_to_the_slowest_at_the_highest(catalogue: Catalogue) -> None:
    """Whatever is typed, what it is likely to cost lies within."""
    rents = {"gpus": 2, "gpu__rent_low": 1, "gpu__rent_high": 4}
    within = {"utilization_low": "30%", "utilization_high": "50%"}
    fast = answered(catalogue, **rents, **within, gpu__rent=2, utilization="60%")
    assert close(fast.training_cost_range.low, Fraction(fast.training_hours) * 2 * 1)
    slow = answered(catalogue, **rents, **within, gpu__rent=2, utilization="20%")
    assert close(slow.training_cost_range.high, Fraction(slow.training_hours) * 2 * 4)
    cheap = answered(catalogue, **rents, **within, gpu__rent="0.01", utilization="40%")
    assert cheap.training_cost_range.low == cheap.training_cost < cheap.training_cost_range.high
    dear = answered(catalogue, **rents, **within, gpu__rent=900, utilization="40%")
    assert dear.training_cost_range.high == dear.training_cost > dear.training_cost_range.low


@pytest.mark.parametrize("missing", ["peak", "rent"])
def test_what_is_not_published_is_no_number(missing: str) -> None:
    """Without a speed there are no hours, without a rent no cost, even where its lowest and highest are known."""
    facts = json.loads(facts_text())
    figures = facts["collections"]["gpus"]["rtx-4090"]["facts"]
    figures |= {"rent_low": figures["rent"], "rent_high": figures["rent"]}
    del figures[missing]
    answer = answered(load(json.dumps(facts)), gpu="rtx-4090")
    assert (answer.training_hours is None) is (answer.training_hours_range is None) is (missing == "peak")
    assert answer.training_cost is None and answer.training_cost_range is None
