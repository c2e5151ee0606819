"""One small log for each format of answers and gateways, written for these tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from calculators.readers.usage.request import Request
from tests.readers.usage.reading import requests_in

CHAT: dict[str, Any] = {
    "id": "chatcmpl-101",
    "object": "chat.completion",
    "created": 1790000000,
    "model": "gpt-5-mini-2025-08-07",
    "service_tier": "default",
    "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "By ferry."}}],
    "usage": {
        "prompt_tokens": 1500,
        "completion_tokens": 80,
        "total_tokens": 1580,
        "prompt_tokens_details": {"cached_tokens": 1280, "cache_write_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 64},
    },
}
RESPONSE: dict[str, Any] = {
    "id": "resp_202",
    "object": "response",
    "created_at": 1790000060,
    "status": "completed",
    "model": "gpt-5.6-sol",
    "previous_response_id": "resp_201",
    "service_tier": "flex",
    "usage": {
        "input_tokens": 3000,
        "input_tokens_details": {"cached_tokens": 2000, "cache_write_tokens": 400},
        "output_tokens": 250,
        "output_tokens_details": {"reasoning_tokens": 200},
        "total_tokens": 3250,
    },
}
MESSAGE: dict[str, Any] = {
    "id": "msg_303",
    "type": "message",
    "role": "assistant",
    "model": "claude-sonnet-5",
    "content": [],
    "usage": {
        "input_tokens": 15,
        "cache_read_input_tokens": 4000,
        "cache_creation_input_tokens": 700,
        "cache_creation": {"ephemeral_5m_input_tokens": 300, "ephemeral_1h_input_tokens": 400},
        "output_tokens": 90,
        "output_tokens_details": {"thinking_tokens": 30},
        "service_tier": "standard",
    },
}
GEMINI: dict[str, Any] = {
    "responseId": "g-404",
    "modelVersion": "gemini-3.6-flash",
    "candidates": [],
    "usageMetadata": {
        "promptTokenCount": 900,
        "cachedContentTokenCount": 600,
        "candidatesTokenCount": 40,
        "thoughtsTokenCount": 160,
        "toolUsePromptTokenCount": 50,
        "totalTokenCount": 1150,
    },
}
CONVERSE: dict[str, Any] = {
    "output": {"message": {"role": "assistant", "content": [{"text": "Yes."}]}},
    "stopReason": "end_turn",
    "metrics": {"latencyMs": 1200},
    "usage": {
        "inputTokens": 20,
        "outputTokens": 30,
        "cacheReadInputTokens": 500,
        "cacheReadInputTokenCount": 500,
        "cacheWriteInputTokens": 150,
        "cacheWriteInputTokenCount": 150,
        "cacheDetails": [{"ttl": "5m", "inputTokens": 50}, {"ttl": "1h", "inputTokens": 100}],
        "totalTokens": 700,
    },
}
INVOCATION: dict[str, Any] = {
    "schemaType": "ModelInvocationLog",
    "schemaVersion": "1.0",
    "timestamp": "2026-10-05T08:00:00Z",
    "region": "eu-west-1",
    "requestId": "inv-505",
    "operation": "Converse",
    "modelId": "eu.anthropic.claude-sonnet-5-v1:0",
    "input": {"inputTokenCount": 20, "cacheReadInputTokenCount": 500, "cacheWriteInputTokenCount": 150},
    "output": {"outputTokenCount": 30},
}
SPEND: dict[str, Any] = {
    "request_id": "chatcmpl-606",
    "call_type": "acompletion",
    "spend": 0.0042,
    "total_tokens": 2100,
    "prompt_tokens": 2000,
    "completion_tokens": 100,
    "startTime": "2026-10-05 08:00:00.000000",
    "completionStartTime": "2026-10-05 08:00:00.500000",
    "endTime": "2026-10-05 08:00:03.000000",
    "model": "claude-sonnet-5",
    "model_group": "chat-main",
    "custom_llm_provider": "anthropic",
    "session_id": "s-1",
    "cache_hit": "None",
    "status": "success",
    "metadata": json.dumps(
        {
            "usage_object": {
                "prompt_tokens": 2000,
                "completion_tokens": 100,
                "total_tokens": 2100,
                "prompt_tokens_details": {"cached_tokens": 1500},
                "cache_read_input_tokens": 1500,
                "cache_creation_input_tokens": 200,
            }
        }
    ),
}
PAYLOAD: dict[str, Any] = {
    "id": "chatcmpl-707",
    "trace_id": "trace-1",
    "call_type": "acompletion",
    "response_cost": 0.001,
    "status": "success",
    "prompt_tokens": 400,
    "completion_tokens": 50,
    "total_tokens": 450,
    "startTime": 1790000000.25,
    "endTime": 1790000002.25,
    "completionStartTime": 1790000002.25,
    "model": "gpt-5-mini",
    "custom_llm_provider": "openai",
    "cache_hit": None,
    "metadata": {"usage_object": {"prompt_tokens_details": {"cached_tokens": 128}}},
    "hidden_params": {},
}
GENERATION: dict[str, Any] = {
    "id": "gen-808",
    "created_at": "2026-10-05T08:00:00+00:00",
    "model": "anthropic/claude-sonnet-5",
    "provider_name": "Anthropic",
    "total_cost": 0.02,
    "upstream_inference_cost": 0.019,
    "is_byok": False,
    "latency": 2500,
    "tokens_prompt": 900,
    "tokens_completion": 80,
    "native_tokens_prompt": 1000,
    "native_tokens_completion": 100,
    "native_tokens_reasoning": 25,
    "native_tokens_cached": 600,
    "finish_reason": "stop",
}
HELICONE: dict[str, Any] = {
    "request_id": "h-909",
    "request_created_at": "2026-10-05T08:00:00Z",
    "provider": "OPENAI",
    "response_status": 200,
    "response_model": "gpt-5-mini",
    "prompt_tokens": 1000,
    "completion_tokens": 60,
    "total_tokens": 1060,
    "prompt_cache_read_tokens": 700,
    "prompt_cache_write_tokens": 0,
    "delay_ms": 1500,
    "time_to_first_token": 300,
    "costUSD": 0.0005,
    "properties": {"Helicone-Session-Id": "s-2"},
    "cache_reference_id": "00000000-0000-0000-0000-000000000000",
}
ACTIVITY = (
    "generation_id,created_at,cost_total,cost_web_search,cost_cache,cost_file_processing,byok_usage_inference,"
    "tokens_prompt,tokens_completion,tokens_reasoning,tokens_cached,model_permaslug,provider_name,variant,cancelled,"
    "streamed,user,finish_reason_raw,finish_reason_normalized,generation_time_ms,time_to_first_token_ms\n"
)


def activity(**cells: str) -> str:
    """A table of OpenRouter's with one line, which differs in some cells."""
    usual = {
        "generation_id": "gen-1010",
        "created_at": "2026-10-05 08:00:00.000",
        "cost_total": "0.02",
        "cost_cache": "-0.004",
        "byok_usage_inference": "0",
        "tokens_prompt": "6000",
        "tokens_completion": "500",
        "tokens_reasoning": "200",
        "tokens_cached": "4000",
        "model_permaslug": "openai/gpt-5-mini-2025-08-07",
        "provider_name": "OpenAI",
        "variant": "standard",
        "cancelled": "false",
        "finish_reason_normalized": "stop",
        "generation_time_ms": "2400",
        "time_to_first_token_ms": "600",
    }
    return ACTIVITY + ",".join((usual | cells).get(name, "") for name in ACTIVITY.strip().split(","))


