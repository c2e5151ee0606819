"""What caching has saved, and what more of it could save."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from calculators.domain.records import ModelPrice
from calculators.engine.numbers import (
    TOKENS_PER_MTOK,
    Number,
    bare_value,
    choose,
    known_or,
    largest,
    named,
    sum_of_numbers,
)
from calculators.engine.numbers.units import REQUESTS, TOKENS, USD
from calculators.prompting.traffic.inputs import Inputs
from calculators.prompting.traffic.logged.breaks import traffic_tokenizer_factor
from calculators.prompting.traffic.logged.measuring import TrafficMeasuring
from calculators.prompting.traffic.logged.tokens import TrafficTokens
from calculators.prompting.traffic.logged.use import LoggedTraffic
from calculators.prompting.traffic.priced import measured_traffic_tokens, traffic_rates_by_kind, traffic_sent_words
from calculators.readers.usage.request import BATCH
from calculators.readers.usage.sums.summary import CACHED_SIZE, SIZE, TIER

CACHED_KINDS = ("read", "write", "write_long")


def traffic_caching_saved(i: Inputs, use: LoggedTraffic, counter: TrafficMeasuring) -> Number:
    """What cached input cost less than uncached input, writing included (USD); negative where it cost more."""
    parts: list[Number] = []
    by_model = use.by_model()
    for model in i.priced:
        for (tier, is_long), tokens in sorted(by_model.get(model.id, {}).items()):
            rates = traffic_rates_by_kind(model, tier, is_long)
            counted = measured_traffic_tokens(counter, tokens, f" of {model.name}")
            parts += [
                counted[kind] * (rates["uncached"] - rates[kind]) / TOKENS_PER_MTOK
                for kind in CACHED_KINDS
                if kind in counted
            ]
    return named("Caching saved", sum_of_numbers(parts)) if parts else counter.measured("Nothing", 0, USD)


def traffic_cache_saving(i: Inputs, use: LoggedTraffic, counter: TrafficMeasuring) -> Number:
    """What reading the shared start from a cache would save where no request of a model reads any (USD).

    Where the texts are there, the start that prompts share was measured, and the first of them writes it. Else it is
    what is typed, and every request is taken to find it. At little traffic fewer do.
    """
    parts: list[Number] = []
    by_model = use.by_model()
    for model in i.priced:
        shared = shared_traffic_tokens(use, model)
        if shared:
            parts += [
                traffic_cache_saving_of_texts(model, counter, tier, is_long, *tokens)
                for (tier, is_long), tokens in sorted(shared.items())
            ]
        elif model.id in by_model:
            parts += traffic_cache_saving_of_start(i, use, counter, model)
    return named("Saved by caching the start", sum_of_numbers(parts)) if parts else counter.measured("Nothing", 0, USD)


def shared_traffic_tokens(use: LoggedTraffic, model: ModelPrice) -> dict[tuple[str, bool], tuple[int, int]]:
    """Tokens with which an earlier prompt to a model began as well, long enough for its cache, and their first times.

    They are given by their tier and whether they were in a long prompt; nothing where its cache is in use.
    """
    tokens: dict[tuple[str, bool], tuple[int, int]] = {}
    deciding = use.deciding(model)
    factor = traffic_tokenizer_factor(deciding)
    for cell, sums in use.cells():
        logged = use.model(cell)
        if logged is None or logged.id != model.id:
            continue
        if sums.read:
            return {}
        if sums.shared and use.is_cached(deciding, factor, cell[CACHED_SIZE]):
            key = cell[TIER], use.is_long(deciding, factor, cell[SIZE])
            again, first = tokens.get(key, (0, 0))
            tokens[key] = again + sums.shared, first + sums.shared_first
    return tokens


def traffic_cache_saving_of_texts(
    model: ModelPrice, counter: TrafficMeasuring, tier: str, is_long: bool, again: int, first: int
) -> Number:
    """What caching starts that were measured would save (USD), writing them once included."""
    rates = traffic_rates_by_kind(model, tier, is_long)
    read = counter.measured(f"Shared starts of {model.name}", again, TOKENS)
    written = counter.measured(f"Shared starts of {model.name}, the first time", first, TOKENS)
    saved = read * (rates["uncached"] - rates["read"]) - written * (rates["write"] - rates["uncached"])
    return saved / TOKENS_PER_MTOK


def traffic_cache_saving_of_start(
    i: Inputs, use: LoggedTraffic, counter: TrafficMeasuring, model: ModelPrice
) -> list[Number]:
    """What caching a fixed start of the typed length would save with a model (USD); nothing where it uses its cache."""
    by_tier: dict[str, tuple[TrafficTokens, int]] = {}
    for cell, sums in use.cells():
        logged, tier = use.model(cell), cell[TIER]
        if logged is not None and logged.id == model.id and tier != BATCH:
            tokens, requests = by_tier.get(tier, (TrafficTokens(), 0))
            tokens.add(sums)
            by_tier[tier] = tokens, requests + sums.requests
    if model.cached_read is None or any(tokens.read for tokens, _ in by_tier.values()):
        return []
    parts: list[Number] = []
    for tier, (tokens, requests) in sorted(by_tier.items()):
        if not requests:
            continue
        of = f" of {model.name}{traffic_sent_words(tier, False)}"
        counted = counter.measured(f"Requests{of}", requests, REQUESTS)
        uncached = counter.measured(f"Uncached input{of}", tokens.uncached, TOKENS)
        start = named(
            "Fixed start, once a request", choose(i.fixed_start * counted < uncached, i.fixed_start * counted, uncached)
        )
        worth = choose(i.fixed_start >= known_or(model.smallest_prefix, 0), start, 0 * start)
        rates = traffic_rates_by_kind(model, tier, False)
        parts.append(worth * largest(0, rates["uncached"] - rates["read"]) / TOKENS_PER_MTOK)
    return parts


def traffic_lifetime_saving(i: Inputs, use: LoggedTraffic, counter: TrafficMeasuring) -> Number | None:
    """What buying the longer lifetime of the cache would save (USD); negative where it would cost more.

    Tokens that were written again after a pause between the two lifetimes would have been read, and all that is still
    written costs the price of the longer lifetime. None where no conversation is named.
    """
    if not use.summary.turns:
        return None
    parts: list[Number] = []
    by_model = use.by_model()
    for model in i.priced:
        late = late_traffic_tokens(use, model)
        if not late:
            continue
        for (tier, is_long), tokens in sorted(by_model.get(model.id, {}).items()):
            usual, extended = (traffic_rates_by_kind(model, tier, is_long)[kind] for kind in ("write", "write_long"))
            read = traffic_rates_by_kind(model, tier, is_long)["read"]
            again = counter.measured(
                f"Written again by {model.name} after a pause", late.get((tier, is_long), 0), TOKENS
            )
            written = counter.measured(f"Written by {model.name}", tokens.write, TOKENS)
            parts.append((again * (extended - read) - written * (extended - usual)) / TOKENS_PER_MTOK)
    return named("Saved by a longer lifetime", sum_of_numbers(parts)) if parts else counter.measured("Nothing", 0, USD)


def late_traffic_tokens(use: LoggedTraffic, model: ModelPrice) -> dict[tuple[str, bool], int]:
    """Tokens that a model wrote again after a pause of more than its usual lifetime and at most the extended one.

    They are given by their tier and whether they were in a long prompt; nothing where no longer lifetime is sold.
    """
    usual, extended = (bare_value(minutes) for minutes in (model.cache_minutes, model.extended_minutes))
    tokens: dict[tuple[str, bool], int] = {}
    if usual is None or extended is None or bare_value(model.extended_write) is None:
        return tokens
    breaks = use.summary.pause_breaks
    shortest, longest = bisect_right(breaks, float(usual)), bisect_left(breaks, float(extended))
    deciding = use.deciding(model)
    for (name, provider, tier, size, pause), count in use.summary.late.items():
        logged = use.named_model(name, provider)
        if logged is not None and logged.id == model.id and shortest <= pause <= longest:
            key = tier, use.is_long(deciding, traffic_tokenizer_factor(deciding), size)
            tokens[key] = tokens.get(key, 0) + count
    return tokens
