"""A small example of each kind of trace: by the name of the format, what an export holds."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from tests.readers.usage.reading import json_lines


def otlp_span(id: str, parent: str = "", **attributes: Any) -> dict[str, Any]:
    """A span of OpenTelemetry's JSON, in which whole numbers are text; `_` in a name is a dot, `__` stays `_`."""
    entries = []
    for name, value in attributes.items():
        key = name.replace("__", "\0").replace("_", ".").replace("\0", "_")
        kind = {"str": "stringValue", "int": "intValue", "float": "doubleValue"}[type(value).__name__]
        entries.append({"key": key, "value": {kind: str(value) if isinstance(value, int) else value}})
    return {
        "traceId": "0af7651916cd43dd8448eb211c80319c",
        "spanId": id,
        "parentSpanId": parent,
        "startTimeUnixNano": "1793520000000000000",
        "endTimeUnixNano": "1793520002500000000",
        "attributes": entries,
    }


def otlp_batch(*spans: dict[str, Any]) -> dict[str, Any]:
    """A batch of spans, as a collector writes it."""
    return {"resourceSpans": [{"resource": {"attributes": []}, "scopeSpans": [{"scope": {}, "spans": list(spans)}]}]}


def table(*rows: dict[str, Any]) -> str:
    """A table whose cells hold nested values as JSON."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(
        {key: json.dumps(value) if isinstance(value, dict) else value for key, value in row.items()} for row in rows
    )
    return text.getvalue()


OTLP = json_lines(
    otlp_batch(
        otlp_span("a1", gen__ai_operation_name="invoke_agent", gen__ai_usage_input__tokens=1300),
        otlp_span(
            "a2",
            "a1",
            gen__ai_operation_name="chat",
            gen__ai_provider_name="anthropic",
            gen__ai_request_model="claude-opus-4-8",
            gen__ai_conversation_id="talk-1",
            gen__ai_usage_input__tokens=1300,
            gen__ai_usage_cache__read_input__tokens=900,
            gen__ai_usage_cache__creation_input__tokens=150,
            gen__ai_usage_output__tokens=75,
        ),
    )
)

SPAN: dict[str, Any] = {
    "name": "ChatCompletion",
    "context": {"trace_id": "t1", "span_id": "s1"},
    "parent_id": None,
    "start_time": "2026-11-01T08:00:00Z",
    "end_time": "2026-11-01T08:00:02Z",
    "attributes": {
        "openinference.span.kind": "LLM",
        "llm.model_name": "gpt-5-mini",
        "llm.provider": "openai",
        "session.id": "talk-2",
        "llm.token_count.prompt": 700,
        "llm.token_count.prompt_details.cache_read": 512,
        "llm.token_count.completion": 65,
        "llm.token_count.completion_details.reasoning": 25,
        "llm.token_count.total": 765,
    },
}

SPAN_COLUMNS = {
    "context.span_id": "s1",
    "parent_id": "",
    "start_time": "2026-11-01 08:00:00+00:00",
    "status_code": "OK",
    "attributes.openinference.span.kind": "LLM",
    "attributes.llm.model_name": "gpt-5-mini",
    "attributes.llm.token_count.prompt": "700.0",
    "attributes.llm.token_count.prompt_details.cache_read": "512.0",
    "attributes.llm.token_count.completion": "65.0",
}

OBSERVATION = {
    "id": "o1",
    "traceId": "t1",
    "type": "GENERATION",
    "startTime": "2026-11-01T08:00:00.000Z",
    "endTime": "2026-11-01T08:00:04.000Z",
    "level": "DEFAULT",
    "model": "gpt-5-mini",
    "sessionId": "talk-3",
    "usageDetails": {
        "input": 250,
        "input_cached_tokens": 600,
        "output": 30,
        "output_reasoning_tokens": 45,
        "total": 925,
    },
    "costDetails": {"total": 0.0007},
    "timeToFirstToken": 0.8,
}

RUN = {
    "id": "run-1",
    "trace_id": "t1",
    "run_type": "llm",
    "session_id": "the project",
    "status": "success",
    "start_time": "2026-11-01T08:00:00",
    "end_time": "2026-11-01T08:00:03",
    "first_token_time": "2026-11-01T08:00:01",
    "extra": {"metadata": {"thread_id": "talk-4", "ls_model_name": "claude-opus-4-8", "ls_provider": "anthropic"}},
    "prompt_tokens": 1500,
    "completion_tokens": 90,
    "total_tokens": 1590,
    "prompt_token_details": {"cache_read": 1000, "cache_creation": 200},
    "completion_token_details": {"reasoning": 15},
    "total_cost": "0.0042",
}

VERCEL_USAGE = {
    "inputTokens": 1300,
    "inputTokenDetails": {"noCacheTokens": 200, "cacheReadTokens": 800, "cacheWriteTokens": 300},
    "outputTokens": 55,
    "outputTokenDetails": {"textTokens": 35, "reasoningTokens": 20},
    "totalTokens": 1355,
}

LLM_ROW = {
    "id": "01a",
    "model": "gpt-5-mini",
    "resolved_model": "gpt-5-mini-2025-08-07",
    "conversation_id": "talk-5",
    "datetime_utc": "2026-11-01T08:00:00",
    "duration_ms": 1200,
    "input_tokens": 350,
    "output_tokens": 40,
    "token_details": json.dumps(
        {"prompt_tokens_details": {"cached_tokens": 256}, "completion_tokens_details": {"reasoning_tokens": 8}}
    ),
}

EXAMPLES = {
    "otlp": OTLP,
    "openinference": json_lines(SPAN),
    "openinference_table": table(SPAN_COLUMNS),
    "langfuse": json_lines(OBSERVATION),
    "langfuse_table": table(OBSERVATION),
    "langsmith": json_lines(RUN),
    "vercel": json_lines({"usage": VERCEL_USAGE}),
    "llm_command": json.dumps([LLM_ROW]),
}
