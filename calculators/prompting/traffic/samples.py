"""Small logs to start from: a help desk on two models, a session of a coding agent, a usage report."""

from __future__ import annotations

import json
from itertools import accumulate
from typing import Any


def _traffic_sample_spaced(row: dict[str, Any]) -> str:
    """A row as JSON, its closing braces apart: two together look like a leftover of a template."""
    return " }".join(json.dumps(row).split("}"))


HELP_DESK = "\n".join(
    _traffic_sample_spaced(
        {
            "time": f"2026-11-{10 + number // 6}T{8 + number % 6 * 2:02d}:{number * 7 % 60:02d}:00Z",
            "conversation_id": f"c{number // 3}",
            "response": {
                "id": f"msg_{number:02d}",
                "type": "message",
                "model": "claude-haiku-5-5" if number % 3 == 2 else "claude-sonnet-5-5",
                "usage": {
                    "input_tokens": 420 + number * 37 % 900,
                    "cache_read_input_tokens": 0 if number % 3 == 2 or number % 6 == 0 else 1536,
                    "cache_creation_input_tokens": 1536 if number % 6 == 0 else 0,
                    "output_tokens": 140 + number * 53 % 400,
                },
            },
        }
    )
    for number in range(36)
)
"""Answers of two models over six days, as a program's own log wraps them: time, conversation, answer."""

_STEPS = [16_000, *(700 + number * 311 % 2300 for number in range(1, 18))]
_HISTORIES = [0, *accumulate(_STEPS)]

AGENT = "\n".join(
    _traffic_sample_spaced(
        {
            "type": "assistant",
            "timestamp": f"2026-11-17T09:{10 + number * 2:02d}:0{number % 6}Z",
            "sessionId": "session-1",
            "requestId": f"req_{number:02d}",
            "message": {
                "id": f"msg_{number:02d}",
                "type": "message",
                "role": "assistant",
                "model": "claude-opus-5-5",
                "usage": {
                    "input_tokens": 4,
                    "cache_creation_input_tokens": _STEPS[number],
                    "cache_read_input_tokens": _HISTORIES[number],
                    "output_tokens": output,
                },
            },
        }
    )
    for number in range(18)
    for output in (3, 180 + number * 97 % 900)
)
"""A session of a coding agent: the history grows, is read from the cache, and each answer is on two lines."""

_HEADINGS = (
    "usage_date_utc,model_version,usage_type,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,"
    "usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens"
)
_BUSY = {day: 1 if day % 7 in (0, 1) else 6 for day in range(5, 26)}

REPORT = "\n".join(
    [
        _HEADINGS,
        *(
            f"2026-11-{day:02d},claude-sonnet-5-5,standard,{busy * 910_000 + day * 1700},{busy * 60_000},0,"
            f"{busy * 2_400_000},{busy * 210_000 + day * 900}\n"
            f"2026-11-{day:02d},claude-haiku-4-5-20251001,batch,{busy * 380_000},0,0,0,{busy * 45_000}"
            for day, busy in _BUSY.items()
        ),
    ]
)
"""What a console offers for download: tokens by day and model, without the number of requests."""

SAMPLES = frozenset({HELP_DESK, AGENT, REPORT})
"""The logs of all examples."""
