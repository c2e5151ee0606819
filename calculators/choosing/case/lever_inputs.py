"""What a case asks about its levers: how requests are sent, people's work, and the calculators' own questions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.choosing.break_even.lever_inputs import HOSTING
from calculators.domain import questions
from calculators.domain.records import ModelSpeed, Tokenizer
from calculators.engine.declare import every, plan_input_field
from calculators.evaluating import PlanInputs as TestInputs
from calculators.evaluating import evaluation_plan
from calculators.fine_tuning import PlanInputs as TuningInputs
from calculators.fine_tuning import plan as tuned_plan
from calculators.prompting import PlanInputs as PromptingInputs
from calculators.prompting import plan as prompting_plan
from calculators.rag import PlanInputs as RetrievalInputs
from calculators.rag import plan as retrieval_plan
from calculators.serving import (
    AroundInputs,
    HostingInputs,
    SpeedInputs,
    TryInputs,
    hosting_plan,
    wait_around_stages,
    wait_model_stages,
    wait_tries_of_a_call,
)

PROMPT, SENDING, PEOPLE = "The prompt", "How it is sent", "People's work and how sure it is"
WAITING, TEST = "How long people wait", "The next test"

WORK = ("people", "prompt_hours", "labor_rate")
REQUEST = ("repeated", "user_text", "answer", "as_of")
READ = (
    *("instructions", "examples", "example_tokens", "reasoning", "effort", "caching", "lifetime"),
    *("active_hours", "found_cached", "tier", "counted_with", "model"),
)
DOCUMENTS = ("documents", "tokens_per_document", "changes", "documents_changed", "month_hours")


def same_case_question(*names: str) -> dict[str, str]:
    """Questions that a case answers under the same names."""
    return {name: name for name in names}


@dataclass(frozen=True, kw_only=True)
class LeverInputs:
    """What every lever shares beyond the first questions, then what each asks by itself."""

    user_text: Decimal = questions.user_text(group=PROMPT, folded=True)
    examples: Decimal = questions.examples(
        group=PROMPT,
        folded=True,
        default=3,
        because="three to five examples are the usual start for few-shot prompting",
    )
    example_tokens: Decimal = questions.example_tokens(group=PROMPT, folded=True)
    reasoning: Decimal | None = questions.reasoning(group=PROMPT, folded=True)
    effort: str = questions.effort(group=PROMPT, folded=True)
    counted_with: Tokenizer = questions.counted_with(group=PROMPT, folded=True)
    repeated: Decimal = questions.repeated(group=SENDING, folded=True)
    caching: bool = questions.caching(group=SENDING, folded=True)
    lifetime: str = questions.lifetime(group=SENDING, folded=True, only_if=("caching", "yes"))
    active_hours: Decimal = questions.active_hours(group=SENDING, folded=True, only_if=("caching", "yes"))
    found_cached: Decimal | None = questions.found_cached(group=SENDING, folded=True, only_if=("caching", "yes"))
    tier: str = questions.tier(group=SENDING, folded=True)
    month_hours: Decimal = questions.month_hours(group=SENDING, folded=True)
    as_of: str = questions.as_of(
        group=SENDING, folded=True, help="Months of the calendar count whole, the first with that day's prices."
    )
    people: bool = questions.people(group=PEOPLE, folded=True)
    prompt_hours: Decimal = questions.prompt_hours(group=PEOPLE, folded=True, only_if=("people", "yes"))
    labor_rate: Decimal = questions.labor_rate(group=PEOPLE, folded=True, only_if=("people", "yes"))
    migration_hours: Decimal = questions.migration_hours(group=PEOPLE, folded=True, only_if=("people", "yes"))
    people_spread: Decimal = questions.people_spread(
        group=PEOPLE,
        folded=True,
        only_if=("people", "yes"),
        help="Where the ranges come from: all hours divided by it, and multiplied.",
    )
    request_spread: Decimal = questions.request_spread(group=PEOPLE, folded=True, help="With every lever.")
    prompting: PromptingInputs = plan_input_field(
        "Prompting", prompting_plan, shared=same_case_question("requests", *REQUEST, *READ, *WORK)
    )
    retrieval: RetrievalInputs = plan_input_field(
        "Retrieval",
        retrieval_plan,
        shared={
            "queries": "requests",
            "query_tokens": "user_text",
            **same_case_question("repeated", "answer", "as_of", *READ, *WORK, *DOCUMENTS),
        },
    )
    tuned: TuningInputs = plan_input_field(
        "Fine-tuning", tuned_plan, shared=same_case_question("requests", "month_hours", *REQUEST, *WORK)
    )
    target: Decimal | None = questions.waiting_target(
        default=None,
        group=WAITING,
        folded=True,
        because="none was named",
        help="If it is missed, latency matters on the ladder; if it is met, it does not.",
    )
    target_part: str = questions.waiting_target_part(group=WAITING, folded=True)
    target_share: Decimal = questions.waiting_target_share(group=WAITING, folded=True)
    hosting: HostingInputs = plan_input_field(
        HOSTING,
        hosting_plan,
        shared=same_case_question(
            *("requests", "user_text", "answer", "counted_with", "as_of", "people", "labor_rate", "month_hours")
        ),
        asked=("architecture", "weights", "gpu", "gpus", "contract", "setup_hours", "upkeep_hours"),
        only_if=("matters", "home"),
    )
    speed: ModelSpeed = questions.speed(
        group=WAITING,
        folded=True,
        help="Where the model of your case was measured, its own speeds count, unless you choose others here or type "
        "them.",
    )
    measured: tuple[ModelSpeed, ...] = every("speeds")
    speeds: SpeedInputs = plan_input_field(WAITING, wait_model_stages, shared={})
    around: AroundInputs = plan_input_field(WAITING, wait_around_stages, shared={})
    tries: TryInputs = plan_input_field(WAITING, wait_tries_of_a_call, shared={})
    test: TestInputs = plan_input_field(TEST, evaluation_plan, shared={})
