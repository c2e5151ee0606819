"""Runs of LangSmith: only models count, and the project is no conversation."""

from __future__ import annotations

from typing import Any

from tests.readers.usage.reading import json_lines, requests_in
from tests.readers.usage.trace_examples import RUN


def run(**more: Any) -> str:
    """The example with some of it written over."""
    return json_lines({**RUN, **more})


def test_a_run_of_a_model_has_all_kinds_of_input_in_its_prompt() -> None:
    (request,), skipped = requests_in(run(), "langsmith")
    assert not skipped
    assert (request.uncached, request.read, request.write, request.output) == (300, 1000, 200, 90)
    assert (request.reasoning, request.cost, request.failed) == (15, 0.0042, False)
    assert (request.model, request.provider, request.conversation) == ("claude-opus-4-8", "anthropic", "talk-4")
    assert (request.time, request.seconds, request.first_token_seconds) == (1793520000, 3, 1)


def test_chains_repeat_their_children() -> None:
    for kind in ("chain", "tool", "retriever"):
        assert requests_in(run(run_type=kind), "langsmith") == ([], [])


def test_long_contexts_and_lifetimes_have_names_of_their_own() -> None:
    details = {
        "cache_read_over_200k": 500,
        "cache_creation": 0,
        "ephemeral_5m_input_tokens": 100,
        "ephemeral_1h_input_tokens": 40,
    }
    (request,), _ = requests_in(run(prompt_token_details=details))
    assert (request.uncached, request.read, request.write, request.write_long) == (860, 500, 140, 40)


def test_a_wrapper_that_left_the_cache_out_is_noticed() -> None:
    (request,), _ = requests_in(run(prompt_tokens=300, total_tokens=390))
    assert (request.uncached, request.read) == (300, 1000)


def test_counts_may_be_in_the_outputs_and_the_rest_in_text() -> None:
    usage = {"input_tokens": 40, "output_tokens": 5, "input_token_details": {"cache_read": 30}}
    row = {"id": "r", "run_type": "llm", "session_id": "p", "outputs": {"usage_metadata": usage}, "error": "late"}
    row["extra"] = '{"invocation_params": {"model": "gpt-5-mini"}}'
    (request,), _ = requests_in(json_lines(row), "langsmith")
    assert (request.uncached, request.read, request.output, request.model) == (10, 30, 5, "gpt-5-mini")
    assert (request.failed, request.conversation) == (True, "")


def test_a_run_without_counts_is_a_request_of_unknown_size() -> None:
    (request,), _ = requests_in(run(prompt_tokens=None, completion_tokens=None), "langsmith")
    assert (request.requests, request.uncached, request.output) == (1, None, None)


def test_a_page_holds_runs() -> None:
    requests, skipped = requests_in(json_lines({"runs": [RUN, {**RUN, "prompt_tokens": -1}]}), "langsmith")
    assert (len(requests), skipped) == (1, ["a count is below zero"])
