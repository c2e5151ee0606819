"""The bytes that a step makes and frees: activations, logits, and the moment at which they and the gradients peak.

The activations of a layer follow the count of Korthikanti and others (arXiv 2205.05198), here for heads that share keys
and values, for gated feed-forward blocks and for experts too, and for layers whose own weights are frozen.
"""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.transformers import Sizes
from calculators.domain.units import BYTE, SHORT, TOKEN
from calculators.engine.numbers import Number, both, choose, either_of, largest, named, smallest
from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import BYTES
from calculators.fine_tuning.hardware.inputs import Inputs
from calculators.fine_tuning.hardware.memory.states import States
from calculators.fine_tuning.hardware.methods import LORA
from calculators.fine_tuning.hardware.units import LONG

SCORES = Constant(5, "bytes for each head and pair of tokens", BYTES)
SCORES_AT_WORK = Constant(12, "bytes for each head and pair of tokens in a layer at work", BYTES)
"""The weights of attention in 32 bits and a copy in 16, and a gradient of each, as Transformers computes them."""
IN_FLIGHT = Constant(2, "layers whose inputs are on the way to main memory or back", BYTES / BYTES)


@dataclass(frozen=True, slots=True)
class LayerActivations:
    """What one layer keeps for its gradients, and what it needs while it is computed again with them, in bytes."""

    kept: Number
    work: Number


def hardware_memory_of_layer_activations(i: Inputs, model: Sizes, method: str, tokens: Number) -> LayerActivations:
    """The bytes of one layer's activations.

    With as many key-value heads as heads and two feed-forward matrices four times as wide as the hidden size, what is
    kept is the paper's `tokens × hidden × (34 + 5 × heads × length ÷ hidden)`; flash attention drops the second term.
    Experts get a copy of each of their tokens, and hand as much back. A last feed-forward matrix that is frozen in 16
    bits and has no adapter does not keep what goes into it, though a layer at work needs room for the gradient of that;
    bitsandbytes keeps it for its quantized matrices all the same.
    """
    outside = either_of(i.target_matrices == "query_value", i.target_matrices == "attention")
    frozen = choose(both(method == LORA, outside), 1, 0)
    block = model.intermediate * model.active_experts
    sent = named("Numbers sent to experts and back", choose(model.experts > 1, 2 * model.active_experts, 0))
    numbers = (2 * (2 * model.hidden + model.queries + model.keys) + 2 * (model.matrices - 1) * block) + (
        sent * model.hidden
    )
    token_bytes = named("Bytes a token needs in a layer", numbers * SHORT + 2 * model.hidden * BYTE)
    pairs = named("Pairs of tokens in all heads", choose(i.flash_attention, 0, i.sequence_length / TOKEN * model.heads))
    kept = token_bytes - frozen * block * SHORT + pairs * SCORES
    return LayerActivations(
        kept=named("Activations of one layer", tokens * kept),
        work=named("A layer at work", tokens * (token_bytes * i.layer_work + pairs * SCORES_AT_WORK)),
    )


def hardware_memory_of_logits(i: Inputs, model: Sizes, tokens: Number) -> Number:
    """The bytes of the scores of all words of the vocabulary with their gradients; in pieces next to nothing."""
    each = choose(i.wide_logits, i.logit_bytes, i.narrow_logit_bytes)
    return choose(i.chunked_loss, 0, tokens * model.vocabulary * each)


@dataclass(frozen=True, slots=True)
class Step:
    """What a step makes and frees on a GPU, in bytes."""

    activations: Number
    """What is kept for the gradients: the input of each layer and one layer at work, or all of every layer."""
    logits: Number
    busiest: Number
    """The larger of the logits and a layer at work: the loss is done before the layers are worked on again."""
    peak: Number
    """Gradients and all that a step adds, when they are largest."""
    lesser: Number
    """The same in the other half of the step: going back, or changing the weights."""


def hardware_memory_of_step(i: Inputs, model: Sizes, method: str, states: States) -> Step:
    """What a step needs: going back, or while the optimizer changes the weights, whichever is more.

    Gradients that are added up over several steps are there from the start. Otherwise they come while activations go,
    so that there is either all of the one or all of the other, with one layer at work.
    """
    tokens = named("Tokens in a step", i.sequence_length / TOKEN * i.batch)
    layer = hardware_memory_of_layer_activations(i, model, method, tokens)
    width = choose(i.wide_stream, LONG, SHORT)
    waiting = choose(i.offload == "activations", smallest(IN_FLIGHT, model.layers), model.layers)
    inputs = named("Inputs of the layers", tokens * model.hidden * width * waiting)
    kept = choose(i.checkpointing, inputs, layer.kept * model.layers)
    work = choose(i.checkpointing, layer.work, 0)
    logits = hardware_memory_of_logits(i, model, tokens)
    busiest = named("Logits, or a layer at work", largest(logits, work))
    forward = kept + busiest
    at_once = largest(forward, states.gradients + work)
    backward = named("Gradients and activations", choose(i.accumulation, states.gradients + forward, at_once))
    change = named("Gradients and the optimizer's copy", states.gradients + states.passing)
    return Step(
        activations=kept + choose(i.checkpointing, layer.kept, 0),
        logits=logits,
        busiest=busiest,
        peak=largest(backward, change),
        lesser=smallest(backward, change),
    )
