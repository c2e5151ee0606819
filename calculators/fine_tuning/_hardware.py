"""The arithmetic of training a dense transformer: adapters, what a GPU has to hold, and how long it computes.

Memory comes in gigabytes of a billion bytes. Weights, gradients and optimizer are counted exactly; activations follow
the count of Korthikanti and others (arXiv 2205.05198), here for heads that share keys and values and for gated
feed-forward blocks too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from calculators.engine.declare import Range
from calculators.engine.numbers import choose, known_or, named, plain, smallest
from calculators.engine.records import TFLOPS, Gpu
from calculators.engine.traced import Constant
from calculators.engine.units import BYTES, GB, HOUR, TOKENS, base, count

FLOP = base("FLOP")
PARAMETERS = count("parameter")
FULL, LORA, QLORA = "full", "lora", "qlora"
FITS, TIGHT, NO = "fits", "tight", "no"

BYTES_PER_GB = Constant(10**9, "bytes in a gigabyte", BYTES / GB)
PER_BILLION = Constant(10**9, "parameters in a billion", PARAMETERS)
TOKEN = Constant(1, "token", TOKENS)
BYTE = Constant(1, "byte", BYTES)
SHORT = Constant(2, "bytes of a 16-bit number", BYTES)
LONG = Constant(4, "bytes of a 32-bit number", BYTES)
MOMENTS = Constant(8, "bytes of two 32-bit moments", BYTES)
MOMENTS_8_BIT = Constant(2, "bytes of two 8-bit moments", BYTES)
SCORES = Constant(5, "bytes for each head and pair of tokens", BYTES)
BLOCK = Constant(64, "weights in a block", PARAMETERS)
BLOCKS = Constant(256, "blocks that share a constant", count("block"))
FLOP_FULL = Constant(6, "operations for each trained parameter and token", FLOP / TOKENS)
FLOP_FROZEN = Constant(4, "operations for each frozen parameter and token", FLOP / TOKENS)
OPERATION = Constant(1, "operation", FLOP)
FLOP_AN_HOUR = Constant(3600 * 10**12, "operations in an hour at one TFLOPS", FLOP / TFLOPS / HOUR)


@dataclass(frozen=True, slots=True)
class Sizes:
    """A model's sizes as bare numbers; `queries` and `keys` are the widths of a layer's queries and of its keys."""

    parameters: Any
    layers: Any
    hidden: Any
    intermediate: Any
    heads: Any
    queries: Any
    keys: Any
    vocabulary: Any
    embedding: Any
    matrices: Any


def sizes(model: Any) -> Sizes:
    """The sizes of a model; with grouped-query attention keys and values are narrower than queries."""
    head = named("Width of a head", known_or(model.head_size, model.hidden_size / model.heads))
    parameters = named("Parameters of the model", model.parameters * PER_BILLION)
    vocabulary = model.vocabulary / TOKEN
    tables = named("Parameters of the embeddings", model.embeddings * vocabulary * model.hidden_size)
    return Sizes(
        parameters=parameters,
        layers=model.layers,
        hidden=model.hidden_size,
        intermediate=model.intermediate_size,
        heads=model.heads,
        queries=named("Width of the queries", head * model.heads),
        keys=named("Width of the keys, and of the values", head * model.key_value_heads),
        vocabulary=vocabulary,
        embedding=smallest(parameters, tables),
        matrices=model.feed_forward,
    )


def adapter_parameters(model: Sizes, rank: Any, matrices: Any) -> Any:
    """The parameters that LoRA adds: for each matrix, rank times the sum of its two sides (arXiv 2106.09685).

    `matrices` is `query_value`, `attention` (queries, keys, values, output) or `all_linear` (feed-forward too).

    >>> from decimal import Decimal as D
    >>> gpt_3 = Sizes(parameters=D(0), layers=D(96), hidden=D(12288), intermediate=D(49152), heads=D(96),
    ...               queries=D(12288), keys=D(12288), vocabulary=D(0), embedding=D(0), matrices=D(2))
    >>> adapter_parameters(gpt_3, D(8), "query_value")  # 96 layers × 2 matrices × 8 × (12,288 + 12,288)
    Decimal('37748736')
    """
    query_value = named("Sides of queries and values", 2 * model.hidden + model.queries + model.keys)
    attention = named("Sides of all attention matrices", 2 * query_value)
    feed_forward = named("Sides of feed-forward matrices", model.matrices * (model.hidden + model.intermediate))
    sides = choose(
        matrices == "query_value",
        query_value,
        choose(matrices == "attention", attention, attention + feed_forward),
    )
    return named("Adapter parameters in a layer", rank * sides) * model.layers


def constants_of_blocks(quantized: Any, twice: bool) -> Any:
    """The bytes of the constants that 4-bit weights need: one for each block of 64, in 32 bits, or quantized again.

    Quantized a second time they take a byte each, plus 32 bits for each 256 of them (QLoRA, arXiv 2305.14314).
    """
    blocks = named("Blocks of 4-bit weights", quantized / BLOCK)
    return blocks * BYTE + blocks / BLOCKS * LONG if twice else blocks * LONG


@dataclass(frozen=True, slots=True)
class Memory:
    """What one GPU has to hold, in GB. `likely` is the sum; only what is no exact count spreads around it."""

    weights: Any
    gradients: Any
    optimizer: Any
    activations: Any
    logits: Any
    overhead: Any
    spread: Any

    @property
    def states(self) -> Any:
        """Weights, gradients and optimizer together."""
        return self.weights + self.gradients + self.optimizer

    @property
    def likely(self) -> Any:
        """The sum of all parts."""
        return self.states + self.activations + self.logits + self.overhead

    @property
    def range(self) -> Range:
        """The sum with the estimated parts smaller, as they are, and larger."""
        low, _, high = self._estimated(self.activations + self.logits + self.overhead)
        return Range(self.states + low, self.likely, self.states + high)

    def of(self, part: Any, exact: bool) -> tuple[Any, Any, Any]:
        """A part from low to high."""
        return (part, part, part) if exact else self._estimated(part)

    def _estimated(self, part: Any) -> tuple[Any, Any, Any]:
        return part * (1 - self.spread), part, part * (1 + self.spread)


def weights(model: Sizes, method: Any, adapters: Any, constants: Any) -> Any:
    """The bytes of all weights: 16 bits each; under QLoRA 4 bits each but for embeddings and adapters."""
    quantized = named("Weights in 4 bits", model.parameters - model.embedding)
    kept = choose(
        constants == "double",
        constants_of_blocks(quantized, twice=True),
        choose(constants == "single", constants_of_blocks(quantized, twice=False), 0),
    )
    small = named("Weights of the model, 4 bits", quantized / 2 * BYTE + kept + model.embedding * SHORT)
    frozen = choose(method == QLORA, small, named("Weights of the model, 16 bits", model.parameters * SHORT))
    return frozen + choose(method == FULL, 0, adapters * SHORT)


def optimizer_bytes(optimizer: Any, master_copy: Any) -> Any:
    """The bytes that Adam keeps for each trained parameter: two moments and, if wanted, a copy in 32 bits."""
    moments = choose(optimizer == "adam_8bit", MOMENTS_8_BIT, MOMENTS)
    return moments + choose(master_copy, LONG, 0)


def layer_activations(model: Sizes, tokens: Any, positions: Any, flash_attention: Any) -> Any:
    """The bytes that one layer keeps for its gradients.

    With as many key-value heads as heads and two feed-forward matrices four times as wide as the hidden size, this is
    the paper's `tokens × hidden × (34 + 5 × heads × length ÷ hidden)`; flash attention drops the second term.
    """
    numbers = 2 * (2 * model.hidden + model.queries + model.keys + model.intermediate * (model.matrices - 1))
    kept = named("Bytes a token keeps in a layer", numbers * SHORT + 2 * model.hidden * BYTE)
    scores = named("Bytes of a token's attention scores", positions * model.heads * SCORES)
    return named("Activations of one layer", tokens * (kept + choose(flash_attention, 0, scores)))


def activations(model: Sizes, tokens: Any, layer: Any, checkpointing: Any) -> Any:
    """The bytes of all layers; with checkpointing only each layer's input stays, and one layer at a time is redone."""
    inputs = named("Inputs of all layers", tokens * model.hidden * model.layers * SHORT)
    return choose(checkpointing, inputs + layer, layer * model.layers)


