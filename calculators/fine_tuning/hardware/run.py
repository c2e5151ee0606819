"""How long a training runs and what it costs, by the arithmetic that a GPU has to do."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.records import Gpu
from calculators.domain.transformers import Sizes
from calculators.domain.units import FLOP
from calculators.engine.declare import Range
from calculators.engine.numbers import Number, choose, is_known_number, known_or, largest, named, smallest
from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import TOKENS
from calculators.fine_tuning.hardware.inputs import Inputs
from calculators.fine_tuning.hardware.memory.states import is_hardware_training_quantized
from calculators.fine_tuning.hardware.methods import FULL
from calculators.fine_tuning.hardware.units import FLOP_AN_HOUR

FLOP_FULL = Constant(6, "operations for each trained parameter and token", FLOP / TOKENS)
FLOP_FROZEN = Constant(4, "operations for each frozen parameter and token", FLOP / TOKENS)
OPERATION = Constant(1, "operation", FLOP)


def hardware_training_flops_per_token(model: Sizes, method: str, adapters: Number) -> Number:
    """The operations of training on one token: 6 for each trained parameter that it uses, 4 for a frozen one.

    A token uses a few of all experts, and no more. Going forward takes 2 and going back 4, half of which is for the
    weights' own gradients; frozen weights have none.
    """
    partly = model.active * FLOP_FROZEN + adapters * FLOP_FULL
    return named("Operations for each token", choose(method == FULL, model.active * FLOP_FULL, partly))


def hardware_attention_flops(model: Sizes, positions: Number) -> Number:
    """The operations of comparing one token with those before it, forward and back: half of all positions."""
    return 12 * positions / 2 * model.queries * model.layers * OPERATION


def hardware_tokens_an_hour(
    flops: Number, gpu: Gpu, gpus: Number, utilization: Number, slow_down: Number
) -> Number | None:
    """How many tokens the GPUs train on in an hour (tokens/hour), from the operations (`flops`) for each.

    None where the GPU's speed is not published.
    """
    if is_known_number(gpu.peak):
        speed = named("Operations in an hour", gpu.peak * FLOP_AN_HOUR * gpus * utilization)
        return named("Tokens in an hour", speed / flops / slow_down)
    return None


def hardware_rental_cost(hours: Number | None, gpus: Number, rent: Number | None) -> Number | None:
    """What the hours cost on all GPUs (USD); None where either is not known."""
    return hours * gpus * rent if is_known_number(hours) and is_known_number(rent) else None


def hardware_tokens_on_gpus(i: Inputs) -> Number:
    """The tokens that are computed: examples are cut to the sequence length, and filled up to it without packing."""
    whole = choose(i.packing, smallest(i.example_tokens, i.sequence_length), i.sequence_length)
    return named("Tokens trained on", i.examples * named("Tokens computed for an example", whole) * i.epochs)


@dataclass(frozen=True, slots=True)
class Run:
    """The time and the rent of a training run on one kind of GPU; None where a speed or a rent is not published."""

    hourly: Number | None  # tokens/hour
    hours: Number | None
    fast: Number | None  # hours
    slow: Number | None  # hours
    cost: Number | None  # USD
    cost_low: Number | None  # USD
    cost_high: Number | None  # USD


def hardware_run_on_gpus(i: Inputs, model: Sizes, adapters: Number, method: str, gpu: Gpu) -> Run:
    """How long a GPU of that kind trains, and what it costs at the lowest, one named, and the highest rent."""
    flops, tokens = hardware_training_flops_per_token(model, method, adapters), hardware_tokens_on_gpus(i)
    slower = choose(is_hardware_training_quantized(method), i.slow_down, 1)
    best, worst = largest(i.utilization, i.utilization_high), smallest(i.utilization, i.utilization_low)
    hourly = [hardware_tokens_an_hour(flops, gpu, i.gpus, used, slower) for used in (i.utilization, best, worst)]
    likely, fast, slow = (tokens / speed if is_known_number(speed) else None for speed in hourly)
    low, high = known_or(gpu.rent_low, gpu.rent), known_or(gpu.rent_high, gpu.rent)
    return Run(
        hourly=hourly[0],
        hours=likely,
        fast=fast,
        slow=slow,
        cost=hardware_rental_cost(likely, i.gpus, gpu.rent),
        cost_low=hardware_rental_cost(fast, i.gpus, low),
        cost_high=hardware_rental_cost(slow, i.gpus, high),
    )


def hardware_run_range(low: Number | None, likely: Number | None, high: Number | None) -> Range | None:
    """A range whose likely value lies within; None where it is not known."""
    if is_known_number(low) and is_known_number(likely) and is_known_number(high):
        return Range(smallest(low, likely), likely, largest(high, likely))
    return None
