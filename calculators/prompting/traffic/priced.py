"""Prices the tokens of logs: on the models that they went to, on any other, and at the prices of their own days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from calculators.domain.billing.caching import cache_lifetime_sold
from calculators.domain.billing.rates import token_rates
from calculators.domain.records import ModelPrice
from calculators.engine.facts.history import RecordHistory
from calculators.engine.numbers import (
    TOKENS_PER_MTOK,
    Number,
    bare_value,
    choose,
    is_known_number,
    known_or,
    named,
    sum_of_numbers,
)
from calculators.engine.numbers.units import TOKENS, USD, USD_PER_MTOK
from calculators.prompting.traffic.inputs import Inputs
from calculators.prompting.traffic.logged.breaks import traffic_tokenizer_factor
from calculators.prompting.traffic.logged.measuring import TrafficMeasuring
from calculators.prompting.traffic.logged.tokens import TrafficTokens
from calculators.prompting.traffic.logged.use import ALL, LoggedTraffic, Selection, traffic_iso_day
from calculators.readers.usage.request import BATCH, STANDARD
from calculators.readers.usage.sums.summary import DAY, SIZE, TIER

OWN_TOKENIZER = "o200k"
"""The tokenizer that counts here, by its name among the facts."""

KINDS = {
    "uncached": "Uncached input",
    "read": "Input read from the cache",
    "write": "Input written to the cache",
    "write_long": "Input written to the cache for an hour",
    "output": "Output",
    "unanswered": "Answers that are not logged",
}
"""What is paid for, by its name among the tokens."""


def traffic_rates_by_kind(model: ModelPrice, tier: str, is_long: bool) -> dict[str, Number]:
    """The price of each kind of token at a tier (USD per million); the standard one where no other is known."""
    usual = token_rates(model, tier == BATCH, tier=tier)[is_long]
    is_extended = cache_lifetime_sold(model, "extended") == "extended"
    extended = token_rates(model, tier == BATCH, "extended", tier)[is_long] if is_extended else usual
    return {
        "uncached": usual.input,
        "read": usual.cached_read,
        "write": usual.cache_write,
        "write_long": extended.cache_write,
        "output": usual.output,
        "unanswered": usual.output,
    }


def traffic_tokens_cost(tokens: Mapping[str, Number], rates: Mapping[str, Number]) -> list[Number]:
    """The cost of each kind of token (USD), in order; kinds without tokens are left out."""
    return [tokens[kind] * rates[kind] / TOKENS_PER_MTOK for kind in KINDS if kind in tokens]


def measured_traffic_tokens(counter: TrafficMeasuring, tokens: TrafficTokens, of: str) -> dict[str, Number]:
    """Counted tokens as numbers of the run, each with its name."""
    counts = {
        kind: counter.measured(f"{KINDS[kind]}{of}", count, TOKENS) for kind, count in tokens.counts.items() if count
    }
    if tokens.unanswered:
        counts["unanswered"] = counter.answers(f"Requests without an answer{of}", tokens.unanswered)
    return counts


def traffic_model_cost(
    counter: TrafficMeasuring, model: ModelPrice, groups: Mapping[tuple[str, bool], TrafficTokens]
) -> Number:
    """What the requests to a model cost at its prices (USD)."""
    parts: list[Number] = []
    for (tier, is_long), tokens in sorted(groups.items()):
        of = f" of {model.name}" + traffic_sent_words(tier, is_long)
        parts += traffic_tokens_cost(
            measured_traffic_tokens(counter, tokens, of), traffic_rates_by_kind(model, tier, is_long)
        )
    return named(model.name, sum_of_numbers(parts)) if parts else counter.measured(model.name, 0, USD)


def traffic_sent_words(tier: str, is_long: bool) -> str:
    """How tokens were sent, behind what they are called; nothing for short prompts at the standard tier.

    >>> traffic_sent_words("batch", True), traffic_sent_words("flex", False)
    (' in a batch in long prompts', ' at the flex tier')
    """
    sent = {STANDARD: "", BATCH: " in a batch"}.get(tier, f" at the {tier} tier")
    return sent + (" in long prompts" if is_long else "")


def traffic_tokenizer_doubt(i: Inputs, use: LoggedTraffic, counter: TrafficMeasuring) -> Number:
    """By how much the cost of prompts that were counted here can be off (USD), as other tokenizers differ.

    Nothing where every prompt was counted by those who sold it, or with the model's own tokenizer.
    """
    models = {model.id: model for model in i.priced}
    parts: list[Number] = []
    for id, groups in use.by_model().items():
        for (tier, is_long), tokens in sorted(groups.items()):
            if tokens.counted and models[id].tokenizer != OWN_TOKENIZER:
                counted = counter.measured(f"Counted here for {models[id].name}", tokens.counted, TOKENS)
                parts.append(counted * traffic_rates_by_kind(models[id], tier, is_long)["uncached"] / TOKENS_PER_MTOK)
    return (
        named("In doubt", sum_of_numbers(parts) * i.tokenizer_spread) if parts else counter.measured("Nothing", 0, USD)
    )


@dataclass(slots=True)
class Elsewhere:
    """The same requests on another model: their cost (USD), and the share of tokens that its window cannot hold."""

    cost: Number
    beyond_window: Decimal


def traffic_cost_elsewhere(
    counter: TrafficMeasuring,
    use: LoggedTraffic,
    model: ModelPrice,
    market: Sequence[ModelPrice],
    selection: Selection = ALL,
) -> Elsewhere:
    """What logged requests cost on one model, each with its own size, tokens converted by the tokenizers' factors.

    A cached prefix that is too short for another model's cache, or that it has no price for, is paid as uncached.
    """
    groups: dict[tuple[Decimal, str, bool, bool], TrafficTokens] = {}
    beyond = total = 0
    bare = use.deciding(model)
    for size, tokens in use.size_classes(selection).items():
        key = (
            size.factor,
            size.tier,
            use.is_long(bare, size.factor, size.size),
            size.model == model.id or use.is_cached(bare, size.factor, size.cached_size),
        )
        groups.setdefault(key, TrafficTokens()).merge(tokens)
        total += tokens.all
        beyond += tokens.all if use.is_beyond_window(bare, size.factor, size.size) else 0
    by_id = {listed.id: listed for listed in market}
    parts: list[Number] = []
    for (factor, tier, is_long, is_cached), tokens in sorted(groups.items()):
        if not is_cached:
            tokens = replace(tokens, uncached=tokens.all - tokens.output, read=0, write=0, write_long=0)
        of = traffic_sent_words(tier, is_long)
        counted = measured_traffic_tokens(counter, tokens, f"{of}, tokenizer factor {factor}" if factor != 1 else of)
        made = by_id[use.factor_models[factor]].tokenizer_factor if factor in use.factor_models else None
        converted = {
            kind: number * known_or(model.tokenizer_factor, 1) / known_or(made, 1) for kind, number in counted.items()
        }
        parts += traffic_tokens_cost(converted, traffic_rates_by_kind(model, tier, is_long))
    cost: Number = sum_of_numbers(parts) if parts else counter.measured("Nothing", 0, USD)
    longest, cached = use.largest_sizes
    if is_known_number(model.long_above):  # both branches are one: the working names what decided
        is_longer = counter.measured("Longest prompt in the logs", longest, TOKENS) > model.long_above
        cost = choose(is_longer, cost, cost)
    if is_known_number(model.smallest_prefix):
        is_long_enough = counter.measured("Cached part of a prompt, mean", cached, TOKENS) >= model.smallest_prefix
        cost = choose(is_long_enough, cost, cost)
    return Elsewhere(cost, Decimal(beyond) / total if total else Decimal(0))


@dataclass(slots=True)
class UndatedUse:
    """Requests to a model without a price of their days: the known days, and the tokens as a price divides them."""

    days: set[int] = field(default_factory=set)
    requests: int = 0
    tokens: dict[tuple[str, bool], TrafficTokens] = field(default_factory=dict)


@dataclass(slots=True)
class PastCost:
    """What requests cost at the prices of their own days (USD), and those of days without a price.

    `undated` has them by the id of the model, where that has a price today. `answers` are what a million tokens for
    each answer of a day cost that is not logged.
    """

    cost: Decimal = Decimal(0)
    priced: int = 0
    undated: dict[str, UndatedUse] = field(default_factory=dict)
    by_day: dict[int, dict[str, Decimal]] = field(default_factory=dict)
    answers: dict[int, Decimal] = field(default_factory=dict)


def traffic_cost_at_the_time(use: LoggedTraffic, history: RecordHistory) -> PastCost:
    """The cost at list prices of each day; a day before the first known price, or after the last, is without one."""
    past = PastCost()
    for cell, sums in use.cells():
        model, day = use.model(cell), cell[DAY]
        tokens = TrafficTokens()
        tokens.add(sums)
        then = None if model is None or day is None else history.record_on(model.id, traffic_iso_day(day))
        if (
            then is None
            or then.input is None
            or then.output is None
            or _traffic_lacks_batch_price(then, model, cell[TIER])
        ):
            if model is not None:
                undated = past.undated.setdefault(model.id, UndatedUse())
                undated.requests += sums.requests
                undated.days |= {day} if day is not None else set()
                key = cell[TIER], use.is_long(model, traffic_tokenizer_factor(model), cell[SIZE])
                undated.tokens.setdefault(key, TrafficTokens()).merge(tokens)
            continue
        past.priced += tokens.all
        rates = traffic_rates_by_kind(then, cell[TIER], use.is_long(then, traffic_tokenizer_factor(then), cell[SIZE]))
        parts = past.by_day.setdefault(day or 0, dict.fromkeys(KINDS, Decimal(0)))
        past.answers[day or 0] = past.answers.get(day or 0, Decimal(0)) + tokens.unanswered * bare_value(
            rates["output"]
        )
        for kind, count in tokens.counts.items():
            cost = count * bare_value(rates[kind]) / bare_value(TOKENS_PER_MTOK)
            parts[kind] += cost
            past.cost += cost
    return past


def traffic_cost_of_undated(i: Inputs, past: PastCost, counter: TrafficMeasuring) -> Number | None:
    """What requests without a price of their day cost at today's prices (USD); None where there are none."""
    models = {model.id: model for model in i.priced}
    costs = [traffic_model_cost(counter, models[id], undated.tokens) for id, undated in sorted(past.undated.items())]
    return sum_of_numbers(costs) if costs else None


def _traffic_lacks_batch_price(then: ModelPrice, now: ModelPrice | None, tier: str) -> bool:
    """Whether requests went in a batch whose price is known by now, and was not on their day."""
    return tier == BATCH and then.batch_input is None and now is not None and now.batch_input is not None


def traffic_cost_of_the_past(i: Inputs, past: PastCost, counter: TrafficMeasuring) -> Number:
    """The cost at the prices of the days (USD), with the answers that are not logged."""
    cost = counter.measured("Cost at the prices of their days", past.cost, USD)
    answers = sum_of_numbers(past.answers.values(), Decimal(0))
    if not answers:
        return cost
    rate = counter.measured("A million tokens for each answer that is not logged", bare_value(answers), USD_PER_MTOK)
    return cost + rate * i.answer / TOKENS_PER_MTOK
