"""What formats of preferences have in common: the two answers of a pair, compared."""

from __future__ import annotations

from collections.abc import Sequence

from calculators.readers.training.lines import JsonObject, TrainingLine, training_line_excerpt

_LONG = 20
"""Characters from which a prompt within an answer is no coincidence."""


def note_training_pair(
    line: TrainingLine, example: JsonObject, sides: tuple[str, str]
) -> tuple[list[JsonObject], list[JsonObject]]:
    """The messages of both answers, with what is wrong noted; a text counts as one message of the assistant."""
    read = []
    for side in sides:
        value = example.get(side)
        messages: list[object] = [{"role": "assistant", "content": value}] if isinstance(value, str) else []
        messages = value if isinstance(value, list) else messages
        whole = [message for message in messages if isinstance(message, dict)]
        if not whole:
            line.note("answers_missing", training_line_excerpt(side))
        elif len(whole) > 1:
            line.note("answers_several", training_line_excerpt(side))
        read.append(whole)
    preferred, other = read
    if preferred and preferred == other:
        line.note("answers_alike")
    return preferred, other


def shared_training_messages(preferred: Sequence[object], other: Sequence[object]) -> int:
    """How many messages two whole conversations begin with in common, before the last of each: their prompt."""
    shared = 0
    while shared < min(len(preferred), len(other)) - 1 and preferred[shared] == other[shared]:
        shared += 1
    return shared


def note_repeated_training_prompt(line: TrainingLine, prompt: list[JsonObject], answers: list[JsonObject]) -> None:
    """Notes an answer that begins with the text of the prompt."""
    asked = [message.get("content") for message in prompt]
    for message in answers:
        content = message.get("content")
        for text in asked:
            if isinstance(text, str) and isinstance(content, str) and len(text) >= _LONG and content.startswith(text):
                line.note("prompt_in_answer")
