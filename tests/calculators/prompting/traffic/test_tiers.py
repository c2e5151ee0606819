"""Logged requests at their tier of service, priced by hand: on their own model, on the day, and on others."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.answers import answer_json
from tests.json_types import JsonObject

DAY = 1_794_182_400
"""2026-11-09, in seconds since 1970."""


def openai(model: str, tier: str, **usage: Any) -> str:
    """An answer of the chat interface: a thousand tokens in, 200 of them cached, and a hundred out."""
    counts = {"prompt_tokens": 1000, "completion_tokens": 100, "prompt_tokens_details": {"cached_tokens": 200}} | usage
    return json.dumps(
        {"id": f"c{tier}", "object": "chat.completion", "created": DAY, "model": model, "service_tier": tier}
        | {"choices": [{"index": 0, "finish_reason": "stop", "message": {}}], "usage": counts}
    )


def anthropic(model: str, **usage: Any) -> str:
    """An answer of the messages interface: a thousand tokens in and a hundred out."""
    counts = {"input_tokens": 1000, "output_tokens": 100} | usage
    return json.dumps({"id": "m", "type": "message", "model": model, "content": [], "usage": counts})


def gemini(model: str, traffic: str) -> str:
    """An answer of Vertex AI: a thousand tokens in and a hundred out."""
    counts = {"promptTokenCount": 1000, "candidatesTokenCount": 100, "totalTokenCount": 1100, "trafficType": traffic}
    return json.dumps({"responseId": "g", "modelVersion": model, "candidates": [], "usageMetadata": counts})


def asked(catalogue: Catalogue, *rows: str, **given: str) -> JsonObject:
    return answer_json(catalogue, "prompting/traffic", {"pasted": "\n".join(rows), **given})


def total(answer: JsonObject) -> Decimal:
    return Decimal(answer["outputs"]["total"]["value"])


STANDARD = (800 * Decimal(2) + 200 * Decimal("0.1") + 100 * Decimal(10)) / 10**6
"""GPT-6.1 Sol: $2 a million in, $0.10 from the cache, $10 out."""


@pytest.mark.parametrize(
    ("row", "cost"),
    [
        (openai("gpt-6.1-sol", "default"), STANDARD),
        (openai("gpt-6.1-sol", "flex"), STANDARD / 2),
        (openai("gpt-6.1-sol", "priority"), STANDARD * 2),
        (openai("gpt-6.1-sol", "fast"), STANDARD * 2),
        (openai("gpt-6.1-sol", "scale"), STANDARD),  # bought ahead by contract
        (anthropic("claude-opus-5-5", speed="fast"), (1000 * Decimal(8) + 100 * Decimal(40)) / 10**6),
        (anthropic("claude-opus-5-5", service_tier="priority"), (1000 * Decimal(4) + 100 * Decimal(20)) / 10**6),
        (gemini("gemini-3.8-flash", "ON_DEMAND_FLEX"), (1000 * Decimal("0.375") + 100 * Decimal("1.875")) / 10**6),
        (gemini("gemini-3.8-flash", "ON_DEMAND_PRIORITY"), (1000 * Decimal("1.35") + 100 * Decimal("6.75")) / 10**6),
    ],
)
def test_a_request_costs_what_its_tier_does(catalogue: Catalogue, row: str, cost: Decimal) -> None:
    assert total(asked(catalogue, row)) == cost


def test_the_tiers_of_one_log_are_priced_apart(catalogue: Catalogue) -> None:
    rows = [openai("gpt-6.1-sol", tier) for tier in ("default", "flex", "priority")]
    answer = asked(catalogue, *rows)
    assert total(answer) == STANDARD * Decimal("3.5")
    assert Decimal(answer["outputs"]["at_the_time"]["value"]) == STANDARD * Decimal("3.5")
    said = " ".join(answer["notes"])
    assert "Sent at another tier than the standard one: 2 requests" in said
    assert "No price is known of these tiers" not in said
    (models,) = [table["rows"] for table in answer["tables"] if table["name"] == "models"]
    assert models[0][-1] == "partly at the flex tier; partly at the priority tier"


def test_a_tier_without_a_price_is_said(catalogue: Catalogue) -> None:
    answer = asked(catalogue, openai("gpt-6.1-sol", "scale"))
    said = " ".join(answer["notes"])
    assert "so their requests count at standard prices: scale at GPT-6.1 Sol." in said
    (models,) = [table["rows"] for table in answer["tables"] if table["name"] == "models"]
    assert models[0][-1] == "at the scale tier, priced as standard"


def test_elsewhere_each_request_keeps_its_tier_where_it_is_sold(catalogue: Catalogue) -> None:
    """The same requests at the fast tier, on Claude Opus 5.5, which has it, and on Haiku 5.5, which has not."""
    answer = asked(catalogue, anthropic("claude-opus-5", speed="fast"))
    (ranking,) = [table["rows"] for table in answer["tables"] if table["name"] == "ranking"]
    by_name = {row[0]: row for row in ranking}
    assert Decimal(by_name["Claude Opus 5.5"][2]) == (1000 * Decimal(8) + 100 * Decimal(40)) / 10**6
    assert Decimal(by_name["Claude Haiku 5.5"][2]) == (1000 * Decimal("0.1") + 100 * Decimal("0.5")) / 10**6
    assert "no fast tier" in by_name["Claude Haiku 5.5"][-1] and "no fast tier" not in by_name["Claude Opus 5.5"][-1]


def test_a_batch_saves_against_the_tier_that_was_paid(catalogue: Catalogue) -> None:
    """Nothing at flex, which costs the same; at priority three quarters of what was paid."""
    flex = asked(catalogue, openai("gpt-6.1-sol", "flex"), can_wait="100%")["outputs"]["batch_saving"]["value"]
    fast = asked(catalogue, openai("gpt-6.1-sol", "priority"), can_wait="100%")["outputs"]["batch_saving"]["value"]
    assert Decimal(flex) == 0
    assert Decimal(fast) == STANDARD * Decimal("1.5")
