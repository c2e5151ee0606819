"""The cost of prompting computed the slow way: month by month, turn by turn, in fractions, straight from the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is asked for, in plain numbers; shares between 0 and 1."""

    requests: Fraction = Fraction(1000)
    repeated: Fraction = Fraction(0)
    turns: int = 1
    instructions: Fraction = Fraction(0)
    examples: Fraction = Fraction(0)
    example_tokens: Fraction = Fraction(0)
    context: Fraction = Fraction(0)
    user_text: Fraction = Fraction(0)
    answer: Fraction = Fraction(0)
    reasoning: Fraction = Fraction(0)
    caching: bool = True
    found_cached: Fraction = Fraction(9, 10)
    batch: bool = False

    def typed(self, model: str, day: str, own: Mapping[str, str] | None = None) -> dict[str, str]:
        """The same as a reader would type it, with figures of the reader's own such as `input`."""
        texts = {name: typed(getattr(self, name)) for name in self.__slots__}
        return {**texts, "model": model, "as_of": day, **{f"model.{name}": text for name, text in (own or {}).items()}}


def typed(value: Fraction | int | bool) -> str:
    """A value as a reader types it; a fraction must have a short decimal."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    scaled = Fraction(value) * 10**12
    assert scaled.denominator == 1, f"{value} has no short decimal"
    whole, part = divmod(int(scaled), 10**12)
    return f"{whole}.{part:012d}".rstrip("0").rstrip(".")


class Prices:
    """What a model costs on one day, read from the facts text; `own` replaces figures by the reader's own."""

    def __init__(self, facts: Mapping[str, Any], model: str, day: str, own: Mapping[str, str] | None = None) -> None:
        published = facts["collections"]["prices"][model]["facts"]
        self.figures: dict[str, Fraction] = {}
        for name, fact in published.items():
            values = [value for since, value in fact["values"] if since <= day]
            if values and fact["unit"] not in ("date", "text"):
                self.figures[name] = Fraction(values[-1])
        self.figures |= {name: Fraction(text) for name, text in (own or {}).items()}

    def of(self, kind: str, *, batch: bool, long: bool) -> Fraction:
        """The price of a kind of token. A cache write without a price of its own is plain reading."""
        batched = "batch_" if batch and "batch_input" in self.figures else ""
        longer = "long_" if long else ""
        names = [f"{longer}{batched}{kind}"]
        names += [f"{longer}{batched}input"] if kind == "cache_write" else []
        return next(self.figures[name] for name in names if name in self.figures)


def request(work: Work, prices: Prices) -> Fraction:
    """One request on average: every turn of a conversation priced on its own, by the length of its own prompt."""
    fixed = work.instructions + work.examples * work.example_tokens
    cached = work.caching and "cached_read" in prices.figures
    cached = cached and fixed > 0 and fixed >= prices.figures.get("smallest_prefix", 0)
    total = Fraction(0)
    for turn in range(work.turns):
        earlier = turn * (work.user_text + work.answer)
        length = fixed + work.context + earlier + work.user_text
        long = "long_above" in prices.figures and length > prices.figures["long_above"]

        def price(kind: str, long: bool = long) -> Fraction:
            return prices.of(kind, batch=work.batch, long=long)

        if cached:
            found = work.found_cached
            total += fixed * (found * price("cached_read") + (1 - found) * price("cache_write"))
        else:
            total += fixed * price("input")
        total += (work.context + earlier + work.user_text) * price("input")
        total += (work.answer + work.reasoning) * price("output")
    return total / work.turns / 10**6


def month(work: Work, prices: Prices) -> Fraction:
    """A month of requests, repeated ones included."""
    return request(work, prices) * work.requests * (1 + work.repeated)


def year(work: Work, facts: Mapping[str, Any], model: str, day: str, own: Mapping[str, str] | None = None) -> Fraction:
    """Twelve calendar months. The first has the prices of the day itself, each later one those in force at its end."""
    total = month(work, Prices(facts, model, day, own))
    for ahead in range(1, 12):
        number = int(day[:4]) * 12 + int(day[5:7]) - 1 + ahead
        total += month(work, Prices(facts, model, f"{number // 12}-{number % 12 + 1:02d}-31", own))
    return total
