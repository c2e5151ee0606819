"""The files that the check of a training file makes of it on request: mended, in another format, in two parts."""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.declare import CopiedFiles, Table
from calculators.engine.long_text import AnyText
from calculators.engine.numbers import bare_value, untraced
from calculators.fine_tuning.dataset.inputs import Inputs
from calculators.readers.training.copies.changes import TrainingCopy, line_numbers_in_words
from calculators.readers.training.copies.converting import converted_copy
from calculators.readers.training.copies.mending import mended_copy
from calculators.readers.training.copies.splitting import training_and_test_parts
from calculators.readers.training.report import Report


def mended_dataset(i: Inputs, report: Report) -> CopiedFiles:
    """The file with what can be mended without a choice of the reader's."""
    return _files(mended_copy(_text(i), report.rules))


def converted_dataset(i: Inputs, report: Report) -> CopiedFiles:
    """The file in the format that the reader picks."""
    return _files(converted_copy(_text(i), report.format, untraced(i.target), report.described))


def divided_dataset(i: Inputs, report: Report) -> CopiedFiles:
    """The file in a part to train on and a part to test on."""
    return _files(training_and_test_parts(_text(i), report.rules, bare_value(i.test_share)))


def _text(i: Inputs) -> AnyText:
    return i.training_file or i.training_text


def _files(copied: TrainingCopy) -> CopiedFiles:
    def changes() -> tuple[str, Table]:
        rows = [
            (change, Decimal(len(numbers)), line_numbers_in_words(numbers))
            for change, numbers in copied.changes.lines.items()
        ]
        return copied.sentence, Table(tuple(rows))

    return CopiedFiles(copied.pieces, changes)
