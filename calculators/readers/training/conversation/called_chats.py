"""Reads conversations with calls of tools column by column, those of many lines together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, compress, islice, pairwise, repeat
from itertools import count as count_from
from types import NoneType

from calculators.engine.nesting import is_json_nested_too_deep
from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.conversation.calls import FUNCTION_NAME
from calculators.readers.training.conversation.tools import DefinedTrainingTools, defined_training_tools
from calculators.readers.training.conversation.usual import PLAIN, SPEAKERS
from calculators.readers.training.conversation.usual_chats import NO_CALLS, TrainingCalls, UsualTrainingChats
from calculators.readers.training.lines import (
    NOT_JSON,
    JsonObject,
    TrainingProblems,
    hold_half_training_character,
    scanned_training_texts,
)

_EXAMPLE_KEYS = frozenset({"messages", "tools", "parallel_tool_calls"})
_ABSENT = ()
"""In place of a content or of calls that a message has not."""

_CALLING = 2
"""Keys of a message that calls: its role and the calls."""

_CALL_KEYS = frozenset({"id", "type", "function"})
_FUNCTION_KEYS = frozenset({"name", "arguments"})
_KEPT_ORDERS = 1000

_MAYBE = frozenset({bool, tuple})
_BETWEEN = ",NaN,"


def called_training_chats(
    numbers: Sequence[int], examples: Sequence[object], format: TrainingChatFormat
) -> UsualTrainingChats | None:
    """Parsed lines as usual conversations with calls and tools, column by column; None where one is anything else.

    The tools of an example are a list, or what was made of them.
    """
    if set(map(type, examples)) != {dict}:
        return None
    objects: Sequence[JsonObject] = examples  # type: ignore[assignment]  # each is an object
    keys = set(chain.from_iterable(objects))
    if not _EXAMPLE_KEYS.issuperset(keys) or not format.example_keys.issuperset(keys):
        return None
    if "parallel_tool_calls" in keys and not _MAYBE.issuperset(map(type, _column(objects, "parallel_tool_calls"))):
        return None
    lists: list[list[JsonObject]] = _column(objects, "messages")  # type: ignore[assignment]  # looked at next
    if set(map(type, lists)) != {list} or [] in lists:
        return None
    messages = list(chain.from_iterable(lists))
    if set(map(type, messages)) != {dict}:
        return None
    called = _column(messages, "tool_calls")
    said = _roles_and_texts(messages, called, format)
    if said is None or [] in called:
        return None
    several: list[list[JsonObject]] = called  # type: ignore[assignment]  # lists, or empty
    counts = list(map(len, several))
    calls = _called_columns(list(chain.from_iterable(several)), counts, format)
    if calls is None:
        return None
    chats = replace(UsualTrainingChats.of(numbers, *said, map(len, lists)), calls=calls)
    counted = [tuple(counts[begin:end]) for begin, end in pairwise(chats.bounds)]
    if not _are_calls_answered(chats, counted, messages):
        return None
    if hold_half_training_character(chain(chats.texts, calls.ids, calls.names, calls.arguments)):
        return None
    return _with_definitions(chats, objects, counted) if "tools" in keys else _with_none(chats, counted)


def _column(objects: Sequence[JsonObject], key: str) -> list[object]:
    """What each object has under a key."""
    return list(map(dict.get, objects, repeat(key), repeat(_ABSENT)))


def _roles_and_texts(
    messages: list[JsonObject], called: list[object], format: TrainingChatFormat
) -> tuple[list[str], list[str]] | None:
    """The role and the text of each message; None where one is not a text, a call or a result and nothing else.

    The id of a result is looked at later.
    """
    roles: list[str] = _column(messages, "role")  # type: ignore[assignment]  # looked at next
    if set(map(type, roles)) != {str}:
        return None
    contents = _column(messages, "content")
    kinds = set(zip(roles, map(len, messages), map(type, contents), map(type, called), strict=True))
    if not all([_is_usual_kind(*kind, format) for kind in kinds]):
        return None
    texts: list[str] = contents  # type: ignore[assignment]  # after the next line
    if {kind for _, _, kind, _ in kinds} != {str}:
        texts = [text or "" for text in texts]
    if any(map(str.isspace, texts)):
        return None
    is_silent_without_calls = "" in texts and not all(
        [calls for text, calls in zip(texts, called, strict=True) if not text]
    )
    return None if is_silent_without_calls else (roles, texts)


@lru_cache(_KEPT_ORDERS)
def _is_usual_kind(role: str, keys: int, content: type, calls: type, format: TrainingChatFormat) -> bool:
    """Whether a message with so many keys is a text, a call or a result and nothing else."""
    if role not in format.roles:
        return False
    if calls is list:
        takes_calls = format.paired and "tool_calls" in format.message_keys
        is_whole = keys == _CALLING + (content is not tuple) and content in (str, NoneType, tuple)
        return takes_calls and role == "assistant" and is_whole
    if calls is not tuple or content is not str:
        return False
    return keys == PLAIN + 1 if role == "tool" else keys == PLAIN and role in SPEAKERS


def _called_columns(calls: list[JsonObject], counts: list[int], format: TrainingChatFormat) -> TrainingCalls | None:
    """The calls by column; None where one is not whole. `counts` has how many of them each message has."""
    if not calls:
        return NO_CALLS
    if set(map(type, calls)) != {dict} or _sets_of_keys(calls) != {_CALL_KEYS}:
        return None
    functions: list[JsonObject] = _column(calls, "function")  # type: ignore[assignment]  # looked at next
    if set(map(type, functions)) != {dict} or _sets_of_keys(functions) != {_FUNCTION_KEYS}:
        return None
    ids, names, arguments = _column(calls, "id"), _column(functions, "name"), _column(functions, "arguments")
    places = list(chain.from_iterable(map(repeat, count_from(), counts)))
    columns = TrainingCalls(places, ids, names, arguments)  # type: ignore[arg-type]  # looked at next
    if set(map(type, chain(ids, names, arguments))) != {str} or _column(calls, "type").count("function") != len(calls):
        return None
    if not all(map(FUNCTION_NAME.fullmatch, set(columns.names))):
        return None
    if format.call_id and not all(map(re.compile(format.call_id, re.ASCII).fullmatch, columns.ids)):
        return None
    return columns if _are_all_objects(columns.arguments) else None


def _sets_of_keys(objects: list[JsonObject]) -> set[frozenset[str]]:
    return set(map(frozenset, set(map(tuple, objects))))


def _are_all_objects(texts: Sequence[str]) -> bool:
    """Whether each text is an object as JSON.

    They are parsed at once, with something between them that is no JSON. Where it is met as often as it was put there,
    each time directly in the list, no text ends within another.
    """
    joined = f"[{_BETWEEN.join(texts)}]"
    if is_json_nested_too_deep(joined):
        return False
    constants: list[str] = []
    parsed = scanned_training_texts([joined], constants)
    if not parsed or len(constants) != len(texts) - 1:
        return False
    parts: list[object] = parsed[0]  # type: ignore[assignment]  # brackets are around it
    return (
        len(parts) == len(texts) * 2 - 1
        and parts[1::2].count(NOT_JSON) == len(constants)
        and set(map(type, parts[::2])) == {dict}
    )


def _are_calls_answered(chats: UsualTrainingChats, counted: list[tuple[int, ...]], messages: list[JsonObject]) -> bool:
    """Whether the results of each call come directly after it in its order; only one at the very end needs none.

    `counted` has the number of calls of each message.
    """
    orders = set(zip(chats.orders, counted, strict=True))
    if not all([_is_answered(*order) for order in orders]):
        return False
    ids = list(chats.calls.ids)
    if any([max(counts) > 1 or counts[-1] for _, counts in orders]):
        calls = iter(ids)
        ids = []
        for counts in counted:
            for place, count in enumerate(counts, 1):
                several = list(islice(calls, count))
                if len(set(several)) < count:
                    return False
                if place < len(counts):
                    ids += several
    results = compress(messages, map("tool".__eq__, chats.roles))
    return list(map(dict.get, results, repeat("tool_call_id"))) == ids


@lru_cache(_KEPT_ORDERS)
def _is_answered(roles: tuple[str, ...], counts: tuple[int, ...]) -> bool:
    """Whether so many results as there are calls in a message come directly after it, and no others."""
    waiting = 0
    for role, count in zip(roles, counts, strict=True):
        if role == "tool":
            waiting -= 1
            if waiting < 0:
                return False
        elif waiting:
            return False
        else:
            waiting = count
    return not waiting or roles[-1] != "tool"


def _with_none(chats: UsualTrainingChats, counted: list[tuple[int, ...]]) -> UsualTrainingChats:
    """Conversations without definitions: the first call of each lacks one."""
    noted = {
        counts: (("tools_absent", "", places[0]),) if (places := [*compress(count_from(1), counts)]) else ()
        for counts in set(counted)
    }
    return chats.with_tools((), [noted[counts] for counts in counted])


def _with_definitions(
    chats: UsualTrainingChats, examples: Sequence[JsonObject], counted: list[tuple[int, ...]]
) -> UsualTrainingChats | None:
    """Conversations with their definitions judged; None where some are no list."""
    tools: list[str] = []
    noted: list[TrainingProblems] = []
    names = chats.calls.names
    totals = {counts: sum(counts) for counts in set(counted)}
    first = 0
    for counts, example in zip(counted, examples, strict=True):
        defined = example.get("tools", _NONE)
        if isinstance(defined, list):
            defined = defined_training_tools(defined, None)
        if not isinstance(defined, DefinedTrainingTools):
            return None
        problems: TrainingProblems = ()
        if defined.problems:
            problems = tuple([(rule, detail, 0) for rule, detail in defined.problems])
        last = first + totals[counts]
        if last > first and (not defined.written or not defined.names.issuperset(names[first:last])):
            places = [place for place, count in enumerate(counts, 1) for _ in range(count)]
            absent = [place for place, name in zip(places, names[first:last], strict=True) if name not in defined.names]
            problems += (("call_undefined" if defined.written else "tools_absent", "", absent[0]),)
        first = last
        tools.append(defined.written)
        noted.append(problems)
    return None if hold_half_training_character(tools) else chats.with_tools(tools, noted)


_NONE = DefinedTrainingTools(frozenset(), (), "")
