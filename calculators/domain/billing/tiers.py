"""The tiers of service at which a request is sent: what each is called, who sells it, and what it does to a price.

Source: the price pages of OpenAI, Anthropic, Google and Amazon. A batch has prices of its own; every other tier is a
multiple of the standard price, in short and in long prompts.
"""

from __future__ import annotations

from calculators.domain.records import ModelPrice
from calculators.engine.numbers import Number, bare_value, choose, is_known_number

STANDARD, BATCH, FLEX, PRIORITY, FAST = "standard", "batch", "flex", "priority", "fast"

TIERS = {
    STANDARD: "standard",
    BATCH: "batch: answers within a day",
    FLEX: "flex: slower, where there is room",
    PRIORITY: "priority: served first",
    FAST: "fast: more tokens a second",
}
"""The tiers and what each gives."""

MULTIPLES = (FLEX, PRIORITY, FAST)
"""The tiers that are sold at a multiple of the standard price."""

TIER_FIGURES = (*MULTIPLES, "flex_cached")
"""The figures of a model that say so."""


def tier_multiple(model: ModelPrice, tier: str) -> Number | None:
    """What a tier costs as a multiple of the standard price; None where it has a price of its own, or is not sold."""
    asked: str = bare_value(tier)
    multiple: Number | None = getattr(model, asked) if asked in MULTIPLES else None
    if not is_known_number(multiple):
        return None
    # Both branches are the same: the working names the tier that was asked for.
    return choose(tier == asked, multiple, multiple)


def sold_tiers(model: ModelPrice) -> tuple[str, ...]:
    """The tiers at which a model can be had.

    >>> from decimal import Decimal
    >>> sold_tiers(ModelPrice(id="a/b", name="B", input=Decimal(1), output=Decimal(2), fast=Decimal(2)))
    ('standard', 'fast')
    """
    multiples = (tier for tier in MULTIPLES if bare_value(getattr(model, tier)) is not None)
    batch = (BATCH,) if bare_value(model.batch_input) is not None else ()
    return (STANDARD, *batch, *multiples)


def is_tier_sold(model: ModelPrice, tier: str) -> bool:
    """Whether a model can be had at a tier."""
    return bare_value(tier) in sold_tiers(model)
