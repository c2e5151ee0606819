"""A small example of each kind of session: by the name of the format, what a file holds."""

from __future__ import annotations

from typing import Any

from tests.readers.usage.reading import json_lines


def answer_line(output: int, **more: Any) -> dict[str, Any]:
    """A line of an answer, of which others with the same id have the same input; `more` is written over."""
    usage = {
        "input_tokens": 6,
        "cache_creation_input_tokens": 800,
        "cache_read_input_tokens": 21000,
        "cache_creation": {"ephemeral_5m_input_tokens": 500, "ephemeral_1h_input_tokens": 300},
        "output_tokens": output,
    }
    line = {
        "type": "assistant",
        "timestamp": "2026-11-01T08:00:00.000Z",
        "sessionId": "session-a",
        "uuid": f"u{output}",
        "parentUuid": "u0",
        "isSidechain": False,
        "requestId": "req_a",
        "message": {"id": "msg_a", "type": "message", "role": "assistant", "model": "claude-opus-4-8", "usage": usage},
    }
    return {**line, **more}


def token_count(total: tuple[int, ...], last: tuple[int, ...], **more: Any) -> dict[str, Any]:
    """An event of Codex with the totals of a thread and its last use: input, cached, output, reasoning."""
    names = ("input_tokens", "cached_input_tokens", "output_tokens", "reasoning_output_tokens")
    info = {
        "total_token_usage": dict(zip(names, total, strict=True)),
        "last_token_usage": dict(zip(names, last, strict=True)),
        "model_context_window": 400000,
    }
    event = {"timestamp": "2026-11-01T08:00:05Z", "type": "event_msg", "payload": {"type": "token_count", "info": info}}
    return {**event, **more}


def codex_line(kind: str, **payload: Any) -> dict[str, Any]:
    """Another line of Codex."""
    return {"timestamp": "2026-11-01T08:00:00Z", "type": kind, "payload": payload}


CLAUDE_CODE = json_lines(
    {"type": "user", "timestamp": "2026-11-01T07:59:59Z", "sessionId": "session-a", "uuid": "u0", "message": {}},
    answer_line(2),
    answer_line(2, uuid="another"),
    answer_line(310),
)

CLAUDE_CODE_RESULT = json_lines(
    {
        "type": "result",
        "subtype": "success",
        "is_error": False,
        "num_turns": 3,
        "session_id": "session-b",
        "total_cost_usd": 0.09,
        "uuid": "r1",
        "usage": {"input_tokens": 9, "cache_read_input_tokens": 5000, "output_tokens": 140},
        "modelUsage": {
            "claude-opus-4-8": {
                "inputTokens": 9,
                "cacheReadInputTokens": 5000,
                "cacheCreationInputTokens": 250,
                "outputTokens": 140,
                "costUSD": 0.08,
            },
            "claude-haiku-5": {"inputTokens": 400, "outputTokens": 20, "costUSD": 0.01},
        },
    }
)

CODEX = json_lines(
    codex_line("session_meta", id="thread-a", cwd="/w"),
    codex_line("turn_context", model="gpt-5.6-codex"),
    codex_line("event_msg", type="token_count", info=None),
    token_count((900, 0, 80, 30), (900, 0, 80, 30)),
    token_count((900, 0, 80, 30), (900, 0, 80, 30)),
    token_count((2300, 850, 200, 70), (1400, 850, 120, 40)),
)

EXAMPLES = {"claude_code": CLAUDE_CODE, "claude_code_results": CLAUDE_CODE_RESULT, "codex": CODEX}
