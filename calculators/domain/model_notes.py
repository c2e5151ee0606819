"""What a reader should know about a model's prices: sentences that several calculators show, each in its own order."""

from __future__ import annotations

from decimal import Decimal

from calculators.domain.billing import Bill
from calculators.domain.billing.caching import Traffic, cache_lifetime, cache_lifetime_sold
from calculators.domain.billing.reasoning import (
    EFFORTS,
    MODEL_DEFAULT,
    reasoning_effort_figure,
    reasoning_effort_of_request,
)
from calculators.domain.billing.tiers import MULTIPLES, sold_tiers, tier_multiple
from calculators.domain.records import EmbeddingPrice, ModelPrice, Tokenizer
from calculators.domain.records.ends import has_ended
from calculators.domain.tokens import is_tokenizer_of
from calculators.engine.declare import declared_row_remark
from calculators.engine.numbers import (
    Condition,
    Note,
    Number,
    bare_value,
    both,
    either_of,
    is_known_number,
    known,
    known_or,
    note,
    opposite,
    quotient,
)
from calculators.engine.numbers.units import ONE, SHARE
from calculators.engine.records import Record

FEW = Decimal("0.5")
"""A share of requests below which a reader should look at the lifetime of the cache."""


def model_cached_price_note(model: ModelPrice, caching: Condition) -> Note:
    """That caching was wanted, but the model has no published price for it."""
    return note(
        both(caching, opposite(known(model.cached_read))),
        "No cached price is published for this model. Every token counts at the full input price.",
    )


def model_cache_notes(model: ModelPrice, request: Bill, uncached: Bill, traffic: Traffic) -> tuple[Note, ...]:
    """What to know of a prefix that is cached: that this costs more than it saves, and how few requests find it.

    `uncached` is the same request sent without caching.
    """
    share, turns, lifetime = request.found, request.conversation.turns, traffic.lifetime
    computed = both(request.cached, opposite(known(traffic.found_cached)))
    stated = cache_lifetime(model, lifetime) is not None or cache_lifetime_sold(model, lifetime) == "stored"
    single = isinstance(turns, int) or turns <= 1
    few = both(computed, stated, share > 0, share < FEW)
    return (
        note(
            both(request.cached, opposite(known(model.smallest_prefix))),
            "The smallest cacheable prefix of this model is not published. This answer counts as if there were none.",
        ),
        note(
            both(traffic.requests > 0, uncached.total < request.total),
            "Caching costs more than it saves here: writing into the cache costs more than plain input, and too little "
            "is read from it.",
        ),
        note(
            both(computed, not stated),
            f"How long {model.name} keeps a prefix is not known, so no request is counted as finding it. Type the "
            "share that your provider reports.",
        ),
        note(
            both(few, single),
            "Only {found} of the requests find the prefix: at this volume most come after it has expired.",
            found=(share, SHARE),
        ),
        note(
            both(few, opposite(single)),
            "Only {found} of the conversations find the prefix as they begin: at this volume most begin after it has "
            "expired.",
            found=(share, SHARE),
        ),
        model_lifetime_note(model, lifetime, either_of(request.cached, request.conversation.history_cached)),
    )


def model_lifetime_note(model: ModelPrice, lifetime: str, cached: Condition) -> Note:
    """That a lifetime of the cache was asked for that the model has not."""
    return note(
        both(cached, cache_lifetime_sold(model, lifetime) != bare_value(lifetime)),
        f"{model.name} has no such lifetime; the usual one is counted.",
    )


def model_effort_notes(model: ModelPrice, effort: str, reasoning: Number | None) -> tuple[Note, ...]:
    """At which effort the model reasons, and whether it can be told not to; `reasoning` are tokens that were typed."""
    asked: str = bare_value(effort)
    given, typed = reasoning_effort_of_request(model, effort), known(reasoning)
    unreasoned: Condition = reasoning <= 0 if is_known_number(reasoning) else False
    reasons = any(is_known_number(reasoning_effort_figure(model, name)) for name in EFFORTS if name != "none")
    instead = f"answers with reasoning {'switched off' if given == 'none' else 'at ' + EFFORTS.get(given, '')}"
    sentence = f"does not take that effort. It {instead}." if reasons else "does not reason."
    return (
        note(
            both(opposite(typed), bool(given), asked not in (MODEL_DEFAULT, given)),
            f"{model.name} {sentence}",
        ),
        note(
            both(typed, unreasoned, bool(model.default_effort), opposite(known(model.reasoning_none))),
            f"Reasoning cannot be switched off on {model.name}. Count what its usage report says.",
        ),
        note(
            both(opposite(typed), not given),
            f"It is not known whether {model.name} reasons by default. No hidden tokens are counted.",
        ),
        note(
            both(opposite(typed), bool(given) and not is_known_number(reasoning_effort_figure(model, given))),
            f"How many tokens {model.name} thinks in at that effort is not known. No hidden tokens are counted.",
        ),
    )


