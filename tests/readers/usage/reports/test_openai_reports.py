"""OpenAI's reports: pages of usage and costs, and the two tables of the dashboard."""

from __future__ import annotations

import json
from typing import Any

from tests.readers.usage.reading import json_lines, requests_in, totals
from tests.readers.usage.report_examples import OPENAI_COST_TABLE, OPENAI_USAGE, OPENAI_USAGE_TABLE

NOVEMBER_1 = 1793491200.0
DAY = 86400


def page(*results: dict[str, Any], start: int = 1793491200, seconds: int = DAY) -> dict[str, Any]:
    """A page with one bucket."""
    bucket = {"object": "bucket", "start_time": start, "end_time": start + seconds, "results": list(results)}
    return {"object": "page", "data": [bucket]}


def result(**counts: Any) -> dict[str, Any]:
    """A result of usage."""
    return {"object": "organization.usage.completions.result", "num_model_requests": 1, "input_tokens": 10, **counts}


def test_a_page_of_usage_gives_a_request_for_each_result_and_each_empty_day() -> None:
    requests, skipped = requests_in(OPENAI_USAGE, "openai_report")
    batch, priority, empty = requests
    assert not skipped
    assert (batch.requests, batch.uncached, batch.read, batch.write, batch.output) == (7, 5000, 3000, 200, 640)
    assert (batch.model, batch.provider, batch.tier) == ("gpt-5-mini-2025-08-07", "openai", "batch")
    assert (batch.time, batch.has_hour, batch.reasoning) == (NOVEMBER_1, False, None)
    assert (priority.requests, priority.uncached, priority.read, priority.write) == (2, 500, None, None)
    assert (priority.model, priority.tier) == ("", "priority")
    assert (empty.requests, empty.time, empty.has_hour, empty.uncached) == (0, NOVEMBER_1 + DAY, False, None)


def test_two_downloads_of_a_report_count_once() -> None:
    once = totals(requests_in(OPENAI_USAGE)[0])
    assert totals(requests_in(OPENAI_USAGE)[0] + requests_in(OPENAI_USAGE)[0]) == once
    table = requests_in(OPENAI_USAGE_TABLE)[0]
    assert totals(table + requests_in(OPENAI_USAGE_TABLE)[0]) == totals(table)


def test_equal_results_of_one_bucket_are_different_sums() -> None:
    requests, _ = requests_in(json_lines(page(result(), result())))
    assert totals(requests)["requests"] == 2


def test_a_bucket_of_an_hour_has_an_hour() -> None:
    requests, _ = requests_in(json_lines(page(result(), seconds=3600)))
    assert requests[0].has_hour


def test_buckets_one_by_one_are_read_too() -> None:
    requests, _ = requests_in(json_lines(*page(result(output_tokens=3))["data"]), "openai_report")
    assert (requests[0].requests, requests[0].output) == (1, 3)


def test_a_result_that_counts_no_requests_is_no_request() -> None:
    stored = {"object": "organization.usage.vector_stores.result", "usage_bytes": 1024}
    assert requests_in(json_lines(page(stored))) == ([], [])


def test_costs_are_amounts_without_requests() -> None:
    cost = {
        "object": "organization.costs.result",
        "amount": {"value": 0.06, "currency": "usd"},
        "line_item": "gpt-5-nano, cached input",
    }
    requests, _ = requests_in(json_lines(page(cost)), "openai_report")
    assert [(request.requests, request.cost, request.model) for request in requests] == [(0, 0.06, "gpt-5-nano")]
    assert totals(requests)["uncached"] is None


def test_a_cost_in_another_currency_is_skipped_and_the_rest_is_kept() -> None:
    cost: dict[str, Any] = {"object": "organization.costs.result", "amount": {"value": 1, "currency": "eur"}}
    requests, skipped = requests_in(json_lines(page(cost, result(input_tokens=7))))
    assert ([request.uncached for request in requests], skipped) == ([7], ["its cost is not in US dollars"])


def test_a_result_whose_cache_is_more_than_its_input_is_skipped() -> None:
    requests, skipped = requests_in(json_lines(page(result(input_cached_tokens=11), result())))
    assert (len(requests), skipped) == (1, ["its cached tokens are more than its prompt"])


def test_the_table_of_usage_has_decimal_points_and_empty_days() -> None:
    requests, skipped = requests_in(OPENAI_USAGE_TABLE, "openai_usage_table")
    standard, batch, empty = requests
    assert not skipped
    assert (standard.requests, standard.uncached, standard.read, standard.output) == (3, 3000, 4000, 250)
    assert (standard.tier, standard.model, standard.write) == ("standard", "gpt-5-nano", None)
    assert (batch.requests, batch.uncached, batch.read, batch.tier) == (2, 900, 0, "batch")
    assert (empty.requests, empty.time, empty.has_hour) == (0, NOVEMBER_1 + DAY, False)


def test_a_table_may_have_more_columns_a_mark_of_order_and_fewer_columns() -> None:
    text = "\ufeffNew,num_model_requests,input_tokens\nx,2,30\n"
    requests, _ = requests_in(text, "openai_usage_table")
    assert [(request.requests, request.uncached, request.output) for request in requests] == [(2, 30, None)]


def test_text_in_a_count_is_skipped_with_a_reason() -> None:
    requests, skipped = requests_in("num_model_requests,input_tokens\nmany,3\n1,-4\n1,5\n")
    assert (len(requests), skipped) == (1, ["a count is not a whole number", "a count is not a whole number"])


def test_the_table_of_costs_has_an_amount_for_each_line_item() -> None:
    requests, skipped = requests_in(OPENAI_COST_TABLE, "openai_cost_table")
    assert not skipped
    assert [(request.requests, request.cost, request.model) for request in requests] == [
        (0, 1.25, "gpt-5-nano"),
        (0, 0.75, "gpt-5-nano"),
        (0, None, ""),
    ]
    assert len({request.id for request in requests}) == 3


def test_other_pages_are_no_reports() -> None:
    for other in ({"object": "list", "data": []}, {"object": "page"}, {"object": ["page"], "data": []}):
        assert requests_in(json.dumps(other)) == ([], ["it is not a request in a known format"])
