"""Pairs and labels of LLaMA-Factory, in the forms of Alpaca and of ShareGPT."""

from __future__ import annotations

from dataclasses import replace

from calculators.readers.training.copies.dialects.dialect import (
    LABELS,
    PAIRS,
    Chat,
    Dialect,
    Note,
    Unfit,
    note_other_dialect_keys,
)
from calculators.readers.training.copies.dialects.pairs import dialect_labeled_answers
from calculators.readers.training.copies.dialects.records import (
    ALPACA_KEYS,
    dialect_answer_text,
    dialect_messages_of,
    read_alpaca_dialect_prompt,
    written_alpaca_dialect,
)
from calculators.readers.training.copies.dialects.sharegpt import read_sharegpt_dialect, write_sharegpt_dialect
from calculators.readers.training.formats.datasets.rankings.alpaca_labels import LABEL
from calculators.readers.training.formats.datasets.rankings.alpaca_pairs import SIDES
from calculators.readers.training.lines import JsonObject

_TURNS = ("conversations", "system", "tools")


def _dialect_only(answer: list[JsonObject]) -> JsonObject:
    """The one message of an answer.

    Raises:
        Unfit: there are several.
    """
    if len(answer) > 1:
        raise Unfit("an answer has several messages")
    return answer[0]


def _read_alpaca_pair_dialect(example: JsonObject, note: Note) -> Chat:
    note_other_dialect_keys(example, (*ALPACA_KEYS, *SIDES), note)
    preferred, rejected = (dialect_messages_of(example.get(side), "assistant") for side in SIDES)
    return Chat(messages=read_alpaca_dialect_prompt(example, note), preferred=preferred, rejected=rejected)


def _write_alpaca_pair_dialect(chat: Chat, note: Note) -> list[JsonObject]:
    answers = [dialect_answer_text(_dialect_only(side), note) for side in (chat.preferred, chat.rejected)]
    return [written_alpaca_dialect(chat, dict(zip(SIDES, answers, strict=True)), note)]


def _read_alpaca_label_dialect(example: JsonObject, note: Note) -> Chat:
    note_other_dialect_keys(example, (*ALPACA_KEYS, "output", LABEL), note)
    messages = [*read_alpaca_dialect_prompt(example, note), *dialect_messages_of(example.get("output"), "assistant")]
    return Chat(messages=messages, is_good=example.get(LABEL) is True)


def _write_alpaca_label_dialect(chat: Chat, note: Note) -> list[JsonObject]:
    prompt, answers = dialect_labeled_answers(chat, note)
    asked = replace(chat, messages=prompt)
    return [
        written_alpaca_dialect(asked, {"output": dialect_answer_text(_dialect_only(answer), note), LABEL: label}, note)
        for answer, label in answers
    ]


def _read_sharegpt_pair_dialect(example: JsonObject, note: Note) -> Chat:
    note_other_dialect_keys(example, (*_TURNS, *SIDES), note)
    chat = read_sharegpt_dialect({key: example[key] for key in _TURNS if key in example}, note)
    answers = [read_sharegpt_dialect({"conversations": [example.get(side)]}, note).messages for side in SIDES]
    chat.preferred, chat.rejected = answers
    return chat


def _write_sharegpt_pair_dialect(chat: Chat, note: Note) -> list[JsonObject]:
    (example,) = write_sharegpt_dialect(chat, note)
    for side, answer in zip(SIDES, (chat.preferred, chat.rejected), strict=True):
        example[side] = _dialect_turn(_dialect_only(answer), note)
    return [example]


def _dialect_turn(message: JsonObject, note: Note) -> object:
    (written,) = write_sharegpt_dialect(Chat(messages=[message]), note)
    turns = written["conversations"]
    return turns[0] if isinstance(turns, list) else None


def _read_sharegpt_label_dialect(example: JsonObject, note: Note) -> Chat:
    note_other_dialect_keys(example, (*_TURNS, LABEL), note)
    chat = read_sharegpt_dialect({key: example[key] for key in _TURNS if key in example}, note)
    chat.is_good = example.get(LABEL) is True
    return chat


def _write_sharegpt_label_dialect(chat: Chat, note: Note) -> list[JsonObject]:
    prompt, answers = dialect_labeled_answers(chat, note)
    written = []
    for answer, label in answers:
        (example,) = write_sharegpt_dialect(replace(chat, messages=[*prompt, *answer]), note)
        written.append({**example, LABEL: label})
    return written


ALPACA_PAIRS = Dialect(purpose=PAIRS, read=_read_alpaca_pair_dialect, write=_write_alpaca_pair_dialect)
ALPACA_LABELS = Dialect(purpose=LABELS, read=_read_alpaca_label_dialect, write=_write_alpaca_label_dialect)
SHAREGPT_PAIRS = Dialect(purpose=PAIRS, read=_read_sharegpt_pair_dialect, write=_write_sharegpt_pair_dialect)
SHAREGPT_LABELS = Dialect(purpose=LABELS, read=_read_sharegpt_label_dialect, write=_write_sharegpt_label_dialect)
