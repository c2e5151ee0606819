"""A corrected copy of a training file: what can be fixed without a choice is fixed, all else stays as it is.

A reader may choose to go without lines that remain in error, and to have what looks personal or secret masked.

A line is written anew only where something in it is fixed, and only if it breaks no rule then that it did not break
before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from calculators.engine.long_text import (
    BYTE_ORDER_MARK,
    UNREADABLE,
    AnyText,
    is_long_text_utf_16,
    long_text_holds_sign,
    long_text_pieces,
    long_text_without_byte_order_mark,
)
from calculators.readers.intake.id_table import IdTable
from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.check import training_check_errors
from calculators.readers.training.conversation.calls import parsed_training_arguments, training_calls_of_message
from calculators.readers.training.conversation.judging import judge_training_line
from calculators.readers.training.copies.changes import (
    CopiedLines,
    TrainingCopy,
    TrainingCopyChanges,
    training_line_numbers_in_words,
)
from calculators.readers.training.copies.exact_json import training_exact_json_object, training_exact_json_text
from calculators.readers.training.copies.masking import masked_training_example, training_personal_data
from calculators.readers.training.files.arrays import (
    is_multiline_training_object,
    is_packed_training_array,
    is_training_array,
    split_training_text,
)
from calculators.readers.training.lines import JsonObject, split_training_lines
from calculators.readers.training.report import LISTED

MENDED, CLEAN = "mended", "clean"
"""The names of the file: with all that it had, or without what a reader goes without."""

_NOTHING = "Nothing in this file can be fixed without a choice of yours, so there is no copy."


@dataclass(frozen=True, slots=True, kw_only=True)
class MendingWishes:
    """What a reader chooses to go without: lines that remain in error, and what looks personal or secret."""

    without_errors: bool = False
    without_personal_data: bool = False


def mended_training_copy(
    text: AnyText, format: TrainingChatFormat, wishes: MendingWishes = MendingWishes(), file: str = MENDED
) -> TrainingCopy:
    """The corrected copy of a file under a name, read by the rules of a format; nothing where there is no change."""

    def write(changes: TrainingCopyChanges) -> CopiedLines:
        mending = _Mending(text, format, changes, wishes)
        waiting = 0
        for line in mending.lines():
            if not changes.lines:
                waiting += 1
                yield "", line
                continue
            if waiting:  # lines before the first change are those of the file
                for _, earlier in islice(mending.split(), waiting):
                    yield file, earlier
                waiting = 0
            yield file, line
        if not changes.lines:
            return _NOTHING
        for _, earlier in islice(mending.split(), waiting):
            yield file, earlier
        return mending.sentence()

    return TrainingCopy(write, is_packed=is_packed_training_array(long_text_without_byte_order_mark(text)))


class _Mending:
    """One correction of a file: its lines in the copy, each judged as it is given."""

    def __init__(
        self, text: AnyText, format: TrainingChatFormat, changes: TrainingCopyChanges, wishes: MendingWishes
    ) -> None:
        self._text, self._format, self._changes = long_text_without_byte_order_mark(text), format, changes
        self._wishes = wishes
        self._errors = _RemainingErrors(format)
        self._gone_through = 0
        if is_long_text_utf_16(text):
            changes.note_file("UTF-16: written as UTF-8")
        if text[:1] == BYTE_ORDER_MARK:
            changes.note_file("Byte order mark: left out")
        if is_training_array(self._text):
            changes.note_file("One JSON array: each example on a line of its own")
        elif format.takes_array and is_multiline_training_object(self._text):
            changes.note_file("Objects over several lines: each on one line")

    def split(self) -> Iterator[tuple[int, str]]:
        """The lines of the file, or its elements, with their numbers."""
        return split_training_text(self._text, takes_spread=self._format.takes_array)

    def lines(self) -> Iterator[str]:
        """The lines of the copy."""
        for number, line in self._mended():
            errors = self._errors.judge(line)
            if errors and self._wishes.without_errors:
                self._changes.note("An error that cannot be fixed: left out", number)
                continue
            self._errors.take(errors)
            yield line

    def _mended(self) -> Iterator[tuple[int, str]]:
        changes = self._changes
        examples = IdTable("")
        for number, written in self.split():
            self._gone_through += 1
            if written.endswith("\r"):
                changes.note("Windows line end: written as that of Unix", number)
                written = written[:-1]
            if not written.strip():
                changes.note("Blank line: left out", number)
                continue
            example = training_exact_json_object(written)
            if example is None:
                if self._wishes.without_personal_data and training_personal_data(written):
                    changes.note("Not masked, as the line cannot be written anew: personal data or a key", number)
                yield number, written if "\n" not in written else " ".join(written.split("\n"))
                continue
            mended, text = mended_training_line(written, example, self._format, number, changes)
            if self._wishes.without_personal_data:
                mended, text = self._masked(number, mended, text)
            if examples.place_of(training_exact_json_text(mended, sort_keys=True)) >= 0:
                changes.note("The same as an earlier example: left out", number)
                continue
            yield number, text

    def _masked(self, number: int, example: JsonObject, text: str) -> tuple[JsonObject, str]:
        """An example and its line without what looks personal or secret; as they are where that would break a rule."""
        masked, kinds = masked_training_example(example)
        if not kinds:
            return example, text
        written = training_exact_json_text(masked)
        before, after = (judge_training_line(number, line, self._format) for line in (text, written))
        if not after.problems.keys() <= before.problems.keys():
            self._changes.note("Not masked, as the line would break a rule: personal data or a key", number)
            return example, text
        for kind in kinds:
            self._changes.note(kind, number)
        return masked, written

    def sentence(self) -> str:
        """What sums up the copy, once all its lines are given."""
        if long_text_holds_sign(self._text, UNREADABLE):
            is_packed = self._changes.is_packed
            for number, written in self.split() if is_packed else split_training_lines(long_text_pieces(self._text)):
                if UNREADABLE in written:
                    self._changes.note("Not fixed: a character that is not UTF-8 is written as �", number)
        changed = "Examples" if self._changes.is_packed else "Lines"
        count = self._changes.count
        kept = " All others are kept." if count < self._gone_through else ""
        return f"{changed} with a change: {count:,}.{kept}{self._errors.sentence()}"


class _RemainingErrors:
    """Counts the errors that a copy still has. As some lines are left out, the others have other numbers in it."""

    def __init__(self, format: TrainingChatFormat) -> None:
        self._format = format
        self._lines = self._errors = self._faulty = 0
        self._first: list[int] = []

    def judge(self, line: str) -> int:
        """How many errors a line would have as the next one of the copy."""
        return training_check_errors(self._lines + 1, line, self._format)

    def take(self, errors: int) -> None:
        """Takes the next line of the copy with so many errors."""
        self._lines += 1
        self._errors += errors
        if errors:
            self._faulty += 1
            if self._faulty <= LISTED:
                self._first.append(self._lines)

    def sentence(self) -> str:
        """How many errors there are, and in which lines; empty where there are none."""
        if not self._errors:
            return ""
        remain = "1 error remains" if self._errors == 1 else f"{self._errors:,} errors remain"
        lines = "line" if self._faulty == 1 else "lines"
        more = f" and {self._faulty - LISTED:,} more" if self._faulty > LISTED else ""
        return (
            f" {remain} that cannot be fixed: {lines} {training_line_numbers_in_words(self._first)}{more} of the copy. "
            "The copy without errors leaves such lines out."
        )


def mended_training_line(
    written: str, example: JsonObject, format: TrainingChatFormat, number: int, changes: TrainingCopyChanges
) -> tuple[JsonObject, str]:
    """An example with what can be fixed in it, and its line: as it is where that is nothing, unless it has several."""
    text = training_exact_json_text(example) if "\n" in written else written
    for mark, change, mend in _MENDS:
        if mark not in text:
            continue
        mended = mend(example, format)
        if mended == example:
            continue
        before, after = (judge_training_line(number, it, format) for it in (text, training_exact_json_text(mended)))
        if after.problems.keys() <= before.problems.keys():
            changes.note(change, number)
            example, text = mended, training_exact_json_text(mended)
    return example, text


_DEFINITIONS = ("tools", "functions")
_NEEDED = ("role", "content")


def _without_null_training_keys(example: JsonObject, format: TrainingChatFormat) -> JsonObject:
    """The example without keys that are null, its own and those of its messages; a content is needed."""
    kept = {key: part for key, part in example.items() if part is not None or key not in format.example_keys}
    optional = format.message_keys.difference(_NEEDED)

    def message(content: JsonObject) -> JsonObject:
        return {key: part for key, part in content.items() if part is not None or key not in optional}

    return _with_changed_training_messages(kept, message)


def _with_changed_training_messages(example: JsonObject, change: Callable[[JsonObject], JsonObject]) -> JsonObject:
    """The example with its messages changed, wherever it has lists of them."""
    changed: JsonObject = {}
    for key, part in example.items():
        if key == "input" and isinstance(part, dict):
            changed[key] = _with_changed_training_messages(part, change)
        elif isinstance(part, list) and key not in _DEFINITIONS:
            changed[key] = [change(content) if isinstance(content, dict) else content for content in part]
        else:
            changed[key] = part
    return changed


def training_example_with_arguments_decoded(example: JsonObject) -> JsonObject:
    """The example with arguments of calls as the text of an object, where they are the text of such a text."""

    def message(content: JsonObject) -> JsonObject:
        if not any(_decoded_training_arguments(call) for call in training_calls_of_message(content)):
            return content
        calls = content.get("tool_calls")
        changed = dict(content)
        if isinstance(calls, list):
            changed["tool_calls"] = [_with_decoded_training_function(call) for call in calls]
        return _with_decoded_training_function(changed, "function_call")

    return _with_changed_training_messages(example, message)


def _with_decoded_training_function(owner: object, key: str = "function") -> JsonObject:
    if not isinstance(owner, dict):
        return owner  # type: ignore[return-value]  # what is no call is passed on as it is
    function = owner.get(key)
    once = _decoded_training_arguments(function) if isinstance(function, dict) else ""
    return {**owner, key: {**function, "arguments": once}} if once else owner  # type: ignore[dict-item]  # a dict here


def _decoded_training_arguments(function: JsonObject) -> str:
    """The text of an object that arguments hold as a text; empty where they do not."""
    arguments = function.get("arguments")
    inner = parsed_training_arguments(arguments) if isinstance(arguments, str) else None
    return inner if isinstance(inner, str) and isinstance(parsed_training_arguments(inner), dict) else ""


ARGUMENTS_DECODED = "Arguments encoded twice: encoded once"

_MENDS: tuple[tuple[str, str, Callable[[JsonObject, TrainingChatFormat], JsonObject]], ...] = (
    ("null", "A key that is null: left out", _without_null_training_keys),
    ("arguments", ARGUMENTS_DECODED, lambda example, format: training_example_with_arguments_decoded(example)),
)
"""What a line holds where a fix may apply, the change in words, and the fix."""
