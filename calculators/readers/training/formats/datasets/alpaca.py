"""Alpaca: an instruction with its input and output, and earlier turns where there are some."""

from __future__ import annotations

from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.lines import JsonObject, TrainingLine
from calculators.readers.training.rules import Basis

ALPACA_ROLES = ("system", "user", "assistant")
ALPACA_PROMPT_KEYS = frozenset({"instruction", "input", "system", "history"})
ALPACA_BASIS = {
    "wrong_type": Basis("LLaMA-Factory: texts, and a history of pairs", "llamafactory-data"),
    "answers_missing": Basis("LLaMA-Factory: `output` is the answer", "llamafactory-data"),
}


def alpaca_conversation(line: TrainingLine, example: JsonObject) -> JsonObject:
    """The prompt, and the output as the answer."""
    messages, answer = alpaca_prompt(line, example), example.get("output")
    if not isinstance(answer, str | None):
        line.note("wrong_type", "“output”")
    if "output" not in example:
        line.note("answers_missing", "“output”")
    messages.append({"role": "assistant", "content": answer if isinstance(answer, str) else ""})
    return {"messages": messages}


def alpaca_prompt(line: TrainingLine, example: JsonObject) -> list[JsonObject]:
    """The system prompt, the turns of the history, then instruction and input as the question."""
    for key in ("instruction", "input", "system"):
        if key in example and not isinstance(example[key], str | None):
            line.note("wrong_type", f"“{key}”")
    texts = {key: value for key, value in example.items() if isinstance(value, str)}
    messages: list[JsonObject] = []
    if texts.get("system"):
        messages.append({"role": "system", "content": texts["system"]})
    history = example.get("history") or []
    for turn in history if isinstance(history, list) else [None]:
        if not isinstance(turn, list) or [type(text) for text in turn] != [str, str]:
            line.note("wrong_type", "“history”")
            continue
        messages += [{"role": "user", "content": turn[0]}, {"role": "assistant", "content": turn[1]}]
    question = "\n\n".join(filter(None, (texts.get("instruction"), texts.get("input"))))
    messages.append({"role": "user", "content": question})
    return messages


FORMAT = TrainingChatFormat(
    label="Alpaca",
    order=14,
    recognized_by=(frozenset({"instruction", "output"}), frozenset({"instruction", "input", "output"})),
    conversation=alpaca_conversation,
    roles=ALPACA_ROLES,
    message_keys=frozenset({"role", "content"}),
    example_keys=ALPACA_PROMPT_KEYS | {"output"},
    unknown_key="other_key",
    takes_array=True,
    numbered=False,
    basis=ALPACA_BASIS,
)
