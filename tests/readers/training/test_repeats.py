"""Examples that come again: the same ones in both widths of Python's hash, that of the terminal and of the browser."""

from __future__ import annotations

import random

import pytest

from calculators.readers.intake import id_table
from calculators.readers.training.lines import JsonObject, Speech, TrainingLine
from calculators.readers.training.repeats import EarlierTrainingExamples, training_prompt_digest
from calculators.readers.training.report import TrainingReport

WORDS = ("one", "two", "", "\x1f", "three\x1f\x1ffour")


def example(number: int, chance: random.Random) -> TrainingLine:
    """A chat of one to three turns, of which some are plain and some not."""
    messages: list[JsonObject] = []
    for _ in range(chance.randrange(1, 3)):
        messages.append({"role": "user", "content": chance.choice(WORDS)})
        messages.append({"role": "assistant", "content": chance.choice(WORDS)})
    is_usual = chance.random() < 0.5
    if not is_usual:
        messages[-1]["weight"] = 1
    speeches = speeches_of(messages) if is_usual else None
    return TrainingLine(number, messages=messages, speeches=speeches, system=chance.choice(("", "Be brief.")))


def speeches_of(messages: list[JsonObject]) -> list[Speech]:
    return [(str(message["role"]), str(message["content"])) for message in messages]


@pytest.mark.parametrize("is_whole", [True, False])
def test_prompts_and_answers_that_came_before_are_found(monkeypatch: pytest.MonkeyPatch, is_whole: bool) -> None:
    """An oracle that keeps all texts: a weight or another way of writing changes neither prompt nor answer."""
    monkeypatch.setattr(id_table, "IS_HASH_WHOLE", is_whole)
    chance, earlier, report = random.Random(4), EarlierTrainingExamples(), TrainingReport()
    answers: dict[object, set[object]] = {}
    expected: dict[str, list[int]] = {"duplicate": [], "conflict": []}
    for number in range(1, 400):
        line = example(number, chance)
        texts = [(message["role"], message["content"]) for message in line.messages]
        prompt, answer = (line.system, *texts[:-1]), texts[-1]
        assert earlier.has_prompt(line) == (prompt in answers)
        assert earlier.note(line, report) == (prompt in answers)
        if prompt in answers:
            expected["duplicate" if answer in answers[prompt] else "conflict"].append(number)
        answers.setdefault(prompt, set()).add(answer)
    assert {rule: broken.lines for rule, broken in report.broken_rules.items()} == {
        rule: numbers[:20] for rule, numbers in expected.items()
    }
    assert {rule: broken.count for rule, broken in report.broken_rules.items()} == {
        rule: len(numbers) for rule, numbers in expected.items()
    }


def test_the_digest_of_a_prompt_is_the_same_in_every_run() -> None:
    """The parts of a file depend on it. It was taken by hand, of the texts with the separators between them."""
    from hashlib import blake2b

    messages: list[JsonObject] = [{"role": "user", "content": "When?"}, {"role": "assistant", "content": "At ten."}]
    by_hand = blake2b(b"Be brief.\x1f\x1fuser\x1fWhen?", digest_size=16).digest()
    usual = TrainingLine(1, system="Be brief.", messages=messages, speeches=speeches_of(messages))
    assert training_prompt_digest(usual) == by_hand
    assert training_prompt_digest(TrainingLine(1, system="Be brief.", messages=messages)) == by_hand
