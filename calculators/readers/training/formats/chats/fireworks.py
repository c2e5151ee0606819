"""The chat format of Fireworks, which takes reasoning beside an answer."""

from __future__ import annotations

from calculators.readers.training.chat_format import ENCODED_IMAGES, TEXT_PARTS, USER_PARTS, TrainingChatFormat
from calculators.readers.training.formats.chats.openai import OPENAI_EXAMPLE_KEYS, OPENAI_MESSAGE_KEYS
from calculators.readers.training.rules import Basis

FORMAT = TrainingChatFormat(
    label="Fireworks, chat",
    order=6,
    recognized_by=(frozenset({"messages"}),),
    roles=("system", "user", "assistant", "tool"),
    message_keys=OPENAI_MESSAGE_KEYS,
    example_keys=OPENAI_EXAMPLE_KEYS,
    unknown_key="other_key",
    unknown_message_key="message_other_key",
    parts={"system": TEXT_PARTS, "user": USER_PARTS, "assistant": TEXT_PARTS},
    image_addresses=ENCODED_IMAGES,
    reasoning_keys=frozenset({"reasoning_content"}),
    basis={
        "unrecognized_role": Basis("Fireworks: system, user and assistant, and tool for results", "fireworks-sft-data"),
        "image_form": Basis("Fireworks: images are encoded within the line, as PNG or JPEG", "fireworks-vision-data"),
        "missing_messages_list": Basis("Fireworks: each line has a list of messages", "fireworks-sft-data"),
        "reasoning": Basis("Fireworks: `reasoning_content` for models that reason", "fireworks-sft-data"),
        "weight_value": Basis("Fireworks: a weight of 0 leaves a message out", "fireworks-sft-data"),
    },
)
