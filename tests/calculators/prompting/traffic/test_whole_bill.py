"""What a log leaves out is named with its days, its number and its cost; what it hands on is the bill of one model."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.catalogue import CASE_CALCULATOR, Catalogue, Question
from calculators.domain.records import ModelPrice
from tests.calculators.answers import answer_json
from tests.calculators.prompting.traffic.test_traffic import market, table_of
from tests.daily import examples
from tests.json_types import JsonObject

__all__ = ["market"]

LARGE, SMALL = "openai/gpt-4o", "openai/gpt-4o-mini"
NAMES = {LARGE: "gpt-4o-2024-08-06", SMALL: "gpt-4o-mini"}
SHORTEST_CACHED = 1024
"""OpenAI caches no shorter prompt."""
FIRST = datetime(2026, 11, 1, 10, tzinfo=UTC)


def sent(model: str, day: int, number: int, tokens: tuple[int, int], cached: int = 0, tier: str = "") -> dict[str, Any]:
    """One request to OpenAI on a day of November, from 0."""
    read, written = tokens
    usage: JsonObject = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
    usage["prompt_tokens_details"] = {"cached_tokens": cached}
    moment = FIRST + timedelta(days=day, minutes=number)
    row = {"id": f"{model}-{day}-{number}", "object": "chat.completion", "created": int(moment.timestamp())}
    choices = [{"index": 0, "finish_reason": "stop", "message": {}}]
    return row | {"model": NAMES[model], "usage": usage, "choices": choices} | ({"service_tier": tier} if tier else {})


def asked(catalogue: Catalogue, rows: Iterable[dict[str, Any]], **typed: str) -> JsonObject:
    return answer_json(catalogue, "prompting/traffic", {"pasted": "\n".join(map(json.dumps, rows)), **typed})


def bill_of(rows: Iterable[dict[str, Any]], market: dict[str, ModelPrice]) -> Decimal:
    """Each request at the list prices, one by one."""
    cost = Decimal(0)
    for row in rows:
        model = market[next(id for id, name in NAMES.items() if name == row["model"])]
        usage = row["usage"]
        cached = usage["prompt_tokens_details"]["cached_tokens"]
        assert model.cached_read is not None
        cost += (usage["prompt_tokens"] - cached) * model.input + cached * model.cached_read
        cost += usage["completion_tokens"] * model.output
    return cost / 10**6


def test_a_month_of_days_is_paid_in_full(catalogue: Catalogue, market: dict[str, ModelPrice]) -> None:
    """One request a day in November, the first three of them before the first price that is known."""
    rows = [sent(LARGE, day, 0, (1000, 100)) for day in range(30)]
    answer = asked(catalogue, rows)
    outputs = {name: output["value"] for name, output in answer["outputs"].items()}
    assert catalogue.facts.fact(f"prices:{LARGE}#input").since == "2026-11-04"
    assert Decimal(outputs["total"]) == bill_of(rows, market)
    assert Decimal(outputs["at_the_time"]) == bill_of(rows[3:], market)
    assert Decimal(outputs["undated"]) == bill_of(rows[:3], market)
    assert [row[0] for row in table_of(answer, "daily")] == [f"2026-11-{day:02d}" for day in range(4, 31)]
    (note,) = [note for note in answer["notes"] if "no price of their day is known" in note]
    assert "3 requests" in note and "GPT-4o (3 days, 2026-11-01 to 2026-11-03)" in note
    assert f"${bill_of(rows[:3], market).normalize()}" in note
    (left,) = table_of(answer, "left_out")
    assert "GPT-4o (3 days, 2026-11-01 to 2026-11-03)" in left[0]


def test_the_month_names_its_days_and_those_it_leaves_out(catalogue: Catalogue, market: dict[str, ModelPrice]) -> None:
    rows = [sent(LARGE, day, number, (1000, 100)) for day in range(30) for number in range(2 if day else 5)]
    answer = asked(catalogue, rows, month_hours="720")
    outputs = {name: output["value"] for name, output in answer["outputs"].items()}
    assert outputs["days_covered"] == "28"
    assert Decimal(outputs["requests_month"]) == Decimal(len(rows[5:-2])) / 28 * 30
    assert Decimal(outputs["per_month"]) == pytest.approx(bill_of(rows[5:-2], market) / 28 * 30)
    (note,) = [note for note in answer["notes"] if "seldom whole" in note]
    left = bill_of([*rows[:5], *rows[-2:]], market)
    for words in ("30 days", "28 days", "2026-11-01 and 2026-11-30", "7 requests", f"${left.normalize()}"):
        assert words in note
    assert not any("seldom whole" in note for note in asked(catalogue, rows, days="30")["notes"])


def test_days_with_a_price_leave_nothing_out(catalogue: Catalogue) -> None:
    answer = asked(catalogue, [sent(LARGE, day, 0, (1000, 100)) for day in range(9, 11)])
    assert answer["outputs"]["undated"]["value"] is None
    assert table_of(answer, "left_out") == []
    assert not any("leave out" in note or "seldom whole" in note for note in answer["notes"])


@examples(8, at_night=60)
@given(seed=st.integers(0, 10**6), large=st.integers(1, 40), small=st.integers(0, 200), days=st.integers(4, 12))
def test_what_is_handed_on_costs_what_the_log_says_of_that_model(
    catalogue: Catalogue, market: dict[str, ModelPrice], seed: int, large: int, small: int, days: int
) -> None:
    """However the two models are mixed, the prompt's calculator bills the costliest one as the log has it."""
    chance = random.Random(seed)

    def request(model: str, day: int, number: int) -> dict[str, Any]:
        prompt = chance.randrange(SHORTEST_CACHED, 9000)
        return sent(model, day, number, (prompt, chance.randrange(1, 900)), chance.choice([0, prompt // 128 * 128]))

    rows = [request(LARGE, number % days, number) for number in range(large)]
    rows += [request(SMALL, number % days, large + number) for number in range(small)]
    by_model = {model: [row for row in rows if row["model"] == name] for model, name in NAMES.items()}
    costs = {model: bill_of(of_model, market) for model, of_model in by_model.items()}
    costliest = max(costs, key=lambda model: costs[model])
    answer = asked(catalogue, rows, days=str(days), month_hours="720")
    case = {row[0]: row[2] for row in table_of(answer, "case")}
    assert case["model"] == costliest
    assert {row[3] for row in table_of(answer, "case")} == {f"your logs, n = {len(by_model[costliest])}"}
    month = Decimal(answer_json(catalogue, CASE_CALCULATOR, case)["outputs"]["per_month"]["value"])
    expected = costs[costliest] / days * 30
    # A token of each kind is rounded by half, the share in the cache at its fourth digit, the requests at their tenth.
    price, requests = market[costliest], Decimal(len(by_model[costliest])) / days * 30
    rounded = requests * (price.input + price.output) / 10**6 + expected * Decimal("0.05") / requests
    rounded += requests * Decimal("0.0001") * 9000 * price.input / 10**6
    assert abs(month - expected) <= rounded
    sentence = [note for note in answer["notes"] if "Your numbers for the other calculators" in note]
    assert bool(sentence) == (min(map(len, by_model.values())) > 0)
    assert all(market[costliest].name in note and f"{len(by_model[costliest])} request" in note for note in sentence)


def test_a_mean_below_what_is_cached_is_handed_on_as_what_is(
    catalogue: Catalogue, market: dict[str, ModelPrice]
) -> None:
    """Of two requests one reads 1,280 tokens: a mean of 640, of which no cache would hold any."""
    rows = [sent(LARGE, 9, 0, (1400, 100), cached=1280), sent(LARGE, 10, 1, (1000, 100))]
    case = {row[0]: row[2] for row in table_of(asked(catalogue, rows, days="2", month_hours="720"), "case")}
    prefix = SHORTEST_CACHED
    assert Decimal(case["instructions"]) == prefix == market[LARGE].smallest_prefix
    assert Decimal(case["user_text"]) == 1200 - prefix
    assert Decimal(case["found_cached"]) == Decimal(1280) / 2 / prefix
    month = Decimal(answer_json(catalogue, CASE_CALCULATOR, case)["outputs"]["per_month"]["value"])
    assert month == bill_of(rows, market) / 2 * 30


def test_a_mean_of_shorter_prompts_is_handed_on_as_logged(catalogue: Catalogue) -> None:
    """No prefix of 1,024 tokens fits into a prompt of 700: what was read stays half of its 640."""
    rows = [sent(LARGE, 9, 0, (1300, 100), cached=1280), sent(LARGE, 10, 1, (100, 100))]
    case = {row[0]: row[2] for row in table_of(asked(catalogue, rows, days="2", month_hours="720"), "case")}
    assert [case[name] for name in ("instructions", "user_text", "found_cached")] == ["640", "60", "1"]


def test_a_model_with_another_tokenizer_and_tier_is_billed_the_same_where_it_goes(
    catalogue: Catalogue, market: dict[str, ModelPrice]
) -> None:
    """Claude counts more tokens than the usual tokenizer: handed on without it, each would be counted up again."""
    usage = {"input_tokens": 2000, "output_tokens": 120, "service_tier": "batch"}
    rows = [
        {
            "time": f"2026-11-{10 + number:02d}T08:00:00Z",
            "response": {"id": f"m{number}", "type": "message", "model": "claude-sonnet-5-5", "usage": usage},
        }
        for number in range(6)
    ]
    answer = asked(catalogue, rows, days="6", month_hours="720")
    case = {row[0]: row[2] for row in table_of(answer, "case")}
    model = market["anthropic/claude-sonnet-5-5"]
    assert model.batch_input is not None and model.batch_output is not None
    expected = 30 * (2000 * model.batch_input + 120 * model.batch_output) / 10**6
    assert (case["counted_with"], case["tier"]) == (model.tokenizer, "batch")
    assert Decimal(answer_json(catalogue, CASE_CALCULATOR, case)["outputs"]["per_month"]["value"]) == expected


def test_no_model_that_nobody_named_is_the_readers_and_no_loss_is_a_saving(catalogue: Catalogue) -> None:
    """The default to compare with, GPT-6.2 Sol, costs more than GPT-4o mini for everything."""
    rows = [sent(SMALL, day, 0, (1000, 100)) for day in range(9, 13)]
    answer = asked(catalogue, rows, can_wait="0")
    typed = {"pasted": "\n".join(map(json.dumps, rows)), "can_wait": "0"}
    page = catalogue.answer(Question("prompting/traffic", typed, form="html"))
    assert "GPT-4o mini (in your logs)" in page
    assert "(yours)" not in page and 'own-mark">yours' not in page
    assert table_of(answer, "savings") == []
    assert answer["outputs"]["mix_saving"]["value"] is None
    assert not any(note.startswith("The largest saving") for note in answer["notes"])
    cheapest = table_of(answer, "ranking")[0]
    assert any(f"on {cheapest[0]}, the cheapest" in note for note in answer["notes"])
