"""Tokens of an agent by kind, and what each kind costs."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.billing.rates import TokenRates
from calculators.engine.numbers import TOKENS_PER_MTOK, Number, is_traced, named

KINDS = {
    "plain": "Read anew",
    "read": "Read from the cache",
    "written": "Written into the cache",
    "answer": "Answers and tool calls",
    "reasoning": "Hidden reasoning",
}
"""The kinds of tokens, and what each is called; no token is of two kinds."""


@dataclass(frozen=True, slots=True)
class LoopUsageByKind:
    """A number for each kind of tokens."""

    plain: Number
    read: Number
    written: Number
    answer: Number
    reasoning: Number

    @property
    def total(self) -> Number:
        """All kinds together."""
        return self.input + self.answer + self.reasoning

    @property
    def input(self) -> Number:
        """What is read in any way."""
        return self.plain + self.read + self.written

    def plus(self, more: LoopUsageByKind) -> LoopUsageByKind:
        """Each kind with the same kind of others."""
        return LoopUsageByKind(*(getattr(self, kind) + getattr(more, kind) for kind in KINDS))

    def less(self, part: LoopUsageByKind) -> LoopUsageByKind:
        """Each kind without the same kind of a part of it."""
        return LoopUsageByKind(*(getattr(self, kind) - getattr(part, kind) for kind in KINDS))

    def times(self, factor: Number) -> LoopUsageByKind:
        """Each kind multiplied."""
        return LoopUsageByKind(*(getattr(self, kind) * factor for kind in KINDS))

    def named(self, words: str) -> LoopUsageByKind:
        """Each kind with a line of its own in the working."""
        return LoopUsageByKind(*(named(f"{label}, {words}", getattr(self, kind)) for kind, label in KINDS.items()))


@dataclass(frozen=True, slots=True)
class LoopUsage:
    """What some steps use: tokens by kind and their cost by kind (USD); `requests` are the calls of a model."""

    tokens: LoopUsageByKind
    cost: LoopUsageByKind
    requests: Number

    def plus(self, more: LoopUsage) -> LoopUsage:
        """Both together."""
        return LoopUsage(
            self.tokens.plus(more.tokens),
            self.cost.plus(more.cost),
            self.requests + more.requests,
        )

    def times(self, factor: Number) -> LoopUsage:
        """So many times as much."""
        return LoopUsage(self.tokens.times(factor), self.cost.times(factor), self.requests * factor)

    def named(self, words: str) -> LoopUsage:
        """Tokens, costs and requests with lines of their own in the working; the same where there is none."""
        if not is_traced(self.requests):
            return self
        requests = named(f"Requests, {words}", self.requests)
        return LoopUsage(self.tokens.named(f"tokens {words}"), self.cost.named(f"cost {words}"), requests)


def loop_cost_by_kind(tokens: LoopUsageByKind, rates: TokenRates) -> LoopUsageByKind:
    """What the tokens cost at one set of prices (USD)."""
    return LoopUsageByKind(
        tokens.plain * rates.input / TOKENS_PER_MTOK,
        tokens.read * rates.cached_read / TOKENS_PER_MTOK,
        tokens.written * rates.cache_write / TOKENS_PER_MTOK,
        tokens.answer * rates.output / TOKENS_PER_MTOK,
        tokens.reasoning * rates.output / TOKENS_PER_MTOK,
    )
