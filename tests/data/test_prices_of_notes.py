"""Prices that genai-prices lacks: each is accepted with its reason, and a source that the data does not cite agrees."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache

import pytest
import yaml
from genai_prices.types import TieredPrices

from macros.facts import DATA
from tests.data.test_real_data import (
    EVERY_MODEL,
    PRICES,
    UPSTREAM_IDS,
    Entry,
    days,
    facts,
    has_upstream,
    moment,
    ours,
    package_model,
)
from tests.json_types import JsonObject

FIGURES = [*PRICES, *(f"batch_{key}" for key in PRICES)]

QUOTED = {
    # LiteLLM's and AgentCompass's notes of 2026-11-17 and 2026-11-18 on OpenAI's two models.
    "openai/gpt-6.2-astra": {"input": "8", "cached_read": "0.4", "output": "40"},
    "openai/gpt-6.2-sol": {"input": "2", "cached_read": "0.1", "output": "10"},
    # llm-preflight 2.25.9 of 2026-11-19, and TokenMeter 0.17.0, from Google's pricing page.
    "google/gemini-4-neon": {"input": "3", "cached_read": "0.15", "output": "15"},
    "google/gemini-4-hydrogen": {"input": "1.5", "cached_read": "0.075", "output": "7.5"},
    # LaoZhang's note of 2026-11-11.
    "google/gemini-4-carbon": {"input": "2", "output": "10"},
    # OpenAI's pricing page as embeddingcost.com had it in May 2026, and Google's announcement of 2025-09-10.
    "openai/text-embedding-3-small": {"batch_input": "0.01"},
    "openai/text-embedding-3-large": {"batch_input": "0.065"},
    "google/gemini-embedding-001": {"batch_input": "0.075"},
}
"""What other pages than the one that the data cites say, typed from them."""

PRICED_ALIKE = {
    "openai/gpt-6.2-astra": "openai/gpt-6.1-sol",
    "openai/gpt-6.2-sol": "openai/gpt-6.1-sol",
    "google/gemini-4-carbon": "google/gemini-4-argon",
    "google/gemini-4-neon": "google/gemini-4-argon",
    "google/gemini-4-hydrogen": "google/gemini-4-argon",
    "google/gemini-3.7-flash": "google/gemini-3.8-flash",
}
"""Another model of the same maker, in genai-prices, whose prices stand in the same ratios to the input price."""


def accepted(id: str) -> dict[str, str]:
    """The reasons under a model, from its file."""
    seller, _, short = id.partition("/")
    reasons: dict[str, str] = models_of(seller)[short].get("accepted", {})
    return reasons


@cache
def models_of(seller: str) -> JsonObject:
    """The models of a seller, as its file has them."""
    file = yaml.load((DATA / "prices" / f"{seller}.yaml").read_text("utf-8"), yaml.CSafeLoader)
    models: JsonObject = file["models"]
    return models


def entry_of(id: str) -> Entry:
    (entry,) = (entry for name, _, _, entry in EVERY_MODEL if name == id)
    return entry


def lacking(id: str, provider: str, model: str, entry: Entry) -> list[str]:
    """The figures of ours that genai-prices lacks on some day."""
    known = (provider, model) in UPSTREAM_IDS
    return [
        key
        for key in FIGURES
        if any(
            ours(entry, key, day, False) is not None
            and not (known and has_upstream(provider, model, moment(id, day), key))
            for day in days(entry)
        )
    ]


LACKING = {each[0]: figures for each in EVERY_MODEL if (figures := lacking(*each))}


def test_only_models_with_a_reason_have_prices_that_genai_prices_lacks() -> None:
    assert set(LACKING) == {each[0] for each in EVERY_MODEL if "vanished" in accepted(each[0])}
    assert len(LACKING) > 5


@pytest.mark.parametrize("id", LACKING)
def test_another_source_agrees(id: str) -> None:
    """On the day on which our price was read, as prices that begin later are not in the other sources."""
    second = json.loads((DATA / "second_opinion.json").read_text("utf-8"))["models"].get(id, {"prices": {}})["prices"]
    witnesses = second | QUOTED.get(id, {})
    alike = PRICED_ALIKE.get(id)
    for key in LACKING[id]:
        day = entry_of(id)[key]["checked"]
        price = ours(entry_of(id), key, day, False)
        if key == "batch_cached_read" and price == ours(entry_of(id), "cached_read", day, False):
            continue  # where no list has a cached price of a batch, the standard one is kept
        assert key in witnesses or alike, key
        assert price == Decimal(witnesses.get(key, str(price))), key
        assert Decimal(second.get(key, str(price))) == price, key


@pytest.mark.parametrize("id", PRICED_ALIKE)
def test_prices_stand_in_the_ratios_of_a_listed_model(id: str) -> None:
    """Cached, written, batch and long prices, on each day on which both have prices."""
    entry, model = entry_of(id), entry_of(PRICED_ALIKE[id])
    compared = 0
    for day in days(entry):
        base, known = ours(entry, "input", day, False), ours(model, "input", day, False)
        assert base and known
        for key in FIGURES:
            for long in (False, True):
                price, expected = ours(entry, key, day, long), ours(model, key, day, long)
                assert (price is None) == (expected is None), (key, day)
                if price is not None and expected is not None:
                    assert price * known == expected * base, (key, day, long)
                    compared += 1
    assert compared >= 6


def test_gemini_4_carbon_costs_what_argon_does() -> None:
    """LiteLLM's note on Carbon: the same price as Argon, until 2026-11-30 and after it."""
    for day, price in (("2026-11-30", 10), ("2026-12-01", 20)):
        for id in ("google/gemini-4-carbon", "google/gemini-4-argon"):
            assert ours(entry_of(id), "output", day, False) == price


