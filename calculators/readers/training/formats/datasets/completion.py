"""Prompts with their completions, as older services and TRL read them."""

from __future__ import annotations

from calculators.readers.training.chat_format import TEXT_PARTS, USER_PARTS, TrainingChatFormat
from calculators.readers.training.formats.datasets.trl_preference import trl_prompt_messages
from calculators.readers.training.lines import JsonObject, TrainingLine
from calculators.readers.training.rules import Basis


def completion_conversation(line: TrainingLine, example: JsonObject) -> JsonObject:
    """The prompt as the user's message, and the completion as the answer."""
    answer = example.get("completion")
    messages = (
        [{"role": "assistant", "content": answer}] if isinstance(answer, str) else trl_prompt_messages(line, answer)
    )
    return {"messages": [*trl_prompt_messages(line, example.get("prompt")), *messages]}


FORMAT = TrainingChatFormat(
    label="Prompt and completion",
    order=12,
    recognized_by=(frozenset({"prompt", "completion"}),),
    conversation=completion_conversation,
    list_key="completion",
    roles=("system", "user", "assistant", "tool"),
    message_keys=frozenset({"role", "content", "name", "tool_calls", "tool_call_id"}),
    example_keys=frozenset({"prompt", "completion"}),
    unknown_key="other_key",
    unknown_message_key="message_other_key",
    takes_array=True,
    numbered=False,
    parts={"system": TEXT_PARTS, "user": USER_PARTS, "assistant": TEXT_PARTS},
    basis={
        "wrong_type": Basis("TRL: a prompt is a text or a list of messages", "trl-formats"),
        "missing_content": Basis("Amazon: a line has a prompt and a completion", "bedrock-text-data"),
    },
)
