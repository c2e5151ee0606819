"""The charts that a page can draw from an answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chart:
    """What the page draws: `bars` of a table's column, a `line` of an output over an input, `curves` of a table, or the
    `steps` of a ladder.
    """

    kind: str
    output: str
    by: str
    column: str
    title: str
    meeting: str = ""
    is_slow: bool = False


def bars(*, output: str, by: str, column: str, title: str, is_slow: bool = False) -> Chart:
    """A bar for each row of the table `output`: its words from the column `by`, its length from `column`.

    One that is slow takes several times as long as the headline, so an edit shows the headline ahead of it.
    """
    return Chart("bars", output, by, column, title, is_slow=is_slow)


def line(*, output: str, over: str, title: str) -> Chart:
    """The output while the input `over` runs through its bounds around the reader's value."""
    return Chart("line", output, over, output, title)


def curves(*, output: str, title: str, meeting: str = "") -> Chart:
    """A curve for each column of the table `output` over its first column, with the points at which curves cross.

    `meeting` is what such a point is called.
    """
    return Chart("curves", output, "", "", title, meeting)


def steps(*, output: str, title: str) -> Chart:
    """A rung for each row of the table `output`, the first at the foot: its name, and what is said of it."""
    return Chart("steps", output, "", "", title)
