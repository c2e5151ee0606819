"""The formats of Amazon Bedrock: the system prompt beside messages that take turns, as texts or as blocks."""

from __future__ import annotations

from calculators.readers.training.copies.dialects.dialect import (
    ANSWERS,
    Chat,
    Dialect,
    Note,
    Unfit,
    dialect_content_of_texts,
    dialect_objects_in,
    dialect_system_and_turns,
    dialect_text_of_message,
    dialect_texts_of_message,
    note_dialect_tools_and_refuse_calls,
    note_keys_lost_between_dialects,
    note_other_dialect_keys,
)
from calculators.readers.training.formats.chats.nova import VERSION
from calculators.readers.training.lines import JsonObject

_IN_A_ROW = "Changed: messages of one role in a row become one"


def _read_bedrock_dialect_claude(example: JsonObject, note: Note) -> Chat:
    note_other_dialect_keys(example, ("system", "messages"), note)
    system = example.get("system")
    before: list[JsonObject] = [{"role": "system", "content": system}] if system else []
    return Chat(messages=[*before, *dialect_objects_in(example.get("messages"))])


def _write_bedrock_dialect_claude(chat: Chat, note: Note) -> list[JsonObject]:
    note_dialect_tools_and_refuse_calls(chat, note)
    system, turns = dialect_system_and_turns(chat, note)
    messages: list[JsonObject] = []
    for message in turns:
        note_keys_lost_between_dialects(message, ("role", "content"), note)
        text = dialect_text_of_message(message, note)
        if messages and messages[-1]["role"] == message.get("role"):
            note(_IN_A_ROW)
            messages[-1]["content"] = f"{messages[-1]['content']}\n\n{text}"
        else:
            messages.append({"role": message.get("role"), "content": text})
    prompt = "\n\n".join(dialect_text_of_message(message, note) for message in system)
    return [{**({"system": prompt} if prompt else {}), "messages": messages}]


def _read_bedrock_dialect_nova(example: JsonObject, note: Note) -> Chat:
    note_other_dialect_keys(example, ("schemaVersion", "system", "messages"), note)
    texts = [str(block.get("text")) for block in dialect_objects_in(example.get("system"))]
    messages: list[JsonObject] = [{"role": "system", "content": dialect_content_of_texts(texts)}] if texts else []
    return Chat(messages=[*messages, *map(_bedrock_dialect_of_blocks, dialect_objects_in(example.get("messages")))])


def _bedrock_dialect_of_blocks(message: JsonObject) -> JsonObject:
    texts, reasoning = [], []
    for block in dialect_objects_in(message.get("content")):
        thought = block.get("reasoningContent")
        inner = thought.get("reasoningText") if isinstance(thought, dict) else None
        if isinstance(block.get("text"), str):
            texts.append(str(block["text"]))
        elif isinstance(inner, dict) and isinstance(inner.get("text"), str):
            reasoning.append(str(inner["text"]))
        else:
            raise Unfit("it shows images or other media")
    more = {"reasoning_content": "\n".join(reasoning)} if reasoning else {}
    return {"role": message.get("role"), "content": dialect_content_of_texts(texts), **more}


def _write_bedrock_dialect_nova(chat: Chat, note: Note) -> list[JsonObject]:
    note_dialect_tools_and_refuse_calls(chat, note)
    system, turns = dialect_system_and_turns(chat, note)
    messages: list[JsonObject] = []
    for message in turns:
        note_keys_lost_between_dialects(message, ("role", "content", "reasoning", "reasoning_content"), note)
        reasoning = message.get("reasoning_content") or message.get("reasoning")
        blocks: list[object] = [{"text": text} for text in dialect_texts_of_message(message)]
        if reasoning:
            blocks.insert(0, {"reasoningContent": {"reasoningText": {"text": reasoning}}})
        if messages and messages[-1]["role"] == message.get("role"):
            note(_IN_A_ROW)
            blocks = [*dialect_objects_in(messages.pop()["content"]), *blocks]
        messages.append({"role": message.get("role"), "content": blocks})
    prompt = [{"text": text} for message in system for text in dialect_texts_of_message(message)]
    beside = {"system": prompt} if prompt else {}
    return [{"schemaVersion": VERSION, **beside, "messages": messages}]


CLAUDE = Dialect(purpose=ANSWERS, read=_read_bedrock_dialect_claude, write=_write_bedrock_dialect_claude)
NOVA = Dialect(purpose=ANSWERS, read=_read_bedrock_dialect_nova, write=_write_bedrock_dialect_nova)
