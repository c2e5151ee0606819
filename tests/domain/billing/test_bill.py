"""What a request costs, turn by turn, and on models that publish few prices: against what stands in for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.domain.billing import Bill, Prompt, Sending, bill
from calculators.domain.billing.caching import Traffic
from calculators.domain.billing.rates import TokenRates, token_rates
from calculators.domain.records import ModelPrice, Tokenizer
from calculators.domain.units import HOURS_A_MONTH
from calculators.engine.declare import kinds
from calculators.engine.numbers import EXACT, bare_value
from calculators.engine.numbers.traced import Origin, Traced, Truth
from calculators.engine.numbers.units import ONE, REQUESTS_PER_MONTH, SHARE, TOKENS, TURNS, Unit

TUNED = settings(max_examples=300, deadline=None, derandomize=True, database=None)
KINDS = ("input", "cached_read", "cache_write", "output")

STANDARD = {
    "input": ["input"],
    "cached_read": ["cached_read", "input"],
    "cache_write": ["cache_write", "input"],
    "output": ["output"],
}
BATCH = {
    "input": ["batch_input"],
    "cached_read": ["batch_cached_read", "cached_read", "batch_input"],
    "cache_write": ["batch_cache_write", "batch_input"],
    "output": ["batch_output", "output"],
}
LONG = {
    "input": ["long_input", "input"],
    "cached_read": ["long_cached_read", "cached_read", "long_input", "input"],
    "cache_write": ["long_cache_write", "long_input", "input"],
    "output": ["long_output", "output"],
}
LONG_BATCH = {
    "input": ["long_batch_input", "long_input", "input"],
    "cached_read": [
        *("long_batch_cached_read", "long_cached_read", "cached_read"),
        *("long_batch_input", "long_input", "input"),
    ],
    "cache_write": ["long_batch_cache_write", "long_batch_input", "long_input", "input"],
    "output": ["long_batch_output", "long_output", "output"],
}
"""What is paid for a kind of token: the first of these prices that is published."""

OPTIONAL = sorted({name for kinds in (STANDARD, BATCH, LONG, LONG_BATCH) for names in kinds.values() for name in names})
OPTIONAL = [name for name in OPTIONAL if name not in ("input", "output")]
UNPUBLISHED: dict[str, Any] = {
    name: None if kind.is_number else ""
    for name, kind in kinds(ModelPrice).items()
    if name not in ("input", "output", "long_above", "context_window", "tokenizer_factor", "smallest_prefix")
}
"""No price but those of input and output. Any: a record's fields have several types."""


def first(published: dict[str, Decimal], fallbacks: dict[str, list[str]]) -> TokenRates:
    """The prices by such a list."""
    return TokenRates(*(next(published[name] for name in fallbacks[kind] if name in published) for kind in KINDS))


@TUNED
@given(st.sets(st.sampled_from(OPTIONAL)), st.booleans(), st.booleans())
def test_an_unpublished_price_falls_back_to_the_next_best(names: set[str], batch: bool, tier: bool) -> None:
    published = {name: Decimal(price) for price, name in enumerate(("input", "output", *OPTIONAL), 2) if name in names}
    published |= {"input": Decimal(100), "output": Decimal(200)}
    model = ModelPrice(**{**UNPUBLISHED, **published}, long_above=Decimal(9) if tier else None)
    sold = batch and "batch_input" in published
    short, long = token_rates(model, batch)
    assert short == first(published, BATCH if sold else STANDARD)
    assert long == (first(published, LONG_BATCH if sold else LONG) if tier else short)


FIXED = 60
"""The tokens of instructions and examples below."""


def traced(operand: Any, unit: Unit) -> Any:
    """A number or a yes and no as the traced run has it."""
    origin = Origin("typed")
    return Truth(operand, "", (), "", origin) if isinstance(operand, bool) else Traced(operand, unit, origin=origin)


def paid(
    model: ModelPrice, fixed: int, caching: bool, turns: int, like: Callable[[Any, Unit], Any], **changed: int
) -> Bill:
    """The bill for a prompt that begins with so many fixed tokens, in the exact or in the traced run."""
    price = {
        name: like(getattr(model, name), figure.unit) for name, figure in kinds(ModelPrice).items() if figure.is_number
    }
    parts = {
        "instructions": fixed - fixed // 3,
        "examples": fixed // 3,
        "context": 40,
        "user_text": 10,
        "answer": 20,
        "reasoning": 5,
        **changed,
    }
    prompt = Prompt(**{name: like(Decimal(tokens), TOKENS) for name, tokens in parts.items()})
    found_cached, batch = like(Decimal("0.75"), SHARE), like(False, ONE)
    traffic = Traffic(
        requests=like(Decimal(1000), REQUESTS_PER_MONTH),
        active_hours=like(Decimal(730), HOURS_A_MONTH),
        found_cached=found_cached,
    )
    sending = Sending(caching=like(caching, ONE), batch=batch, turns=like(Decimal(turns), TURNS), traffic=traffic)
    return bill(ModelPrice(**price), prompt, sending)


