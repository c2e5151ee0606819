"""A copy of a training file in which is mended what can be mended without a choice; all else stays as it is.

A line is written anew only where something in it is mended, and only if it breaks no rule then that it did not break
before.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from calculators.engine.long_text import (
    BYTE_ORDER_MARK,
    UNREADABLE,
    AnyText,
    holds_sign,
    text_pieces,
    without_byte_order_mark,
)
from calculators.readers.training.chat_format import ChatFormat
from calculators.readers.training.check import training_error_lines
from calculators.readers.training.conversation.calls import calls_of_message, parsed_arguments
from calculators.readers.training.conversation.judging import judge_training_line
from calculators.readers.training.copies.changes import Changes, TrainingCopy, copied_text, line_numbers_in_words
from calculators.readers.training.copies.exact_json import exact_json_object, exact_json_text
from calculators.readers.training.files.arrays import is_spread_object, is_training_array, split_training_text
from calculators.readers.training.lines import JsonObject, split_training_lines
from calculators.readers.training.report import LISTED

MENDED = "mended"
"""The name of the file."""

_NOTHING = "Nothing in this file can be mended without a choice of yours, so there is no copy."


def mended_copy(text: AnyText, format: ChatFormat) -> TrainingCopy:
    """The mended copy of a file, read by the rules of a format. Without a change, its text is empty."""
    changes = Changes()
    if text[:1] == BYTE_ORDER_MARK:
        changes.note("Byte order mark: left out", 1)
        text = without_byte_order_mark(text)
    if is_training_array(text):
        changes.note("One JSON array: each example on a line of its own", 1)
    elif format.takes_array and is_spread_object(text):
        changes.note("Objects over several lines: each on one line", 1)
    lines = []
    first_lines: dict[bytes, int] = {}
    for number, written in split_training_text(text, takes_spread=format.takes_array):
        if written.endswith("\r"):
            changes.note("Windows line end: written as that of Unix", number)
            written = written[:-1]
        if not written.strip():
            changes.note("Blank line: left out", number)
            continue
        example = exact_json_object(written)
        if example is None:
            lines.append(written if "\n" not in written else " ".join(written.split("\n")))
            continue
        mended = mended_line(written, example, format, number, changes)
        digest = _digest(exact_json_object(mended))
        if digest in first_lines:
            changes.note("The same as an earlier example: left out", number)
            continue
        first_lines[digest] = number
        lines.append(mended)
    if not changes.lines:
        return TrainingCopy({MENDED: ""}, changes, _NOTHING)
    if holds_sign(text, UNREADABLE):
        for number, written in split_training_lines(text_pieces(text)):
            if UNREADABLE in written:
                changes.note("Not mended: a character that is not UTF-8 is written as �", number)
    count = len({number for numbers in changes.lines.values() for number in numbers})
    copied = copied_text(lines)
    words = f"Lines with a change: {count:,}. All others are kept.{_remaining_errors(copied, format)}"
    return TrainingCopy({MENDED: copied}, changes, words)


def _remaining_errors(copied: str, format: ChatFormat) -> str:
    """A sentence that says how many errors a copy still has, and in which of its lines; empty where it has none.

    Blank and repeated lines are left out of a copy, so its lines have other numbers than those of the file.
    """
    errors = training_error_lines(copied, format)
    if not errors:
        return ""
    numbers = list(dict.fromkeys(errors))
    remain = "1 error remains" if len(errors) == 1 else f"{len(errors):,} errors remain"
    lines = "line" if len(numbers) == 1 else "lines"
    more = f" and {len(numbers) - LISTED:,} more" if len(numbers) > LISTED else ""
    where = f"{lines} {line_numbers_in_words(numbers[:LISTED])}{more}"
    return f" {remain} that cannot be mended: {where} of the copy."


def _digest(example: JsonObject | None) -> bytes:
    """A short stand-in for an example, the same for objects whose keys come in another order."""
    return blake2b(exact_json_text(example, sort_keys=True).encode("utf-8"), digest_size=16).digest()


def mended_line(written: str, example: JsonObject, format: ChatFormat, number: int, changes: Changes) -> str:
    """A line with what can be mended in it; the line itself where that is nothing, or where it stands on many."""
    text = exact_json_text(example) if "\n" in written else written
    for marks, change, mend in _MENDS:
        if not any(mark in text for mark in marks):
            continue
        mended = mend(example, format)
        if mended == example:
            continue
        before, after = (judge_training_line(number, it, format) for it in (text, exact_json_text(mended)))
        if after.problems.keys() <= before.problems.keys():
            changes.note(change, number)
            example, text = mended, exact_json_text(mended)
    return text


_DEFINITIONS = ("tools", "functions")
_NEEDED = ("role", "content")


def _without_null_keys(example: JsonObject, format: ChatFormat) -> JsonObject:
    """The example without keys that are null, its own and those of its messages; a content is needed."""
    kept = {key: part for key, part in example.items() if part is not None or key not in format.example_keys}
    optional = format.message_keys.difference(_NEEDED)

    def message(content: JsonObject) -> JsonObject:
        return {key: part for key, part in content.items() if part is not None or key not in optional}

    return _with_messages(kept, message)


def _with_messages(example: JsonObject, change: Callable[[JsonObject], JsonObject]) -> JsonObject:
    """The example with its messages changed, wherever it has lists of them."""
    changed: JsonObject = {}
    for key, part in example.items():
        if key == "input" and isinstance(part, dict):
            changed[key] = _with_messages(part, change)
        elif isinstance(part, list) and key not in _DEFINITIONS:
            changed[key] = [change(content) if isinstance(content, dict) else content for content in part]
        else:
            changed[key] = part
    return changed


def _with_arguments_once(example: JsonObject, format: ChatFormat) -> JsonObject:
    """The example with arguments of calls as the text of an object, where they are the text of such a text."""

    def message(content: JsonObject) -> JsonObject:
        if not any(_encoded_once(call) for call in calls_of_message(content)):
            return content
        calls = content.get("tool_calls")
        changed = dict(content)
        if isinstance(calls, list):
            changed["tool_calls"] = [_with_function_once(call) for call in calls]
        return _with_function_once(changed, "function_call")

    return _with_messages(example, message)


def _with_function_once(owner: object, key: str = "function") -> JsonObject:
    if not isinstance(owner, dict):
        return owner  # type: ignore[return-value]  # what is no call is passed on as it is
    function = owner.get(key)
    once = _encoded_once(function) if isinstance(function, dict) else ""
    return {**owner, key: {**function, "arguments": once}} if once else owner  # type: ignore[dict-item]  # a dict here


def _encoded_once(function: JsonObject) -> str:
    """The text of an object that arguments hold as a text; empty where they do not."""
    arguments = function.get("arguments")
    inner = parsed_arguments(arguments) if isinstance(arguments, str) else None
    return inner if isinstance(inner, str) and isinstance(parsed_arguments(inner), dict) else ""


_MENDS = (
    (("null",), "A key that is null: left out", _without_null_keys),
    (("arguments",), "Arguments encoded twice: encoded once", _with_arguments_once),
)
"""What a line holds where a mend may apply, the change in words, and the mend."""
