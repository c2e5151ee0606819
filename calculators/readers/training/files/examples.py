"""The examples of a training file, each judged, or usual conversations of many lines together."""

from __future__ import annotations

from collections.abc import Iterator

from calculators.engine.long_text import AnyText
from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.conversation.called_chats import called_training_chats
from calculators.readers.training.conversation.judging import judge_training_example
from calculators.readers.training.conversation.usual_chats import (
    UsualTrainingChats,
    has_usual_training_chats,
    plain_training_chats,
    usual_training_chat,
)
from calculators.readers.training.files.arrays import split_training_text
from calculators.readers.training.files.together import scanned_training_lines
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

_MOST_FAILURES = 8
"""After so many pieces of lines in a row that cannot be read together, this is no longer tried."""

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
    failures = 0
    while read := _training_lines_read_together(lines):
        chats = usual_training_chats(read, rules) if failures < _MOST_FAILURES else None
        if chats:
            failures = 0
            yield chats
        else:
            failures += 1
            yield from _training_lines_in_a_row(read, rules)


def usual_training_chats(read: list[tuple[int, str]], rules: TrainingChatFormat) -> UsualTrainingChats | None:
    """Lines with their numbers as usual conversations; None where one is anything else."""
    numbers, texts = zip(*read, strict=True)
    examples = scanned_training_lines(texts)
    if examples is None:
        return None
    return plain_training_chats(numbers, examples, rules) or called_training_chats(numbers, examples, rules)


def _training_lines_read_together(lines: Iterator[tuple[int, str]]) -> list[tuple[int, str]]:
    """The next lines with their numbers; none at the end."""
    read = []
    length = 0
    for line in lines:
        read.append(line)
        length += len(line[1])
        if length >= _TOGETHER:
            break
    return read


def _training_lines_in_a_row(
    read: list[tuple[int, str]], rules: TrainingChatFormat
) -> Iterator[TrainingLine | UsualTrainingChats]:
    """Lines one by one, and then usual conversations in a row together."""
    usual: list[TrainingLine] = []
    for number, written in read:
        parsed = _parsed_training_line(written)
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


def _parsed_training_line(written: str) -> object:
    line = TrainingLine(0)
    try:
        parsed = scan_training_line(line, written)
    except Unparsable:
        return _UNREAD
    return _UNREAD if line.problems else parsed


def _written_training_lines(
    text: AnyText, report: TrainingReport | None, rules: TrainingChatFormat
) -> Iterator[tuple[int, str]]:
    """The lines of a file that hold something, with their numbers; what only concerns line ends is noted."""
    for line in split_training_text(text, takes_spread=rules.takes_array):
        number, written = line
        if written[-1:] == "}":  # as most lines end
            yield line
            continue
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
