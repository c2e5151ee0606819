"""How an output spreads over many runs: small bars, with the low, the likely and the high amount marked and named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.numbers.rounding import unrounded_decimal
from calculators.views.charts.frame.scales import svg_hundredths
from calculators.views.html.tags import Safe, joined_html, tag

TOP, HEIGHT, BELOW = 22, 56, 22
"""Pixels above the bars for the likely amount, of the tallest bar, and below for the two ends."""

SIDES = 30
"""Hundredths of the width within which words at a mark begin or end there."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An amount to mark, and its words."""

    amount: float
    words: str


def svg_distribution(
    bins: Sequence[int], ends: tuple[float, float], low: Mark, likely: Mark | None, high: Mark, described: str
) -> Safe:
    """Bars that count runs from the least to the most amount; those between low and high are drawn darker."""
    least, most = map(unrounded_decimal, ends)

    def across(amount: float) -> Decimal:
        return Decimal(svg_hundredths(min(max(unrounded_decimal(amount), least), most) - least, most - least))

    begin, end = across(low.amount), across(high.amount)
    step, tallest = Decimal(100) / len(bins), max(bins)
    bars = []
    for number, count in enumerate(bins):
        height = -(-count * HEIGHT // tallest)
        middle = step * number + step / 2
        bars.append(
            tag(
                "rect",
                x=f"{svg_hundredths(step * number, Decimal(100))}%",
                y=str(TOP + HEIGHT - height),
                width=f"{svg_hundredths(step, Decimal(100))}%",
                height=str(height),
                class_="bin is-likely" if begin <= middle <= end else "bin",
            )
        )
    foot = TOP + HEIGHT
    marks = [
        _svg_distribution_upright(begin, TOP, foot + 5),
        _svg_distribution_words(begin, low.words, foot + 18),
        _svg_distribution_upright(end, TOP, foot + 5),
        _svg_distribution_words(end, high.words, foot + 18),
    ]
    if likely:
        middle_place = across(likely.amount)
        marks += [
            _svg_distribution_upright(middle_place, TOP - 4, foot, "own-line"),
            _svg_distribution_words(middle_place, likely.words, 14, "bar-value"),
        ]
    return tag(
        "svg",
        tag("title", described),
        *bars,
        tag("line", x1="0", x2="100%", y1=str(foot), y2=str(foot), class_="axis"),
        joined_html(*marks),
        class_="chart-bins",
        width="100%",
        height=str(foot + BELOW),
        role="img",
    )


def _svg_distribution_upright(place: Decimal, top: int, foot: int, kind: str = "axis") -> Safe:
    return tag("line", x1=f"{place}%", x2=f"{place}%", y1=str(top), y2=str(foot), class_=kind)


def _svg_distribution_words(place: Decimal, words: str, y: int, kind: str = "tick") -> Safe:
    anchor = "start" if place < SIDES else "end" if place > 100 - SIDES else "middle"
    return tag("text", words, x=f"{place}%", y=str(y), text_anchor=anchor, class_=kind)
