"""LLaMA-Factory's own format, version 1: parts with a type and a value, and a loss weight beside them."""

from __future__ import annotations

from calculators.readers.training.copies.dialects.dialect import (
    ANSWERS,
    PAIRS,
    Chat,
    Dialect,
    Note,
    Unfit,
    dialect_arguments_object,
    dialect_call_message,
    dialect_calls_in,
    dialect_content_of_texts,
    dialect_functions_of_tools,
    dialect_objects_in,
    dialect_texts_of_message,
    dialect_tools_of_functions,
    note_keys_lost_between_dialects,
    note_lost_dialect_switch,
    note_other_dialect_keys,
)
from calculators.readers.training.copies.exact_json import training_exact_json_object, training_exact_json_text
from calculators.readers.training.formats.datasets.llamafactory import llamafactory_tools
from calculators.readers.training.formats.datasets.llamafactory_pairs import SIDES
from calculators.readers.training.lines import JsonObject
from calculators.readers.training.pairs import shared_training_messages

_IDS = "Changed: ids of calls are new, as LLaMA-Factory has none"
_OFF, _ON = ("0", "0.0"), ("1", "1.0")


def _read_llamafactory_dialect_messages(messages: object, note: Note) -> list[JsonObject]:
    read: list[JsonObject] = []
    waiting: list[str] = []
    for position, message in enumerate(dialect_objects_in(messages), 1):
        texts: list[str] = []
        reasoning: list[str] = []
        calls: list[tuple[str, str, str]] = []
        for part in dialect_objects_in(message.get("content")):
            kind, value = part.get("type"), str(part.get("value"))
            if kind == "text":
                texts.append(value)
            elif kind == "reasoning":
                reasoning.append(value)
            elif kind == "tool_call":
                note(_IDS)
                call = training_exact_json_object(value) or {}
                arguments = call.get("arguments") or {}
                text = arguments if isinstance(arguments, str) else training_exact_json_text(arguments)
                calls.append((f"call_{position}_{len(calls) + 1}", str(call.get("name")), str(text)))
            else:
                raise Unfit("it shows images or other media")
        more: JsonObject = {"content": dialect_content_of_texts(texts)} if texts else {}
        if reasoning:
            more["reasoning_content"] = "\n".join(reasoning)
        more |= _llamafactory_dialect_weight(message, note)
        if calls:
            waiting = [id for id, _, _ in calls]
            read.append(dialect_call_message(calls, **more))
        elif message.get("role") == "tool":
            read.append({"role": "tool", "tool_call_id": waiting.pop(0) if waiting else "", **more})
        else:
            read.append({"role": message.get("role"), **more})
    return read


def _llamafactory_dialect_weight(message: JsonObject, note: Note) -> JsonObject:
    weight = str(message.get("loss_weight", "1" if message.get("role") == "assistant" else "0"))
    if message.get("role") != "assistant":
        if weight not in _OFF:
            note("Lost: a loss weight of a prompt")
        return {}
    if weight not in (*_OFF, *_ON):
        note("Changed: a loss weight between 0 and 1 becomes 1")
    return {"weight": 0} if weight in _OFF else {}


def _write_llamafactory_dialect_messages(
    messages: list[JsonObject], note: Note, *, learned: bool = True
) -> list[JsonObject]:
    written: list[JsonObject] = []
    for message in messages:
        kept = ("role", "content", "tool_calls", "tool_call_id", "reasoning", "reasoning_content", "weight")
        note_keys_lost_between_dialects(message, kept, note)
        role = "system" if message.get("role") == "developer" else message.get("role")
        if role != message.get("role"):
            note("Changed: the role developer becomes system")
        reasoning = message.get("reasoning_content") or message.get("reasoning")
        parts: list[object] = [{"type": "reasoning", "value": reasoning}] if reasoning else []
        if message.get("content") is not None:
            parts += [{"type": "text", "value": text} for text in dialect_texts_of_message(message)]
        for _, name, arguments in dialect_calls_in(message):
            note(_IDS)
            call = training_exact_json_text({"name": name, "arguments": dialect_arguments_object(arguments, note)})
            parts.append({"type": "tool_call", "value": call})
        if str(message.get("weight")) in _ON:
            note("Changed: a weight of 1 is the default")
        is_on = learned and role == "assistant" and str(message.get("weight", 1)) not in _OFF
        written.append({"role": role, "content": parts, "loss_weight": 1.0 if is_on else 0.0})
    return written


def _llamafactory_dialect_tools_text(chat: Chat, note: Note) -> JsonObject:
    note_lost_dialect_switch(chat, note)
    return {"tools": training_exact_json_text(dialect_functions_of_tools(chat))} if chat.tools else {}


def _llamafactory_dialect_tools_read(example: JsonObject) -> list[object]:
    read = llamafactory_tools(example)
    tools = read.get("tools")
    return list(tools) if isinstance(tools, list) else dialect_tools_of_functions(read.get("functions"))


def _read_llamafactory_dialect(example: JsonObject, note: Note) -> Chat:
    note_other_dialect_keys(example, ("messages", "tools"), note)
    return Chat(
        messages=_read_llamafactory_dialect_messages(example.get("messages"), note),
        tools=_llamafactory_dialect_tools_read(example),
    )


def _write_llamafactory_dialect(chat: Chat, note: Note) -> list[JsonObject]:
    return [
        {
            "messages": _write_llamafactory_dialect_messages(chat.messages, note),
            **_llamafactory_dialect_tools_text(chat, note),
        }
    ]


def _read_llamafactory_dialect_pair(example: JsonObject, note: Note) -> Chat:
    note_other_dialect_keys(example, (*SIDES, "tools"), note)
    chosen, rejected = (_read_llamafactory_dialect_messages(example.get(side), note) for side in SIDES)
    shared = shared_training_messages(chosen, rejected)
    tools = _llamafactory_dialect_tools_read(example)
    prompt = [{key: part for key, part in message.items() if key != "weight"} for message in chosen[:shared]]
    return Chat(messages=prompt, preferred=chosen[shared:], rejected=rejected[shared:], tools=tools)


def _write_llamafactory_dialect_pair(chat: Chat, note: Note) -> list[JsonObject]:
    prompt = _write_llamafactory_dialect_messages(chat.messages, note, learned=False)
    sides = ([*prompt, *_write_llamafactory_dialect_messages(side, note)] for side in (chat.preferred, chat.rejected))
    return [{**dict(zip(SIDES, sides, strict=True)), **_llamafactory_dialect_tools_text(chat, note)}]


LLAMAFACTORY = Dialect(purpose=ANSWERS, read=_read_llamafactory_dialect, write=_write_llamafactory_dialect)
LLAMAFACTORY_PAIRS = Dialect(
    purpose=PAIRS, read=_read_llamafactory_dialect_pair, write=_write_llamafactory_dialect_pair
)
