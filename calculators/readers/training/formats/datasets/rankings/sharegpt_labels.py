"""Conversations with a label in ShareGPT's form, as LLaMA-Factory reads them for KTO."""

from __future__ import annotations

from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.formats.datasets.rankings.alpaca_labels import LABEL, LABEL_BASIS
from calculators.readers.training.formats.datasets.sharegpt import (
    SHAREGPT_BASIS,
    SHAREGPT_KEYS,
    SHAREGPT_MESSAGE_KEYS,
    SHAREGPT_ROLES,
    sharegpt_conversation,
)
from calculators.readers.training.lines import JsonObject, TrainingLine


def sharegpt_label(line: TrainingLine, example: JsonObject) -> JsonObject:
    """The turns as a chat; the label says whether the last answer is good."""
    if not isinstance(example.get(LABEL), bool):
        line.note("wrong_type", f"“{LABEL}”")
    return sharegpt_conversation(line, example)


FORMAT = TrainingChatFormat(
    label="ShareGPT with labels of LLaMA-Factory (KTO)",
    order=21,
    recognized_by=(frozenset({"conversations", LABEL}),),
    conversation=sharegpt_label,
    list_key="conversations",
    roles=SHAREGPT_ROLES,
    message_keys=SHAREGPT_MESSAGE_KEYS,
    example_keys=SHAREGPT_KEYS | {LABEL},
    unknown_key="other_key",
    takes_array=True,
    system_beside=True,
    paired=False,
    basis={**SHAREGPT_BASIS, "wrong_type": LABEL_BASIS},
)
