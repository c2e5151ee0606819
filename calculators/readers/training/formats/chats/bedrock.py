"""The format in which Amazon Bedrock fine-tunes Claude: the system prompt beside messages that take turns."""

from __future__ import annotations

from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.rules import Basis

FORMAT = TrainingChatFormat(
    label="Amazon Bedrock, Claude",
    order=2,
    recognized_by=(frozenset({"system", "messages"}), frozenset({"messages"})),
    roles=("user", "assistant"),
    message_keys=frozenset({"role", "content"}),
    example_keys=frozenset({"messages", "system"}),
    unknown_key="extra_key",
    turns=("user", "assistant"),
    system_beside=True,
    basis={
        "extra_key": Basis("Anthropic: no keys but `system` and `messages`", "anthropic-bedrock-data"),
        "order": Basis("Anthropic: the user begins, then user and assistant take turns", "anthropic-bedrock-data"),
        "last_not_assistant": Basis("Anthropic: the assistant ends", "anthropic-bedrock-data"),
        "unrecognized_role": Basis(
            "Anthropic: user and assistant; `system` is a key of its own", "anthropic-bedrock-data"
        ),
    },
)
