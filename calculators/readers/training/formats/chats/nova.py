"""The conversation format of Amazon Bedrock, in which Nova models are fine-tuned."""

from __future__ import annotations

from calculators.readers.training.chat_format import TEXT_PARTS, TrainingChatFormat
from calculators.readers.training.lines import JsonObject, TrainingLine, training_line_excerpt
from calculators.readers.training.rules import Basis

VERSION = "bedrock-conversation-2024"
RESERVED = ("User:", "Bot:", "Assistant:", "System:", "<image>", "<video>", "[EOS]")
KINDS = ("text", "image", "video", "reasoningContent")


def nova_conversation(line: TrainingLine, example: JsonObject) -> JsonObject:
    """The example as a chat: each block of a content becomes a part with its type."""
    if not isinstance(example.get("schemaVersion", VERSION), str):
        line.note("wrong_type", "“schemaVersion”")
    system = example.get("system", [])
    texts = [block.get("text") for block in system if isinstance(block, dict)] if isinstance(system, list) else [None]
    if not all(isinstance(text, str) for text in texts):
        line.note("wrong_type", "“system”")
    for text in texts:
        _note_nova_chat_reserved(line, 0, text)
    messages = example.get("messages")
    if not isinstance(messages, list):
        return {}
    converted = [
        _nova_chat_message(line, position, message) if isinstance(message, dict) else message
        for position, message in enumerate(messages, 1)
    ]
    return {"messages": converted, "system": "\n".join(text for text in texts if isinstance(text, str))}


def _note_nova_chat_reserved(line: TrainingLine, position: int, text: object) -> None:
    reserved = [word for word in RESERVED if isinstance(text, str) and word in text]
    if reserved:
        line.note("reserved_text", training_line_excerpt(reserved[0]), position)


def _nova_chat_message(line: TrainingLine, position: int, message: JsonObject) -> JsonObject:
    content = message.get("content")
    if not isinstance(content, list):
        if isinstance(content, str):
            line.note("wrong_type", "“content”", position)
            _note_nova_chat_reserved(line, position, content if message.get("role") != "assistant" else "")
        return message
    parts: list[object] = []
    for block in content:
        kinds = [kind for kind in KINDS if isinstance(block, dict) and kind in block]
        if not kinds or not isinstance(block, dict):
            line.note("wrong_type", "“content”", position)
            continue
        text = block.get("text")
        if message.get("role") != "assistant":
            _note_nova_chat_reserved(line, position, text)
        image = {"type": "image_url"} if kinds[0] == "image" else {"type": kinds[0]}
        parts.append({"type": "text", "text": text} if kinds[0] == "text" else image)
    return {**message, "content": parts}


FORMAT = TrainingChatFormat(
    label="Amazon Bedrock, Nova",
    order=3,
    recognized_by=(
        frozenset({"schemaVersion", "system", "messages"}),
        frozenset({"schemaVersion", "messages"}),
        frozenset({"messages"}),
    ),
    conversation=nova_conversation,
    roles=("user", "assistant"),
    message_keys=frozenset({"role", "content"}),
    example_keys=frozenset({"schemaVersion", "system", "messages"}),
    unknown_key="extra_key",
    turns=("user", "assistant"),
    system_beside=True,
    parts={
        "user": TEXT_PARTS | {"image_url", "video"},
        "assistant": TEXT_PARTS | {"reasoningContent"},
    },
    basis={
        "wrong_type": Basis("Amazon: contents and the system prompt are lists of blocks", "bedrock-nova-data"),
        "reserved_text": Basis("Amazon: a prompt with a reserved word fails the job", "bedrock-nova-data"),
        "extra_key": Basis("Amazon: the schema of a conversation; tools fail the job", "bedrock-nova-2-data"),
        "order": Basis("Amazon: the user begins, then user and assistant take turns", "bedrock-nova-data"),
        "image_role": Basis("Amazon: images and videos belong in messages of the user", "bedrock-nova-2-data"),
    },
)
