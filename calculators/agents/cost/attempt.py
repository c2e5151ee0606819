"""An attempt at a task: what it uses, what it costs, and how often it fails."""

from __future__ import annotations

from dataclasses import dataclass, replace

from calculators.agents.cost.inputs import Inputs
from calculators.agents.cost.loops import (
    agent_loop,
    agent_sending,
    agent_steps,
    agent_unsolved_share,
    equal_agent_steps,
    expected_agent_attempts,
    subagents_usage,
)
from calculators.domain.billing.caching import cached_prefix_storage
from calculators.domain.billing.loops import (
    LoopContext,
    LoopSteps,
    LoopUsage,
    Round,
    loop_compaction_usage,
    priced_loop,
)
from calculators.domain.billing.loops.cache import loop_step_cache
from calculators.domain.records import ModelPrice
from calculators.engine.numbers import (
    Condition,
    Number,
    Share,
    bare_value,
    both,
    choose,
    is_known_number,
    named,
    quotient,
    whole_number,
)
from calculators.engine.numbers.units import ONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The model of an attempt, and what is asked for in place of the reader's answers; None and empty are those.

    `subagents` is what they use, where that is known already: the model of the agent does not change it.
    """

    model: ModelPrice
    caching: Condition | None = None
    lifetime: str = ""
    history: str = ""
    subagents: LoopUsage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentAttempt:
    """An attempt on average: what it uses in all, its sub-agents' part of that, and the share that fails.

    `steps_cost` is that of the agent's own steps, attempts of a typed length left out. `storage` is what keeping the
    instructions in the cache costs an attempt (both USD), a literal 0 where nothing is kept by the hour.
    """

    loop: LoopContext
    usage: LoopUsage
    steps_cost: Number
    subagents: LoopUsage
    storage: Number | int
    failing: Share
    attempts: Number
    solved: Share

    @property
    def cost(self) -> Number:
        """What an attempt costs (USD)."""
        tokens = self.usage.cost.total
        return named("Cost of an attempt", tokens if isinstance(self.storage, int) else tokens + self.storage)

    @property
    def per_task(self) -> Number:
        """What a task costs, all attempts at it together (USD)."""
        return named("Cost of a task", self.cost * self.attempts)

    @property
    def per_solved(self) -> Number | None:
        """What the tasks cost for each one that is solved (USD); None where none is."""
        return quotient(self.per_task, self.solved, None)


def agent_attempt(i: Inputs, setting: Setting) -> AgentAttempt:
    """An attempt at a task of the reader's."""
    sending = agent_sending(i, caching=setting.caching, lifetime=setting.lifetime)
    loop = agent_loop(i, setting.model, agent_steps(i), setting.history)
    usual = agent_own_steps_usage(i, setting, sending, loop)
    steps_usage = usual
    if is_known_number(i.failed_steps):
        failures = agent_own_steps_usage(
            i, setting, sending, replace(loop, steps=equal_agent_steps(loop.steps, i.failed_steps))
        )
        steps_usage = usual.times(1 - i.failed).plus(failures.times(i.failed))
    helpers = setting.subagents or subagents_usage(i, sending).times(1 + i.repeated).named("of sub-agents")
    failing = named("Attempts that fail", 1 - (1 - i.failed) * (1 - loop.steps.beyond()))
    return AgentAttempt(
        loop=loop,
        usage=steps_usage.times(1 + i.repeated).plus(helpers).named("of an attempt"),
        steps_cost=named("Cost of the steps", usual.cost.total * (1 + i.repeated)),
        subagents=helpers,
        storage=agent_kept_prefix_cost(i, setting.model, loop, sending),
        failing=failing,
        attempts=expected_agent_attempts(i, failing),
        solved=named("Tasks that are solved", 1 - agent_unsolved_share(i, failing)),
    )


def agent_own_steps_usage(i: Inputs, setting: Setting, sending: Round, loop: LoopContext) -> LoopUsage:
    """What the agent's own steps use, on its model and on the cheaper one where that does a part of them."""
    usage = priced_loop(setting.model, loop, sending, 1 - i.cheap_share)
    if not bare_value(i.cheap_share):
        return usage
    cheap = replace(agent_loop(i, i.cheap_model, loop.steps, setting.history), steps=loop.steps)
    return usage.plus(priced_loop(i.cheap_model, cheap, sending, i.cheap_share))


def agent_kept_prefix_cost(i: Inputs, model: ModelPrice, loop: LoopContext, sending: Round) -> Number | int:
    """What keeping instructions and tools costs an attempt (USD), by the hour; on two models where two do the steps."""
    cached = loop_step_cache(model, loop.prefix, sending).prefix
    cost = cached_prefix_storage(model, loop.prefix, sending.traffic, cached)
    if not bare_value(i.cheap_share):
        return cost
    prefix = agent_loop(i, i.cheap_model, loop.steps).prefix
    more = cached_prefix_storage(
        i.cheap_model, prefix, sending.traffic, loop_step_cache(i.cheap_model, prefix, sending).prefix
    )
    return more if isinstance(cost, int) else cost if isinstance(more, int) else cost + more


def cost_of_agent_steps(i: Inputs, attempt: AgentAttempt, steps: LoopSteps) -> Number:
    """What the agent's own steps cost where they are others than the reader's (USD)."""
    usage = agent_own_steps_usage(i, Setting(model=i.model), agent_sending(i), replace(attempt.loop, steps=steps))
    return named("Cost of such steps", usage.cost.total * (1 + i.repeated))


def agent_saving(now: Number, instead: Number) -> Number:
    """What a change saves (USD/month); nothing where the two differ by less than the rounding of sums over steps."""
    saving = now - instead
    parts = whole_number(COUNTED_PARTS, "parts of a cost, of which one may be rounded away", ONE, now)
    return choose(both(saving * parts < now, 0 - saving * parts < now), 0 * saving, saving)


COUNTED_PARTS = 10**9
"""Sums over steps have 12 digits, and costs are a few of them added up."""


def agent_clearings(attempt: AgentAttempt) -> Number:
    """How often old results are cleared in an attempt whose length was not typed."""
    cleared = attempt.loop.cleared
    if cleared is None:
        return 0 * attempt.attempts
    return named("Clearings in an attempt", cleared.begun(0, cleared.ceiling, 0, 1))


def agent_compactions(i: Inputs, attempt: AgentAttempt) -> LoopUsage:
    """What the requests for summaries use in an attempt, on all models."""
    sending = agent_sending(i)
    usage = loop_compaction_usage(i.model, attempt.loop, sending, 1 - i.cheap_share)
    if bare_value(i.cheap_share):
        cheap = replace(agent_loop(i, i.cheap_model, attempt.loop.steps), steps=attempt.loop.steps)
        usage = usage.plus(loop_compaction_usage(i.cheap_model, cheap, sending, i.cheap_share))
    return usage.times(1 + i.repeated)
