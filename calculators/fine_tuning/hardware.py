"""What training a model needs: GPU memory, hours and rent.

Full fine-tuning, LoRA and QLoRA side by side. Weights, gradients and optimizer follow from the number of parameters;
activations and overhead are estimates with a spread. The time is the arithmetic of training divided by what a GPU
really achieves.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculators.engine.declare import (
    Column,
    Range,
    Table,
    amount,
    bars,
    calculator,
    choice,
    day,
    every,
    example,
    findings,
    interval,
    later,
    number,
    outcome,
    pick,
    share,
    table,
    yes_no,
)
from calculators.engine.numbers import choose, named, plain
from calculators.engine.records import BILLIONS, TOKENS_PER_SECOND, Architecture, Gpu
from calculators.engine.traced import Constant
from calculators.engine.units import BYTES, GB, HOUR, ONE, SHARE, TOKENS, USD, base, count
from calculators.fine_tuning._hardware import (
    BYTES_PER_GB,
    FITS,
    FLOP,
    FULL,
    LORA,
    NO,
    SHORT,
    TIGHT,
    constants_of_blocks,
    flops_per_token,
    sizes,
    verdict,
)
from calculators.fine_tuning._hardware_report import MB, MB_PER_GB, METHODS, every_gpu, methods, parts, remarks
from calculators.fine_tuning._hardware_run import adapters, needed, run, spanned, trainable, trained_tokens

MIB, GIB = base("MiB"), base("GiB")
BYTES_PER_MIB = Constant(1024**2, "bytes in a mebibyte", BYTES / MIB)
BYTES_PER_GIB = Constant(1024**3, "bytes in a gibibyte", BYTES / GIB)
SECONDS_AN_HOUR = Constant(3600, "seconds in an hour", base("second") / HOUR)
ANSWERS = {FITS: "It fits", TIGHT: "Tight: it may fit", NO: "It does not fit"}


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The model, how it is trained, the data, and the GPUs."""

    model: Architecture = pick(
        "architectures", label="Model", default="llama-3.1-8b", group="The model",
        because="a dense model with open weights that many projects tune",
        help="Each of its sizes can be typed over, so any dense model can be described.",
    )  # fmt: skip
    method: str = choice(
        "Method", METHODS, default=LORA, group="How it is trained",
        because="LoRA is where most projects start",
        help="LoRA trains small added matrices. QLoRA also keeps the model itself in 4 bits.",
    )  # fmt: skip
    rank: Decimal = number(
        "LoRA rank", ONE, low=1, high=4096, default=16, whole=True, group="How it is trained",
        because="a common start; a higher rank learns more from more data",
    )  # fmt: skip
    target_matrices: str = choice(
        "Matrices that get an adapter",
        {
            "query_value": "Queries and values", "attention": "All of attention", "all_linear": "All linear matrices",
            "other": "Others: the number typed below",
        },
        default="all_linear", group="How it is trained",
        because="adapters on all matrices come closest to full fine-tuning",
    )  # fmt: skip
    adapter_parameters: Decimal = number(
        "Adapter parameters", BILLIONS, low=0, high=10_000, default="0.04", group="How it is trained",
        because="about those of an 8B model at rank 16; used only with other matrices",
        help="Training software prints them at the start. Otherwise they are counted from rank and matrices.",
    )  # fmt: skip
    quantization_constants: str = choice(
        "Constants of the 4-bit weights",
        {"double": "Quantized too", "single": "In 32 bits", "none": "Not counted"},
        default="double", group="How it is trained", because="QLoRA calls it double quantization",
    )  # fmt: skip
    optimizer: str = choice(
        "Optimizer", {"adam": "Adam or AdamW", "adam_8bit": "8-bit Adam"}, default="adam", group="How it is trained",
        because="the usual one",
    )  # fmt: skip
    master_copy: bool = yes_no(
        "Copy of the trained weights in 32 bits", default=True, group="How it is trained",
        because="usual in mixed precision, so that small steps are not rounded away",
    )  # fmt: skip
    sequence_length: Decimal = number(
        "Sequence length", TOKENS, low=1, high=10**7, default=2048, whole=True, group="A step",
        because="room for a prompt of a page or two and its answer",
    )  # fmt: skip
    batch: Decimal = number(
        "Sequences at once on each GPU", count("sequence"), low=1, high=100_000, default=1, whole=True, group="A step",
        because="the least memory; gradients of several steps can be added up",
    )  # fmt: skip
    checkpointing: bool = yes_no(
        "Activation checkpointing", default=True, group="A step",
        because="it saves most of the memory of activations for up to a third more computing",
    )  # fmt: skip
    flash_attention: bool = yes_no(
        "Flash attention", default=True, group="A step",
        because="built into today's software; the attention scores are never kept",
    )  # fmt: skip
    chunked_loss: bool = yes_no(
        "Loss computed in pieces", default=False, group="A step",
        because="a plain trainer keeps the scores of the whole vocabulary at once",
        help="Software such as torchtune, Liger or Unsloth can do it. The logits then take next to no memory.",
    )  # fmt: skip
    examples: Decimal = number(
        "Training examples", count("example"), low=0, high=10**10, default=500, group="The data",
        because="enough for a first fine-tuned model of a narrow task",
    )  # fmt: skip
    example_tokens: Decimal = number(
        "Tokens in an example", TOKENS, low=0, high=10**7, default=1000, group="The data",
        because="a prompt with its answer, about 750 words",
    )  # fmt: skip
    epochs: Decimal = number(
        "Epochs", count("epoch"), low=0, high=1000, default=3, group="The data", because="the usual start",
    )  # fmt: skip
    packing: bool = yes_no(
        "Examples packed together", default=True, group="The data",
        because="trainers can fill a sequence with several examples",
        help="Without packing, each example is filled up to the sequence length, and that is computed too.",
    )  # fmt: skip
    gpu: Gpu = pick(
        "gpus", label="GPU", default="a100-80", group="The GPUs",
        because="the lowest rent among those with 80 GB",
    )  # fmt: skip
    gpus: Decimal = number(
        "Number of GPUs", count("GPU"), low=1, high=100_000, default=1, whole=True, group="The GPUs",
        because="one is simplest",
    )  # fmt: skip
    sharded: bool = yes_no(
        "Weights, gradients and optimizer split among the GPUs", default=True, group="The GPUs",
        because="what FSDP and ZeRO-3 do; with one GPU it changes nothing",
    )  # fmt: skip
    utilization: Decimal = number(
        "Share of the peak speed used", SHARE, low="0.001", high=1, default="assumptions:gpu-utilization",
        group="Estimates", help="Model FLOPs utilization (MFU). What checkpointing computes twice counts as lost.",
    )  # fmt: skip
    utilization_low: Decimal = number(
        "The same, low", SHARE, low="0.001", high=1, default="assumptions:gpu-utilization-low", group="Estimates",
    )  # fmt: skip
    utilization_high: Decimal = number(
        "The same, high", SHARE, low="0.001", high=1, default="assumptions:gpu-utilization-high", group="Estimates",
    )  # fmt: skip
    slow_down: Decimal = number(
        "QLoRA takes longer than LoRA by the factor", ONE, low=1, high=100, default="assumptions:qlora-slow-down",
        group="Estimates", help="Not verified. It depends on the GPU and on the software.",
    )  # fmt: skip
    logit_bytes: Decimal = number(
        "Bytes for each token and word of the vocabulary", BYTES, low=0, high=100, default="assumptions:logit-bytes",
        group="Estimates",
    )  # fmt: skip
    framework_memory: Decimal = number(
        "Taken by driver and libraries", GB, low=0, high=1000, default="assumptions:framework-memory",
        group="Estimates",
    )  # fmt: skip
    reserve: Decimal = share(
        "Lost to gaps and passing copies", default="assumptions:memory-reserve", group="Estimates",
        help="A share of everything else that a GPU holds.",
    )  # fmt: skip
    spread: Decimal = share(
        "Activations and overhead may be off by", default="assumptions:memory-spread", group="Estimates",
        help="Makes the range of the memory.",
    )  # fmt: skip
    as_of: str = day("Rents as of", group="The GPUs", help="Rents in force on that day.")
    market: tuple[Gpu, ...] = every("gpus")


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
    activations: Decimal = amount("Activations", GB, detail=True)
    logits: Decimal = amount("Logits", GB, detail=True, help="A score for each token and each word of the vocabulary.")
    overhead: Decimal = amount("Overhead", GB, detail=True)
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
        "The three methods",
        Column("method", "Method"),
        Column("memory", "Memory, GB", GB),
        Column("low", "Low, GB", GB),
        Column("high", "High, GB", GB),
        Column("trainable", "Trainable parameters", ONE),
        Column("size", "Size of the result, MB", MB),
        Column("hours", "Hours", HOUR),
        Column("cost", "Rent", USD),
    )
    every_gpu: Table = table(
        "Which GPU",
        Column("gpu", "GPU"),
        Column("full", "Full"),
        Column("lora", "LoRA"),
        Column("qlora", "QLoRA"),
        Column("hours", "Hours", HOUR),
        Column("cost_low", "Rent, low", USD),
        Column("cost", "Rent", USD),
        Column("cost_high", "Rent, high", USD),
        help="As many of each as you asked for. Hours and rent are those of the chosen method, where it fits: from the "
        "lowest rent seen, for a fast run, to the highest, for a slow one.",
    )
    notes: tuple[Any, ...] = findings("Good to know")


