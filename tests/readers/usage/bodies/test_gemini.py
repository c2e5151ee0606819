"""Answers of Gemini: thinking beside the answer, tools beside the prompt, streams, snake case, and batches."""

from __future__ import annotations

import json

import pytest

from calculators.readers.usage.request import BATCH, FLEX, PRIORITY, STANDARD, Request
from tests.readers.usage.example_rows import EXAMPLES, GEMINI, changed, refusal_of, request_of
from tests.readers.usage.reading import one_of_each, requests_in


def test_an_answer() -> None:
    """900 − 600 cached + 50 of a tool = 350 uncached; 40 written + 160 thought = 200."""
    assert request_of(GEMINI, "gemini") == Request(
        id="g-404",
        model="gemini-3.6-flash",
        provider="google",
        uncached=350,
        read=600,
        write=0,
        output=200,
        reasoning=160,
    )


def test_an_answer_as_python_writes_it() -> None:
    row = {
        "response_id": "g-404",
        "model_version": "gemini-3.6-flash",
        "usage_metadata": {
            "prompt_token_count": 900,
            "cached_content_token_count": 600,
            "candidates_token_count": 40,
            "thoughts_token_count": 160,
            "tool_use_prompt_token_count": 50,
            "total_token_count": 1150,
        },
    }
    assert request_of(row, "gemini") == request_of(GEMINI)


def test_counts_of_zero_are_left_out() -> None:
    request = request_of({"usageMetadata": {"promptTokenCount": 14, "totalTokenCount": 14}}, "gemini")
    assert (request.uncached, request.read, request.output, request.reasoning) == (14, 0, 0, 0)


def test_the_last_piece_of_a_stream_has_all_counts() -> None:
    pieces = [
        changed(GEMINI, "usageMetadata", candidatesTokenCount=written, totalTokenCount=1110 + written)
        for written in (10, 29, 29)
    ]
    requests, _ = requests_in(json.dumps(pieces))
    assert [request.output for request in one_of_each(requests)] == [189]


@pytest.mark.parametrize(
    ("usage", "tier"),
    [
        ({"serviceTier": "flex"}, FLEX),
        ({"serviceTier": "STANDARD"}, STANDARD),
        ({"trafficType": "ON_DEMAND"}, STANDARD),
        ({"trafficType": "ON_DEMAND_PRIORITY"}, PRIORITY),
    ],
)
def test_tiers(usage: dict[str, object], tier: str) -> None:
    assert request_of(changed(GEMINI, "usageMetadata", **usage)).tier == tier


@pytest.mark.parametrize(
    ("details", "remark"),
    [
        ({"promptTokensDetails": [{"modality": "TEXT", "tokenCount": 900}]}, ""),
        ({"promptTokensDetails": [{"modality": "IMAGE", "tokenCount": 258}]}, ""),
        ({"promptTokensDetails": [{"modality": "AUDIO", "tokenCount": 0}]}, ""),
        ({"promptTokensDetails": [{"modality": "AUDIO", "tokenCount": 9}]}, "some of its tokens are audio"),
        ({"candidatesTokensDetails": [{"modality": "IMAGE", "tokenCount": 9}]}, "some of its output is not text"),
    ],
)
def test_kinds_of_tokens_with_a_price_of_their_own_are_said(details: dict[str, object], remark: str) -> None:
    assert request_of(changed(GEMINI, "usageMetadata", **details)).remark.startswith(remark)
    assert bool(request_of(changed(GEMINI, "usageMetadata", **details)).remark) is bool(remark)


def test_a_total_that_is_not_the_sum_is_said() -> None:
    assert (
        request_of(changed(GEMINI, "usageMetadata", totalTokenCount=1000)).remark == "its total is less than its parts"
    )


def test_more_cached_than_asked_is_refused() -> None:
    row = changed(GEMINI, "usageMetadata", cachedContentTokenCount=901)
    assert refusal_of(row) == "its cached tokens are more than its prompt"


def test_counts_of_another_kind_are_not_gemini() -> None:
    """LangChain writes `usage_metadata`, too."""
    assert refusal_of({"usage_metadata": {"input_tokens": 3, "output_tokens": 4}}).startswith("it is not a request")


def test_the_lines_of_a_batch() -> None:
    rows = "\n".join(map(json.dumps, EXAMPLES["gemini_batch"]))
    requests, skipped = requests_in(rows, "gemini_batch")
    assert skipped == []
    assert [(request.tier, request.failed, request.uncached) for request in requests] == [
        (BATCH, False, 350),
        (BATCH, True, None),
        (BATCH, False, 350),
    ]
    assert requests[2].time == 1791187200.0


@pytest.mark.parametrize(
    "beside", [{"request": {}, "timestamp": 1790000000}, {"key": "k", "user": "u", "ts": 1790000000}]
)
def test_an_answer_in_somebodys_own_log_is_no_batch(beside: dict[str, object]) -> None:
    request = request_of({"response": GEMINI, **beside}, "gemini")
    assert (request.tier, request.time) == (STANDARD, 1790000000.0)
