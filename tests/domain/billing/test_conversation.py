"""A conversation priced turn by turn against the closed form, with caches that are found and that are not."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.domain.billing import Bill, Prompt, Sending, bill
from calculators.domain.billing.caching import Traffic
from calculators.domain.records import ModelPrice
from calculators.engine.numbers import EXACT

TUNED = settings(max_examples=200, deadline=None, derandomize=True, database=None)

SHORT = {"input": Fraction(2), "cached_read": Fraction(1, 10), "cache_write": Fraction(5, 2), "output": Fraction(10)}
LONG = {"input": Fraction(4), "cached_read": Fraction(1, 5), "cache_write": Fraction(5), "output": Fraction(15)}


def growing_model(smallest: int = 0, long_above: int | None = None, history: str = "automatic") -> ModelPrice:
    """A model with these prices that caches a growing conversation for one minute."""
    prices = {name: Decimal(price.numerator) / Decimal(price.denominator) for name, price in SHORT.items()}
    long = {f"long_{name}": Decimal(price.numerator) / Decimal(price.denominator) for name, price in LONG.items()}
    tier = {} if long_above is None else {"long_above": Decimal(long_above), **long}
    published: dict[str, Any] = {**prices, **tier}  # Any: a record's fields have several types
    return ModelPrice(**published, smallest_prefix=Decimal(smallest), cache_minutes=Decimal(1), history_caching=history)


def asked(
    prefix: int, user: int, answer: int, turns: int, found: str, late: int, model: ModelPrice, context: int = 0
) -> Bill:
    """The bill of a conversation. Of its later turns 1 in `late` + 1 comes in time, as the lifetime is one minute."""
    prompt = Prompt(
        instructions=Decimal(prefix),
        examples=Decimal(0),
        context=Decimal(context),
        user_text=Decimal(user),
        answer=Decimal(answer),
        reasoning=Decimal(0),
    )
    traffic = Traffic(requests=Decimal(1), active_hours=Decimal(730), found_cached=Decimal(found), pause=Decimal(late))
    return bill(model, prompt, Sending(caching=True, batch=False, turns=Decimal(turns), traffic=traffic))


def turn_by_turn(
    prefix: int,
    user: int,
    answer: int,
    turns: int,
    found: Fraction,
    late: int,
    smallest: int = 0,
    long_above: int | None = None,
    context: int = 0,
) -> tuple[Fraction, Fraction, Fraction]:
    """What one request costs (USD) and how many of its tokens are read and written, from a bill for every turn.

    Each turn has a part of the probability for every way that it can go: the prefix alive or not, the former prompt
    alive or not.
    """
    in_time = Fraction(1, 1 + late)
    total, read, written = Fraction(0), Fraction(0), Fraction(0)
    prompts = [prefix + user + turn * (user + answer) for turn in range(turns)]
    for turn, cacheable in enumerate(prompts):
        prices = LONG if long_above is not None and cacheable + context > long_above else SHORT
        total += context * prices["input"] + answer * prices["output"]
        for prefix_alive, former_alive in product((True, False), repeat=2):
            chance = (found if prefix_alive else 1 - found) * (in_time if former_alive else 1 - in_time)
            hit = 0
            if prefix_alive and prefix > 0 and prefix >= smallest:
                hit = prefix
            if turn and former_alive and prompts[turn - 1] >= smallest:
                hit = prompts[turn - 1]
            if cacheable < smallest:
                total += chance * cacheable * prices["input"]
            else:
                total += chance * (hit * prices["cached_read"] + (cacheable - hit) * prices["cache_write"])
                read += chance * hit
                written += chance * (cacheable - hit)
    return total / turns / 10**6, read / turns, written / turns


def test_four_turns_of_a_help_desk() -> None:
    """1,500 fixed tokens, 150 asked and 300 answered, nine of ten find the prefix: $0.00422 a request."""
    with localcontext(EXACT):
        request = asked(1500, 150, 300, 4, "0.9", 0, growing_model())
    assert round(request.total, 5) == Decimal("0.00422")
    expected, read, written = turn_by_turn(1500, 150, 300, 4, Fraction(9, 10), 0)
    assert Fraction(request.total) == expected
    assert (Fraction(request.read), Fraction(request.written)) == (read, written)


@TUNED
@given(
    prefix=st.integers(0, 3000),
    user=st.integers(0, 300),
    answer=st.integers(0, 300),
    turns=st.integers(2, 12),
    found=st.integers(0, 4),
    late=st.integers(0, 3),
    smallest=st.sampled_from([0, 500, 1024, 4096]),
    long_above=st.sampled_from([None, 900, 2000, 10**6]),
    context=st.sampled_from([0, 400]),
)
def test_the_closed_form_is_the_sum_of_the_turns(
    prefix: int,
    user: int,
    answer: int,
    turns: int,
    found: int,
    late: int,
    smallest: int,
    long_above: int | None,
    context: int,
) -> None:
    share = Fraction(found, 4)
    model = growing_model(smallest, long_above)
    with localcontext(EXACT):
        request = asked(prefix, user, answer, turns, str(Decimal(found) / 4), late, model, context)
    expected, read, written = turn_by_turn(prefix, user, answer, turns, share, late, smallest, long_above, context)
    assert abs(Fraction(request.total) - expected) < Fraction(1, 10**20)
    assert abs(Fraction(request.read) - read) < Fraction(1, 10**15)
    assert abs(Fraction(request.written) - written) < Fraction(1, 10**15)
    # Each token is billed once: read, written, or neither.
    assert request.read + request.written <= request.mean + Decimal("1e-15")


@pytest.mark.parametrize(("prefix", "cached"), [(499, False), (500, True), (501, True)])
def test_turns_that_add_nothing_are_all_long_enough_or_none_is(prefix: int, cached: bool) -> None:
    """Three turns without a question or an answer; half of the first ones find the prefix, and half of the others."""
    request = asked(prefix, 0, 0, 3, "0.5", 1, growing_model(500))
    assert (request.read > 0, request.written > 0) == (cached, cached)
    expected, read, written = turn_by_turn(prefix, 0, 0, 3, Fraction(1, 2), 1, 500)
    assert near(request.total, expected) and near(request.read, read) and near(request.written, written)


def near(number: Decimal, expected: Fraction) -> bool:
    """Whether a number is right to 15 digits."""
    return abs(Fraction(number) - expected) <= abs(expected) / 10**15


def test_a_number_of_turns_that_nobody_types_costs_as_much() -> None:
    """Two turns before the third resend 1 × 450 and 2 × 450 tokens: 450 a turn."""
    prompt = Prompt(
        instructions=Decimal(0), examples=Decimal(0), context=0, user_text=Decimal(150), answer=Decimal(300)
    )
    traffic = Traffic(requests=Decimal(1), active_hours=Decimal(730))
    request = bill(growing_model(history=""), prompt, Sending(caching=True, batch=False, turns=3, traffic=traffic))
    assert request.history == Decimal(450) * 2 / 10**6


@pytest.mark.parametrize(("turns", "history"), [(1, "automatic"), (5, "")])
def test_without_a_cached_history_only_the_prefix_is_read(turns: int, history: str) -> None:
    """A single question, or a provider that does not cache a conversation."""
    request = asked(1500, 150, 300, turns, "0.9", 0, growing_model(history=history))
    earlier = Fraction(450 * (turns - 1), 2)
    prefix = 1500 * (Fraction(9, 10) * SHORT["cached_read"] + Fraction(1, 10) * SHORT["cache_write"])
    assert Fraction(request.input) == (prefix + (150 + earlier) * 2) / 10**6
    assert (request.read, request.written) == (1350, 150)


def test_a_prefix_that_is_stored_costs_its_hours() -> None:
    """1,000 tokens for 730 hours at $1 a million and hour, shared by 100 requests that all read it."""
    stored = ModelPrice(
        input=Decimal(2),
        cached_read=Decimal("0.2"),
        output=Decimal(10),
        cache_storage=Decimal(1),
        cache_minutes=Decimal(5),
    )
    prompt = Prompt(
        instructions=Decimal(1000), examples=Decimal(0), context=0, user_text=Decimal(0), answer=Decimal(0), reasoning=0
    )
    traffic = Traffic(requests=Decimal(100), active_hours=Decimal(730), lifetime="stored")
    request = bill(stored, prompt, Sending(caching=True, batch=False, turns=1, traffic=traffic))
    assert request.storage == Decimal("0.0073")
    assert request.total == Decimal("0.0073") + Decimal("0.0002")
