"""Compares the examples of a file by short digests, which need little memory."""

from __future__ import annotations

import json
from hashlib import blake2b

from calculators.readers.intake.id_table import (
    IdTable,
    Texts,
    id_digest_of_pair,
    id_digest_of_texts,
    id_digests_of_texts,
)
from calculators.readers.training.conversation.usual import is_usual_training_call
from calculators.readers.training.conversation.usual_chats import UsualTrainingChats
from calculators.readers.training.lines import JsonObject, TrainingLine
from calculators.readers.training.report import TrainingReport

_SEPARATOR = "\x1f"
_BETWEEN = f"{_SEPARATOR}{_SEPARATOR}"
_DIGEST_SIZE = 16
_NO_SYSTEM = ("",)
_SORTED = json.JSONEncoder(sort_keys=True)


class EarlierTrainingExamples:
    """The examples so far, as digests of 64 bits: some 16 to 32 bytes an example."""

    def __init__(self) -> None:
        self._prompts, self._examples = IdTable(""), IdTable("")

    def note(self, line: TrainingLine, report: TrainingReport) -> bool:
        """Notes an example that was there before, and one that answers an earlier prompt in another way.

        Returns whether it was one of them.
        """
        prompt, answer = _repeated_training_prompt_and_answer(line)
        digest = id_digest_of_texts(prompt)
        is_new = self._prompts.place_of_digest(digest) < 0
        is_other = self._examples.place_of_digest(id_digest_of_pair(digest, id_digest_of_texts(answer))) < 0
        if not is_new:
            report.note("conflict" if is_other else "duplicate", line.number)
        return not is_new

    def note_chats(self, chats: UsualTrainingChats, report: TrainingReport) -> None:
        """Notes the same of usual conversations."""
        prompts: list[Texts] = []
        answers: list[Texts] = []
        speeches = chats.speeches
        for (begin, end), roles in zip(chats.spans, chats.orders, strict=True):
            asked = end - 1 if roles[-1] == "assistant" else end
            prompts.append((_NO_SYSTEM, *speeches[begin:asked]))
            answers.append((speeches[asked],) if asked < end else ())
        digests = id_digests_of_texts(prompts)
        examples = list(map(id_digest_of_pair, digests, id_digests_of_texts(answers)))
        asked_before, answered_before = self._prompts.places_of(digests), self._examples.places_of(examples)
        if max(asked_before) < 0:
            return
        for prompt, example, number in zip(asked_before, answered_before, chats.numbers, strict=True):
            if prompt >= 0:
                report.note("conflict" if example < 0 else "duplicate", number)

    def has_prompt(self, line: TrainingLine) -> bool:
        """Whether an earlier example has the prompt of this one."""
        return self._prompts.holds(id_digest_of_texts(_repeated_training_prompt_and_answer(line)[0]))


def training_prompt_digest(line: TrainingLine) -> bytes:
    """A short stand-in for an example's prompt, the same in every run."""
    whole = _BETWEEN.join(map(_SEPARATOR.join, _repeated_training_prompt_and_answer(line)[0]))
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_SIZE).digest()


def _repeated_training_prompt_and_answer(line: TrainingLine) -> tuple[Texts, Texts]:
    """The texts of an example's prompt, all but a last answer, and those of that answer, by message."""
    texts = [*line.speeches] if line.speeches else [*map(_repeated_training_message_texts, line.messages)]
    answer = (texts.pop(),) if line.messages[-1].get("role") == "assistant" else ()
    if line.rejected:
        answer = (*answer, *map(_repeated_training_message_texts, line.rejected))
    return ((line.system,), *texts), answer


def _repeated_training_message_texts(message: JsonObject) -> tuple[str, ...]:
    if "tool_calls" not in message and "function_call" not in message:
        return f"{message.get('role')}", _repeated_training_canonical(message.get("content"))
    role, content = f"{message.get('role')}", _repeated_training_canonical(message.get("content") or "")
    calls = message.get("tool_calls")
    if isinstance(calls, list) and "function_call" not in message and all(map(is_usual_training_call, calls)):
        return role, content, *_repeated_training_calls(calls)
    parts = [_repeated_training_canonical(message[key]) for key in ("tool_calls", "function_call") if message.get(key)]
    return role, content, *parts


def _repeated_training_calls(calls: object) -> list[str]:
    """The texts of whole calls, one after another, which takes a tenth of the time of their JSON."""
    texts: list[str] = []
    for call in calls:  # type: ignore[attr-defined]  # calls that are whole
        function = call["function"]
        texts += call["id"], function["name"], function["arguments"]
    return texts


def _repeated_training_canonical(content: object) -> str:
    """The text of a content, the same for objects whose keys come in another order."""
    return content if isinstance(content, str) else _SORTED.encode(content)
