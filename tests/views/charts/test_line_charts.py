"""Charts with two axes: no words lie over others, over a curve, or beyond the room that the page has for them."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine import declare
from calculators.engine.declare import Amount, Column, NumberInput, Rows, Table
from calculators.engine.numbers.units import REQUESTS_PER_MONTH, USD
from calculators.engine.questions.question import Question, Sweep
from calculators.views.charts.curves import svg_curves
from calculators.views.charts.frame.marks import NARROWEST, svg_mark_rows
from calculators.views.charts.frame.names import LETTERS, svg_name_lines, svg_name_tops
from calculators.views.charts.frame.scales import PLOT, PLOT_BELOW, PLOT_TOP
from calculators.views.charts.line import svg_line
from macros.pages.pictures.diagrams import cost_diagram
from tests.calculators.answers import CASES, Given

LETTER = 7.6
"""Pixels that a letter of a chart takes on average, at most: measured of the widest names, in bold."""

RISES, DROPS = 11.0, 3.5
"""Pixels that letters reach above and below their foot."""

LEFT_MARGIN, RIGHT_MARGIN = 70, 208
"""Pixels that the style sheet leaves beside a plot, for the numbers of its height and for names."""

PHONE = 258
"""The width of a plot on a phone of 360 pixels, which has the numbers of the axes and the reader's own amount alone."""

WIDTHS = (PHONE, int(NARROWEST), 600, 1000)

LINES = [
    pytest.param(name, given, id=f"{name}: {case}")
    for name, case, given in CASES
    if (chart := find_calculator(name).chart) and chart.kind in ("line", "curves")
]


class Box(NamedTuple):
    """Where words lie, in pixels, and what they are."""

    left: float
    top: float
    right: float
    foot: float
    words: str

    def meets(self, box: Box) -> bool:
        return self.left < box.right and box.left < self.right and self.top < box.foot and box.top < self.foot


def drawings(html: str) -> Iterator[ElementTree.Element]:
    """Every line chart of an answer."""
    for opening in re.finditer(r'<svg(?=[^>]* class="chart-line)', html):
        depth = 0
        for edge in re.finditer(r"<svg\b|</svg>", html[opening.start() :]):
            depth += 1 if edge.group() == "<svg" else -1
            if not depth:
                yield ElementTree.fromstring(html[opening.start() : opening.start() + edge.end()])
                break


def boxes(chart: ElementTree.Element, width: int) -> list[Box]:
    """Where the words of a chart lie in a plot of a width; a phone lacks the names of curves and of crossings."""
    lowered = next((float(re.findall(r"\d+", part.attrib["transform"])[1]) for part in chart.findall("g")), 0.0)
    placed = []
    for parent in chart.iter():
        is_margin = parent.attrib.get("class") == "curve-names"
        for text in parent.findall("text"):
            if width < NARROWEST and (is_margin or text.attrib["class"] == "crossing-label"):
                continue
            x = text.attrib["x"]
            place = float(x.removesuffix("%")) * width / 100 if x.endswith("%") else float(x)
            place += float(text.attrib.get("dx", 0)) + (width if is_margin else 0)
            length = len(text.text or "") * LETTER
            begin = {"start": 0.0, "middle": -length / 2, "end": -length}[text.attrib.get("text-anchor", "start")]
            foot = float(text.attrib["y"]) + lowered
            placed.append(Box(place + begin, foot - RISES, place + begin + length, foot + DROPS, text.text or ""))
    return placed


