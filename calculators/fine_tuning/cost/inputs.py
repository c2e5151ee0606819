"""What the cost of fine-tuning asks: the examples, the training, people's work, and how the model is served."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain import questions
from calculators.domain.records import Gpu, TuningOffer
from calculators.domain.units import KW, MINUTES, USD_PER_KWH
from calculators.engine.declare import choice, every, example, number, pick, share
from calculators.engine.numbers.units import HOUR, MONTH, ONE, USD, counted_unit
from calculators.fine_tuning.cost.training_inputs import TrainingInputs


@dataclass(frozen=True, kw_only=True)
class Inputs(TrainingInputs):
    """The training, and what comes after it: how the tuned model is tested, served and kept."""

    test_examples: Decimal = number(
        "Test cases",
        counted_unit("case"),
        low=0,
        high=10**7,
        default=200,
        group="Evaluation",
        folded=True,
        because="about as many as it takes to tell 80 from 90 percent right",
    )
    evaluations: Decimal = number(
        "Evaluations",
        counted_unit("evaluation"),
        low=0,
        high=10_000,
        default=4,
        group="Evaluation",
        folded=True,
        because="each of the three runs, and what you have today",
        help="How often all test cases are answered and graded before the start.",
    )
    grading_minutes: Decimal = number(
        "Minutes to grade an answer",
        MINUTES,
        low=0,
        high=10_000,
        default="assumptions:grading-minutes",
        group="Evaluation",
        folded=True,
        only_if=("people", "yes"),
    )
    hosting: str = choice(
        "Where the tuned model runs",
        {"dedicated": "on a GPU of its own", "serverless": "by the token", "owned": "on hardware that you buy"},
        default="serverless",
        because="nothing is paid while nobody asks, and this offer is sold so",
        group="Serving",
        folded=True,
        help="By the token, it runs on machines that others use, too. Some providers charge by the hour as well.",
    )
    gpu: Gpu = pick(
        "gpus",
        label="GPU that the tuned model runs on",
        default="l40s",
        group="Serving",
        folded=True,
        because="the cheapest listed GPU whose serving speed was measured",
        help="Its measured speed counts also where the provider rents the machine out.",
    )
    peak_factor: Decimal = number(
        "Busiest hour against the average",
        ONE,
        low=1,
        high=1000,
        default="assumptions:peak-factor",
        group="Serving",
        folded=True,
        help="Machines are rented for the busiest hour.",
    )
    prompt_tokens_as_answer: Decimal = number(
        "Prompt tokens that take as long as an answer token",
        ONE,
        low="0.1",
        high=10_000,
        default="assumptions:prompt-tokens-as-answer",
        group="Serving",
        folded=True,
        help="A machine reads faster than it writes. The more it reads in the time of one written token, the more "
        "requests it can answer.",
    )
    machine_share: Decimal = share(
        "Share of the machine that this model pays",
        default=1,
        because="nothing else runs on it",
        group="Serving",
        folded=True,
        help="Training often adds a small part, an adapter, to a base model. One machine can answer with many of them, "
        "or do other work at night.",
    )
    found_cached: Decimal = questions.found_cached(
        group="Serving",
        folded=True,
        default="assumptions:prefix-found-cached",
        because="",
        help="Counts only by the token, where the provider has a cached price.",
    )
    month_hours: Decimal = questions.month_hours(
        group="Serving",
        folded=True,
        help="Machines are paid for day and night. A bill for 30 days has 720, the longest month 744.",
    )
    hardware_price: Decimal = number(
        "Price of a GPU with its server",
        USD,
        low=0,
        high=10**7,
        default="assumptions:hardware-price",
        group="Hardware of your own",
        folded=True,
        help="One GPU and its part of the machine around it. Change it with the GPU that the tuned model runs on.",
    )
    hardware_life: Decimal = number(
        "Life of the hardware",
        MONTH,
        low=1,
        high=240,
        default="assumptions:hardware-life",
        group="Hardware of your own",
        folded=True,
        help="Each month counts with the same part of the price.",
    )
    hardware_power: Decimal = number(
        "Power of a GPU with its server and cooling",
        KW,
        low=0,
        high=100,
        default="assumptions:hardware-power",
        group="Hardware of your own",
        folded=True,
        help="Day and night.",
    )
    power_price: Decimal = number(
        "Price of electricity",
        USD_PER_KWH,
        low=0,
        high=10,
        default="assumptions:power-price",
        group="Hardware of your own",
        folded=True,
    )
    hardware_hours: Decimal = number(
        "Care for the hardware in a month",
        HOUR,
        low=0,
        high=10**5,
        default="assumptions:hardware-hours",
        group="Hardware of your own",
        folded=True,
        only_if=("people", "yes"),
    )
    upkeep_hours: Decimal = number(
        "Watching and upkeep in a month",
        HOUR,
        low=0,
        high=10**5,
        default="assumptions:tuning-upkeep-hours",
        group="Upkeep",
        folded=True,
        only_if=("people", "yes"),
    )
    retrain_months: Decimal = number(
        "Months between retrainings",
        MONTH,
        low=0,
        high=1200,
        default=6,
        whole=True,
        group="Upkeep",
        folded=True,
        because="twice a year: products, rules and wordings change, the weights do not",
        help="0 is never.",
    )
    retrain_labor: Decimal = share(
        "Labor of a retraining",
        default="assumptions:retraining-labor",
        group="Upkeep",
        folded=True,
        only_if=("people", "yes"),
        help="As a share of the first labor. One run and one evaluation come on top.",
    )
    as_of: str = questions.as_of(group="Upkeep", folded=True)
    market: tuple[TuningOffer, ...] = every("tuning")


EXAMPLES = [
    example(
        "A support bot on a GPU of its own",
        requests="50k",
        examples=500,
        instructions=100,
        user_text=150,
        answer=300,
        hosting="dedicated",
    ),
    example(
        "Sorting tickets, by the token",
        requests="400k",
        instructions=60,
        user_text=200,
        answer=8,
        examples=1000,
        tokens_per_example=270,
        minutes_per_example=1,
        grading_minutes=0,
        hosting="serverless",
    ),
    example(
        "Drafts at high volume",
        requests="6M",
        instructions=100,
        user_text=400,
        answer=600,
        examples=2000,
        gpu="h100-sxm",
        hosting="dedicated",
        retrain_months=3,
        upkeep_hours=16,
    ),
    example(
        "Every weight trained on eight rented GPUs",
        examples=20_000,
        new_share="0%",
        tokens_per_example=2000,
        epochs=1,
        training_on="gpus",
        training_hours=9,
        training_gpus=8,
        gpu_rent="1.59",
        runs=5,
        setup_hours=120,
        gpu="a100-80",
        hosting="dedicated",
    ),
    example("The support bot on a server of your own", requests="50k", hosting="owned"),
    example(
        "A customer of OpenAI, until January 2027",
        offer="openai/gpt-4.1-mini",
        hosting="serverless",
        requests="200k",
        instructions=120,
    ),
]
