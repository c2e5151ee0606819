"""Judges the tools that an example defines, and whether its calls use them."""

from __future__ import annotations

import json
import marshal
from collections.abc import Sequence
from typing import NamedTuple

from calculators.readers.training.bounded import BoundedStore
from calculators.readers.training.conversation.calls import FUNCTION_NAME, training_calls_of_message
from calculators.readers.training.conversation.json_schema import training_json_schema_fault
from calculators.readers.training.conversation.usual import PLAIN, training_calls_of_speech
from calculators.readers.training.lines import JsonObject, TrainingLine, training_line_excerpt

_MOST_BYTES = 4_000_000
"""Bytes of definitions whose judgment is kept at once, as they come again and again."""

_BY_CONTENT = 2
"""The version of `marshal` that writes equal objects alike; later ones also write which of them are the same."""

SHORT = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
"""What was parsed refers to nothing that it is part of."""

_ABOUT_TOOLS = frozenset({"tools", "functions", "parallel_tool_calls"})


class DefinedTrainingTools(NamedTuple):
    """The names that definitions give, the rules that they break with a detail, and the definitions as short JSON."""

    names: frozenset[str]
    problems: tuple[tuple[str, str], ...]
    written: str


def judge_training_tools(line: TrainingLine, chat: JsonObject) -> None:
    """Notes what is wrong with `tools` and `functions`, and which calls they do not define."""
    defined = _judge_training_definitions(line, chat)
    calls = [
        (position, call.get("name"))
        for position, message in enumerate(line.messages, 1)
        for call in training_calls_of_message(message)
    ]
    _judge_training_tools_use(line, chat, defined, calls)


def judge_usual_training_tools(line: TrainingLine, chat: JsonObject) -> None:
    """The same for a usual conversation."""
    calls = [
        (position, name)
        for position, speech in enumerate(line.speeches or (), 1)
        if len(speech) > PLAIN
        for _, name, _ in training_calls_of_speech(speech)
    ]
    if not _ABOUT_TOOLS.isdisjoint(chat):
        _judge_training_tools_use(line, chat, _judge_training_definitions(line, chat), calls)
    elif calls:
        line.note("tools_absent", message=calls[0][0])


def _judge_training_definitions(line: TrainingLine, chat: JsonObject) -> DefinedTrainingTools:
    tools, functions = chat.get("tools"), chat.get("functions")
    if "parallel_tool_calls" in chat and not isinstance(chat["parallel_tool_calls"], bool | None):
        line.note("parallel_value")
    defined = defined_training_tools(tools, functions)
    line.tools = defined.written
    for rule, detail in defined.problems:
        line.note(rule, detail)
    return defined


_NONE_DEFINED = DefinedTrainingTools(frozenset(), (), "")
_earlier: BoundedStore[bytes, DefinedTrainingTools] = BoundedStore(_MOST_BYTES)
_one_by_one: tuple[BoundedStore[str, DefinedTrainingTools], ...] = BoundedStore(_MOST_BYTES), BoundedStore(_MOST_BYTES)
"""Definitions by themselves: tools, and functions as they were written before there were tools."""


def defined_training_tools(tools: object, functions: object) -> DefinedTrainingTools:
    """What definitions say, from what is kept where they came before.

    They are found again by their bytes: comparing them would take 1 and true for the same, and writing them as JSON
    takes fifteen times as long.
    """
    if tools is None and functions is None:
        return _NONE_DEFINED
    content = marshal.dumps((tools, functions), _BY_CONTENT)  # type: ignore[arg-type]  # parsed JSON
    return _earlier.get(content) or _earlier.keep(content, _judged_definitions(tools, functions))


def _judged_definitions(tools: object, functions: object) -> DefinedTrainingTools:
    line = TrainingLine(0)
    names: list[str] = []
    written: list[str] = []
    for key, definitions in (("tools", tools), ("functions", functions)):
        if isinstance(definitions, list):
            several = [defined_training_tool(tool, is_function=key == "functions") for tool in definitions]
            for defined in several:
                names += defined.names
                for rule, detail in defined.problems:
                    line.note(rule, detail)
            if several:
                written.append(f"[{','.join([defined.written for defined in several])}]")
        elif definitions is not None:
            line.note("tools_list", training_line_excerpt(key))
            if definitions:
                written.append(SHORT.encode(definitions))
    if len(set(names)) < len(names):
        line.note("tool_twice")
    return DefinedTrainingTools(frozenset(names), tuple(line.problems.items()), ",".join(written))


def defined_training_tool(tool: object, *, is_function: bool) -> DefinedTrainingTools:
    """What one definition says; the lists of a file often have the same ones in other company."""
    written = SHORT.encode(tool)
    kept = _one_by_one[is_function]
    return kept.get(written) or kept.keep(written, _judged_definition(tool, written, is_function=is_function))


def _judged_definition(tool: object, written: str, *, is_function: bool) -> DefinedTrainingTools:
    line = TrainingLine(0)
    function = tool
    if not is_function and isinstance(tool, dict):
        function = tool.get("function") if tool.get("type", "function") == "function" else None
    name = _judge_training_tools_function(line, function)
    return DefinedTrainingTools(frozenset({name} if name else ()), tuple(line.problems.items()), written)


def _judge_training_tools_function(line: TrainingLine, function: object) -> str:
    """Notes what is wrong with a definition, and returns its name."""
    name = function.get("name") if isinstance(function, dict) else None
    if not isinstance(function, dict) or not isinstance(name, str):
        line.note("tool_definition")
        return ""
    if not FUNCTION_NAME.fullmatch(name):
        line.note("name_characters")
    parameters = function.get("parameters", {})
    fault = training_json_schema_fault(parameters)
    if isinstance(parameters, dict) and parameters.get("type", "object") != "object":
        fault = "type"
    if fault:
        line.note("tool_schema", training_line_excerpt(fault))
    return name


def _judge_training_tools_use(
    line: TrainingLine, chat: JsonObject, defined: DefinedTrainingTools, calls: Sequence[tuple[int, object]]
) -> None:
    """Notes calls that are not defined: each with the number of its message and the name of the function."""
    if calls and not (chat.get("tools") or chat.get("functions")):
        line.note("tools_absent", message=calls[0][0])
        return
    for position, name in calls:
        if isinstance(name, str) and name not in defined.names:
            line.note("call_undefined", message=position)
