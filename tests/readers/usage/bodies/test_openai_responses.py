"""Answers of the Responses interface: inclusive counts, events of a stream, and conversations by the answer before."""

from __future__ import annotations

import json

import pytest

from calculators.readers.usage.request import FLEX, Request
from tests.readers.usage.example_rows import RESPONSE, changed, refusal_of, request_of
from tests.readers.usage.reading import one_of_each, requests_in


def test_an_answer() -> None:
    """Of 3,000 input tokens 2,000 were read from the cache and 400 written to it, so 600 are left."""
    assert request_of(RESPONSE, "openai_responses") == Request(
        time=1790000060.0,
        id="resp_202",
        conversation="resp_201",
        model="gpt-5.6-sol",
        tier=FLEX,
        uncached=600,
        read=2000,
        write=400,
        output=250,
        reasoning=200,
    )


def test_without_details_the_cache_is_unknown() -> None:
    usage = {"input_tokens": 30, "output_tokens": 5, "total_tokens": 35}
    request = request_of({"usage": usage}, "openai_responses")
    assert (request.uncached, request.read, request.write, request.output) == (30, None, None, 5)


def test_answers_that_follow_each_other_are_one_conversation() -> None:
    rows = [RESPONSE | {"id": f"resp_{number}", "previous_response_id": f"resp_{number - 1}"} for number in (2, 3, 4)]
    requests, _ = requests_in(json.dumps(rows))
    assert [request.conversation for request in requests] == ["resp_1"] * 3


@pytest.mark.parametrize("conversation", ["conv_1", {"id": "conv_1"}])
def test_a_conversation_that_is_named_goes_first(conversation: object) -> None:
    assert request_of(RESPONSE | {"conversation": conversation}).conversation == "conv_1"


def test_the_events_of_a_stream_are_one_request() -> None:
    begun = RESPONSE | {"status": "in_progress", "usage": None}
    rows = [
        {"type": "response.created", "response": begun},
        {"type": "response.output_text.delta", "delta": "Hi"},
        {"type": "response.completed", "response": RESPONSE},
    ]
    requests, skipped = requests_in("\n".join(map(json.dumps, rows)), "openai_responses")
    assert skipped == []
    assert [(request.requests, request.output) for request in one_of_each(requests)] == [(1, 250)]


def test_the_first_event_of_a_stream_is_no_request_of_unknown_size() -> None:
    """Its id is that of the last event, whose counts would come too late."""
    requests, skipped = requests_in(json.dumps({"type": "response.created", "response": RESPONSE | {"usage": None}}))
    assert (requests, skipped) == ([], [])


def test_a_polled_answer_is_not_there_yet() -> None:
    assert refusal_of(RESPONSE | {"status": "queued", "usage": None}).startswith("it is not answered yet")


def test_a_failure_has_no_counts() -> None:
    request = request_of(RESPONSE | {"status": "failed", "usage": None})
    assert (request.failed, request.uncached, request.output) == (True, None, None)


@pytest.mark.parametrize(("status", "failed"), [("failed", True), ("cancelled", True), ("incomplete", False)])
def test_what_failed(status: str, failed: bool) -> None:
    assert request_of(RESPONSE | {"status": status}).failed is failed


def test_reasoning_beside_the_output_is_output_too() -> None:
    assert request_of(changed(RESPONSE, "usage", total_tokens=3450)).output == 450


def test_more_cached_than_read_is_refused() -> None:
    assert refusal_of(changed(RESPONSE, "usage", input_tokens=10)) == "its cached tokens are more than its prompt"


def test_openrouter_writes_the_cost() -> None:
    request = request_of(changed(RESPONSE, "usage", cost=0.025, is_byok=False))
    assert (request.cost, request.provider) == (0.025, "openrouter")
