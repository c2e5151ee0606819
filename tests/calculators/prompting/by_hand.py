"""The cost of prompting computed the slow way: month by month, turn by turn, in fractions, straight from the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tests.calculators.settings import own_tokens
from tests.json_types import JsonObject


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
    pause: Fraction = Fraction(0)

    def typed(self, model: str, day: str, overrides: Mapping[str, str] | None = None) -> dict[str, str]:
        """As a reader would type it, in the model's own tokens, with the reader's own figures such as `input`."""
        texts = {name: typed(getattr(self, name)) for name in self.__slots__}
        return {
            **texts,
            **own_tokens(model),
            "model": model,
            "as_of": day,
            **{f"model.{name}": text for name, text in (overrides or {}).items()},
        }


def typed(amount: Fraction | int | bool) -> str:
    """A value as a reader types it; a fraction must have a short decimal."""
    if isinstance(amount, bool):
        return "yes" if amount else "no"
    scaled = Fraction(amount) * 10**12
    assert scaled.denominator == 1, f"{amount} has no short decimal"
    whole, part = divmod(int(scaled), 10**12)
    return f"{whole}.{part:012d}".rstrip("0").rstrip(".")


def bases(name: str) -> list[str]:
    """The prices that one is sold in proportion to, the nearest first: the same tokens sent plainly, then input."""
    marks = [mark for mark in ("long_", "batch_") if mark in name]
    kind = name.removeprefix("long_").removeprefix("batch_")
    plainer = ["".join(marks), *reversed(marks), ""]
    prices = ("input", "output", "cached_read", "cache_write", "extended_write", "cache_storage")
    kinds = [kind] if kind in ("input", "output") else [kind, "input"] if kind in prices else []
    return list(dict.fromkeys(f"{mark}{each}" for each in kinds for mark in plainer if f"{mark}{each}" != name))


class Prices:
    """What a model costs on one day, read from the facts text; `overrides` are the reader's own figures.

    What is sold in proportion to one of them and is not among them moves in the same ratio.
    """

    def __init__(
        self, facts: JsonObject, model: str, day: str, overrides: Mapping[str, str | Fraction] | None = None
    ) -> None:
        published = facts["collections"]["prices"][model]["facts"]
        self.figures: dict[str, Fraction] = {}
        for name, fact in published.items():
            values = [value for since, value in fact["values"] if since <= day]
            if values and fact["unit"] not in ("date", "text"):
                self.figures[name] = Fraction(values[-1])
        history = published.get("history_caching")
        self.keeps_history = bool(history) and history["values"][0][0] <= day
        self.replaced = {name: Fraction(text) for name, text in (overrides or {}).items()}
        for name, listed in self.figures.items():
            base = next((base for base in bases(name) if base in (overrides or {}) and self.figures.get(base)), None)
            if base and name not in (overrides or {}):
                self.replaced[name] = listed * Fraction((overrides or {})[base]) / self.figures[base]
        self.figures |= self.replaced

    def price(self, kind: str, *, batch: bool, long: bool) -> Fraction:
        """The price of a kind of token. A cache write without a price of its own is plain reading."""
        batched = "batch_" if batch and "batch_input" in self.figures else ""
        longer = "long_" if long else ""
        names = [f"{longer}{batched}{kind}"]
        names += [f"{longer}{batched}input"] if kind == "cache_write" else []
        return next(self.figures[name] for name in names if name in self.figures)


def request(work: Work, prices: Prices) -> Fraction:
    """One request on average: every turn of a conversation priced on its own, by the length of its own prompt.

    Where a conversation is cached as it grows, a turn in time reads the prompt before it; one that comes too late finds
    at most the fixed beginning.
    """
    figures = prices.figures
    fixed, least = work.instructions + work.examples * work.example_tokens, figures.get("smallest_prefix", 0)
    caching = work.caching and "cached_read" in figures
    keeps = caching and prices.keeps_history and work.turns > 1
    lifetime = figures.get("cache_minutes", Fraction(0))
    in_time = lifetime / (lifetime + work.pause) if lifetime else Fraction(0)
    total = Fraction(0)
    for turn in range(work.turns):
        earlier = turn * (work.user_text + work.answer)
        length = fixed + work.context + earlier + work.user_text
        long = "long_above" in figures and length > figures["long_above"]

        def price(kind: str, long: bool = long) -> Fraction:
            return prices.price(kind, batch=work.batch, long=long)

        prefix = fixed * price("input")
        if caching and fixed > 0 and fixed >= least:
            share_cached = work.found_cached
            prefix = fixed * (share_cached * price("cached_read") + (1 - share_cached) * price("cache_write"))
        cacheable, former = fixed + earlier + work.user_text, fixed + earlier - work.answer
        if keeps and cacheable >= least:
            if fixed < least:
                prefix = fixed * price("cache_write")
            late = prefix + (earlier + work.user_text) * price("cache_write")
            if turn and former >= least:
                hit = former * price("cached_read") + (cacheable - former) * price("cache_write")
                late = in_time * hit + (1 - in_time) * late
            total += late + work.context * price("input")
        else:
            total += prefix + (work.context + earlier + work.user_text) * price("input")
        total += (work.answer + work.reasoning) * price("output")
    return total / work.turns / 10**6


def month(work: Work, prices: Prices) -> Fraction:
    """A month of requests, repeated ones included."""
    return request(work, prices) * work.requests * (1 + work.repeated)


def months(
    work: Work, facts: JsonObject, model: str, day: str, overrides: Mapping[str, str] | None = None
) -> list[Fraction]:
    """Twelve calendar months. The first has the prices of the day itself, each later one those in force at its end.

    The reader's own figures, and what scales with them, hold in all of them.
    """
    now = Prices(facts, model, day, overrides)
    costs = [month(work, now)]
    for ahead in range(1, 12):
        number = int(day[:4]) * 12 + int(day[5:7]) - 1 + ahead
        costs.append(month(work, Prices(facts, model, f"{number // 12}-{number % 12 + 1:02d}-31", now.replaced)))
    return costs


def year(work: Work, facts: JsonObject, model: str, day: str, overrides: Mapping[str, str] | None = None) -> Fraction:
    """What the twelve months cost together."""
    return sum(months(work, facts, model, day, overrides), Fraction(0))


def payback(savings: list[Fraction], price: Fraction) -> Fraction | None:
    """After how many months savings have paid a price, month by month; all later months save what the last one does."""
    for place, saved in enumerate(savings):
        if saved > 0 and saved >= price:
            return place + price / saved
        price -= saved
    return len(savings) + price / savings[-1] if savings[-1] > 0 else None