def crosses(box: Box, begin: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether a straight line runs through a box: some part of it lies within both of its spans."""
    low, high = 0.0, 1.0
    for start, stop, least, most in ((begin[0], end[0], box.left, box.right), (begin[1], end[1], box.top, box.foot)):
        if start == stop:
            if not least < start < most:
                return False
            continue
        first, second = sorted(((least - start) / (stop - start), (most - start) / (stop - start)))
        low, high = max(low, first), min(high, second)
    return low < high


def check(chart: ElementTree.Element) -> None:
    lowered = float(chart.attrib["height"]) - (PLOT_TOP + PLOT + PLOT_BELOW)
    for width in WIDTHS:
        words = boxes(chart, width)
        assert words, "a chart without words would pass"
        for former, latter in combinations(words, 2):
            assert not former.meets(latter), (width, former, latter)
        for box in words:
            assert box.left >= -LEFT_MARGIN and box.right <= width + RIGHT_MARGIN, (width, box)
            assert box.top >= -DROPS and box.foot <= float(chart.attrib["height"]) + DROPS, (width, box)
        for curve in chart.iter("polyline"):
            points = [
                (float(x) * width / 100, lowered + PLOT_TOP + float(y) * PLOT / 100)
                for x, y in (point.split(",") for point in curve.attrib["points"].split())
            ]
            for begin, end in pairwise(points):
                for box in words:
                    assert not crosses(box, begin, end), (width, box, begin, end)


@pytest.mark.parametrize(("name", "given"), LINES)
def test_no_words_of_a_line_chart_lie_over_others_or_a_curve(catalogue: Catalogue, name: str, given: Given) -> None:
    charts = list(drawings(json.loads(catalogue.answer(Question(name, given, form="page")))["result"]))
    assert charts or given
    for chart in charts:
        check(chart)


@pytest.mark.parametrize("requests", ["40k", "100k", "1M", "30M"])
def test_no_words_of_the_costs_by_requests_do(catalogue: Catalogue, requests: str) -> None:
    """As explainers draw them, with the crossings of plans."""
    drawn = {"requests": requests, "tuned.hosting": "dedicated", "plans.4.source": ""}
    (chart,) = drawings(cost_diagram(catalogue, drawn))
    check(chart)


@pytest.mark.parametrize("count", [1, 2])
def test_no_words_of_a_sweep_do(catalogue: Catalogue, count: int) -> None:
    name = "choosing/break_even"
    amounts = [key for key, kind in declare.kinds(find_calculator(name).outputs).items() if isinstance(kind, Amount)]
    asked = Question(name, {}, ask=Sweep("requests", "1k..2M", tuple(amounts[:count])), form="html")
    (chart,) = drawings(catalogue.answer(asked))
    check(chart)


AMOUNTS = st.integers(min_value=-(10**7), max_value=10**9)
NAMED = st.text(st.sampled_from("abcdefg WM$-"), min_size=1, max_size=60).map(lambda text: text.strip() or "Plan")


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data())
def test_no_words_of_random_curves_do(data: st.DataObject) -> None:
    many = data.draw(st.integers(1, 4))
    rows = data.draw(st.lists(st.tuples(*[AMOUNTS] * many), min_size=2, max_size=9))
    names = data.draw(st.lists(NAMED, min_size=many, max_size=many))
    columns = (
        Column("x", "Requests", REQUESTS_PER_MONTH),
        *(Column(f"y{place}", name, USD) for place, name in enumerate(names)),
    )
    table = Table(tuple((Decimal(1000 * place), *map(Decimal, row)) for place, row in enumerate(rows)))
    chart = declare.curves(output="y", title="", meeting="Break-even")
    for drawn in drawings(svg_curves(chart, Rows(label="Over", columns=columns), table)):
        check(drawn)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.floats(-1e5, 1e8).map(lambda height: round(height, 3)), min_size=2, max_size=9), st.floats(0, 1))
def test_no_words_of_a_random_line_do(heights: list[float], share: float) -> None:
    size = NumberInput(label="Size", unit=USD, low=Decimal(0), high=Decimal(9), default=Decimal(1))
    points = [(float(place), height) for place, height in enumerate(heights)]
    own_place = share * (len(points) - 1)
    before = int(min(own_place, len(points) - 2))
    height = heights[before] + (heights[before + 1] - heights[before]) * (own_place - before)
    line = declare.line(output="cost", over="size", title="Cost over size")
    (chart,) = drawings(svg_line(line, points, size, Amount(label="Cost", unit=USD), (own_place, height)))
    check(chart)


def test_a_name_stands_level_with_its_end_where_others_leave_room() -> None:
    def tops(*ends: int) -> list[float]:
        return [float(top) for top in svg_name_tops([Decimal(end) for end in ends], [Decimal(15)] * len(ends))]

    assert tops(100) == [92.5] and tops(60, 100) == [52.5, 92.5]
    assert tops(100, 100) == [83, 102], "alike ends share the room around them, in the order of their columns"
    assert tops(100, 90) == [97, 78], "the name of the lower end is the lower one"
    assert tops(PLOT_TOP + PLOT) == [PLOT_TOP + PLOT - 15], "the foot of the plot is the last"


def test_names_are_cut_into_lines_and_only_a_word_too_long_is_cut() -> None:
    assert svg_name_lines("Prompting $10,390") == ["Prompting $10,390"]
    assert svg_name_lines("Fine-tuning with retrieval $33,837") == ["Fine-tuning with", "retrieval $33,837"]
    (cut, amount) = svg_name_lines("x" * 40 + " $1")
    assert (len(cut), cut[-1], amount) == (LETTERS, "…", "$1")


def test_words_above_a_plot_share_a_row_where_they_are_apart() -> None:
    assert svg_mark_rows([(Decimal(10), "near"), (Decimal(90), "far")]) == [0, 0]
    assert svg_mark_rows([(Decimal(10), "near"), (Decimal(12), "nearer"), (Decimal(14), "between")]) == [0, 1, 2]


def test_what_curves_meet_at_one_place_is_said_once() -> None:
    columns = (Column("x", "Requests", REQUESTS_PER_MONTH), *(Column(name, name, USD) for name in "abc"))
    table = Table(tuple(tuple(map(Decimal, row)) for row in ((0, 5, 1, 2), (10, 5, 9, 8))))
    svg = svg_curves(declare.curves(output="y", title="", meeting="Break-even"), Rows(label="", columns=columns), table)
    assert svg.count("Break-even: 10 requests") == 1 and svg.count('class="crossing"') == 2


def test_a_list_above_the_plot_names_all_curves_even_one_that_ends_early() -> None:
    columns = (Column("x", "Month"), Column("a", "Early", USD), Column("b", "Whole", USD))
    table = Table(
        ((Decimal(0), Decimal(1), Decimal(2)), (Decimal(1), Decimal(2), Decimal(3)), (Decimal(2), None, Decimal(4)))
    )
    svg = svg_curves(None, Rows(label="", columns=columns), table)
    assert re.findall(r"</svg>([^<]+)</li>", svg) == ["Early", "Whole $4.00"]
    assert re.findall(r'class="name [^>]*>([^<]+)<', svg) == ["Whole $4.00"]
