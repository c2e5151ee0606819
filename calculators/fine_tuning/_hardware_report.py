"""The tables and the notes below the answer of `fine_tuning/hardware`; `i` is always its `Inputs`."""

from __future__ import annotations

from typing import Any

from calculators.engine.declare import Table
from calculators.engine.numbers import ascending, both, known_or, note, opposite, plain, quotient
from calculators.engine.traced import Constant
from calculators.engine.units import GB, ONE, SHARE, base, count
from calculators.fine_tuning._hardware import (
    BYTES_PER_GB,
    FITS,
    FULL,
    LORA,
    NO,
    QLORA,
    SHORT,
    TIGHT,
    TOKEN,
    Memory,
    Sizes,
    attention_flops,
    flops_per_token,
    verdict,
)
from calculators.fine_tuning._hardware_run import needed, run, trainable

MB = base("MB")
MB_PER_GB = Constant(1000, "megabytes in a gigabyte", MB / GB)
METHODS = {FULL: "Full fine-tuning", LORA: "LoRA", QLORA: "QLoRA"}
WORDS = {FITS: "fits", TIGHT: "tight", NO: "no"}
COST = -3
"""Where the rent stands in a row of the GPUs, counted from its end."""


def parts(own: Memory) -> Table:
    """Each part from low to high; counted ones do not spread."""
    listed = [
        ("Weights", own.weights, True),
        ("Gradients", own.gradients, True),
        ("Optimizer", own.optimizer, True),
        ("Activations", own.activations, False),
        ("Logits", own.logits, False),
        ("Overhead", own.overhead, False),
    ]
    return Table(tuple((label, *own.of(part, exact), quotient(part, own.likely)) for label, part, exact in listed))


def methods(i: Any, model: Sizes, added: Any) -> Table:
    """The same training with each method, on the GPU picked."""
    rows = []
    for method, label in METHODS.items():
        held, changing = needed(i, model, added, method), trainable(model, added, method)
        theirs = run(i, model, added, method, i.gpu)
        size = changing * SHORT / BYTES_PER_GB * MB_PER_GB
        rows.append((label, held.likely, held.range.low, held.range.high, changing, size, theirs.hours, theirs.cost))
    return Table(tuple(rows), next(at for at, method in enumerate(METHODS) if plain(i.method == method)))


def every_gpu(i: Any, model: Sizes, added: Any) -> Table:
    """Every listed GPU, the cheapest first: which methods fit, and what the chosen one takes where it fits."""
    ranges = {method: needed(i, model, added, method).range for method in METHODS}
    chosen = next(method for method in METHODS if plain(i.method == method))
    rows = []
    for listed in i.market:
        gpu = i.gpu if listed.id == i.gpu.id else listed
        fits = {method: verdict(held, gpu) for method, held in ranges.items()}
        theirs = run(i, model, added, i.method, gpu)
        numbers = (theirs.hours, theirs.cost_low, theirs.cost, theirs.cost_high)
        shown = (None,) * len(numbers) if fits[chosen] == NO else numbers
        rows.append((gpu.name, *(WORDS[word] for word in fits.values()), *shown, gpu.id))
    ordered = ascending(rows, key=lambda row: row[COST])
    own = next((at for at, row in enumerate(ordered) if row[-1] == i.gpu.id), None)
    return Table(tuple(row[:-1] for row in ordered), own)


def remarks(i: Any, model: Sizes, added: Any, own: Memory) -> tuple[Any, ...]:
    """What a reader should know about this answer."""
    held, needs = known_or(i.gpu.memory, 0), own.range
    attention = attention_flops(model, i.sequence_length / TOKEN) / (flops_per_token(model, i.method, added) * TOKEN)
    tuned = opposite(i.method == FULL)
    return (
        note(
            both(needs.low <= held, needs.high > held),
            "The GPU has {held}. Whether this fits depends on details of your software: try one step before you rent "
            "for long. Shorter sequences, 8-bit Adam or a loss computed in pieces make room.",
            held=(held, GB),
        ),
        note(
            needs.low > held,
            "The GPU has only {held}. Try QLoRA, a smaller model, or more GPUs that share the weights.",
            held=(held, GB),
        ),
        note(
            both(i.gpus > 1, opposite(i.sharded)),
            "Each of the {gpus} holds all of the model: more GPUs make training faster, not smaller.",
            gpus=(i.gpus, count("GPU")),
        ),
        note(
            i.example_tokens > i.sequence_length,
            "Examples are longer than a sequence. {lost} of their text is cut off and never learned from.",
            lost=(quotient(i.example_tokens - i.sequence_length, i.example_tokens), SHARE),
        ),
        note(
            both(opposite(i.packing), i.example_tokens < i.sequence_length),
            "{filled} of the computing goes into filling up short examples. Packing avoids it.",
            filled=(quotient(i.sequence_length - i.example_tokens, i.sequence_length), SHARE),
        ),
        note(
            opposite(i.checkpointing),
            "Activations are kept in full. Adapters do not make them smaller; checkpointing does.",
        ),
        note(
            both(tuned, 2 * added > model.parameters),
            "The adapters are more than half as large as the model. LoRA then saves little or nothing.",
        ),
        note(
            12 * attention > 1,
            "Long sequences: comparing each token with those before it takes about {more} more operations, which the "
            "time does not count.",
            more=(attention, SHARE),
        ),
        note(
            i.method == QLORA,
            "That QLoRA takes {factor} times as long as LoRA is not verified. Time a few steps.",
            factor=(i.slow_down, ONE),
        ),
    )  # fmt: skip
