"""Training memory and time the slow way: every matrix and every kept tensor of a layer listed, summed in fractions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Shape = tuple[int, int]

SIZES = ("layers", "hidden_size", "intermediate_size", "heads", "key_value_heads", "vocabulary", "embeddings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A dense transformer as its configuration file describes it; `gated` networks have three feed-forward matrices."""

    layers: int
    hidden_size: int
    intermediate_size: int
    heads: int
    key_value_heads: int
    head_size: int
    vocabulary: int
    embeddings: int
    gated: bool = True
    parameters: Fraction = Fraction(0)
    experts: int = 1
    active_experts: int = 1

    def attention(self) -> dict[str, Shape]:
        """The matrices of attention: how many numbers go in, and how many come out."""
        wide, narrow = self.heads * self.head_size, self.key_value_heads * self.head_size
        return {
            "query": (self.hidden_size, wide),
            "key": (self.hidden_size, narrow),
            "value": (self.hidden_size, narrow),
            "output": (wide, self.hidden_size),
        }

    def feed_forward(self) -> dict[str, Shape]:
        """The matrices of the feed-forward block."""
        up, down = (self.hidden_size, self.intermediate_size), (self.intermediate_size, self.hidden_size)
        return {"gate": up, "up": up, "down": down} if self.gated else {"up": up, "down": down}

    def adapter(self, rank: int, matrices: str) -> int:
        """The numbers in all LoRA pairs: one matrix from the input to the rank, one from the rank to the output."""
        listed = {**self.attention(), **self.feed_forward()}
        named = {"query_value": ["query", "value"], "attention": list(self.attention()), "all_linear": list(listed)}
        total = 0
        for _ in range(self.layers):
            for name in named[matrices]:
                before, after = listed[name]
                times = self.experts if name in self.feed_forward() else 1
                total += times * (before * rank + rank * after)
        return total

    def layer(self, experts: int) -> int:
        """The numbers in the matrices of a layer with so many experts."""
        attention = sum(before * after for before, after in self.attention().values())
        return attention + experts * sum(before * after for before, after in self.feed_forward().values())

    def tables(self) -> Fraction:
        """The numbers in the embeddings, at most all that there are."""
        return min(self.parameters, Fraction(self.embeddings * self.vocabulary * self.hidden_size))

    def used(self) -> Fraction:
        """The parameters that a token uses: not those of idle experts."""
        idle = self.layers * (self.layer(self.experts) - self.layer(min(self.active_experts, self.experts)))
        return max(self.parameters / self.experts, self.parameters - idle)

    def tensors(self) -> list[int]:
        """The widths of the 16-bit tensors that a token has in a layer, the last one going into the last matrix."""
        hidden = self.hidden_size
        wide, narrow = self.heads * self.head_size, self.key_value_heads * self.head_size
        listed = [hidden, hidden]  # what the two normalizations read
        listed += [hidden, wide, narrow, narrow, wide]  # what attention reads, queries, keys, values, its result
        listed += [hidden]  # what the feed-forward block reads
        for _ in range(self.active_experts if self.experts > 1 else 0):
            listed += [hidden, hidden]  # a token's copy for an expert, and what the expert hands back
        # A gated block keeps the gate, the gate's activation, the other branch and their product; a plain one keeps
        # what goes into the activation and what comes out of it.
        return listed + [self.intermediate_size] * self.active_experts * (4 if self.gated else 2)

    def kept_in_a_layer(self, batch: int, length: int, *, flash: bool, frozen: bool) -> int:
        """Bytes that one layer keeps for its gradients: 16-bit tensors, one byte for each entry of a dropout mask.

        A `frozen` feed-forward block does not keep what goes into its last matrix.
        """
        tokens, widths = batch * length, self.tensors()
        if frozen:
            widths = widths[: len(widths) - self.active_experts]
        total = sum(2 * tokens * width for width in widths)
        total += sum(tokens * self.hidden_size for _ in ("attention", "feed-forward"))
        if not flash:
            pairs = batch * self.heads * length * length
            total += 2 * pairs + 2 * pairs + pairs  # the softmax, what its dropout leaves, and the dropout mask
        return total

    def work_of_a_layer(self, batch: int, length: int, *, flash: bool, times: Fraction) -> Fraction:
        """Bytes of a layer that is computed again: its tensors so many `times`, and the weights of attention.

        Transformers computes those in 32 bits and copies them into 16; both get a gradient of their own size.
        """
        tokens = batch * length
        widths = sum(2 * tokens * width for width in self.tensors())
        masks = sum(tokens * self.hidden_size for _ in ("attention", "feed-forward"))
        pairs = 0 if flash else batch * self.heads * length * length
        return (widths + masks) * times + sum(each * pairs for each in (4, 2, 2, 4))


