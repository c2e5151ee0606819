"""What a replica keeps in memory, and for how many requests that leaves room."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.transformers import Sizes, lora_adapter_parameters, transformer_sizes
from calculators.domain.units import BYTE, BYTES_PER_GB, SHORT, TOKEN
from calculators.engine.numbers import Number, choose, known_or, largest, named, quotient, smallest
from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import ONE
from calculators.serving.self_hosting.inputs import Inputs

BITS_A_BYTE = Constant(8, "bits in a byte", ONE)


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a model as they are stored: all of them, and what a step reads of them (bytes).

    `shared` is read in each step. Of `experts`, a step reads those that some token of it uses; a dense model has none.
    `computed` are the parameters that each token is multiplied with.
    """

    sizes: Sizes
    stored: Number
    shared: Number
    experts: Number
    computed: Number


def hosting_served_weights(i: Inputs) -> Weights:
    """The weights in the width that was chosen; embeddings and the output layer stay in 16 bits."""
    model = transformer_sizes(i.architecture)
    eight = choose(i.weights == "sixteen", SHORT, BYTE)
    width = named("Bytes of a weight", choose(i.weights == "four", i.four_bit_weight / BITS_A_BYTE * BYTE, eight))
    output = named("Parameters of the output layer", smallest(model.embedding, model.vocabulary * model.hidden))
    idle = model.experts - model.active_experts
    others = named("Parameters of the experts", quotient((model.parameters - model.active) * model.experts, idle))
    tables = model.embedding * SHORT
    matrices = model.parameters - model.embedding
    looked_up = model.embedding - output
    return Weights(
        sizes=model,
        stored=named("Bytes of the weights", matrices * width + tables),
        shared=named("Bytes read in each step", largest(0 * BYTE, matrices - others) * width + output * SHORT),
        experts=named("Bytes of all experts", others * width),
        computed=named("Parameters of a token", choose(idle > 0, model.active, model.parameters - looked_up)),
    )


def hosting_positions_kept(i: Inputs, model: Sizes, tokens: Number) -> Number:
    """The positions that all layers keep of so many tokens: a windowed layer keeps its window at most."""
    windowed = smallest(model.layers, known_or(i.architecture.windowed_layers, 0))
    window = known_or(i.architecture.window, tokens * TOKEN) / TOKEN
    return (model.layers - windowed) * tokens + windowed * smallest(tokens, window)


def hosting_cache_bytes(i: Inputs, model: Sizes, tokens: Number) -> Number:
    """The keys and values of so many tokens (bytes)."""
    width = known_or(i.architecture.cache_width, 2 * model.keys)
    one = choose(i.cache_width == "eight", BYTE, SHORT)
    return hosting_positions_kept(i, model, tokens) * width * one


@dataclass(frozen=True, slots=True)
class Room:
    """Memory of a replica in GB: for weights, adapters, shared instructions and one request, and what is left.

    `requests` is how many there is room for, with their prompts and, on average, half of their answers.
    """

    weights: Number
    adapters: Number
    shared: Number
    request: Number
    left: Number
    requests: Number


def hosting_replica_room(i: Inputs, weights: Weights, memory: Number) -> Room:
    """The room on GPUs of so much `memory` each (GB)."""
    model = weights.sizes
    kept = hosting_kept_instructions(i)
    mean = named("Tokens kept of a request", hosting_prompt_tokens(i) - kept + i.answer / TOKEN / 2)
    request = named("Memory of a request", hosting_cache_bytes(i, model, mean) / BYTES_PER_GB)
    shared = named("Memory of shared instructions", hosting_cache_bytes(i, model, kept) / BYTES_PER_GB)
    each = lora_adapter_parameters(model, i.rank, "all_linear") * SHORT
    adapters = named("Memory of the adapters", i.adapters * each / BYTES_PER_GB)
    stored = weights.stored / BYTES_PER_GB
    usable = named("Memory that is used", i.gpus * (memory * i.memory_share - i.workspace))
    left = named("Memory left for requests", largest(0 * usable, usable - stored - adapters - shared))
    return Room(stored, adapters, shared, request, left, named("Requests there is room for", quotient(left, request)))


def hosting_prompt_tokens(i: Inputs) -> Number:
    """The tokens of a whole prompt."""
    return named("Tokens of a prompt", (i.instructions + i.context + i.user_text) / TOKEN)


def hosting_kept_instructions(i: Inputs) -> Number:
    """The tokens of instructions that are kept once for all requests, and not read again."""
    return named("Instructions kept once", i.instructions * i.found_cached / TOKEN)
