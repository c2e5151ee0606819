"""Anthropic's reports: pages of usage and costs, and the two tables of the Console."""

from __future__ import annotations

from typing import Any

from tests.readers.usage.reading import json_lines, requests_in, totals
from tests.readers.usage.report_examples import ANTHROPIC_COST_TABLE, ANTHROPIC_USAGE, ANTHROPIC_USAGE_TABLE

NOVEMBER_1, NOVEMBER_2 = 1793491200.0, 1793577600.0


def bucket(*results: Any) -> dict[str, Any]:
    """A bucket of a day."""
    return {"starting_at": "2026-11-01T00:00:00Z", "ending_at": "2026-11-02T00:00:00Z", "results": list(results)}


def test_the_usage_report_counts_no_requests() -> None:
    (sums, empty), skipped = requests_in(ANTHROPIC_USAGE, "anthropic_report")
    assert not skipped
    assert (sums.requests, sums.uncached, sums.read, sums.write, sums.write_long) == (None, 1500, 6000, 100, 30)
    assert (sums.output, sums.reasoning) == (410, None)
    assert (sums.time, sums.has_hour) == (NOVEMBER_1, False)
    assert (sums.model, sums.provider, sums.tier) == ("claude-haiku-5", "anthropic", "batch")
    assert (empty.requests, empty.time, empty.has_hour) == (0, NOVEMBER_2, False)


def test_two_downloads_of_a_report_count_once() -> None:
    requests = requests_in(ANTHROPIC_USAGE)[0]
    assert totals(requests + requests_in(ANTHROPIC_USAGE)[0]) == totals(requests)


def test_counts_that_a_report_leaves_out_are_unknown() -> None:
    requests, _ = requests_in(json_lines(bucket({"output_tokens": 5})), "anthropic_report")
    assert (requests[0].uncached, requests[0].write, requests[0].read, requests[0].output) == (None, None, None, 5)


def test_an_amount_of_the_cost_report_is_in_cents() -> None:
    result = {"amount": "123.5", "currency": "USD", "cost_type": "tokens", "model": "claude-haiku-5", "token_type": "x"}
    requests, _ = requests_in(json_lines({"data": [bucket(result, {**result, "token_type": "y"})]}), "anthropic_report")
    assert [(request.requests, request.cost) for request in requests] == [(0, 1.235), (0, 1.235)]
    assert requests[0].id != requests[1].id


def test_a_cost_in_another_currency_and_a_result_that_is_no_object_are_skipped() -> None:
    text = json_lines(bucket({"amount": "1", "currency": "EUR"}, 5, {"output_tokens": 1}))
    requests, skipped = requests_in(text)
    assert len(requests) == 1
    assert skipped == ["its cost is not in US dollars", "a part of the row is not an object"]


def test_the_table_of_usage_has_both_lifetimes_and_the_speed() -> None:
    (standard, fast), skipped = requests_in(ANTHROPIC_USAGE_TABLE, "anthropic_usage_table")
    assert not skipped
    assert (standard.requests, standard.uncached, standard.read, standard.write) == (None, 5200, 81000, 1200)
    assert (standard.write_long, standard.output, standard.tier) == (900, 3100, "standard")
    assert (standard.time, standard.has_hour, standard.model) == (NOVEMBER_1, False, "claude-opus-4-8")
    assert (fast.tier, fast.write) == ("fast", 0)
    assert standard.id != fast.id


def test_an_older_table_has_one_column_of_writes() -> None:
    text = (
        "\ufeffusage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,"
        "usage_input_tokens_cache_write,usage_input_tokens_cache_read,usage_output_tokens,web_search_count\n"
        "2025-08-04,claude-sonnet-4,key,Default,batch,≤ 200k,40,50,60,7,0\n"
        "2025-08-05,,,,,,,,,,\n"
    )
    (sums, empty), _ = requests_in(text, "anthropic_usage_table")
    assert (sums.uncached, sums.write, sums.write_long, sums.read, sums.output) == (40, 50, None, 60, 7)
    assert sums.tier == "batch"
    assert (empty.requests, empty.has_hour) == (0, False)


def test_the_table_of_costs_has_a_row_for_each_kind_of_token() -> None:
    requests, skipped = requests_in(ANTHROPIC_COST_TABLE, "anthropic_cost_table")
    assert not skipped
    assert [(request.requests, request.cost) for request in requests] == [(0, 0.026), (0, 0.0775)]
    assert {request.model for request in requests} == {"Claude Opus 4.8"}
    assert len({request.id for request in requests}) == 2


def test_a_negative_count_is_skipped_with_a_reason() -> None:
    text = ANTHROPIC_USAGE_TABLE.replace(",5200,", ",-5200,")
    assert requests_in(text)[1] == ["a count is not a whole number"]
