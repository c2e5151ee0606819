"""The sizes of a transformer as bare numbers, and those of adapters for it."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.records import Architecture
from calculators.domain.units import PER_BILLION, TOKEN
from calculators.engine.numbers import Number, choose, is_known_number, known_or, largest, named, smallest


@dataclass(frozen=True, slots=True)
class Sizes:
    """A model's sizes as bare numbers; `queries` and `keys` are the widths of a layer's queries and of its keys.

    A dense model is one of a single expert. `layer` are the parameters of a layer's matrices, `active_layer` those that
    a token uses, and `active` those that it uses of the whole model.
    """

    parameters: Number
    layers: Number
    hidden: Number
    intermediate: Number
    heads: Number
    queries: Number
    keys: Number
    vocabulary: Number
    embedding: Number
    matrices: Number
    experts: Number
    active_experts: Number
    layer: Number
    active_layer: Number
    active: Number


def transformer_sizes(model: Architecture) -> Sizes:
    """The sizes of a model; with grouped-query attention keys and values are narrower than queries."""
    head = named("Width of a head", known_or(model.head_size, model.hidden_size / model.heads))
    parameters = named("Parameters of the model", model.parameters * PER_BILLION)
    vocabulary = model.vocabulary / TOKEN
    tables = named("Parameters of the embeddings", model.embeddings * vocabulary * model.hidden_size)
    queries, keys = head * model.heads, head * model.key_value_heads
    experts, active_experts = known_or(model.experts, 1), known_or(model.active_experts, 1)
    expert = named(
        "Parameters of a feed-forward block", model.feed_forward * model.hidden_size * model.intermediate_size
    )
    attention = named("Parameters of attention in a layer", 2 * model.hidden_size * (queries + keys))
    idle = model.layers * expert * (experts - smallest(active_experts, experts))
    active: Number = largest(parameters / experts, parameters - idle)
    if is_known_number(model.active_parameters):
        active = smallest(parameters, model.active_parameters * PER_BILLION)
    return Sizes(
        parameters=parameters,
        layers=model.layers,
        hidden=model.hidden_size,
        intermediate=model.intermediate_size,
        heads=model.heads,
        queries=named("Width of the queries", queries),
        keys=named("Width of the keys, and of the values", keys),
        vocabulary=vocabulary,
        embedding=smallest(parameters, tables),
        matrices=model.feed_forward,
        experts=experts,
        active_experts=active_experts,
        layer=attention + experts * expert,
        active_layer=attention + active_experts * expert,
        active=named("Parameters that a token uses", active),
    )


def lora_adapter_parameters(model: Sizes, rank: Number, matrices: str) -> Number:
    """The parameters that LoRA adds: for each matrix, rank times the sum of its two sides (arXiv 2106.09685).

    `matrices` is `query_value`, `attention` (queries, keys, values, output) or `all_linear` (feed-forward too).

    >>> from decimal import Decimal as D
    >>> gpt_3 = Sizes(parameters=D(0), layers=D(96), hidden=D(12288), intermediate=D(49152), heads=D(96),
    ...               queries=D(12288), keys=D(12288), vocabulary=D(0), embedding=D(0), matrices=D(2),
    ...               experts=D(1), active_experts=D(1), layer=D(0), active_layer=D(0), active=D(0))
    >>> lora_adapter_parameters(gpt_3, D(8), "query_value")  # 96 layers × 2 matrices × 8 × (12,288 + 12,288)
    Decimal('37748736')
    """
    query_value = named("Sides of queries and values", 2 * model.hidden + model.queries + model.keys)
    attention = named("Sides of all attention matrices", 2 * query_value)
    block = model.matrices * (model.hidden + model.intermediate)
    feed_forward = named("Sides of feed-forward matrices", model.experts * block)
    sides = choose(
        matrices == "query_value",
        query_value,
        choose(matrices == "attention", attention, attention + feed_forward),
    )
    return named("Adapter parameters in a layer", rank * sides) * model.layers
