"""Pairs in Alpaca's form, as LLaMA-Factory reads them: an instruction with a chosen and a rejected answer."""

from __future__ import annotations

from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.formats.datasets.alpaca import (
    ALPACA_BASIS,
    ALPACA_PROMPT_KEYS,
    ALPACA_ROLES,
    alpaca_prompt,
)
from calculators.readers.training.lines import JsonObject, TrainingLine
from calculators.readers.training.pairs import note_training_pair
from calculators.readers.training.rules import Basis

SIDES = ("chosen", "rejected")


def alpaca_pair(line: TrainingLine, example: JsonObject) -> JsonObject:
    """The prompt and the chosen answer as a chat; the rejected answer goes into the line."""
    texts: JsonObject = {side: answer for side, answer in example.items() if side in SIDES and isinstance(answer, str)}
    preferred, line.rejected = note_training_pair(line, texts, SIDES)
    return {"messages": [*alpaca_prompt(line, example), *preferred]}


FORMAT = TrainingChatFormat(
    label="Alpaca, pairs of LLaMA-Factory",
    order=18,
    recognized_by=(frozenset({"instruction", *SIDES}), frozenset({"instruction", "input", *SIDES})),
    conversation=alpaca_pair,
    roles=ALPACA_ROLES,
    message_keys=frozenset({"role", "content"}),
    example_keys=ALPACA_PROMPT_KEYS | {*SIDES},
    unknown_key="other_key",
    takes_array=True,
    numbered=False,
    basis={**ALPACA_BASIS, "answers_missing": Basis("LLaMA-Factory: `chosen` and `rejected`", "llamafactory-data")},
)
