"""Judges the tools that an example defines, and whether its calls use them."""

from __future__ import annotations

import json
from functools import lru_cache

from calculators.readers.training.conversation.calls import FUNCTION_NAME, training_calls_of_message
from calculators.readers.training.conversation.json_schema import training_json_schema_fault
from calculators.readers.training.lines import JsonObject, TrainingLine, training_line_excerpt

DEFINITIONS_KEPT = 100
"""Definitions of an example whose judgment is kept."""


def judge_training_tools(line: TrainingLine, chat: JsonObject) -> None:
    """Notes what is wrong with `tools` and `functions`, and which calls they do not define."""
    tools, functions = chat.get("tools"), chat.get("functions")
    line.tools = [defined for defined in (tools, functions) if defined] or None
    if "parallel_tool_calls" in chat and not isinstance(chat["parallel_tool_calls"], bool | None):
        line.note("parallel_value")
    if tools is None and functions is None:
        _judge_training_tools_use(line, frozenset(), is_defined=False)
        return
    names, problems = _judged_definitions(json.dumps([tools, functions]))
    for rule, detail in problems:
        line.note(rule, detail)
    _judge_training_tools_use(line, names, is_defined=bool(tools or functions))


@lru_cache(DEFINITIONS_KEPT)
def _judged_definitions(text: str) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """The names that definitions give, and the rules that they break with a detail; they come again and again."""
    line = TrainingLine(0)
    names: list[str] = []
    tools, functions = json.loads(text)
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
    return frozenset(names), tuple(line.problems.items())


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
