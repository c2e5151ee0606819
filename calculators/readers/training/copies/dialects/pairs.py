"""Pairs of a preferred and another answer, and answers with a label."""

from __future__ import annotations

from calculators.readers.training.copies.dialects.chats import read_chat, with_calls_as_tools, written_messages
from calculators.readers.training.copies.dialects.dialect import (
    LABELS,
    PAIRS,
    Chat,
    Dialect,
    Note,
    note_lost_switch,
    note_lost_tools,
    note_other_keys,
    objects_in,
)
from calculators.readers.training.copies.dialects.records import messages_of
from calculators.readers.training.formats.datasets.kto import FORMAT as KTO_FORMAT
from calculators.readers.training.formats.datasets.preference import FORMAT as PREFERENCE_FORMAT
from calculators.readers.training.formats.datasets.preference import SIDES as PROVIDER_SIDES
from calculators.readers.training.formats.datasets.trl_preference import FORMAT as TRL_FORMAT
from calculators.readers.training.formats.datasets.trl_preference import SIDES as TRL_SIDES
from calculators.readers.training.lines import JsonObject
from calculators.readers.training.pairs import shared_messages


def _read_preference(example: JsonObject, note: Note) -> Chat:
    note_other_keys(example, ("input", *PROVIDER_SIDES), note)
    prompt = example.get("input")
    chat = read_chat(prompt if isinstance(prompt, dict) else {}, note)
    preferred, rejected = (with_calls_as_tools(objects_in(example.get(side)), note) for side in PROVIDER_SIDES)
    chat.preferred, chat.rejected = preferred, rejected
    return chat


def _write_preference(chat: Chat, note: Note) -> list[JsonObject]:
    prompt: JsonObject = {"messages": written_messages(chat.messages, PREFERENCE_FORMAT, note)}
    if chat.tools:
        prompt["tools"] = chat.tools
    if chat.parallel is not None:
        prompt["parallel_tool_calls"] = chat.parallel
    answers = (written_messages(side, PREFERENCE_FORMAT, note) for side in (chat.preferred, chat.rejected))
    return [{"input": prompt, **dict(zip(PROVIDER_SIDES, answers, strict=True))}]


def _read_trl(example: JsonObject, note: Note) -> Chat:
    note_other_keys(example, ("prompt", "tools", *TRL_SIDES), note)
    prompt = messages_of(example.get("prompt"))
    preferred, rejected = (messages_of(example.get(side), "assistant") for side in TRL_SIDES)
    if not prompt:
        shared = shared_messages(preferred, rejected)
        prompt, preferred, rejected = preferred[:shared], preferred[shared:], rejected[shared:]
    tools = example.get("tools")
    listed = list(tools) if isinstance(tools, list) else []
    return Chat(messages=prompt, tools=listed, preferred=preferred, rejected=rejected)


def _write_trl(chat: Chat, note: Note) -> list[JsonObject]:
    note_lost_switch(chat, note)
    sides = (chat.messages, chat.preferred, chat.rejected)
    prompt, preferred, rejected = (written_messages(side, TRL_FORMAT, note) for side in sides)
    tools = {"tools": chat.tools} if chat.tools else {}
    return [{"prompt": prompt, **dict(zip(TRL_SIDES, (preferred, rejected), strict=True)), **tools}]


def _read_kto(example: JsonObject, note: Note) -> Chat:
    note_other_keys(example, ("prompt", "completion", "label"), note)
    messages = [*messages_of(example.get("prompt")), *messages_of(example.get("completion"), "assistant")]
    return Chat(messages=messages, is_good=example.get("label") is True)


def _write_kto(chat: Chat, note: Note) -> list[JsonObject]:
    """An answer with its label, or both answers of a pair."""
    note_lost_tools(chat, note)
    prompt, answers = labeled_answers(chat, note)
    asked = written_messages(prompt, KTO_FORMAT, note)
    return [
        {"prompt": asked, "completion": written_messages(answer, KTO_FORMAT, note), "label": label}
        for answer, label in answers
    ]


def labeled_answers(chat: Chat, note: Note) -> tuple[list[JsonObject], list[tuple[list[JsonObject], bool]]]:
    """The prompt, and each answer with whether it is good: the last one, or both of a pair."""
    if not chat.preferred:
        return chat.messages[:-1], [(chat.messages[-1:], chat.is_good)]
    note("Changed: a pair becomes two lines, a good answer and a bad one")
    return chat.messages, [(chat.preferred, True), (chat.rejected, False)]


PREFERENCE = Dialect(purpose=PAIRS, read=_read_preference, write=_write_preference)
TRL_PREFERENCE = Dialect(purpose=PAIRS, read=_read_trl, write=_write_trl)
KTO = Dialect(purpose=LABELS, read=_read_kto, write=_write_kto)