EXAMPLES = [
    example("An 8B model with LoRA", model="llama-3.1-8b", method="lora", examples=500, gpu="a100-80"),
    example("An 8B model on a gaming card", model="qwen3-8b", method="qlora", examples=2000, gpu="rtx-4090",
            chunked_loss="yes"),
    example("A 70B model on one GPU", model="llama-3.3-70b", method="qlora", examples=1000, gpu="h100-sxm",
            chunked_loss="yes"),
    example("All weights of an 8B model", model="llama-3.1-8b", method="full", examples="50k", gpu="h100-sxm", gpus=8,
            batch=2),
]  # fmt: skip


@calculator(chart=bars(of="every_gpu", by="gpu", value="cost", title="Rent of the training, where it fits"))
def training_hardware(i: Inputs) -> Outputs:
    """The parts of the memory summed, and the arithmetic of training over the speed of the GPUs.

    >>> 8 * (2 + 2 + 8 + 4)  # GB of weights, gradients, moments and copy of a model of 8 billion parameters
    128
    """
    model = sizes(i.model)
    added = adapters(i, model)
    own = needed(i, model, added, i.method)
    changing = trainable(model, added, i.method)
    everything = named("Parameters with the adapter", model.parameters + choose(i.method == FULL, 0, added))
    ours = run(i, model, added, i.method, i.gpu)
    size = named("Bytes of the result", changing * SHORT)
    quantized = model.parameters - model.embedding
    saved = constants_of_blocks(quantized, twice=False) - constants_of_blocks(quantized, twice=True)
    memory = named("Memory needed on each GPU", own.likely)
    return Outputs(
        memory=memory,
        memory_range=own.range,
        fit=verdict(own.range, i.gpu),
        training_hours=ours.hours,
        training_hours_range=spanned(ours.fast, ours.hours, ours.slow),
        training_cost=ours.cost,
        training_cost_range=spanned(ours.cost_low, ours.cost, ours.cost_high),
        trainable_parameters=changing,
        trainable_share=changing / everything,
        checkpoint_size=size / BYTES_PER_GB * MB_PER_GB,
        weights=own.weights,
        gradients=own.gradients,
        optimizer_states=own.optimizer,
        model_states=own.states,
        activations=own.activations,
        logits=own.logits,
        overhead=own.overhead,
        tokens_per_second=None if plain(ours.hourly) is None else ours.hourly / SECONDS_AN_HOUR,
        training_tokens=trained_tokens(i),
        training_flops=flops_per_token(model, i.method, added) * trained_tokens(i),
        gpu_hours=None if plain(ours.hours) is None else ours.hours * i.gpus,
        all_parameters=everything,
        trainable_percent=changing / everything * 100,
        double_quantization_saving=saved / BYTES_PER_GB,
        checkpoint_size_mib=size / BYTES_PER_MIB,
        activations_gib=own.activations * BYTES_PER_GB / BYTES_PER_GIB,
        memory_gib=memory * BYTES_PER_GB / BYTES_PER_GIB,
        parts=later(lambda: parts(own)),
        methods=later(lambda: methods(i, model, added)),
        every_gpu=later(lambda: every_gpu(i, model, added)),
        notes=later(lambda: remarks(i, model, added, own)),
    )
