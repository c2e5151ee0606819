"""The files that the check of a training file makes of it on request: corrected, in another format, in two parts."""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.declare import CopiedFiles, Table
from calculators.engine.long_text import AnyText
from calculators.engine.numbers import bare_value, untraced
from calculators.fine_tuning.dataset.inputs import Inputs
from calculators.readers.training.copies.changes import TrainingCopy
from calculators.readers.training.copies.converting import converted_training_copy
from calculators.readers.training.copies.mending import CLEAN, MendingWishes, mended_training_copy
from calculators.readers.training.copies.splitting import training_and_test_parts
from calculators.readers.training.report import TrainingReport


def mended_dataset(i: Inputs, report: TrainingReport) -> CopiedFiles:
    """The file with what can be corrected, and what the reader chose to go without."""
    bare = untraced(i)
    wishes = MendingWishes(without_errors=bare.without_errors, without_personal_data=bare.without_personal_data)
    return _dataset_copy_files(mended_training_copy(_dataset_copy_text(i), report.rules, wishes))


def clean_dataset(i: Inputs, report: TrainingReport) -> CopiedFiles:
    """The corrected file without the lines in which errors remain, and without what looks personal or secret."""
    wishes = MendingWishes(without_errors=True, without_personal_data=True)
    return _dataset_copy_files(mended_training_copy(_dataset_copy_text(i), report.rules, wishes, CLEAN))


def converted_dataset(i: Inputs, report: TrainingReport) -> CopiedFiles:
    """The file in the format that the reader picks."""
    return _dataset_copy_files(
        converted_training_copy(_dataset_copy_text(i), report.format, untraced(i.target), report.described)
    )


def divided_dataset(i: Inputs, report: TrainingReport) -> CopiedFiles:
    """The file in a part to train on and a part to test on."""
    return _dataset_copy_files(training_and_test_parts(_dataset_copy_text(i), report.rules, bare_value(i.test_share)))


def _dataset_copy_text(i: Inputs) -> AnyText:
    return i.training_file or i.training_text


def _dataset_copy_files(copied: TrainingCopy) -> CopiedFiles:
    def changes() -> tuple[str, Table]:
        rows = [
            (change, Decimal(len(numbers)), copied.changes.where(change))
            for change, numbers in copied.changes.lines.items()
        ]
        return copied.sentence, Table(tuple(rows))

    return CopiedFiles(copied.pieces, changes)
