"""One pass over a training file: what is wrong in which lines, how many tokens each example has, what occurs twice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from calculators.engine.answering.counting import TokenCounter
from calculators.engine.long_text import (
    BYTE_ORDER_MARK,
    AnyText,
    is_long_text_utf_16,
    long_text_utf8_size,
    long_text_without_byte_order_mark,
)
from calculators.readers.strangers import TRAINING, stranger_kind_of_text
from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.conversation.usual_chats import UsualTrainingChats
from calculators.readers.training.described import described_training_columns
from calculators.readers.training.files.arrays import is_packed_training_array, is_training_array, split_training_text
from calculators.readers.training.files.examples import judged_training_line, training_examples, training_lines
from calculators.readers.training.quality.closer import CloserTrainingLook
from calculators.readers.training.recognizing import AUTOMATIC, recognized_training_format
from calculators.readers.training.repeats import EarlierTrainingExamples
from calculators.readers.training.report import TrainingReport
from calculators.readers.training.rules import ERROR_RULES
from calculators.readers.training.tokens import TrainingTokenCount

_ARRAY_WITHIN = 100


@lru_cache(maxsize=2)
def check_training_file(
    training: AnyText,
    test: AnyText,
    format: str,
    encoding: str,
    counter: TokenCounter,
    closer: bool = False,
    description: str = "",
) -> TrainingReport:
    """The report of a training file, with a test set beside it or an empty text; kept, as every run asks for it.

    `format` names one of `TRAINING_FORMATS`, or leaves it to the file. A closer look also finds what is alike, cut,
    personal or out of balance. A `description` is the text of a dataset_info.json, which names the columns.
    """
    report = TrainingReport()
    if training[:1] == BYTE_ORDER_MARK:
        report.note("bom", 1)
        training = long_text_without_byte_order_mark(training)
    if is_long_text_utf_16(training):
        report.note("utf_16", 1)
    report.size = long_text_utf8_size(training)
    if description and format == AUTOMATIC:
        report.described = described_training_columns(description, _training_texts(training))
    if report.described:
        report.format = report.described.base
    else:
        report.format = recognized_training_format(_training_texts(training)) if format == AUTOMATIC else format
    if not report.format and format == AUTOMATIC:
        kind = stranger_kind_of_text(training)
        report.stranger = "" if kind == TRAINING else kind  # examples that are not readable are ours to judge
    if report.stranger:
        training = ""
    rules = report.rules
    test = long_text_without_byte_order_mark(test)
    report.is_packed, report.is_test_packed = is_packed_training_array(training), is_packed_training_array(test)
    if _is_training_array_for_lines(training, rules):
        report.note("array", 1)
    earlier = EarlierTrainingExamples()
    count = TrainingTokenCount(report, encoding, counter)
    look = CloserTrainingLook(report, with_test=bool(test)) if closer else None
    for line in (training_lines if look else training_examples)(training, report, rules):
        if isinstance(line, UsualTrainingChats):
            report.examples += len(line.numbers)
            if problems := line.problems(rules):
                report.note_lines(line.numbers, problems)
            count.add_chats(line)
            earlier.note_chats(line, report)
            continue
        report.examples += 1
        if line.problems:
            report.note_problems(line.number, line.all_problems())
        if line.messages:
            count.add(line)
            is_repeated = earlier.note(line, report)
            if look:
                look.at(line, is_repeated)
    count.finish()
    if report.examples == 0 and not report.stranger:
        report.note("empty", 1)
    for line in training_lines(test, None, rules):
        if not line.messages:
            report.note("test_line", line.number)
        elif earlier.has_prompt(line):
            report.note("overlap", line.number)
        elif look:
            look.at_test(line)
    if look:
        look.finish()
    report.finish()
    return report


def training_check_errors(number: int, written: str, rules: TrainingChatFormat) -> int:
    """How many errors a line has by the rules of a format; a first line that begins an array has that one too."""
    is_array = number == 1 and _is_training_array_for_lines(written, rules)
    return is_array + len(ERROR_RULES.intersection(judged_training_line(number, written, rules).problems))


def _is_training_array_for_lines(text: AnyText, rules: TrainingChatFormat) -> bool:
    """Whether a text begins as a JSON array, where the format has one object a line."""
    return text[:_ARRAY_WITHIN].lstrip().startswith("[") and not (rules.takes_array and is_training_array(text))


def _training_texts(text: AnyText) -> Iterator[tuple[int, str]]:
    """The lines of a file that hold something, or the elements of its array, with their numbers."""
    return ((number, line) for number, line in split_training_text(text, takes_spread=True) if line.strip())
