"""Sessions of Claude Code: lines of one answer, copies, subagents, progress, and what is no answer."""

from __future__ import annotations

from typing import Any

from tests.readers.usage.reading import json_lines, one_of_each, requests_in, totals
from tests.readers.usage.session_examples import CLAUDE_CODE, answer_line

ONE = {"requests": 1, "uncached": 6, "read": 21000, "write": 800, "output": 310, "reasoning": None}


def message(**more: Any) -> dict[str, Any]:
    """The message of an answer line, with some of it written over."""
    held: dict[str, Any] = answer_line(310)["message"]
    return {**held, **more}


def test_lines_of_one_message_are_one_request_with_the_largest_output() -> None:
    requests, skipped = requests_in(CLAUDE_CODE, "claude_code")
    assert not skipped
    assert totals(requests) == ONE
    assert sum(request.output or 0 for request in requests) == 314
    (request,) = one_of_each(requests)
    assert (request.write_long, request.conversation, request.model) == (300, "session-a", "claude-opus-4-8")
    assert (request.provider, request.has_hour, request.cost) == ("anthropic", True, None)


def test_a_copy_in_a_forked_session_is_the_same_request() -> None:
    """It has another session and another request id."""
    copy = answer_line(310, sessionId="session-fork", requestId="req_new", isSidechain=True)
    requests, _ = requests_in(json_lines(answer_line(310), copy))
    assert totals(requests) == ONE
    assert one_of_each(requests)[0].conversation == "session-a"


def test_a_message_without_an_id_is_known_by_its_request() -> None:
    line = answer_line(310, message=message(id=None))
    assert totals(requests_in(json_lines(line, line))[0]) == ONE


def test_a_missing_request_id_changes_nothing() -> None:
    lines = json_lines(answer_line(2, requestId=None), answer_line(310))
    assert totals(requests_in(lines)[0]) == ONE


def test_a_subagent_belongs_to_the_session_that_began_it() -> None:
    other = answer_line(50, isSidechain=True, agentId="a1", message=message(id="msg_b"))
    requests = one_of_each(requests_in(json_lines(answer_line(310), other))[0])
    assert [request.conversation for request in requests] == ["session-a", "session-a"]


def test_a_progress_line_counts_only_where_its_message_is_nowhere_else() -> None:
    inner = answer_line(2)
    progress = {
        "type": "progress",
        "timestamp": "2026-11-01T08:00:00.000Z",
        "sessionId": "session-a",
        "uuid": "p1",
        "data": {"type": "agent_progress", "message": {"requestId": "req_a", "message": inner["message"]}},
    }
    assert totals(requests_in(json_lines(progress, answer_line(310)), "claude_code")[0]) == ONE
    alone = requests_in(json_lines(progress))[0]
    assert totals(alone)["requests"] == 1
    assert alone[0].time is not None


def test_a_message_that_claude_code_wrote_itself_is_no_request() -> None:
    line = answer_line(0, isApiErrorMessage=True, message=message(model="<synthetic>"))
    assert requests_in(json_lines(line), "claude_code") == ([], [])


def test_early_lines_have_no_type_and_a_cost() -> None:
    line = answer_line(310, costUSD=0.25)
    del line["type"], line["parentUuid"], line["uuid"]
    requests, _ = requests_in(json_lines(line), "claude_code")
    assert totals(requests) == ONE
    assert requests[0].cost == 0.25


def test_a_fast_answer_is_billed_as_fast() -> None:
    line = answer_line(310)
    line["message"]["usage"]["speed"] = "fast"
    assert requests_in(json_lines(line))[0][0].tier == "fast"


def test_a_hidden_call_is_counted_once_though_its_message_is_repeated() -> None:
    line = answer_line(310)
    line["message"]["usage"]["iterations"] = [
        {"type": "compaction", "input_tokens": 9000, "output_tokens": 150},
        {"type": "message", "input_tokens": 6, "output_tokens": 310},
    ]
    requests, _ = requests_in(json_lines(line, line))
    assert totals(requests) == {**ONE, "uncached": 9006, "output": 460}


def test_a_session_without_usage_gives_no_request() -> None:
    """The tokens in the result of a tool are a subagent's, which has lines of its own."""
    lines = json_lines(
        {"type": "summary", "summary": "A talk", "leafUuid": "u1"},
        {"type": "file-history-snapshot", "messageId": "m", "snapshot": {}, "isSnapshotUpdate": False},
        {"type": "system", "sessionId": "session-a", "uuid": "u2", "content": "compacted"},
        {"type": "user", "sessionId": "session-a", "uuid": "u3", "message": {"role": "user", "content": "Hi"}},
        {
            "type": "user",
            "sessionId": "session-a",
            "uuid": "u4",
            "message": {"role": "user", "content": []},
            "toolUseResult": {"usage": {"input_tokens": 5, "output_tokens": 6}, "totalTokens": 11},
        },
        {"type": "assistant", "sessionId": "session-a", "uuid": "u5"},
        {"type": "assistant", "sessionId": "session-a", "uuid": "u6", "message": "half"},
    )
    assert requests_in(lines, "claude_code") == ([], [])


def test_a_log_of_another_program_with_a_session_is_not_taken_for_one() -> None:
    requests, skipped = requests_in(json_lines({"sessionId": "a", "type": "chat", "message": "Hi"}))
    assert (requests, skipped) == ([], ["it is not a request in a known format"])
