"""What the logs hold, by the model that each request went to and by everything that its price depends on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from calculators.domain.records import ModelPrice
from calculators.domain.records.model_names import model_of_logged_name
from calculators.engine.numbers import bare_value
from calculators.prompting.traffic.logged.breaks import (
    traffic_break_of_least,
    traffic_break_of_limit,
    traffic_tokenizer_factor,
)
from calculators.prompting.traffic.logged.tokens import TrafficTokens
from calculators.readers.usage.sums.quantiles import middle_of_usage_bucket
from calculators.readers.usage.sums.summary import (
    CACHED_SIZE,
    DAY,
    MODEL,
    PROVIDER,
    SIZE,
    TIER,
    Cell,
    Sums,
    UsageSummary,
)

FIRST_DAY = date(1970, 1, 1)
FEWEST_DAYS_OF_PARTS = 3
"""From so many days on, the first and the last are left out of a rate: they are seldom whole."""


@dataclass(frozen=True, slots=True)
class SizeClass:
    """Requests that every model prices alike: the model that they went to, its tokenizer's factor, and their sizes."""

    model: str
    factor: Decimal
    size: int
    cached_size: int
    tier: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Some of the logged requests: of these days, to one model, with prompts of up to so many tokens, with a price,
    with a logged cost; None leaves a condition out. Rows that do not say how many requests they sum up have no size."""

    days: frozenset[int] | None = None
    model: str | None = None
    up_to: int | None = None
    priced: bool = False
    logged: bool = False


ALL = Selection()


class LoggedTraffic:
    """A summary of logs beside the models of the market, with exact limits; names that fit none are without a price."""

    def __init__(self, summary: UsageSummary, market: Sequence[ModelPrice]) -> None:
        self.summary, self.market = summary, market
        self._classes: dict[Selection, dict[SizeClass, TrafficTokens]] = {}
        self._models: dict[tuple[str, str], ModelPrice | None] = {}
        self._by_id = {model.id: model for model in self.market}
        self.factor_models = {traffic_tokenizer_factor(model): model.id for model in reversed(self.market)}

    def deciding(self, model: ModelPrice) -> ModelPrice:
        """What decides how requests are priced on a model: its listed limits, and those that the reader typed.

        Another factor of the tokenizer moves the tokens, and leaves the boundaries where they are listed.
        """
        listed = self._by_id.get(model.id)
        if listed is None:
            return exact_traffic_limits(model)
        typed = [name for name in LIMITS if name != "tokenizer_factor" and model.is_replaced(name)]
        changes: dict[str, Any] = {name: exact_traffic_figure(getattr(model, name)) for name in typed}
        return replace(listed, **changes) if changes else listed

    def model(self, cell: Cell) -> ModelPrice | None:
        """The model of a cell, by the name and the provider that were logged."""
        return self.named_model(cell[MODEL], cell[PROVIDER])

    def named_model(self, name: str, provider: str) -> ModelPrice | None:
        """The model that a log calls by a name."""
        if (name, provider) not in self._models:
            self._models[name, provider] = model_of_logged_name(name, provider, self.market) if name else None
        return self._models[name, provider]

    def cells(self, selection: Selection = ALL) -> Iterator[tuple[Cell, Sums]]:
        """The cells of the selected requests."""
        days, up_to = selection.days, selection.up_to
        largest = None if up_to is None else bisect_left(self.summary.breaks, up_to)
        for cell, sums in self.summary.cells.items():
            is_selected = days is None or cell[DAY] in days
            is_selected &= largest is None or 0 <= cell[SIZE] <= largest
            is_selected &= not selection.logged or 0 < sums.requests == sums.with_cost
            if is_selected and (selection.priced or selection.model is not None):
                model = self.model(cell)
                is_selected = model is not None and selection.model in (None, model.id)
            if is_selected:
                yield cell, sums

    @cached_property
    def days(self) -> tuple[int, int] | None:
        """The first and the last day, since 1970; None where no row has a time."""
        known = [cell[DAY] for cell in self.summary.cells if cell[DAY] is not None]
        return (min(known), max(known)) if known else None

    @cached_property
    def whole_days(self) -> frozenset[int]:
        """The days that a rate is taken from: all between the first and the last, or these too where they are few.

        Reports by the day have no parts of days.
        """
        if self.days is None:
            return frozenset()
        first, last = self.days
        has_parts = self.summary.active_hours > 0 and last - first + 1 >= FEWEST_DAYS_OF_PARTS
        return frozenset(range(first + has_parts, last + 1 - has_parts))

    def sums(self, selection: Selection = ALL) -> Sums:
        """The sums of the selected requests."""
        total = Sums()
        for _, sums in self.cells(selection):
            for kind in fields(Sums):
                setattr(total, kind.name, getattr(total, kind.name) + getattr(sums, kind.name))
        return total

    def has_costs_of_requests(self) -> bool:
        """Whether all logged costs are those of requests, none of them a bill's that names no requests."""
        return not any(sums.cost and not sums.requests for sums in self.summary.cells.values())

    def by_model(self, selection: Selection = ALL) -> dict[str, dict[tuple[str, bool], TrafficTokens]]:
        """The tokens of each model with a price, by id, and by their tier and whether they were in a long prompt."""
        priced: dict[str, dict[tuple[str, bool], TrafficTokens]] = {}
        for cell, sums in self.cells(selection):
            model = self.model(cell)
            if model is not None:
                key = cell[TIER], self.is_long(model, traffic_tokenizer_factor(model), cell[SIZE])
                priced.setdefault(model.id, {}).setdefault(key, TrafficTokens()).add(sums)
        return dict(sorted(priced.items()))

    def size_classes(self, selection: Selection = ALL) -> dict[SizeClass, TrafficTokens]:
        """The tokens by all that a price on another model depends on; kept, as a ranking asks for each model."""
        if selection in self._classes:
            return self._classes[selection]
        classes: dict[SizeClass, TrafficTokens] = self._classes.setdefault(selection, {})
        for cell, sums in self.cells(selection):
            model = self.model(cell)
            id = model.id if model else ""
            key = SizeClass(id, traffic_tokenizer_factor(model), cell[SIZE], cell[CACHED_SIZE], cell[TIER])
            classes.setdefault(key, TrafficTokens()).add(sums)
        return classes

    def unpriced(self) -> dict[str, int]:
        """The tokens of each logged name without a price."""
        tokens: dict[str, int] = {}
        for cell, sums in self.cells():
            if self.model(cell) is None:
                counted = TrafficTokens()
                counted.add(sums)
                tokens[cell[MODEL]] = tokens.get(cell[MODEL], 0) + counted.all
        return dict(sorted(tokens.items(), key=lambda entry: (-entry[1], entry[0])))

    def number_of_days(self) -> int:
        """The days on which a request is known to have been sent."""
        return len({cell[DAY] for cell in self.summary.cells if cell[DAY] is not None})

    @cached_property
    def largest_sizes(self) -> tuple[int, int]:
        """The longest prompt, to a hundredth, and what is cached of a prompt on average (tokens)."""
        sums, inputs = self.sums(), self.summary.inputs
        longest = round(middle_of_usage_bucket(max(inputs))) if inputs else 0
        return longest, (sums.read + sums.write) // max(1, sums.requests)

    def unpriced_tokens(self) -> int:
        """The tokens of all names without a price."""
        tokens = 0
        for count in self.unpriced().values():
            tokens += count
        return tokens

    def turns(self) -> tuple[int, int]:
        """The requests that belong to a conversation, and the conversations."""
        requests = conversations = 0
        for bucket, count in self.summary.turns.items():
            requests += round(middle_of_usage_bucket(bucket)) * count
            conversations += count
        return requests, conversations

    def is_long(self, model: ModelPrice, factor: Decimal, size: int) -> bool:
        """Whether prompts of a size, counted with a factor, pay the price of long ones on a model."""
        return model.long_above is not None and self._exceeds(model, model.long_above, factor, size)

    def is_beyond_window(self, model: ModelPrice, factor: Decimal, size: int) -> bool:
        """Whether prompts of a size are longer than a model's context window."""
        return model.context_window is not None and self._exceeds(model, model.context_window, factor, size)

    def is_cached(self, model: ModelPrice, factor: Decimal, cached_size: int) -> bool:
        """Whether prefixes of a size are long enough for the cache of a model that has a price for it."""
        if model.cached_read is None:
            return False
        if model.smallest_prefix is None:
            return True
        least = traffic_break_of_least(model.smallest_prefix, traffic_tokenizer_factor(model), factor)
        return cached_size > bisect_left(self.summary.cached_breaks, least)

    def _exceeds(self, model: ModelPrice, limit: Decimal, factor: Decimal, size: int) -> bool:
        logged = traffic_break_of_limit(limit, traffic_tokenizer_factor(model), factor)
        return size > bisect_left(self.summary.breaks, logged)


LIMITS = ("long_above", "context_window", "smallest_prefix", "cached_read", "tokenizer_factor")
"""The figures of a model that decide how requests are priced."""


def exact_traffic_limits(model: ModelPrice) -> ModelPrice:
    """A model of any run with exact limits, as what is compared with them are whole numbers."""
    exact: dict[str, Any] = {name: exact_traffic_figure(getattr(model, name)) for name in LIMITS}
    return replace(model, schedule=(), **exact)


def exact_traffic_figure(number: object) -> Decimal | None:
    """A number of any run as an exact one; a text takes it out of a run with floats."""
    bare = bare_value(number)
    return bare if bare is None or isinstance(bare, Decimal) else Decimal(str(bare))


def traffic_iso_day(day: int) -> str:
    """A day since 1970 as text.

    >>> traffic_iso_day(20762)
    '2026-11-05'
    """
    return (FIRST_DAY + timedelta(days=day)).isoformat()
