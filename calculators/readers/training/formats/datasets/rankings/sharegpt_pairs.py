"""Pairs in ShareGPT's form, as LLaMA-Factory reads them: turns that end with a question, and two turns to answer it."""

from __future__ import annotations

from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.formats.datasets.sharegpt import (
    SHAREGPT_BASIS,
    SHAREGPT_KEYS,
    SHAREGPT_MESSAGE_KEYS,
    SHAREGPT_ROLES,
    sharegpt_conversation,
    sharegpt_message,
)
from calculators.readers.training.lines import JsonObject, TrainingLine
from calculators.readers.training.pairs import note_training_pair
from calculators.readers.training.rules import Basis

SIDES = ("chosen", "rejected")


def sharegpt_pair(line: TrainingLine, example: JsonObject) -> JsonObject:
    """The turns and the chosen answer as a chat; the rejected answer goes into the line."""
    chat = sharegpt_conversation(line, example)
    asked = chat.get("messages")
    prompt = asked if isinstance(asked, list) else []
    if prompt and isinstance(prompt[-1], dict) and prompt[-1].get("role") == "assistant":
        line.note("last_is_answer", message=len(prompt))
    sides: JsonObject = {}
    for side in SIDES:
        turn = example.get(side)
        sides[side] = [sharegpt_message(line, len(prompt) + 1, turn)] if isinstance(turn, dict) else []
    preferred, line.rejected = note_training_pair(line, sides, SIDES)
    return {**chat, "messages": [*prompt, *preferred] if prompt else prompt}


FORMAT = TrainingChatFormat(
    label="ShareGPT, pairs of LLaMA-Factory",
    order=20,
    recognized_by=(frozenset({"conversations", *SIDES}),),
    conversation=sharegpt_pair,
    list_key="conversations",
    roles=SHAREGPT_ROLES,
    message_keys=SHAREGPT_MESSAGE_KEYS,
    example_keys=SHAREGPT_KEYS | {*SIDES},
    unknown_key="other_key",
    takes_array=True,
    system_beside=True,
    paired=False,
    basis={
        **SHAREGPT_BASIS,
        "answers_missing": Basis("LLaMA-Factory: `chosen` and `rejected` are turns", "llamafactory-data"),
        "last_is_answer": Basis("LLaMA-Factory: the turns end with a question", "llamafactory-data"),
    },
)
