"""A conversation that is judged in one pass breaks no rule that the judging of each message knows."""

from __future__ import annotations

import json
import random

import pytest

from calculators.readers.training.conversation import judging
from calculators.readers.training.conversation.judging import judge_training_line
from calculators.readers.training.conversation.usual import usual_training_speeches
from calculators.readers.training.recognizing import TRAINING_FORMATS
from tests.json_types import JsonObject

IDS = ("call00001", "call00002")
ARGUMENTS = ("{}", '{"a": 1}', "[]", "{", '"{}"')
CONTENTS = ("Fine.", "Fine.", "Fine.", "", " ", None, ["Fine."])


def message(chance: random.Random) -> JsonObject:
    """A message that is whole more often than not."""
    role = chance.choice(("user", "assistant", "assistant", "tool", "tool", "system", "developer"))
    made: JsonObject = {"role": role, "content": chance.choice(CONTENTS)}
    if role == "tool" and chance.random() < 0.9:
        made["tool_call_id"] = chance.choice(IDS)
    if role == "assistant" and chance.random() < 0.7:
        ids = chance.sample(IDS, chance.choice((1, 1, 2)))
        made["tool_calls"] = [call(chance, id) for id in ids]
        if chance.random() < 0.3:
            del made["content"]
    if chance.random() < 0.05:
        made["weight"] = chance.choice((0, 1, 2))
    return made


def call(chance: random.Random, id: str) -> JsonObject:
    function = {
        "name": chance.choice(("price", "price", "a b")),
        "arguments": chance.choice(ARGUMENTS[: 2 + chance.randrange(4)]),
    }
    return {"id": id, "type": chance.choice(("function", "function", "function", "other")), "function": function}


@pytest.mark.parametrize("name", ["openai", "mistral", "azure", "together"])
def test_what_one_pass_takes_for_usual_breaks_no_rule_of_messages(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    chance, format = random.Random(name), TRAINING_FORMATS[name]
    usual = 0
    for _ in range(4000):
        messages = [message(chance) for _ in range(chance.randrange(1, 5))]
        text = json.dumps({"messages": messages, "tools": [{"type": "function", "function": {"name": "price"}}]})
        fast = judge_training_line(1, text, format).problems
        usual += usual_training_speeches(list(messages), format) is not None
        with monkeypatch.context() as without:
            without.setattr(judging, "usual_training_speeches", lambda *_: None)
            assert judge_training_line(1, text, format).problems == fast, text
    assert usual > 100


def test_what_a_usual_conversation_says_is_its_texts_and_calls() -> None:
    called = {"id": "a", "type": "function", "function": {"name": "price", "arguments": "{}"}}
    messages: list[object] = [
        {"role": "user", "content": "What is it?"},
        {"role": "assistant", "content": None, "tool_calls": [called, {**called, "id": "b"}]},
        {"role": "tool", "tool_call_id": "b", "content": "5"},
        {"role": "tool", "content": "4", "tool_call_id": "a"},
        {"role": "assistant", "content": "5, or 4."},
    ]
    assert usual_training_speeches(messages, TRAINING_FORMATS["openai"]) == [
        ("user", "What is it?"),
        ("assistant", "", "a", "price", "{}", "b", "price", "{}"),
        ("tool", "5"),
        ("tool", "4"),
        ("assistant", "5, or 4."),
    ]
