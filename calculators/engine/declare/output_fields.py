"""The fields that answer: a dataclass field whose metadata is a kind of answer."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from calculators.engine.declare.kinds import Field, field_of_kind
from calculators.engine.declare.output_kinds import (
    OWN_ROW,
    Amount,
    Column,
    Document,
    FileCopy,
    Findings,
    Interval,
    Outcome,
    Rows,
    Series,
    Verdict,
)
from calculators.engine.numbers.units import ONE, Unit


def amount(
    label: str,
    unit: Unit = ONE,
    *,
    headline: bool = False,
    detail: bool = False,
    optional: bool = False,
    measures: tuple[str, ...] = (),
    loss: str = "",
    help: str = "",
) -> Field:
    """An answer that is one number. A short result leaves out a `detail`, any result an `optional` one that is None.

    What was measured in a reader's file answers questions of other calculators: `measures` are their labels. Below zero
    a number with a `loss` is called so and shown with its sign turned.
    """
    parts = {"headline": headline, "detail": detail, "optional": optional}
    return field_of_kind(Amount(label=label, unit=unit, measures=measures, loss=loss, help=help, **parts))


def interval(label: str, unit: Unit = ONE, *, headline: bool = False, help: str = "") -> Field:
    """An answer from low to high."""
    return field_of_kind(Interval(label=label, unit=unit, headline=headline, help=help))


def outcome(label: str, options: Mapping[str, str], *, headline: bool = False, help: str = "") -> Field:
    """An answer that is one of a few words."""
    return field_of_kind(Outcome(label=label, options=MappingProxyType(dict(options)), headline=headline, help=help))


def verdict(
    label: str, *, headline: bool = False, by_rules: bool = False, leading: bool = False, help: str = ""
) -> Field:
    """An answer in words, with reasons; one given `by_rules`, or by other numbers, has no working of its own.

    One that is `leading` says what to do, and stands right below the reasons of the headline.
    """
    return field_of_kind(Verdict(label=label, headline=headline, by_rules=by_rules, leading=leading, help=help))


def table(
    label: str,
    *columns: Column,
    stacked: bool = False,
    ranged: bool = False,
    optional: bool = False,
    answers: str = "",
    own: str = OWN_ROW,
    leading: bool = False,
    reported: bool = False,
    help: str = "",
) -> Field:
    """An answer of rows and columns; a `stacked` one has a whole in its second column and its parts in the later.

    The last two columns of one that is also `ranged` are the least and the most of the whole. An `optional` one is not
    shown where it has no rows. `answers` names a column of the reader's answers, in which defaults are marked.
    `own` is the word that marks the reader's own row. A report begins with a table that is `leading`, and
    has those that are `reported` below the one that its chart shows.
    """
    kind = Rows(
        label=label,
        columns=columns,
        stacked=stacked,
        ranged=ranged,
        optional=optional,
        answers=answers,
        own=own,
        leading=leading,
        reported=reported,
        help=help,
    )
    return field_of_kind(kind)


def handed_on_table(label: str, *, help: str = "") -> Field:
    """An answer of numbers that other calculators ask for: a question's name and label, the number, and its basis.

    It is not shown where there is none.
    """
    columns = (
        Column("question", "Question"),
        Column("label", "What it is"),
        Column("answer", "Answer"),
        Column("basis", "Measured from"),
    )
    return field_of_kind(Rows(label=label, columns=columns, handed_on=True, optional=True, help=help))


def turning_table(label: str, amount: str, *, help: str = "") -> Field:
    """An answer that is not the formula's: the inputs that would turn the sign of an amount by themselves."""
    columns = (Column("question", "Question"), Column("now", "Now"), Column("turns", "Turns at"))
    return field_of_kind(Rows(label=label, columns=columns, turning=amount, help=help))


def series(label: str, x_axis: Column, y_axis: Column, *, help: str = "") -> Field:
    """An answer along an axis."""
    return field_of_kind(Series(label=label, x_axis=x_axis, y_axis=y_axis, help=help))


def findings(label: str, *, help: str = "") -> Field:
    """An answer of sentences."""
    return field_of_kind(Findings(label=label, help=help))


def document(label: str, *, help: str = "") -> Field:
    """An answer that is a text to copy."""
    return field_of_kind(Document(label=label, help=help))


def file_copy(label: str, *columns: Column, files: Mapping[str, str], needs: str = "", help: str = "") -> Field:
    """Files made of the reader's own, each with the words of its button; the columns are those of the changes.

    Without an answer to the input that it `needs`, its buttons are off.
    """
    named = MappingProxyType(dict(files))
    return field_of_kind(FileCopy(label=label, columns=columns, files=named, needs=needs, help=help))
