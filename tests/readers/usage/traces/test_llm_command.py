"""The log of the command llm: what is left over is the provider's."""

from __future__ import annotations

from typing import Any

import pytest

from tests.readers.usage.reading import json_lines, requests_in
from tests.readers.usage.trace_examples import LLM_ROW


def test_a_row_has_details_as_text() -> None:
    (request,), skipped = requests_in(json_lines(LLM_ROW), "llm_command")
    assert not skipped
    assert (request.uncached, request.read, request.write) == (94, 256, None)
    assert (request.output, request.reasoning, request.seconds) == (40, 8, 1.2)
    assert (request.model, request.conversation, request.time) == ("gpt-5-mini-2025-08-07", "talk-5", 1793520000)


@pytest.mark.parametrize(
    ("details", "uncached", "read", "write", "output", "reasoning"),
    [
        ({"cache_read_input_tokens": 900, "cache_creation_input_tokens": 60}, 350, 900, 60, 40, None),
        ({"cachedContentTokenCount": 300, "thoughtsTokenCount": 25}, 50, 300, None, 65, 25),
        (None, 350, None, None, 40, None),
        ("{", 350, None, None, 40, None),
    ],
)
def test_details_are_the_providers(
    details: Any, uncached: int, read: int | None, write: int | None, output: int, reasoning: int | None
) -> None:
    (request,), _ = requests_in(json_lines({**LLM_ROW, "token_details": details}), "llm_command")
    assert (request.uncached, request.read, request.write) == (uncached, read, write)
    assert (request.output, request.reasoning) == (output, reasoning)


def test_a_row_from_before_tokens_were_logged_is_a_request_of_unknown_size() -> None:
    row = {**LLM_ROW, "input_tokens": None, "output_tokens": None, "token_details": None}
    (request,), _ = requests_in(json_lines(row), "llm_command")
    assert (request.requests, request.uncached, request.output) == (1, None, None)


def test_a_cache_that_is_more_than_the_prompt_is_skipped() -> None:
    row = {**LLM_ROW, "input_tokens": 3}
    assert requests_in(json_lines(row)) == ([], ["its cached tokens are more than its prompt"])