@pytest.mark.parametrize("smallest", [None, FIXED - 1, FIXED, FIXED + 1])
@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize("caching", [True, False])
@pytest.mark.parametrize("fixed", [0, FIXED])
def test_what_is_cached(smallest: int | None, published: bool, caching: bool, fixed: int) -> None:
    """Something fixed, long enough, where it is asked for and sold; in the traced run as in the exact one."""
    model = ModelPrice(
        **UNPUBLISHED,
        input=Decimal(100),
        output=Decimal(400),
        long_above=None,
        context_window=None,
        tokenizer_factor=None,
        smallest_prefix=None if smallest is None else Decimal(smallest),
    )
    model = replace(model, cached_read=Decimal(10) if published else None, cache_write=Decimal(125))
    cached = caching and published and fixed > 0 and fixed >= (smallest or 0)
    rate = Fraction(3, 4) * 10 + Fraction(1, 4) * 125 if cached else 100
    with localcontext(EXACT):
        exact = paid(model, fixed, caching, 1, lambda operand, unit: operand)
        worked = paid(model, fixed, caching, 1, traced)
    assert exact.cached is bare_value(worked.cached) is cached
    assert exact.above == bare_value(worked.above) == 0
    assert exact.found == bare_value(worked.found) == (Decimal("0.75") if cached else 0)
    assert exact.total == bare_value(worked.total) == (fixed * rate + 50 * 100 + 25 * 400) / Fraction(10**6)


@pytest.mark.parametrize("turns", [1, 2, 3, 7])
@pytest.mark.parametrize("limit", [10, 100, 109, 110, 111, 139, 140, 141, 160, 169, 170, 171, 1000])
def test_every_turn_is_paid_by_the_length_of_its_prompt(limit: int, turns: int) -> None:
    """Turn by turn: 110 tokens, then 30 more each; a prompt longer than the limit pays the long price for all of it."""
    prices = {"input": (100, 150), "cached_read": (10, 20), "cache_write": (125, 250), "output": (400, 800)}
    figures = {
        f"{before}{name}": Decimal(both[index])
        for name, both in prices.items()
        for index, before in ((0, ""), (1, "long_"))
    }
    model = ModelPrice(
        **{**UNPUBLISHED, **figures},
        long_above=Decimal(limit),
        context_window=None,
        tokenizer_factor=None,
        smallest_prefix=None,
    )
    total = Fraction(0)
    for turn in range(turns):
        long = 110 + 30 * turn > limit
        read, cached, write, answer = (both[long] for both in prices.values())
        total += FIXED * (Fraction(3, 4) * cached + Fraction(1, 4) * write) + (50 + 30 * turn) * read + 25 * answer
    expected = total / turns / 10**6
    with localcontext(EXACT):
        for like in (lambda operand, unit: operand, traced):
            paid_bill = paid(model, FIXED, True, turns, like)
            assert abs(Fraction(bare_value(paid_bill.total)) - expected) < Fraction(1, 10**24)
            assert bare_value(paid_bill.longest) == 110 + 30 * (turns - 1)
            assert bare_value(paid_bill.whole) == bare_value(paid_bill.longest) + 25
            assert bare_value(paid_bill.mean) == 110 + 15 * (turns - 1)
            assert bare_value(paid_bill.prefix) == FIXED
            longer = sum(110 + 30 * turn > limit for turn in range(turns))
            assert abs(Fraction(bare_value(paid_bill.above)) - Fraction(longer, turns)) < Fraction(1, 10**24)
            assert bare_value(paid_bill.input) + bare_value(paid_bill.output) == bare_value(paid_bill.total)


@pytest.mark.parametrize(("limit", "long"), [(99, True), (100, False), (101, False)])
def test_turns_that_add_nothing_are_all_alike(limit: int, long: bool) -> None:
    """100 tokens each, with nothing asked and nothing answered: all are longer than the limit, or none is."""
    model = replace(PLAIN, long_above=Decimal(limit), long_input=Decimal(150), long_output=Decimal(800))
    with localcontext(EXACT):
        paid_bill = paid(model, FIXED, False, 3, lambda operand, unit: operand, user_text=0, answer=0)
        assert paid_bill.total == (Decimal(100 * 150 + 5 * 800) if long else Decimal(100 * 100 + 5 * 400)) / 10**6
        assert paid_bill.above == long


PLAIN = ModelPrice(
    **UNPUBLISHED,
    input=Decimal(100),
    output=Decimal(400),
    long_above=None,
    context_window=None,
    tokenizer_factor=None,
    smallest_prefix=None,
)


@pytest.mark.parametrize(
    ("factor", "counter_factor", "times"),
    [("1.2", "0.8", "1.5"), ("1.2", None, "1.2"), (None, "0.8", "1.25"), (None, None, "1")],
)
def test_tokens_counted_by_another_tokenizer_are_converted(
    factor: str | None, counter_factor: str | None, times: str
) -> None:
    """By both factors, a missing one counting as 1; nothing is converted that the model's own tokenizer counted."""
    model = replace(PLAIN, tokenizer_factor=None if factor is None else Decimal(factor))
    counter = Tokenizer(id="o200k", tokenizer_factor=None if counter_factor is None else Decimal(counter_factor))
    prompt = Prompt(
        instructions=Decimal(600),
        examples=Decimal(400),
        context=0,
        user_text=Decimal(200),
        answer=Decimal(80),
        reasoning=0,
        counted_with=counter,
    )
    traffic = Traffic(requests=Decimal(1), active_hours=Decimal(730), found_cached=Decimal(0))
    sending = Sending(caching=False, batch=False, turns=Decimal(1), traffic=traffic)
    with localcontext(EXACT):
        converted = bill(model, prompt, sending)
        assert converted.total == Decimal(times) * (1200 * 100 + 80 * 400) / 10**6
        assert (converted.whole, converted.prefix) == (Decimal(times) * 1280, Decimal(times) * 1000)
        for same in (
            bill(replace(model, tokenizer="o200k"), prompt, sending),
            bill(model, replace(prompt, counted_with=None), sending),
        ):
            assert (same.whole, same.prefix) == (1280, 1000)
