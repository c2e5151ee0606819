"""A line over an input, with the reader's own point."""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.declare import Amount, Chart, NumberInput
from calculators.engine.numbers.intervals import rounded_ends
from calculators.engine.numbers.rounding import rounded_amount, unrounded_decimal
from calculators.views.charts.frame.axes import svg_grid, svg_ticks
from calculators.views.charts.frame.reader import svg_reading_line
from calculators.views.charts.frame.scales import PLOT, PLOT_BELOW, PLOT_TOP, svg_height, svg_hundredths
from calculators.views.html.tags import Safe, tag

ROOM = 35
"""Hundredths of the width that the words beside the reader's point need on a phone."""

Point = tuple[float, float]


def svg_line(chart: Chart, points: list[Point], over: Amount | NumberInput, output: Amount, point: Point) -> Safe:
    """A line over an input, with the reader's own point and its amount."""
    if len(points) < 2:
        return Safe("")
    places, heights = ([unrounded_decimal(number) for number in numbers] for numbers in zip(*points, strict=True))
    left, right = places[0], places[-1]
    top, bottom = max(heights), min(Decimal(0), *heights)
    own_place, own_height = map(unrounded_decimal, point)

    def across(place: Decimal) -> str:
        return svg_hundredths(place - left, right - left)

    def down(result: Decimal) -> str:
        return svg_hundredths(top - result, top - bottom)

    path = " ".join(f"{across(place)},{down(result)}" for place, result in zip(places, heights, strict=True))
    plot = tag(
        "svg",
        tag("polyline", points=path, class_="line", fill="none", vector_effect="non-scaling-stroke"),
        viewBox="0 0 100 100",
        preserveAspectRatio="none",
        y=str(PLOT_TOP),
        width="100%",
        height=str(PLOT),
    )
    lines, amounts = svg_grid(bottom, top, down, output.unit)
    own_share, center = across(own_place), svg_height(down(own_height))
    words = f"Yours: {rounded_amount(point[1], output.unit)}"
    own_words = _svg_line_own_words(words, own_share, center, rises=heights[-1] > heights[0])
    return tag(
        "svg",
        tag("title", chart.title),
        tag("desc", svg_line_summary(points, over, output)),
        lines,
        svg_ticks((left, right), across, over.unit, over.label, whole=False),
        plot,
        tag("circle", cx=f"{own_share}%", cy=str(center), r="5", class_="line-own"),
        amounts,
        svg_reading_line(),
        own_words,
        class_="chart-line",
        width="100%",
        height=str(PLOT_TOP + PLOT + PLOT_BELOW),
        role="img",
        data_at=" ".join(across(place) for place in places),
    )


def _svg_line_own_words(words: str, share: str, center: Decimal, *, rises: bool) -> Safe:
    """The reader's own amount beside its point, on the side that the line leaves free.

    Left of a point a rising line is lower, right of it higher; of a falling line it is the other way round.
    """
    is_left = Decimal(share) > (ROOM if rises else 100 - ROOM)
    return tag(
        "text",
        words,
        x=f"{share}%",
        y=str(center - 10 if is_left == rises else center + 20),
        dx="-8" if is_left else "8",
        text_anchor="end" if is_left else "start",
        class_="bar-value",
    )


def svg_line_summary(points: list[Point], over: Amount | NumberInput, output: Amount) -> str:
    """The finding of a line in one sentence."""
    (left, first), (right, last) = points[0], points[-1]
    (begins, ends), (begin, end) = rounded_ends(first, last, output.unit), rounded_ends(left, right, over.unit)
    if begins == ends:
        return f"{output.label} is {begins} from {begin} to {end}."
    return f"{output.label} goes from {begins} at {begin} to {ends} at {end}."