def model_batch_price_note(model: ModelPrice | EmbeddingPrice, batch: Condition) -> Note:
    """That batches were wanted, but the model has no price for them."""
    noun = "embedding model" if isinstance(model, EmbeddingPrice) else "model"
    return note(
        both(batch, opposite(known(model.batch_input))),
        f"This {noun} has no batch price. The standard price is counted.",
    )


def model_tier_note(model: ModelPrice, tier: str) -> Note:
    """That a tier other than a batch was asked for: what it costs, or that the model has none and which it has."""
    asked = bare_value(tier)
    multiple = tier_multiple(model, tier)
    if multiple is not None:
        sentence = f"At the {asked} tier, tokens cost {{times}} times the standard price."
        return note(True, sentence, times=(multiple, ONE))
    *others, last = sold_tiers(model)
    has = f"{', '.join(others)} and {last}" if others else f"{last} only"
    return note(
        asked in MULTIPLES,
        f"No price of the {asked} tier is known for {model.name}, which has {has}. The standard price is counted.",
    )


def model_price_change_note(model: Record, months: int, consequence: str, name: str = "") -> Note:
    """That prices are announced to change within so many months, and what follows for the answer.

    `name` is what the model is called, where that is more than its own name.
    """
    days = " and ".join(later.since for month, later in model.schedule if month < months)
    sentence = f"Prices of {name or model.name} are announced to change on {days}."
    return note(bool(days), f"{sentence} {consequence}".rstrip())


def model_price_months_note(model: Record, months: int) -> Note:
    """That prices are announced to change within so many months, and how many of these count with which."""
    changes = any(month < months for month, _ in model.schedule)
    return model_price_change_note(model, months, model_price_months(model, months) if changes else "")


def model_price_months(model: Record, months: int) -> str:
    """How many of the next months count with the prices of which day, in a sentence.

    A month of the calendar counts whole, and the first is that of the calculation's day, whose prices it has.
    """
    counts: dict[str, int] = {}
    for month in range(months):
        since = model.in_month(month).since
        counts[since] = counts.get(since, 0) + 1
    parts = ", ".join(f"{count} with the prices of {since}" for since, count in counts.items())
    return f"Months are those of the calendar and count whole, this one included: {parts}."


def model_tokenizer_note(model: ModelPrice, counted_with: Tokenizer) -> Note:
    """That the model counts the same text with another tokenizer, and by how many times its tokens are more."""
    factor = quotient(known_or(model.tokenizer_factor, 1), known_or(counted_with.tokenizer_factor, 1))
    return note(
        both(not is_tokenizer_of(model, counted_with), known(model.tokenizer_factor), factor != 1),
        f"Tokens are counted with {counted_with.name}. For the same text, {model.name} bills {{factor}} times as many.",
        factor=(factor, ONE),
    )


def model_unknown_tokenizer_note(model: ModelPrice, counted_with: Tokenizer) -> Note:
    """That nothing is known of how the model counts."""
    return note(
        opposite(known(model.tokenizer_factor)),
        f"How {model.name} counts tokens is not known. They are billed as counted with {counted_with.name}.",
    )


def is_model_size_doubtful(model: ModelPrice) -> bool:
    """Whether a model is small, or of a size that is not known here: the ones that come first in rankings by price."""
    return bool(model.small) or not model.size


def model_first_place_remark(model: ModelPrice) -> str:
    """What the first place in a ranking does not say of a model; nothing where it is known to be large."""
    if not is_model_size_doubtful(model):
        return ""
    return declared_row_remark("" if model.size else "size not known", "not ranked by quality")


def model_untested_note(model: ModelPrice | None, own: ModelPrice) -> Note:
    """How small another model than the reader's is that is cheapest, and that its price says nothing of quality."""
    if model is None:
        return note(False, "")
    size = f"{model.name} is a small model of {model.size}. " if model.small else ""
    unknown = "" if model.size else f"The size of {model.name} is not known here. "
    test = f"Run your own test set on {model.name} before you switch."
    return note(model.id != own.id, f"Price is all that is compared here. {size}{unknown}{test}")


def model_unranked_note(number: Number, things: str) -> Note:
    """That nothing is bought, so that no model is ranked; `number` is how many `things` a month there are."""
    return note(number <= 0, f"With 0 {things} a month there is nothing to price. Type how many you expect.")


def model_record_note(model: ModelPrice) -> Note:
    """What the data says about the model in words of its own."""
    return note(bool(model.note), model.note)


def model_shutdown_note(model: ModelPrice, as_of: str) -> Note:
    """That the model shuts down after the day `as_of`; left out where a note of the data says so."""
    return note(model.retires > as_of and not model.note, f"{model.name} shuts down on {model.retires}.")


def model_past_shutdown_note(model: ModelPrice, as_of: str, advice: str = "") -> Note:
    """That the model had shut down by the day `as_of`; without advice, left out where a note of the data says so."""
    is_said = bool(model.note) and not advice
    return note(
        has_ended(model.retires, as_of) and not is_said, f"{model.name} was shut down on {model.retires}{advice}."
    )


def model_hourly_price_note(model: ModelPrice) -> Note:
    """That the prices differ by hour, and which of them are counted."""
    return note(bool(model.hours), f"Prices of {model.name} differ by hour. These hold: {model.hours}")
