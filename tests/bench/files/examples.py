"""Training files to measure with: their texts are paragraphs of this project's pages, words as people write them."""

from __future__ import annotations

import json

from tests.conftest import ROOT
from tests.json_types import JsonObject

SHORTEST, LONGEST, REPEATED = 120, 2500, 3
TOOLS = 3


def training_files() -> dict[str, list[str]]:
    """Lines of chats, with a call in each, with the same tools in each besides, and with tools of their own."""
    pages = sorted((ROOT / "docs").glob("*/*.md"))
    parts = [part.strip() for page in pages for part in page.read_text("utf-8").split("\n\n")]
    parts = [part for part in parts if SHORTEST < len(part) < LONGEST]
    exchanges = [
        (question, f"{answer} {more}") for question, answer, more in zip(parts, parts[1:], parts[2:], strict=False)
    ] * REPEATED
    calls = [called(number, *exchange) for number, exchange in enumerate(exchanges)]
    shared = [tool(number, "Looks up a part of the catalogue") for number in range(TOOLS)]
    files = {
        "chats": [chat(*exchange) for exchange in exchanges],
        "calls": calls,
        "calls and tools": [{**call, "tools": shared} for call in calls],
        "calls and other tools": [
            {**call, "tools": [tool(TOOLS * line + number, question[:80]) for number in range(TOOLS)]}
            for line, (call, (question, _)) in enumerate(zip(calls, exchanges, strict=True))
        ],
    }
    return {name: list(map(json.dumps, examples)) for name, examples in files.items()}


def chat(question: str, answer: str) -> JsonObject:
    """A chat of three messages."""
    roles = (("system", "You answer the help desk."), ("user", question), ("assistant", answer))
    return {"messages": [{"role": role, "content": text} for role, text in roles]}


def called(number: int, question: str, answer: str) -> JsonObject:
    """A chat in which a tool is called before the answer."""
    asking, answering = {"role": "user", "content": question}, {"role": "assistant", "content": answer}
    function = {"name": "look_up_0", "arguments": json.dumps({"query": question[:40], "limit": 3})}
    call = {"id": f"call_{number}", "type": "function", "function": function}
    result = {"role": "tool", "tool_call_id": call["id"], "content": answer[:80]}
    return {"messages": [asking, {"role": "assistant", "tool_calls": [call]}, result, answering]}


def tool(number: int, description: str) -> JsonObject:
    """The definition of a tool with three parameters."""
    properties = {
        "query": {"type": "string", "description": description[:40]},
        "limit": {"type": "integer", "minimum": 1},
        "kind": {"type": "string", "enum": ["book", "film", "map"]},
    }
    parameters = {"type": "object", "properties": properties, "required": ["query"]}
    function = {"name": f"look_up_{number}", "description": description, "parameters": parameters}
    return {"type": "function", "function": function}


def counted_texts(line: str) -> list[str]:
    """The texts of a line whose tokens are counted."""
    example = json.loads(line)
    texts = [json.dumps(example["tools"], ensure_ascii=False, separators=(",", ":"))] if "tools" in example else []
    for message in example["messages"]:
        texts.append(message.get("content", ""))
        for call in message.get("tool_calls", ()):
            texts += call["function"]["name"], call["function"]["arguments"]
    return texts
