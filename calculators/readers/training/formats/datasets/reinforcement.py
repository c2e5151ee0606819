"""Prompts for reinforcement fine-tuning: the model writes the answer, and a grader reads the further keys."""

from __future__ import annotations

from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.formats.chats.openai import (
    OPENAI_BASIS,
    OPENAI_EXAMPLE_KEYS,
    OPENAI_MESSAGE_KEYS,
    OPENAI_PARTS,
    OPENAI_ROLES,
)
from calculators.readers.training.lines import JsonObject, TrainingLine
from calculators.readers.training.rules import Basis


def reinforcement_fit(example: JsonObject) -> int:
    """Messages that do not end with an answer, with further keys that chats lack; a reference answer is surer.

    Other messages fit no better than a chat does.
    """
    messages = example.get("messages")
    if not isinstance(messages, list) or not messages or not isinstance(messages[-1], dict):
        return 0
    if messages[-1].get("role") not in ("user", "tool"):
        return 1
    further = example.keys() - OPENAI_EXAMPLE_KEYS - {"system", "schemaVersion"}
    return 2 + ("reference_answer" in example) if further else 1


def reinforcement_conversation(line: TrainingLine, example: JsonObject) -> JsonObject:
    """The prompt as a chat without an answer."""
    if not example.keys() - OPENAI_EXAMPLE_KEYS:
        line.note("grader_keys")
    return example


FORMAT = TrainingChatFormat(
    label="Reinforcement items of providers",
    order=13,
    fit=reinforcement_fit,
    conversation=reinforcement_conversation,
    roles=OPENAI_ROLES,
    message_keys=OPENAI_MESSAGE_KEYS,
    example_keys=OPENAI_EXAMPLE_KEYS,
    unknown_key="",
    parts=OPENAI_PARTS,
    ends_with_answer=False,
    basis={
        **{rule: basis for rule, basis in OPENAI_BASIS.items() if rule != "last_not_assistant"},
        "last_is_answer": Basis("OpenAI: the model writes the answer that is graded", "openai-rft"),
        "grader_keys": Basis("OpenAI: graders read further keys as item", "openai-rft"),
    },
)
