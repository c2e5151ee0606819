"""What a reader of the cost of an agent's task should know about the answer."""

from __future__ import annotations

from calculators.agents.cost.attempt import (
    AgentAttempt,
    Setting,
    agent_attempt,
    agent_clearings,
    agent_compactions,
)
from calculators.agents.cost.inputs import Inputs
from calculators.agents.cost.loop_inputs import CLEARING, COMPACTION, WHOLE
from calculators.agents.cost.loops import agent_window_full_step, subagent_loop
from calculators.agents.cost.units import STEPS
from calculators.domain.billing.caching import cache_lifetime_sold
from calculators.domain.billing.tiers import BATCH
from calculators.domain.model_notes import (
    model_batch_price_note,
    model_cached_price_note,
    model_effort_notes,
    model_hourly_price_note,
    model_lifetime_note,
    model_past_shutdown_note,
    model_price_change_note,
    model_record_note,
    model_shutdown_note,
    model_tier_note,
    model_tokenizer_note,
    model_unknown_tokenizer_note,
    model_unranked_note,
)
from calculators.engine.numbers import Note, both, either_of, known, known_or, note, opposite
from calculators.engine.numbers.units import ONE, SHARE, TOKENS, USD_PER_MONTH


def agent_cost_remarks(
    i: Inputs, attempt: AgentAttempt, uncached: AgentAttempt, whole: AgentAttempt
) -> tuple[Note, ...]:
    """What a reader should know about this answer; the others are attempts without caching, and with all history."""
    return (
        model_unranked_note(i.tasks, "tasks"),
        *agent_step_notes(i, attempt),
        *agent_caching_notes(i, attempt, uncached),
        *agent_history_notes(i, attempt, whole),
        subagent_note(i),
        note(
            i.attempts > 1,
            "Attempts are taken to fail independently. Where the same tasks fail again, retries cost as much and solve "
            "fewer of them.",
        ),
        note(
            both(i.cheap_share > 0, i.caching, known(i.model.cached_read), known(i.cheap_model.cached_read)),
            "Two models keep two caches: each writes the whole history once, whatever its share of the steps.",
        ),
        *model_effort_notes(i.model, i.effort, i.reasoning),
        model_record_note(i.model),
        model_price_change_note(i.model, 12, "The prices of the day are counted."),
        model_batch_price_note(i.model, i.tier == BATCH),
        model_tier_note(i.model, i.tier),
        model_shutdown_note(i.model, i.as_of),
        model_past_shutdown_note(i.model, i.as_of),
        model_hourly_price_note(i.model),
        model_tokenizer_note(i.model, i.counted_with),
        model_unknown_tokenizer_note(i.model, i.counted_with),
    )


def agent_step_notes(i: Inputs, attempt: AgentAttempt) -> tuple[Note, ...]:
    """How the steps are spread, and what ends the longest tasks."""
    cut = attempt.loop.steps.beyond()
    some = cut * 100 * 100 >= 1
    full = agent_window_full_step(i, attempt.loop, i.model)
    whole = attempt.loop.first + attempt.loop.answer + attempt.loop.reasoning
    window = known_or(i.model.context_window, whole)
    return (
        note(
            i.steps_of_nine_in_ten < i.steps,
            "Nine in ten tasks cannot take fewer steps than the median. All are taken to have the median length.",
        ),
        note(
            whole > window,
            "The first step needs {whole}, more than this model's context window of {window}.",
            whole=(whole, TOKENS),
            window=(window, TOKENS),
        ),
        note(attempt.solved <= 0, "No attempt succeeds, so there is no cost of a solved task."),
        note(
            both(some, attempt.loop.steps.most >= i.most_steps),
            "{cut} of the attempts reach the limit of {most}. They are paid for and count as failed.",
            cut=(cut, SHARE),
            most=(i.most_steps, STEPS),
        ),
        note(
            both(i.history == WHOLE, known(full), some),
            "Without compaction the window is full at step {full}. {cut} of the attempts end there, unsolved.",
            full=(known_or(full, i.most_steps), ONE),
            cut=(cut, SHARE),
        ),
        note(
            opposite(known(i.model.context_window)),
            "The context window of this model is not known. This answer counts as if it had no end.",
        ),
    )


