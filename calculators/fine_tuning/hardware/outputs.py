"""What the hardware of a training answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.units import FLOP, TOKENS_PER_SECOND
from calculators.engine.declare import Column, Range, Table, amount, findings, interval, outcome, table
from calculators.engine.numbers import Note
from calculators.engine.numbers.units import GB, HOUR, ONE, SHARE, TOKENS, USD
from calculators.fine_tuning.hardware.memory import FITS, NO, TIGHT
from calculators.fine_tuning.hardware.units import GIB, MB, MIB

ANSWERS = {FITS: "It fits", TIGHT: "Tight: it may fit", NO: "It does not fit"}


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """How much memory, what for, how long it takes, and on which GPU."""

    memory: Decimal = amount("Memory needed on each GPU", GB, headline=True, help="A gigabyte is a billion bytes.")
    memory_range: Range = interval("From low to high", GB)
    fit: str = outcome("On the GPU you picked", ANSWERS)
    training_hours: Decimal | None = amount("Training time", HOUR)
    training_hours_range: Range | None = interval("Training time, from fast to slow", HOUR)
    training_cost: Decimal | None = amount("Rent for the training", USD)
    training_cost_range: Range | None = interval("Rent, from low to high", USD)
    trainable_parameters: Decimal = amount("Trainable parameters", ONE)
    trainable_share: Decimal = amount("Share of the parameters that is trained", SHARE)
    checkpoint_size: Decimal = amount(
        "Size of the result", MB, help="The trained weights in 16 bits: the adapter alone, or the whole model."
    )
    weights: Decimal = amount("Weights", GB, detail=True)
    gradients: Decimal = amount("Gradients", GB, detail=True)
    optimizer_states: Decimal = amount("Optimizer", GB, detail=True)
    model_states: Decimal = amount("Weights, gradients and optimizer", GB, detail=True)
    weight_copies: Decimal = amount(
        "Copies of weights",
        GB,
        detail=True,
        help="Layers put together from all GPUs or from main memory, or turned back into 16 bits.",
    )
    step_memory: Decimal = amount(
        "What a step adds",
        GB,
        detail=True,
        help="Activations and logits, or what the optimizer takes for a moment, where they are most.",
    )
    activations: Decimal = amount("Activations", GB, detail=True)
    logits: Decimal = amount("Logits", GB, detail=True, help="A score for each token and each word of the vocabulary.")
    overhead: Decimal = amount("Overhead", GB, detail=True, help="Gaps between blocks of memory, driver and libraries.")
    tokens_per_second: Decimal | None = amount(
        "Tokens a second",
        TOKENS_PER_SECOND,
        help="Compare it with your trainer's log, and change the share of the peak.",
    )
    training_tokens: Decimal = amount("Tokens trained on", TOKENS, detail=True)
    training_flops: Decimal = amount("Operations", FLOP, detail=True)
    gpu_hours: Decimal | None = amount("GPU hours", HOUR, detail=True)
    all_parameters: Decimal = amount("Parameters with the adapter", ONE, detail=True)
    trainable_percent: Decimal = amount(
        "Trainable, in percent", ONE, detail=True, help="As the PEFT library prints it."
    )
    double_quantization_saving: Decimal = amount("Double quantization saves", GB, detail=True)
    checkpoint_size_mib: Decimal = amount("Size of the result, in MiB", MIB, detail=True)
    activations_gib: Decimal = amount("Activations, in GiB", GIB, detail=True)
    memory_gib: Decimal = amount("Memory needed, in GiB", GIB, detail=True)
    parts: Table = table(
        "What the memory is for",
        Column("part", "Part"),
        Column("low", "Low, GB", GB),
        Column("likely", "Likely, GB", GB),
        Column("high", "High, GB", GB),
        Column("share", "Share", SHARE),
    )
    methods: Table = table(
        "The methods",
        Column("method", "Method"),
        Column("memory", "Memory, GB", GB),
        Column("low", "Low, GB", GB),
        Column("high", "High, GB", GB),
        Column("trainable", "Trainable parameters", ONE),
        Column("size", "Size of the result, MB", MB),
        Column("hours", "Time", HOUR),
        Column("cost", "Rent", USD),
    )
    every_gpu: Table = table(
        "Which GPU",
        Column("gpu", "GPU"),
        Column("full", "Full"),
        Column("lora", "LoRA"),
        Column("int8", "LoRA, 8 bits"),
        Column("qlora", "QLoRA"),
        Column("hours", "Time", HOUR),
        Column("cost_low", "Rent, low", USD),
        Column("cost", "Rent", USD),
        Column("cost_high", "Rent, high", USD),
        help="As many of each as you asked for. Hours and rent are those of the chosen method, where it fits: from the "
        "lowest rent seen, for a fast run, to the highest, for a slow one.",
    )
    notes: tuple[Note, ...] = findings("Good to know")
