"""Places that a chart names, as where two curves cross: words in a band above the plot, where no curve is in their way.

An upright line leads from the words through the place to the axis below.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from calculators.views.charts.frame.scales import PLOT, PLOT_TOP
from calculators.views.html.tags import Safe, joined_html, tag

BAND = 16
"""Pixels from one row of words to the next; the plot's own margin holds the first row."""

BASE = 12
"""Pixels from the top of a row to the foot of its letters."""

LEAD = 6
"""Pixels above a plot at which the upright line of a place begins, below its words."""

NEAR, FAR = 20, 62
"""Hundredths of the width up to which words begin at their place, and from which they end there."""

NARROWEST, LETTER = Decimal(330), Decimal(8)
"""Pixels that a plot with several such words has at least, and that a letter takes at most, on average."""

HALF = Decimal("0.5")

REACHES = {"start": (Decimal(0), Decimal(1)), "middle": (-HALF, HALF), "end": (Decimal(-1), Decimal(0))}
"""From where to where words reach, as parts of their length from their place, by how they are anchored."""


class PlaceMark(NamedTuple):
    """A place in hundredths of the width, how far down the drawing it lies, in pixels, and its words."""

    across: str
    height: Decimal
    words: str


def svg_marks(marks: Sequence[PlaceMark], *, dot: str, words: str) -> tuple[Safe, int]:
    """The marks of a plot, and by how many pixels the drawing has to be higher for their rows of words.

    `dot` and `words` are the classes of their looks. What several marks say of one place stands there once.
    """
    labels = list(dict.fromkeys((mark.across, mark.words) for mark in marks))
    rows = svg_mark_rows([(Decimal(across), label) for across, label in labels])
    ends = {"y1": str(PLOT_TOP - LEAD), "y2": str(PLOT + PLOT_TOP)}
    drawn = [
        tag("line", x1=f"{across}%", x2=f"{across}%", **ends, class_="crossing-foot")
        for across in dict.fromkeys(mark.across for mark in marks)
    ]
    drawn += [tag("circle", cx=f"{mark.across}%", cy=str(mark.height), r="5", class_=dot) for mark in marks]
    drawn += [
        tag(
            "text",
            label,
            x=f"{across}%",
            y=str(BASE - BAND * row),
            text_anchor=_svg_mark_anchor(Decimal(across)),
            class_=words,
        )
        for (across, label), row in zip(labels, rows, strict=True)
    ]
    return joined_html(*drawn), BAND * max(rows, default=0)


def _svg_mark_anchor(across: Decimal) -> str:
    return "start" if across < NEAR else "end" if across > FAR else "middle"


def svg_mark_rows(places: Sequence[tuple[Decimal, str]]) -> list[int]:
    """The row of each place's words, the lowest that has room for them beside those before.

    >>> svg_mark_rows([(Decimal(5), "first"), (Decimal(8), "second"), (Decimal(90), "third")])
    [0, 1, 0]
    """
    taken: list[list[tuple[Decimal, Decimal]]] = []
    rows = []
    for across, words in places:
        place, length = across * NARROWEST / 100, len(words) * LETTER
        begin, end = (place + length * part for part in REACHES[_svg_mark_anchor(across)])
        free = (row for row, spans in enumerate(taken) if all(end < left or right < begin for left, right in spans))
        row = next(free, len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append((begin, end))
        rows.append(row)
    return rows


def svg_lowered(drawn: Safe, pixels: int) -> Safe:
    """A drawing so many pixels further down; as it is where that is none."""
    return tag("g", drawn, transform=f"translate(0 {pixels})") if pixels else drawn
