"""A copy of a training file in another format, with what gets lost on the way.

Only examples without an error are converted, and only where the other format takes the result. All others are left out
and listed, as an example that means something else would teach it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from calculators.engine.long_text import AnyText, long_text_without_byte_order_mark
from calculators.readers.training.conversation.judging import judge_training_line
from calculators.readers.training.copies.changes import CopiedLines, TrainingCopy, TrainingCopyChanges, without_copies
from calculators.readers.training.copies.dialects.bedrock import CLAUDE, NOVA
from calculators.readers.training.copies.dialects.chats import chat_dialect
from calculators.readers.training.copies.dialects.dialect import (
    ANSWERS,
    ITEMS,
    LABELS,
    LEARNED,
    PAIRS,
    Chat,
    Dialect,
    Note,
    Unfit,
    has_dialect_answer,
)
from calculators.readers.training.copies.dialects.gemini import GEMINI
from calculators.readers.training.copies.dialects.llamafactory import LLAMAFACTORY, LLAMAFACTORY_PAIRS
from calculators.readers.training.copies.dialects.pairs import KTO, PREFERENCE, TRL_PREFERENCE
from calculators.readers.training.copies.dialects.rankings import (
    ALPACA_LABELS,
    ALPACA_PAIRS,
    SHAREGPT_LABELS,
    SHAREGPT_PAIRS,
)
from calculators.readers.training.copies.dialects.records import ALPACA, COMPLETION, dialect_answer_text
from calculators.readers.training.copies.dialects.reinforcement import REINFORCEMENT
from calculators.readers.training.copies.dialects.sharegpt import SHAREGPT
from calculators.readers.training.copies.exact_json import training_exact_json_object, training_exact_json_text
from calculators.readers.training.copies.mending import ARGUMENTS_DECODED, training_example_with_arguments_decoded
from calculators.readers.training.described import DescribedTrainingColumns
from calculators.readers.training.files.arrays import is_packed_training_array, split_training_text
from calculators.readers.training.lines import TrainingLine
from calculators.readers.training.recognizing import TRAINING_FORMATS
from calculators.readers.training.rules import ERROR, RULES

CONVERTED = "converted"
"""The name of the file."""

DIALECTS: dict[str, Dialect] = {
    **{name: chat_dialect(TRAINING_FORMATS[name]) for name in ("openai", "azure", "together", "fireworks", "mistral")},
    "bedrock": CLAUDE,
    "nova": NOVA,
    "gemini": GEMINI,
    "preference": PREFERENCE,
    "trl_preference": TRL_PREFERENCE,
    "kto": KTO,
    "completion": COMPLETION,
    "alpaca": ALPACA,
    "sharegpt": SHAREGPT,
    "llamafactory": LLAMAFACTORY,
    "llamafactory_pairs": LLAMAFACTORY_PAIRS,
    "alpaca_pairs": ALPACA_PAIRS,
    "alpaca_labels": ALPACA_LABELS,
    "sharegpt_pairs": SHAREGPT_PAIRS,
    "sharegpt_labels": SHAREGPT_LABELS,
    "reinforcement": REINFORCEMENT,
}
"""The formats that can be converted."""


def _training_answer_of_pair(chat: Chat, note: Note) -> Chat:
    note("Lost: the other answer of a pair")
    if has_dialect_answer(chat.messages):
        note(LEARNED)
    return replace(chat, messages=[*chat.messages, *chat.preferred], preferred=[], rejected=[])


def _training_answer_of_label(chat: Chat, note: Note) -> Chat:
    if not chat.is_good:
        raise Unfit("its answer is a bad one, which is not to be learned")
    note("Lost: the label of the answer")
    if has_dialect_answer(chat.messages[:-1]):
        note(LEARNED)
    return chat


def _training_item_of_answer(chat: Chat, note: Note) -> Chat:
    *prompt, answer = chat.messages
    if answer.get("role") != "assistant":
        raise Unfit("it does not end with an answer")
    text = dialect_answer_text(answer, note)
    note("Changed: the answer becomes the reference answer of a grader, and is not learned word for word")
    return replace(chat, messages=prompt, reference=text)


def _training_answer_of_item(chat: Chat, note: Note) -> Chat:
    if not isinstance(chat.reference, str) or not chat.reference.strip():
        raise Unfit("it has no reference answer that is a text")
    note("Changed: the reference answer becomes the answer that is learned")
    if has_dialect_answer(chat.messages):
        note(LEARNED)
    return replace(chat, messages=[*chat.messages, {"role": "assistant", "content": chat.reference}], reference=None)


def _unchanged_training_chat(chat: Chat, note: Note) -> Chat:
    return chat


_WAYS: dict[tuple[str, str], Callable[[Chat, Note], Chat]] = {
    **{(purpose, purpose): _unchanged_training_chat for purpose in (ANSWERS, PAIRS, LABELS)},
    (PAIRS, LABELS): _unchanged_training_chat,
    (PAIRS, ANSWERS): _training_answer_of_pair,
    (LABELS, ANSWERS): _training_answer_of_label,
    (ANSWERS, ITEMS): _training_item_of_answer,
    (PAIRS, ITEMS): lambda chat, note: _training_item_of_answer(_training_answer_of_pair(chat, note), note),
    (LABELS, ITEMS): lambda chat, note: _training_item_of_answer(_training_answer_of_label(chat, note), note),
    (ITEMS, ANSWERS): _training_answer_of_item,
}
"""From what is learned from to what else that can become."""


def convertible_training_file(source: str, target: str) -> bool:
    """Whether a file of one format can become one of another."""
    if source == target or source not in DIALECTS or target not in DIALECTS:
        return False
    return (DIALECTS[source].purpose, DIALECTS[target].purpose) in _WAYS


def _inconvertible_training_reason(source: str, target: str) -> str:
    """What the other format wants that this one does not have."""
    wanted = DIALECTS[target].purpose if source in DIALECTS and target in DIALECTS else ""
    return {
        PAIRS: " A pair needs a worse answer beside the better one.",
        LABELS: " A label needs somebody's judgment of an answer.",
    }.get(wanted, "")


def converted_training_copy(
    text: AnyText, source: str, target: str, described: DescribedTrainingColumns | None = None
) -> TrainingCopy:
    """The examples of a file in another format; nothing where there is no way from one to the other.

    A file of `described` columns can become one of the same format with the usual names.
    """
    labels = [TRAINING_FORMATS[name].label if name in TRAINING_FORMATS else "" for name in (source, target)]
    if not target:
        return without_copies("Pick the other format under “Convert to”, then ask again.")
    if source == target and not described:
        return without_copies(f"The file has this format: {labels[0]}.")
    if source != target and not convertible_training_file(source, target):
        return without_copies(
            f"There is no way from {labels[0] or 'a format that is not known'} to {labels[1]} that keeps the meaning."
            f"{_inconvertible_training_reason(source, target)}"
        )

    def write(changes: TrainingCopyChanges) -> CopiedLines:
        examples = converted = 0
        format = TRAINING_FORMATS[source]
        for number, line in split_training_text(
            long_text_without_byte_order_mark(text), takes_spread=format.takes_array
        ):
            if not line.strip():
                continue
            examples += 1
            try:
                lines, notes = converted_training_line(number, line, source, target, described)
            except Unfit as unfit:
                changes.note(f"Not converted: {unfit}", number)
                continue
            converted += 1
            for note in notes:
                changes.note(note, number)
            for written in lines:
                yield CONVERTED, written
        words = f"Converted from “{labels[0]}” to “{labels[1]}”: {converted:,} of {examples:,} examples."
        lossless = " Nothing gets lost." if converted == examples and not changes.lines else ""
        return words + lossless

    return TrainingCopy(write, is_packed=is_packed_training_array(long_text_without_byte_order_mark(text)))


def converted_training_line(
    number: int, text: str, source: str, target: str, described: DescribedTrainingColumns | None = None
) -> tuple[list[str], list[str]]:
    """The lines that an example becomes, and the changes.

    Raises:
        Unfit: it has an error, or the other format has no place for it.
    """
    if error := _converted_training_error(
        judge_training_line(number, text, described.format() if described else TRAINING_FORMATS[source])
    ):
        raise Unfit(f"it has an error to be fixed first ({error})")
    example = training_exact_json_object(text)
    if example is None:
        raise Unfit("it has a key twice")
    if described:
        example = described.renamed(example)
    notes: list[str] = []
    if "arguments" in text and (decoded := training_example_with_arguments_decoded(example)) != example:
        notes.append(ARGUMENTS_DECODED)
        example = decoded
    reading, writing = DIALECTS[source], DIALECTS[target]
    chat = _WAYS[reading.purpose, writing.purpose](reading.read(example, notes.append), notes.append)
    lines = [training_exact_json_text(written) for written in writing.write(chat, notes.append)]
    for line in lines:
        if error := _converted_training_error(judge_training_line(number, line, TRAINING_FORMATS[target])):
            raise Unfit(f"the other format does not take it ({error})")
    return lines, list(dict.fromkeys(notes))


def _converted_training_error(line: TrainingLine) -> str:
    """The first error of a line in words."""
    errors = [RULES[rule].label for rule in line.problems if RULES[rule].level == ERROR]
    return errors[0][:1].lower() + errors[0][1:] if errors else ""
