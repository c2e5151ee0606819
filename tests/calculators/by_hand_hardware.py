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
                total += before * rank + rank * after
        return total

    def kept_in_a_layer(self, batch: int, length: int, flash: bool) -> int:
        """Bytes that one layer keeps for its gradients: 16-bit tensors, one byte for each entry of a dropout mask."""
        tokens, hidden = batch * length, self.hidden_size
        wide, narrow = self.heads * self.head_size, self.key_value_heads * self.head_size
        tensors = [hidden, hidden]  # what the two normalizations read
        tensors += [hidden, wide, narrow, narrow, wide]  # what attention reads, queries, keys, values, its result
        tensors += [hidden]  # what the feed-forward block reads
        # A gated block keeps the gate, the gate's activation, the other branch and their product; a plain one keeps
        # what goes into the activation and what comes out of it.
        tensors += [self.intermediate_size] * (4 if self.gated else 2)
        total = sum(2 * tokens * width for width in tensors) + sum(
            tokens * hidden for _ in ("attention", "feed-forward")
        )
        if not flash:
            pairs = batch * self.heads * length * length
            total += 2 * pairs + 2 * pairs + pairs  # the softmax, what its dropout leaves, and the dropout mask
        return total


def counted(sizes: Mapping[str, str]) -> int:
    """The parameters that a configuration comes to, normalizations included."""
    number = {name: int(sizes[name]) for name in SIZES}
    head = int(sizes.get("head_size", number["hidden_size"] // number["heads"]))
    network = Network(**number, head_size=head)
    matrices = [*network.attention().values(), *network.feed_forward().values()]
    norms = 2 * network.hidden_size + (2 * head if sizes.get("normalized_heads") else 0)
    layer = sum(before * after for before, after in matrices) + norms
    return network.layers * layer + (1 + network.embeddings * network.vocabulary) * network.hidden_size


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """How it is trained, in plain numbers."""

    method: str = "lora"
    rank: int = 16
    target_matrices: str = "all_linear"
    constants: str = "double"
    eight_bit: bool = False
    master_copy: bool = True
    length: int = 2048
    batch: int = 1
    checkpointing: bool = True
    flash: bool = True
    chunked_loss: bool = False
    gpus: int = 1
    sharded: bool = True
    logit_bytes: Fraction = Fraction(12)
    framework: Fraction = Fraction(3, 2)
    reserve: Fraction = Fraction(15, 100)


def held(network: Network, training: Training) -> dict[str, Fraction]:
    """What one GPU holds, part by part, in billions of bytes."""
    parameters = network.parameters
    added = Fraction(network.adapter(training.rank, training.target_matrices))
    full = training.method == "full"
    changing = parameters if full else added
    if training.method == "qlora":
        kept_wide = min(parameters, Fraction(network.embeddings * network.vocabulary * network.hidden_size))
        narrow = parameters - kept_wide
        bits = Fraction(4)
        if training.constants == "single":
            bits += Fraction(32, 64)
        elif training.constants == "double":
            bits += Fraction(8, 64) + Fraction(32, 64 * 256)
        frozen = narrow * bits / 8 + kept_wide * 2
    else:
        frozen = parameters * 2
    share = training.gpus if training.sharded else 1
    moments = 2 if training.eight_bit else 8
    layer = network.kept_in_a_layer(training.batch, training.length, training.flash)
    tokens = training.batch * training.length
    if training.checkpointing:
        kept = sum(2 * tokens * network.hidden_size for _ in range(network.layers)) + layer
    else:
        kept = sum(layer for _ in range(network.layers))
    logits = Fraction(0) if training.chunked_loss else tokens * network.vocabulary * training.logit_bytes
    parts = {
        "weights": (frozen + (0 if full else added * 2)) / share,
        "gradients": changing * 2 / share,
        "optimizer_states": changing * (moments + (4 if training.master_copy else 0)) / share,
        "activations": Fraction(kept),
        "logits": logits,
    }
    billions = {name: Fraction(part) / 10**9 for name, part in parts.items()}
    return billions | {"overhead": training.framework + training.reserve * sum(billions.values())}


def hours(network: Network, training: Training, *, tokens: int, teraflops: Fraction, used: Fraction) -> Fraction:
    """How long it computes: two operations a parameter going forward, two back, two for a weight's own gradient."""
    added = network.adapter(training.rank, training.target_matrices)
    forward_and_back = (2 + 2) * network.parameters
    own = 2 * network.parameters if training.method == "full" else Fraction((2 + 2 + 2) * added)
    second = teraflops * 10**12 * used * training.gpus
    slower = Fraction(13, 10) if training.method == "qlora" else 1
    return tokens * (forward_and_back + own) * slower / second / 3600


def typed(network: Network, training: Training) -> dict[str, str]:
    """The same as a reader would type it."""
    billions = network.parameters / 10**9
    answers: dict[str, Any] = {
        "model.parameters": f"{float(billions):.9f}", "model.layers": network.layers,
        "model.hidden_size": network.hidden_size, "model.intermediate_size": network.intermediate_size,
        "model.heads": network.heads, "model.key_value_heads": network.key_value_heads,
        "model.head_size": network.head_size, "model.vocabulary": network.vocabulary,
        "model.embeddings": network.embeddings, "model.feed_forward": 3 if network.gated else 2,
        "method": training.method, "rank": training.rank, "target_matrices": training.target_matrices,
        "quantization_constants": training.constants, "optimizer": "adam_8bit" if training.eight_bit else "adam",
        "master_copy": training.master_copy, "sequence_length": training.length, "batch": training.batch,
        "checkpointing": training.checkpointing, "flash_attention": training.flash,
        "chunked_loss": training.chunked_loss, "gpus": training.gpus, "sharded": training.sharded,
    }  # fmt: skip
    words = {True: "yes", False: "no"}
    return {name: words[value] if isinstance(value, bool) else str(value) for name, value in answers.items()}
