"""ShareGPT's turns with a speaker and a text."""

from __future__ import annotations

from calculators.readers.training.conversation.calls import parsed_training_arguments
from calculators.readers.training.copies.dialects.dialect import (
    ANSWERS,
    Chat,
    Dialect,
    Note,
    Unfit,
    dialect_arguments_object,
    dialect_call_message,
    dialect_calls_in,
    dialect_functions_of_tools,
    dialect_objects_in,
    dialect_text_of_message,
    dialect_tools_of_functions,
    note_keys_lost_between_dialects,
    note_lost_dialect_switch,
    note_other_dialect_keys,
)
from calculators.readers.training.copies.exact_json import training_exact_json_object, training_exact_json_text
from calculators.readers.training.formats.datasets.sharegpt import ROLES
from calculators.readers.training.lines import JsonObject

_SPEAKERS = {"system": "system", "developer": "system", "user": "human", "assistant": "gpt", "tool": "observation"}
_IDS = "Changed: ids of calls are new, as ShareGPT has none"


def read_sharegpt_dialect(example: JsonObject, note: Note) -> Chat:
    """A conversation of turns as messages."""
    note_other_dialect_keys(example, ("conversations", "system", "tools"), note)
    system = example.get("system")
    messages: list[JsonObject] = [{"role": "system", "content": system}] if system else []
    id = ""
    for position, turn in enumerate(dialect_objects_in(example.get("conversations")), 1):
        note_keys_lost_between_dialects(turn, ("from", "value"), note)
        speaker, text = str(turn.get("from")), str(turn.get("value"))
        if speaker == "function_call":
            note(_IDS)
            id = f"call_{position}"
            messages.append(dialect_call_message([(id, *_sharegpt_dialect_call(text))]))
        elif ROLES.get(speaker) == "tool":
            messages.append({"role": "tool", "tool_call_id": id, "content": text})
        else:
            messages.append({"role": ROLES.get(speaker), "content": text})
    tools = example.get("tools")
    return Chat(
        messages=messages,
        tools=dialect_tools_of_functions(parsed_training_arguments(tools) if isinstance(tools, str) else tools),
    )


def _sharegpt_dialect_call(text: str) -> tuple[str, str]:
    """The name and the arguments of a call in a turn."""
    call = training_exact_json_object(text) or {}
    arguments = call.get("arguments", {})
    return str(call.get("name")), arguments if isinstance(arguments, str) else training_exact_json_text(arguments)


def write_sharegpt_dialect(chat: Chat, note: Note) -> list[JsonObject]:
    """Messages as a conversation of turns."""
    note_lost_dialect_switch(chat, note)
    turns: list[JsonObject] = []
    for message in chat.messages:
        note_keys_lost_between_dialects(message, ("role", "content", "tool_calls", "tool_call_id"), note)
        calls = list(dialect_calls_in(message))
        if len(calls) > 1:
            raise Unfit("it calls several tools at once")
        if message.get("role") == "developer":
            note("Changed: the role developer becomes system")
        for _, name, arguments in calls:
            note(_IDS)
            if message.get("content"):
                note("Lost: the text beside a call")
            call = {"name": name, "arguments": dialect_arguments_object(arguments, note)}
            turns.append({"from": "function_call", "value": training_exact_json_text(call)})
        if not calls:
            turns.append({"from": _SPEAKERS[str(message.get("role"))], "value": dialect_text_of_message(message, note)})
    definitions = {"tools": training_exact_json_text(dialect_functions_of_tools(chat))} if chat.tools else {}
    return [{"conversations": turns, **definitions}]


SHAREGPT = Dialect(purpose=ANSWERS, read=read_sharegpt_dialect, write=write_sharegpt_dialect)
