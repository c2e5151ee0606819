"""What a request costs on models that publish few prices, against a list of what stands in for each."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.engine.billing import Rates, rates
from calculators.engine.records import ModelPrice

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
    "cached_read": ["batch_cached_read", "cached_read", "input"],
    "cache_write": ["batch_cache_write", "batch_input"],
    "output": ["batch_output", "output"],
}
LONG = {
    "input": ["long_input", "input"],
    "cached_read": ["long_cached_read", "cached_read", "input"],
    "cache_write": ["long_cache_write", "long_input", "input"],
    "output": ["long_output", "output"],
}
LONG_BATCH = {
    "input": ["long_batch_input", "long_input", "input"],
    "cached_read": ["long_batch_cached_read", "long_cached_read", "cached_read", "input"],
    "cache_write": ["long_batch_cache_write", "long_batch_input", "long_input", "input"],
    "output": ["long_batch_output", "long_output", "output"],
}
"""What is paid for a kind of token: the first of these prices that is published."""

OPTIONAL = sorted({name for kinds in (STANDARD, BATCH, LONG, LONG_BATCH) for names in kinds.values() for name in names})
OPTIONAL = [name for name in OPTIONAL if name not in ("input", "output")]


def first(published: dict[str, Decimal], of: dict[str, list[str]]) -> Rates:
    """The prices by such a list."""
    return Rates(*(next(published[name] for name in of[kind] if name in published) for kind in KINDS))


@TUNED
@given(st.sets(st.sampled_from(OPTIONAL)), st.booleans(), st.booleans())
def test_an_unpublished_price_falls_back_to_the_next_best(names: set[str], batch: bool, tier: bool) -> None:
    published = {name: Decimal(at) for at, name in enumerate(("input", "output", *OPTIONAL), 2) if name in names}
    published |= {"input": Decimal(100), "output": Decimal(200)}
    model = ModelPrice(**{**dict.fromkeys(OPTIONAL), **published}, long_above=Decimal(9) if tier else None)
    sold = batch and "batch_input" in published
    short, long = rates(model, batch)
    assert short == first(published, BATCH if sold else STANDARD)
    assert long == (first(published, LONG_BATCH if sold else LONG) if tier else short)
