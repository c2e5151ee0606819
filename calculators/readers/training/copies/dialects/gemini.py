"""Google's format: contents of parts, from the user and the model; calls and results have no ids."""

from __future__ import annotations

from collections.abc import Callable

from calculators.readers.training.copies.dialects.dialect import (
    ANSWERS,
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
    dialect_system_and_turns,
    dialect_text_of_message,
    dialect_texts_of_message,
    dialect_tools_of_functions,
    note_keys_lost_between_dialects,
    note_lost_dialect_switch,
    note_other_dialect_keys,
)
from calculators.readers.training.copies.exact_json import training_exact_json_object, training_exact_json_text
from calculators.readers.training.lines import JsonObject

_RESULT = "content"
"""The key under which a result that is no object stands in one."""

_IDS = "Changed: ids of calls are new, as Google's format has none"


def _read_gemini_dialect(example: JsonObject, note: Note) -> Chat:
    note_other_dialect_keys(example, ("contents", "systemInstruction", "tools"), note)
    system = example.get("systemInstruction")
    texts = (
        [str(part.get("text")) for part in dialect_objects_in(system.get("parts"))] if isinstance(system, dict) else []
    )
    messages: list[JsonObject] = [{"role": "system", "content": dialect_content_of_texts(texts)}] if texts else []
    waiting: list[tuple[str, str]] = []
    for position, content in enumerate(dialect_objects_in(example.get("contents")), 1):
        messages += _gemini_dialect_messages(position, content, waiting, note)
    functions = [
        function
        for tool in dialect_objects_in(example.get("tools"))
        for function in dialect_objects_in(tool.get("functionDeclarations"))
    ]
    lowered = [_with_gemini_dialect_types(function, str.lower) for function in functions]
    return Chat(messages=messages, tools=dialect_tools_of_functions(lowered))


def _gemini_dialect_messages(
    position: int, content: JsonObject, waiting: list[tuple[str, str]], note: Note
) -> list[JsonObject]:
    """The messages of a content: a result of each call is one; `waiting` has the ids and names of open calls."""
    texts: list[str] = []
    calls: list[tuple[str, str, str]] = []
    results: list[JsonObject] = []
    for part in dialect_objects_in(content.get("parts")):
        call, result = part.get("functionCall"), part.get("functionResponse")
        if isinstance(part.get("text"), str):
            texts.append(str(part["text"]))
        elif isinstance(call, dict):
            note(_IDS)
            arguments = training_exact_json_text(call.get("args") or {})
            calls.append((f"call_{position}_{len(calls) + 1}", str(call.get("name")), arguments))
        elif isinstance(result, dict):
            id = next((id for id, name in waiting if name == result.get("name")), "")
            results.append(
                {"role": "tool", "tool_call_id": id, "content": _gemini_dialect_result_text(result.get("response"))}
            )
            waiting[:] = [entry for entry in waiting if entry[0] != id]
        else:
            raise Unfit("it shows images or other media")
    if calls:
        waiting[:] = [(id, name) for id, name, _ in calls]
    role = "assistant" if content.get("role") == "model" else "user"
    said: JsonObject = {"content": dialect_content_of_texts(texts)} if texts else {}
    if calls:
        return [*results, dialect_call_message(calls, **said)]
    return [*results, {"role": role, **said}] if said else results


def _gemini_dialect_result_text(response: object) -> str:
    if isinstance(response, dict) and list(response) == [_RESULT] and isinstance(response[_RESULT], str):
        return str(response[_RESULT])
    return training_exact_json_text(response)


def _write_gemini_dialect(chat: Chat, note: Note) -> list[JsonObject]:
    note_lost_dialect_switch(chat, note)
    system, turns = dialect_system_and_turns(chat, note)
    names: dict[str, str] = {}
    contents: list[JsonObject] = []
    for message in turns:
        note_keys_lost_between_dialects(message, ("role", "content", "tool_calls", "tool_call_id"), note)
        role = "model" if message.get("role") == "assistant" else "user"
        parts: list[object] = []
        if message.get("role") == "tool":
            name = names.get(str(message.get("tool_call_id")), "")
            parts.append({"functionResponse": {"name": name, "response": _gemini_dialect_response(message, note)}})
            before = contents[-1] if contents else {}
            earlier = dialect_objects_in(before.get("parts"))
            if earlier and "functionResponse" in earlier[-1]:
                contents[-1] = {"role": "user", "parts": [*earlier, *parts]}
                continue
        elif message.get("content") is not None:
            parts += [{"text": text} for text in dialect_texts_of_message(message)]
        for id, name, arguments in dialect_calls_in(message):
            note(_IDS)
            names[id] = name
            parts.append({"functionCall": {"name": name, "args": dialect_arguments_object(arguments, note)}})
        contents.append({"role": role, "parts": parts})
    example: JsonObject = {}
    prompt = [{"text": text} for message in system for text in dialect_texts_of_message(message)]
    if prompt:
        example["systemInstruction"] = {"role": "system", "parts": prompt}
    example["contents"] = contents
    if chat.tools:
        functions = dialect_functions_of_tools(chat)
        if _has_several_gemini_dialect_types(functions):
            raise Unfit("its definitions of tools have a property of several types")
        declared = [_with_gemini_dialect_types(function, str.upper) for function in functions]
        example["tools"] = [{"functionDeclarations": declared}]
    return [example]


def _gemini_dialect_response(message: JsonObject, note: Note) -> JsonObject:
    """The result of a tool as an object."""
    text = dialect_text_of_message(message, note)
    parsed = training_exact_json_object(text)
    if parsed is None or list(parsed) == [_RESULT]:
        return {_RESULT: text}
    if training_exact_json_text(parsed) != text:
        note("Changed: results of tools are written anew, with other spaces")
    return parsed


_VALUES = ("enum", "default", "example")
"""Keys of a schema whose values are no schemas."""


def _with_gemini_dialect_types(schema: object, change: Callable[[str], str]) -> object:
    """A definition with the names of its types in capitals, as Google writes them, or in small letters."""
    if isinstance(schema, list):
        return [_with_gemini_dialect_types(part, change) for part in schema]
    if not isinstance(schema, dict):
        return schema
    changed: JsonObject = {}
    for key, part in schema.items():
        if key == "type" and isinstance(part, str):
            changed[key] = change(part)
        elif key == "properties" and isinstance(part, dict):
            changed[key] = {name: _with_gemini_dialect_types(inner, change) for name, inner in part.items()}
        else:
            changed[key] = part if key in _VALUES else _with_gemini_dialect_types(part, change)
    return changed


def _has_several_gemini_dialect_types(schema: object) -> bool:
    """Whether a property may be of several types, for which Google's schemas have no list."""
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    lists = isinstance(schema, dict) and isinstance(schema.get("type"), list)
    return lists or any(map(_has_several_gemini_dialect_types, parts))


GEMINI = Dialect(purpose=ANSWERS, read=_read_gemini_dialect, write=_write_gemini_dialect)
