"""The chat format of Together: roles take turns, and reasoning may stand beside an answer."""

from __future__ import annotations

from calculators.readers.training.chat_format import ENCODED_AND_WEBP, TEXT_PARTS, USER_PARTS, TrainingChatFormat
from calculators.readers.training.conversation.messages import REASONING_KEYS
from calculators.readers.training.formats.chats.openai import OPENAI_EXAMPLE_KEYS, OPENAI_MESSAGE_KEYS
from calculators.readers.training.rules import Basis

FORMAT = TrainingChatFormat(
    label="Together, chat",
    order=5,
    recognized_by=(frozenset({"messages"}),),
    roles=("system", "user", "assistant", "tool"),
    message_keys=OPENAI_MESSAGE_KEYS,
    example_keys=OPENAI_EXAMPLE_KEYS,
    unknown_key="other_key",
    unknown_message_key="message_other_key",
    alternates=True,
    parts={"system": TEXT_PARTS, "user": USER_PARTS, "assistant": TEXT_PARTS},
    image_addresses=ENCODED_AND_WEBP,
    reasoning_keys=REASONING_KEYS,
    basis={
        "order": Basis("Together: user and assistant take turns", "together-tuning-data"),
        "other_format": Basis("Together: a file has one format", "together-tuning-data"),
        "image_role": Basis("Together: only messages of the user may hold images", "together-vision-tuning"),
        "image_form": Basis(
            "Together: images are encoded within the line, as PNG, JPEG or WEBP", "together-vision-tuning"
        ),
        "reasoning": Basis(
            "Together: reasoning comes with the answers of reasoning models", "together-reasoning-tuning"
        ),
    },
)
