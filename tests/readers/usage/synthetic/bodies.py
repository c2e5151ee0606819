"""Writes traffic as providers answer it, and as their batches give it back."""

from __future__ import annotations

from typing import Any

from tests.readers.usage.reading import json_lines
from tests.readers.usage.synthetic.traffic import MODEL, Sent

Rows = list[dict[str, Any]]


def chat(sent: Sent) -> dict[str, Any]:
    return {
        "id": sent.id,
        "object": "chat.completion",
        "created": sent.second,
        "model": MODEL,
        "choices": [],
        "usage": {
            "prompt_tokens": sent.prompt,
            "completion_tokens": sent.output,
            "total_tokens": sent.total,
            "prompt_tokens_details": {"cached_tokens": sent.read, "cache_write_tokens": sent.write},
            "completion_tokens_details": {"reasoning_tokens": sent.reasoning},
        },
    }


def response(sent: Sent) -> dict[str, Any]:
    return {
        "id": sent.id,
        "object": "response",
        "created_at": sent.second,
        "status": "completed",
        "model": MODEL,
        "usage": {
            "input_tokens": sent.prompt,
            "input_tokens_details": {"cached_tokens": sent.read, "cache_write_tokens": sent.write},
            "output_tokens": sent.output,
            "output_tokens_details": {"reasoning_tokens": sent.reasoning},
            "total_tokens": sent.total,
        },
    }


def message(sent: Sent) -> dict[str, Any]:
    return {
        "id": sent.id,
        "type": "message",
        "role": "assistant",
        "model": MODEL,
        "content": [],
        "usage": {
            "input_tokens": sent.uncached,
            "cache_read_input_tokens": sent.read,
            "cache_creation_input_tokens": sent.write,
            "cache_creation": {
                "ephemeral_5m_input_tokens": sent.write - sent.long,
                "ephemeral_1h_input_tokens": sent.long,
            },
            "output_tokens": sent.output,
        },
    }


def gemini(sent: Sent) -> dict[str, Any]:
    return {
        "responseId": sent.id,
        "modelVersion": MODEL,
        "createTime": sent.time,
        "candidates": [],
        "usageMetadata": {
            "promptTokenCount": sent.prompt,
            "cachedContentTokenCount": sent.read,
            "candidatesTokenCount": sent.output - sent.reasoning,
            "thoughtsTokenCount": sent.reasoning,
            "totalTokenCount": sent.total,
        },
    }


def converse(sent: Sent) -> dict[str, Any]:
    return {
        "modelId": f"eu.anthropic.{MODEL}-v1:0",
        "ResponseMetadata": {"RequestId": sent.id},
        "stopReason": "end_turn",
        "usage": {
            "inputTokens": sent.uncached,
            "outputTokens": sent.output,
            "totalTokens": sent.total,
            "cacheReadInputTokens": sent.read,
            "cacheWriteInputTokens": sent.write,
            "cacheDetails": [
                {"ttl": "5m", "inputTokens": sent.write - sent.long},
                {"ttl": "1h", "inputTokens": sent.long},
            ],
        },
    }


def invocation(sent: Sent) -> dict[str, Any]:
    return {
        "schemaType": "ModelInvocationLog",
        "timestamp": sent.time,
        "requestId": sent.id,
        "operation": "InvokeModel",
        "modelId": f"eu.anthropic.{MODEL}-v1:0",
        "input": {
            "inputTokenCount": sent.uncached,
            "cacheReadInputTokenCount": sent.read,
            "cacheWriteInputTokenCount": sent.write,
        },
        "output": {"outputTokenCount": sent.output, "outputBodyJson": message(sent)},
    }


def timed(sent: Sent, answer: dict[str, Any]) -> dict[str, Any]:
    """An answer that has no time of its own, as a program's own log wraps it."""
    return {"time": sent.time, "conversation_id": sent.conversation, "response": answer}


def stream(sent: Sent) -> Rows:
    """The events of an answer that is streamed: a placeholder, then all of it."""
    begin = message(sent)
    begin["usage"] = {**begin["usage"], "output_tokens": 1}
    return [
        {"type": "message_start", "message": begin},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "…"}},
        {"type": "message_delta", "delta": {}, "usage": {"output_tokens": sent.output}},
        {"type": "message_stop"},
    ]


def batch_answer(sent: Sent) -> dict[str, Any]:
    return {
        "id": f"line-{sent.number}",
        "custom_id": f"mine-{sent.number}",
        "response": {"status_code": 200, "body": chat(sent)},
        "error": None,
    }


def lines(write: Any) -> Any:
    """A writer of a row for each request."""
    return lambda requests: json_lines(*map(write, requests))


WRITERS = {
    "anthropic_batch": lines(lambda s: {"custom_id": s.id, "result": {"type": "succeeded", "message": message(s)}}),
    "anthropic_messages": lines(lambda s: timed(s, message(s))),
    "anthropic_stream": lambda requests: json_lines(*(event for sent in requests for event in stream(sent))),
    "bedrock_converse": lines(lambda s: timed(s, converse(s))),
    "bedrock_invocation_log": lines(invocation),
    "gemini": lines(gemini),
    "gemini_batch": lines(lambda s: {"key": s.id, "response": gemini(s)}),
    "openai_batch": lines(batch_answer),
    "openai_chat": lines(chat),
    "openai_responses": lines(response),
}
