"""The prices of tokens that hold for a request: in a batch or not, for a short prompt or a long one."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.billing.caching import cache_lifetime_sold
from calculators.domain.billing.tiers import FLEX, STANDARD, tier_multiple
from calculators.domain.records import ModelPrice
from calculators.engine.numbers import Condition, Number, bare_value, both, choose, is_known_number, known, known_or


@dataclass(frozen=True)
class TokenRates:
    """The four prices of one way of sending (USD per million tokens): up to the long-prompt tier or above it."""

    input: Number
    cached_read: Number
    cache_write: Number
    output: Number

    def times(self, multiple: Number, cached: Number) -> TokenRates:
        """Each price times a multiple; that of reading from the cache by one of its own."""
        return TokenRates(
            self.input * multiple, self.cached_read * cached, self.cache_write * multiple, self.output * multiple
        )


def token_rates(
    model: ModelPrice, batch: Condition, lifetime: str = "standard", tier: str = STANDARD
) -> tuple[TokenRates, TokenRates]:
    """The prices that hold for short and for long prompts; an unpublished one falls back to the next best.

    `lifetime` decides the price of writing to the cache, as in `domain.caching.LIFETIMES`; `tier`, where it is sold at
    a multiple of the standard price, multiplies every price.
    """
    short, long = _token_rates_standard_or_batch(model, batch, lifetime)
    multiple = tier_multiple(model, tier)
    if multiple is None:
        return short, long
    cached = known_or(model.flex_cached, multiple) if bare_value(tier) == FLEX else multiple
    return short.times(multiple, cached), long.times(multiple, cached)


def _token_rates_standard_or_batch(model: ModelPrice, batch: Condition, lifetime: str) -> tuple[TokenRates, TokenRates]:
    in_batch = both(batch, known(model.batch_input))

    def sent(batched: Number | None, standard: Number) -> Number:
        return choose(in_batch, known_or(batched, standard), standard)

    def written(usual: Number | None, extended: Number | None) -> Number | None:
        price = extended if is_extended and is_known_number(extended) else usual
        # Both branches are the same: the working names the lifetime that was asked for.
        return choose(lifetime == bare_value(lifetime), price, price) if is_known_number(price) else price

    is_extended = cache_lifetime_sold(model, lifetime) == "extended"
    read = known_or(model.cached_read, model.input)
    write = known_or(written(model.cache_write, model.extended_write), model.input)
    # Without any cached price a prefix costs what the rest costs, in a batch and in a long prompt as well.
    has_cached = is_known_number(model.cached_read)
    batch_read = model.batch_cached_read if has_cached else known_or(model.batch_cached_read, model.batch_input)
    batch_write = written(model.batch_cache_write, model.batch_extended_write)
    short = TokenRates(
        sent(model.batch_input, model.input),
        sent(batch_read, read),
        sent(known_or(batch_write, known_or(model.batch_input, model.input)), write),
        sent(model.batch_output, model.output),
    )
    if not is_known_number(model.long_above):
        return short, short
    long_input = known_or(model.long_input, model.input)
    long_batch_write = written(model.long_batch_cache_write, model.long_batch_extended_write)
    has_cached = has_cached or is_known_number(model.long_cached_read)
    long_batch_read = (
        model.long_batch_cached_read
        if has_cached
        else known_or(model.long_batch_cached_read, known_or(model.long_batch_input, long_input))
    )
    long = TokenRates(
        sent(model.long_batch_input, long_input),
        sent(long_batch_read, known_or(model.long_cached_read, read if has_cached else long_input)),
        sent(
            known_or(long_batch_write, known_or(model.long_batch_input, long_input)),
            known_or(written(model.long_cache_write, model.long_extended_write), long_input),
        ),
        sent(model.long_batch_output, known_or(model.long_output, model.output)),
    )
    return short, long
