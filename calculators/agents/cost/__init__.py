"""What an agent's task costs.

An agent calls its model in steps, and each step reads all that came before. So without a cache the input grows with the
square of the steps; with one, most of it is read at the cached price. The steps of a task are a distribution, cost is
the mean over it, and a solved task pays for the attempts that fail.
"""

from __future__ import annotations

from calculators.agents.cost.attempt import (
    Setting,
    agent_attempt,
    agent_clearings,
    agent_compactions,
    agent_saving,
    cost_of_agent_steps,
)
from calculators.agents.cost.inputs import EXAMPLES, Inputs
from calculators.agents.cost.loop_inputs import WHOLE
from calculators.agents.cost.loops import agent_window_full_step, equal_agent_steps
from calculators.agents.cost.notes import agent_cost_remarks
from calculators.agents.cost.outputs import Outputs
from calculators.agents.cost.spread import agent_longest_tenth_share, mean_agent_attempt_steps
from calculators.agents.cost.tables import agent_lever_table, agent_model_ranking, agent_tokens_by_kind
from calculators.engine.declare import bars, calculator, later
from calculators.engine.numbers import named, quotient

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "agent_cost"]


RANGE_SAMPLES = 100
"""A run takes milliseconds, and a page waits five seconds at most."""


NOT_COUNTED = (
    "What other models do: each takes the same steps here and solves the same tasks.",
    "Failures that nobody notices, and the people who check the work.",
    "Searches, sandboxes and other tools with bills of their own, taxes and discounts.",
)


@calculator(
    chart=bars(output="models", by="model", column="cost", title="Cost a month of the same tasks", is_slow=True),
    samples=RANGE_SAMPLES,
)
def agent_cost(i: Inputs) -> Outputs:
    """Every step's tokens at the price of their kind, over all steps that a task may take, and all attempts at it.

    A hundred tasks of two steps without a cache, 1,000 tokens first and 400 more in the second, 100 written in each, at
    $2 and $10 a million; half of them fail:

    >>> D, model = Decimal, dict(input=2, output=10)
    >>> steps = dict(steps=2, steps_of_nine_in_ten=2, most_steps=9, attempts=1, subagent_steps=1)
    >>> parts = dict(task_tokens=1000, text=100, calls=1, result=300, active_hours=1)
    >>> models = dict(model=model, subagent_model=model, history="whole")
    >>> agent_cost(sample(Inputs, tasks=100, failed=D("0.5"), **models, **steps, **parts)).per_solved == D("0.0136")
    True
    """
    attempt = agent_attempt(i, Setting(model=i.model))
    uncached = agent_attempt(i, Setting(model=i.model, caching=False))
    whole = agent_attempt(i, Setting(model=i.model, history=WHOLE))
    per_month = named("Cost a month", attempt.per_task * i.tasks)
    steps, helpers = attempt.loop.steps, attempt.subagents.cost.total
    summaries = agent_compactions(i, attempt)
    tokens = attempt.usage.tokens.times(attempt.attempts)
    return Outputs(
        per_solved=attempt.per_solved,
        per_task=attempt.per_task,
        per_month=per_month,
        solved=attempt.solved,
        median_cost=cost_of_agent_steps(i, attempt, equal_agent_steps(steps, i.steps)) + helpers,
        ninety_cost=cost_of_agent_steps(i, attempt, equal_agent_steps(steps, i.steps_of_nine_in_ten)) + helpers,
        tail_share=agent_longest_tenth_share(i, attempt),
        caching_saves=uncached.per_task * i.tasks - per_month,
        cached_share=quotient(attempt.usage.tokens.read, attempt.usage.tokens.input),
        compaction_saves=0 - agent_saving(per_month, whole.per_task * i.tasks),
        compaction_cost=summaries.cost.total * attempt.attempts * i.tasks,
        compactions=summaries.requests,
        clearings=agent_clearings(attempt),
        full_step=agent_window_full_step(i, attempt.loop, i.model),
        mean_steps=mean_agent_attempt_steps(i, attempt),
        attempts=attempt.attempts,
        first_prompt=attempt.loop.first,
        growth=attempt.loop.growth,
        input_tokens=tokens.input,
        output_tokens=tokens.answer + tokens.reasoning,
        uncached_per_task=uncached.per_task,
        subagents_per_task=attempt.subagents.cost.total * attempt.attempts,
        kinds=later(lambda: agent_tokens_by_kind(i, attempt)),
        levers=later(lambda: agent_lever_table(i, attempt)),
        models=later(lambda: agent_model_ranking(i, attempt)),
        notes=later(lambda: agent_cost_remarks(i, attempt, uncached, whole)),
    )
