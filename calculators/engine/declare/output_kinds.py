"""The kinds of answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calculators.engine.numbers.units import Unit

OWN_ROW = "yours"
"""How a table marks the reader's own row where it says nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What every answer has: a label and a sentence of help."""

    label: str
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Output):
    """One number with its unit; None where the question has no answer, and one that is `optional` is then not shown.

    `measures` are the labels of questions of other calculators that this number answers. `loss` is what it is called
    below zero, where it is shown with its sign turned: nothing saves a negative amount.
    """

    unit: Unit
    loss: str = ""
    headline: bool = False
    detail: bool = False
    optional: bool = False
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval(Output):
    """A low, a likely and a high number: the value is a `Range`."""

    unit: Unit
    headline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Output):
    """One of a few named results; `options` maps each word to the sentence shown."""

    options: Mapping[str, str]
    headline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Output):
    """An answer in words with its reasons: the value is a `Judgement`.

    The reasons of one given `by_rules`, or that compares other numbers of the answer, have no working of their own: no
    run is made to look for one. On answers that no reader gave, any verdict is shown as one on an example. One that is
    `leading` says what to do, and stands right below the reasons of the headline.
    """

    headline: bool = False
    by_rules: bool = False
    leading: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; without a unit it holds words."""

    name: str
    label: str
    unit: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(Output):
    """A table: the value is a `Table`, or a function that makes it, which ranges then need not call.

    In a `stacked` one, the second column is a whole and the later ones its parts, which a page draws as a bar a row.
    One that is also `ranged` ends with the least and the most of the whole, drawn as a whisker on the bar. An
    `optional` one is left out of a page and a text where it has no rows. One that is `handed_on` has the name of a
    question in its first column, an answer to it in the third, and where that was measured in the fourth: a page offers
    them to every calculator that asks the same. One that is `turning` names an amount: its rows are the inputs at which
    that turns its sign, which only the questions to a formula can tell. One with `answers` names the column of the
    reader's answers: those that follow from a default are marked as assumed. `own` is the word that marks the reader's
    own row. With one that is `leading`, such as the problems of a file, a report begins, before its chart, and on a
    phone the answer. A report has those that are `reported` below the table that its chart shows.
    """

    columns: tuple[Column, ...]
    stacked: bool = False
    ranged: bool = False
    turning: str = ""
    handed_on: bool = False
    optional: bool = False
    answers: str = ""
    own: str = OWN_ROW
    leading: bool = False
    reported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(Output):
    """Numbers along an axis: the value is a tuple of pairs, each of a place on the x-axis and one on the y-axis."""

    x_axis: Column
    y_axis: Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings(Output):
    """Sentences that hold for these inputs: the value is a tuple of `Note`s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Output):
    """A text to copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCopy(Output):
    """Files made of the reader's own, to be downloaded: the value is `CopiedFiles`, which a formula leaves for later.

    No result holds their text. `files` are the words of the buttons, by the names of the files. `needs` names the input
    without which there is nothing to write.
    """

    files: Mapping[str, str]
    columns: tuple[Column, ...]
    needs: str = ""
