"""Writes traffic as gateways log it, and as coding agents keep it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from tests.readers.usage.reading import json_lines
from tests.readers.usage.synthetic.bodies import chat, lines, message
from tests.readers.usage.synthetic.traffic import MODEL, Sent


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table of CSV."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue()


def spend(sent: Sent) -> dict[str, Any]:
    usage = chat(sent)["usage"]
    return {
        "request_id": sent.id,
        "call_type": "acompletion",
        "spend": 0.01,
        **{name: usage[name] for name in ("prompt_tokens", "completion_tokens", "total_tokens")},
        "startTime": sent.time,
        "endTime": sent.time,
        "model": MODEL,
        "custom_llm_provider": "anthropic",
        "session_id": sent.conversation,
        "cache_hit": "None",
        "status": "success",
        "metadata": json.dumps({"usage_object": usage}),
    }


def payload(sent: Sent) -> dict[str, Any]:
    row = spend(sent)
    metadata = {"usage_object": chat(sent)["usage"]}
    return {
        **row,
        "id": sent.id,
        "trace_id": sent.conversation,
        "response_cost": row.pop("spend"),
        "metadata": metadata,
        "hidden_params": {},
        "startTime": float(sent.second),
        "endTime": sent.second + 1.5,
    }


def generation(sent: Sent) -> dict[str, Any]:
    return {
        "id": sent.id,
        "created_at": sent.time,
        "model": f"anthropic/{MODEL}",
        "session_id": sent.conversation,
        "total_cost": 0.01,
        "is_byok": False,
        "tokens_prompt": 7,
        "native_tokens_prompt": sent.prompt,
        "native_tokens_completion": sent.output,
        "native_tokens_reasoning": sent.reasoning,
        "native_tokens_cached": sent.read,
    }


def helicone(sent: Sent) -> dict[str, Any]:
    """For Anthropic, its prompt leaves the cache out."""
    return {
        "request_id": sent.id,
        "request_created_at": sent.time,
        "provider": "ANTHROPIC",
        "response_status": 200,
        "response_model": MODEL,
        "prompt_tokens": sent.uncached,
        "completion_tokens": sent.output,
        "prompt_cache_read_tokens": sent.read,
        "prompt_cache_write_tokens": sent.write,
        "properties": {"Helicone-Session-Id": sent.conversation},
    }


def activity(requests: list[Sent]) -> str:
    headings = (
        "generation_id,created_at,cost_total,tokens_prompt,tokens_completion,tokens_reasoning,tokens_cached,"
        "model_permaslug,provider_name,variant"
    )
    return table(
        headings.split(","),
        [
            (s.id, s.time, 0.01, s.prompt, s.output, s.reasoning, s.read, f"anthropic/{MODEL}", "Anthropic", "standard")
            for s in requests
        ],
    )


FLAT = (
    "Request ID,timestamp,session_id,model,prompt_tokens,cached_tokens,cache_write_tokens,completion_tokens,"
    "reasoning_tokens,status"
)


def flat_cells(sent: Sent) -> tuple[object, ...]:
    counts = (sent.prompt, sent.read, sent.write, sent.output, sent.reasoning)
    return (sent.id, sent.time, sent.conversation, MODEL, *counts, 200)


def flat(sent: Sent) -> dict[str, Any]:
    """As a program of a reader's own writes it."""
    return dict(zip(FLAT.split(","), flat_cells(sent), strict=True))


def session(sent: Sent) -> list[dict[str, Any]]:
    """Two lines of one answer: a placeholder, and all of it."""
    rows = []
    for output in (1, sent.output):
        answer = message(sent)
        answer["usage"] = {**answer["usage"], "output_tokens": output}
        rows.append(
            {
                "type": "assistant",
                "timestamp": sent.time,
                "sessionId": sent.conversation,
                "uuid": f"u-{sent.number}-{output}",
                "requestId": f"req-{sent.number}",
                "message": answer,
            }
        )
    return rows


def printed(sent: Sent) -> list[dict[str, Any]]:
    """A message of a stream, without a time."""
    return [
        {
            "type": "assistant",
            "session_id": sent.conversation,
            "uuid": f"u-{sent.number}",
            "parent_tool_use_id": None,
            "message": message(sent),
        }
    ]


NAMES = (
    "input_tokens",
    "cached_input_tokens",
    "cache_creation_input_tokens",
    "output_tokens",
    "reasoning_output_tokens",
)


def codex(requests: list[Sent]) -> str:
    """Threads with growing totals, each event twice."""
    rows: list[dict[str, Any]] = []
    for thread, parts in groupby(requests, key=lambda sent: sent.conversation):
        rows.append({"type": "session_meta", "payload": {"id": thread}})
        rows.append({"type": "turn_context", "payload": {"model": MODEL}})
        totals = [0] * len(NAMES)
        for sent in parts:
            last = (sent.prompt, sent.read, sent.write, sent.output, sent.reasoning)
            totals = [total + count for total, count in zip(totals, last, strict=True)]
            info = {
                "total_token_usage": dict(zip(NAMES, totals, strict=True)),
                "last_token_usage": dict(zip(NAMES, last, strict=True)),
            }
            event = {"timestamp": sent.time, "type": "event_msg", "payload": {"type": "token_count", "info": info}}
            rows += [event, event]
    return json_lines(*rows)


WRITERS = {
    "claude_code": lambda requests: json_lines(*(row for sent in requests for row in session(sent))),
    "claude_code_results": lambda requests: json_lines(*(row for sent in requests for row in printed(sent))),
    "codex": codex,
    "flat_rows": lines(flat),
    "flat_table": lambda requests: table(FLAT.split(","), list(map(flat_cells, requests))),
    "helicone": lines(helicone),
    "litellm_payload": lines(payload),
    "litellm_spend": lines(spend),
    "openrouter_activity": activity,
    "openrouter_generation": lines(generation),
}
