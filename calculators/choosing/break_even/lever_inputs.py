"""What the comparison asks about the levers: the plans, volume and months, and the questions of their calculators."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain import questions
from calculators.domain.records import Tokenizer
from calculators.engine.declare import choice, lines, number, plan_input_field, text
from calculators.engine.numbers.units import MONTH, SHARE, USD, USD_PER_MONTH, USD_PER_REQUEST, counted_unit
from calculators.fine_tuning import PlanInputs as TuningInputs
from calculators.fine_tuning import plan as tuned_plan
from calculators.prompting import PlanInputs as PromptingInputs
from calculators.prompting import plan as prompting_plan
from calculators.rag import PlanInputs as RetrievalInputs
from calculators.rag import plan as retrieval_plan
from calculators.serving import HostingInputs, hosting_plan

ANSWERS = counted_unit("answer")

WORK = ("people", "prompt_hours", "labor_rate")
"""The questions about people's work that are asked once for all plans."""

HOSTING = "A model on machines of your own"

SOURCES = {
    "prompting": "Prompting",
    "retrieval": "Retrieval",
    "tuned": "Fine-tuning",
    "both": "Fine-tuning with retrieval",
    "agent": "An agent",
    "hosting": "Your own machines",
    "hosted_search": "Your own machines, with retrieval",
    "own": "Costs of your own",
}

TONES = {"prompting": "prompting", "retrieval": "retrieval", "tuned": "tuning", "both": "both"}
"""The colors in which charts draw the plans of this site; costs of the reader's own have none."""


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """One plan: where its costs come from, and whatever of them the reader types instead."""

    source: str = choice("Costs from", SOURCES, default="own", because="a line without a choice holds your own costs")
    name: str = text("Name", longest=60)
    start: Decimal | None = number("Start", USD, low=0, high=10**12, default=None, because="taken from the calculator")
    fixed: Decimal | None = number(
        "Fixed a month", USD_PER_MONTH, low=0, high=10**12, default=None, because="taken from the calculator"
    )
    per_request: Decimal | None = number(
        "A request", USD_PER_REQUEST, low=0, high=10**6, default=None, because="taken from the calculator"
    )
    accepted: Decimal | None = number(
        "Good answers", ANSWERS, low=0, high=10**9, default=None, whole=True, because="nobody has counted them"
    )
    tested: Decimal | None = number(
        "of answers tested", ANSWERS, low=0, high=10**9, default=None, whole=True, because="nobody has counted them"
    )


MACHINE_QUESTIONS = (
    *("architecture", "weights", "gpu", "gpus", "contract", "peak_factor", "first_token"),
    *("setup_hours", "upkeep_hours", "speed_spread"),
)
"""What is asked about machines beside other plans."""


@dataclass(frozen=True, kw_only=True)
class LeverPlansInputs:
    """The plans, the volume they serve, the months they run, and the questions of the levers' calculators."""

    plans: tuple[PlanLine, ...] = lines(
        "Plans",
        PlanLine,
        most=4,
        group="Plans",
        default=[{"source": "prompting"}, {"source": "retrieval"}, {"source": "tuned"}, {"source": "both"}],
        because="the four ways that this site compares",
        help="The first plan is what the others are compared with. An empty cell is filled from the calculator "
        "that the line names; a number typed there takes its place. Clear a line to leave a plan out.",
    )
    against: str = choice(
        "Compare the first plan with",
        {"cheapest": "the cheapest of the others", "2": "plan 2", "3": "plan 3", "4": "plan 4"},
        default="cheapest",
        because="that is the plan to change to, if any",
        group="Plans",
    )
    requests: Decimal = questions.requests(
        group="Volume and time",
        high=10**10,
        help="In the first month.",
    )
    growth: Decimal = number(
        "Growth a month", SHARE, low="-0.5", high=1, default=0, because="a steady volume", group="Volume and time"
    )
    horizon: Decimal = number(
        "Months compared",
        MONTH,
        low=1,
        high=60,
        default=12,
        whole=True,
        group="Volume and time",
        because="prices and models seldom stay the same for longer",
    )
    discount: Decimal = number(
        "Discount rate a year",
        SHARE,
        low=0,
        high=1,
        default=0,
        group="Volume and time",
        folded=True,
        because="a dollar of next year counts like one of today",
        help="What a later dollar is worth less. Each month is paid at its end.",
    )
    repeated: Decimal = questions.repeated(group="Volume and time", folded=True)
    user_text: Decimal = questions.user_text(group="Volume and time")
    answer: Decimal = questions.answer(group="Volume and time")
    counted_with: Tokenizer = questions.counted_with(group="Volume and time", folded=True)
    as_of: str = questions.as_of(
        group="Volume and time",
        folded=True,
        help="Months of the calendar count whole, the first with that day's prices.",
    )
    bad_answer: Decimal = number(
        "Cost of a bad answer",
        USD_PER_REQUEST,
        low=0,
        high=10**6,
        default=0,
        group="Quality",
        folded=True,
        because="nobody has counted it",
        help="What it costs to notice and fix one. It counts for plans with tested answers.",
    )
    confidence: Decimal = number(
        "Confidence",
        SHARE,
        low="0.5",
        high="0.999",
        default="0.95",
        because="the usual level",
        group="Quality",
        folded=True,
        help="Of the range of the share of good answers.",
    )
    people: bool = questions.people(group="People's work", folded=True)
    prompt_hours: Decimal = questions.prompt_hours(group="People's work", folded=True, only_if=("people", "yes"))
    labor_rate: Decimal = questions.labor_rate(group="People's work", folded=True, only_if=("people", "yes"))
    migration_hours: Decimal = questions.migration_hours(group="People's work", folded=True, only_if=("people", "yes"))
    people_spread: Decimal = questions.people_spread(group="How sure it is", folded=True, only_if=("people", "yes"))
    request_spread: Decimal = questions.request_spread(group="How sure it is", folded=True)
    prompting: PromptingInputs = plan_input_field(
        "Prompting",
        prompting_plan,
        shared={name: name for name in (*WORK, "requests", "repeated", "user_text", "answer", "counted_with", "as_of")},
    )
    retrieval: RetrievalInputs = plan_input_field(
        "Retrieval",
        retrieval_plan,
        shared={
            "queries": "requests",
            "query_tokens": "user_text",
            "repeated": "repeated",
            "answer": "answer",
            "counted_with": "counted_with",
            "as_of": "as_of",
            **{name: name for name in WORK},
        },
    )
    tuned: TuningInputs = plan_input_field(
        "Fine-tuning",
        tuned_plan,
        shared={name: name for name in (*WORK, "requests", "repeated", "user_text", "answer", "as_of")},
    )
    hosting: HostingInputs = plan_input_field(
        HOSTING,
        hosting_plan,
        shared={
            name: name for name in ("requests", "user_text", "answer", "counted_with", "as_of", "people", "labor_rate")
        },
        asked=MACHINE_QUESTIONS,
        only_if=("plans.source", "hosting", "hosted_search"),
    )
