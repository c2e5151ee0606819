"""A log of a reader's own, with a line for each request: its columns are known by many names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calculators.readers.usage.gateways.flat_rows import ROLES, flat_usage_headings
from calculators.readers.usage.recognition import NOT_RECOGNIZED, UsageRowSorter
from calculators.readers.usage.request import Request, SkippedRow
from tests.readers.usage.reading import requests_in
from tests.readers.usage.synthetic.gateways import table


def request_of(row: dict[str, Any], is_table: bool = False) -> Request:
    (request,) = UsageRowSorter(is_table).requests(row)
    return request


@pytest.mark.parametrize(
    "headings",
    [
        ("model", "prompt_tokens", "completion_tokens"),
        ("Model name", "Input tokens", "Output tokens"),
        ("modelId", "inputTokens", "outputTokens"),
        ("LLM", "Tokens-In", "Tokens-Out"),
        ("deployment", "num_input_tokens", "num_output_tokens"),
        ("engine", "promptTokenCount", "candidatesTokenCount"),
        ("model", "input", "output"),
        ("Model", "Prompt", "Completion"),
    ],
)
def test_headings_of_any_writer_say_the_same(headings: tuple[str, ...]) -> None:
    row = dict(zip(headings, ("gpt-5-mini", 900, 50), strict=True))
    request = request_of(row)
    assert (request.model, request.uncached, request.output, request.read) == ("gpt-5-mini", 900, 50, None)
    [line], _ = requests_in(table(headings, [("gpt-5-mini", "900", "50")]))
    assert (line.model, line.uncached, line.output) == ("gpt-5-mini", 900, 50)


@pytest.mark.parametrize(
    ("counts", "uncached"),
    [
        ({"cached_tokens": 600}, 300),
        ({"cached_tokens": 600, "cache_write_tokens": 100}, 200),
        ({"cache_read_input_tokens": 600}, 900),
        ({"cache_creation_input_tokens": 100}, 900),
        ({"cached_tokens": 1200}, 900),
        ({}, 900),
    ],
)
def test_cached_tokens_are_in_the_prompt_but_for_anthropics_names_and_where_they_are_more(
    counts: dict[str, int], uncached: int
) -> None:
    row = {"model": "m", "prompt_tokens": 900, "completion_tokens": 50, **counts}
    assert request_of(row).uncached == uncached


def test_what_else_a_line_says() -> None:
    row = {
        "model": "m",
        "prompt_tokens": 900,
        "completion_tokens": 50,
        "reasoning_tokens": 20,
        "created": 1790000000,
        "conversation": "talk",
        "Provider": "OpenAI",
        "service_tier": "flex",
        "cost": "$0.25",
        "status": "500",
        "ttft_ms": 150,
    }
    request = request_of(row)
    assert (request.time, request.conversation, request.provider) == (1790000000, "talk", "openai")
    assert (request.tier, request.cost, request.failed) == ("flex", 0.25, True)
    assert (request.reasoning, request.first_token_seconds, request.seconds) == (20, 0.15, None)


@pytest.mark.parametrize(("id", "known"), [("17", ""), (17, ""), ("req-17", "req-17"), ("1234567890", "1234567890")])
def test_the_number_of_a_line_is_no_id(id: object, known: str) -> None:
    """Lines 1 of two files are two requests."""
    assert request_of({"id": id, "model": "m", "prompt_tokens": 9, "completion_tokens": 5}).id == known


@pytest.mark.parametrize(
    "row",
    [
        {"model": "m", "prompt_tokens": 9},
        {"prompt_tokens": 9, "completion_tokens": 5},
        {"model": "m", "prompt_tokens": 9, "completion_tokens": 5, "requests": 3},
        {"model": "m", "prompt_tokens": 9, "completion_tokens": 5, "usage": {}},
        {"model": "m", "prompt_tokens": 9, "completion_tokens": 5} | {f"column {number}": 1 for number in range(200)},
    ],
)
def test_rows_of_another_kind_are_not_read(row: dict[str, Any]) -> None:
    with pytest.raises(SkippedRow):
        UsageRowSorter(is_table=False).requests(row)


def test_headings_of_texts_say_counts_only_where_they_have_them() -> None:
    """A table of questions and answers has the same headings; so has a log in which a line is of another kind."""
    assert requests_in(table(("model", "input", "output"), [("m", "What is 2 + 2?", "4")])) == ([], [NOT_RECOGNIZED])
    lines = [{"model": "m", "input": 900 + number, "output": 50} for number in range(40)]
    lines[7]["output"] = "Yes."
    requests, skipped = requests_in("\n".join(map(json.dumps, lines)))
    assert [request.uncached for request in requests] == [900 + number for number in range(40) if number != 7]
    assert skipped == [NOT_RECOGNIZED]


def test_a_text_beside_counts_under_better_names_stays_a_text() -> None:
    row = {"model": "m", "input": "Hi", "input_tokens": 9, "output": "Yes", "output_tokens": 5}
    assert (request_of(row).uncached, request_of(row).output) == (9, 5)


def test_texts_beside_the_counts_change_nothing() -> None:
    row = {"model": "m", "messages": [{"role": "user", "content": "Hi"}], "prompt_tokens": 9, "completion_tokens": 5}
    assert (request_of(row).uncached, request_of(row).output) == (9, 5)


def test_a_count_that_is_none_is_reported() -> None:
    with pytest.raises(SkippedRow, match="a count is not a whole number"):
        request_of({"model": "m", "prompt_tokens": "many", "completion_tokens": 5})


def test_the_likeliest_of_several_names_counts() -> None:
    headings = flat_usage_headings(
        dict.fromkeys(("id", "request_id", "price", "cost", "model", "out_tokens", "in tokens"))
    )
    assert headings == {
        "id": "request_id",
        "cost": "cost",
        "model": "model",
        "output": "out_tokens",
        "prompt": "in tokens",
    }


def test_no_heading_says_two_things() -> None:
    words = [name for listed in ROLES.values() for name in listed.split(", ")]
    assert len({name.replace(" ", "") for name in words}) == len(words)
