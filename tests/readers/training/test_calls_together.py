"""Conversations with calls and tools that are read by column are told the same of as each line by itself."""

from __future__ import annotations

import json
import random

import pytest

from calculators.readers.training.conversation.usual_chats import UsualTrainingChats
from calculators.readers.training.files import examples
from calculators.readers.training.files.together import scanned_training_lines
from calculators.readers.training.recognizing import TRAINING_FORMATS
from calculators.readers.training.report import TrainingReport
from tests.json_types import JsonObject
from tests.readers.training.test_together import odd_line, report_of

TEXTS = ("When is it open?", "At ten.", "Ask desk@library.example.", "Où ?", "\N{GRINNING FACE}")
NAMES = ("price", "hours", "look-up")
ARGUMENTS = ("{}", '{"a": [1, "]"]}', ' {"b": "\\""} ')
NO_ARGUMENTS = ("[]", "{", '"{}"', '{"a": NaN}', "{}, {}", '{"a": [1', "2]}", "NaN", "[" * 70, '{"a": "\ud83d"}')
TYPES = ("string", "integer", ["string", "null"])
TOOL_LISTS = (
    "[]",
    "null",
    "5",
    "[5]",
    '[{"type": "function"}]',
    '[{"type": "function", "function": {"name": "price"}, "function": {"name": "hours"}}]',
    '[{"type": "function", "function": {"name": "price", "parameters": {"type": "object", "properties": 5}}}]',
    '[{"type": "function", "function": {"name": "price", "description": "\\ud83d"}}]',
    '[{"type": "function", "function": {"name": "price", "description": NaN}}]',
    '[{"type": "function", "function": {"name": "price", "description": "a\tb"}}]',
    '[{"type": "function", "function": {"name": "price", "description": "\\x"}}]',
    '[{"type": "function", "function": {"name": "price"}}, ]',
    '[{"type": "function", "function": {"name": "price"}}], "tools": []',
    '[{"type": "function", "function": {"name": "price"}}]] , "a": [1',
)


def definition(chance: random.Random) -> JsonObject:
    """A definition of a tool, usual ones alike in all but a name and descriptions."""
    kind = {"type": "string", "description": chance.choice(TEXTS), "enum": ["a, b", ": "]}
    properties = {
        "kind": kind,
        "limit": {"type": chance.choice(TYPES), "minimum": chance.choice((1, 2.50, -0.0, 1e30))},
    }
    parameters = {"type": "object", "properties": properties, "required": ["kind"]}
    name = chance.choice((*NAMES, "a b") if chance.random() < 0.1 else NAMES)
    description = chance.choice((*TEXTS, 'A "price", or\nnone \\', '"', "\\", ": ", ", "))
    function = {"name": name, "description": description, "parameters": parameters}
    if chance.random() < 0.1:
        del function["description"]
    return {"type": "function", "function": function}


def messages(chance: random.Random) -> list[JsonObject]:
    """A conversation of which nothing is wrong, or only what its calls say."""
    sequence: list[JsonObject] = [{"role": "system", "content": "Be brief."}] * chance.randrange(2)
    for _ in range(chance.randrange(1, 3)):
        sequence.append({"role": "user", "content": chance.choice(TEXTS)})
        ids = [f"call{number:05}" for number in chance.sample(range(99999), chance.choice((0, 1, 1, 1, 2)))]
        if ids:
            caller: JsonObject = {"role": "assistant", "tool_calls": [call(chance, id) for id in ids]}
            if chance.random() < 0.5:
                caller["content"] = chance.choice((None, "", "Let me see."))
            sequence.append(caller)
            results = [{"role": "tool", "tool_call_id": id, "content": chance.choice(TEXTS)} for id in ids]
            sequence += reversed(results) if chance.random() < 0.05 else results
        sequence.append({"role": "assistant", "content": f"{chance.choice(TEXTS)} {chance.randrange(99)}"})
    return sequence[: chance.choice((None, None, None, None, -1, -2))]


def call(chance: random.Random, id: str) -> JsonObject:
    arguments = chance.choice(NO_ARGUMENTS if chance.random() < 0.01 else ARGUMENTS)
    function = {"name": chance.choice(NAMES), "arguments": arguments}
    return {"id": id, "type": "function", "function": function}


def line(chance: random.Random, odd: float, *, has_tools: bool) -> str:
    """A line with calls, its tools before or after its messages; a share of odd ones."""
    if chance.random() < odd:
        return odd_line(chance)
    written = {"ensure_ascii": chance.random() < 0.5, "separators": chance.choice(((", ", ": "), (",", ":")))}
    parts = [f'"messages":{json.dumps(messages(chance), **written)}']  # type: ignore[arg-type]  # two of its options
    if has_tools and chance.random() < 0.9:
        tools = json.dumps([definition(chance) for _ in range(chance.randrange(1, 4))], **written)  # type: ignore[arg-type]
        tools = chance.choice(TOOL_LISTS) if chance.random() < odd else tools
        parts.insert(chance.randrange(2), f'"tools":{" " * chance.randrange(3)}{tools}')
        if chance.random() < 0.1:
            parts.insert(chance.randrange(3), f'"parallel_tool_calls": {chance.choice(("true", "false", "null", "5"))}')
    return f"{{{', '.join(parts)}}}"


