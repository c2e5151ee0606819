"""Answers of OpenAI's shape: whose prompt includes the cache, under every vendor's names."""

from __future__ import annotations

import json

import pytest

from calculators.readers.usage.request import FLEX, Request
from tests.readers.usage.example_rows import CHAT, changed, refusal_of, request_of
from tests.readers.usage.reading import requests_in, totals


def chat_usage(**usage: object) -> Request:
    """The request of an answer with these counts alone."""
    return request_of({"model": "some-model", "usage": usage}, "openai_chat")


def test_an_answer() -> None:
    """Of 1,500 prompt tokens 1,280 were cached, so 220 were not; 64 of the 80 completion tokens are reasoning."""
    assert request_of(CHAT, "openai_chat") == Request(
        time=1790000000.0,
        id="chatcmpl-101",
        model="gpt-5-mini-2025-08-07",
        uncached=220,
        read=1280,
        write=0,
        output=80,
        reasoning=64,
    )


def test_what_was_written_to_the_cache_is_inside_the_prompt() -> None:
    request = chat_usage(prompt_tokens=4020, completion_tokens=4, prompt_tokens_details={"cache_write_tokens": 4012})
    assert (request.uncached, request.read, request.write) == (8, 0, 4012)


@pytest.mark.parametrize(
    "counts",
    [
        {"num_cached_tokens": 60},
        {"prompt_cache_hit_tokens": 60, "prompt_cache_miss_tokens": 10},
        {"prompt_cache_hit_tokens": 60, "prompt_tokens_details": {"cached_tokens": 60}},
        {"cached_tokens": 60},
        {"cached_tokens": 0, "prompt_tokens_details": {"cached_tokens": 60}},
        {"cache_read_input_tokens": 60, "prompt_tokens_details": {"cached_tokens": 60}},
    ],
    ids=["Mistral", "DeepSeek", "DeepSeek twice", "flat", "flat and unused", "Anthropic through a gateway"],
)
def test_cached_tokens_count_once_under_every_name(counts: dict[str, object]) -> None:
    request = chat_usage(prompt_tokens=70, completion_tokens=5, total_tokens=75, **counts)
    assert (request.uncached, request.read, request.output) == (10, 60, 5)


def test_reasoning_beside_the_completion_is_output_too() -> None:
    """xAI's total is the sum of three: 100 + 20 + 300."""
    details = {"reasoning_tokens": 300}
    request = chat_usage(prompt_tokens=100, completion_tokens=20, total_tokens=420, completion_tokens_details=details)
    assert (request.output, request.reasoning, request.remark) == (320, 300, "")


def test_reasoning_inside_the_completion_is_not_added() -> None:
    details = {"reasoning_tokens": 15}
    request = chat_usage(prompt_tokens=100, completion_tokens=20, total_tokens=120, completion_tokens_details=details)
    assert (request.output, request.reasoning) == (20, 15)


def test_thinking_that_only_a_total_shows() -> None:
    """Gemini through OpenAI's shape: of 109 tokens, 35 are prompt and 12 answer, so 62 are thinking."""
    usage = {"prompt_tokens": 35, "completion_tokens": 12, "total_tokens": 109}
    request = request_of({"model": "gemini-2.5-pro", "usage": usage})
    assert (request.output, request.reasoning) == (74, 62)
    assert request.remark == "its total is more than its parts"


def test_another_model_is_not_said_to_think_by_its_total() -> None:
    request = chat_usage(prompt_tokens=35, completion_tokens=12, total_tokens=109)
    assert (request.output, request.reasoning, request.remark) == (12, None, "its total is more than its parts")


def test_thinking_that_is_stated_is_not_taken_from_a_total() -> None:
    """15 of 20 completion tokens are said to be reasoning, so the other 62 of the total are something else."""
    usage = {"prompt_tokens": 35, "completion_tokens": 20, "total_tokens": 117}
    row = {"model": "gemini-2.5-pro", "usage": usage | {"completion_tokens_details": {"reasoning_tokens": 15}}}
    assert (request_of(row).output, request_of(row).reasoning) == (20, 15)


def test_a_total_below_its_parts_is_said() -> None:
    request = chat_usage(prompt_tokens=35, completion_tokens=12, total_tokens=40)
    assert (request.output, request.remark) == (12, "its total is less than its parts")


def test_an_embedding_has_no_output() -> None:
    request = chat_usage(prompt_tokens=40, total_tokens=40)
    assert (request.uncached, request.output) == (40, 0)


def test_a_missing_completion_is_unknown() -> None:
    assert chat_usage(prompt_tokens=40).output is None


def test_details_that_are_null_are_none() -> None:
    request = chat_usage(
        prompt_tokens=40, completion_tokens=2, prompt_tokens_details=None, completion_tokens_details=None
    )
    assert (request.uncached, request.read, request.reasoning) == (40, 0, None)


def test_audio_is_said() -> None:
    request = chat_usage(prompt_tokens=40, completion_tokens=2, prompt_tokens_details={"audio_tokens": 30})
    assert request.remark == "some of its tokens are audio, which has a price of its own"


