"""The loops behind a task: that of the agent, on one model or on two, and those of its sub-agents."""

from __future__ import annotations

from dataclasses import replace

from calculators.agents.cost.inputs import MOST_ATTEMPTS, Inputs
from calculators.agents.cost.loop_inputs import CLEARING, COMPACTION
from calculators.domain.billing.caching import Traffic
from calculators.domain.billing.loops import (
    Clearing,
    LoopContext,
    LoopSteps,
    LoopUsage,
    LoopUsageByKind,
    Round,
    loop_cost_by_kind,
    priced_loop,
    results_freed_by_clearing,
)
from calculators.domain.billing.rates import token_rates
from calculators.domain.billing.reasoning import hidden_reasoning
from calculators.domain.billing.tiers import BATCH
from calculators.domain.records import ModelPrice
from calculators.domain.tokens import converted_tokens
from calculators.engine.numbers import (
    Condition,
    Number,
    Share,
    bare_value,
    choose,
    is_known_number,
    largest,
    named,
    smallest,
)


def agent_steps(i: Inputs) -> LoopSteps:
    """The steps of a task as the reader describes them."""
    return LoopSteps(median=i.steps, ninety=i.steps_of_nine_in_ten, most=i.most_steps)


def equal_agent_steps(steps: LoopSteps, number: Number) -> LoopSteps:
    """The same limit where every task takes so many steps."""
    return replace(steps, median=number, ninety=number, dropped=0)


def agent_reasoning_tokens(i: Inputs, model: ModelPrice) -> Number:
    """The hidden tokens of a step: those that the reader typed, or those of the model at the effort asked for."""
    if is_known_number(i.reasoning):
        return converted_tokens(i.reasoning, model, i.counted_with)
    return hidden_reasoning(model, i.effort, i.model.default_effort)


def agent_loop(i: Inputs, model: ModelPrice, steps: LoopSteps, history: str = "") -> LoopContext:
    """The agent's loop in tokens of a model; `history` asks what it would be with another way to keep it short."""
    shortening = history or i.history

    def converted(tokens: Number) -> Number:
        return converted_tokens(tokens, model, i.counted_with)

    answer = named("Tokens written in a step", converted(i.text + i.calls * i.call_tokens))
    reasoning = agent_reasoning_tokens(i, model)
    results = named("Results of tools in a step", converted(i.calls * i.result))
    loop = LoopContext(
        steps=steps,
        prefix=named("Instructions and tools", converted(i.instructions + i.tools * i.tool_tokens)),
        task=named("The task", converted(i.task_tokens)),
        growth=named("Each step adds", answer + results + choose(i.reasoning_stays, reasoning, 0)),
        answer=answer,
        reasoning=reasoning,
        compaction=shortening == COMPACTION,
        threshold=converted(i.compact_above),
        summary=named("The summary", converted(i.summary)),
        asking=named("The request for it", converted(i.asking)),
        clearing=agent_clearing(i, model, results) if bare_value(shortening) == CLEARING else None,
    )
    return agent_within_window(loop, model)


def agent_clearing(i: Inputs, model: ModelPrice, results: Number) -> Clearing:
    """When old results of tools leave the history, in tokens of the model."""
    left = named("What a step's results leave", converted_tokens(i.calls * i.placeholder, model, i.counted_with))
    return Clearing(
        above=named("Cleared above", converted_tokens(i.clear_above, model, i.counted_with)),
        kept=i.clear_kept,
        calls=i.calls,
        freed=results_freed_by_clearing(results, left),
        least=named("Cleared at least", converted_tokens(i.clear_least, model, i.counted_with)),
        again=i.clear_again,
    )