def counted(sizes: Mapping[str, str]) -> int:
    """The parameters that a configuration comes to, normalizations included."""
    head = int(sizes.get("head_size", int(sizes["hidden_size"]) // int(sizes["heads"])))
    network = Network(
        layers=int(sizes["layers"]),
        hidden_size=int(sizes["hidden_size"]),
        intermediate_size=int(sizes["intermediate_size"]),
        heads=int(sizes["heads"]),
        key_value_heads=int(sizes["key_value_heads"]),
        head_size=head,
        vocabulary=int(sizes["vocabulary"]),
        embeddings=int(sizes["embeddings"]),
    )
    experts = int(sizes.get("experts", 1))
    norms = 2 * network.hidden_size + (2 * head if sizes.get("normalized_heads") else 0)
    router = network.hidden_size * experts if experts > 1 else 0
    layer = network.layer(experts) + norms + router
    return network.layers * layer + (1 + network.embeddings * network.vocabulary) * network.hidden_size


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """How it is trained, in plain numbers."""

    method: str = "lora"
    rank: int = 16
    target_matrices: str = "all_linear"
    tables: bool = False
    constants: str = "double"
    optimizer: str = "adam"
    optimizer_step: str = "fused"
    master_copy: bool = True
    accumulation: bool = True
    length: int = 2048
    batch: int = 1
    checkpointing: bool = True
    flash: bool = True
    chunked_loss: bool = False
    wide_logits: bool = True
    wide_stream: bool = False
    packing: bool = True
    gpus: int = 1
    sharded: str = "yes"
    offload: str = "none"
    logit_bytes: Fraction = Fraction(11)
    narrow_logit_bytes: Fraction = Fraction(7)
    layer_work: Fraction = Fraction(13, 10)
    gathered_layers: int = 4
    unpacked_layers: int = 2
    framework: Fraction = Fraction(5, 4)
    several: Fraction = Fraction(7, 4)
    reserve: Fraction = Fraction(3, 10)
    varied_reserve: Fraction = Fraction(6, 5)
    spread: Fraction = Fraction(1, 5)
    varied_spread: Fraction = Fraction(1, 2)


BITS = {"full": 16, "lora": 16, "int8": 8, "qlora": 4}
MOMENT_BYTES = {"adam": 4, "adam_16bit": 2, "adam_8bit": 1}


def stored(training: Training, numbers: Fraction) -> Fraction:
    """The bytes of matrices with so many numbers."""
    bits = Fraction(BITS[training.method])
    if training.method == "qlora" and training.constants == "single":
        bits += Fraction(32, 64)
    elif training.method == "qlora" and training.constants == "double":
        bits += Fraction(8, 64) + Fraction(32, 64 * 256)
    return numbers * bits / 8


def memory_parts(network: Network, training: Training) -> dict[str, Fraction]:
    """What one GPU holds, part by part, in billions of bytes."""
    full, quantized = training.method == "full", training.method in ("int8", "qlora")
    tables = network.tables()
    added = network.adapter(training.rank, training.target_matrices) + (tables if training.tables else 0)
    changing = network.parameters if full else Fraction(added)
    frozen = stored(training, network.parameters - tables) + tables * (4 if quantized and training.wide_stream else 2)
    by = {"yes": "wgo", "zero2": "go", "zero1": "o", "no": ""}[training.sharded]
    among = {state: training.gpus if state in by else 1 for state in "wgo"}
    states = {
        "weights": (frozen + (0 if full else 2 * changing)) / among["w"],
        "gradients": 2 * changing / among["g"],
        "optimizer_states": changing
        * (2 * MOMENT_BYTES[training.optimizer] + (4 if training.master_copy else 0))
        / among["o"],
    }
    copied = training.optimizer_step == "foreach" and training.optimizer != "adam_8bit"
    passing = changing * MOMENT_BYTES[training.optimizer] / among["o"] if copied else Fraction(0)
    whole = 2 * changing - states["gradients"] if training.accumulation else Fraction(0)
    wide = Fraction(0)
    if training.gpus > 1 and by and training.master_copy and training.optimizer_step == "fused":
        owned = changing / training.gpus
        wide = 4 * (min(owned, Fraction(10**9)) if training.sharded == "yes" else owned)
    extra = whole + wide
    if training.offload == "weights":
        states, passing, extra = dict.fromkeys(states, Fraction(0)), Fraction(0), Fraction(0)
    if training.optimizer_step == "backward":
        states["gradients"], extra = Fraction(0), Fraction(0)
    gathered = Fraction(0)
    if training.offload == "weights" or (training.sharded == "yes" and training.gpus > 1):
        layers = min(training.gathered_layers, network.layers)
        gathered = layers * stored(training, Fraction(network.layer(network.experts))) + 2 * tables
    unpacked = Fraction(0)
    if quantized:
        unpacked = 2 * Fraction(min(training.unpacked_layers, network.layers) * network.layer(network.active_experts))
    tokens = training.batch * training.length
    few = training.method == "lora" and training.target_matrices != "all_linear"
    layer = network.kept_in_a_layer(training.batch, training.length, flash=training.flash, frozen=few)
    logits = Fraction(0)
    if not training.chunked_loss:
        each = training.logit_bytes if training.wide_logits else training.narrow_logit_bytes
        logits = tokens * network.vocabulary * each
    if training.checkpointing:
        waiting = min(2, network.layers) if training.offload == "activations" else network.layers
        kept = Fraction(tokens * network.hidden_size * waiting * (4 if training.wide_stream else 2))
        work = network.work_of_a_layer(training.batch, training.length, flash=training.flash, times=training.layer_work)
        activations = kept + layer
    else:
        kept, work, activations = Fraction(layer * network.layers), Fraction(0), Fraction(layer * network.layers)
    busiest = max(logits, work)
    gradients = states["gradients"]
    # What is there at each moment: the loss or the first layers back, the last layers back, the optimizer's step.
    backward = gradients + kept + busiest if training.accumulation else max(kept + busiest, gradients + work)
    change = gradients + passing
    share = training.reserve if training.packing else training.varied_reserve
    gaps = share * (busiest + gathered + min(backward, change))
    parts = states | {
        "weight_copies": gathered + unpacked,
        "step_memory": max(backward, change) - gradients,
        "activations": activations,
        "logits": logits,
    }
    # Without sharing, PyTorch's DDP holds what it sends to the other GPUs as well as the gradients themselves.
    if training.gpus > 1 and not by:
        parts["gradients"] = 2 * gradients
    billions = {name: Fraction(part) / 10**9 for name, part in parts.items()}
    driver = training.framework + (training.several if training.gpus > 1 else 0)
    return billions | {"gaps": gaps / 10**9, "overhead": gaps / 10**9 + driver, "extra": extra / 10**9}


SUMMED = ("weights", "gradients", "optimizer_states", "weight_copies", "step_memory", "overhead")
"""The parts that add up to the memory; activations and logits are within the step."""


def hours(network: Network, training: Training, *, tokens: int, teraflops: Fraction, used: Fraction) -> Fraction:
    """How long it computes: two operations a parameter going forward, two back, two for a weight's own gradient."""
    added = Fraction(network.adapter(training.rank, training.target_matrices))
    added += network.tables() if training.tables else 0
    forward_and_back = (2 + 2) * network.used()
    weight_gradients = 2 * network.used() if training.method == "full" else Fraction((2 + 2 + 2) * added)
    second = teraflops * 10**12 * used * training.gpus
    slower = Fraction(13, 10) if training.method in ("int8", "qlora") else 1
    return tokens * (forward_and_back + weight_gradients) * slower / second / 3600


def typed(network: Network, training: Training) -> dict[str, str]:
    """The same as a reader would type it."""
    billions = network.parameters / 10**9
    answers: dict[str, Any] = {
        "model.parameters": f"{float(billions):.9f}",
        "model.layers": network.layers,
        "model.hidden_size": network.hidden_size,
        "model.intermediate_size": network.intermediate_size,
        "model.heads": network.heads,
        "model.key_value_heads": network.key_value_heads,
        "model.head_size": network.head_size,
        "model.vocabulary": network.vocabulary,
        "model.embeddings": network.embeddings,
        "model.feed_forward": 3 if network.gated else 2,
        "model.experts": network.experts,
        "model.active_experts": network.active_experts,
        "method": training.method,
        "rank": training.rank,
        "target_matrices": training.target_matrices,
        "trained_embeddings": training.tables,
        "quantization_constants": training.constants,
        "optimizer": training.optimizer,
        "optimizer_step": training.optimizer_step,
        "master_copy": training.master_copy,
        "accumulation": training.accumulation,
        "sequence_length": training.length,
        "batch": training.batch,
        "checkpointing": training.checkpointing,
        "flash_attention": training.flash,
        "chunked_loss": training.chunked_loss,
        "wide_logits": training.wide_logits,
        "wide_stream": training.wide_stream,
        "packing": training.packing,
        "gpus": training.gpus,
        "sharded": training.sharded,
        "offload": training.offload,
        "logit_bytes": float(training.logit_bytes),
        "narrow_logit_bytes": float(training.narrow_logit_bytes),
        "layer_work": float(training.layer_work),
        "gathered_layers": training.gathered_layers,
        "unpacked_layers": training.unpacked_layers,
        "framework_memory": float(training.framework),
        "several_gpus_memory": float(training.several),
        "reserve": float(training.reserve),
        "varied_reserve": float(training.varied_reserve),
        "spread": float(training.spread),
        "varied_spread": float(training.varied_spread),
    }
    words = {True: "yes", False: "no"}
    return {name: words[value] if isinstance(value, bool) else str(value) for name, value in answers.items()}
