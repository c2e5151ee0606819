"""OpenAI's pairs of a preferred and another answer (DPO), which Azure, Together and Fireworks read as well."""

from __future__ import annotations

from calculators.readers.training.chat_format import TEXT_PARTS, TrainingChatFormat
from calculators.readers.training.conversation.messages import REASONING_KEYS
from calculators.readers.training.formats.chats.openai import OPENAI_MESSAGE_KEYS, OPENAI_ROLES
from calculators.readers.training.lines import JsonObject, TrainingLine
from calculators.readers.training.pairs import note_training_pair
from calculators.readers.training.rules import Basis

SIDES = ("preferred_output", "non_preferred_output")


def preference_conversation(line: TrainingLine, example: JsonObject) -> JsonObject | None:
    """The prompt and the preferred answer as a chat; the other answer goes into the line."""
    prompt = example.get("input")
    if not isinstance(prompt, dict):
        line.note("wrong_type", "“input”")
        return None
    messages = prompt.get("messages")
    if not isinstance(messages, list) or not messages:
        return prompt
    if isinstance(messages[-1], dict) and messages[-1].get("role") == "assistant":
        line.note("last_is_answer", message=len(messages))
    preferred, other = note_training_pair(line, example, SIDES)
    line.rejected = other
    return {**prompt, "messages": [*messages, *preferred]}


FORMAT = TrainingChatFormat(
    label="Preference pairs (DPO) of providers",
    order=9,
    recognized_by=(frozenset({"input", *SIDES}), frozenset(SIDES), *(frozenset({side}) for side in SIDES)),
    conversation=preference_conversation,
    roles=OPENAI_ROLES,
    message_keys=OPENAI_MESSAGE_KEYS,
    example_keys=frozenset({"input", *SIDES}),
    unknown_key="other_key",
    parts={role: TEXT_PARTS for role in ("system", "developer", "user", "assistant")},
    reasoning_keys=REASONING_KEYS,
    basis={
        "answers_several": Basis("OpenAI: each answer is one message", "openai-dpo"),
        "answers_missing": Basis("OpenAI: a preferred and a non-preferred output", "openai-dpo"),
        "wrong_type": Basis("OpenAI: `input` holds the messages", "openai-dpo"),
        "image_role": Basis("OpenAI: pairs are text alone", "openai-dpo"),
        "part_type": Basis("OpenAI: pairs are text alone", "openai-dpo"),
        "last_is_answer": Basis("OpenAI: the prompt ends where the answer begins", "openai-dpo"),
    },
)
