"""Google's format: contents of parts, from the user and the model; calls and results have no ids."""

from __future__ import annotations

from collections.abc import Callable

from calculators.readers.training.copies.dialects.dialect import (
    ANSWERS,
    Chat,
    Dialect,
    Note,
    Unfit,
    arguments_object,
    call_message,
    calls_in,
    content_of_texts,
    dialect_tools_of_functions,
    functions_of_tools,
    note_keys_lost_between_dialects,
    note_lost_switch,
    note_other_keys,
    objects_in,
    system_and_turns,
    text_of_message,
    texts_of_message,
)
from calculators.readers.training.copies.exact_json import exact_json_object, exact_json_text
from calculators.readers.training.lines import JsonObject

_RESULT = "content"
"""The key under which a result that is no object stands in one."""

_IDS = "Changed: ids of calls are new, as Google's format has none"


def _read(example: JsonObject, note: Note) -> Chat:
    note_other_keys(example, ("contents", "systemInstruction", "tools"), note)
    system = example.get("systemInstruction")
    texts = [str(part.get("text")) for part in objects_in(system.get("parts"))] if isinstance(system, dict) else []
    messages: list[JsonObject] = [{"role": "system", "content": content_of_texts(texts)}] if texts else []
    waiting: list[tuple[str, str]] = []
    for position, content in enumerate(objects_in(example.get("contents")), 1):
        messages += _messages(position, content, waiting, note)
    functions = [
        function
        for tool in objects_in(example.get("tools"))
        for function in objects_in(tool.get("functionDeclarations"))
    ]
    lowered = [_with_types(function, str.lower) for function in functions]
    return Chat(messages=messages, tools=dialect_tools_of_functions(lowered))


def _messages(position: int, content: JsonObject, waiting: list[tuple[str, str]], note: Note) -> list[JsonObject]:
    """The messages of a content: a result of each call is one; `waiting` has the ids and names of open calls."""
    texts: list[str] = []
    calls: list[tuple[str, str, str]] = []
    results: list[JsonObject] = []
    for part in objects_in(content.get("parts")):
        call, result = part.get("functionCall"), part.get("functionResponse")
        if isinstance(part.get("text"), str):
            texts.append(str(part["text"]))
        elif isinstance(call, dict):
            note(_IDS)
            arguments = exact_json_text(call.get("args") or {})
            calls.append((f"call_{position}_{len(calls) + 1}", str(call.get("name")), arguments))
        elif isinstance(result, dict):
            id = next((id for id, name in waiting if name == result.get("name")), "")
            results.append({"role": "tool", "tool_call_id": id, "content": _result_text(result.get("response"))})
            waiting[:] = [entry for entry in waiting if entry[0] != id]
        else:
            raise Unfit("it shows images or other media")
    if calls:
        waiting[:] = [(id, name) for id, name, _ in calls]
    role = "assistant" if content.get("role") == "model" else "user"
    said: JsonObject = {"content": content_of_texts(texts)} if texts else {}
    if calls:
        return [*results, call_message(calls, **said)]
    return [*results, {"role": role, **said}] if said else results


def _result_text(response: object) -> str:
    if isinstance(response, dict) and list(response) == [_RESULT] and isinstance(response[_RESULT], str):
        return str(response[_RESULT])
    return exact_json_text(response)


def _write(chat: Chat, note: Note) -> list[JsonObject]:
    note_lost_switch(chat, note)
    system, turns = system_and_turns(chat, note)
    names: dict[str, str] = {}
    contents: list[JsonObject] = []
    for message in turns:
        note_keys_lost_between_dialects(message, ("role", "content", "tool_calls", "tool_call_id"), note)
        role = "model" if message.get("role") == "assistant" else "user"
        parts: list[object] = []
        if message.get("role") == "tool":
            name = names.get(str(message.get("tool_call_id")), "")
            parts.append({"functionResponse": {"name": name, "response": _response(message, note)}})
            before = contents[-1] if contents else {}
            earlier = objects_in(before.get("parts"))
            if earlier and "functionResponse" in earlier[-1]:
                contents[-1] = {"role": "user", "parts": [*earlier, *parts]}
                continue
        elif message.get("content") is not None:
            parts += [{"text": text} for text in texts_of_message(message)]
        for id, name, arguments in calls_in(message):
            note(_IDS)
            names[id] = name
            parts.append({"functionCall": {"name": name, "args": arguments_object(arguments, note)}})
        contents.append({"role": role, "parts": parts})
    example: JsonObject = {}
    prompt = [{"text": text} for message in system for text in texts_of_message(message)]
    if prompt:
        example["systemInstruction"] = {"role": "system", "parts": prompt}
    example["contents"] = contents
    if chat.tools:
        functions = functions_of_tools(chat)
        if _has_several_types(functions):
            raise Unfit("its definitions of tools have a property of several types")
        declared = [_with_types(function, str.upper) for function in functions]
        example["tools"] = [{"functionDeclarations": declared}]
    return [example]


def _response(message: JsonObject, note: Note) -> JsonObject:
    """The result of a tool as an object."""
    text = text_of_message(message, note)
    parsed = exact_json_object(text)
    if parsed is None or list(parsed) == [_RESULT]:
        return {_RESULT: text}
    if exact_json_text(parsed) != text:
        note("Changed: results of tools are written anew, with other spaces")
    return parsed


_VALUES = ("enum", "default", "example")
"""Keys of a schema whose values are no schemas."""


def _with_types(schema: object, change: Callable[[str], str]) -> object:
    """A definition with the names of its types in capitals, as Google writes them, or in small letters."""
    if isinstance(schema, list):
        return [_with_types(part, change) for part in schema]
    if not isinstance(schema, dict):
        return schema
    changed: JsonObject = {}
    for key, part in schema.items():
        if key == "type" and isinstance(part, str):
            changed[key] = change(part)
        elif key == "properties" and isinstance(part, dict):
            changed[key] = {name: _with_types(inner, change) for name, inner in part.items()}
        else:
            changed[key] = part if key in _VALUES else _with_types(part, change)
    return changed


def _has_several_types(schema: object) -> bool:
    """Whether a property may be of several types, for which Google's schemas have no list."""
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    lists = isinstance(schema, dict) and isinstance(schema.get("type"), list)
    return lists or any(map(_has_several_types, parts))


GEMINI = Dialect(purpose=ANSWERS, read=_read, write=_write)
