"""OpenRouter's table and its endpoint: the billed counts, the discount, and the reader's key."""

from __future__ import annotations

import pytest

from calculators.readers.usage.request import Request
from tests.readers.usage.example_rows import ACTIVITY, GENERATION, activity, refusal_of, request_of
from tests.readers.usage.reading import requests_in


def line(**cells: str) -> Request:
    """The request of a table with one line."""
    (request,), skipped = requests_in(activity(**cells), "openrouter_activity")
    assert skipped == []
    return request


def test_a_line() -> None:
    """Of 6,000 prompt tokens 4,000 were cached; the discount of the cache is in the total already."""
    assert line() == Request(
        time=1791187200.0,
        id="gen-1010",
        model="openai/gpt-5-mini-2025-08-07",
        provider="openrouter",
        uncached=2000,
        read=4000,
        output=500,
        reasoning=200,
        cost=0.02,
        seconds=2.4,
        first_token_seconds=0.6,
    )


def test_with_the_readers_key_the_total_is_only_the_fee() -> None:
    assert line(cost_total="0.001", byok_usage_inference="0.05").cost == pytest.approx(0.051)


def test_a_canceled_generation_is_billed() -> None:
    request = line(cancelled="true")
    assert (request.failed, request.cost, request.output) == (False, 0.02, 500)


def test_an_error_failed() -> None:
    assert line(finish_reason_normalized="error").failed


def test_a_variant_is_part_of_the_name() -> None:
    assert line(variant="free").model == "openai/gpt-5-mini-2025-08-07:free"
    assert line(variant="free", model_permaslug="x/y:free").model == "x/y:free"


def test_empty_cells_are_unknown() -> None:
    request = line(tokens_cached="", tokens_reasoning="", cost_total="", generation_time_ms="")
    assert (request.uncached, request.read, request.reasoning) == (6000, None, None)
    assert (request.cost, request.seconds) == (None, None)


@pytest.mark.parametrize("count", ["-1", "some", "nan", "inf", "1e400", "1.5"])
def test_a_count_that_is_none_is_refused(count: str) -> None:
    requests, skipped = requests_in(activity(tokens_prompt=count))
    assert (requests, len(skipped)) == ([], 1)


def test_a_short_line_is_read_as_far_as_it_goes() -> None:
    requests, skipped = requests_in(ACTIVITY + "gen-1,2026-10-05 08:00:00.000,0.1")
    assert skipped == []
    assert (requests[0].cost, requests[0].uncached) == (0.1, None)


def test_other_tables_are_not_taken() -> None:
    requests, skipped = requests_in("date,model,requests\n2026-10-05,openai/gpt-5,3\n")
    assert (requests, skipped) == ([], ["it is not a request in a known format"])


def test_a_generation_has_the_billed_counts() -> None:
    """1,000 and 100 by the model's own tokenizer, not 900 and 80 by the common one."""
    assert request_of({"data": GENERATION}, "openrouter_generation") == Request(
        time=1791187200.0,
        id="gen-808",
        model="anthropic/claude-sonnet-5",
        provider="openrouter",
        uncached=400,
        read=600,
        output=100,
        reasoning=25,
        cost=0.02,
        seconds=2.5,
    )


def test_a_generation_with_the_readers_key() -> None:
    assert request_of(GENERATION | {"is_byok": True, "total_cost": 0.001}).cost == pytest.approx(0.02)


def test_more_cached_than_asked_is_refused() -> None:
    row = GENERATION | {"native_tokens_cached": 2000}
    assert refusal_of(row) == "its cached tokens are more than its prompt"
