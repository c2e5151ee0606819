"""What `claude -p` prints: a result alone, and a stream of messages before the result."""

from __future__ import annotations

from typing import Any

from tests.readers.usage.reading import json_lines, one_of_each, requests_in, totals
from tests.readers.usage.session_examples import CLAUDE_CODE_RESULT


def said(id: str, output: int, model: str = "claude-opus-4-8") -> dict[str, Any]:
    """A message of a stream."""
    usage = {"input_tokens": 4, "cache_read_input_tokens": 100, "cache_creation_input_tokens": 0}
    message = {"id": id, "type": "message", "model": model, "usage": {**usage, "output_tokens": output}}
    return {
        "type": "assistant",
        "message": message,
        "parent_tool_use_id": None,
        "session_id": "s",
        "uuid": f"{id}{output}",
    }


def result(**more: Any) -> dict[str, Any]:
    """The result of a run."""
    usage = {"input_tokens": 8, "cache_read_input_tokens": 200, "cache_creation_input_tokens": 0, "output_tokens": 90}
    held = {"type": "result", "num_turns": 2, "session_id": "s", "uuid": "r", "total_cost_usd": 0.03, "usage": usage}
    return {**held, **more}


def test_a_result_alone_is_a_sum_for_each_model_of_an_unknown_number_of_requests() -> None:
    (large, small), skipped = requests_in(CLAUDE_CODE_RESULT, "claude_code_results")
    assert not skipped
    assert (large.requests, large.model, large.conversation) == (None, "claude-opus-4-8", "session-b")
    assert (large.uncached, large.read, large.write, large.output, large.cost) == (9, 5000, 250, 140, 0.08)
    assert (small.model, small.uncached, small.read, small.output, small.cost) == (
        "claude-haiku-5",
        400,
        None,
        20,
        0.01,
    )


def test_a_stream_counts_each_message_once_and_the_result_adds_only_what_is_missing() -> None:
    """Both messages state a placeholder for their output; the true outputs are in the result."""
    lines = json_lines(
        {"type": "system", "subtype": "init", "session_id": "s"},
        said("m1", 1),
        said("m1", 1),
        {"type": "user", "message": {"content": []}, "parent_tool_use_id": None, "session_id": "s"},
        said("m2", 2),
        result(),
    )
    requests, skipped = requests_in(lines, "claude_code_results")
    assert not skipped
    assert totals(requests) == {"requests": 2, "uncached": 8, "read": 200, "write": 0, "output": 90, "reasoning": None}
    assert one_of_each(requests)[-1].cost == 0.03


def test_a_second_run_of_a_session_is_compared_with_messages_of_its_own() -> None:
    lines = json_lines(said("m1", 50), said("m2", 40), result(), said("m3", 5), said("m4", 5), result(uuid="r2"))
    assert totals(requests_in(lines)[0])["output"] == 180


def test_the_model_of_a_helper_without_messages_is_added() -> None:
    models = {
        "claude-opus-4-8": {"inputTokens": 4, "cacheReadInputTokens": 100, "outputTokens": 60},
        "claude-haiku-5": {"inputTokens": 30, "outputTokens": 7},
    }
    requests, _ = requests_in(json_lines(said("m1", 60), result(modelUsage=models)))
    assert totals(requests) == {"requests": 1, "uncached": 34, "read": 100, "write": 0, "output": 67, "reasoning": None}


def test_a_failed_run_is_marked() -> None:
    assert requests_in(json_lines(result(is_error=True)))[0][0].failed


def test_events_and_messages_without_usage_give_no_request() -> None:
    lines = json_lines(
        {"type": "stream_event", "event": {"type": "message_start"}, "session_id": "s"},
        {"type": "assistant", "message": {"content": []}, "parent_tool_use_id": None, "session_id": "s"},
        said("m1", 3, model="<synthetic>"),
    )
    assert requests_in(lines, "claude_code_results") == ([], [])


def test_sums_that_are_no_objects_are_skipped_with_a_reason() -> None:
    assert requests_in(json_lines(result(modelUsage={"m": 3}))) == ([], ["its sums are not objects"])
