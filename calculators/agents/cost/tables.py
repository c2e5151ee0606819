"""The tables of the cost of an agent's task: tokens by kind, changes one by one, and the same task on every model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from calculators.agents.cost.attempt import AgentAttempt, Setting, agent_attempt, agent_saving
from calculators.agents.cost.inputs import Inputs
from calculators.agents.cost.loop_inputs import CLEARING, COMPACTION, WHOLE
from calculators.domain.billing.caching import cache_lifetime_sold
from calculators.domain.billing.loops import KINDS
from calculators.domain.billing.reasoning import EFFORTS, MODEL_DEFAULT, reasoning_effort_of_request
from calculators.domain.billing.tiers import BATCH
from calculators.domain.market import (
    market_effort_remark,
    market_ranked_models,
    market_served_models,
    market_tier_remark,
)
from calculators.domain.records import ModelPrice
from calculators.engine.declare import RankedRow, Table, declared_row_remark
from calculators.engine.numbers import (
    Number,
    bare_exchanged_word,
    bare_value,
    both,
    choose,
    is_known_number,
    known,
    known_or,
    opposite,
    quotient,
    when,
)

AGENT_HISTORIES = {
    WHOLE: "with the whole history",
    COMPACTION: "with compaction",
    CLEARING: "with old results of tools cleared",
}
"""The other ways to treat a history, as changes."""


def agent_tokens_by_kind(i: Inputs, attempt: AgentAttempt) -> Table:
    """Each kind of tokens with its number in a task, its cost a month and its share; kinds without any are left out."""
    rows, per_month = [], attempt.per_task * i.tasks
    for kind, label in KINDS.items():
        tokens = getattr(attempt.usage.tokens, kind) * attempt.attempts
        cost = getattr(attempt.usage.cost, kind) * attempt.attempts * i.tasks
        if bare_value(tokens):
            rows.append((label, tokens, cost, quotient(cost, per_month)))
    if not isinstance(attempt.storage, int):
        cost = attempt.storage * attempt.attempts * i.tasks
        rows.append(("Keeping the instructions, by the hour", None, cost, quotient(cost, per_month)))
    return Table(tuple(rows))


def agent_lever_table(i: Inputs, attempt: AgentAttempt) -> Table:
    """One change each: what a solved task and a month would cost with it, and what it saves."""
    now = attempt.per_task * i.tasks
    rows: list[tuple[str, Number | None, Number, Number | None]] = [("as it is", attempt.per_solved, now, None)]
    for label, changed, setting in _agent_levers(i, attempt):
        other = agent_attempt(changed, setting)
        month = other.per_task * i.tasks
        rows.append((label, other.per_solved, month, agent_saving(now, month)))
    return Table(tuple(rows), own=0)


def _agent_levers(i: Inputs, attempt: AgentAttempt) -> Iterator[tuple[str, Inputs, Setting]]:
    """What a reader could change, as far as there is something to change."""
    setting = Setting(model=i.model)
    if is_known_number(i.model.cached_read):
        caching = bool(bare_value(i.caching))
        yield ("without caching" if caching else "with caching", i, replace(setting, caching=not caching))
        for lifetime, words in (("extended", "the longer cache lifetime"), ("standard", "the usual cache lifetime")):
            chosen = cache_lifetime_sold(i.model, i.lifetime)
            if caching and lifetime != chosen and cache_lifetime_sold(i.model, lifetime) == lifetime:
                yield words, i, replace(setting, lifetime=lifetime)
    effort = agent_lower_effort(i)
    if effort and not is_known_number(i.reasoning):
        yield f"reasoning at {EFFORTS[effort]}", replace(i, effort=bare_exchanged_word(i.effort, effort)), setting
    yield "results of tools half as long", replace(i, result=i.result / 2), setting
    yield "half of the tools", replace(i, tools=i.tools / 2), setting
    if bare_value(i.calls) > 1:
        longer = 1 + (i.steps - 1) * i.calls, 1 + (i.steps_of_nine_in_ten - 1) * i.calls
        changed = replace(i, steps=longer[0], steps_of_nine_in_ten=longer[1], calls=i.calls / i.calls)
        yield "one tool call at a time, in more steps", changed, setting
    for history, words in AGENT_HISTORIES.items():
        if history != bare_value(i.history):
            yield words, i, replace(setting, history=history)
    if bare_value(i.history) == COMPACTION and bare_value(i.compact_above) > bare_value(attempt.loop.compacted) * 2:
        yield "compacted at half the length", replace(i, compact_above=i.compact_above / 2), setting
    yield "half of the failures", replace(i, failed=i.failed / 2), setting


def agent_lower_effort(i: Inputs) -> str:
    """The next lower effort that the model takes; empty where there is none or nothing is known."""
    names = list(EFFORTS)
    current = reasoning_effort_of_request(i.model, i.effort)
    asked: str = bare_value(i.effort)
    if not current or (asked != MODEL_DEFAULT and asked != current):
        return ""
    below = reversed(names[: names.index(current)])
    return next((name for name in below if is_known_number(getattr(i.model, f"reasoning_{name}"))), "")


def agent_model_ranking(i: Inputs, attempt: AgentAttempt) -> Table:
    """The same task on every model still served that day, the cheapest first; tokens by each one's tokenizer."""
    rows, per_month = [], attempt.per_task * i.tasks
    for model in market_served_models(i.market, i.model, i.as_of):
        other = agent_attempt(i, Setting(model=model, subagents=attempt.subagents))
        first_step = other.loop.first + other.loop.answer + other.loop.reasoning
        fits = first_step <= known_or(model.context_window, first_step)
        task = choose(fits, other.per_task, None)
        month = choose(fits, other.per_task * i.tasks, None)
        against = month - per_month if is_known_number(month) else None
        remark = agent_model_remark(i, model, other)
        remark = declared_row_remark(when(opposite(fits), "the first prompt does not fit"), remark)
        rows.append(RankedRow(model.id, month, (model.name, model.group, month, task, against, remark)))
    return market_ranked_models([*i.market, i.model], rows, own=i.model.id)


def agent_model_remark(i: Inputs, model: ModelPrice, attempt: AgentAttempt) -> str:
    """What is not quite the same on a model."""
    cut = both(i.history != COMPACTION, attempt.loop.steps.most < i.most_steps)
    return declared_row_remark(
        when(both(i.caching, opposite(known(model.cached_read))), "no cached price"),
        when(both(i.tier == BATCH, opposite(known(model.batch_input))), "no batch price"),
        market_tier_remark(model, i.tier),
        when(cut, "the window ends longer tasks"),
        when(opposite(known(model.context_window)), "context window not known"),
        f"shuts down on {model.retires}" if model.retires > i.as_of else "",
        when(opposite(known(i.reasoning)), market_effort_remark(model, i.effort, i.model.default_effort)),
    )