def test_the_last_piece_of_a_stream_counts_once() -> None:
    pieces = [
        {
            "id": "chatcmpl-9",
            "object": "chat.completion.chunk",
            "choices": [{"delta": {"content": "Hi"}}],
            "usage": None,
        },
        {"id": "chatcmpl-9", "object": "chat.completion.chunk", "choices": [{"finish_reason": "stop"}], "usage": None},
        {
            "id": "chatcmpl-9",
            "object": "chat.completion.chunk",
            "choices": [],
            "usage": {"prompt_tokens": 20, "completion_tokens": 2, "total_tokens": 22},
        },
    ]
    requests, skipped = requests_in("\n".join(map(json.dumps, pieces)), "openai_chat")
    assert skipped == []
    assert totals(requests) == {
        "requests": 1,
        "uncached": 20,
        "read": 0,
        "write": 0,
        "output": 2,
        "reasoning": None,
    }


def test_streams_whose_counts_nobody_asked_for_are_named() -> None:
    """The first may still get its counts; when the second ends, it is clear that there are none."""
    rows = [
        {"id": f"chatcmpl-{number}", "object": "chat.completion.chunk", "choices": [{"finish_reason": reason}]}
        for number in (1, 2, 3)
        for reason in (None, "stop")
    ]
    requests, skipped = requests_in(json.dumps(rows))
    assert requests == []
    assert skipped == ["its stream has no token counts; a request asks for them with include_usage"] * 2


def test_an_interrupted_stream_between_others_is_not_taken_for_that() -> None:
    usage = {"prompt_tokens": 20, "completion_tokens": 2}
    rows: list[dict[str, object]] = []
    for number in (1, 2, 3):
        piece = {"id": f"chatcmpl-{number}", "object": "chat.completion.chunk"}
        rows += [piece | {"choices": [{"finish_reason": "stop"}]}, piece | {"choices": [], "usage": usage}]
    requests, skipped = requests_in(json.dumps(rows))
    assert (len(requests), skipped) == (3, [])


def test_groq_has_the_counts_of_a_stream_in_a_place_of_its_own() -> None:
    usage = {"prompt_tokens": 30, "completion_tokens": 6, "total_tokens": 36, "queue_time": 0.01, "total_time": 0.5}
    row = {"id": "chatcmpl-8", "object": "chat.completion.chunk", "choices": [], "x_groq": {"usage": usage}}
    request = request_of(row, "openai_chat")
    assert (request.uncached, request.output, request.provider, request.seconds) == (30, 6, "groq", 0.5)


def test_openrouter_writes_the_cost() -> None:
    usage = {"prompt_tokens": 326, "completion_tokens": 91, "cost": 0.002, "is_byok": False}
    details = {"upstream_inference_cost": 0.002}
    request = chat_usage(**usage, cost_details=details)
    assert (request.cost, request.provider) == (0.002, "openrouter")


def test_with_the_readers_key_the_provider_charges_beside_the_fee() -> None:
    """A fee of 0.0001 and 0.002 at the provider."""
    usage = {"prompt_tokens": 326, "completion_tokens": 91, "cost": 0.0001, "is_byok": True}
    request = chat_usage(**usage, cost_details={"upstream_inference_cost": 0.002})
    assert request.cost == pytest.approx(0.0021)


def test_a_cost_may_be_an_object() -> None:
    request = chat_usage(prompt_tokens=3, completion_tokens=1, cost={"input_tokens_cost": 0.1, "total_cost": 0.3})
    assert request.cost == 0.3


@pytest.mark.parametrize(
    ("row", "provider"),
    [
        ({"id": "gen-77", "usage": {"prompt_tokens": 1}}, "openrouter"),
        ({"usage": {"prompt_tokens": 1, "prompt_cache_hit_tokens": 0}}, "deepseek"),
        ({"prompt_filter_results": [], "usage": {"prompt_tokens": 1}}, "azure"),
        ({"id": "chatcmpl-1", "usage": {"prompt_tokens": 1}}, ""),
    ],
)
def test_who_answers_where_the_answer_shows(row: dict[str, object], provider: str) -> None:
    assert request_of(row).provider == provider


def test_the_tier_of_the_answer_is_what_is_billed() -> None:
    assert request_of(CHAT | {"service_tier": "flex"}).tier == FLEX


def test_more_cached_than_asked_is_refused() -> None:
    row = changed(CHAT, "usage", prompt_tokens=1000)
    assert refusal_of(row) == "its cached tokens are more than its prompt"


@pytest.mark.parametrize("count", [-1, 1.5, "many", True, [3], {"a": 1}, 10**30])
def test_a_count_that_is_none_is_refused(count: object) -> None:
    assert refusal_of(changed(CHAT, "usage", prompt_tokens=count)).startswith(("a count", "an amount"))


def test_a_count_may_be_text() -> None:
    assert request_of(changed(CHAT, "usage", completion_tokens="80.0")).output == 80
