"""Charts: lengths, order, words and the reader's own row."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.engine import declare
from calculators.engine.declare import Amount, Column, NumberInput, Rows, Table
from calculators.engine.numbers.units import MONTH, ONE, REQUESTS_PER_MONTH, USD, Unit, unit_from_text
from calculators.views.charts.bars import SHOWN, svg_bars, svg_bars_summary
from calculators.views.charts.curves import svg_curves, svg_curves_summary
from calculators.views.charts.distribution import Mark, svg_distribution
from calculators.views.charts.frame.axes import svg_tick_words
from calculators.views.charts.frame.scales import PLOT, PLOT_TOP, svg_axis_ticks
from calculators.views.charts.line import svg_line, svg_line_summary
from calculators.views.charts.shares import svg_shares
from calculators.views.charts.stacks import svg_stacks, svg_stacks_summary
from calculators.views.charts.steps import svg_steps, svg_steps_summary
from calculators.views.charts.tornado import svg_tornado

KIND = Rows(label="Costs", columns=(Column("name", "Name"), Column("cost", "Cost", USD)))
CHART = declare.bars(output="costs", by="name", column="cost", title="Cost by name")


def table(*costs: int | None, marked: int | None = None) -> Table:
    return Table(
        tuple((f"Row {number}", None if cost is None else Decimal(cost)) for number, cost in enumerate(costs)), marked
    )


def widths(svg: str) -> list[float]:
    fills = re.findall(r'<rect[^>]*width="([\d.]+)%"[^>]*class="bar-fill"', svg)
    return [float(number_text) for number_text in fills]


def test_lengths_are_shares_of_the_longest() -> None:
    assert widths(svg_bars(CHART, KIND, table(1, 2, 4))) == [25, 50, 100]


def test_the_readers_own_row_is_drawn_even_when_it_is_far_down() -> None:
    svg = svg_bars(CHART, KIND, table(*range(1, 31), marked=29))
    assert len(widths(svg)) == SHOWN + 1
    assert svg.count("is-own") == 1
    assert "Row 29 (yours)" in svg
    assert widths(svg)[-1] == 100


def test_rows_without_a_number_are_left_out() -> None:
    assert len(widths(svg_bars(CHART, KIND, table(1, None, 3)))) == 2
    assert svg_bars(CHART, KIND, table(None)) == ""


def test_all_zero_draws_empty_bars() -> None:
    assert widths(svg_bars(CHART, KIND, table(0, 0))) == [0, 0]


def test_the_finding_in_words() -> None:
    assert svg_bars_summary(CHART, KIND, table(1, 2, 3, marked=1)) == (
        "Cheapest of 3: Row 0 at $1.00. Row 1, your choice, comes 2nd at $2.00."
    )
    assert svg_bars_summary(CHART, KIND, table(1, 2, marked=0)) == "Row 0, your choice, is the cheapest of 2 at $1.00."
    assert svg_bars_summary(CHART, KIND, table(1, 2)) == "Cheapest of 2: Row 0 at $1.00."
    assert svg_bars_summary(CHART, KIND, table(None)) == "No row has a number."


def test_places_in_words() -> None:
    sentence = svg_bars_summary(CHART, KIND, table(*range(1, 25), marked=10))
    assert "comes 11th" in sentence
    assert "comes 22nd" in svg_bars_summary(CHART, KIND, table(*range(1, 25), marked=21))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=9))
def test_shares_fill_the_bar_and_parse(values: list[int]) -> None:
    svg = svg_shares([Decimal(number) for number in values], "Parts <of> a whole")
    parts = ElementTree.fromstring(svg).findall("rect")
    drawn = sum(float(part.attrib["width"].removesuffix("%")) for part in parts)
    assert len(parts) == len(values)
    assert abs(drawn - (100 if sum(values) else 0)) < 0.01


def test_a_line_runs_from_corner_to_corner_and_marks_the_readers_point() -> None:
    drawing = declare.line(output="cost", over="size", title="Cost over size")
    size = NumberInput(label="Size", unit=USD, low=Decimal(0), high=Decimal(9), default=Decimal(1))
    y = Amount(label="Cost", unit=USD)
    svg = svg_line(drawing, [(0.0, 0.0), (1.0, 5.0), (2.0, 10.0)], size, y, (1.0, 5.0))
    tree = ElementTree.fromstring(svg)
    polyline = next(tree.iter("polyline")).attrib["points"]
    assert [tuple(map(float, point.split(","))) for point in polyline.split()] == [(0, 100), (50, 50), (100, 0)]
    circle = next(tree.iter("circle")).attrib
    assert (float(circle["cx"].removesuffix("%")), float(circle["cy"])) == (50, PLOT_TOP + PLOT / 2)
    assert svg_line_summary([(0.0, 0.0), (2.0, 10.0)], size, y) == "“Cost” goes from $0 at $0 to $10.00 at $2.00."
    assert svg_line(drawing, [], size, y, (1.0, 5.0)) == ""


def test_curves_reach_from_edge_to_edge_where_the_first_place_is_not_zero() -> None:
    kind = Rows(label="Over", columns=(Column("x", "X"), Column("y", "Y", USD), Column("z", "Z", USD)))
    rows = tuple(tuple(map(Decimal, row)) for row in ((60, 1, 4), (90, 2, 2), (120, 3, 1)))
    svg = svg_curves(None, kind, Table(rows))
    first, second = re.findall(r'points="([^"]+)"', svg)
    assert [point.split(",")[0] for point in first.split()] == ["0", "50", "100"]
    assert [point.split(",")[0] for point in second.split()] == ["0", "50", "100"]
    assert re.findall(r'cx="([^"]+)"', svg) == ["50%"]


def test_what_matters_most_leaves_room_for_the_names_of_the_inputs() -> None:
    svg = svg_tornado([("Answer", 171.16, 298.66)], 200.0, Amount(label="Cost", unit=unit_from_text("USD/month")), "")
    assert "$171.16 to $298.66" in svg and "per month" not in svg


def test_stacked_bars_are_as_long_as_their_wholes_and_divided_into_their_parts() -> None:
    columns = ("plan", "total", "tokens", "people")
    kind = Rows(label="Paid for", columns=tuple(Column(name, name.title(), USD) for name in columns), stacked=True)
    rows = (("One", *map(Decimal, (40, 30, 10))), ("Two", *map(Decimal, (80, 20, 60))))
    svg = svg_stacks(kind, Table(rows, 0))
    tree = ElementTree.fromstring(f"<div>{svg}</div>")
    bars = [
        (part.attrib["x"], part.attrib["width"], part.attrib["class"])
        for part in tree.iter("rect")
        if "x" in part.attrib
    ]
    assert bars == [
        ("0%", "37.5%", "part-0"),
        ("37.5%", "12.5%", "part-1"),
        ("0%", "25%", "part-0"),
        ("25%", "75%", "part-1"),
    ]
    assert "$80.00" in svg and [item.text or item[0].tail for item in tree.iter("li")] == ["Tokens", "People"]
    assert svg_stacks_summary(kind, Table(rows)) == "One: most for tokens, $30.00; Two: most for people, $60.00."
    assert svg_stacks(kind, Table(())) == ""


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.decimals(min_value="0", max_value="1e6", allow_nan=False, places=3),
    st.decimals(min_value="0.001", max_value="1e9", allow_nan=False, places=3),
    st.booleans(),
)
def test_ticks_are_few_even_and_between_the_ends(low: Decimal, span: Decimal, whole: bool) -> None:
    span = span.to_integral_value() + 1 if whole else span
    ticks = svg_axis_ticks(low, low + span, whole=whole)
    assert 1 <= len(ticks) <= 5
    assert all(low <= tick <= low + span for tick in ticks)
    assert len({later - earlier for earlier, later in pairwise(ticks)}) <= 1
    assert not whole or all(tick == tick.to_integral_value() for tick in ticks)


def test_ticks_of_a_year_are_months_and_those_of_money_are_round() -> None:
    assert svg_axis_ticks(Decimal(0), Decimal(12), whole=True) == [0, 3, 6, 9, 12]
    assert svg_axis_ticks(Decimal("-0.3"), Decimal("0.5")) == [Decimal(text) for text in ("-0.2", "0", "0.2", "0.4")]


def test_ticks_of_an_axis_have_the_same_decimals_and_few_characters() -> None:
    def words(unit: Unit | None, *ticks: str) -> list[str]:
        return [text for _, text in svg_tick_words([Decimal(tick) for tick in ticks], unit)]

    assert words(USD, "0", "500", "1000") == ["$0", "$500", "$1,000"]
    assert words(USD, "-0.5", "0", "1") == ["−$0.50", "$0", "$1.00"]
    assert words(USD, "0", "0.005", "0.01") == ["$0", "$0.005", "$0.010"]
    assert words(REQUESTS_PER_MONTH, "0", "250000", "1E+6") == ["0", "250k", "1M"]
    assert words(ONE, "0", "99999") == ["0", "99,999"] and words(None, "0", "2.5", "5") == ["0", "2.5", "5.0"]
    assert words(unit_from_text("share"), "0", "0.05") == ["0%", "5%"]
    assert words(MONTH, "0", "0.5", "1") == ["0", "15 days", "1"]


def test_a_range_is_explained_beside_the_colors_of_the_parts() -> None:
    columns = ("plan", "total", "tokens", "low", "high")
    kind = Rows(
        label="Paid for", columns=tuple(Column(name, name.title(), USD) for name in columns), stacked=True, ranged=True
    )
    svg = svg_stacks(kind, Table((("One", *map(Decimal, (4, 4, 2, 8))),)), with_parts=True)
    tree = ElementTree.fromstring(f"<div>{svg}</div>")
    assert [item.findtext("svg") or item[0].tail for item in tree.iter("li")] == ["Tokens", "from least to most"]
    assert "Tokens $4.00" in [text.text for text in tree.iter("text")]


def test_the_finding_of_levers_is_the_cheapest_and_what_most_is_paid_for() -> None:
    kind = Rows(
        label="Paid for",
        columns=tuple(Column(name, name.title(), USD) for name in ("plan", "total", "tokens", "people")),
        stacked=True,
    )
    rows = (("One", *map(Decimal, (40, 30, 10))), ("Two", *map(Decimal, (80, 70, 10))))
    levers = Table(rows, tones=("prompting", "retrieval"))
    assert svg_stacks_summary(kind, levers) == "One costs least, $40.00. Most of each is for tokens, $30.00 to $70.00."
    assert svg_stacks_summary(kind, Table(rows)) == "Most of each is for tokens, $30.00 to $70.00."
    barred = replace(levers, unfit=("without the documents", ""))
    assert svg_stacks_summary(kind, barred).startswith(
        "Two costs least of those that fit, $80.00. Left out: One, without the documents. Most of each"
    )
    assert svg_stacks_summary(kind, replace(levers, unfit=("barred", "barred"))).startswith(
        "None fits. Left out: One, Two, barred. Most of each"
    )


def test_parts_in_words_have_no_more_digits_than_their_whole() -> None:
    kind = Rows(
        label="Paid for", columns=tuple(Column(name, name, USD) for name in ("plan", "all", "Tokens")), stacked=True
    )
    rows = (("One", Decimal(4000), Decimal("600.4")), ("Two", Decimal(400), Decimal("60.4")))
    words = re.findall(r">(Tokens [^<]+)<", svg_stacks(kind, Table(rows), with_parts=True))
    assert words == ["Tokens $600", "Tokens $60.40"]


def test_bars_begin_at_one_line() -> None:
    tree = ElementTree.fromstring(svg_bars(CHART, KIND, table(1, 2)))
    (base,) = tree.iter("line")
    assert (base.attrib["x1"], base.attrib["x2"], base.attrib["y2"]) == ("0", "0", tree.attrib["height"])


def test_curves_have_ticks_names_at_their_ends_and_the_name_of_the_crossing() -> None:
    kind = Rows(label="Over", columns=(Column("x", "Month", ONE), Column("y", "Y", USD), Column("z", "Z", USD)))
    rows = tuple(tuple(map(Decimal, row)) for row in ((0, 0, 50), (1, 40, 60), (2, 80, 70)))
    table = Table(rows, None, ("Month", "Prompting", "Fine-tuning"), ("prompting", "tuning"))
    svg = svg_curves(declare.curves(output="y", title="Paid", meeting="Break-even"), kind, table)
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert {"$20", "$80", "0", "1", "2", "Month", "Break-even: month 2"} <= set(texts)
    assert {"Prompting $80.00", "Fine-tuning $70.00"} <= set(texts)
    assert 'class="curve curve-0 tone-prompting"' in svg and 'class="name name-1 tone-tuning"' in svg
    assert re.search(r'<line x1="100%" x2="100%" y1="[\d.]+" y2="224" class="crossing-foot">', svg)


@pytest.mark.parametrize(("end", "verb"), [(70, "crosses"), (80, "meets")])
def test_curves_that_end_at_one_height_meet_and_do_not_cross(end: int, verb: str) -> None:
    kind = Rows(label="Over", columns=(Column("x", "Month", ONE), Column("y", "Y", USD), Column("z", "Z", USD)))
    rows = tuple(tuple(map(Decimal, row)) for row in ((0, 0, 50), (1, 40, 60), (2, 80, end)))
    sentence = svg_curves_summary(kind, Table(rows, None, ("Month", "Prompting", "Fine-tuning")))
    assert sentence.startswith(f"Fine-tuning {verb} Prompting at month 2. ")


def test_bars_that_are_no_costs_name_the_highest_and_its_column() -> None:
    kind = Rows(label="Waits", columns=(Column("lever", "Lever"), Column("p95", "Whole answer, p95", ONE)))
    rows = tuple((label, Decimal(seconds)) for label, seconds in (("As it is", 9), ("No streaming", 12)))
    bars = declare.bars(output="waits", by="lever", column="p95", title="Waits")
    assert svg_bars_summary(bars, kind, Table(rows)) == "Highest “Whole answer, p95”: No streaming, with 12."


def test_what_matters_most_has_an_axis_a_center_line_and_each_input_on_one_line() -> None:
    long = "The share of the requests that a machine finds in its cache"
    svg = svg_tornado([("Answer", 100.0, 300.0), (long, 250.0, 150.0)], 200.0, Amount(label="Cost", unit=USD), "")
    tree = ElementTree.fromstring(svg)
    center = next(line for line in tree.iter("line") if line.attrib["class"] == "own-line")
    assert center.attrib["x1"] == center.attrib["x2"] == "50%"
    assert "Now $200.00" in svg and {"$100", "$200", "$300"} <= set(re.findall(r">(\$[\d.]+)<", svg))
    first, second = tree.findall("g")
    assert len({text.attrib["y"] for text in first.iter("text")}) == 1
    assert [(bar.attrib["class"], bar.attrib["x"], bar.attrib["width"]) for bar in second.iter("rect")] == [
        ("swing-less", "25%", "25%"),
        ("swing-more", "50%", "25%"),
    ]
    whole, cut = [text for text in second.iter("text") if "bar-label" in text.attrib["class"]]
    assert whole.text == long and (cut.text or "").endswith("…") and "is-cut" in cut.attrib["class"]
    assert svg_tornado([], 1.0, Amount(label="Cost", unit=USD), "") == ""


def test_a_distribution_names_its_low_likely_and_high_amounts_where_they_lie() -> None:
    low, likely, high = Mark(10.0, "low $10"), Mark(50.0, "likely $50"), Mark(90.0, "high $90")
    tree = ElementTree.fromstring(svg_distribution((1, 2, 4, 2, 1), (0.0, 100.0), low, likely, high, "Spread"))
    words = {text.text: text.attrib["x"] for text in tree.iter("text")}
    assert words == {"low $10": "10%", "likely $50": "50%", "high $90": "90%"}
    assert [bar.attrib["height"] for bar in tree.iter("rect")] == ["14", "28", "56", "28", "14"]
    assert [bar.attrib["class"] for bar in tree.iter("rect")].count("bin is-likely") == 5
    assert "likely" not in "".join(
        text.text or ""
        for text in ElementTree.fromstring(svg_distribution((1,), (0.0, 1.0), low, None, high, "")).iter("text")
    )


def test_steps_rise_from_the_foot_and_mark_where_the_reader_is() -> None:
    table = Table(
        (("1. A test set", "not asked for"), ("2. Examples", "you are here: Examples")), 1, tones=("", "prompting")
    )
    tree = ElementTree.fromstring(svg_steps(table, "The ladder"))
    names = {text.text: int(text.attrib["y"]) for text in tree.iter("text") if text.attrib["class"] == "ladder-name"}
    assert names["1. A test set"] > names["2. Examples"]
    (own,) = [rung for rung in tree.iter("g") if "is-own" in rung.attrib["class"]]
    assert own.attrib["class"] == "rung is-own tone-prompting" and own.find("circle") is not None
    assert svg_steps_summary(table) == "You are on step 2, Examples."
    assert svg_steps_summary(Table(table.rows)) == "No step of the ladder is left."


def test_bars_of_levers_are_drawn_in_their_colors() -> None:
    kind = Rows(
        label="Paid", columns=tuple(Column(name, name, USD) for name in ("plan", "all", "tokens")), stacked=True
    )
    rows = (("One", Decimal(4), Decimal(4)), ("Own", Decimal(2), Decimal(2)))
    svg = svg_stacks(kind, Table(rows, tones=("retrieval", "")))
    assert svg.count("toned tone-retrieval") == 1 and "chart-key toned" in svg
    assert "toned" not in svg_stacks(kind, Table(rows))


def test_what_a_name_has_in_brackets_stands_below_its_bar() -> None:
    """A long name would run into the amount at the end of its line."""
    kind = Rows(
        label="Paid", columns=tuple(Column(name, name, USD) for name in ("plan", "all", "tokens")), stacked=True
    )
    bare, detailed = (
        ElementTree.fromstring(
            svg_stacks(kind, Table(((name, Decimal(4), Decimal(4)),))).partition("</svg>")[0] + "</svg>"
        )
        for name in ("One", "One (with a model)")
    )
    assert [text.text for text in bare.iter("text")] == ["One", "$4.00"]
    assert [text.text for text in detailed.iter("text")] == ["One", "$4.00", "with a model"]
    assert int(detailed.attrib["height"]) > int(bare.attrib["height"])