def flops_per_token(model: Sizes, method: Any, adapters: Any) -> Any:
    """The operations of training on one token: 6 for each trained parameter, 4 for a frozen one.

    Going forward takes 2 and going back 4, half of which is for the weights' own gradients; frozen weights have none.
    """
    partly = model.parameters * FLOP_FROZEN + adapters * FLOP_FULL
    return named("Operations for each token", choose(method == FULL, model.parameters * FLOP_FULL, partly))


def attention_flops(model: Sizes, positions: Any) -> Any:
    """The operations of comparing one token with those before it, forward and back: half of all positions."""
    return 12 * positions / 2 * model.queries * model.layers * OPERATION


def tokens_an_hour(each: Any, gpu: Any, gpus: Any, utilization: Any, slow_down: Any) -> Any:
    """How many tokens the GPUs train on in an hour (tokens/hour), from the operations for each of them.

    None where the GPU's speed is not published.
    """
    if plain(gpu.peak) is None:
        return None
    speed = named("Operations in an hour", gpu.peak * FLOP_AN_HOUR * gpus * utilization)
    return named("Tokens in an hour", speed / each / slow_down)


def cost(hours_: Any, gpus: Any, rent: Any) -> Any:
    """What the hours cost on all GPUs (USD); None where either is not known."""
    return None if plain(hours_) is None or plain(rent) is None else hours_ * gpus * rent


def verdict(memory: Range, gpu: Gpu) -> str:
    """Whether it fits: even at the high end, only at the low end, or not at all."""
    held = known_or(gpu.memory, 0)
    within, at_best = plain(memory.high) <= plain(held), plain(memory.low) <= plain(held)
    return FITS if within else TIGHT if at_best else NO
