"""A line over an input, with the reader's own point."""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.declare import Amount, Chart, NumberInput
from calculators.engine.numbers.intervals import rounded_ends
from calculators.engine.numbers.rounding import rounded_amount, unrounded_decimal
from calculators.views.charts.frame.axes import svg_grid, svg_ticks
from calculators.views.charts.frame.marks import PlaceMark, svg_marks
from calculators.views.charts.frame.reader import svg_reading_line
from calculators.views.charts.frame.scales import PLOT, PLOT_BELOW, PLOT_TOP, svg_height, svg_hundredths
from calculators.views.html.tags import Safe, tag

Point = tuple[float, float]


def svg_line(chart: Chart, points: list[Point], over: Amount | NumberInput, output: Amount, point: Point) -> Safe:
    """A line over an input, with the reader's own point and its amount."""
    if len(points) < 2:
        return Safe("")
    places, heights = ([unrounded_decimal(number) for number in numbers] for numbers in zip(*points, strict=True))
    left, right = places[0], places[-1]
    own_place, own_height = map(unrounded_decimal, point)
    heights_of_all = (Decimal(0), own_height, *heights)
    top, bottom = max(heights_of_all), min(heights_of_all)

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
    words = f"Yours: {rounded_amount(point[1], output.unit)}"
    mark = PlaceMark(across(own_place), svg_height(down(own_height)), words)
    own, _ = svg_marks([mark], dot="line-own", words="bar-value")
    return tag(
        "svg",
        tag("title", chart.title),
        tag("desc", svg_line_summary(points, over, output)),
        svg_grid(bottom, top, down, output.unit),
        svg_ticks((left, right), across, over.unit, over.label, whole=False),
        plot,
        own,
        svg_reading_line(),
        class_="chart-line",
        width="100%",
        height=str(PLOT_TOP + PLOT + PLOT_BELOW),
        role="img",
        data_at=" ".join(across(place) for place in places),
    )


def svg_line_summary(points: list[Point], over: Amount | NumberInput, output: Amount) -> str:
    """The finding of a line in one sentence."""
    (left, first), (right, last) = points[0], points[-1]
    (begins, ends), (begin, end) = rounded_ends(first, last, output.unit), rounded_ends(left, right, over.unit)
    if begins == ends:
        return f"“{output.label}” is {begins} from {begin} to {end}."
    return f"“{output.label}” goes from {begins} at {begin} to {ends} at {end}."
