"""The hardware of fine-tuning at its edges: figures that nobody publishes, own figures, and limits met exactly."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

from calculators.answer import load
from calculators.engine.declare import Range
from calculators.engine.records import Gpu
from calculators.fine_tuning._hardware import cost, verdict
from calculators.views.answer import made
from macros.facts import facts_text
from tests.calculators.test_fine_tuning_hardware import answered


def holding(answer: Any) -> list[str]:
    """The notes that hold."""
    return [note.words for note in made(answer.notes) if note.holds]


def test_hours_cost_their_rent_on_every_gpu_where_both_are_known() -> None:
    assert cost(Decimal(2), Decimal(3), Decimal(5)) == 30
    assert cost(None, Decimal(3), Decimal(5)) is None
    assert cost(Decimal(2), Decimal(3), None) is None


def test_nothing_fits_a_gpu_of_unknown_memory(catalogue) -> None:
    gpu = next(iter(catalogue.facts.records("gpus", Gpu, catalogue.facts.as_of).values()))
    half = Range(Decimal("0.4"), Decimal("0.5"), Decimal("0.6"))
    assert verdict(half, replace(gpu, memory=None)) == "no"
    assert verdict(half, replace(gpu, memory=Decimal("0.6"))) == "fits"


def test_a_gpu_of_unknown_memory_is_said_to_have_none() -> None:
    """However small the model: ten million parameters of two bytes are far less than a gigabyte."""
    facts = json.loads(facts_text())
    del facts["collections"]["gpus"]["rtx-4090"]["facts"]["memory"]
    small = {"gpu": "rtx-4090", "model.parameters": "0.01", "model.layers": "1", "model.vocabulary": "10",
             "framework_memory": "0", "sequence_length": "1"}  # fmt: skip
    answer = answered(load(json.dumps(facts)), **small)
    assert answer.memory_range.high < 1 and answer.fit == "no"
    assert any(words.startswith("The GPU has only {held}") for words in holding(answer))


def test_the_rent_that_is_typed_decides_the_place_among_the_gpus(catalogue) -> None:
    """Not the lowest rent that was seen anywhere."""
    table = made(answered(catalogue, gpu="h100-sxm", gpu__rent=900, gpu__rent_low="0.0001").every_gpu)
    dearest = max(row[6] for row in table.rows if row[6] is not None)
    assert table.rows[table.own][6] == dearest
    assert [row[6] for row in table.rows if row[6] is not None][-1] == dearest


def test_a_long_sequence_is_said_from_more_than_a_twelfth_on(catalogue) -> None:
    """With 12 × 1,000 × 1,000 × 10 parameters, attention over 1,000 tokens adds exactly a twelfth."""
    sizes = {"method": "full", "model__hidden_size": 1000, "model__heads": 10, "model__head_size": 100,
             "model__layers": 10, "sequence_length": 1000}  # fmt: skip
    for billions, said in (("0.12", False), ("0.119", True)):
        words = holding(answered(catalogue, **sizes, model__parameters=billions))
        assert any(it.startswith("Long sequences") for it in words) is said


def test_the_fastest_run_is_no_slower_than_the_likely_one(catalogue) -> None:
    """Where the utilization that is typed lies outside of its own range."""
    above = answered(catalogue, utilization="60%", utilization_low="30%", utilization_high="50%")
    assert above.training_hours_range.low == above.training_hours
    below = answered(catalogue, utilization="20%", utilization_low="30%", utilization_high="50%")
    assert below.training_hours_range.high == below.training_hours
