"""LiteLLM's rows: cached tokens in the metadata, the proxy's own cache, and costs that it does not know."""

from __future__ import annotations

import json

import pytest

from calculators.readers.usage.request import Request
from tests.readers.usage.example_rows import PAYLOAD, SPEND, changed, refusal_of, request_of


def spend(**usage: object) -> Request:
    """The request of a row with these counts in its metadata."""
    return request_of(SPEND | {"metadata": {"usage_object": usage}})


def test_a_row_of_spend() -> None:
    """Of 2,000 prompt tokens 1,500 were read and 200 written, so 300 are left."""
    assert request_of(SPEND, "litellm_spend") == Request(
        time=1791187200.0,
        id="chatcmpl-606",
        conversation="s-1",
        model="claude-sonnet-5",
        provider="anthropic",
        uncached=300,
        read=1500,
        write=200,
        output=100,
        cost=0.0042,
        seconds=3.0,
        first_token_seconds=0.5,
    )


def test_a_payload() -> None:
    """The first token comes with the last where nothing was streamed, which says nothing of the first."""
    assert request_of(PAYLOAD, "litellm_payload") == Request(
        time=1790000000.25,
        id="chatcmpl-707",
        conversation="trace-1",
        model="gpt-5-mini",
        provider="openai",
        uncached=272,
        read=128,
        write=0,
        output=50,
        cost=0.001,
        seconds=2.0,
    )


def test_metadata_may_be_an_object_or_text() -> None:
    assert request_of(SPEND | {"metadata": json.loads(SPEND["metadata"])}) == request_of(SPEND)


@pytest.mark.parametrize("metadata", [None, "", "{", "[" * 100_000, "[]", 7, {"usage_object": 3}])
def test_without_metadata_the_cache_is_unknown(metadata: object) -> None:
    request = request_of(SPEND | {"metadata": metadata})
    assert (request.uncached, request.read, request.write, request.output) == (2000, None, None, 100)


def test_cached_tokens_in_the_older_place() -> None:
    metadata = {"usage_object": None, "additional_usage_values": {"cache_read_input_tokens": 1500}}
    request = request_of(SPEND | {"metadata": metadata})
    assert (request.uncached, request.read) == (500, 1500)


def test_an_older_version_left_out_what_was_written() -> None:
    """Of 2,000 prompt tokens 1,900 were read; the 400 written do not fit into the rest, so they come on top."""
    request = spend(
        prompt_tokens_details={"cached_tokens": 1900}, cache_read_input_tokens=1900, cache_creation_input_tokens=400
    )
    assert (request.uncached, request.read, request.write) == (100, 1900, 400)


def test_more_read_than_asked_is_refused() -> None:
    row = SPEND | {"metadata": {"usage_object": {"cache_read_input_tokens": 2001}}}
    assert refusal_of(row) == "its cached tokens are more than its prompt"


@pytest.mark.parametrize(
    ("hit", "from_proxy"), [("True", True), (True, True), ("None", False), (None, False), ([], False)]
)
def test_the_proxys_own_cache(hit: object, from_proxy: bool) -> None:
    assert request_of(SPEND | {"cache_hit": hit}).from_proxy is from_proxy


def test_no_cost_beside_tokens_is_unknown() -> None:
    assert request_of(SPEND | {"spend": 0}).cost is None
    assert request_of(SPEND | {"spend": 0, "cache_hit": "True"}).cost == 0


@pytest.mark.parametrize("call", ["aretrieve_batch", "aget_responses"])
def test_what_only_fetches_an_earlier_answer_is_refused(call: str) -> None:
    assert refusal_of(SPEND | {"call_type": call}) == "it only fetches an earlier answer"


def test_a_failure() -> None:
    row = SPEND | {"status": "failure", "spend": 0, "metadata": {}, "prompt_tokens": 0, "completion_tokens": 0}
    request = request_of(row | {"model": ""})
    assert (request.failed, request.model, request.cost) == (True, "chat-main", 0)


def test_rows_of_a_stream_may_have_no_id() -> None:
    assert request_of(SPEND | {"request_id": ""}).id == ""


def test_an_end_before_its_beginning_is_no_duration() -> None:
    assert request_of(SPEND | {"endTime": "2026-10-05 07:00:00"}).seconds is None


def test_the_answer_itself_may_have_the_counts() -> None:
    usage = {"prompt_tokens_details": {"cached_tokens": 128}}
    row = PAYLOAD | {"metadata": {}, "response": {"usage": usage}}
    assert request_of(row).read == 128


def test_a_count_that_is_none_is_refused() -> None:
    assert refusal_of(SPEND | {"prompt_tokens": -5}) == "a count is below zero"
    unpriced = changed(PAYLOAD, "metadata", usage_object={}) | {"response_cost": {}}
    assert refusal_of(unpriced) == "an amount is not a number"
