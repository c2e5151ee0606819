"""The format in which Google tunes Gemini: contents of parts, from the user and the model."""

from __future__ import annotations

import json

from calculators.readers.training.chat_format import TEXT_PARTS, USER_PARTS, TrainingChatFormat
from calculators.readers.training.lines import JsonObject, TrainingLine, training_line_excerpt
from calculators.readers.training.rules import Basis

ROLES = {"user": "user", "model": "assistant", "function": "tool"}


def gemini_conversation(line: TrainingLine, example: JsonObject) -> JsonObject:
    """The example as a chat: the model is the assistant, and calls have the numbers of their messages as ids."""
    system = example.get("systemInstruction")
    texts = _gemini_chat_texts(system.get("parts")) if isinstance(system, dict) else []
    if system is not None and not texts:
        line.note("wrong_type", "“systemInstruction”")
    contents = example.get("contents")
    if not isinstance(contents, list):
        return {}
    messages: list[object] = []
    for position, content in enumerate(contents, 1):
        messages.append(_gemini_chat_message(line, position, content) if isinstance(content, dict) else content)
    return {"messages": messages, "system": "\n".join(texts), "tools": _gemini_chat_tools(example.get("tools"))}


def _gemini_chat_texts(parts: object) -> list[str]:
    found = [part.get("text") for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    return [text for text in found if isinstance(text, str)]


def _gemini_chat_tools(tools: object) -> list[object]:
    """Google's declarations as a list of functions; their schemas write types in capitals, so they go without."""
    declared: list[object] = []
    for tool in tools if isinstance(tools, list) else []:
        functions = tool.get("functionDeclarations") if isinstance(tool, dict) else None
        for function in functions if isinstance(functions, list) else []:
            name = function.get("name") if isinstance(function, dict) else None
            text = json.dumps(function, ensure_ascii=False)
            declared.append({"type": "function", "function": {"name": name, "description": text}})
    return declared


def _gemini_chat_message(line: TrainingLine, position: int, content: JsonObject) -> JsonObject:
    written = content.get("role", "user")
    role = written if isinstance(written, str) and written in ROLES else "user"
    if role != written:
        line.note("unrecognized_role", training_line_excerpt(written), position)
    parts = content.get("parts")
    if not isinstance(parts, list) or not parts:
        line.note("message_missing_key", "“parts”", position)
        return {"role": ROLES[role], "content": "\n"}
    read: list[object] = []
    calls: list[JsonObject] = []
    for part in parts:
        part = part if isinstance(part, dict) else {}
        call = part.get("functionCall")
        if isinstance(part.get("text"), str):
            read.append({"type": "text", "text": part["text"]})
        elif isinstance(call, dict):
            arguments = json.dumps(call.get("args", {}), ensure_ascii=False)
            calls.append({"name": call.get("name"), "arguments": arguments})
        elif "functionResponse" in part:
            read.append({"type": "text", "text": json.dumps(part["functionResponse"], ensure_ascii=False)})
        elif "fileData" in part or "inlineData" in part:
            read.append({"type": "image_url"})
        else:
            line.note("part_type", "“parts”", position)
    message: JsonObject = {"role": "user" if role == "function" else ROLES[role]}
    if read or not calls:
        message["content"] = read or "\n"
    if calls:
        message["tool_calls"] = [
            {"id": f"{position}.{number}", "type": "function", "function": call} for number, call in enumerate(calls)
        ]
    return message


FORMAT = TrainingChatFormat(
    label="Google, Gemini",
    order=8,
    recognized_by=(frozenset({"contents"}),),
    conversation=gemini_conversation,
    list_key="contents",
    roles=("user", "assistant"),
    message_keys=frozenset({"role", "content", "tool_calls"}),
    example_keys=frozenset({"contents", "systemInstruction", "tools", "toolConfig", "references"}),
    unknown_key="other_key",
    system_beside=True,
    paired=False,
    parts={"user": USER_PARTS, "assistant": TEXT_PARTS},
    basis={
        "unrecognized_role": Basis("Google: a role is user or model", "google-tuning-data"),
        "message_missing_key": Basis("Google: a content has parts", "google-tuning-data"),
        "missing_messages_list": Basis("Google: a line has contents", "google-tuning-data"),
        "part_type": Basis("Google: a part is a text, a file or a call", "google-tuning-data"),
        "last_not_assistant": Basis("Google: a line ends with the model's answer", "google-tuning-data"),
    },
)
