"""Answers with a label, good or bad, as TRL reads them (KTO)."""

from __future__ import annotations

from calculators.readers.training.chat_format import TEXT_PARTS, USER_PARTS, TrainingChatFormat
from calculators.readers.training.formats.datasets.trl_preference import trl_prompt_messages
from calculators.readers.training.lines import JsonObject, TrainingLine
from calculators.readers.training.rules import Basis


def kto_conversation(line: TrainingLine, example: JsonObject) -> JsonObject:
    """The prompt and the answer as a chat; the label says whether the answer is good."""
    if not isinstance(example.get("label"), bool):
        line.note("wrong_type", "“label”")
    answer = example.get("completion")
    messages = (
        [{"role": "assistant", "content": answer}] if isinstance(answer, str) else trl_prompt_messages(line, answer)
    )
    return {"messages": [*trl_prompt_messages(line, example.get("prompt")), *messages]}


FORMAT = TrainingChatFormat(
    label="Answers with a label of TRL (KTO)",
    order=11,
    recognized_by=(frozenset({"prompt", "completion", "label"}),),
    conversation=kto_conversation,
    list_key="completion",
    roles=("system", "user", "assistant", "tool"),
    message_keys=frozenset({"role", "content", "name", "tool_calls", "tool_call_id"}),
    example_keys=frozenset({"prompt", "completion", "label"}),
    unknown_key="other_key",
    unknown_message_key="message_other_key",
    takes_array=True,
    parts={"system": TEXT_PARTS, "user": USER_PARTS, "assistant": TEXT_PARTS},
    basis={"wrong_type": Basis("TRL: `label` is true or false", "trl-formats")},
)