def agent_caching_notes(i: Inputs, attempt: AgentAttempt, uncached: AgentAttempt) -> tuple[Note, ...]:
    """Whether the history is cached at all, whether that pays, and whether another lifetime would be cheaper."""
    model = i.model
    least = known_or(model.smallest_prefix, 0)
    keeps = both(i.caching, known(model.cached_read))
    chosen = cache_lifetime_sold(model, i.lifetime)
    other = "standard" if chosen == "extended" else "extended"
    notes = [
        model_cached_price_note(model, i.caching),
        note(
            both(keeps, attempt.loop.first < least),
            "The first prompts are shorter than this model's smallest cacheable prefix of {least}. The provider caches "
            "nothing of them and does not say so.",
            least=(least, TOKENS),
        ),
        note(
            both(keeps, uncached.per_task < attempt.per_task),
            "Caching costs more than it saves here: too few steps find what was written.",
        ),
        model_lifetime_note(model, i.lifetime, keeps),
    ]
    if cache_lifetime_sold(model, other) == other:
        saving = (attempt.per_task - agent_attempt(i, Setting(model=model, lifetime=other)).per_task) * i.tasks
        words = "longer" if other == "extended" else "usual"
        notes.append(
            note(
                both(keeps, saving > 0),
                f"The {words} cache lifetime would save {{saving}}.",
                saving=(saving, USD_PER_MONTH),
            )
        )
    return tuple(notes)


def agent_history_notes(i: Inputs, attempt: AgentAttempt, whole: AgentAttempt) -> tuple[Note, ...]:
    """Whether anything is compacted or cleared, and whether that pays."""
    compacts = i.history == COMPACTION
    happens = both(compacts, agent_compactions(i, attempt).requests * 100 >= 1)
    cleared = both(i.history == CLEARING, agent_clearings(attempt) * 100 >= 1)
    costs_more = whole.per_task < attempt.per_task
    # A window that is full ends the whole history earlier, so that it costs less and solves less.
    uncut = whole.loop.steps.most >= attempt.loop.steps.most
    dearer = both(costs_more, uncut)
    return (
        note(
            both(cleared, dearer, i.caching, known(i.model.cached_read)),
            "Clearing costs more than it saves here: each time, all that follows the first result is written into the "
            "cache again. Clear more at once, or less often.",
        ),
        note(
            both(cleared, attempt.loop.steps.most < i.most_steps),
            "Even with old results cleared, the window is full at step {full}, because calls and placeholders stay.",
            full=(attempt.loop.steps.most + 1, ONE),
        ),
        note(
            both(happens, dearer),
            "Compaction costs more than it saves here.",
        ),
        note(
            both(either_of(happens, cleared), costs_more, opposite(uncut)),
            "The whole history would cost less, because it ends long tasks at step {full}, where the window is full.",
            full=(whole.loop.steps.most + 1, ONE),
        ),
        note(
            both(compacts, happens, attempt.loop.compacted + attempt.loop.growth > attempt.loop.threshold),
            "The prompt is too long for the threshold even after a compaction, so every further step pays for one. "
            "Raise the threshold or shorten instructions and tools.",
        ),
    )


def subagent_note(i: Inputs) -> Note:
    """Whether the last prompt of a sub-agent fits."""
    loop = subagent_loop(i)
    whole = loop.first + loop.growth * (i.subagent_steps - 1) + loop.answer + loop.reasoning
    window = known_or(i.subagent_model.context_window, whole)
    return note(
        both(i.subagents > 0, whole > window),
        "The last step of a sub-agent needs {whole}, more than the context window of its model, {window}.",
        whole=(whole, TOKENS),
        window=(window, TOKENS),
    )
