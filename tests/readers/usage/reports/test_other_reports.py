"""Reports of Cursor and OpenRouter, and our table of sums."""

from __future__ import annotations

import pytest

from calculators.readers.usage.cells import usage_seconds_in
from tests.readers.usage.reading import json_lines, requests_in, totals
from tests.readers.usage.report_examples import CURSOR, OPENROUTER_DAYS, SUMS

NOVEMBER_1 = usage_seconds_in("2026-11-01")


def test_cursor_has_four_kinds_of_tokens_that_add_up() -> None:
    (billed, included, failed), skipped = requests_in(CURSOR, "cursor")
    assert not skipped
    assert (billed.uncached, billed.read, billed.write, billed.output, billed.cost) == (20, 5000, 700, 130, 0.31)
    assert (billed.requests, billed.model, billed.reasoning, billed.remark) == (1, "claude-opus-4-8", None, "")
    assert billed.time == usage_seconds_in("2026-11-01T09:30:00Z")
    assert (included.cost, included.failed, included.uncached) == (None, False, 400)
    assert (failed.failed, failed.cost) == (True, None)


def test_cursor_tables_of_other_years_are_read_too() -> None:
    """The first had no kind, and a cost to the reader; the last has the ids of agents."""
    first = (
        "Date,Model,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost,"
        "Cost to you\n"
        "2025-06-01T10:00:00.000Z,gpt-5,5,10,0,3,18,$0.10,$0\n"
    )
    last = (
        "Date,Cloud Agent ID,Automation ID,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),"
        "Cache Read,Output Tokens,Total Tokens,Cost\n"
        "2026-06-01T10:00:00.000Z,,a1,Included,gpt-5,No,5,10,0,3,18,0.10\n"
    )
    for text in (first, last):
        (request,), skipped = requests_in(text, "cursor")
        assert (request.write, request.uncached, request.read, request.output) == (5, 10, 0, 3)
        assert (request.cost, request.remark, skipped) == (0.1, "", [])


def test_a_total_of_cursor_that_is_not_the_sum_is_remarked() -> None:
    (request, *_), _ = requests_in(CURSOR.replace('"5850"', '"9000"'))
    assert request.remark == "its total is more than its parts"


def test_two_downloads_of_cursor_count_once() -> None:
    requests = requests_in(CURSOR)[0]
    assert totals(requests + requests_in(CURSOR)[0]) == totals(requests)


def test_a_day_of_openrouter_knows_no_cache_and_adds_the_charge_of_the_provider() -> None:
    (day,), skipped = requests_in(OPENROUTER_DAYS, "openrouter_days")
    assert not skipped
    assert (day.requests, day.uncached, day.read, day.write) == (12, 9100, None, None)
    assert (day.output, day.reasoning, day.cost) == (800, 350, pytest.approx(0.42))
    assert (day.model, day.provider) == ("openai/gpt-5-mini-2025-08-07", "OpenAI")
    assert (day.time, day.has_hour) == (NOVEMBER_1, False)


def test_days_of_openrouter_one_by_one_are_read_too_and_strange_ones_skipped() -> None:
    good = {"date": "2026-11-01", "requests": 2, "byok_usage_inference": 0, "usage": 1, "prompt_tokens": 5}
    requests, skipped = requests_in(json_lines(good, {**good, "requests": "two"}), "openrouter_days")
    assert [(request.requests, request.output) for request in requests] == [(2, None)]
    assert skipped == ["a count is not a whole number"]


def test_sums_have_failed_requests_apart() -> None:
    requests, skipped = requests_in(SUMS, "sums")
    answered, failed, batch = requests
    assert not skipped
    assert (answered.requests, answered.uncached, answered.read, answered.write) == (96, 50000, 20000, 1000)
    assert (answered.write_long, answered.output, answered.reasoning, answered.cost) == (400, 9000, 2500, 0.75)
    assert (answered.model, answered.provider, answered.tier) == ("gpt-5-mini", "openai", "standard")
    assert (answered.time, answered.has_hour, answered.failed) == (NOVEMBER_1, False, False)
    assert (failed.requests, failed.failed, failed.uncached, failed.output) == (4, True, None, None)
    assert (batch.requests, batch.uncached, batch.read, batch.cost, batch.tier) == (None, 3000, None, None, "batch")
    assert totals(requests + requests_in(SUMS)[0]) == totals(requests)


def test_sums_may_lack_all_columns_but_the_day_and_one_more() -> None:
    (request,), _ = requests_in("day,requests\n2026-11-01,7\n", "sums")
    assert (request.requests, request.model, request.uncached, request.tier) == (7, "", None, "standard")


def test_sums_that_do_not_fit_are_skipped() -> None:
    text = (
        "day,requests,failed,cache_write_tokens,cache_write_1h_tokens,output_tokens,reasoning_tokens\n"
        "2026-11-01,1,2,,,,\n"
        "2026-11-01,1,,5,6,,\n"
        "2026-11-01,1,,,,5,6\n"
        "2026-11-01,1,,,6,,6\n"
    )
    requests, skipped = requests_in(text, "sums")
    assert len(requests) == 1
    assert skipped == [
        "its failed requests are more than its requests",
        "its tokens kept for an hour are more than those written",
        "its reasoning tokens are more than its output",
    ]


def test_a_table_without_days_is_no_table_of_sums() -> None:
    assert requests_in("requests,output_tokens\n1,2\n") == ([], ["it is not a request in a known format"])
