"""Answers with a label in Alpaca's form, as LLaMA-Factory reads them for KTO."""

from __future__ import annotations

from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.formats.datasets.alpaca import (
    ALPACA_BASIS,
    ALPACA_PROMPT_KEYS,
    ALPACA_ROLES,
    alpaca_conversation,
)
from calculators.readers.training.lines import JsonObject, TrainingLine
from calculators.readers.training.rules import Basis

LABEL = "kto_tag"
LABEL_BASIS = Basis("LLaMA-Factory: `kto_tag` is true or false", "llamafactory-data")


def alpaca_label(line: TrainingLine, example: JsonObject) -> JsonObject:
    """The prompt and the answer as a chat; the label says whether the answer is good."""
    if not isinstance(example.get(LABEL), bool):
        line.note("wrong_type", f"“{LABEL}”")
    return alpaca_conversation(line, example)


FORMAT = TrainingChatFormat(
    label="Alpaca with labels of LLaMA-Factory (KTO)",
    order=19,
    recognized_by=(frozenset({"instruction", "output", LABEL}), frozenset({"instruction", "input", "output", LABEL})),
    conversation=alpaca_label,
    roles=ALPACA_ROLES,
    message_keys=frozenset({"role", "content"}),
    example_keys=ALPACA_PROMPT_KEYS | {"output", LABEL},
    unknown_key="other_key",
    takes_array=True,
    numbered=False,
    basis={**ALPACA_BASIS, "wrong_type": LABEL_BASIS},
)
