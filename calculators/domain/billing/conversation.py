"""The input of a conversation, turn by turn: what is read anew, what comes from the cache and what is written into it.

Turn t sends the prefix S, the earlier turns and the new question u, and is answered with a tokens; so the cacheable
part of its prompt has S + u + (t − 1)(u + a) tokens. Where the provider caches a growing conversation, a turn that
comes in time reads the former turn's prompt and writes what is new, the former answer and the question. One that comes
too late writes everything, but for the prefix, which other conversations may have kept alive.

All costs are sums over consecutive turns, and each is linear in t, so they have a closed form; tests hold it equal to a
bill that goes through the turns one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from calculators.engine.numbers import (
    Condition,
    Number,
    Share,
    ceil,
    choose,
    largest,
    named,
    quotient,
    smallest,
)

Costs: TypeAlias = tuple[Number, Number, Number]
"""What some turns cost: each token of the prefix, the history and the user's text."""


@dataclass(frozen=True, slots=True)
class InputPrices:
    """What a token of input costs: read anew, read from the cache, or written into it."""

    plain: Number | int
    read: Number | int
    write: Number | int


@dataclass(frozen=True, slots=True)
class InputCost:
    """What the input of a request costs on average over the turns.

    `prefix_rate` is the price of each token of the prefix, the others are costs in the unit of price times token.
    """

    prefix_rate: Number
    history: Number
    user_text: Number


@dataclass(frozen=True, kw_only=True)
class ConversationBill:
    """A conversation of some turns; tokens of its parts, and what is cached of it."""

    turns: Number | int
    prefix: Number
    user_text: Number
    answer: Number
    smallest_prefix: Number | int
    prefix_cached: Condition
    history_cached: Condition
    found: Share
    turn_found: Share

    def cost(self, short: InputPrices, long: InputPrices, short_turns: Number | None) -> InputCost:
        """The cost at `short` prices for so many turns, None being all, and at `long` prices for those after them."""
        whole = self._upto(self.turns, short)
        if short_turns is not None:
            pairs = zip(self._upto(short_turns, short), self._upto(self.turns, long), strict=True)
            sums = tuple(first + second for first, second in pairs)
            begun = self._upto(short_turns, long)
            whole = (sums[0] - begun[0], sums[1] - begun[1], sums[2] - begun[2])
        prefix_rate, history, user_text = whole
        return InputCost(prefix_rate / self.turns, history / self.turns, user_text / self.turns)

    def tokens(self, prices: InputPrices) -> Number:
        """The input tokens of a request of one kind, an average over the turns: each kind counted at 1, others at 0."""
        rate, history, user_text = self._upto(self.turns, prices)
        return (self.prefix * rate + history + user_text) / self.turns

    @cached_property
    def growth(self) -> Number:
        """What each turn adds to the next prompt."""
        return self.user_text + self.answer

    @cached_property
    def uncached_turns(self) -> Number:
        """The turns whose prompt is still shorter than the smallest cacheable prefix."""
        missing = self.smallest_prefix - self.prefix - self.user_text
        later = choose(self.growth > 0, ceil(quotient(missing, self.growth)), self.turns)
        return named("Turns too short to be cached", smallest(self.turns, choose(missing > 0, later, 0)))

    def _upto(self, turn: Number | int, prices: InputPrices) -> Costs:
        """The cost of the turns from the first to `turn`: each token of the prefix, the history and the user's text."""
        share = prices.read * self.found + prices.write * (1 - self.found)
        prefix_price = choose(self.prefix_cached, share, prices.plain)
        earlier = _conversation_triangular_number(turn)
        alone = (
            prefix_price * turn,
            self.growth * earlier * prices.plain,
            self.user_text * prices.plain * turn,
        )
        if self.history_cached is False:
            return alone
        grown = self._upto_with_history(turn, prices, share)
        prefix_rate, history, user_text = (
            choose(self.history_cached, *pair) for pair in zip(grown, alone, strict=True)
        )
        return prefix_rate, history, user_text

    def _upto_with_history(self, turn: Number | int, prices: InputPrices, share: Number) -> Costs:
        """The same where the conversation is cached as it grows.

        The first turn that is long enough finds at most the prefix; each later one finds the former prompt, or not.
        """
        uncached = smallest(turn, self.uncached_turns)
        begun = choose(turn > uncached, 1, 0)
        later = largest(0, turn - uncached - 1)
        plain, read, write = prices.plain, prices.read, prices.write
        hit, miss = self.turn_found, 1 - self.turn_found
        first_price = choose(self.prefix_cached, share, write)
        # The sums of (t − 1) over the turns: all, those too short, and those after the first that is long enough.
        early, sum_later = (
            _conversation_triangular_number(uncached),
            _conversation_triangular_number(turn) - _conversation_triangular_number(uncached) - begun * uncached,
        )
        prefix_rate = plain * uncached + first_price * begun + (hit * read + miss * first_price) * later
        history = (
            self.growth * (plain * early + write * begun * uncached)
            + hit * (read * (self.growth * sum_later - self.answer * later) + write * self.answer * later)
            + miss * write * self.growth * sum_later
        )
        user_text = self.user_text * (plain * uncached + write * (turn - uncached))
        return prefix_rate, history, user_text


def _conversation_triangular_number(turn: Number | int) -> Number:
    """0 + 1 + … + (turn − 1); for a literal, a literal."""
    if isinstance(turn, int):
        return turn * (turn - 1) // 2  # type: ignore[return-value]  # a literal goes with every kind of number
    return turn * (turn - 1) / 2
