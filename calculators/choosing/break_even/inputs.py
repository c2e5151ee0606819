"""What the comparison of plans asks: the levers' questions, and those of an agent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.agents import PlanInputs as AgentInputs
from calculators.agents import plan as agent_plan
from calculators.choosing.break_even.lever_inputs import LeverPlansInputs
from calculators.engine.declare import example, number, plan_input_field
from calculators.engine.numbers.units import HOUR

AGENT = "An agent"
IF_AGENT = ("plans.source", "agent")


@dataclass(frozen=True, kw_only=True)
class Inputs(LeverPlansInputs):
    """The plans, the volume they serve, the months they run, and the questions of the calculators they come from."""

    agent_hours: Decimal = number(
        "Building its tools and test tasks",
        HOUR,
        low=0,
        high=10**6,
        default="assumptions:agent-build-hours",
        group=AGENT,
        folded=True,
        only_if=IF_AGENT,
        help="Before the start, besides the prompt.",
    )
    agent_upkeep_hours: Decimal = number(
        "Keeping it good, hours a month",
        HOUR,
        low=0,
        high=10**6,
        default="assumptions:agent-upkeep-hours",
        group=AGENT,
        folded=True,
        only_if=IF_AGENT,
        help="Besides the prompt's.",
    )
    agent: AgentInputs = plan_input_field(
        AGENT,
        agent_plan,
        shared={"repeated": "repeated", "counted_with": "counted_with", "as_of": "as_of"},
        asked=("steps", "steps_of_nine_in_ten", "tools", "result", "failed", "attempts", "step_pause"),
        only_if=IF_AGENT,
    )


EXAMPLES = [
    example("A busy help desk", requests="100k"),
    example(
        "A million short requests, two plans",
        requests="1M",
        growth="5%",
        horizon=24,
        plans__2__source="tuned",
        plans__3__source="",
        plans__4__source="",
        prompting__examples=20,
    ),
    example(
        "A server of your own against a price for each request",
        requests="500k",
        answer=300,
        plans__1__source="own",
        plans__1__name="Pay by the request",
        plans__1__per_request="0.001725",
        plans__2__source="own",
        plans__2__name="Rent a server",
        plans__2__fixed="2912.70",
        plans__3__source="",
        plans__4__source="",
    ),
    example(
        "An article's half year: 120 hours on the prompt",
        requests="10k",
        horizon=6,
        labor_rate=100,
        prompt_hours=0,
        prompting__instructions=3500,
        prompting__examples=0,
        prompting__prompt_upkeep_hours=0,
        plans__1__start=12_000,
        plans__2__source="tuned",
        plans__3__source="",
        plans__4__source="",
    ),
    example(
        "Both tested on 200 cases",
        requests="200k",
        plans__1__accepted=156,
        plans__1__tested=200,
        plans__2__source="tuned",
        plans__2__accepted=178,
        plans__2__tested=200,
        plans__3__source="",
        plans__4__source="",
        bad_answer="0.5",
    ),
    example(
        "A support agent with five tools against one prompt",
        requests="20k",
        plans__2__source="agent",
        plans__3__source="",
        plans__4__source="",
        agent__steps=4,
        agent__steps_of_nine_in_ten=9,
        agent__tools=5,
        agent__result=600,
        agent__failed="20%",
        agent__step_pause="0.5",
    ),
    example(
        "Labels at 10M a month: an API, or an open model on one GPU",
        requests="10M",
        user_text=200,
        answer=8,
        prompting__instructions=600,
        prompting__examples=0,
        plans__2__source="hosting",
        plans__3__source="",
        plans__4__source="",
        hosting__first_token=1,
    ),
]
