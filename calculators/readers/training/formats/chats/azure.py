"""OpenAI's chat format as Microsoft Foundry reads it."""

from __future__ import annotations

from calculators.readers.training.chat_format import LINKED_IMAGES, TrainingChatFormat
from calculators.readers.training.formats.chats.openai import (
    OPENAI_EXAMPLE_KEYS,
    OPENAI_MESSAGE_KEYS,
    OPENAI_PARTS,
    OPENAI_ROLES,
)
from calculators.readers.training.rules import Basis

FORMAT = TrainingChatFormat(
    label="Microsoft Foundry (Azure OpenAI), chat",
    order=4,
    recognized_by=(frozenset({"messages"}),),
    roles=OPENAI_ROLES,
    message_keys=OPENAI_MESSAGE_KEYS,
    example_keys=OPENAI_EXAMPLE_KEYS,
    unknown_key="other_key",
    parts=OPENAI_PARTS,
    image_addresses=LINKED_IMAGES,
    basis={
        "image_role": Basis("Microsoft: images belong in messages of the user", "azure-vision-tuning"),
        "image_form": Basis(
            "Microsoft: a public address, or JPEG, PNG or WEBP encoded within the line", "azure-vision-tuning"
        ),
        "last_not_assistant": Basis("Microsoft: the last message is the assistant's", "azure-vision-tuning"),
        "call_unanswered": Basis("Microsoft: a call and an answer in a row are refused", "foundry-tool-calls"),
        "unreadable": Basis("Microsoft: the file is UTF-8", "azure-tuning-data"),
    },
)
