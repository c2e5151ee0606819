"""What self-hosting asks: the traffic, how it is served and bought, and what is estimated."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain import questions
from calculators.domain.records import Gpu
from calculators.domain.units import MILLISECONDS
from calculators.engine.declare import choice, every, example, number, share
from calculators.engine.numbers.units import GB, HOUR, ONE, SHARE, counted_unit
from calculators.serving.self_hosting.traffic_inputs import TrafficInputs

SERVING, BUYING, ESTIMATES = "How it is served", "How it is paid", "Estimates"


@dataclass(frozen=True, kw_only=True)
class Inputs(TrafficInputs):
    """How it is served and bought, and what is estimated."""

    found_cached: Decimal = questions.found_cached(
        default="0.9",
        group=SERVING,
        because="a guess: one system prompt stays in memory, and few requests come to a replica that has lost it",
        help="On your machines. These requests need not read the instructions again; the log has their share.",
        folded=True,
    )
    cache_width: str = choice(
        "Cache of keys and values in",
        {"sixteen": "16 bits", "eight": "8 bits"},
        default="sixteen",
        group=SERVING,
        because="what serving software does by default",
        help="Eight bits make room for twice as many requests.",
        folded=True,
    )
    most_at_once: Decimal = number(
        "Requests at once on a replica, at most",
        counted_unit("request"),
        low=1,
        high=100_000,
        default=256,
        group=SERVING,
        because="a usual limit of serving software",
        folded=True,
    )
    adapters: Decimal = number(
        "LoRA adapters kept beside the model",
        ONE,
        low=0,
        high=100_000,
        default=0,
        whole=True,
        group=SERVING,
        because="none, or a single one merged into the weights, which costs nothing",
        folded=True,
    )
    rank: Decimal = number(
        "Their rank",
        ONE,
        low=1,
        high=4096,
        default=16,
        whole=True,
        group=SERVING,
        because="a common start, on all matrices",
        folded=True,
        only_if=("adapters", "> 0"),
    )
    contract: str = choice(
        "GPUs rented",
        {"on_demand": "by the hour", "reserved": "with a long contract", "spot": "as spot machines"},
        default="on_demand",
        group=BUYING,
        because="no commitment, and nobody takes them away",
        help="A spot machine can be taken away at short notice, so a service needs others to fall back on.",
        folded=True,
    )
    month_hours: Decimal = questions.month_hours(
        group=BUYING,
        help="Machines are paid for day and night. A bill for 30 days has 720, the longest month 744.",
        folded=True,
    )
    setup_hours: Decimal = number(
        "Setting it up",
        HOUR,
        low=0,
        high=10**6,
        default="assumptions:serving-setup-hours",
        group=BUYING,
        folded=True,
        only_if=("people", "yes"),
    )
    upkeep_hours: Decimal = number(
        "Keeping it running, hours a month",
        HOUR,
        low=0,
        high=10**6,
        default="assumptions:serving-upkeep-hours",
        group=BUYING,
        folded=True,
        only_if=("people", "yes"),
    )
    labor_rate: Decimal = questions.labor_rate(group=BUYING, folded=True, only_if=("people", "yes"))
    people: bool = questions.people(group=BUYING, folded=True)
    as_of: str = questions.as_of(group=BUYING, folded=True)
    speed_spread: Decimal = number(
        "The speed may be off by",
        SHARE,
        low=0,
        high="0.95",
        default="assumptions:serving-spread",
        group=ESTIMATES,
        help="Makes the range of speeds, machines and costs.",
        folded=True,
    )
    harder_speed: Decimal = number(
        "With experts, unpacked weights or mostly prompts, off by the factor",
        ONE,
        low=1,
        high=10,
        default="assumptions:serving-harder-speed",
        group=ESTIMATES,
        help="Software differs most in how it computes, and how it handles experts and weights that the GPU unpacks.",
        folded=True,
    )
    mostly_prompts: Decimal = share(
        "Mostly prompts: they take more of the time than",
        default="assumptions:serving-mostly-prompts",
        group=ESTIMATES,
        folded=True,
    )
    memory_share: Decimal = number(
        "Share of the GPU memory used",
        SHARE,
        low="0.1",
        high=1,
        default="assumptions:serving-memory",
        group=ESTIMATES,
        folded=True,
    )
    workspace: Decimal = number(
        "Memory for activations on each GPU",
        GB,
        low=0,
        high=1000,
        default="assumptions:serving-workspace",
        group=ESTIMATES,
        folded=True,
    )
    bandwidth_share: Decimal = number(
        "Share of the bandwidth reached",
        SHARE,
        low="0.01",
        high=1,
        default="assumptions:serving-bandwidth",
        group=ESTIMATES,
        folded=True,
    )
    compute_share: Decimal = number(
        "Share of the peak speed reached",
        SHARE,
        low="0.01",
        high=1,
        default="assumptions:serving-compute",
        group=ESTIMATES,
        folded=True,
    )
    layer_time: Decimal = number(
        "Time for each layer",
        MILLISECONDS,
        low=0,
        high=1000,
        default="assumptions:serving-layer-time",
        group=ESTIMATES,
        folded=True,
    )
    expert_bandwidth: Decimal = number(
        "Bandwidth with several experts",
        SHARE,
        low="0.01",
        high=1,
        default="assumptions:serving-expert-bandwidth",
        group=ESTIMATES,
        folded=True,
    )
    expert_compute: Decimal = number(
        "Computing speed with several experts",
        SHARE,
        low="0.01",
        high=1,
        default="assumptions:serving-expert-compute",
        group=ESTIMATES,
        folded=True,
    )
    unpacking: Decimal = number(
        "Computing speed where weights are unpacked",
        SHARE,
        low="0.01",
        high=1,
        default="assumptions:serving-unpacking",
        group=ESTIMATES,
        folded=True,
        only_if=("weights", "eight", "eight_weights", "four"),
    )
    link_share: Decimal = number(
        "Share of the bandwidth between GPUs",
        SHARE,
        low="0.01",
        high=1,
        default="assumptions:serving-link",
        group=ESTIMATES,
        folded=True,
    )
    adapter_time: Decimal = number(
        "Time that adapters add to a step",
        MILLISECONDS,
        low=0,
        high=1000,
        default="assumptions:adapter-step-time",
        group=ESTIMATES,
        folded=True,
        only_if=("adapters", "> 0"),
    )
    four_bit_weight: Decimal = number(
        "Bits of a weight in 4 bits",
        ONE,
        low=4,
        high=8,
        default="assumptions:four-bit-weight",
        group=ESTIMATES,
        folded=True,
        only_if=("weights", "four"),
    )
    market: tuple[Gpu, ...] = every("gpus")


EXAMPLES = [
    example(
        "A classifier at 10M a month on one GPU",
        requests="10M",
        instructions=600,
        user_text=200,
        answer=8,
        architecture="llama-3.1-8b",
        gpu="l40s",
        first_token=1,
    ),
    example(
        "A help desk on an 8B model",
        requests="50k",
        instructions=800,
        user_text=400,
        answer=300,
        architecture="llama-3.1-8b",
        gpu="l40s",
    ),
    example(
        "A mixture of experts on eight GPUs",
        requests="2M",
        instructions=1500,
        context=2400,
        user_text=100,
        answer=500,
        architecture="qwen3-235b-a22b",
        gpu="h100-sxm",
        gpus=8,
        model="openai/gpt-6.2-sol",
    ),
    example(
        "Twenty adapters on one base model",
        requests="1M",
        instructions=100,
        user_text=500,
        answer=200,
        architecture="qwen3-8b",
        gpu="h100-sxm",
        adapters=20,
    ),
]
