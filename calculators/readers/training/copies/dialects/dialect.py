"""The common form of an example between two formats, and what formats of conversations share in reading and writing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from calculators.readers.training.copies.exact_json import training_exact_json_object, training_exact_json_text
from calculators.readers.training.lines import JsonObject

ANSWERS, PAIRS, LABELS, ITEMS = "answers", "pairs", "labels", "items"
"""What is learned from: answers, pairs of a preferred and another answer, answers with a label, or items, which are
prompts whose answers a grader judges."""

Note: TypeAlias = Callable[[str], None]
"""Notes a change of the example that is converted."""


class Unfit(ValueError):
    """An example that the other format has no place for; its text says why."""


@dataclass(slots=True, kw_only=True)
class Chat:
    """An example in the common form: messages, calls and tools are those of OpenAI's chat.

    Of a pair the messages are the prompt, followed by a preferred and a rejected answer. Of an answer with a label,
    they end with the answer. Of an item they are the prompt, and `reference` is what its right answer is given as.
    """

    messages: list[JsonObject]
    tools: list[object] = field(default_factory=list)
    parallel: object = None
    preferred: list[JsonObject] = field(default_factory=list)
    rejected: list[JsonObject] = field(default_factory=list)
    is_good: bool = True
    reference: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What a format is learned from, and how it reads and writes an example; a writer may give several lines.

    Raises:
        Unfit: the format has no place for the example.
    """

    purpose: str
    read: Callable[[JsonObject, Note], Chat]
    write: Callable[[Chat, Note], list[JsonObject]]


def note_other_dialect_keys(example: JsonObject, keys: Collection[str], note: Note) -> None:
    """Notes that keys which the common form has no place for are lost."""
    if any(part is not None for key, part in example.items() if key not in keys):
        note("Lost: a further key of the example")


def dialect_objects_in(content: object) -> list[JsonObject]:
    """The objects of a list; none where there is no list."""
    return [dict(part) for part in content if isinstance(part, dict)] if isinstance(content, list) else []


LEARNED = "Changed: answers within the prompt are learned as well"
UNLEARNED = "Changed: answers before the last are not learned"


def has_dialect_answer(messages: list[JsonObject]) -> bool:
    """Whether the assistant speaks in some messages."""
    return any(message.get("role") == "assistant" for message in messages)


def note_dialect_tools_and_refuse_calls(chat: Chat, note: Note) -> None:
    """For a format without tools: their definitions are lost, and a conversation that calls them does not fit."""
    if any(message.get("role") == "tool" or message.get("tool_calls") for message in chat.messages):
        raise Unfit("it calls tools")
    note_lost_dialect_tools(chat, note)


def note_lost_dialect_tools(chat: Chat, note: Note) -> None:
    if chat.tools:
        note("Lost: definitions of tools")
    note_lost_dialect_switch(chat, note)


def note_lost_dialect_switch(chat: Chat, note: Note) -> None:
    if chat.parallel is not None:
        note("Lost: whether calls may be parallel")


def note_keys_lost_between_dialects(message: JsonObject, kept: Collection[str], note: Note) -> None:
    """Notes what a message has that the other format has no key for."""
    for key, part in message.items():
        if key in kept or part is None:
            continue
        if key == "weight":
            is_off = str(part) in ("0", "0.0")
            note("Lost: a weight of 0, so the answer would be learned" if is_off else "Lost: weights of answers")
        else:
            note(_LOST.get(key, "Lost: a further key of a message"))


_LOST = {
    "name": "Lost: names of speakers",
    "reasoning": "Lost: reasoning beside answers",
    "reasoning_content": "Lost: reasoning beside answers",
    "tool_calls": "Lost: calls of tools",
}


def dialect_text_of_message(message: JsonObject, note: Note) -> str:
    """The content of a message as one text.

    Raises:
        Unfit: it shows images or other media.
    """
    content = message.get("content")
    if isinstance(content, str):
        return content
    texts = dialect_texts_of_message(message)
    if len(texts) > 1:
        note("Changed: several parts of a content become one text")
    return "\n".join(texts)


def dialect_texts_of_message(message: JsonObject) -> list[str]:
    """The texts of a content, each a part of its own.

    Raises:
        Unfit: it shows images or other media.
    """
    content = message.get("content")
    if isinstance(content, str):
        return [content]
    parts = dialect_objects_in(content)
    texts = [part["text"] for part in parts if isinstance(part.get("text"), str)]
    if len(texts) < len(parts):
        raise Unfit("it shows images or other media")
    return [str(text) for text in texts]


def dialect_content_of_texts(texts: list[str]) -> object:
    """One text as it is, several as parts."""
    return texts[0] if len(texts) == 1 else [{"type": "text", "text": text} for text in texts]


def dialect_system_and_turns(chat: Chat, note: Note) -> tuple[list[JsonObject], list[JsonObject]]:
    """The messages of the system, and the others; one within the conversation is moved to the front."""
    system = [message for message in chat.messages if message.get("role") in ("system", "developer")]
    if any(message.get("role") == "developer" for message in system):
        note("Changed: the role developer becomes system")
    if system != chat.messages[: len(system)]:
        note("Changed: a system message within the conversation is moved to the front")
    if len(system) > 1:
        note("Changed: several system messages become one")
    return system, chat.messages[len(system) :] if system == chat.messages[: len(system)] else [
        message for message in chat.messages if message not in system
    ]


def dialect_calls_in(message: JsonObject) -> Iterator[tuple[str, str, str]]:
    """The calls of a message: the id, the name and the arguments of each."""
    for call in dialect_objects_in(message.get("tool_calls")):
        function = call.get("function")
        if isinstance(function, dict):
            yield str(call.get("id")), str(function.get("name")), str(function.get("arguments"))


def dialect_call_message(calls: list[tuple[str, str, str]], **more: object) -> JsonObject:
    """A message of the assistant with calls, each of an id, a name and arguments."""
    listed = [
        {"id": id, "type": "function", "function": {"name": name, "arguments": arguments}}
        for id, name, arguments in calls
    ]
    return {"role": "assistant", **more, "tool_calls": listed}


def dialect_arguments_object(arguments: str, note: Note) -> JsonObject:
    """Arguments as the object that their text holds.

    Raises:
        Unfit: they hold none.
    """
    parsed = training_exact_json_object(arguments)
    if parsed is None:
        raise Unfit("its arguments are no JSON object")
    if training_exact_json_text(parsed) != arguments:
        note("Changed: arguments are written anew, with other spaces")
    return parsed


def dialect_functions_of_tools(chat: Chat) -> list[JsonObject]:
    """The definitions of functions within the tools."""
    functions = [tool.get("function") for tool in dialect_objects_in(chat.tools)]
    return [dict(function) for function in functions if isinstance(function, dict)]


def dialect_tools_of_functions(functions: object) -> list[object]:
    """Definitions of functions as tools."""
    return [{"type": "function", "function": function} for function in dialect_objects_in(functions)]
