"""Charts: lengths, order, words and the reader's own row."""

import re
import xml.etree.ElementTree as ElementTree
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.engine.declare import Amount, Column, Number, Rows, Table, bars, line
from calculators.engine.units import USD, unit
from calculators.views import chart

KIND = Rows(label="Costs", columns=(Column("name", "Name"), Column("cost", "Cost", USD)))
CHART = bars(of="costs", by="name", value="cost", title="Cost by name")


def table(*costs: int | None, own: int | None = None) -> Table:
    return Table(tuple((f"Row {at}", None if cost is None else Decimal(cost)) for at, cost in enumerate(costs)), own)


def widths(svg: str) -> list[float]:
    fills = re.findall(r'<rect[^>]*width="([\d.]+)%"[^>]*class="bar-fill"', svg)
    return [float(it) for it in fills]


def test_lengths_are_shares_of_the_longest() -> None:
    assert widths(chart.bars(CHART, KIND, table(1, 2, 4))) == [25, 50, 100]


def test_the_readers_own_row_is_drawn_even_when_it_is_far_down() -> None:
    svg = chart.bars(CHART, KIND, table(*range(1, 31), own=29))
    assert len(widths(svg)) == chart.SHOWN + 1
    assert svg.count("is-own") == 1
    assert "Row 29 (yours)" in svg
    assert widths(svg)[-1] == 100


def test_rows_without_a_number_are_left_out() -> None:
    assert len(widths(chart.bars(CHART, KIND, table(1, None, 3)))) == 2
    assert chart.bars(CHART, KIND, table(None)) == ""


def test_all_zero_draws_empty_bars() -> None:
    assert widths(chart.bars(CHART, KIND, table(0, 0))) == [0, 0]


def test_the_finding_in_words() -> None:
    assert chart.summary(CHART, KIND, table(1, 2, 3, own=1)) == (
        "Cheapest of 3: Row 0 at $1.00. Row 1, your choice, comes 2nd at $2.00."
    )
    assert chart.summary(CHART, KIND, table(1, 2, own=0)) == "Row 0, your choice, is the cheapest of 2 at $1.00."
    assert chart.summary(CHART, KIND, table(1, 2)) == "Cheapest of 2: Row 0 at $1.00."
    assert chart.summary(CHART, KIND, table(None)) == "No row has a number."


def test_places_in_words() -> None:
    told = chart.summary(CHART, KIND, table(*range(1, 25), own=10))
    assert "comes 11th" in told
    assert "comes 22nd" in chart.summary(CHART, KIND, table(*range(1, 25), own=21))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=9))
def test_shares_fill_the_bar_and_parse(values: list[int]) -> None:
    svg = chart.shares([Decimal(it) for it in values], "Parts <of> a whole")
    parts = ElementTree.fromstring(svg).findall("rect")
    drawn = sum(float(it.attrib["width"].removesuffix("%")) for it in parts)
    assert len(parts) == len(values)
    assert abs(drawn - (100 if sum(values) else 0)) < 0.01


def test_a_line_runs_from_corner_to_corner_and_marks_the_readers_point() -> None:
    drawing = line(of="cost", over="size", title="Cost over size")
    x = Number(label="Size", unit=USD, low=Decimal(0), high=Decimal(9), default=Decimal(1))
    y = Amount(label="Cost", unit=USD)
    svg = chart.line(drawing, [(0.0, 0.0), (1.0, 5.0), (2.0, 10.0)], x, y, (1.0, 5.0))
    tree = ElementTree.fromstring(svg)
    polyline = next(tree.iter("polyline")).attrib["points"]
    assert [tuple(map(float, point.split(","))) for point in polyline.split()] == [(0, 100), (50, 50), (100, 0)]
    circle = next(tree.iter("circle")).attrib
    assert (float(circle["cx"].removesuffix("%")), float(circle["cy"])) == (50, 24 + 80)
    assert chart.line_summary(drawing, [(0.0, 0.0), (2.0, 10.0)], x, y) == "Cost goes from $0 at $0 to $10.00 at $2.00."
    assert chart.line(drawing, [], x, y, (1.0, 5.0)) == ""


def test_curves_reach_from_edge_to_edge_where_the_first_place_is_not_zero() -> None:
    kind = Rows(label="Over", columns=(Column("x", "X"), Column("y", "Y", USD), Column("z", "Z", USD)))
    rows = tuple(tuple(map(Decimal, row)) for row in ((60, 1, 4), (90, 2, 2), (120, 3, 1)))
    svg = chart.curves(None, kind, Table(rows))
    first, second = re.findall(r'points="([^"]+)"', svg)
    assert [point.split(",")[0] for point in first.split()] == ["0", "50", "100"]
    assert [point.split(",")[0] for point in second.split()] == ["0", "50", "100"]
    assert re.findall(r'cx="([^"]+)"', svg) == ["50%"]


def test_what_matters_most_leaves_room_for_the_names_of_the_inputs() -> None:
    svg = chart.tornado([("Answer", 171.16, 298.66)], 200.0, Amount(label="Cost", unit=unit("USD/month")), "")
    assert "$171.16 to $298.66" in svg and "per month" not in svg