def agent_within_window(loop: LoopContext, model: ModelPrice) -> LoopContext:
    """The loop with its threshold, or where nothing is compacted its step limit, moved to where the window is full."""
    if not is_known_number(model.context_window):
        return loop
    room = named("Room in the window", model.context_window - loop.answer - loop.reasoning)
    if loop.clearing is not None:
        loop = replace(loop, clearing=replace(loop.clearing, above=smallest(loop.clearing.above, room)))
    cleared = loop.cleared
    last = largest(1, loop.fitting(room, loop.first) if cleared is None else cleared.fitting(room))
    most = named("Steps that fit", choose(loop.compaction, loop.steps.most, smallest(loop.steps.most, last)))
    threshold = loop.threshold
    if loop.compaction is not False:
        threshold = named("Compacted above, within the window", smallest(threshold, room))
    return replace(loop, steps=replace(loop.steps, most=most), threshold=threshold)


def agent_window_full_step(i: Inputs, loop: LoopContext, model: ModelPrice) -> Number | None:
    """The step at which the whole history would no longer fit; None where the step limit comes first."""
    if not is_known_number(model.context_window):
        return None
    room = model.context_window - loop.answer - loop.reasoning
    unlimited = replace(loop, steps=replace(loop.steps, most=i.most_steps))
    step = named("Steps that fit into the window", unlimited.fitting(room, loop.first)) + 1
    return choose(step <= i.most_steps, step, None)


def agent_sending(i: Inputs, *, caching: Condition | None = None, lifetime: str = "") -> Round:
    """How the agent's steps are sent; `caching` and `lifetime` ask what it would be with others."""
    traffic = Traffic(
        requests=named("Attempts a month", i.tasks * expected_agent_attempts(i, i.failed)),
        active_hours=i.active_hours,
        lifetime=lifetime or i.lifetime,
        found_cached=i.found_cached,
        pause=i.step_pause,
    )
    return Round(
        caching=i.caching if caching is None else caching,
        batch=i.tier == BATCH,
        tier=i.tier,
        traffic=traffic,
        late=i.late,
        broken=i.broken,
    )


def expected_agent_attempts(i: Inputs, failing: Share) -> Number:
    """The attempts at a task on average: one, and one more for each failure before the last that is allowed."""
    total, chance = 1 - 0 * failing, failing
    for attempt in range(1, MOST_ATTEMPTS):
        total = total + choose(i.attempts > attempt, chance, 0)
        chance = chance * failing
    return named("Attempts at a task", total)


def agent_unsolved_share(i: Inputs, failing: Share) -> Share:
    """The share of tasks whose every attempt fails."""
    chance = failing
    for attempt in range(1, MOST_ATTEMPTS):
        chance = chance * choose(i.attempts > attempt, failing, 1)
    return named("Tasks that stay unsolved", chance)


def subagents_usage(i: Inputs, sending: Round) -> LoopUsage:
    """What the sub-agents of an attempt use; started at once, they find nothing that another one left in the cache."""
    model = i.subagent_model
    if not bare_value(i.subagents):
        tokens = 0 * i.subagent_prompt * i.subagents
        none = LoopUsageByKind(tokens, tokens, tokens, tokens, tokens)
        return LoopUsage(
            none, loop_cost_by_kind(none, token_rates(model, i.tier == BATCH, tier=i.tier)[0]), 0 * i.subagents
        )
    alone = replace(sending, traffic=replace(sending.traffic, found_cached=0 * i.failed))
    return priced_loop(model, subagent_loop(i), alone).times(i.subagents)


def subagent_loop(i: Inputs) -> LoopContext:
    """The loop of one sub-agent, in tokens of its model."""
    model = i.subagent_model

    def converted(tokens: Number) -> Number:
        return converted_tokens(tokens, model, i.counted_with)

    prompt = converted(i.subagent_prompt)
    answer, reasoning = converted(i.subagent_answer), agent_reasoning_tokens(i, model)
    return LoopContext(
        steps=LoopSteps(median=i.subagent_steps, ninety=i.subagent_steps, most=i.subagent_steps),
        prefix=prompt,
        task=0 * prompt,
        growth=answer + converted(i.subagent_result) + choose(i.reasoning_stays, reasoning, 0),
        answer=answer,
        reasoning=reasoning,
    )
