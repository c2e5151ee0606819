"""The examples of a training file, each judged, or usual conversations of many lines together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, repeat

from calculators.engine.long_text import AnyText, long_text_pieces
from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.conversation.called_chats import called_training_chats
from calculators.readers.training.conversation.judging import judge_training_example
from calculators.readers.training.conversation.usual_chats import (
    UsualTrainingChats,
    has_usual_training_chats,
    plain_training_chats,
    usual_training_chat,
)
from calculators.readers.training.files.arrays import has_training_lines, split_training_text
from calculators.readers.training.files.together import scanned_training_lines
from calculators.readers.training.lines import (
    TrainingLine,
    Unparsable,
    listed_training_lines,
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
    lines = _written_training_lines(split_training_text(text, takes_spread=rules.takes_array), report)
    return (judged_training_line(number, written, rules) for number, written in lines)


def training_examples(
    text: AnyText, report: TrainingReport, rules: TrainingChatFormat
) -> Iterator[TrainingLine | UsualTrainingChats]:
    """The same lines, usual conversations in a row together."""
    if not has_usual_training_chats(rules):
        yield from training_lines(text, report, rules)
        return
    failures = 0
    for numbers, texts in _training_lines_read_together(text, report, rules):
        chats = usual_training_chats(numbers, texts, rules) if failures < _MOST_FAILURES else None
        if chats:
            failures = 0
            yield chats
        else:
            failures += 1
            yield from _training_lines_in_a_row(numbers, texts, rules)


def usual_training_chats(
    numbers: Sequence[int], texts: Sequence[str], rules: TrainingChatFormat
) -> UsualTrainingChats | None:
    """Lines with their numbers as usual conversations; None where one is anything else."""
    examples = scanned_training_lines(texts)
    if examples is None:
        return None
    is_plain = plain_training_chats(numbers[:1], examples[:1], rules)  # most files have calls in each line, or in none
    chats = plain_training_chats(numbers, examples, rules) if is_plain else None
    return chats or called_training_chats(numbers, examples, rules)


def _training_lines_read_together(
    text: AnyText, report: TrainingReport, rules: TrainingChatFormat
) -> Iterator[tuple[Sequence[int], Sequence[str]]]:
    """The lines that hold something, many together, with their numbers."""
    numbers: list[int] = []
    texts: list[str] = []
    length = 0
    for more_numbers, more in _training_line_lists(text, report, rules):
        numbers += more_numbers
        texts += more
        *_, length = accumulate(map(len, more), initial=length)
        while length >= _TOGETHER:
            ends = list(accumulate(map(len, texts)))
            end = bisect_left(ends, _TOGETHER) + 1
            yield numbers[:end], texts[:end]
            length -= ends[end - 1]
            del numbers[:end], texts[:end]
    if texts:
        yield numbers, texts


def _training_line_lists(
    text: AnyText, report: TrainingReport, rules: TrainingChatFormat
) -> Iterator[tuple[Sequence[int], list[str]]]:
    """The lines that hold something, in lists as they come, with their numbers."""
    if not has_training_lines(text, takes_spread=rules.takes_array):
        elements = split_training_text(text, takes_spread=rules.takes_array)
        for number, written in _written_training_lines(elements, report):
            yield (number,), [written]
        return
    for number, lines in listed_training_lines(long_text_pieces(text)):
        if all(map(str.endswith, lines, repeat("}"))):
            yield range(number, number + len(lines)), lines
        elif several := list(_written_training_lines(enumerate(lines, number), report)):
            numbers, texts = zip(*several, strict=True)
            yield numbers, list(texts)


def _training_lines_in_a_row(
    numbers: Sequence[int], texts: Sequence[str], rules: TrainingChatFormat
) -> Iterator[TrainingLine | UsualTrainingChats]:
    """Lines one by one, and then usual conversations in a row together."""
    usual: list[TrainingLine] = []
    for number, written in zip(numbers, texts, strict=True):
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
    lines: Iterable[tuple[int, str]], report: TrainingReport | None
) -> Iterator[tuple[int, str]]:
    """The lines of a file that hold something, with their numbers; what only concerns line ends is noted."""
    for line in lines:
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
