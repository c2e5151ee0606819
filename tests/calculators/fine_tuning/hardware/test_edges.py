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


IN_PIECES = {"chunked_loss": "yes", "accumulation": "yes", "model": "mixtral-8x7b", "model__layers": 4}
"""With the loss in pieces a layer at work is what peaks."""


def test_a_layer_at_work_holds_the_weights_of_attention_and_their_gradients(catalogue: Catalogue) -> None:
    """For each head and pair of tokens 4 bytes in 32 bits, 2 in a copy, and 2 and 4 for the gradients of both."""
    length, batch, heads = 1024, 2, 32
    with_scores, without = (
        answered(catalogue, **IN_PIECES, sequence_length=length, batch=batch, flash_attention=flash).step_memory
        for flash in ("no", "yes")
    )
    assert (with_scores - without) * 10**9 == batch * heads * length**2 * (4 + 2 + 2 + 4)


def test_experts_get_a_copy_of_their_tokens_and_hand_as_much_back(catalogue: Catalogue) -> None:
    """One expert as wide as two together has the same activations, but for two copies sent and handed back."""
    length, width = 2048, 4096
    two = answered(catalogue, **IN_PIECES, sequence_length=length, layer_work=1)
    one = answered(
        catalogue, **IN_PIECES, sequence_length=length, layer_work=1, model__experts=1, model__active_experts=2
    )
    assert (two.step_memory - one.step_memory) * 10**9 == length * 2 * 2 * width * 2


def test_a_layer_at_work_needs_room_for_the_gradient_of_what_it_does_not_keep(catalogue: Catalogue) -> None:
    """Adapters beside attention alone keep less without checkpointing, and need the same while a layer is at work."""
    few, all_linear = (
        [
            answered(catalogue, **IN_PIECES, target_matrices=matrices, checkpointing=checkpointing).step_memory
            for checkpointing in ("no", "yes")
        ]
        for matrices in ("attention", "all_linear")
    )
    assert few[0] < all_linear[0] and few[1] == all_linear[1]


FULL = {"method": "full", "gpus": 8, "model__parameters": 8, "spread": 0}


def test_gpus_that_share_nothing_hold_gradients_twice(catalogue: Catalogue) -> None:
    """PyTorch's DDP: in themselves and in buckets, 2 bytes each, which its `gradient_as_bucket_view` can save."""
    alone, together = (answered(catalogue, **{**FULL, "gpus": gpus, "sharded": "no"}).gradients for gpus in (1, 8))
    assert (alone, together) == (16, 32)


@pytest.mark.parametrize(
    ("given", "extra"),
    [
        ({"accumulation": "no", "master_copy": "no"}, "0"),
        ({"accumulation": "yes", "master_copy": "no"}, "14"),
        ({"accumulation": "no", "master_copy": "yes"}, "4"),
        ({"accumulation": "no", "master_copy": "yes", "gpus": 2}, "4"),
        ({"accumulation": "no", "master_copy": "yes", "model__parameters": "80"}, "4"),
        ({"accumulation": "no", "master_copy": "yes", "model__parameters": "80", "sharded": "zero2"}, "40"),
        ({"accumulation": "yes", "master_copy": "no", "sharded": "zero1"}, "0"),
        ({"accumulation": "yes", "master_copy": "yes", "sharded": "no"}, "0"),
        ({"accumulation": "yes", "master_copy": "yes", "gpus": 1}, "0"),
        ({"accumulation": "yes", "master_copy": "yes", "optimizer_step": "backward"}, "0"),
        ({"accumulation": "no", "master_copy": "yes", "optimizer_step": "foreach"}, "0"),
        ({"offload": "weights"}, "0"),
    ],
)
def test_the_high_end_has_room_for_gradients_that_some_software_holds(
    catalogue: Catalogue, given: dict[str, object], extra: str
) -> None:
    """Of 8 billion on 8 GPUs, FSDP keeps the other seven eighths too, and DeepSpeed a share in 4 bytes each."""
    span = answered(catalogue, **{**FULL, **given}).memory_range
    assert span.low == span.likely
    assert abs(span.high - span.likely - Decimal(extra)) < Decimal("1e-20")


def test_gradients_besides_are_said_from_more_than_a_twelfth_on(catalogue: Catalogue) -> None:
    """4 GB are a twelfth of 48, to which the memory of the software fills up what the training itself takes."""
    given = {**FULL, "accumulation": "no", "master_copy": "yes"}
    alone = answered(catalogue, **given, framework_memory=0).memory
    for whole, expected in (("48", False), ("47.999", True)):
        answer = answered(catalogue, **given, framework_memory=Decimal(whole) - alone)
        assert answer.memory == Decimal(whole)
        assert any("FSDP may keep them whole" in words for words in holding(answer)) is expected


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
