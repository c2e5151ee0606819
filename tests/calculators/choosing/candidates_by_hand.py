"""What tasks have at stake, computed slowly with fractions from the facts as plain objects, with none of our code."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tests.json_types import JsonObject


@dataclass(frozen=True)
class Work:
    """One task as a reader types it."""

    name: str
    runs: Fraction
    minutes: Fraction
    stability: str
    tokens: Fraction


@dataclass(frozen=True)
class Terms:
    """What an hour costs, which model reads, and what counts as worth the work."""

    facts: JsonObject
    model: str
    rate: Fraction
    caching: bool
    found_cached: Fraction
    hours: Fraction
    runs: Fraction


def price(terms: Terms, key: str) -> Fraction | None:
    """A figure of the model in force on the day of the facts, None where there is none."""
    fact = terms.facts["collections"]["prices"][terms.model]["facts"].get(key)
    dated = [value for since, value in fact["values"] if since <= terms.facts["as_of"]] if fact else []
    return Fraction(dated[-1]) if dated else None


def prompt_cost(terms: Terms, work: Work) -> Fraction:
    """A month of the repeated prompt: run by run it is read from the cache, written to it, or read plainly."""
    edge = price(terms, "long_above")
    long = edge is not None and work.tokens > edge

    def price_in_force(key: str) -> Fraction | None:
        above = price(terms, f"long_{key}") if long else None
        return price(terms, key) if above is None else above

    plain = price_in_force("input")
    assert plain is not None
    read, write = price_in_force("cached_read"), price_in_force("cache_write")
    least = price(terms, "smallest_prefix") or Fraction(0)
    if not terms.caching or read is None or work.tokens < least:
        return work.runs * work.tokens * plain / 10**6
    hits, misses = work.runs * terms.found_cached, work.runs * (1 - terms.found_cached)
    return (hits * read + misses * (plain if write is None else write)) * work.tokens / 10**6


def labor_cost(terms: Terms, work: Work) -> Fraction:
    """A month of work on the prompt."""
    return work.minutes * terms.rate / 60


def at_stake(terms: Terms, work: Work) -> Fraction:
    """Both together."""
    return prompt_cost(terms, work) + labor_cost(terms, work)


def worth(terms: Terms, work: Work) -> bool:
    """Whether the task runs often enough, has enough at stake, and is stable."""
    enough = at_stake(terms, work) >= terms.hours * terms.rate
    return work.runs >= terms.runs and enough and work.stability == "stable"


def order(terms: Terms, works: list[Work]) -> list[Work]:
    """Those worth the work before the others, the larger stake first, ties as they were typed."""
    return sorted(works, key=lambda work: (not worth(terms, work), -at_stake(terms, work)))
