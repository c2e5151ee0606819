"""OpenAI's chat format with tools and images, which many services read."""

from __future__ import annotations

from calculators.readers.training.chat_format import LINKED_IMAGES, TEXT_PARTS, USER_PARTS, TrainingChatFormat
from calculators.readers.training.conversation.messages import REFUSAL
from calculators.readers.training.rules import Basis

OPENAI_ROLES = ("system", "developer", "user", "assistant", "tool", "function")
OPENAI_MESSAGE_KEYS = frozenset({"role", "content", "name", "weight", "tool_calls", "tool_call_id", "function_call"})
OPENAI_EXAMPLE_KEYS = frozenset({"messages", "tools", "parallel_tool_calls", "functions"})
OPENAI_PARTS = {
    "system": TEXT_PARTS,
    "developer": TEXT_PARTS,
    "user": USER_PARTS,
    "assistant": TEXT_PARTS,
}
"""The parts by role. The result of a tool is one text: the training refuses parts there, which requests may have."""

_IMAGES = Basis("OpenAI: only messages of the user may hold images", "openai-vision-tuning")
_CALLS = Basis("OpenAI: tool messages follow the call and answer each of its ids", "openai-tool-sequence")
_EXAMPLE = Basis("OpenAI: each line is a chat with an answer to learn", "openai-fine-tuning")
_KEYS = Basis("OpenAI's notebook: only the keys of a chat message", "openai-chat-data")

OPENAI_BASIS = {
    "image_role": _IMAGES,
    "image_form": Basis("OpenAI: a web address, or JPEG, PNG or WEBP encoded within the line", "openai-vision-tuning"),
    "call_role": Basis("OpenAI: only the assistant calls, only tools answer an id", "openai-chat-reference"),
    "content_type": Basis("OpenAI: in its examples, the result of a tool is one text", "openai-fine-tuning"),
    "part_type": _IMAGES,
    "call_unanswered": _CALLS,
    "result_without_call": _CALLS,
    "tool_call": Basis("OpenAI: a call has an id, the type, a name and arguments", "openai-chat-reference"),
    "arguments_json": Basis("OpenAI: arguments are a JSON object written as a text", "openai-chat-reference"),
    "arguments_twice": Basis("OpenAI: arguments are a JSON object written as a text", "openai-chat-reference"),
    "tools_list": Basis("OpenAI: `tools` is a list, one object for each function", "openai-chat-reference"),
    "tool_definition": Basis("OpenAI: a tool has the type and its function with a name", "openai-chat-reference"),
    "tool_schema": Basis("OpenAI: parameters are a JSON Schema object", "openai-chat-reference"),
    "name_characters": Basis("OpenAI: letters, digits, _ and -, up to 64", "openai-chat-reference"),
    "null_key": Basis("OpenAI: these keys are left out where they are empty", "openai-chat-reference"),
    "parallel_value": Basis("OpenAI: true or false", "openai-chat-reference"),
    "message_unrecognized_key": _KEYS,
    "reasoning_refused": _KEYS,
    "unrecognized_role": _KEYS,
    "message_missing_key": _KEYS,
    "missing_content": _KEYS,
    "data_type": _KEYS,
    "missing_messages_list": _KEYS,
    "example_missing_assistant_message": _EXAMPLE,
    "last_not_assistant": _EXAMPLE,
    "weight_value": Basis("OpenAI: a weight is 0 or 1, on answers", "openai-fine-tuning"),
    "weight_role": Basis("OpenAI: a weight is 0 or 1, on answers", "openai-fine-tuning"),
}

FORMAT = TrainingChatFormat(
    label="OpenAI chat, which many services read",
    order=1,
    recognized_by=(frozenset({"messages"}),),
    roles=OPENAI_ROLES,
    message_keys=OPENAI_MESSAGE_KEYS | {REFUSAL},
    example_keys=OPENAI_EXAMPLE_KEYS,
    unknown_key="other_key",
    parts=OPENAI_PARTS | {"assistant": TEXT_PARTS | {REFUSAL}},
    image_addresses=LINKED_IMAGES,
    basis=OPENAI_BASIS,
)
