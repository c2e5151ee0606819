"""An agent's loop priced in closed form: tests hold it equal to a bill that goes through the steps one by one.

Step k sends the instructions and tools S, the task Q, and what the k − 1 steps before it added, g each; so its prompt
has S + Q + (k − 1)g tokens. A step that comes in time reads the prompt of the step before it from the cache and writes
what is new. One that comes too late finds at most S, which other tasks may have kept alive, and one whose cache was
broken finds nothing; both write the rest anew.

Where a prompt would grow beyond a threshold, one more request reads it and writes a summary, and the steps go on from
S + Q + summary. Where old results of tools are cleared instead, the step that does so reads S + Q and writes the rest.
A model that takes a share p of the steps, drawn at random, has a cache of its own: at each of its steps it writes what
the steps since its last one added, so over many steps it writes all of it once.

Source of the rules: the providers' pages on prompt caching, on compaction and on context editing.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from calculators.domain.billing.loops.cache import Round, StepCache, loop_step_cache
from calculators.domain.billing.loops.clearing import ClearedPrompts
from calculators.domain.billing.loops.context import LoopContext
from calculators.domain.billing.loops.steps import LoopSpan
from calculators.domain.billing.loops.usage import LoopUsage, LoopUsageByKind, loop_cost_by_kind
from calculators.domain.billing.rates import TokenRates, token_rates
from calculators.domain.records import ModelPrice
from calculators.engine.numbers import (
    Number,
    Share,
    both,
    ceil,
    choose,
    is_known_number,
    largest,
    named,
    quotient,
    smallest,
    whole_number,
)
from calculators.engine.numbers.units import TOKENS

REMEMBERED = 512
"""How many loops are remembered: those of a ranking of all models, and of the changes beside it."""


def priced_loop(model: ModelPrice, loop: LoopContext, sending: Round, part: Share | int = 1) -> LoopUsage:
    """What a task uses on average of a model that takes the share `part` of its steps.

    Exact runs remember it: with a figure of one model changed, the loops of all others are as they were.
    """
    if type(loop.growth) is type(part) is Decimal:  # equal floats would find what is exact
        return _loop_remembered_usage(model, loop, sending, part)
    return _usage_of_loop_steps(model, loop, sending, part)


@lru_cache(REMEMBERED)
def _loop_remembered_usage(model: ModelPrice, loop: LoopContext, sending: Round, part: Share) -> LoopUsage:
    return _usage_of_loop_steps(model, loop, sending, part)


def _usage_of_loop_steps(model: ModelPrice, loop: LoopContext, sending: Round, part: Share | int) -> LoopUsage:
    cache = loop_step_cache(model, loop.prefix, sending)
    short, long = token_rates(model, sending.batch, sending.traffic.lifetime, sending.tier)
    tiers = (short, long, model.long_above)
    if loop.cleared is not None:
        return _cleared_loop_usage(loop, loop.cleared, cache, tiers, part).named("of a task")
    first = LoopSpan(start=0, period=0, low=0, high=loop.first_run)
    usage = _loop_run_usage(loop, cache, first, loop.first, cache.found, tiers, part)
    if loop.compaction is False:
        return usage.named("of a task")
    again = LoopSpan(start=loop.first_run, period=loop.later_run, low=0, high=loop.later_run)
    later = _loop_run_usage(loop, cache, again, loop.compacted, choose(cache.prefix, 1, 0), tiers, part)
    return usage.plus(later).plus(loop_compaction_usage(model, loop, sending, part)).named("of a task")


def _cleared_loop_usage(
    loop: LoopContext,
    cleared: ClearedPrompts,
    cache: StepCache,
    tiers: tuple[TokenRates, TokenRates, Number | None],
    part: Share | int,
) -> LoopUsage:
    """What the steps use where old results are cleared: at prices of short prompts, and the others at those of long."""
    short, long, limit = tiers
    every = _cleared_loop_tokens(loop, cleared, cache, cleared.ceiling, part)
    if not is_known_number(limit):
        return _cleared_loop_bill(*every, short)
    below = _cleared_loop_tokens(loop, cleared, cache, limit, part)
    above = (every[0].less(below[0]), every[1] - below[1])
    return _cleared_loop_bill(*below, short).plus(_cleared_loop_bill(*above, long))


def _cleared_loop_bill(tokens: LoopUsageByKind, requests: Number, rates: TokenRates) -> LoopUsage:
    return LoopUsage(tokens, loop_cost_by_kind(tokens, rates), requests)


def _cleared_loop_tokens(
    loop: LoopContext, cleared: ClearedPrompts, cache: StepCache, longest: Number, part: Share | int
) -> tuple[LoopUsageByKind, Number]:
    """The tokens of all steps whose prompt is no longer, and how many steps that are.

    The first step of a run writes its whole prompt but for what stood before the first result, and the model's own
    steps after it what is new since its last one; see `_loop_span_usage`.
    """
    token = whole_number(1, "a token", TOKENS, loop.growth)
    least = choose(cache.sold, cache.least + 0 * token, cleared.ceiling)
    requests = named("Steps at these prices", part * cleared.taken(0, longest))
    prompts = named("Tokens of all prompts", part * cleared.tokens(0, longest, token))
    taken = named("Steps long enough", cleared.taken(least, longest))
    cached = named("Tokens of cached prompts", part * cleared.tokens(least, longest, token))
    fading = named("Steps without one before", cleared.begun(least, longest, 1 - part, 0))
    begun = named("Steps at which a cache begins", part * fading)
    again = named("Those after a clearing", part * cleared.begun(least, longest, 1 - part, 1))
    beginnings = named("Tokens of first prompts", part * cleared.begun_tokens(least, longest, 1 - part, token))
    fresh = named("Tokens new to the cache", loop.growth * (taken - fading) + beginnings)
    stable = choose(loop.first >= least, loop.first, 0 * loop.first)
    found = cache.found * loop.prefix
    held = cache.in_time * (cached - fresh) + cache.late * found * (part * taken - begun)
    kept = named("Read of a cleared history", (cache.in_time * stable + cache.late * found) * again)
    read = named("Tokens read from the cache", held + found * (begun - again) + kept)
    return (
        LoopUsageByKind(prompts - cached, read, cached - read, requests * loop.answer, requests * loop.reasoning),
        requests,
    )


def loop_compaction_usage(model: ModelPrice, loop: LoopContext, sending: Round, part: Share | int = 1) -> LoopUsage:
    """What the requests for a summary use: each reads the whole prompt, most of it from the cache."""
    cache = loop_step_cache(model, loop.prefix, sending)
    short, long = token_rates(model, sending.batch, sending.traffic.lifetime, sending.tier)
    begun, again = loop.first_run, loop.later_run
    earliest = loop.steps.taken(LoopSpan(start=0, period=0, low=begun, high=begun + 1))
    every = loop.steps.taken(LoopSpan(start=begun, period=again, low=0, high=1))
    first = named("First compactions", choose(loop.compaction, earliest, 0))
    more = named("Further compactions", choose(loop.compaction, every - earliest, 0))
    prompts = (
        named("Prompt before the first compaction", loop.first + loop.growth * begun),
        named("Prompt before a later one", loop.compacted + loop.growth * again),
    )
    usages = []
    for requests, prompt in zip((first, more), prompts, strict=True):
        rates = _loop_rates_by_length((short, long, model.long_above), prompt + loop.asking)
        tokens = _loop_compaction_tokens(loop, cache, prompt, part).named("of a summary").times(requests)
        usages.append(LoopUsage(tokens, loop_cost_by_kind(tokens, rates), part * requests))
    return usages[0].plus(usages[1]).named("of all summaries")


def _loop_compaction_tokens(loop: LoopContext, cache: StepCache, prompt: Number, part: Share | int) -> LoopUsageByKind:
    """The tokens of one request for a summary, which the models share as they share the steps."""
    whole = part * prompt
    fresh = smallest(loop.growth, whole)
    held = cache.in_time * (whole - fresh) + cache.late * cache.found * part * loop.prefix
    cached = both(cache.sold, prompt >= cache.least)
    return LoopUsageByKind(
        plain=choose(cached, 0 * whole, whole) + part * loop.asking,
        read=choose(cached, held, 0 * whole),
        written=choose(cached, whole - held, 0 * whole),
        answer=0 * whole + part * loop.summary,
        reasoning=part * loop.reasoning,
    )


def _loop_rates_by_length(tiers: tuple[TokenRates, TokenRates, Number | None], length: Number) -> TokenRates:
    """The prices of a request with a prompt of that length."""
    short, long, limit = tiers
    if not is_known_number(limit):
        return short
    above = length > limit
    return TokenRates(
        choose(above, long.input, short.input),
        choose(above, long.cached_read, short.cached_read),
        choose(above, long.cache_write, short.cache_write),
        choose(above, long.output, short.output),
    )


def _loop_run_usage(
    loop: LoopContext,
    cache: StepCache,
    span: LoopSpan,
    base: Number,
    found: Share,
    tiers: tuple[TokenRates, TokenRates, Number | None],
    part: Share | int,
) -> LoopUsage:
    """What the steps of some runs use: those at prices of short prompts, then those at prices of long ones."""
    short, long, limit = tiers
    if not is_known_number(limit):
        return _loop_span_usage(loop, cache, span, base, found, short, part)
    edge = named("Steps below the long-prompt tier", smallest(span.high, loop.fitting(limit, base)))
    below, above = span.cut(edge)
    usage = _loop_span_usage(loop, cache, below, base, found, short, part)
    return usage.plus(_loop_span_usage(loop, cache, above, base, found, long, part))


def _loop_span_usage(
    loop: LoopContext,
    cache: StepCache,
    span: LoopSpan,
    base: Number,
    found: Share,
    rates: TokenRates,
    part: Share | int,
) -> LoopUsage:
    """What the steps of a span use at one set of prices.

    Those whose prompt is too short to be cached are read anew. `fading` weighs each later step with the chance that the
    model had none of the steps before it; there its cache begins.
    """
    steps, growth = loop.steps, loop.growth
    if cache.sold is False:
        requests = named("Steps at these prices", part * steps.taken(span))
        plain = named("Tokens read anew", requests * base + part * growth * steps.before(span))
        tokens = LoopUsageByKind(plain, 0 * plain, 0 * plain, requests * loop.answer, requests * loop.reasoning)
        return LoopUsage(tokens, loop_cost_by_kind(tokens, rates), requests)
    missing = choose(growth > 0, ceil(quotient(cache.least - base, growth)), steps.most)
    short = choose(base >= cache.least, 0, smallest(steps.most, missing))
    uncached = named("Steps too short to be cached", choose(cache.sold, short, steps.most))
    edge = named("Last of them here", largest(span.low, smallest(span.high, uncached)))
    early, later = span.cut(edge)
    early_steps, taken = part * steps.taken(early), named("Steps long enough", steps.taken(later))
    later_steps = part * taken
    plain = named("Tokens read anew", early_steps * base + part * growth * steps.before(early))
    prompts = named("Tokens of cached prompts", later_steps * base + part * growth * steps.before(later))
    fading = named("Steps without one before", steps.fading(later, uncached, 1 - part))
    begun = named("Steps at which a cache begins", part * fading)
    fresh = named("Tokens new to the cache", growth * (taken - fading) + begun * (base + growth * uncached))
    held = cache.in_time * (prompts - fresh) + cache.late * cache.found * loop.prefix * (later_steps - begun)
    read = named("Tokens read from the cache", held + found * loop.prefix * begun)
    requests = named("Steps at these prices", early_steps + later_steps)
    tokens = LoopUsageByKind(plain, read, prompts - read, requests * loop.answer, requests * loop.reasoning)
    return LoopUsage(tokens, loop_cost_by_kind(tokens, rates), requests)
