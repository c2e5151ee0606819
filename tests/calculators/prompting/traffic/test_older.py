"""Models that only logs still name: found under the names that clouds and gateways give them, priced, never offered."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.declare import Every, kinds
from tests.calculators.answers import NAMES, answer_json
from tests.json_types import JsonObject

INPUT, OUTPUT = 1000, 100
"""The tokens of each request."""


def asked(catalogue: Catalogue, model: str, day: str = "2025-12-20", tier: str = "") -> JsonObject:
    """One request in the form of a gateway's export."""
    when = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
    usage = {"prompt_tokens": INPUT, "completion_tokens": OUTPUT, "total_tokens": INPUT + OUTPUT}
    body = {"id": "x", "object": "chat.completion", "created": int(when.timestamp()), "model": model, "usage": usage}
    body |= {"choices": [{"index": 0, "finish_reason": "stop", "message": {}}]}
    body |= {"service_tier": tier} if tier else {}
    return answer_json(catalogue, "prompting/traffic", {"pasted": json.dumps(body)})


def cost(price_in: str, price_out: str) -> Decimal:
    return (INPUT * Decimal(price_in) + OUTPUT * Decimal(price_out)) / 10**6


@pytest.mark.parametrize(
    ("logged", "name", "prices"),
    [
        ("claude-sonnet-4-5-20250929", "Claude Sonnet 4.5", ("3", "15")),
        ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "Claude Sonnet 4.5", ("3", "15")),
        ("anthropic/claude-sonnet-4.6", "Claude Sonnet 4.6", ("3", "15")),
        ("vertex_ai/claude-opus-4-5@20251101", "Claude Opus 4.5", ("5", "25")),
        ("claude-opus-4-6", "Claude Opus 4.6", ("5", "25")),
        ("claude-opus-4-7", "Claude Opus 4.7", ("5", "25")),
        ("claude-haiku-4-5-20251001", "Claude Haiku 4.5", ("1", "5")),
        ("claude-3-7-sonnet-20250219", "Claude 3.7 Sonnet", ("3", "15")),
        ("anthropic.claude-3-5-sonnet-20241022-v2:0", "Claude 3.5 Sonnet", ("3", "15")),
        ("claude-3-sonnet-20240229", "Claude 3 Sonnet", ("3", "15")),
        ("us.anthropic.claude-3-opus-20240229-v1:0", "Claude 3 Opus", ("15", "75")),
        ("gpt-5.1-2025-11-13", "GPT-5.1", ("1.25", "10")),
        ("azure/gpt-5.1-codex", "GPT-5.1", ("1.25", "10")),
        ("gpt-5.1-codex-mini", "GPT-5.1 Codex mini", ("0.25", "2")),
        ("openai/gpt-5.2", "GPT-5.2", ("1.75", "14")),
        ("gpt-5.2-codex", "GPT-5.2", ("1.75", "14")),
        ("gpt-5.3-codex", "GPT-5.3 Codex", ("1.75", "14")),
        ("gpt-5.3-chat-latest", "GPT-5.3", ("1.75", "14")),
        ("gpt-5.4-2026-03-05", "GPT-5.4", ("2.5", "15")),
        ("gpt-5.5", "GPT-5.5", ("5", "30")),
        ("o3-mini-2025-01-31", "o3-mini", ("1.1", "4.4")),
        ("google/gemini-3-flash-preview", "Gemini 3 Flash", ("0.5", "3")),
        ("gemini-3-pro-preview", "Gemini 3 Pro", ("2", "12")),
        ("gemini-3.1-pro-preview", "Gemini 3.1 Pro", ("2", "12")),
        ("gemini-2.0-flash-001", "Gemini 2.0 Flash", ("0.1", "0.4")),
        ("x-ai/grok-code-fast-1", "Grok Code Fast 1", ("0.2", "1.5")),
        ("xai/grok-4", "Grok 4", ("3", "15")),
    ],
)
def test_a_name_of_a_log_finds_its_model_and_price(
    catalogue: Catalogue, logged: str, name: str, prices: tuple[str, str]
) -> None:
    """Prices as the providers' pages had them, typed by hand."""
    answer = asked(catalogue, logged)
    (models,) = [table["rows"] for table in answer["tables"] if table["name"] == "models"]
    assert models[0][0] == name
    assert Decimal(answer["outputs"]["total"]["value"]) == cost(*prices)


