"""The lines of a batch of OpenAI's: half of them may have failed."""

from __future__ import annotations

import json

from calculators.readers.usage.request import BATCH
from tests.readers.usage.example_rows import CHAT, EXAMPLES, refusal_of, request_of
from tests.readers.usage.reading import requests_in, totals


def test_answers_and_failures() -> None:
    """220 uncached of the chat answer and 600 of the other; two lines failed."""
    rows = "\n\n".join(map(json.dumps, EXAMPLES["openai_batch"]))
    requests, skipped = requests_in(rows, "openai_batch")
    assert skipped == []
    assert totals(requests) == {
        "requests": 4,
        "uncached": 820,
        "read": 3280,
        "write": 400,
        "output": 330,
        "reasoning": 264,
    }
    assert [request.failed for request in requests] == [False, True, True, False]
    assert {request.tier for request in requests} == {BATCH}


def test_two_batches_may_use_the_callers_ids_again() -> None:
    lines = [EXAMPLES["openai_batch"][0], EXAMPLES["openai_batch"][0] | {"id": "batch_req_9"}]
    requests, _ = requests_in(json.dumps(lines))
    assert totals(requests)["requests"] == 2


def test_a_line_in_two_files_counts_once() -> None:
    line = EXAMPLES["openai_batch"][0]
    requests, _ = requests_in(json.dumps([line, line]))
    assert totals(requests)["requests"] == 1


def test_an_answer_of_another_kind_is_refused() -> None:
    row = {"custom_id": "b-1", "response": {"status_code": 200, "body": {"results": []}}}
    assert refusal_of(row) == "its answer has no token counts"
    assert refusal_of({"custom_id": "b-1", "response": {"status_code": 200}}) == "its answer has no token counts"


def test_the_answers_of_a_batch_have_its_tier_and_not_their_own() -> None:
    row = {"id": "batch_req_1", "custom_id": "b-1", "response": {"status_code": 200, "body": CHAT}}
    assert (request_of(row).tier, request_of(row).id) == (BATCH, "batch_req_1")
