"""Pairs of a chosen and a rejected answer, as TRL reads them; the prompt may be within both."""

from __future__ import annotations

from calculators.readers.training.chat_format import TEXT_PARTS, USER_PARTS, TrainingChatFormat
from calculators.readers.training.lines import JsonObject, TrainingLine
from calculators.readers.training.pairs import (
    note_repeated_training_prompt,
    note_training_pair,
    shared_training_messages,
)
from calculators.readers.training.rules import Basis

SIDES = ("chosen", "rejected")


def trl_prompt_messages(line: TrainingLine, prompt: object) -> list[JsonObject]:
    """A prompt as messages: a text is one of the user."""
    if isinstance(prompt, str):
        return [{"role": "user", "content": prompt}]
    if isinstance(prompt, list):
        return [message for message in prompt if isinstance(message, dict)]
    if prompt is not None:
        line.note("wrong_type", "“prompt”")
    return []


def trl_preference_conversation(line: TrainingLine, example: JsonObject) -> JsonObject:
    """The prompt and the chosen answer as a chat; the rejected answer goes into the line."""
    prompt = trl_prompt_messages(line, example.get("prompt"))
    implicit: JsonObject = dict(example)
    if not prompt:
        chosen, rejected = example.get("chosen"), example.get("rejected")
        if isinstance(chosen, list) and isinstance(rejected, list):
            shared = shared_training_messages(chosen, rejected)
            prompt = trl_prompt_messages(line, chosen[:shared])
            implicit = {"chosen": chosen[shared:], "rejected": rejected[shared:]}
    preferred, line.rejected = note_training_pair(line, implicit, SIDES)
    note_repeated_training_prompt(line, prompt, [*preferred, *line.rejected])
    return {"messages": [*prompt, *preferred], "tools": example.get("tools")}


FORMAT = TrainingChatFormat(
    label="Preference pairs of TRL (DPO)",
    order=10,
    recognized_by=(
        frozenset(SIDES),
        frozenset({"prompt", *SIDES}),
        *(frozenset({"prompt", side}) for side in SIDES),
    ),
    conversation=trl_preference_conversation,
    list_key="chosen",
    roles=("system", "user", "assistant", "tool"),
    message_keys=frozenset({"role", "content", "name", "tool_calls", "tool_call_id"}),
    example_keys=frozenset({"prompt", "tools", *SIDES}),
    unknown_key="other_key",
    unknown_message_key="message_other_key",
    takes_array=True,
    parts={"system": TEXT_PARTS, "user": USER_PARTS, "assistant": TEXT_PARTS},
    basis={
        "answers_missing": Basis("TRL: a preference has `chosen` and `rejected`", "trl-formats"),
        "wrong_type": Basis("TRL: a prompt is a text or a list of messages", "trl-formats"),
    },
)