@pytest.mark.parametrize(
    ("model", "day", "prices"),
    [("gpt-5.1", "2025-12-20", ("1.25", "10")), ("claude-sonnet-4-5", "2025-11-02", ("3", "15"))],
)
def test_the_price_of_a_day_of_last_year(catalogue: Catalogue, model: str, day: str, prices: tuple[str, str]) -> None:
    assert Decimal(asked(catalogue, model, day=day)["outputs"]["at_the_time"]["value"]) == cost(*prices)


@pytest.mark.parametrize(
    ("model", "day", "prices"),
    [
        ("gpt-5.6-sol", "2026-07-09", ("5", "30")),
        ("gpt-5.6-sol", "2026-08-20", ("5", "30")),
        ("gpt-5.6-sol", "2026-08-21", ("4", "20")),
        ("gpt-5.6-terra", "2026-07-29", ("2.5", "15")),
        ("gpt-5.6-terra", "2026-07-30", ("2", "12")),
        ("gpt-5.6-luna", "2026-07-29", ("1", "6")),
        ("gpt-5.6-luna", "2026-07-30", ("0.2", "1.2")),
        ("o3-2025-04-16", "2025-06-10", ("2", "8")),
        ("deepseek-v4-pro", "2026-08-16", ("0.435", "0.87")),
        ("deepseek-v4-pro", "2026-08-17", ("0.66", "1.98")),
        ("mistral-large-4-0", "2026-10-19", ("0.68", "2.09")),
        ("mistral-large-4-0", "2026-10-20", ("1.36", "4.18")),
    ],
)
def test_a_price_that_was_lowered_or_raised_counts_from_its_day(
    catalogue: Catalogue, model: str, day: str, prices: tuple[str, str]
) -> None:
    """As people wrote them down who keep lists of their own.

    pwrdrvr/PwrAgent 1868 and qxcnm/Codex-Manager 409 on GPT-5.6, simonw/llm-prices 66 on o3, ccusage/ccusage 1643 and
    xr843/fojin 639 on DeepSeek, the note of genai-prices on Large 4.
    """
    assert Decimal(asked(catalogue, model, day=day)["outputs"]["at_the_time"]["value"]) == cost(*prices)


@pytest.mark.parametrize(("model", "day"), [("gpt-5.6-luna", "2026-07-08"), ("o3", "2025-04-15")])
def test_a_day_before_the_first_known_price_has_none(catalogue: Catalogue, model: str, day: str) -> None:
    assert asked(catalogue, model, day=day)["outputs"]["at_the_time"]["value"] is None


def test_a_batch_of_a_day_before_its_price_is_known_is_not_priced_at_that_time(catalogue: Catalogue) -> None:
    """The list knows OpenAI's batch prices since 2026-10-14: before, they are not taken for the standard ones."""
    early, late = (asked(catalogue, "gpt-5.1", day=day, tier="batch") for day in ("2026-10-13", "2026-10-14"))
    assert early["outputs"]["at_the_time"]["value"] is None
    assert Decimal(late["outputs"]["at_the_time"]["value"]) == cost("1.25", "10") / 2


def test_an_older_model_is_never_offered(catalogue: Catalogue) -> None:
    older = set(catalogue.facts.entries("older_prices"))
    names = {catalogue.facts.entry("older_prices", id)["name"] for id in older}
    assert older.isdisjoint(catalogue.facts.entries("prices")) and len(older) > 30
    ranking = next(table for table in asked(catalogue, "gpt-5.1")["tables"] if table["name"] == "ranking")
    assert names.isdisjoint(row[0] for row in ranking["rows"])
    for name in NAMES:
        every = [kind for kind in kinds(find_calculator(name).inputs).values() if isinstance(kind, Every)]
        assert name == "prompting/traffic" or all(kind.collection != "older_prices" for kind in every)


def test_an_older_model_is_compared_with_one_of_today(catalogue: Catalogue) -> None:
    """GPT-5.1's tokens are those of o200k, which GPT-6.1 Sol is taken to count, too: $2 and $10 a million."""
    ranking = next(table for table in asked(catalogue, "gpt-5.1")["tables"] if table["name"] == "ranking")
    by_name = {row[0]: row for row in ranking["rows"]}
    assert Decimal(by_name["GPT-6.1 Sol"][2]) == cost("2", "10")
