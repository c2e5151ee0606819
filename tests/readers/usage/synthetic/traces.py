"""Writes traffic as tracing tools export it."""

from __future__ import annotations

import json
from typing import Any

from tests.readers.usage.reading import json_lines
from tests.readers.usage.synthetic.bodies import lines
from tests.readers.usage.synthetic.gateways import table
from tests.readers.usage.synthetic.traffic import MODEL, Sent


def span(sent: Sent, id: str, parent: str, operation: str) -> dict[str, Any]:
    words = {
        "gen_ai.operation.name": operation,
        "gen_ai.provider.name": "anthropic",
        "gen_ai.request.model": MODEL,
        "gen_ai.conversation.id": sent.conversation,
    }
    counts = {
        "gen_ai.usage.input_tokens": sent.prompt,
        "gen_ai.usage.cache_read.input_tokens": sent.read,
        "gen_ai.usage.cache_creation.input_tokens": sent.write,
        "gen_ai.usage.output_tokens": sent.output,
        "gen_ai.usage.reasoning.output_tokens": sent.reasoning,
    }
    attributes = [{"key": key, "value": {"stringValue": word}} for key, word in words.items()]
    attributes += [{"key": key, "value": {"intValue": str(count)}} for key, count in counts.items()]
    return {
        "traceId": f"{sent.number:032x}",
        "spanId": id,
        "parentSpanId": parent,
        "startTimeUnixNano": str(sent.second * 10**9),
        "endTimeUnixNano": str(sent.second * 10**9 + 10**9),
        "attributes": attributes,
    }


def otlp(sent: Sent) -> dict[str, Any]:
    """A call within the span of an agent that repeats its counts."""
    top, call = f"{2 * sent.number + 2:016x}", f"{2 * sent.number + 3:016x}"
    spans = [span(sent, top, "", "invoke_agent"), span(sent, call, top, "chat")]
    return {"resourceSpans": [{"resource": {}, "scopeSpans": [{"scope": {}, "spans": spans}]}]}


def attributes(sent: Sent) -> dict[str, Any]:
    return {
        "openinference.span.kind": "LLM",
        "llm.model_name": MODEL,
        "llm.provider": "anthropic",
        "session.id": sent.conversation,
        "llm.token_count.prompt": sent.prompt,
        "llm.token_count.prompt_details.cache_read": sent.read,
        "llm.token_count.prompt_details.cache_write": sent.write,
        "llm.token_count.completion": sent.output,
        "llm.token_count.completion_details.reasoning": sent.reasoning,
        "llm.token_count.total": sent.total,
    }


def phoenix(sent: Sent) -> dict[str, Any]:
    return {
        "context": {"trace_id": f"t-{sent.number}", "span_id": sent.id},
        "parent_id": None,
        "start_time": sent.time,
        "end_time": sent.time,
        "attributes": attributes(sent),
    }


def phoenix_table(requests: list[Sent]) -> str:
    names = list(attributes(requests[0]))
    headings = ["context.span_id", "parent_id", "start_time", *(f"attributes.{name}" for name in names)]
    return table(headings, [(s.id, "", s.time, *(attributes(s)[name] for name in names)) for s in requests])


def observation(sent: Sent) -> dict[str, Any]:
    return {
        "id": sent.id,
        "traceId": f"t-{sent.number}",
        "type": "GENERATION",
        "startTime": sent.time,
        "level": "DEFAULT",
        "model": MODEL,
        "sessionId": sent.conversation,
        "usageDetails": {
            "input": sent.uncached,
            "input_cache_read": sent.read,
            "input_cache_creation_5m": sent.write - sent.long,
            "input_cache_creation_1h": sent.long,
            "output": sent.output - sent.reasoning,
            "output_reasoning_tokens": sent.reasoning,
            "total": sent.total,
        },
    }


def observation_table(requests: list[Sent]) -> str:
    rows = [
        [json.dumps(cell) if isinstance(cell, dict) else cell for cell in observation(s).values()] for s in requests
    ]
    return table(list(observation(requests[0])), rows)


def run(sent: Sent) -> dict[str, Any]:
    details = {
        "cache_read": sent.read,
        "ephemeral_5m_input_tokens": sent.write - sent.long,
        "ephemeral_1h_input_tokens": sent.long,
    }
    return {
        "id": sent.id,
        "trace_id": f"t-{sent.number}",
        "run_type": "llm",
        "session_id": "a project",
        "start_time": sent.time,
        "extra": {"metadata": {"thread_id": sent.conversation, "ls_model_name": MODEL, "ls_provider": "anthropic"}},
        "prompt_tokens": sent.prompt,
        "completion_tokens": sent.output,
        "total_tokens": sent.total,
        "prompt_token_details": details,
        "completion_token_details": {"reasoning": sent.reasoning},
    }


def vercel(sent: Sent) -> dict[str, Any]:
    """A result with one step, whose tokens stand in it three times."""
    usage = {
        "inputTokens": sent.prompt,
        "inputTokenDetails": {
            "noCacheTokens": sent.uncached,
            "cacheReadTokens": sent.read,
            "cacheWriteTokens": sent.write,
        },
        "outputTokens": sent.output,
        "outputTokenDetails": {"reasoningTokens": sent.reasoning},
        "totalTokens": sent.total,
    }
    step = {"response": {"id": sent.id, "modelId": MODEL, "timestamp": sent.time}, "usage": usage}
    return {"steps": [step], "usage": usage, "totalUsage": usage}


def command(sent: Sent) -> dict[str, Any]:
    details = {
        "prompt_tokens_details": {"cached_tokens": sent.read, "cache_write_tokens": sent.write},
        "completion_tokens_details": {"reasoning_tokens": sent.reasoning},
    }
    return {
        "id": sent.id,
        "model": MODEL,
        "conversation_id": sent.conversation,
        "datetime_utc": sent.time,
        "input_tokens": sent.prompt,
        "output_tokens": sent.output,
        "token_details": json.dumps(details),
    }


WRITERS = {
    "langfuse": lines(observation),
    "langfuse_table": observation_table,
    "langsmith": lines(run),
    "llm_command": lambda requests: json.dumps([command(sent) for sent in requests], indent=1),
    "openinference": lines(phoenix),
    "openinference_table": phoenix_table,
    "otlp": lines(otlp),
    "vercel": lambda requests: json_lines(*map(vercel, requests)),
}
