"""Lines that are read together are told the same of as each by itself, and half of a character is never passed over."""

from __future__ import annotations

import json
import random
from dataclasses import asdict

import pytest

from calculators.engine import nesting
from calculators.engine.answering.counting import exact_token_counter
from calculators.readers.intake import id_table
from calculators.readers.training import check
from calculators.readers.training.check import check_training_file
from calculators.readers.training.conversation.usual_chats import UsualTrainingChats
from calculators.readers.training.files import examples
from calculators.readers.training.lines import TrainingLine, parse_training_line
from calculators.readers.training.recognizing import TRAINING_FORMATS
from calculators.readers.training.report import TrainingReport
from tests.json_types import JsonObject
from tests.readers.training.test_usual import message

COUNTER = exact_token_counter(lambda text, encoding: len(text) // 3)
TOOL = {"type": "function", "function": {"name": "price", "description": "What it costs", "parameters": {}}}
FAULTY = {"type": "function", "function": {"name": "a b", "parameters": {"type": "string"}}}
TEXTS = ("When is it open?", "At ten.", "Ask desk@library.example.", "Où ?", "\N{GRINNING FACE}", "\ud83d", "", " ")


def line(chance: random.Random, odd: float) -> str:
    """A line that is a chat of roles and texts alone, but for a share of odd ones."""
    if chance.random() < odd:
        return odd_line(chance)
    turns = [("user", chance.choice(TEXTS[:5])), ("assistant", f"{chance.choice(TEXTS[:5])} {chance.randrange(9)}")]
    turns = [("system", "Be brief.")] * chance.randrange(2) + turns * chance.randrange(1, 3)
    messages = [{"role": role, "content": content} for role, content in turns[: chance.choice((None, None, -1))]]
    return json.dumps({"messages": messages}, ensure_ascii=chance.random() < 0.5)


def exchange(question: str, answer: str) -> list[JsonObject]:
    return [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]


def odd_line(chance: random.Random) -> str:
    if chance.random() < 0.1:
        return chance.choice(("{", "[1]", "5", "", "\ufffd", '{"instruction": "a", "output": "b"}', "[" * 70))
    example: JsonObject = {"messages": [message(chance) for _ in range(chance.randrange(0, 5))]}
    if chance.random() < 0.3:
        example["messages"] = exchange(chance.choice(TEXTS), "So.")
    if chance.random() < 0.5:
        example["tools"] = chance.choices((TOOL, TOOL, FAULTY, 5), k=chance.randrange(0, 3))
    if chance.random() < 0.1:
        example[chance.choice(("parallel_tool_calls", "functions", "extra"))] = chance.choice((None, True, [TOOL]))
    return json.dumps(example)


def report_of(text: str, format: str) -> JsonObject:
    check_training_file.cache_clear()
    report: TrainingReport = check_training_file(text, "", format, "o200k_base", COUNTER)
    return asdict(report)


@pytest.mark.parametrize("odd", [0.0, 0.02, 0.5])
@pytest.mark.parametrize("format", ["openai", "together", "mistral", "bedrock", "fireworks"])
def test_a_file_read_together_is_told_the_same_of(format: str, odd: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the lines cut into pieces of two sizes, with digests as in a browser, and against each line by itself."""
    chance = random.Random(f"{format} {odd}")
    text = "\n".join(line(chance, odd) for _ in range(300))
    together = report_of(text, format)
    with monkeypatch.context() as small:
        small.setattr(examples, "_TOGETHER", 500)
        assert report_of(text, format) == together
    with monkeypatch.context() as browser:
        browser.setattr(id_table, "IS_HASH_WHOLE", False)
        assert report_of(text, format) == together
    monkeypatch.setattr(examples, "has_usual_training_chats", lambda rules: False)
    assert report_of(text, format) == together
    if odd:
        expected = {"missing_system", "duplicate", "conflict", "email", "last_not_assistant"}
        assert expected <= together["broken_rules"].keys()


def test_chats_of_roles_and_texts_are_read_together() -> None:
    chance = random.Random(5)
    text = "\n".join(line(chance, 0) for _ in range(300))
    (chats,) = examples.training_examples(text, TrainingReport(), TRAINING_FORMATS["openai"])
    assert isinstance(chats, UsualTrainingChats) and len(chats.numbers) == 300


def test_definitions_in_other_company_are_judged_each_time() -> None:
    def example(*tools: object) -> str:
        return json.dumps({"messages": exchange("When?", "At ten."), "tools": tools})

    other = {**TOOL, "function": {**TOOL["function"], "name": "other"}}  # type: ignore[dict-item]
    lists = [(TOOL,), (FAULTY,), (TOOL, other), (other, FAULTY), (TOOL, TOOL)]
    broken = report_of("\n".join(example(*tools) for tools in lists), "openai")["broken_rules"]
    assert broken["tool_schema"]["lines"] == broken["name_characters"]["lines"] == [2, 4]
    assert broken["tool_twice"]["lines"] == [5]


@pytest.mark.parametrize(
    ("written", "is_half"),
    [
        (r"\ud83d\ude00", False),
        (r"\uD83D\uDE00\ud83d\ude00", False),
        (r"\ud55c", False),
        (r"\\ud83d", False),
        (r"\ud83d", True),
        (r"\ude00", True),
        (r"\ude00\ud83d", True),
        (r"\ud83d\ud83d\ude00", True),
        (r"\\ud83d\ude00", True),
        (r"\ud83d\\ude00", True),
        ("\ud83d", True),
    ],
)
def test_half_of_a_character_is_found_among_escapes(written: str, is_half: bool) -> None:
    noted = TrainingLine(1)
    parse_training_line(noted, f'{{"a": "{written}"}}')
    assert ("half_character" in noted.problems) == is_half
    chat = f'{{"messages": [{{"role": "user", "content": "{written}"}}, {{"role": "assistant", "content": "A"}}]}}'
    assert ("half_character" in report_of(chat, "openai")["broken_rules"]) == is_half


@pytest.mark.parametrize("are_bytes_fast", [True, False])
@pytest.mark.parametrize("sign", ["a", "\u00e9", "\N{GRINNING FACE}"])
def test_brackets_are_counted_alike_in_bytes_and_in_texts(
    are_bytes_fast: bool, sign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nesting, "ARE_BYTES_FAST", are_bytes_fast)
    for levels in (31, 32, 33):
        text = '[{"a": ' * levels + f'"{sign}[[["' + "}]" * levels
        assert nesting.is_json_nested_too_deep(text) == (levels > 32)


def test_the_check_reads_together_unless_it_looks_closer(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("read together")

    monkeypatch.setattr(check, "training_examples", refuse)
    check_training_file.cache_clear()
    assert check_training_file("{}", "", "openai", "o200k_base", COUNTER, True).examples == 1
    with pytest.raises(AssertionError, match="read together"):
        report_of("{}", "openai")
