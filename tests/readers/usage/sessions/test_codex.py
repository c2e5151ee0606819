"""Sessions of Codex: growing totals, repeats, resets, forks, and records of answers."""

from __future__ import annotations

from typing import Any

from tests.readers.usage.reading import json_lines, one_of_each, requests_in, totals
from tests.readers.usage.session_examples import CODEX, codex_line, token_count

FIRST, SECOND = (900, 0, 80, 30), (1400, 850, 120, 40)
BOTH = (2300, 850, 200, 70)
META = codex_line("session_meta", id="thread-a")


def record(id: str, input: int, cached: int, output: int, reasoning: int) -> dict[str, Any]:
    """A record of an answer."""
    usage = {
        "input_tokens": input,
        "cached_input_tokens": cached,
        "output_tokens": output,
        "reasoning_output_tokens": reasoning,
    }
    return codex_line("token_usage_record", response_id=id, thread_id="thread-a", usage=usage)


def test_what_counts_is_how_much_the_totals_grow() -> None:
    """The event that is repeated has a last use as well, which would count 900 tokens twice."""
    requests, skipped = requests_in(CODEX, "codex")
    assert not skipped
    assert totals(requests) == {
        "requests": 2,
        "uncached": 1450,
        "read": 850,
        "write": None,
        "output": 200,
        "reasoning": 70,
    }
    assert [request.uncached for request in requests] == [900, 550]
    assert {(request.model, request.conversation, request.provider) for request in requests} == {
        ("gpt-5.6-codex", "thread-a", "openai")
    }
    assert requests[0].time is not None


def test_the_model_may_change_within_a_session() -> None:
    lines = json_lines(
        codex_line("turn_context", model="m1"),
        token_count(FIRST, FIRST),
        codex_line("turn_context", model="m2"),
        token_count(BOTH, SECOND),
    )
    assert [request.model for request in requests_in(lines)[0]] == ["m1", "m2"]


def test_totals_that_fall_begin_anew_with_the_last_use() -> None:
    lines = json_lines(token_count(BOTH, SECOND), token_count((500, 100, 20, 0), (400, 100, 15, 0)))
    assert [(request.uncached, request.output) for request in requests_in(lines)[0]] == [(550, 120), (300, 15)]


def test_a_file_that_begins_in_the_middle_of_a_thread_begins_with_the_last_use() -> None:
    (request,), _ = requests_in(json_lines(token_count((90000, 80000, 4000, 0), (700, 500, 30, 10))))
    assert (request.uncached, request.read, request.output, request.reasoning) == (200, 500, 30, 10)


def test_a_fork_that_replays_its_parent_with_new_times_adds_only_what_is_new() -> None:
    again = "2026-11-02T09:00:00Z"
    fork = json_lines(
        codex_line("session_meta", id="thread-b", forked_from_id="thread-a"),
        META,
        token_count(FIRST, FIRST, timestamp=again),
        token_count(BOTH, SECOND, timestamp=again),
        token_count((3300, 1750, 250, 80), (1000, 900, 50, 10), timestamp="2026-11-02T09:01:00Z"),
    )
    parent = json_lines(META, token_count(FIRST, FIRST), token_count(BOTH, SECOND))
    requests = requests_in(parent)[0] + requests_in(fork)[0]
    assert totals(requests) == {
        "requests": 3,
        "uncached": 1550,
        "read": 1750,
        "write": None,
        "output": 250,
        "reasoning": 80,
    }
    assert [request.conversation for request in one_of_each(requests)] == ["thread-a", "thread-a", "thread-b"]


def test_a_fork_that_names_its_parent_only_by_its_first_lines_is_known_too() -> None:
    child = json_lines(codex_line("session_meta", id="thread-c"), META, token_count(FIRST, FIRST))
    requests = requests_in(json_lines(META, token_count(FIRST, FIRST)))[0] + requests_in(child)[0]
    assert totals(requests)["requests"] == 1


def test_two_threads_that_begin_alike_are_two_requests() -> None:
    other = json_lines(codex_line("session_meta", id="thread-z"), token_count(FIRST, FIRST))
    requests = requests_in(json_lines(META, token_count(FIRST, FIRST)))[0] + requests_in(other)[0]
    assert totals(requests)["requests"] == 2


def test_threads_that_continue_each_other_in_a_circle_end() -> None:
    lines = json_lines(
        codex_line("session_meta", id="a", forked_from_id="b"),
        codex_line("session_meta", id="b", forked_from_id="a"),
        token_count(FIRST, FIRST),
    )
    assert len(requests_in(lines)[0]) == 1


def test_records_are_used_alone_where_there_are_any() -> None:
    """The event before the first record has reported its answer; a compaction quotes the last record again."""
    lines = json_lines(
        META,
        token_count(FIRST, FIRST),
        record("r1", *FIRST),
        record("r2", *SECOND),
        token_count(BOTH, SECOND),
        codex_line("compacted", latest_token_usage_record={"response_id": "r2"}),
        record("r2", *SECOND),
    )
    assert totals(requests_in(lines, "codex")[0]) == {
        "requests": 2,
        "uncached": 1450,
        "read": 850,
        "write": None,
        "output": 200,
        "reasoning": 70,
    }
    before = json_lines(META, record("r1", *FIRST), token_count(FIRST, FIRST))
    assert totals(requests_in(before)[0])["requests"] == 1


def test_what_is_written_to_the_cache_is_in_the_input() -> None:
    event = token_count(FIRST, FIRST)
    for usage in ("total_token_usage", "last_token_usage"):
        event["payload"]["info"][usage]["cache_creation_input_tokens"] = 300
    (request,), _ = requests_in(json_lines(event))
    assert (request.uncached, request.write) == (600, 300)


def test_a_session_without_use_gives_no_request() -> None:
    lines = json_lines(
        META,
        codex_line("event_msg", type="token_count", info=None),
        codex_line("event_msg", type="agent_message", message="Hi"),
        codex_line("response_item", type="message"),
        codex_line("compacted", message=""),
        codex_line("event_msg", type="token_count", info={}),
    )
    assert requests_in(lines, "codex") == ([], [])


def test_strange_totals_are_skipped_with_a_reason() -> None:
    text = json_lines(token_count(FIRST, FIRST)).replace("900", '"many"')
    assert requests_in(text) == ([], ["a count is not a whole number"])
    half = codex_line("event_msg", type="token_count", info={"total_token_usage": {"input_tokens": 5}})
    assert requests_in(json_lines(half)) == ([], ["its use has no input or no output"])
    wrong = token_count((10, 20, 5, 0), (10, 20, 5, 0))
    assert requests_in(json_lines(wrong)) == ([], ["its cached tokens are more than its prompt"])
