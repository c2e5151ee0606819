"""Pairs of a preferred and another answer, and answers with a label."""

from __future__ import annotations

from calculators.readers.training.copies.dialects.chats import (
    dialect_with_calls_as_tools,
    read_chat_dialect,
    written_dialect_messages,
)
from calculators.readers.training.copies.dialects.dialect import (
    LABELS,
    PAIRS,
    Chat,
    Dialect,
    Note,
    dialect_objects_in,
    note_lost_dialect_switch,
    note_lost_dialect_tools,
    note_other_dialect_keys,
)
from calculators.readers.training.copies.dialects.records import dialect_messages_of
from calculators.readers.training.formats.datasets.kto import FORMAT as KTO_FORMAT
from calculators.readers.training.formats.datasets.preference import FORMAT as PREFERENCE_FORMAT
from calculators.readers.training.formats.datasets.preference import SIDES as PROVIDER_SIDES
from calculators.readers.training.formats.datasets.trl_preference import FORMAT as TRL_FORMAT
from calculators.readers.training.formats.datasets.trl_preference import SIDES as TRL_SIDES
from calculators.readers.training.lines import JsonObject
from calculators.readers.training.pairs import shared_training_messages


def _read_preference_dialect(example: JsonObject, note: Note) -> Chat:
    note_other_dialect_keys(example, ("input", *PROVIDER_SIDES), note)
    prompt = example.get("input")
    chat = read_chat_dialect(prompt if isinstance(prompt, dict) else {}, note)
    preferred, rejected = (
        dialect_with_calls_as_tools(dialect_objects_in(example.get(side)), note) for side in PROVIDER_SIDES
    )
    chat.preferred, chat.rejected = preferred, rejected
    return chat


def _write_preference_dialect(chat: Chat, note: Note) -> list[JsonObject]:
    prompt: JsonObject = {"messages": written_dialect_messages(chat.messages, PREFERENCE_FORMAT, note)}
    if chat.tools:
        prompt["tools"] = chat.tools
    if chat.parallel is not None:
        prompt["parallel_tool_calls"] = chat.parallel
    answers = (written_dialect_messages(side, PREFERENCE_FORMAT, note) for side in (chat.preferred, chat.rejected))
    return [{"input": prompt, **dict(zip(PROVIDER_SIDES, answers, strict=True))}]


def _read_trl_dialect(example: JsonObject, note: Note) -> Chat:
    note_other_dialect_keys(example, ("prompt", "tools", *TRL_SIDES), note)
    prompt = dialect_messages_of(example.get("prompt"))
    preferred, rejected = (dialect_messages_of(example.get(side), "assistant") for side in TRL_SIDES)
    if not prompt:
        shared = shared_training_messages(preferred, rejected)
        prompt, preferred, rejected = preferred[:shared], preferred[shared:], rejected[shared:]
    tools = example.get("tools")
    listed = list(tools) if isinstance(tools, list) else []
    return Chat(messages=prompt, tools=listed, preferred=preferred, rejected=rejected)


def _write_trl_dialect(chat: Chat, note: Note) -> list[JsonObject]:
    note_lost_dialect_switch(chat, note)
    sides = (chat.messages, chat.preferred, chat.rejected)
    prompt, preferred, rejected = (written_dialect_messages(side, TRL_FORMAT, note) for side in sides)
    tools = {"tools": chat.tools} if chat.tools else {}
    return [{"prompt": prompt, **dict(zip(TRL_SIDES, (preferred, rejected), strict=True)), **tools}]


def _read_kto_dialect(example: JsonObject, note: Note) -> Chat:
    note_other_dialect_keys(example, ("prompt", "completion", "label"), note)
    messages = [
        *dialect_messages_of(example.get("prompt")),
        *dialect_messages_of(example.get("completion"), "assistant"),
    ]
    return Chat(messages=messages, is_good=example.get("label") is True)


def _write_kto_dialect(chat: Chat, note: Note) -> list[JsonObject]:
    """An answer with its label, or both answers of a pair."""
    note_lost_dialect_tools(chat, note)
    prompt, answers = dialect_labeled_answers(chat, note)
    asked = written_dialect_messages(prompt, KTO_FORMAT, note)
    return [
        {"prompt": asked, "completion": written_dialect_messages(answer, KTO_FORMAT, note), "label": label}
        for answer, label in answers
    ]


def dialect_labeled_answers(chat: Chat, note: Note) -> tuple[list[JsonObject], list[tuple[list[JsonObject], bool]]]:
    """The prompt, and each answer with whether it is good: the last one, or both of a pair."""
    if not chat.preferred:
        return chat.messages[:-1], [(chat.messages[-1:], chat.is_good)]
    note("Changed: a pair becomes two lines, a good answer and a bad one")
    return chat.messages, [(chat.preferred, True), (chat.rejected, False)]


PREFERENCE = Dialect(purpose=PAIRS, read=_read_preference_dialect, write=_write_preference_dialect)
TRL_PREFERENCE = Dialect(purpose=PAIRS, read=_read_trl_dialect, write=_write_trl_dialect)
KTO = Dialect(purpose=LABELS, read=_read_kto_dialect, write=_write_kto_dialect)
