"""Pairs of LLaMA-Factory, version 1: two whole conversations, which share their prompt."""

from __future__ import annotations

from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.formats.datasets.llamafactory import (
    LLAMAFACTORY_BASIS,
    LLAMAFACTORY_MESSAGE_KEYS,
    LLAMAFACTORY_PARTS,
    LLAMAFACTORY_ROLES,
    llamafactory_message,
    llamafactory_tools,
)
from calculators.readers.training.lines import JsonObject, TrainingLine
from calculators.readers.training.pairs import note_training_pair, shared_training_messages
from calculators.readers.training.rules import Basis

SIDES = ("chosen_messages", "rejected_messages")


def llamafactory_pair(line: TrainingLine, example: JsonObject) -> JsonObject:
    """The prompt and the chosen answer as a chat; the rejected answer goes into the line."""
    sides: list[list[object]] = []
    for side in SIDES:
        messages = example.get(side)
        listed = messages if isinstance(messages, list) else []
        sides.append([llamafactory_message(line, place, message) for place, message in enumerate(listed, 1)])
    chosen, rejected = sides
    shared = shared_training_messages(chosen, rejected)
    answers: JsonObject = dict(zip(SIDES, (chosen[shared:], rejected[shared:]), strict=True))
    preferred, line.rejected = note_training_pair(line, answers, SIDES)
    return {"messages": [*chosen[:shared], *preferred], **llamafactory_tools(example)}


FORMAT = TrainingChatFormat(
    label="LLaMA-Factory, version 1, pairs",
    order=17,
    recognized_by=(frozenset(SIDES),),
    conversation=llamafactory_pair,
    list_key="chosen_messages",
    roles=LLAMAFACTORY_ROLES,
    message_keys=LLAMAFACTORY_MESSAGE_KEYS,
    example_keys=frozenset({*SIDES, "tools", "extra_info", "_dataset_name"}),
    unknown_key="other_key",
    takes_array=True,
    paired=False,
    parts=LLAMAFACTORY_PARTS,
    basis={
        **{rule: basis for rule, basis in LLAMAFACTORY_BASIS.items() if rule != "tool_call"},
        "answers_missing": Basis("LLaMA-Factory: chosen and rejected messages", "llamafactory-v1-data"),
    },
)