FLAT: dict[str, Any] = {
    "ts": "2026-10-05T08:00:00Z",
    "llm": "gpt-5-mini",
    "inputTokens": 1500,
    "outputTokens": 80,
    "cachedTokens": 1280,
    "latencyMs": 900,
}
EXAMPLES: dict[str, list[Any]] = {
    "anthropic_batch": [
        {"custom_id": "a-2", "result": {"type": "succeeded", "message": MESSAGE}},
        {"custom_id": "a-1", "result": {"type": "expired"}},
        {"custom_id": "a-3", "result": {"type": "errored", "error": {"type": "error"}}},
    ],
    "anthropic_messages": [MESSAGE],
    "anthropic_stream": [
        {"type": "message_start", "message": MESSAGE},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Yes"}},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 120}},
    ],
    "bedrock_converse": [CONVERSE, {"metadata": {"usage": CONVERSE["usage"], "metrics": {"latencyMs": 900}}}],
    "bedrock_invocation_log": [INVOCATION],
    "gemini": [GEMINI],
    "gemini_batch": [
        {"key": "k-1", "response": GEMINI},
        {"key": "k-2", "error": {"code": 400}},
        {"status": "", "processed_time": "2026-10-05T08:00:00Z", "request": {}, "response": GEMINI},
    ],
    "openai_batch": [
        {"id": "batch_req_1", "custom_id": "b-2", "response": {"status_code": 200, "body": CHAT}, "error": None},
        {"id": "batch_req_2", "custom_id": "b-1", "response": {"status_code": 429, "body": {}}, "error": None},
        {"id": "batch_req_3", "custom_id": "b-3", "response": None, "error": {"code": "batch_expired"}},
        {"id": "batch_req_4", "custom_id": "b-4", "response": {"status_code": 200, "body": RESPONSE}, "error": None},
    ],
    "openai_chat": [CHAT, CHAT | {"object": "chat.completion.chunk", "usage": None}],
    "openai_responses": [RESPONSE, {"type": "response.completed", "response": RESPONSE}],
    "flat_rows": [FLAT],
    "helicone": [HELICONE],
    "litellm_payload": [PAYLOAD],
    "litellm_spend": [SPEND],
    "openrouter_generation": [GENERATION],
}
"""Rows of JSON by the name of their format."""


def changed(row: Mapping[str, Any], part: str, **values: Any) -> dict[str, Any]:
    """A row whose object of that name has other values."""
    return {**row, part: {**row[part], **values}}


def request_of(row: object, expected_format: str = "") -> Request:
    """The only request of a row that is read."""
    requests, skipped = requests_in(json.dumps(row), expected_format)
    assert (len(requests), skipped) == (1, []), (requests, skipped)
    return requests[0]


def refusal_of(row: object) -> str:
    """Why a row is skipped."""
    requests, skipped = requests_in(json.dumps(row))
    assert requests == []
    return skipped[0]