@pytest.mark.parametrize("odd", [0.0, 0.01, 0.1])
@pytest.mark.parametrize("has_tools", [False, True])
@pytest.mark.parametrize("format", ["openai", "together", "mistral", "azure"])
def test_calls_read_together_are_told_the_same_of(
    format: str, has_tools: bool, odd: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In pieces of two sizes, and against each line by itself."""
    chance = random.Random(f"{format} {has_tools} {odd}")
    text = "\n".join(line(chance, odd, has_tools=has_tools) for _ in range(400))
    together = report_of(text, format)
    with monkeypatch.context() as small:
        small.setattr(examples, "_TOGETHER", 800)
        small.setattr(examples, "_MOST_FAILURES", 1000)
        assert report_of(text, format) == together
    monkeypatch.setattr(examples, "has_usual_training_chats", lambda rules: False)
    assert report_of(text, format) == together


@pytest.mark.parametrize("arguments", NO_ARGUMENTS)
@pytest.mark.parametrize("before", ["{}", '{"a": [1', "[", "NaN"])
def test_arguments_that_are_no_object_are_never_passed_over(
    arguments: str, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where they would be whole together with those before them."""
    lines = []
    for written in ("{}", before, arguments, "2]}", "{}"):
        function = {"name": "price", "arguments": written}
        calling = {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": function}]}
        lines.append(json.dumps({"messages": [{"role": "user", "content": "What?"}, calling]}))
    together = report_of("\n".join(lines), "openai")
    monkeypatch.setattr(examples, "has_usual_training_chats", lambda rules: False)
    assert report_of("\n".join(lines), "openai") == together
    assert together["broken_rules"].keys() & {"arguments_json", "arguments_twice", "half_character"}


@pytest.mark.parametrize("tools", TOOL_LISTS)
@pytest.mark.parametrize("is_first", [False, True])
def test_odd_tools_are_told_the_same_of(tools: str, is_first: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = '[{"type": "function", "function": {"name": "price"}}]'
    said = '"messages": [{"role": "user", "content": "What?"}, {"role": "assistant", "content": "It."}]'
    lines = []
    for written in (usual, tools, usual):
        parts = [f'"tools": {written}', said]
        lines.append(f"{{{', '.join(parts if is_first else reversed(parts))}}}")
    text = "\n".join(lines)
    together = report_of(text, "openai")
    monkeypatch.setattr(examples, "has_usual_training_chats", lambda rules: False)
    assert report_of(text, "openai") == together


@pytest.mark.parametrize("levels", range(55, 70))
def test_tools_are_nested_as_deep_as_their_line_may_be(levels: int, monkeypatch: pytest.MonkeyPatch) -> None:
    said = '"messages": [{"role": "user", "content": "What?"}, {"role": "assistant", "content": "It."}]'
    nested = "[" * levels + "]" * levels
    text = f'{{{said}, "tools": [{{"type": "function", "function": {{"name": "price", "x": {nested}}}}}]}}'
    together = report_of(text, "openai")
    assert ("deep" in together["broken_rules"]) == (levels > 60)
    monkeypatch.setattr(examples, "has_usual_training_chats", lambda rules: False)
    assert report_of(text, "openai") == together


@pytest.mark.parametrize(
    "written",
    [
        '{"messages": [{"tools": [1]}]}',
        '{"tools": null, "messages": [{"tools": [1]}]}',
        '{"x\\"tools": [1], "messages": []}',
        '{"tools": [1]',
        '{"tools": [1]} ]',
        '{"tools": [1], "a": NaN}',
        '{"tools": [1]5}',
        '{"tools": ["\ufffd"]}',
    ],
)
def test_tools_are_not_taken_from_elsewhere(written: str) -> None:
    assert scanned_training_lines([written]) is None


def test_calls_with_tools_are_read_together() -> None:
    """All but those whose results come in another order, or that have a null beside their tools."""
    chance, rules = random.Random(7), TRAINING_FORMATS["openai"]
    lines = [line(chance, 0, has_tools=has_tools) for has_tools in (False, True) for _ in range(30)]
    usual = [written for written in lines if examples.usual_training_chats([1], [written], rules)]
    assert len(usual) > 50
    (chats,) = examples.training_examples("\n".join(usual), TrainingReport(), rules)
    assert isinstance(chats, UsualTrainingChats) and len(chats.numbers) == len(usual) and any(chats.tools)
