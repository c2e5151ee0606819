"""What a reader of the cost of a prompt should know about the answer."""

from __future__ import annotations

from calculators.domain.billing import Bill, bill
from calculators.domain.billing.caching import cache_lifetime_sold
from calculators.domain.billing.tiers import BATCH
from calculators.domain.model_notes import (
    model_batch_price_note,
    model_cache_notes,
    model_cached_price_note,
    model_effort_notes,
    model_hourly_price_note,
    model_past_shutdown_note,
    model_price_months_note,
    model_record_note,
    model_shutdown_note,
    model_tier_note,
    model_tokenizer_note,
    model_unknown_tokenizer_note,
    model_unranked_note,
)
from calculators.engine.numbers import Note, Number, both, known, known_or, note, opposite
from calculators.engine.numbers.units import SHARE, TOKENS, USD_PER_MONTH
from calculators.prompting.cost.cache import LIFETIME_NAMES
from calculators.prompting.cost.inputs import Inputs
from calculators.prompting.cost.monthly_plan import YEAR_AHEAD
from calculators.prompting.cost.request import prompt_cost_request, prompt_cost_sending


def prompt_cost_cache_lifetime_notes(i: Inputs, request: Bill, paid: Number) -> tuple[Note, ...]:
    """That another lifetime would be cheaper; where nothing is cached, none is."""
    prompt, model = prompt_cost_request(i), i.model
    chosen = cache_lifetime_sold(model, i.lifetime)
    others = [name for name in LIFETIME_NAMES if name != chosen and cache_lifetime_sold(model, name) == name]
    notes = []
    for name in others:
        saving = (request.total - bill(model, prompt, prompt_cost_sending(i, lifetime=name)).total) * paid
        notes.append(
            note(
                saving > 0,
                f"The lifetime “{LIFETIME_NAMES[name]}” would save {{saving}} at this volume.",
                saving=(saving, USD_PER_MONTH),
            )
        )
    return tuple(notes)


def prompt_cost_conversation_notes(i: Inputs) -> tuple[Note, ...]:
    """What a conversation has to do for its history to be cached, and what breaks the cache."""
    model = i.model
    grows = both(i.caching, i.turns > 1, known(model.cached_read))
    return (
        note(
            both(grows, model.history_caching == "breakpoints"),
            "Mark the end of the newest message in each request, so that the conversation is cached as it grows. "
            "A changed system prompt or tool definition breaks the cache for everything after it.",
        ),
        note(
            both(grows, model.history_caching == "automatic"),
            "The conversation is cached as it grows, as long as nothing before its end changes: no time of day in the "
            "system prompt, tool definitions in the same order, no message edited or dropped.",
        ),
        note(both(grows, not model.history_caching), "Earlier turns are counted at the full input price."),
        note(
            both(grows, i.context > 0),
            "The context is taken to come last and to be left out of later turns, so it is never cached.",
        ),
    )


def prompt_cost_remarks(i: Inputs, request: Bill, uncached: Bill, paid: Number) -> tuple[Note, ...]:
    """What a reader should know about this answer; `uncached` is the same request sent without caching."""
    model = i.model
    saving = (uncached.total - bill(model, prompt_cost_request(i), prompt_cost_sending(i, caching=True)).total) * paid
    smallest_prefix = known_or(model.smallest_prefix, 0)
    wanted = both(i.caching, request.prefix > 0)
    short = both(wanted, known(model.cached_read), request.prefix < smallest_prefix)
    grows = both(i.turns > 1, bool(model.history_caching))
    begin = "The fixed prefix of {prefix} is shorter than this model's smallest cacheable prefix of {smallest}. The "
    return (
        model_unranked_note(i.requests, "requests"),
        note(
            both(short, opposite(grows)),
            f"{begin}provider caches nothing and does not say so.",
            prefix=(request.prefix, TOKENS),
            smallest=(smallest_prefix, TOKENS),
        ),
        note(
            both(short, grows),
            f"{begin}provider caches nothing before a conversation has grown that long, and does not say so.",
            prefix=(request.prefix, TOKENS),
            smallest=(smallest_prefix, TOKENS),
        ),
        model_cached_price_note(model, wanted),
        *model_cache_notes(model, request, uncached, prompt_cost_sending(i).traffic),
        *prompt_cost_cache_lifetime_notes(i, request, paid),
        *prompt_cost_conversation_notes(i),
        *model_effort_notes(model, i.effort, i.reasoning),
        note(
            both(opposite(i.caching), saving > 0),
            "Prompt caching would save {saving}.",
            saving=(saving, USD_PER_MONTH),
        ),
        model_batch_price_note(model, i.tier == BATCH),
        model_tier_note(model, i.tier),
        note(
            request.above > 0,
            "{share} of the requests are longer than {limit}. Every token of those costs the long-prompt price.",
            share=(request.above, SHARE),
            limit=(known_or(model.long_above, 0), TOKENS),
        ),
        note(
            request.whole > known_or(model.context_window, request.whole),
            "The longest request needs {longest}, more than this model's context window of {window}.",
            longest=(request.whole, TOKENS),
            window=(known_or(model.context_window, request.whole), TOKENS),
        ),
        model_record_note(model),
        model_price_months_note(model, YEAR_AHEAD),
        model_shutdown_note(model, i.as_of),
        model_past_shutdown_note(model, i.as_of),
        model_hourly_price_note(model),
        model_tokenizer_note(model, i.counted_with),
        model_unknown_tokenizer_note(model, i.counted_with),
    )
