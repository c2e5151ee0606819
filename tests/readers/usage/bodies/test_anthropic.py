"""Answers of Anthropic's: cached tokens beside the input, hidden calls, streams and batches."""

from __future__ import annotations

import json

import pytest

from calculators.readers.usage.request import BATCH, FAST, PRIORITY, STANDARD, Request
from tests.readers.usage.example_rows import EXAMPLES, MESSAGE, changed, refusal_of, request_of
from tests.readers.usage.reading import one_of_each, requests_in, totals


def test_an_answer() -> None:
    """The input is what neither came from the cache nor went there, so nothing is taken off."""
    assert request_of(MESSAGE, "anthropic_messages") == Request(
        id="msg_303",
        model="claude-sonnet-5",
        provider="anthropic",
        uncached=15,
        read=4000,
        write=700,
        write_long=400,
        output=90,
        reasoning=30,
    )


def test_cache_counts_that_are_null_are_zero() -> None:
    nothing = {"cache_read_input_tokens": None, "cache_creation_input_tokens": None, "cache_creation": None}
    request = request_of(changed(MESSAGE, "usage", **nothing))
    assert (request.uncached, request.read, request.write, request.write_long) == (15, 0, 0, None)


def test_written_tokens_by_lifetime_alone_add_up() -> None:
    request = request_of(changed(MESSAGE, "usage", cache_creation_input_tokens=None))
    assert (request.write, request.write_long) == (700, 400)


def test_a_compaction_within_an_answer_is_counted_beside_it() -> None:
    """The counts above are those of the message alone: 180 in and 8 out, and 9,000 in and 150 out come on top."""
    compaction = {"type": "compaction", "input_tokens": 9000, "output_tokens": 150}
    message = {"type": "message", "input_tokens": 180, "output_tokens": 8}
    usage = {"input_tokens": 180, "output_tokens": 8, "iterations": [compaction, message]}
    requests, _ = requests_in(json.dumps(MESSAGE | {"usage": usage}), "anthropic_messages")
    assert totals(requests) == {
        "requests": 1,
        "uncached": 9180,
        "read": 0,
        "write": 0,
        "output": 158,
        "reasoning": None,
    }
    assert [request.requests for request in requests] == [1, 0]


def test_an_advisor_is_another_model() -> None:
    advisor = {"type": "advisor_message", "model": "claude-opus-4-8", "input_tokens": 2518, "output_tokens": 22}
    row = changed(MESSAGE, "usage", iterations=[advisor], service_tier="priority")
    requests, _ = requests_in(json.dumps(row))
    assert [(request.model, request.tier) for request in requests] == [
        ("claude-sonnet-5", PRIORITY),
        ("claude-opus-4-8", PRIORITY),
    ]


def test_an_answer_logged_twice_has_its_hidden_calls_once() -> None:
    compaction = {"type": "compaction", "input_tokens": 9000, "output_tokens": 150}
    row = changed(MESSAGE, "usage", iterations=[compaction])
    requests, _ = requests_in(json.dumps([row, row]))
    assert totals(requests)["uncached"] == 9015


def test_a_fallback_is_in_the_counts_above() -> None:
    calls = [{"type": "fallback_message", "input_tokens": 15, "output_tokens": 90}]
    assert request_of(changed(MESSAGE, "usage", iterations=calls)).uncached == 15


@pytest.mark.parametrize(
    ("usage", "tier"),
    [
        ({"service_tier": "batch"}, BATCH),
        ({"service_tier": "standard", "speed": "fast"}, FAST),
        ({"speed": "standard"}, STANDARD),
        ({"service_tier": ["standard"]}, STANDARD),
    ],
)
def test_tier_and_speed(usage: dict[str, object], tier: str) -> None:
    assert request_of(changed(MESSAGE, "usage", **usage)).tier == tier


def test_an_answer_cut_down_to_model_and_two_counts() -> None:
    usage = {"input_tokens": 30, "output_tokens": 5}
    assert request_of({"model": "claude-haiku-4-5", "usage": usage}, "anthropic_messages").uncached == 30


def test_another_vendor_in_this_shape() -> None:
    assert request_of(MESSAGE | {"model": "deepseek-v4-pro"}).provider == ""


def test_the_last_counts_of_a_stream_are_those_of_the_whole() -> None:
    """90 and 120 output tokens are not 210, and the input of the first event stays."""
    rows = "\n".join(map(json.dumps, EXAMPLES["anthropic_stream"]))
    requests, skipped = requests_in(rows, "anthropic_stream")
    assert skipped == []
    (request,) = one_of_each(requests)
    assert (request.id, request.uncached, request.read, request.output) == ("msg_303", 15, 4000, 120)


def test_null_counts_at_the_end_of_a_stream_change_nothing() -> None:
    rows = [
        {"type": "message_start", "message": MESSAGE},
        {"type": "message_delta", "usage": {"input_tokens": None, "output_tokens": 120}},
    ]
    requests, _ = requests_in(json.dumps(rows))
    assert one_of_each(requests)[0].uncached == 15


def test_streams_one_after_the_other_are_apart() -> None:
    rows = [
        {"type": "message_start", "message": MESSAGE},
        {"type": "message_delta", "usage": {"output_tokens": 120}},
        {"type": "message_start", "message": MESSAGE | {"id": "msg_304"}},
        {"type": "message_delta", "usage": {"output_tokens": 7000}},
    ]
    requests, _ = requests_in(json.dumps(rows))
    assert {request.id: request.output for request in one_of_each(requests)} == {"msg_303": 120, "msg_304": 7000}


def test_a_stream_takes_nothing_from_the_one_before() -> None:
    rows = [
        {"type": "message_start", "message": MESSAGE},
        {"type": "message_start", "message": {"usage": {"input_tokens": 3, "output_tokens": 1}}},
    ]
    requests, _ = requests_in(json.dumps(rows))
    assert [(request.id, request.read) for request in requests] == [("msg_303", 4000), ("", 0)]


def test_the_results_of_a_batch() -> None:
    rows = "\n".join(map(json.dumps, EXAMPLES["anthropic_batch"]))
    requests, skipped = requests_in(rows, "anthropic_batch")
    assert skipped == []
    assert [(request.tier, request.failed, request.uncached) for request in requests] == [
        (BATCH, False, 15),
        (BATCH, True, None),
        (BATCH, True, None),
    ]


def test_a_result_without_an_answer_is_refused() -> None:
    row = {"custom_id": "a-1", "result": {"type": "succeeded", "message": "gone"}}
    assert refusal_of(row) == "its answer has no token counts"
