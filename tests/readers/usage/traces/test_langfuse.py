"""Observations of Langfuse: three spellings, separate and inner buckets, and what repeats sums."""

from __future__ import annotations

from typing import Any

import pytest

from tests.readers.usage.reading import json_lines, requests_in
from tests.readers.usage.trace_examples import EXAMPLES, OBSERVATION


def observation(**more: Any) -> str:
    """The example with some of it written over."""
    return json_lines({**OBSERVATION, **more})


@pytest.mark.parametrize("name", ["langfuse", "langfuse_table"])
def test_buckets_that_add_up_to_the_total_are_separate(name: str) -> None:
    (request,), skipped = requests_in(EXAMPLES[name], name)
    assert not skipped
    assert (request.uncached, request.read, request.write) == (250, 600, None)
    assert (request.output, request.reasoning, request.remark) == (75, 45, "")
    assert (request.cost, request.conversation, request.model) == (0.0007, "talk-3", "gpt-5-mini")
    assert (request.time, request.seconds, request.first_token_seconds) == (1793520000, 4, 0.8)
    assert (request.id, request.failed) == ("o1", False)


def test_an_export_to_storage_is_in_snake_case_with_milliseconds() -> None:
    row = {
        "id": "o2",
        "trace_id": "t1",
        "type": "GENERATION",
        "start_time": "2026-11-01 08:00:00.000",
        "provided_model_name": "gpt-5-mini",
        "usage_details": {"input": 10, "output": 2, "total": 12},
        "total_cost": "0.5",
        "session_id": "talk",
        "time_to_first_token": 250,
    }
    (request,), _ = requests_in(json_lines(row), "langfuse")
    assert (request.uncached, request.output, request.cost, request.model) == (10, 2, 0.5, "gpt-5-mini")
    assert (request.conversation, request.time, request.first_token_seconds) == ("talk", 1793520000, 0.25)


@pytest.mark.parametrize(
    ("first", "seconds"),
    [
        ("2026-11-01T08:00:01.500Z", 1.5),
        ("2026-11-01T08:00:04Z", None),  # it comes with the last one: nothing was streamed
        ("2026-11-01T07:59:59Z", None),
        (None, None),
    ],
)
def test_the_first_token_follows_from_its_own_time(first: str | None, seconds: float | None) -> None:
    row = {name: value for name, value in OBSERVATION.items() if name != "timeToFirstToken"}
    times = {"startTime": "2026-11-01T08:00:00Z", "endTime": "2026-11-01T08:00:04Z", "completionStartTime": first}
    (request,), _ = requests_in(json_lines(row | times), "langfuse")
    assert request.first_token_seconds == seconds


@pytest.mark.parametrize(
    ("details", "uncached", "read", "write", "output"),
    [
        # As an application passed them on: the total is input and output, so the rest is within.
        (
            {"input": 850, "input_cached_tokens": 600, "output": 75, "output_reasoning_tokens": 45, "total": 925},
            250,
            600,
            None,
            75,
        ),
        # Input within, output on top, and the other way round.
        (
            {"input": 850, "input_cached_tokens": 600, "output": 30, "output_reasoning_tokens": 45, "total": 925},
            250,
            600,
            None,
            75,
        ),
        (
            {"input": 250, "input_cached_tokens": 600, "output": 75, "output_reasoning_tokens": 45, "total": 925},
            250,
            600,
            None,
            75,
        ),
        # Without a total each key is a bucket.
        ({"input": 250, "input_cache_read": 600, "output": 30, "output_reasoning_tokens": 45}, 250, 600, None, 75),
        # By Anthropic's names, and with the lifetimes of what was written.
        (
            {"input_tokens": 5, "cache_read_input_tokens": 9, "cache_creation_input_tokens": 4, "output_tokens": 2},
            5,
            9,
            4,
            2,
        ),
        (
            {"input": 5, "input_cache_creation_5m": 3, "input_cache_creation_1h": 1, "output": 2, "total": 11},
            5,
            None,
            4,
            2,
        ),
        (
            {
                "input": 5,
                "input_cache_creation": 4,
                "input_cache_creation_5m": 3,
                "input_cache_creation_1h": 1,
                "output": 2,
            },
            5,
            None,
            4,
            2,
        ),
        # Sound is a bucket of input too.
        (
            {"input": 5, "input_audio_tokens": 20, "output": 2, "output_audio_tokens": 30, "total": 57},
            25,
            None,
            None,
            32,
        ),
        ({"unit": "TOKENS", "total": 9}, None, None, None, None),
    ],
)
def test_the_total_shows_which_buckets_are_within_others(
    details: dict[str, Any], uncached: int | None, read: int | None, write: int | None, output: int | None
) -> None:
    (request,), _ = requests_in(observation(usageDetails=details), "langfuse")
    assert (request.uncached, request.read, request.write, request.output) == (uncached, read, write, output)


def test_a_total_that_nothing_adds_up_to_is_remarked() -> None:
    (request,), _ = requests_in(observation(usageDetails={"input": 5, "output": 2, "total": 50}))
    assert (request.uncached, request.remark) == (5, "its total is more than its parts")


def test_spans_agents_and_chains_are_not_counted() -> None:
    for kind in ("SPAN", "AGENT", "CHAIN", "EVENT"):
        assert requests_in(observation(type=kind), "langfuse") == ([], [])


def test_an_embedding_is_counted_and_an_error_is_a_failure() -> None:
    (request,), _ = requests_in(observation(type="EMBEDDING", level="ERROR", usageDetails={}), "langfuse")
    assert (request.requests, request.failed, request.uncached, request.output) == (1, True, None, None)


def test_a_page_of_the_interface_holds_observations() -> None:
    page = {"data": [OBSERVATION, {**OBSERVATION, "usageDetails": {"input": "many"}}], "meta": {}}
    requests, skipped = requests_in(json_lines(page), "langfuse")
    assert (len(requests), skipped) == (1, ["a count is not a whole number"])


@pytest.mark.parametrize("cell", ['{"input": ', '{"input": ' * 100_000], ids=["cut off", "deeper than any reader goes"])
def test_cells_that_are_no_json_hold_no_counts(cell: str) -> None:
    (request,), _ = requests_in(observation(usageDetails=cell), "langfuse")
    assert request.uncached is None
