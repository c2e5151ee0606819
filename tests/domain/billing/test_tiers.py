"""The prices of a tier of service: a multiple of every standard price, typed out by hand here."""

from __future__ import annotations

from dataclasses import astuple
from decimal import Decimal

import pytest

from calculators.domain.billing.rates import token_rates
from calculators.domain.billing.tiers import is_tier_sold, sold_tiers, tier_multiple
from calculators.domain.model_notes import model_tier_note
from calculators.domain.records import ModelPrice

SOLD = ModelPrice(
    id="a/sold",
    name="Sold",
    input=Decimal(4),
    cached_read=Decimal("0.4"),
    cache_write=Decimal(5),
    extended_write=Decimal(8),
    output=Decimal(20),
    batch_input=Decimal(2),
    batch_output=Decimal(10),
    long_above=Decimal(1000),
    long_input=Decimal(8),
    long_cached_read=Decimal("0.8"),
    long_cache_write=Decimal(10),
    long_output=Decimal(30),
    flex=Decimal("0.5"),
    flex_cached=Decimal(1),
    fast=Decimal("2.5"),
)
PLAIN = ModelPrice(id="a/plain", name="Plain", input=Decimal(1), output=Decimal(2))


@pytest.mark.parametrize(
    ("tier", "short", "long"),
    [
        ("standard", ("4", "0.4", "5", "20"), ("8", "0.8", "10", "30")),
        ("fast", ("10", "1", "12.5", "50"), ("20", "2", "25", "75")),
        ("flex", ("2", "0.4", "2.5", "10"), ("4", "0.8", "5", "15")),
        ("priority", ("4", "0.4", "5", "20"), ("8", "0.8", "10", "30")),  # not sold
        ("scale", ("4", "0.4", "5", "20"), ("8", "0.8", "10", "30")),  # bought by contract
    ],
)
def test_a_tier_multiplies_every_price(tier: str, short: tuple[str, ...], long: tuple[str, ...]) -> None:
    rates = token_rates(SOLD, False, tier=tier)
    assert [astuple(each) for each in rates] == [tuple(map(Decimal, prices)) for prices in (short, long)]


def test_a_longer_lifetime_of_the_cache_is_multiplied_too() -> None:
    assert token_rates(SOLD, False, "extended", "fast")[0].cache_write == 20


def test_a_batch_has_prices_of_its_own() -> None:
    rates, _ = token_rates(SOLD, True, tier="batch")
    assert (rates.input, rates.output) == (2, 10)


def test_what_is_sold() -> None:
    assert sold_tiers(SOLD) == ("standard", "batch", "flex", "fast")
    assert sold_tiers(PLAIN) == ("standard",)
    assert is_tier_sold(SOLD, "fast") and not is_tier_sold(SOLD, "priority") and not is_tier_sold(SOLD, "scale")
    assert tier_multiple(SOLD, "fast") == Decimal("2.5")
    assert tier_multiple(SOLD, "standard") is tier_multiple(SOLD, "batch") is tier_multiple(PLAIN, "fast") is None


@pytest.mark.parametrize(
    ("model", "tier", "sentence"),
    [
        (SOLD, "fast", "At the fast tier, tokens cost 2.5 times the standard price."),
        (
            SOLD,
            "priority",
            "No price of the priority tier is known for Sold, which has standard, batch, flex and fast. The standard "
            "price is counted.",
        ),
        (
            PLAIN,
            "flex",
            "No price of the flex tier is known for Plain, which has standard only. The standard price is counted.",
        ),
    ],
)
def test_the_sentence_about_a_tier(model: ModelPrice, tier: str, sentence: str) -> None:
    note = model_tier_note(model, tier)
    assert note.holds
    assert note.sentence == sentence


@pytest.mark.parametrize("tier", ["standard", "batch"])
def test_no_sentence_where_no_tier_was_asked_for(tier: str) -> None:
    assert not model_tier_note(PLAIN, tier).holds
