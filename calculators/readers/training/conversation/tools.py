"""Judges the tools that an example defines, and whether its calls use them."""

from __future__ import annotations

import json
import marshal
from dataclasses import dataclass

from calculators.readers.training.bounded import BoundedStore
from calculators.readers.training.conversation.calls import FUNCTION_NAME, training_calls_of_message
from calculators.readers.training.conversation.json_schema import training_json_schema_fault
from calculators.readers.training.lines import JsonObject, TrainingLine, training_line_excerpt

_MOST_BYTES = 4_000_000
"""Bytes of definitions whose judgment is kept at once, as they come again and again."""

_BY_CONTENT = 2
"""The version of `marshal` that writes equal objects alike; later ones also write which of them are the same."""

_SHORT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class DefinedTrainingTools:
    """The names that definitions give, the rules that they break with a detail, and the definitions as short JSON."""

    names: frozenset[str]
    problems: tuple[tuple[str, str], ...]
    written: str


def judge_training_tools(line: TrainingLine, chat: JsonObject, *, all_called: frozenset[str] | None = None) -> None:
    """Notes what is wrong with `tools` and `functions`, and which calls they do not define.

    `all_called` are the names that the messages call, where somebody has gathered them.
    """
    tools, functions = chat.get("tools"), chat.get("functions")
    if "parallel_tool_calls" in chat and not isinstance(chat["parallel_tool_calls"], bool | None):
        line.note("parallel_value")
    defined = _defined_training_tools(tools, functions)
    line.tools = defined.written
    for rule, detail in defined.problems:
        line.note(rule, detail)
    is_defined = bool(tools or functions)
    if all_called is None or (all_called and not (is_defined and all_called <= defined.names)):
        _judge_training_tools_use(line, defined.names, is_defined=is_defined)


_NONE_DEFINED = DefinedTrainingTools(frozenset(), (), "")
_earlier: BoundedStore[bytes, DefinedTrainingTools] = BoundedStore(_MOST_BYTES)


def _defined_training_tools(tools: object, functions: object) -> DefinedTrainingTools:
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
    for key, definitions in (("tools", tools), ("functions", functions)):
        if definitions is None:
            continue
        if not isinstance(definitions, list):
            line.note("tools_list", training_line_excerpt(key))
            continue
        for tool in definitions:
            function = tool.get("function") if key == "tools" and isinstance(tool, dict) else tool
            if key == "tools" and isinstance(tool, dict) and tool.get("type", "function") != "function":
                function = None
            names.append(_judge_training_tools_function(line, function))
    names = [name for name in names if name]
    if len(set(names)) < len(names):
        line.note("tool_twice")
    written = [definitions for definitions in (tools, functions) if definitions]
    return DefinedTrainingTools(
        frozenset(names), tuple(line.problems.items()), _SHORT.encode(written)[1:-1] if written else ""
    )


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


def _judge_training_tools_use(line: TrainingLine, names: frozenset[str], *, is_defined: bool) -> None:
    for position, message in enumerate(line.messages, 1):
        for call in training_calls_of_message(message):
            name = call.get("name")
            if not is_defined:
                line.note("tools_absent", message=position)
            elif isinstance(name, str) and name not in names:
                line.note("call_undefined", message=position)
