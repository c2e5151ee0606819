"""The sizes at which the price of some model changes, so that sums by size hold all that a price depends on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from calculators.domain.records import ModelPrice
from calculators.domain.records.model_names import model_of_logged_name
from calculators.engine.answering.counting import Count
from calculators.engine.facts import Facts
from calculators.engine.numbers import bare_value
from calculators.readers.usage.intake import UsageIntake
from calculators.readers.usage.prompts.counting import UsagePromptCounting
from calculators.readers.usage.recognition import USAGE_FORMATS
from calculators.readers.usage.sums.summary import usage_summary_from_json

RECOGNIZED = "recognized"
"""What is picked in place of a format, so that each row decides."""

SHORT_PROMPTS = (500, 1000, 2000, 4000, 8000)
"""The tokens up to which a reader can call a prompt short."""

SIZE_CLASSES = (*SHORT_PROMPTS, 16_000, 32_000, 64_000, 128_000, 256_000)
"""The sizes of prompts that are told apart, whether a price changes there or not."""

UNKNOWN_FACTOR = Decimal(1)
"""Tokens for each token of o200k where nobody has published a comparison."""


@dataclass(frozen=True, slots=True)
class Breaks:
    """Sizes in tokens as they were logged: a prompt above one of `sizes`, or a cached prefix of at least one of
    `cached`, is priced differently by some model, or told apart by a reader. `pauses` are the lifetimes of caches in
    minutes, of models that sell a longer one."""

    sizes: tuple[int, ...]
    cached: tuple[int, ...]
    pauses: tuple[float, ...]


def traffic_tokenizer_factor(model: ModelPrice | None) -> Decimal:
    """Tokens that a model makes for each token of o200k."""
    return (model and model.tokenizer_factor) or UNKNOWN_FACTOR


def traffic_break_of_limit(limit: Decimal, priced: Decimal, logged: Decimal) -> int:
    """A limit in a model's own tokens as the largest prompt below it in the tokens of the model that was logged.

    >>> traffic_break_of_limit(Decimal(1300), Decimal("1.3"), Decimal(1))
    1000
    """
    return math.floor(limit * logged / priced)


def traffic_break_of_least(limit: Decimal, priced: Decimal, logged: Decimal) -> int:
    """The least prefix in logged tokens that reaches a limit in a model's own tokens."""
    return math.ceil(limit * logged / priced)


def traffic_price_breaks(market: Iterable[ModelPrice]) -> Breaks:
    """All sizes at which the price of a listed model changes, for a log of any of them."""
    models = list(market)
    factors = {UNKNOWN_FACTOR, *map(traffic_tokenizer_factor, models)}
    sizes: set[int] = set(SIZE_CLASSES)
    cached: set[int] = set()
    pauses: set[float] = set()
    for model in models:
        factor = traffic_tokenizer_factor(model)
        for limit in (model.long_above, model.context_window):
            if limit is not None:
                sizes |= {traffic_break_of_limit(limit, factor, logged) for logged in factors}
        if model.smallest_prefix is not None:
            cached |= {traffic_break_of_least(model.smallest_prefix, factor, logged) for logged in factors}
        lifetimes = [bare_value(minutes) for minutes in (model.cache_minutes, model.extended_minutes)]
        if None not in lifetimes:
            pauses |= {float(minutes) for minutes in lifetimes if minutes is not None}
    return Breaks(tuple(sorted(sizes)), tuple(sorted(cached)), tuple(sorted(pauses)))


def logged_traffic_price_breaks(facts: Facts) -> Breaks:
    """The sizes at which prices change by the facts of a build."""
    return facts.computed_once("price breaks", lambda: traffic_price_breaks(priced_traffic_models(facts)))


def priced_traffic_models(facts: Facts) -> tuple[ModelPrice, ...]:
    """Every model with a price on the day of the facts, those that only logs still name included."""
    return tuple(
        model
        for collection in ("prices", "older_prices")
        for model in facts.records(collection, ModelPrice, facts.as_of).values()
    )


def open_traffic_reader(facts: Facts, format: str = RECOGNIZED) -> UsageIntake:
    """What reads logs for these facts; `format` is the one that was picked for all of them, if one was."""
    breaks = logged_traffic_price_breaks(facts)
    market = priced_traffic_models(facts)
    prompts = traffic_prompt_counter(facts.count_tokens, market).open() if facts.count_tokens else None
    only = format if format in USAGE_FORMATS else ""
    return UsageIntake(breaks.sizes, breaks.cached, breaks.pauses, only, prompts)


@dataclass(frozen=True)
class TrafficPromptCounter:
    """What counts prompts in the tokens of the models that they were meant for; equal where it counts the same."""

    count: Count
    factors: tuple[tuple[str, Decimal], ...]
    market: Sequence[ModelPrice] = field(compare=False)

    def open(self) -> UsagePromptCounting:
        """Begins the counting of some files."""
        factors: dict[tuple[str, str], Decimal] = {}

        def factor(name: str, provider: str) -> Decimal:
            if (name, provider) not in factors:
                factors[name, provider] = traffic_tokenizer_factor(
                    model_of_logged_name(name, provider, self.market) if name else None
                )
            return factors[name, provider]

        return UsagePromptCounting(self.count, factor)


def traffic_prompt_counter(count: Count, market: Sequence[ModelPrice]) -> TrafficPromptCounter:
    """What counts with the exact factors of the models of a market."""
    return TrafficPromptCounter(count, tuple((model.id, traffic_tokenizer_factor(model)) for model in market), market)


def traffic_summary_refusal(text: str, facts: Facts) -> str:
    """What is wrong with the text of a summary; nothing where it was made for these facts."""
    try:
        summary = usage_summary_from_json(text)
    except (ValueError, TypeError, KeyError, AttributeError):
        return "Your logs must be files of requests: a summary of them cannot be typed"
    breaks = logged_traffic_price_breaks(facts)
    if (summary.breaks, summary.cached_breaks, summary.pause_breaks) != (breaks.sizes, breaks.cached, breaks.pauses):
        return "Your logs were read with other prices: choose the files again"
    if summary.picked and summary.rows and not summary.formats:
        label = USAGE_FORMATS[summary.picked].label
        return f"None of your logs has a row in the format “{label}”: pick another one, or “recognized automatically”"
    return ""
