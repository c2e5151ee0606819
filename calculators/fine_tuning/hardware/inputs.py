"""What the hardware of a training asks: the model, the method, the batch, and the GPU."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain import questions
from calculators.domain.records import Gpu
from calculators.engine.declare import choice, every, example, number, share, yes_no
from calculators.engine.numbers.units import BYTES, GB, ONE, SHARE, counted_unit
from calculators.fine_tuning.hardware.method_inputs import MethodInputs


@dataclass(frozen=True, kw_only=True)
class Inputs(MethodInputs):
    """The method, the data, the GPUs, and what is estimated."""

    examples: Decimal = questions.training_examples(
        group="The data", high=10**10, because="enough for a first fine-tuned model of a narrow task"
    )
    example_tokens: Decimal = questions.training_example_tokens(
        group="The data", folded=True, high=10**7, because="a prompt with its answer, about 750 words"
    )
    epochs: Decimal = questions.epochs(group="The data", because="the usual start")
    packing: bool = yes_no(
        "Examples packed together",
        default=True,
        group="The data",
        folded=True,
        because="trainers can fill a sequence with several examples",
        help="Without packing, each example is filled up to the sequence length, and that is computed too. Sequences "
        "of various lengths also leave larger gaps in the memory.",
    )
    gpu: Gpu = questions.gpu(default="a100-80", group="The GPUs", because="the lowest rent among those with 80 GB")
    gpus: Decimal = number(
        "Number of GPUs",
        counted_unit("GPU"),
        low=1,
        high=100_000,
        default=1,
        whole=True,
        group="The GPUs",
        because="one is simplest",
    )
    sharded: str = choice(
        "Split among the GPUs",
        {
            "yes": "Weights, gradients and optimizer (FSDP, ZeRO-3)",
            "zero2": "Gradients and optimizer (ZeRO-2)",
            "zero1": "The optimizer (ZeRO-1)",
            "no": "Nothing",
        },
        default="yes",
        group="The GPUs",
        folded=True,
        only_if=("gpus", "> 1"),
        because="what FSDP and ZeRO-3 do; with one GPU it changes nothing",
    )
    offload: str = choice(
        "Waiting in the computer's main memory",
        {
            "none": "Nothing",
            "weights": "Weights, gradients and optimizer",
            "activations": "The inputs of the layers",
        },
        default="none",
        group="The GPUs",
        folded=True,
        because="what waits in main memory costs time",
        help="Layers come to the GPU when their turn comes.",
    )
    utilization: Decimal = number(
        "Share of the peak speed used",
        SHARE,
        low="0.001",
        high=1,
        default="assumptions:gpu-utilization",
        group="Estimates",
        folded=True,
        help="Model FLOPs utilization (MFU). What checkpointing computes twice counts as lost.",
    )
    utilization_low: Decimal = number(
        "The same, low",
        SHARE,
        low="0.001",
        high=1,
        default="assumptions:gpu-utilization-low",
        group="Estimates",
        folded=True,
    )
    utilization_high: Decimal = number(
        "The same, high",
        SHARE,
        low="0.001",
        high=1,
        default="assumptions:gpu-utilization-high",
        group="Estimates",
        folded=True,
    )
    slow_down: Decimal = number(
        "QLoRA takes longer than LoRA by the factor",
        ONE,
        low=1,
        high=100,
        default="assumptions:qlora-slow-down",
        group="Estimates",
        folded=True,
        help="For 8-bit weights too. Steps of a few hundred tokens are slowed most, long ones hardly.",
    )
    logit_bytes: Decimal = number(
        "Bytes for each token and word of the vocabulary",
        BYTES,
        low=0,
        high=100,
        default="assumptions:logit-bytes",
        group="Estimates",
        folded=True,
        only_if=("wide_logits", "yes"),
        help="With scores in 32 bits: the scores, a copy for the loss, its logarithms, and gradients.",
    )
    narrow_logit_bytes: Decimal = number(
        "The same with scores in 16 bits",
        BYTES,
        low=0,
        high=100,
        default="assumptions:narrow-logit-bytes",
        group="Estimates",
        folded=True,
        only_if=("wide_logits", "no"),
    )
    layer_work: Decimal = number(
        "A layer at work needs its activations times",
        ONE,
        low=0,
        high=100,
        default="assumptions:layer-work",
        group="Estimates",
        folded=True,
        only_if=("checkpointing", "yes"),
        help="With checkpointing: what one layer keeps, and gradients of it.",
    )
    gathered_layers: Decimal = number(
        "Layers put together from all GPUs at once",
        ONE,
        low=0,
        high=1000,
        default="assumptions:gathered-layers",
        group="Estimates",
        folded=True,
        only_if=("gpus", "> 1"),
    )
    unpacked_layers: Decimal = number(
        "Layers turned back from 8 or 4 bits at once",
        ONE,
        low=0,
        high=1000,
        default="assumptions:unpacked-layers",
        group="Estimates",
        folded=True,
    )
    framework_memory: Decimal = number(
        "Taken by driver and libraries",
        GB,
        low=0,
        high=1000,
        default="assumptions:framework-memory",
        group="Estimates",
        folded=True,
    )
    several_gpus_memory: Decimal = number(
        "More of it with several GPUs",
        GB,
        low=0,
        high=1000,
        default="assumptions:several-gpus-memory",
        group="Estimates",
        folded=True,
        only_if=("gpus", "> 1"),
        help="Buffers of the library with which GPUs talk to each other.",
    )
    reserve: Decimal = share(
        "Lost to gaps",
        default="assumptions:memory-reserve",
        group="Estimates",
        folded=True,
        only_if=("packing", "yes"),
        help="A share of what a step makes and frees again. Weights and moments leave no gaps.",
    )
    varied_reserve: Decimal = number(
        "The same for sequences of various lengths",
        ONE,
        low=0,
        high=100,
        default="assumptions:varied-memory-reserve",
        group="Estimates",
        folded=True,
        only_if=("packing", "no"),
        help="For examples that are not packed.",
    )
    spread: Decimal = share(
        "The memory may be off by",
        default="assumptions:memory-spread",
        group="Estimates",
        folded=True,
        help="Makes the range of the memory.",
    )
    varied_spread: Decimal = share(
        "Gaps of sequences of various lengths may be off by",
        default="assumptions:varied-gap-spread",
        group="Estimates",
        folded=True,
        only_if=("packing", "no"),
    )
    as_of: str = questions.as_of(group="The GPUs", folded=True, label="Rents as of", help="Rents in force on that day.")
    market: tuple[Gpu, ...] = every("gpus")


EXAMPLES = [
    example("An 8B model with LoRA", model="llama-3.1-8b", method="lora", examples=500, gpu="a100-80"),
    example(
        "An 8B model on a gaming card",
        model="qwen3-8b",
        method="qlora",
        examples=2000,
        gpu="rtx-4090",
        chunked_loss="yes",
    ),
    example(
        "A 70B model on one GPU",
        model="llama-3.3-70b",
        method="qlora",
        examples=1000,
        gpu="h100-sxm",
        chunked_loss="yes",
    ),
    example(
        "All weights of an 8B model",
        model="llama-3.1-8b",
        method="full",
        examples="50k",
        gpu="h100-sxm",
        gpus=8,
        batch=2,
    ),
]
