"""The data we ship: sound, fully sourced, and equal to the pinned genai-prices in every price that it has."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
import yaml
from genai_prices import Usage, calc_price
from genai_prices.data import providers
from genai_prices.types import ModelInfo

from macros.facts import DATA, facts_text
from tests.json_types import JsonObject

Entry = dict[str, Any]

MILLION = 1_000_000
COLLECTIONS = {"inference": "prices", "older": "older_prices", "embedding": "embeddings"}
PRICES = {
    "input": "input_mtok",
    "cached_read": "cache_read_mtok",
    "cache_write": "cache_write_mtok",
    "output": "output_mtok",
}


@cache
def facts() -> JsonObject:
    """The facts of the project."""
    loaded: JsonObject = json.loads(facts_text(public=True))
    return loaded


def upstream() -> Iterator[tuple[str, str, str, Entry]]:
    """Every model: our id, provider and id in genai-prices, and its facts by name."""
    for path in sorted((DATA / "prices").glob("*.yaml")):
        file = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        for short, model in file["models"].items():
            collection = COLLECTIONS[model.get("kind", "inference")]
            facts_of_model = facts()["collections"][collection][f"{path.stem}/{short}"]["facts"]
            yield (
                f"{path.stem}/{short}",
                file.get("upstream_provider", path.stem),
                model.get("upstream", short),
                facts_of_model,
            )


@cache
def package_model(provider: str, model: str) -> ModelInfo:
    """The entry of genai-prices with exactly this id."""
    (listed,) = (m for p in providers if p.id == provider for m in p.models if m.id == model)
    return listed


EVERY_MODEL = list(upstream())
UPSTREAM_IDS = {(provider.id, model.id) for provider in providers for model in provider.models}
MODELS = [each for each in EVERY_MODEL if each[1:3] in UPSTREAM_IDS]
"""The models that genai-prices has; `test_prices_of_notes` is about the others."""
BY_ID = pytest.mark.parametrize("id, provider, model, entry", MODELS, ids=[each[0] for each in MODELS])


PEAK_SINCE = "2026-08-17"
"""Before, hours of the day made no difference; a peak price of genai-prices has hours and no day."""


def moment(id: str, day: str) -> datetime:
    """A moment of the day at which the entry's hours hold."""
    return datetime.fromisoformat(f"{day}T{'02' if id.endswith('-peak') else '12'}:00:00").replace(tzinfo=UTC)


def ours(entry: Entry, key: str, day: str, long: bool) -> Decimal | None:
    """Our price in force on a day."""
    fact = entry.get(f"long_{key}" if long else key)
    dated = [value for since, value in fact["values"] if since <= day] if fact else []
    return Decimal(dated[-1]) if dated else None


def usage(key: str, above: int, long: bool) -> tuple[Usage, int]:
    """A request that isolates one price, and how many tokens of it are charged at that price.

    The prompt has just the length of the threshold, or one token more; a price of writing is asked for one token.
    """
    prompt = above + 1 if long else above
    name = key.removeprefix("batch_")
    if name == "output":
        return Usage(input_tokens=prompt, output_tokens=MILLION), MILLION
    if name == "cached_read":
        return Usage(input_tokens=prompt, cache_read_tokens=prompt), prompt
    if name == "cache_write":
        return Usage(input_tokens=prompt, cache_write_tokens=prompt), prompt
    return Usage(input_tokens=prompt), prompt


def charged(id: str, provider: str, model: str, key: str, day: str, above: int, long: bool) -> Decimal:
    """The price of a million tokens that genai-prices charges on a day."""
    asked, tokens = usage(key, above, long)
    context = {"processing": "batch"} if key.startswith("batch_") else None
    cost = calc_price(
        asked, model, provider_id=provider, genai_request_timestamp=moment(id, day), price_context=context
    )
    assert cost.model.id == model, "another entry of genai-prices matches this id"
    part = cost.output_price if key.endswith("output") else cost.input_price
    return part * MILLION / tokens


