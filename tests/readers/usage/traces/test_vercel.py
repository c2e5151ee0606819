"""Results of Vercel's AI SDK: the same tokens up to three times, in versions with and without details."""

from __future__ import annotations

from typing import Any

from calculators.readers.usage.traces.vercel import is_vercel_result
from tests.readers.usage.reading import json_lines, requests_in, totals
from tests.readers.usage.trace_examples import VERCEL_USAGE

PLAIN = {"inputTokens": 100, "outputTokens": 20, "totalTokens": 120}


def step(id: str, usage: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A step of a result."""
    return {
        "response": {"id": id, "modelId": "gpt-5-mini", "timestamp": "2026-11-01T08:00:00Z"},
        "usage": usage,
        **more,
    }


def test_details_split_the_input() -> None:
    (request,), skipped = requests_in(json_lines({"usage": VERCEL_USAGE}), "vercel")
    assert not skipped
    assert (request.uncached, request.read, request.write) == (200, 800, 300)
    assert (request.output, request.reasoning, request.remark) == (55, 20, "")


def test_steps_totals_and_use_are_never_added() -> None:
    """From version 7 on `usage` is the sum of all steps."""
    both = {"inputTokens": 250, "outputTokens": 50, "totalTokens": 300}
    more = {"inputTokens": 150, "outputTokens": 30, "totalTokens": 180}
    row = {"steps": [step("a", PLAIN), step("b", more)], "usage": both, "totalUsage": both}
    requests, _ = requests_in(json_lines(row), "vercel")
    assert [(request.id, request.uncached, request.output) for request in requests] == [("a", 100, 20), ("b", 150, 30)]
    assert totals(requests)["uncached"] == 250
    assert (requests[0].model, requests[0].time) == ("gpt-5-mini", 1793520000)


def test_a_total_without_steps_is_of_an_unknown_number_of_requests() -> None:
    """In versions 5 and 6 `usage` is the last step alone."""
    total = {"inputTokens": 250, "outputTokens": 50, "totalTokens": 300}
    (request,), _ = requests_in(json_lines({"usage": PLAIN, "totalUsage": total}), "vercel")
    assert (request.requests, request.uncached, request.output) == (None, 250, 50)
    (single,), _ = requests_in(json_lines({"usage": PLAIN, "totalUsage": PLAIN}), "vercel")
    assert (single.requests, single.uncached) == (1, 100)


def test_version_5_has_the_cache_in_the_input_but_for_anthropic() -> None:
    usage = {**PLAIN, "cachedInputTokens": 60, "reasoningTokens": 5}
    (request,), _ = requests_in(json_lines({"usage": usage}), "vercel")
    assert (request.uncached, request.read, request.reasoning) == (40, 60, 5)
    metadata = {"anthropic": {"cacheCreationInputTokens": 30}}
    (request,), _ = requests_in(json_lines({"usage": usage, "providerMetadata": metadata}), "vercel")
    assert (request.uncached, request.read, request.write, request.provider) == (100, 60, 30, "anthropic")


def test_version_4_has_other_names() -> None:
    usage = {"promptTokens": 70, "completionTokens": 8, "totalTokens": 78}
    (request,), _ = requests_in(json_lines({"usage": usage, "finishReason": "stop"}), "vercel")
    assert (request.uncached, request.read, request.output) == (70, None, 8)


def test_a_use_of_another_package_is_not_taken_for_one() -> None:
    """Bedrock's counts have the same names for input and output."""
    bedrock = {
        "inputTokens": 10,
        "outputTokens": 2,
        "totalTokens": 42,
        "cacheReadInputTokens": 30,
        "reasoningTokens": 1,
    }
    assert not is_vercel_result({"usage": bedrock, "finishReason": "x"})
    assert not is_vercel_result({"usage": PLAIN})


def test_a_strange_step_is_skipped_with_a_reason() -> None:
    row = {"steps": [step("a", PLAIN), step("b", {"inputTokens": "x"})], "usage": PLAIN}
    requests, skipped = requests_in(json_lines(row), "vercel")
    assert ([request.id for request in requests], skipped) == (["a"], ["a count is not a whole number"])
