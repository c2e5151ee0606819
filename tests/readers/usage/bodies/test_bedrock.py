"""Bedrock: counts without the cache, each under two names, and the log with its failures."""

from __future__ import annotations

import json

import pytest

from calculators.readers.usage.bodies.bedrock_converse import is_bedrock_converse
from calculators.readers.usage.request import PRIORITY, Request
from tests.readers.usage.example_rows import CONVERSE, EXAMPLES, INVOCATION, changed, refusal_of, request_of
from tests.readers.usage.reading import requests_in


def test_an_answer() -> None:
    """Input and cache are apart, and what is there under two names counts once: 20 + 500 + 150 + 30 = 700."""
    assert request_of(CONVERSE, "bedrock_converse") == Request(
        provider="bedrock",
        uncached=20,
        read=500,
        write=150,
        write_long=100,
        output=30,
        seconds=1.2,
    )


def test_the_last_event_of_a_stream() -> None:
    request = request_of(EXAMPLES["bedrock_converse"][1], "bedrock_converse")
    assert (request.uncached, request.read, request.seconds) == (20, 500, 0.9)


def test_without_cache_counts_there_is_none() -> None:
    request = request_of({"usage": {"inputTokens": 40, "outputTokens": 302, "totalTokens": 342}}, "bedrock_converse")
    assert (request.uncached, request.read, request.write, request.write_long) == (40, 0, 0, None)
    assert request.reasoning is None


@pytest.mark.parametrize("end", ["Tokens", "TokenCount"])
def test_cache_counts_under_one_of_their_names(end: str) -> None:
    cache = {f"cacheReadInput{end}": 7, f"cacheWriteInput{end}": 9}
    request = request_of({"usage": {"inputTokens": 1, "outputTokens": 1, "totalTokens": 18, **cache}})
    assert (request.read, request.write, request.remark) == (7, 9, "")


def test_a_total_without_the_cache_is_said() -> None:
    assert request_of(changed(CONVERSE, "usage", totalTokens=50)).remark == "its total is less than its parts"


def test_the_tier_of_the_answer() -> None:
    assert request_of(CONVERSE | {"serviceTier": {"type": "priority"}}).tier == PRIORITY


def test_the_model_is_in_somebodys_own_log() -> None:
    request = request_of({"modelId": "amazon.nova-micro-v1:0", "response": CONVERSE}, "bedrock_converse")
    assert request.model == "amazon.nova-micro-v1:0"


@pytest.mark.parametrize("key", ["inputTokenDetails", "reasoningTokens", "cachedInputTokens"])
def test_counts_of_another_kit_are_not_bedrock(key: str) -> None:
    """The same three names with one of these come from a kit whose input includes the cache."""
    usage = {"inputTokens": 900, "outputTokens": 70, "totalTokens": 970, key: {}}
    assert not is_bedrock_converse({"usage": usage})
    assert not is_bedrock_converse({"usage": {"inputTokens": 9, "totalTokens": 9}, "finishReason": "stop"})
    assert not is_bedrock_converse({"usage": {"inputTokens": 9, "totalTokens": 9}, "steps": []})


def test_a_row_of_the_log() -> None:
    assert request_of(INVOCATION, "bedrock_invocation_log") == Request(
        time=1791187200.0,
        id="inv-505",
        model="eu.anthropic.claude-sonnet-5-v1:0",
        provider="bedrock",
        uncached=20,
        read=500,
        write=150,
        output=30,
    )


@pytest.mark.parametrize(
    "body",
    [
        {"usage": {"inputTokens": 20, "cacheDetails": [{"ttl": "1h", "inputTokens": 100}]}},
        {"usage": {"input_tokens": 20, "cache_creation": {"ephemeral_1h_input_tokens": 100}}},
        [
            {"type": "message_start", "message": {"usage": {"input_tokens": 20, "cache_creation": {}}}},
            {"type": "message_stop"},
        ],
        [{"messageStart": {}}, {"metadata": {"usage": {"inputTokens": 20, "cacheDetails": []}}}],
    ],
)
def test_how_long_a_prefix_is_kept_is_in_the_logged_answer(body: object) -> None:
    request = request_of(changed(INVOCATION, "output", outputBodyJson=body))
    assert (request.write, request.write_long) == (150, None if isinstance(body, list) else 100)


def test_a_row_without_cache_counts_takes_those_of_the_logged_answer() -> None:
    body = {"usage": {"input_tokens": 20, "cache_read_input_tokens": 300, "cache_creation_input_tokens": 60}}
    row = INVOCATION | {"input": {"inputTokenCount": 20}, "output": {"outputTokenCount": 3, "outputBodyJson": body}}
    request = request_of(row)
    assert (request.uncached, request.read, request.write) == (20, 300, 60)


def test_an_error_is_a_failure_and_no_empty_answer() -> None:
    row = INVOCATION | {"errorCode": "ThrottlingException", "input": {"inputBodyJson": {}}, "output": {}}
    request = request_of(row)
    assert (request.failed, request.uncached, request.read, request.output) == (True, None, None, None)


def test_texts_too_long_for_the_log_change_no_counts() -> None:
    row = changed(INVOCATION, "output", outputBodyS3Path="s3://bucket/key")
    assert request_of(row) == request_of(INVOCATION)


def test_a_negative_count_is_refused() -> None:
    assert refusal_of(changed(INVOCATION, "input", inputTokenCount=-3)) == "a count is below zero"


def test_no_text_of_a_row_is_in_what_is_read() -> None:
    row = changed(INVOCATION, "input", inputBodyJson={"messages": [{"content": "a secret"}]})
    requests, _ = requests_in(json.dumps(row))
    assert "secret" not in repr(requests)