def days(entry: Entry) -> list[str]:
    """Every day on which a price of ours begins, the day before each later one, and our own day."""
    begins = sorted({since for key in PRICES for since, _ in entry.get(key, {"values": []})["values"]})
    begins += [since for key in PRICES for since, _ in entry.get(f"batch_{key}", {"values": []})["values"]]
    before = [(datetime.fromisoformat(day) - timedelta(days=1)).date().isoformat() for day in begins[1:]]
    return sorted({day for day in [*begins, *before, facts()["as_of"]] if day >= min(begins)})


def has_upstream(provider: str, model: str, at: datetime, key: str) -> bool:
    """Whether genai-prices has a price of its own for this, which a batch without one has not."""
    package = package_model(provider, model)
    name = PRICES[key.removeprefix("batch_")]
    if not key.startswith("batch_"):
        return getattr(package.get_prices(at), name) is not None
    variants = [variant for variant in package.price_variants or [] if variant.when == {"processing": "batch"}]
    is_there = any(each.constraint is None or each.constraint.active(at) for each in variants)
    return is_there and getattr(package.get_prices(at, {"processing": "batch"}), name) is not None


CORRECTED = {("openai/o3", "cached_read"): "2025-06-10"}
"""Prices that genai-prices has only from a day on: before it, that list repeats the later price."""


@BY_ID
def test_every_price_is_the_one_of_genai_prices(id: str, provider: str, model: str, entry: Entry) -> None:
    above = int(entry["long_above"]["values"][0][1]) if "long_above" in entry else None
    compared = 0
    for day in days(entry):
        if id.endswith("-peak") and day < PEAK_SINCE:
            continue
        for key in [*PRICES, *(f"batch_{key}" for key in PRICES)]:
            if (id, key) in CORRECTED and day < CORRECTED[id, key]:
                continue
            for long in (False, True) if above else (False,):
                price = ours(entry, key, day, long)
                if price is not None and has_upstream(provider, model, moment(id, day), key):
                    charge = charged(id, provider, model, key, day, above or 1000, long)
                    assert price == charge, (id, key, day, "long" if long else "short")
                    compared += 1
    assert compared


def test_before_there_were_peak_hours_all_hours_had_one_price() -> None:
    by_id = {id: entry for id, _, _, entry in MODELS}
    for id, entry in by_id.items():
        flat = [day for day in days(entry) if id.endswith("-peak") and day < PEAK_SINCE]
        for key in PRICES:
            others = by_id[id.removesuffix("-peak")]
            assert all(ours(entry, key, day, False) == ours(others, key, day, False) for day in flat), (id, key)


@BY_ID
def test_a_price_is_absent_only_where_genai_prices_has_none(id: str, provider: str, model: str, entry: Entry) -> None:
    package = package_model(provider, model)
    embedding = id in facts()["collections"]["embeddings"]
    for day in days(entry):
        standard = package.get_prices(moment(id, day))
        for key, field in PRICES.items():
            if embedding and key != "input":
                continue  # an embedding has no answer to pay for, whatever mistral-embed says there
            for name in (key, f"batch_{key}"):
                if has_upstream(provider, model, moment(id, day), name):
                    assert ours(entry, name, day, False) is not None, (name, day)
            tiers = getattr(getattr(standard, field), "tiers", [])
            assert len(tiers) <= 1
            assert bool(tiers) == (f"long_{key}" in entry), (key, day)
            if tiers:
                assert str(tiers[0].start) == entry["long_above"]["values"][0][1]


@BY_ID
def test_scheduled_prices_are_all_here(id: str, provider: str, model: str, entry: Entry) -> None:
    package = package_model(provider, model)
    dated = [each.constraint for each in package.prices] if isinstance(package.prices, list) else []
    dated += [each.constraint for each in package.price_variants or [] if each.when == {"processing": "batch"}]
    first = min(since for since, _ in entry["input"]["values"])
    for constraint in dated:
        start = getattr(constraint, "start_date", None)
        if start is not None and start.isoformat() >= first and not id.endswith("-peak"):
            begins = {since for fact in entry.values() for since, _ in fact["values"]}
            assert start.isoformat() in begins


