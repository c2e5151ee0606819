"""The examples of a training file, each judged, or usual conversations of many lines together."""

from __future__ import annotations

from collections.abc import Iterator

from calculators.engine.long_text import AnyText
from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.conversation.judging import judge_training_example
from calculators.readers.training.conversation.usual_chats import (
    UsualTrainingChats,
    has_usual_training_chats,
    plain_training_chats,
    usual_training_chat,
)
from calculators.readers.training.files.arrays import split_training_text
from calculators.readers.training.lines import (
    TrainingLine,
    Unparsable,
    note_half_training_character,
    parse_training_line,
    scan_training_line,
)
from calculators.readers.training.recognizing import TRAINING_FORMATS, training_example_format
from calculators.readers.training.report import TrainingReport

_TOGETHER = 1 << 18
"""Characters of lines that are read together, where they are usual conversations."""

_UNREAD = object()
"""In place of what a line holds, where its text has something to note."""


def training_lines(text: AnyText, report: TrainingReport | None, rules: TrainingChatFormat) -> Iterator[TrainingLine]:
    """The lines of a file that hold something, each judged; what only concerns line ends is noted."""
    lines = _written_training_lines(text, report, rules)
    return (judged_training_line(number, written, rules) for number, written in lines)


def training_examples(
    text: AnyText, report: TrainingReport, rules: TrainingChatFormat
) -> Iterator[TrainingLine | UsualTrainingChats]:
    """The same lines, usual conversations in a row together."""
    if not has_usual_training_chats(rules):
        yield from training_lines(text, report, rules)
        return
    lines = _written_training_lines(text, report, rules)
    while read := _training_lines_read_together(lines):
        numbers, _, examples = zip(*read, strict=True)
        chats = plain_training_chats(numbers, examples, rules)
        if chats:
            yield chats
        else:
            yield from _training_lines_in_a_row(read, rules)


def _training_lines_read_together(lines: Iterator[tuple[int, str]]) -> list[tuple[int, str, object]]:
    """The next lines with what each holds; none at the end."""
    read = []
    line, length = TrainingLine(0), 0
    for number, written in lines:
        try:
            parsed = scan_training_line(line, written)
        except Unparsable:
            parsed = _UNREAD
        if line.problems:
            line, parsed = TrainingLine(0), _UNREAD
        read.append((number, written, parsed))
        length += len(written)
        if length >= _TOGETHER:
            break
    return read


def _training_lines_in_a_row(
    read: list[tuple[int, str, object]], rules: TrainingChatFormat
) -> Iterator[TrainingLine | UsualTrainingChats]:
    """Lines one by one, and then usual conversations in a row together."""
    usual: list[TrainingLine] = []
    for number, written, parsed in read:
        line = usual_training_chat(number, parsed, rules)
        if line:
            usual.append(line)
            continue
        if usual:
            yield UsualTrainingChats.of_lines(usual)
            usual = []
        yield judged_training_line(number, written, rules, parsed)
    if usual:
        yield UsualTrainingChats.of_lines(usual)


def _written_training_lines(
    text: AnyText, report: TrainingReport | None, rules: TrainingChatFormat
) -> Iterator[tuple[int, str]]:
    """The lines of a file that hold something, with their numbers; what only concerns line ends is noted."""
    for number, written in split_training_text(text, takes_spread=rules.takes_array):
        if written[-1:] == "\r":
            written = written[:-1]
            if report:
                report.note("crlf", number)
        if not written or written.isspace():
            if report:
                report.note("blank_line", number)
            continue
        yield number, written


def judged_training_line(
    number: int, written: str, rules: TrainingChatFormat, parsed: object = _UNREAD
) -> TrainingLine:
    """A line, judged; not by rules that it never meant to follow, where it is known to be of another format."""
    line = TrainingLine(number, len(written))
    if parsed is _UNREAD:
        try:
            parsed = parse_training_line(line, written)
        except Unparsable as error:
            line.problems[error.rule] = error.detail
            return line
    else:
        note_half_training_character(line, written, parsed)
    is_foreign = isinstance(parsed, dict) and not rules.recognition(parsed)
    other = training_example_format(parsed) if is_foreign else ""  # type: ignore[arg-type]  # what is foreign is a dict
    if other:
        line.note("other_format", f"“{TRAINING_FORMATS[other].label}”")
    else:
        judge_training_example(line, parsed, rules)
    return line
