"""How many requests find the fixed beginning of their prompt in the provider's cache, and for how long it is kept.

A prefix is kept for a lifetime. Requests that come at random, at a steady rate, find it with the chance that fewer
than a lifetime has passed since it was last used, 1 − exp(−rate × lifetime); where a read does not renew the lifetime,
since it was written, rate × lifetime ÷ (1 + rate × lifetime). Both follow from the exponential gaps of a Poisson
process.

The pause of one person between two turns of a conversation is no such gap: most answer within minutes and some never.
The share τ ÷ (τ + median) of a log-logistic distribution fits what was measured at five minutes and at one hour.

So the turns of a conversation come together, and only its beginning comes at random. Where a read renews the lifetime,
each later turn keeps the prefix for its pause, or for a lifetime if that is shorter: m ln(1 + τ ÷ m) on average, with
the median m. What conversations keep alive is then found with the chance 1 − exp(−rate of beginnings × time kept).
Where it does not, a turn that comes in time reads the turn before it, and one that comes too late is one more arrival.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.records import ModelPrice
from calculators.domain.units import MINUTES_PER_HOUR
from calculators.engine.numbers import (
    TOKENS_PER_MTOK,
    Condition,
    Number,
    Share,
    apply_to_bare_numbers,
    bare_value,
    both,
    choose,
    exponential,
    known,
    known_or,
    named,
    quotient,
    whole_number,
)
from calculators.engine.numbers.types import RunNumber
from calculators.engine.numbers.units import ONE

LIFETIMES = {
    "standard": "the provider's usual lifetime",
    "extended": "the longer lifetime, at its price",
    "stored": "kept all the time, paid by the hour",
}
"""The lifetimes that are sold; a model without the one that is asked for has the usual one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """When requests come, which decides whether the beginning of their prompt is still in the cache.

    `requests` are paid for in a month and spread at random over `active_hours` of it (hours a month) and over `caches`
    that share nothing. `found_cached` is a share known to the reader, None where it follows from these. A conversation
    has so many `turns`, and `pause` is the median time between two of them, in minutes.
    """

    requests: Number
    active_hours: Number
    lifetime: str = "standard"
    caches: Number | int = 1
    found_cached: Share | None = None
    turns: Number | int = 1
    pause: Number | int = 0


def cache_lifetime_sold(model: ModelPrice, lifetime: str) -> str:
    """The lifetime that a request gets: the one asked for where the model has it, else the usual one."""
    asked: str = bare_value(lifetime)
    price = {"extended": model.extended_write, "stored": model.cache_storage}.get(asked)
    return asked if bare_value(price) is not None else "standard"


def cache_lifetime(model: ModelPrice, lifetime: str) -> Number | None:
    """The lifetime of an entry in minutes; None where nobody states one."""
    extended = cache_lifetime_sold(model, lifetime) == "extended"
    minutes = model.extended_minutes if extended else model.cache_minutes
    return choose(lifetime == bare_value(lifetime), minutes, minutes) if bare_value(minutes) is not None else None


def prefix_cache_hit_share(model: ModelPrice, traffic: Traffic, *, renewed: bool | None = None) -> Share:
    """The share of requests that find the prefix.

    `renewed` says whether a read renews the lifetime; None takes what is known of the model, and where nobody says, the
    formula without renewal, which finds fewer.
    """
    computed = _prefix_cache_hit_share_by_volume(
        model, traffic, model.cache_renewal == "yes" if renewed is None else renewed
    )
    return named("Share of requests that find the prefix", known_or(traffic.found_cached, computed))


def _prefix_cache_hit_share_by_volume(model: ModelPrice, traffic: Traffic, renewed: bool) -> Share:
    if cache_lifetime_sold(model, traffic.lifetime) == "stored":
        return whole_number(1, "share of a prefix that is always kept", ONE, traffic.requests)
    minutes = cache_lifetime(model, traffic.lifetime)
    if minutes is None:
        return whole_number(0, "share where no lifetime is known", ONE, traffic.requests)
    uses = _cache_uses_within_lifetime(model, traffic, minutes, renewed)
    return 1 - exponential(0 - uses) if renewed else uses / (1 + uses)


def _cache_uses_within_lifetime(model: ModelPrice, traffic: Traffic, minutes: Number, renewed: bool) -> Number:
    """How often a prefix is looked for while it is kept, by requests or, cached as they grow, by conversations."""
    available = traffic.active_hours * MINUTES_PER_HOUR * traffic.caches
    if isinstance(traffic.turns, int) or not model.history_caching:
        return named("Requests within one lifetime", quotient(traffic.requests * minutes, available))
    later = (traffic.turns - 1) * _minutes_of_later_turn(model, traffic, minutes, renewed)
    begun = named("Conversations begun", traffic.requests / traffic.turns)
    return named("Looked for within one lifetime", quotient(begun * (minutes + later), available))


def _minutes_of_later_turn(model: ModelPrice, traffic: Traffic, minutes: Number, renewed: bool) -> Number:
    """How many minutes of a kept prefix each later turn adds to those of the first, on average.

    A read that renews adds the pause before it, at most the lifetime. Else only a turn that comes too late counts: it
    looks for the prefix like a first one.
    """
    if not renewed:
        return named("Added by each later turn", minutes * (1 - turn_cache_hit_share(model, traffic)))
    pause = 0 * minutes if isinstance(traffic.pause, int) else traffic.pause
    longer = apply_to_bare_numbers("ln", _natural_logarithm, 1 + quotient(minutes, pause))
    return named("Added by each later turn", pause * longer)


def _natural_logarithm(number: RunNumber) -> Number:
    """The natural logarithm, to 12 digits, as C libraries may differ beyond."""
    text = f"{math.log(float(number)):.11e}"  # type: ignore[arg-type]  # a bare number: Decimal, float or int
    return Decimal(text).normalize() if isinstance(number, Decimal) else float(text)  # type: ignore[return-value]


def turn_cache_hit_share(model: ModelPrice, traffic: Traffic) -> Share:
    """The share of later turns in a conversation that come before its lifetime is over."""
    minutes = cache_lifetime(model, traffic.lifetime)
    if minutes is None:
        return whole_number(0, "share where no lifetime is known", ONE, traffic.requests)
    return named("Share of turns that come in time", minutes / (minutes + traffic.pause))


def is_history_cached(model: ModelPrice, caching: Condition) -> Condition:
    """Whether the earlier turns of a conversation are read from the cache."""
    return both(caching, bool(model.history_caching), known(model.cached_read))


def cached_prefix_storage(model: ModelPrice, prefix: Number, traffic: Traffic, cached: Condition) -> Number | int:
    """What keeping the prefix costs a request (USD), where it is kept all the time and paid by the hour."""
    if cache_lifetime_sold(model, traffic.lifetime) != "stored":
        return 0
    month = prefix / TOKENS_PER_MTOK * known_or(model.cache_storage, 0) * traffic.active_hours * traffic.caches
    return named("Keeping the prefix, a request", choose(cached, quotient(month, traffic.requests), 0))
