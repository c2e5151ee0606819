"""The multiples of tiers: each gives the price that genai-prices or LiteLLM lists for the tier, of every model."""

from __future__ import annotations

from decimal import Decimal

import pytest
import yaml
from genai_prices.types import ModelPrice, TieredPrices

from macros.facts import DATA
from tests.data.test_real_data import EVERY_MODEL, MODELS, PRICES, Entry, facts, moment, package_model

TIERS = ("flex", "priority", "fast")

QUOTED = {
    # OpenAI's page, as LiteLLM's and TokenMeter's notes of November 2026 have it: input and output at the fast tier.
    ("openai/gpt-6.2-sol", "fast"): ("4", "20"),
    ("openai/gpt-6.2-astra", "fast"): ("16", "80"),
    # LiteLLM 1.110.2: input and output.
    ("google/gemini-4-argon", "flex"): ("1", "5"),
    ("google/gemini-4-argon", "priority"): ("3.6", "18"),
    ("google/gemini-4-hydrogen", "priority"): ("2.7", "13.5"),
    ("google/gemini-3.8-flash", "flex"): ("0.375", "1.875"),
    ("google/gemini-3.8-flash", "priority"): ("1.35", "6.75"),
    ("google/gemini-3.7-flash", "priority"): ("1.35", "6.75"),
    ("google/gemini-3.6-flash", "priority"): ("1.35", "6.75"),
    ("google/gemini-3.5-flash-lite", "flex"): ("0.15", "1.25"),
    ("google/gemini-3.5-flash-lite", "priority"): ("0.54", "4.5"),
    ("google/gemini-3.1-flash-lite", "priority"): ("0.45", "2.7"),
    ("google/gemini-3.5-flash", "flex"): ("0.75", "4.5"),
    ("google/gemini-3.5-flash", "priority"): ("2.7", "16.2"),
    ("google/gemini-3.1-pro-preview", "priority"): ("3.6", "21.6"),
    ("google/gemini-2.5-pro", "priority"): ("2.25", "18"),
    ("google/gemini-2.5-flash", "flex"): ("0.15", "1.25"),
    ("google/gemini-2.5-flash-lite", "priority"): ("0.18", "0.72"),
    ("amazon/nova-2-lite", "priority"): ("0.525", "4.375"),
}
"""Prices of a tier that genai-prices lacks, in US dollars for a million tokens."""

QUOTED_ON = "2026-11-28"
"""The day of those prices; announced ones that begin later are not in the lists."""

ROUNDED = {("openai/gpt-5.4", "flex", "cached_read")}
"""Figures that the page rounds: $0.13 for half of $0.25."""

STANDARD_WHEN_LONG = ("openai/gpt-5.4", "openai/gpt-5.5")
"""Models whose fast tier has one price for all lengths in genai-prices, and two in LiteLLM's list, which is taken."""

CLOSE = Decimal("1e-9")
"""Multiples such as 5/3 are kept with twelve decimals."""


def value(entry: Entry, figure: str, day: str) -> Decimal:
    """A figure in force on a day."""
    return Decimal([text for since, text in entry[figure]["values"] if since <= day][-1])


def variants(provider: str, model: str) -> dict[str, dict[str, str]]:
    """The tiers that genai-prices has for a model, each with what it is asked by."""
    asked = [variant.when for variant in package_model(provider, model).price_variants or ()]
    words = {next(iter(when.values())): when for when in asked}
    return {tier: words[tier] for tier in TIERS if tier in words}


def amounts(prices: ModelPrice, name: str) -> tuple[Decimal | None, Decimal | None]:
    amount = getattr(prices, name)
    return (amount.base, amount.tiers[-1].price) if isinstance(amount, TieredPrices) else (amount, amount)


LISTED = [
    (id, tier, when, provider, model, entry)
    for id, provider, model, entry in MODELS
    for tier, when in variants(provider, model).items()
    if (id, tier) != ("anthropic/claude-opus-4-8", "fast")  # taken away on 2026-11-30
]


@pytest.mark.parametrize("id, tier, when, provider, model, entry", LISTED, ids=[f"{row[0]}-{row[1]}" for row in LISTED])
def test_a_tier_costs_what_genai_prices_lists(
    id: str, tier: str, when: dict[str, str], provider: str, model: str, entry: Entry
) -> None:
    """Every figure, in short and in long prompts."""
    day = facts()["as_of"]
    listed = package_model(provider, model).get_prices(moment(id, day), when)
    compared = 0
    for key, name in PRICES.items():
        if key not in entry:
            continue
        multiple = value(entry, tier, day)
        if key == "cached_read" and f"{tier}_cached" in entry:
            multiple = value(entry, f"{tier}_cached", day)
        for figure, amount in zip((key, f"long_{key}"), amounts(listed, name), strict=True):
            if (id, tier, figure) in ROUNDED or (id in STANDARD_WHEN_LONG and figure != key and tier != "flex"):
                continue
            if figure in entry and amount is not None:
                assert value(entry, figure, day) * multiple == pytest.approx(Decimal(amount), rel=CLOSE), figure
                compared += 1
    assert compared >= 2


ENTRIES = {id: entry for id, _, _, entry in EVERY_MODEL}


@pytest.mark.parametrize("id, tier", QUOTED, ids=str)
def test_a_tier_costs_what_another_source_lists(id: str, tier: str) -> None:
    entry = ENTRIES[id]
    for key, price in zip(("input", "output"), QUOTED[id, tier], strict=True):
        assert value(entry, key, QUOTED_ON) * value(entry, tier, QUOTED_ON) == Decimal(price)


def test_every_tier_has_a_price_that_it_was_compared_with() -> None:
    """Each rule of the file, by one of its models at least; tiers that the lists do not sell are not in it."""
    known = {(id, tier) for id, tier, *_ in LISTED} | set(QUOTED)
    for name, rule in yaml.load((DATA / "tiers.yaml").read_text("utf-8"), yaml.CSafeLoader)["rules"].items():
        compared = {tier for id, tier in known if id in rule["models"]}
        # OpenAI's interface takes `priority` as the older name of `fast`.
        same = {"priority"} if name == "openai-6.2" else {"flex"} if name == "amazon" else set()
        assert {tier for tier in TIERS if tier in rule} - compared <= same, name
    for id, _, _, entry in MODELS:
        sold = {tier for tier in TIERS if tier in entry}
        if id.startswith(("openai/", "anthropic/")):
            assert sold == {tier for each, tier, *_ in LISTED if each == id}, id
