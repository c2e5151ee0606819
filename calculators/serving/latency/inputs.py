"""What a person's wait depends on: the request, the model's speeds, and the target; the rest is in folds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain import questions
from calculators.domain.records import ModelSpeed
from calculators.engine.declare import example, number, plan_input_field, yes_no
from calculators.engine.numbers.units import TOKENS, counted_unit
from calculators.serving.latency.part_inputs import AroundInputs, QueueInputs, SpeedInputs, StepInputs, TryInputs
from calculators.serving.latency.parts import (
    wait_around_stages,
    wait_model_stages,
    wait_places_of_service,
    wait_step_stages,
    wait_tries_of_a_call,
)

REQUEST, TARGET = "The request", "The target"


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The request, the speeds and the target, with everything else in folds."""

    speed: ModelSpeed = questions.speed(group=REQUEST)
    prompt: Decimal = number(
        "Prompt", TOKENS, low=0, high=10**7, default=4000, group=REQUEST, because="instructions and some passages"
    )
    reasoning: Decimal = questions.reasoning(
        high=10**6,
        default=100,
        group=REQUEST,
        because="the median of short requests at medium effort, as measured for one model",
        help="Nobody sees it, and nothing is seen before it ends.",
    )
    answer: Decimal = questions.answer(high=10**6, group=REQUEST)
    steps: Decimal = number(
        "Steps",
        counted_unit("step"),
        low=1,
        high=1000,
        default=1,
        whole=True,
        group=REQUEST,
        because="a single call; an agent makes several, with tools between them",
    )
    streaming: bool = yes_no(
        "Streaming",
        default=True,
        group=REQUEST,
        folded=True,
        because="people read while the answer is written",
        help="Without it, nothing is seen before the last token.",
    )
    target: Decimal = questions.waiting_target(default=3, group=TARGET, because="a common wish for a chat")
    target_part: str = questions.waiting_target_part(group=TARGET)
    target_share: Decimal = questions.waiting_target_share(group=TARGET)
    speeds: SpeedInputs = plan_input_field("The cache, speeds and lengths", wait_model_stages, shared={})
    around: AroundInputs = plan_input_field("Before and after the model", wait_around_stages, shared={})
    queue: QueueInputs = plan_input_field("A queue before your service", wait_places_of_service, shared={})
    between: StepInputs = plan_input_field("Tools between the steps", wait_step_stages, shared={})
    tries: TryInputs = plan_input_field("Failures, time-outs and second requests", wait_tries_of_a_call, shared={})


EXAMPLES = [
    example("A chat answer with retrieval", prompt=6000, answer=350),
    example(
        "A voice assistant",
        speed="google/gemini-2.5-flash-lite",
        prompt=1500,
        reasoning=0,
        answer=60,
        target=1,
        around__retrieval=0,
        around__rerank=0,
        speeds__cached="90%",
        speeds__found_cached="95%",
    ),
    example(
        "An agent of eight steps",
        speed="anthropic/claude-sonnet-5.5",
        prompt=12_000,
        steps=8,
        answer=500,
        target=60,
        target_part="whole",
        around__retrieval=0,
        around__rerank=0,
        speeds__cached="90%",
    ),
    example(
        "A document summed up in one go",
        speed="anthropic/claude-opus-5.5",
        prompt="100k",
        reasoning=500,
        answer=800,
        streaming="no",
        target=30,
        target_part="whole",
        around__retrieval=0,
        around__rerank=0,
        speeds__cached=0,
    ),
]
