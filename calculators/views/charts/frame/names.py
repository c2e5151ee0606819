"""Names beside the ends of curves, in the margin right of a plot, where no curve, axis or other name is in their way.

A narrow screen has no such margin: there a list above the plot has the names, each with a piece of its line.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from calculators.engine.numbers import sum_of_numbers
from calculators.views.charts.frame.scales import PLOT, PLOT_TOP
from calculators.views.html.tags import Safe, joined_html, tag

LETTERS = 24
"""How many characters of a name stand on one line: as many as fit the margin that the style sheets leave."""

LINE = Decimal(15)
"""Pixels from one line of a name to the next."""

BASE = Decimal(12)
"""Pixels from the top of a line down to the foot of its letters."""

GAP = Decimal(4)
"""Pixels between two names at least."""

HIGHEST, LOWEST = Decimal(PLOT_TOP) - BASE, Decimal(PLOT + PLOT_TOP)
"""Between which heights all names stand."""

LEAD = ("3", "13")
"""Pixels right of the plot at which the line from the end of a curve to its name begins and ends."""

WORDS = "17"
"""Pixels right of the plot at which names begin."""

SAMPLE, MIDDLE = "28", "6"
"""How long the piece of a line is beside its name, and the middle of its height, in pixels."""

TENTH = Decimal("0.1")


class EndName(NamedTuple):
    """What stands at the end of a curve, how far down the curve ends there, in pixels, and the classes of its look."""

    words: str
    end: Decimal
    look: str


def svg_end_names(names: Sequence[EndName]) -> Safe:
    """Names in the margin right of a plot, each level with its end or as near to that as the others leave room."""
    lines = [svg_name_lines(name.words) for name in names]
    sizes = [len(words) * LINE for words in lines]
    drawn = []
    for name, words, size, top in zip(
        names, lines, sizes, svg_name_tops([name.end for name in names], sizes), strict=True
    ):
        (begin, end), middle = LEAD, str(top + size / 2)
        drawn.append(tag("line", x1=begin, y1=str(name.end), x2=end, y2=middle, class_=f"name-lead {name.look}"))
        drawn += [
            tag("text", line, x=WORDS, y=str(top + BASE + LINE * place), class_=f"name {name.look}", translate="no")
            for place, line in enumerate(words)
        ]
    return tag("svg", *drawn, x="100%", overflow="visible", class_="curve-names")


def svg_name_lines(words: str) -> list[str]:
    """A name in lines that fit the margin; a word that is longer is cut.

    >>> svg_name_lines("Fine-tuning with retrieval $33,837")
    ['Fine-tuning with', 'retrieval $33,837']
    """
    lines: list[str] = []
    for word in words.split():
        shown = word if len(word) <= LETTERS else f"{word[: LETTERS - 1]}…"
        if lines and len(lines[-1]) + 1 + len(shown) <= LETTERS:
            lines[-1] = f"{lines[-1]} {shown}"
        else:
            lines.append(shown)
    return lines


def svg_name_tops(ends: Sequence[Decimal], sizes: Sequence[Decimal]) -> list[Decimal]:
    """The tops of names of these heights, in the order of the ends beside which they stand, none over another.

    Names that would touch form a stack, whose middle is where the middles of its ends are.

    >>> [str(top) for top in svg_name_tops([Decimal(100), Decimal(98)], [LINE, LINE])]
    ['101.0', '82.0']
    """

    def height(stack: Sequence[int]) -> Decimal:
        return sum_of_numbers([sizes[number] for number in stack]) + GAP * (len(stack) - 1)

    def top(stack: Sequence[int]) -> Decimal:
        wished, offset = Decimal(0), Decimal(0)
        for number in stack:
            wished += ends[number] - sizes[number] / 2 - offset
            offset += sizes[number] + GAP
        lowest = max(LOWEST - height(stack), HIGHEST)
        return min(max((wished / len(stack)).quantize(TENTH), HIGHEST), lowest)

    stacks: list[list[int]] = []
    for number in sorted(range(len(ends)), key=lambda number: (ends[number], number)):
        stack = [number]
        while stacks and top(stacks[-1]) + height(stacks[-1]) + GAP > top(stack):
            stack = stacks.pop() + stack
        stacks.append(stack)
    tops = {}
    for stack in stacks:
        place = top(stack)
        for number in stack:
            tops[number] = place
            place += sizes[number] + GAP
    return [tops[number] for number in range(len(ends))]


def svg_curve_key(names: Sequence[tuple[str, str]]) -> Safe:
    """The names of curves below each other, each with a piece of its line: words and the classes of their look."""
    items = [
        tag(
            "li",
            tag("svg", tag("line", x2=SAMPLE, y1=MIDDLE, y2=MIDDLE, class_=look), width=SAMPLE, height="12"),
            words,
        )
        for words, look in names
    ]
    return tag("ul", joined_html(*items), class_="chart-key curve-key", aria_hidden="true", translate="no")
