"""A training run as the calculator's inputs describe it: what each GPU holds, how long it takes, and what it costs.

`i` is always the `Inputs` of `fine_tuning/hardware`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from calculators.engine.declare import Range
from calculators.engine.numbers import choose, known_or, largest, named, plain, smallest
from calculators.engine.records import Gpu
from calculators.fine_tuning._hardware import (
    BYTES_PER_GB,
    FULL,
    PER_BILLION,
    QLORA,
    SHORT,
    TOKEN,
    Memory,
    Sizes,
    activations,
    adapter_parameters,
    cost,
    flops_per_token,
    layer_activations,
    optimizer_bytes,
    tokens_an_hour,
    weights,
)


def adapters(i: Any, model: Sizes) -> Any:
    """The parameters of the adapters: typed, or counted from the rank and the matrices."""
    counted = adapter_parameters(model, i.rank, i.target_matrices)
    return named(
        "Parameters of the adapters", choose(i.target_matrices == "other", i.adapter_parameters * PER_BILLION, counted)
    )


def trainable(model: Sizes, added: Any, method: Any) -> Any:
    """How many parameters change: all, or the adapters alone."""
    return named("Trainable parameters", choose(method == FULL, model.parameters, added))


def needed(i: Any, model: Sizes, added: Any, method: Any) -> Memory:
    """What each GPU holds under a method."""
    changing = trainable(model, added, method)
    sharing: Any = choose(i.sharded, i.gpus, 1)
    split = named("GPUs that share the states", sharing) * BYTES_PER_GB
    all_weights = weights(model, method, added, i.quantization_constants)
    tokens = named("Tokens in a step", i.sequence_length / TOKEN * i.batch)
    layer = layer_activations(model, tokens, i.sequence_length / TOKEN, i.flash_attention)
    kept = activations(model, tokens, layer, i.checkpointing) / BYTES_PER_GB
    scores = choose(i.chunked_loss, 0, tokens * model.vocabulary * i.logit_bytes) / BYTES_PER_GB
    states = Memory(
        weights=named("Weights", all_weights / split),
        gradients=named("Gradients", changing * SHORT / split),
        optimizer=named("Optimizer", changing * optimizer_bytes(i.optimizer, i.master_copy) / split),
        activations=named("Activations", kept),
        logits=named("Logits", scores),
        overhead=0,
        spread=i.spread,
    )
    overhead = i.framework_memory + i.reserve * (states.states + states.activations + states.logits)
    return Memory(
        weights=states.weights, gradients=states.gradients, optimizer=states.optimizer,
        activations=states.activations, logits=states.logits, overhead=named("Overhead", overhead), spread=i.spread,
    )  # fmt: skip


def trained_tokens(i: Any) -> Any:
    """The tokens that are computed: examples are cut to the sequence length, and filled up to it without packing."""
    whole = choose(i.packing, smallest(i.example_tokens, i.sequence_length), i.sequence_length)
    return named("Tokens trained on", i.examples * named("Tokens computed for an example", whole) * i.epochs)


@dataclass(frozen=True, slots=True)
class Run:
    """The time and the rent of a training run on one kind of GPU; None where a speed or a rent is not published."""

    hourly: Any
    hours: Any
    fast: Any
    slow: Any
    cost: Any
    cost_low: Any
    cost_high: Any


def run(i: Any, model: Sizes, added: Any, method: Any, gpu: Gpu) -> Run:
    """How long a GPU of that kind trains, and what it costs at the lowest, one named, and the highest rent."""
    each, tokens = flops_per_token(model, method, added), trained_tokens(i)
    slower: Any = choose(method == QLORA, i.slow_down, 1)
    best, worst = largest(i.utilization, i.utilization_high), smallest(i.utilization, i.utilization_low)
    hourly = [tokens_an_hour(each, gpu, i.gpus, used, slower) for used in (i.utilization, best, worst)]
    likely, fast, slow = (None if plain(speed) is None else tokens / speed for speed in hourly)
    low, high = known_or(gpu.rent_low, gpu.rent), known_or(gpu.rent_high, gpu.rent)
    return Run(
        hourly=hourly[0], hours=likely, fast=fast, slow=slow, cost=cost(likely, i.gpus, gpu.rent),
        cost_low=cost(fast, i.gpus, low), cost_high=cost(slow, i.gpus, high),
    )  # fmt: skip


def spanned(low: Any, likely: Any, high: Any) -> Range | None:
    """A range whose likely value lies within; None where it is not known."""
    if plain(low) is None or plain(likely) is None or plain(high) is None:
        return None
    return Range(smallest(low, likely), likely, largest(high, likely))
