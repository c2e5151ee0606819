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
    note_other_keys,
)
from calculators.readers.training.copies.dialects.pairs import labeled_answers
from calculators.readers.training.copies.dialects.records import (
    ALPACA_KEYS,
    answer_text,
    messages_of,
    read_alpaca_prompt,
    written_alpaca,
)
from calculators.readers.training.copies.dialects.sharegpt import read_sharegpt, write_sharegpt
from calculators.readers.training.formats.datasets.rankings.alpaca_labels import LABEL
from calculators.readers.training.formats.datasets.rankings.alpaca_pairs import SIDES
from calculators.readers.training.lines import JsonObject

_TURNS = ("conversations", "system", "tools")


def _only(answer: list[JsonObject]) -> JsonObject:
    """The one message of an answer.

    Raises:
        Unfit: there are several.
    """
    if len(answer) > 1:
        raise Unfit("an answer has several messages")
    return answer[0]


def _read_alpaca_pair(example: JsonObject, note: Note) -> Chat:
    note_other_keys(example, (*ALPACA_KEYS, *SIDES), note)
    preferred, rejected = (messages_of(example.get(side), "assistant") for side in SIDES)
    return Chat(messages=read_alpaca_prompt(example, note), preferred=preferred, rejected=rejected)


def _write_alpaca_pair(chat: Chat, note: Note) -> list[JsonObject]:
    answers = [answer_text(_only(side), note) for side in (chat.preferred, chat.rejected)]
    return [written_alpaca(chat, dict(zip(SIDES, answers, strict=True)), note)]


def _read_alpaca_label(example: JsonObject, note: Note) -> Chat:
    note_other_keys(example, (*ALPACA_KEYS, "output", LABEL), note)
    messages = [*read_alpaca_prompt(example, note), *messages_of(example.get("output"), "assistant")]
    return Chat(messages=messages, is_good=example.get(LABEL) is True)


def _write_alpaca_label(chat: Chat, note: Note) -> list[JsonObject]:
    prompt, answers = labeled_answers(chat, note)
    asked = replace(chat, messages=prompt)
    return [
        written_alpaca(asked, {"output": answer_text(_only(answer), note), LABEL: label}, note)
        for answer, label in answers
    ]


def _read_sharegpt_pair(example: JsonObject, note: Note) -> Chat:
    note_other_keys(example, (*_TURNS, *SIDES), note)
    chat = read_sharegpt({key: example[key] for key in _TURNS if key in example}, note)
    answers = [read_sharegpt({"conversations": [example.get(side)]}, note).messages for side in SIDES]
    chat.preferred, chat.rejected = answers
    return chat


def _write_sharegpt_pair(chat: Chat, note: Note) -> list[JsonObject]:
    (example,) = write_sharegpt(chat, note)
    for side, answer in zip(SIDES, (chat.preferred, chat.rejected), strict=True):
        example[side] = _turn(_only(answer), note)
    return [example]


def _turn(message: JsonObject, note: Note) -> object:
    (written,) = write_sharegpt(Chat(messages=[message]), note)
    turns = written["conversations"]
    return turns[0] if isinstance(turns, list) else None


def _read_sharegpt_label(example: JsonObject, note: Note) -> Chat:
    note_other_keys(example, (*_TURNS, LABEL), note)
    chat = read_sharegpt({key: example[key] for key in _TURNS if key in example}, note)
    chat.is_good = example.get(LABEL) is True
    return chat


def _write_sharegpt_label(chat: Chat, note: Note) -> list[JsonObject]:
    prompt, answers = labeled_answers(chat, note)
    written = []
    for answer, label in answers:
        (example,) = write_sharegpt(replace(chat, messages=[*prompt, *answer]), note)
        written.append({**example, LABEL: label})
    return written


ALPACA_PAIRS = Dialect(purpose=PAIRS, read=_read_alpaca_pair, write=_write_alpaca_pair)
ALPACA_LABELS = Dialect(purpose=LABELS, read=_read_alpaca_label, write=_write_alpaca_label)
SHAREGPT_PAIRS = Dialect(purpose=PAIRS, read=_read_sharegpt_pair, write=_write_sharegpt_pair)
SHAREGPT_LABELS = Dialect(purpose=LABELS, read=_read_sharegpt_label, write=_write_sharegpt_label)
