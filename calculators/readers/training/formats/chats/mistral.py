"""Mistral's format of messages: a call's id has nine characters."""

from __future__ import annotations

from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.formats.chats.openai import OPENAI_MESSAGE_KEYS
from calculators.readers.training.rules import Basis

FORMAT = TrainingChatFormat(
    label="Mistral, instruct",
    order=7,
    recognized_by=(frozenset({"messages"}),),
    roles=("system", "user", "assistant", "tool"),
    message_keys=OPENAI_MESSAGE_KEYS - {"function_call"},
    example_keys=frozenset({"messages", "tools"}),
    unknown_key="other_key",
    unknown_message_key="message_other_key",
    call_id="[a-zA-Z0-9]{9}",
    basis={
        rule: Basis(words, "mistral-finetune")
        for rule, words in {
            "call_id_form": "Mistral: an id of a call has 9 letters and digits",
            "tool_call": "Mistral: a result names the id of its call",
            "last_not_assistant": "Mistral: the last message is the assistant's",
            "weight_value": "Mistral: a weight is 0 or 1",
            "content_type": "Mistral: a content is one text",
        }.items()
    },
)
