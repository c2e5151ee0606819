"""Records with an instruction or a prompt beside the answer: Alpaca, and prompt and completion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from calculators.readers.training.copies.dialects.chats import written_dialect_messages
from calculators.readers.training.copies.dialects.dialect import (
    ANSWERS,
    LEARNED,
    UNLEARNED,
    Chat,
    Dialect,
    Note,
    Unfit,
    dialect_objects_in,
    dialect_system_and_turns,
    dialect_text_of_message,
    has_dialect_answer,
    note_dialect_tools_and_refuse_calls,
    note_keys_lost_between_dialects,
    note_lost_dialect_tools,
    note_other_dialect_keys,
)
from calculators.readers.training.formats.datasets.completion import FORMAT as COMPLETION_FORMAT
from calculators.readers.training.lines import JsonObject

_PAIR = 2


ALPACA_KEYS = ("instruction", "input", "system", "history")


def _read_alpaca_dialect(example: JsonObject, note: Note) -> Chat:
    note_other_dialect_keys(example, (*ALPACA_KEYS, "output"), note)
    return Chat(
        messages=[*read_alpaca_dialect_prompt(example, note), {"role": "assistant", "content": example.get("output")}]
    )


def read_alpaca_dialect_prompt(example: JsonObject, note: Note) -> list[JsonObject]:
    """The system prompt, the history and the question as messages."""
    messages: list[JsonObject] = []
    if example.get("system"):
        messages.append({"role": "system", "content": example["system"]})
    history = example.get("history")
    for question, answer in history if isinstance(history, list) else ():
        messages += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    if example.get("instruction") and example.get("input"):
        note("Changed: instruction and input become one text")
    question = "\n\n".join(str(example[key]) for key in ("instruction", "input") if example.get(key))
    return [*messages, {"role": "user", "content": question}]


def _write_alpaca_dialect(chat: Chat, note: Note) -> list[JsonObject]:
    *prompt, answer = chat.messages
    answers = {"output": dialect_answer_text(answer, note)} if answer.get("role") == "assistant" else {}
    return [written_alpaca_dialect(replace(chat, messages=prompt), answers, note)]


def dialect_answer_text(answer: JsonObject, note: Note) -> str:
    """An answer as one text; a format of texts has no keys beside it."""
    if answer.get("tool_calls"):
        raise Unfit("it calls tools")
    note_keys_lost_between_dialects(answer, ("role", "content"), note)
    return dialect_text_of_message(answer, note)


def written_alpaca_dialect(chat: Chat, answers: Mapping[str, object], note: Note) -> JsonObject:
    """A prompt with its answers as a record.

    Raises:
        Unfit: it calls tools, or user and assistant do not take turns up to a last question.
    """
    note_dialect_tools_and_refuse_calls(chat, note)
    system, turns = dialect_system_and_turns(chat, note)
    roles = [message.get("role") for message in turns]
    if not answers or roles != [*["user", "assistant"] * (len(turns) // _PAIR), "user"]:
        raise Unfit("user and assistant do not take turns")
    texts = [dialect_text_of_message(message, note) for message in turns]
    for message in turns:
        note_keys_lost_between_dialects(message, ("role", "content"), note)
    *earlier, question = texts
    history = list(zip(earlier[::_PAIR], earlier[1::_PAIR], strict=True))
    example: JsonObject = {"instruction": question, "input": "", **answers}
    if system:
        example["system"] = "\n\n".join(dialect_text_of_message(message, note) for message in system)
    if history:
        example["history"] = [list(pair) for pair in history]
    return example


def dialect_messages_of(prompt: object, role: str = "user") -> list[JsonObject]:
    """A text as one message of a role, or messages as they are."""
    return [{"role": role, "content": prompt}] if isinstance(prompt, str) else dialect_objects_in(prompt)


def _read_completion_dialect(example: JsonObject, note: Note) -> Chat:
    note_other_dialect_keys(example, ("prompt", "completion"), note)
    prompt = dialect_messages_of(example.get("prompt"))
    if has_dialect_answer(prompt):
        note(LEARNED)
    return Chat(messages=[*prompt, *dialect_messages_of(example.get("completion"), "assistant")])


def _write_completion_dialect(chat: Chat, note: Note) -> list[JsonObject]:
    note_lost_dialect_tools(chat, note)
    messages = written_dialect_messages(chat.messages, COMPLETION_FORMAT, note)
    *prompt, answer = messages
    if has_dialect_answer(prompt):
        note(UNLEARNED)
    is_plain = [list(message) for message in messages] == [["role", "content"]] * _PAIR
    if is_plain and prompt[0]["role"] == "user" and all(isinstance(message["content"], str) for message in messages):
        return [{"prompt": prompt[0]["content"], "completion": answer["content"]}]
    return [{"prompt": prompt, "completion": [answer]}]


ALPACA = Dialect(purpose=ANSWERS, read=_read_alpaca_dialect, write=_write_alpaca_dialect)
COMPLETION = Dialect(purpose=ANSWERS, read=_read_completion_dialect, write=_write_completion_dialect)
