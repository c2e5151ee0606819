"""What self-hosting asks first: the traffic, the model, the GPU, and the API it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain import questions
from calculators.domain.billing.tiers import BATCH, TIERS
from calculators.domain.records import Architecture, Gpu, ModelPrice, Tokenizer
from calculators.domain.units import SECONDS, TOKENS_PER_SECOND
from calculators.engine.declare import choice, number, pick, share
from calculators.engine.numbers.units import SHARE, counted_unit

IF_AWAITED = ("tier", *(tier for tier in TIERS if tier != BATCH))
"""Where somebody waits for an answer."""

WIDTHS = {
    "sixteen": "16 bits",
    "eight": "8 bits",
    "eight_weights": "8 bits, computing in 16",
    "four": "4 bits",
}
"""How weights are stored; with 8 and 4 bits the GPU computes in the same width where it can."""


@dataclass(frozen=True, kw_only=True)
class TrafficInputs:
    """The traffic, the model, the GPU, and the API it is compared with."""

    requests: Decimal = questions.requests(group="Traffic")
    instructions: Decimal = questions.instructions(
        group="Traffic", help="What every request says first. Serving software keeps it and need not read it again."
    )
    context: Decimal = questions.context(group="Traffic", folded=True)
    user_text: Decimal = questions.user_text(group="Traffic")
    answer: Decimal = questions.answer(group="Traffic", low=1)
    architecture: Architecture = pick(
        "architectures",
        label="Open model",
        default="llama-3.1-8b",
        group="Model and GPU",
        because="a dense model whose serving speed has been measured often",
        help="Each of its sizes can be typed over, so any other model can be described.",
    )
    weights: str = choice(
        "Weights in",
        WIDTHS,
        default="eight",
        group="Model and GPU",
        folded=True,
        because="8 bits are nearly lossless, and halve what is stored and read",
    )
    gpu: Gpu = questions.gpu(default="l40s", group="Model and GPU", because="the lowest rent among those with 48 GB")
    gpus: Decimal = number(
        "GPUs that share one copy of the model",
        counted_unit("GPU"),
        low=1,
        high=64,
        default=1,
        whole=True,
        group="Model and GPU",
        because="one is simplest, where the model fits",
        help="A replica. Each layer is split among its GPUs (tensor parallelism).",
    )
    model: ModelPrice = questions.model(
        group="The API",
        label="API model to compare with",
        default="openai/gpt-6-luna",
        because="small and cheap: what an open model of this size competes with",
    )
    tier: str = questions.tier(
        group="More on the API",
        folded=True,
        help="In a batch, answers may take a day, at the API and on your machines: these then need not be as many as "
        "the busiest hour asks for. All other tiers are the API's alone.",
    )
    reasoning: Decimal | None = questions.reasoning(group="More on the API", folded=True)
    effort: str = questions.effort(group="More on the API", folded=True)
    counted_with: Tokenizer = questions.counted_with(group="More on the API", folded=True)
    peak_factor: Decimal = number(
        "Busiest hour against the average",
        SHARE,
        low=1,
        high=1000,
        default="assumptions:peak-factor",
        group="Peaks and waiting",
        only_if=IF_AWAITED,
        help="Machines are rented for the busiest hour, and are half idle in the others.",
        folded=True,
    )
    first_token: Decimal = number(
        "An answer begins within",
        SECONDS,
        low="0.01",
        high=100_000,
        default=2,
        group="Peaks and waiting",
        only_if=IF_AWAITED,
        because="people wait a second or two for a chat to begin",
        help="In the busiest hour, for all but the share of requests below.",
        folded=True,
    )
    late: Decimal = share(
        "Requests that may wait longer",
        default="0.05",
        group="Peaks and waiting",
        only_if=IF_AWAITED,
        because="one in twenty, as many services promise their 95th percentile",
        folded=True,
    )
    pace: Decimal = number(
        "Tokens a second in each answer, at least",
        TOKENS_PER_SECOND,
        low="0.001",
        high=1000,
        default=15,
        group="Peaks and waiting",
        only_if=IF_AWAITED,
        because="two to three times as fast as people read",
        help="More requests at once make each of them slower. This bounds how many a replica takes.",
        folded=True,
    )