LONGER = [
    (id, provider, model, entry)
    for id, provider, model, entry in EVERY_MODEL
    if "extended_write" in entry and id not in PRICED_ALIKE
]


NOTED_LONGER = {
    # OpenAI's page: the write price of 12 hours; a batch costs half, a long prompt twice as much to write.
    "openai/gpt-6.2-sol": {
        "extended_write": "5",
        "long_extended_write": "10",
        "batch_extended_write": "2.5",
        "long_batch_extended_write": "5",
    }
}
"""What the maker's own page says of a longer lifetime that neither list has, typed from it."""


def test_a_longer_lifetime_that_no_list_has_costs_what_its_maker_says() -> None:
    """Also twice what the usual lifetime costs to write, as for every older model of the maker that the lists have."""
    assert set(NOTED_LONGER) == {id for id in PRICED_ALIKE if "extended_write" in entry_of(id)}
    for id, noted in NOTED_LONGER.items():
        for name, price in noted.items():
            key, is_long = name.removeprefix("long_"), name.startswith("long_")
            for of_model in (id, PRICED_ALIKE[id]):
                usual = ours(entry_of(of_model), key.replace("extended", "cache"), facts()["as_of"], is_long)
                longer = ours(entry_of(of_model), key, facts()["as_of"], is_long)
                assert usual and longer == 2 * usual, (of_model, name)
            assert ours(entry_of(id), key, facts()["as_of"], is_long) == Decimal(price), name


@pytest.mark.parametrize("id, provider, model, entry", LONGER, ids=[each[0] for each in LONGER])
def test_a_longer_lifetime_costs_what_a_list_says(id: str, provider: str, model: str, entry: Entry) -> None:
    """An hour as genai-prices has it; twelve hours, which it has not, as LiteLLM's list does."""
    second = json.loads((DATA / "second_opinion.json").read_text("utf-8"))["models"].get(id, {"prices": {}})["prices"]
    today = facts()["as_of"]
    compared = 0
    for key, context in (("extended_write", None), ("batch_extended_write", {"processing": "batch"})):
        hour = package_model(provider, model).get_prices(moment(id, today), context).cache_write_1h_mtok
        tiers = [hour.base, hour.tiers[-1].price] if isinstance(hour, TieredPrices) else [hour, hour]
        for name, amount in zip((key, f"long_{key}"), tiers, strict=True):
            price = ours(entry, key, today, name != key)
            expected = amount if amount is not None else second.get(name)
            if price is not None and expected is not None:
                assert price == Decimal(expected), name
                compared += 1
    assert compared
