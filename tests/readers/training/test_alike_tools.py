"""A definition that is judged by what it has in common with another one gives what its own JSON gives."""

from __future__ import annotations

import json
import random

import pytest

from calculators.readers.training.conversation.definitions.alike_tools import AlikeTrainingTools
from calculators.readers.training.conversation.tools import defined_training_tools
from tests.json_types import JsonObject
from tests.readers.training.test_calls_together import definition

ODD = ('"', "\\", "{", "}", "[", ",", ": ", "\0", "\t", "\ue000", "\ud83d", "\\u00e9", "\\x", "name", "NaN", "%s", "5")


def alike(text: str, tools: AlikeTrainingTools) -> bool:
    """Whether a list was judged by what definitions have in common, and was then told the same of as by its JSON."""
    defined = tools.read(text)
    if defined is None:
        return False
    parsed = json.loads(text, parse_constant=pytest.fail)
    assert defined == defined_training_tools(parsed, None), text
    return True


def written(chance: random.Random, tools: list[JsonObject]) -> str:
    separators = chance.choice(((", ", ": "), (", ", ": "), (",", ":")))
    return json.dumps(tools, ensure_ascii=chance.random() < 0.5, separators=separators)


def test_lists_of_definitions_give_the_same_as_their_json() -> None:
    chance, tools = random.Random(1), AlikeTrainingTools()
    judged = [
        alike(written(chance, [definition(chance) for _ in range(chance.randrange(4))]), tools) for _ in range(3000)
    ]
    assert judged.count(True) > 500


def test_definitions_with_a_letter_changed_anywhere_give_the_same_as_their_json() -> None:
    """Most of these are no JSON any more, so that nothing is told of them."""
    chance, tools = random.Random(2), AlikeTrainingTools()
    usual = [written(chance, [definition(chance) for _ in range(chance.randrange(1, 3))]) for _ in range(300)]
    for text in usual:
        tools.read(text)
    judged = 0
    for _ in range(8000):
        tools._misses = 0
        text = chance.choice(usual)
        place = chance.randrange(len(text))
        judged += alike(text[:place] + chance.choice(ODD) + text[place + chance.randrange(3) :], tools)
    assert judged > 300


@pytest.mark.parametrize(
    "first",
    [
        '{"name": "price", "description": "a"}',
        '{"type": "function", "function": {"name": "a b", "description": "a"}}',
        '{"type": "function", "function": {"name": "price", "parameters": {"properties": {"description": "a"}}}}',
        '{"type": "function", "function": {"name": "price", "name": "hours", "description": "a"}}',
        '{"type": "function", "function": {"name": "price", "description": "a", "description": "b"}}',
        '{"id": {"name": "b"}, "function": {"name": "price", "description": "a"}}',
    ],
)
def test_nothing_is_taken_from_definitions_that_are_odd(first: str) -> None:
    tools = AlikeTrainingTools()
    assert not any(alike(f"[{text}]", tools) for text in (first, first, first.replace('"a"', '"c"')))


def test_after_many_that_are_unlike_only_some_are_looked_at() -> None:
    tools = AlikeTrainingTools()
    lists = [f'[{{"function": {{"name": "price", "parameters": {{"title": "{number}"}}}}}}]' for number in range(90)]
    for text in lists:
        assert not alike(text, tools)
    assert [alike(text, tools) for text in lists[:64]].count(True) < 64
