"""Compares the examples of a file by short digests, which need little memory."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2b
from itertools import compress

from calculators.readers.intake.id_table import (
    IdTable,
    Texts,
    id_digest_of_pair,
    id_digest_of_texts,
    id_digests_of_texts,
)
from calculators.readers.training.conversation.usual import PLAIN, is_usual_training_call
from calculators.readers.training.conversation.usual_chats import UsualTrainingChats
from calculators.readers.training.lines import JsonObject, Speech, TrainingLine
from calculators.readers.training.report import TrainingReport

_SEPARATOR = "\x1f"
_BETWEEN = f"{_SEPARATOR}{_SEPARATOR}"
_DIGEST_SIZE = 16
_NO_SYSTEM = ""
_ASSISTANT, _NOBODY = ("assistant",), ()
_SORTED = json.JSONEncoder(sort_keys=True)

_DUPLICATE, _CONFLICT = (("duplicate", "", 0),), (("conflict", "", 0),)


class EarlierTrainingExamples:
    """The examples so far, as digests of 64 bits: some 16 to 32 bytes an example."""

    def __init__(self) -> None:
        self._prompts, self._examples = IdTable(""), IdTable("")

    def note(self, line: TrainingLine, report: TrainingReport) -> bool:
        """Notes an example that was there before, and one that answers an earlier prompt in another way.

        Returns whether it was one of them.
        """
        prompt, answer = _repeated_training_texts(line)
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
        said = chats.said()
        asking = {order: order[:-1] if order[-1] == "assistant" else order for order in set(chats.orders)}
        for begin, order in zip(chats.bounds, chats.orders, strict=False):
            asked = asking[order]
            end = begin + len(asked)
            prompts.append((_NO_SYSTEM, asked, *said[begin:end]))
            answers.append((_ASSISTANT, said[end]) if len(asked) < len(order) else (_NOBODY,))
        digests = id_digests_of_texts(prompts)
        examples = list(map(id_digest_of_pair, digests, id_digests_of_texts(answers)))
        asked_before, answered_before = self._prompts.places_of(digests), self._examples.places_of(examples)
        if max(asked_before) < 0:
            return
        is_known = [place >= 0 for place in asked_before]
        problems = [_CONFLICT if place < 0 else _DUPLICATE for place in compress(answered_before, is_known)]
        report.note_lines(list(compress(chats.numbers, is_known)), problems)

    def has_prompt(self, line: TrainingLine) -> bool:
        """Whether an earlier example has the prompt of this one."""
        return self._prompts.holds(id_digest_of_texts(_repeated_training_texts(line)[0]))


def training_prompt_digest(line: TrainingLine) -> bytes:
    """A short stand-in for an example's prompt, the same in every run."""
    whole = _BETWEEN.join([line.system, *map(_SEPARATOR.join, _repeated_training_prompt_and_answer(line)[0])])
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_SIZE).digest()


def _repeated_training_texts(line: TrainingLine) -> tuple[Texts, Texts]:
    """The roles and texts of an example's prompt, its system first, and those of its answer."""
    prompt, answer = map(_roles_and_texts, _repeated_training_prompt_and_answer(line))
    return (line.system, *prompt), answer


def _roles_and_texts(speeches: Sequence[Speech]) -> Texts:
    """The roles of messages, and what each says: a text, or with its calls a group of texts."""
    roles = tuple([speech[0] for speech in speeches])
    return (roles, *[speech[1] if len(speech) == PLAIN else speech[1:] for speech in speeches])


def _repeated_training_prompt_and_answer(line: TrainingLine) -> tuple[list[Speech], list[Speech]]:
    """What the messages of an example's prompt say, all but a last answer, and those of that answer."""
    texts = [*line.speeches] if line.speeches else [*map(_repeated_training_message_texts, line.messages)]
    answer = [texts.pop()] if line.messages[-1].get("role") == "assistant" else []
    return texts, [*answer, *map(_repeated_training_message_texts, line.rejected)]


def _repeated_training_message_texts(message: JsonObject) -> Speech:
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