def test_a_listed_model_is_not_called_deprecated_upstream() -> None:
    """But for models that are kept for logs alone."""
    older = facts()["collections"]["older_prices"]
    deprecated = [id for id, provider, model, _ in MODELS if package_model(provider, model).deprecated]
    assert [id for id in deprecated if id not in older] == []


def test_context_windows_taken_from_genai_prices() -> None:
    checked = 0
    for id, provider, model, entry in MODELS:
        window = None if id in facts()["collections"]["older_prices"] else package_model(provider, model).context_window
        fact = entry.get("context_window")
        if window is not None:
            assert fact is not None and fact["values"][0][1] == str(window), id
            assert fact["source"] == "genai-prices"
            checked += 1
        else:
            assert fact is None or fact["source"] != "genai-prices", id
    assert checked > 50


def test_enough_to_choose_from() -> None:
    collections = facts()["collections"]
    assert len(collections["prices"]) >= 36
    assert len(collections["embeddings"]) >= 9
    sellers = {id.split("/")[0] for id in collections["prices"]}
    assert {"openai", "anthropic", "google", "mistral", "meta", "deepseek", "together", "groq"} <= sellers
    about_others = {name for name in collections if name.endswith("_checks")} | {"speeds"}
    picked = (collection for name, collection in collections.items() if name not in about_others)
    names = [entry["name"] for collection in picked for entry in collection.values()]
    assert len(names) == len(set(names)), "two entries have one name"


def test_every_fact_has_a_source_or_a_reason_and_every_source_is_used() -> None:
    sources = facts()["sources"]
    used = set()
    for collection in facts()["collections"].values():
        for id, entry in collection.items():
            for fact in entry["facts"].values():
                assert fact["source"] in sources or fact.get("because"), id
                used.add(fact["source"])
    for name, key in (("tuners", "tuners"), ("data_terms", "providers")):
        for row in yaml.load((DATA / f"{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)[key].values():
            used |= {part["source"] for part in row.values() if isinstance(part, dict)}
    media = yaml.load((DATA / "media.yaml").read_text("utf-8"), yaml.CSafeLoader)
    used |= {entry["source"] for kind in ("images", "sound") for entry in media[kind].values()}
    pages = "".join(path.read_text("utf-8") for path in (DATA.parent / "docs").rglob("*.md"))
    cited = set(re.findall(r"""cite\(["']([^"']+)["']\)""", pages))
    assert set(sources) == (used - {""}) | (cited & set(sources))


def test_an_effort_by_default_that_no_maker_states_has_a_reason() -> None:
    """A price list may know the efforts of a model; what a request without one gets is the maker's to say."""
    lists = {"litellm", "genai-prices", "moonshot-pricing", "minimax-pricing"}
    seen = set()
    for id, entry in facts()["collections"]["prices"].items():
        known = entry["facts"]
        default = known.get("default_effort", {"source": ""})
        efforts = [name for name in known if name.startswith("reasoning_")]
        if default["source"] in lists and len(efforts) > 1:
            ((_, effort),) = default["values"]
            assert default.get("because") or known[f"reasoning_{effort}"].get("because"), id
            seen.add(id)
    assert {"openai/gpt-5.4-mini", "meta/muse-spark-1.3", "moonshot/kimi-k2.6"} <= seen


def test_prices_that_differ_by_the_hour_say_which_hours_are_meant() -> None:
    for id, _, _, entry in EVERY_MODEL:
        if id.startswith("deepseek/"):
            (hours,) = entry["hours"]["values"]
            assert "01:00 to 04:00 and 06:00 to 10:00 UTC" in hours[1] and "Weekends" in hours[1]
        else:
            assert "hours" not in entry
