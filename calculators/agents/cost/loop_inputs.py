"""What a step of an agent holds, what the cache keeps of it, and when the history is shortened."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.agents.cost.units import CALLS, RESULTS, STEPS, TASKS_PER_MONTH, TOOLS
from calculators.domain import questions
from calculators.domain.records import ModelPrice
from calculators.domain.units import MINUTES
from calculators.engine.declare import choice, number, share, yes_no
from calculators.engine.numbers.units import TOKENS

_STEP, _CACHE, _LIMITS = "What a step adds", "Caching", "Limits and compaction"

WHOLE, COMPACTION, CLEARING = "whole", "compaction", "clearing"

HISTORIES = {
    WHOLE: "not at all",
    COMPACTION: "compaction: a summary takes its place",
    CLEARING: "clearing: old results of tools leave it",
}
"""What becomes of a history that grows too long."""


@dataclass(frozen=True, kw_only=True)
class LoopInputs:
    """The tasks, the steps, and what each step reads and writes."""

    tasks: Decimal = number(
        "Tasks a month",
        TASKS_PER_MONTH,
        low=0,
        high=10**9,
        default=1000,
        group="The task",
        because="ten developers with five tasks on each working day",
    )
    steps: Decimal = number(
        "Steps of a median task",
        STEPS,
        low=1,
        high=5000,
        default="assumptions:agent-steps",
        group="The task",
        help="A step is one call of the model: it reads everything so far and asks for tools, or ends the task.",
    )
    steps_of_nine_in_ten: Decimal = number(
        "Steps that nine tasks in ten stay below",
        STEPS,
        low=1,
        high=5000,
        default="assumptions:agent-steps-of-nine-in-ten",
        group="The task",
        help="Says how long the tail is. The same number as for the median: all tasks are equally long.",
    )
    instructions: Decimal = questions.instructions(
        group="The task",
        default=3000,
        because="rules of the agent and notes on the project, some 2,200 words",
        help="The system prompt without the tools.",
    )
    tools: Decimal = number(
        "Tools",
        TOOLS,
        low=0,
        high=10_000,
        default=15,
        group="The task",
        because="files, a shell, search, and a few more",
    )
    result: Decimal = number(
        "Tokens of a tool's result",
        TOKENS,
        low=0,
        high=10**7,
        default="assumptions:agent-result-tokens",
        group="The task",
    )
    failed: Decimal = share(
        "Attempts that fail",
        default="assumptions:agent-failures",
        group="The task",
        help="Attempts that end without a solution, for whatever reason but the step limit.",
    )
    model: ModelPrice = questions.model(group="The task")
    effort: str = questions.effort(group=_STEP, folded=True)
    task_tokens: Decimal = number(
        "Tokens of the task",
        TOKENS,
        low=0,
        high=10**8,
        default=500,
        group=_STEP,
        folded=True,
        because="a request with an error message",
    )
    tool_tokens: Decimal = number(
        "Tokens of a tool definition",
        TOKENS,
        low=0,
        high=10**6,
        default="assumptions:agent-tool-tokens",
        group=_STEP,
        folded=True,
    )
    calls: Decimal = number(
        "Tool calls in a step",
        CALLS,
        low=0,
        high=1000,
        default="assumptions:agent-tool-calls",
        group=_STEP,
        folded=True,
        help="More than one where the model asks for several tools at once.",
    )
    call_tokens: Decimal = number(
        "Tokens of a tool call",
        TOKENS,
        low=0,
        high=10**6,
        default=120,
        group=_STEP,
        folded=True,
        because="with the text beside it, the 214 tokens that a median recorded step wrote (TraceLab, 2026)",
        help="What the model writes to call a tool: a name and its parameters.",
    )
    text: Decimal = number(
        "Text besides the calls",
        TOKENS,
        low=0,
        high=10**6,
        default=50,
        group=_STEP,
        folded=True,
        because="a sentence or two on what comes next",
    )
    reasoning: Decimal | None = questions.reasoning(
        group=_STEP,
        folded=True,
        help="Tokens a step that you do not see and that are billed as output. Leave it empty to take the model's own.",
    )
    reasoning_stays: bool = yes_no(
        "Reasoning stays in the history",
        default=False,
        group=_STEP,
        folded=True,
        because="a guess: providers differ in how much of it later steps read again",
    )
    caching: bool = questions.caching(group=_CACHE, folded=True)
    lifetime: str = questions.lifetime(group=_CACHE, folded=True, only_if=("caching", "yes"))
    step_pause: Decimal = number(
        "Median time from step to step",
        MINUTES,
        low=0,
        high=10_000,
        default="assumptions:agent-step-pause",
        group=_CACHE,
        folded=True,
        help="From one request to the next: the model's answer, the tools, and whoever has to approve them.",
    )
    late: Decimal | None = share(
        "Steps that come too late for the cache",
        default=None,
        group=_CACHE,
        folded=True,
        because="follows from the time from step to step and the lifetime",
        help="Leave it empty to compute it. Such a step writes its whole prompt anew.",
    )
    broken: Decimal = share(
        "Steps before which the cache breaks",
        default=0,
        group=_CACHE,
        folded=True,
        because="nothing before the newest message changes during a task",
        help="A changed tool list, effort or system prompt, a clock in front, an edited message.",
    )
    found_cached: Decimal | None = questions.found_cached(
        group=_CACHE,
        folded=True,
        because="follows from the attempts a month and the cache lifetime",
        help="First steps that find instructions and tools in the cache, left there by an earlier task. Leave it empty "
        "to compute it.",
    )
    active_hours: Decimal = questions.active_hours(group=_CACHE, folded=True)
    most_steps: Decimal = number(
        "Step limit",
        STEPS,
        low=1,
        high=5000,
        default="assumptions:agent-step-limit",
        whole=True,
        group=_LIMITS,
        folded=True,
        help="An attempt that would take more steps is stopped, paid for, and counts as failed.",
    )
    history: str = choice(
        "How the history is kept short",
        HISTORIES,
        default=COMPACTION,
        group=_LIMITS,
        folded=True,
        because="coding agents and two providers' interfaces compact by themselves",
        help="Compaction: one more request turns the history into a summary. Clearing: old results of tools leave it.",
        formerly=("compaction",),
        former_words={"yes": COMPACTION, "no": WHOLE},
    )
    compact_above: Decimal = number(
        "Compacted above",
        TOKENS,
        low=1000,
        high=10**8,
        default="assumptions:agent-compaction-threshold",
        group=_LIMITS,
        folded=True,
        help="Prompts up to this length are sent as they are. A shorter window of the model counts where it is less.",
    )
    summary: Decimal = number(
        "Tokens of the summary",
        TOKENS,
        low=0,
        high=10**7,
        default="assumptions:agent-summary-tokens",
        group=_LIMITS,
        folded=True,
    )
    asking: Decimal = number(
        "Tokens of the request for a summary",
        TOKENS,
        low=0,
        high=10**6,
        default=200,
        group=_LIMITS,
        folded=True,
        because="a few sentences on what to keep",
    )
    clear_above: Decimal = number(
        "Cleared above",
        TOKENS,
        low=1000,
        high=10**8,
        default="assumptions:agent-clearing-threshold",
        group=_LIMITS,
        folded=True,
        help="Prompts up to this length are sent as they are. A shorter window of the model counts where it is less.",
    )
    clear_kept: Decimal = number(
        "Results of tools that stay",
        RESULTS,
        low=0,
        high=10_000,
        default="assumptions:agent-clearing-kept",
        group=_LIMITS,
        folded=True,
        help="The newest ones. The calls of all tools stay.",
    )
    clear_least: Decimal = number(
        "Cleared at least",
        TOKENS,
        low=0,
        high=10**8,
        default=0,
        group=_LIMITS,
        folded=True,
        because="Anthropic's interface sets no minimum unless asked to",
        help="Where less would be freed, nothing is cleared, and the cache stays whole.",
    )
    placeholder: Decimal = number(
        "Tokens that a cleared result leaves",
        TOKENS,
        low=0,
        high=10**6,
        default="assumptions:agent-clearing-placeholder",
        group=_LIMITS,
        folded=True,
    )
    clear_again: bool = yes_no(
        "Cleared anew in every step",
        default=False,
        group=_LIMITS,
        folded=True,
        because="Anthropic's page says that later requests read the shortened history from the cache",
        help="So does an application that keeps the whole history and shortens a copy of it: above the threshold every "
        "step clears one step more and writes the history into the cache again.",
    )
