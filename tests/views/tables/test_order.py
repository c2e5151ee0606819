"""In which order an answer is written, which of its tables a phone shows as cards, and how a wrong file is told."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import calculator_names, find_calculator
from calculators.engine.declare import Column, Rows, Table, kinds
from calculators.engine.numbers.units import USD
from calculators.engine.questions.question import Question
from calculators.views.html.tables import html_table

[FAULTY] = [it.given for it in find_calculator("fine_tuning/dataset").examples if it.name == "A file with mistakes"]


def result(catalogue: Catalogue, name: str, given: dict[str, str]) -> str:
    """The HTML of an answer."""
    html: str = json.loads(catalogue.answer(Question(name, given, form="page")))["result"]
    return html


@pytest.mark.parametrize("name", calculator_names())
def test_a_row_has_a_color_only_below_the_bar_that_has_it(catalogue: Catalogue, name: str) -> None:
    sections = re.findall("<section.*?</section>", result(catalogue, name, {}), re.DOTALL)
    colored = [html for html in sections if 'class="swatch"' in html.partition("<table")[2]]
    assert [html[:120] for html in colored if 'class="chart-shares"' not in html] == []


def test_the_parts_of_a_bill_have_the_colors_of_their_bar(catalogue: Catalogue) -> None:
    html = result(catalogue, "prompting/cost", {})
    bar = html[html.index('class="chart-shares"') :]
    assert bar[: bar.index("</table>")].count('class="swatch"') == bar[: bar.index("</svg>")].count("<rect") > 2


TO_DO = ["What to do", "If the target is still missed"]


@pytest.mark.parametrize(("name", "steps"), [("choosing/case", TO_DO[:1]), ("choosing/approach", TO_DO)])
def test_what_to_do_comes_right_below_the_reasons(catalogue: Catalogue, name: str, steps: list[str]) -> None:
    html = result(catalogue, name, {})
    reasons, advice = html.index('class="result-reasons"'), html.index('class="result-amounts result-advice"')
    amounts = html.index('class="result-amounts"')
    assert reasons < advice < amounts
    assert re.findall("<dt>(.+?)</dt>", html[advice:amounts]) == steps
    assert html.count("<dt>What to do</dt>") == 1


def test_a_case_goes_from_the_costs_to_what_decides_and_then_to_waits_and_what_is_missing(catalogue: Catalogue) -> None:
    html = result(catalogue, "choosing/case", {"requests": "40k"})
    heads = [
        *("What each lever costs in the first year", "What decides the cost: where training would pay"),
        *("What would change the next step", "How long people wait, in seconds", "What is not counted"),
    ]
    places = [html.index(f">{head}<") for head in heads]
    assert places == sorted(places)
    asked = [
        "First year of that lever",
        "Cheapest that fits your case",
        "Test cases that tell two versions apart",
        "Waiting times are those of",
    ]
    places = [html.index(f">{label}<") for label in asked]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("name", "given", "title"),
    [
        ("fine_tuning/dataset", dict(FAULTY), "What to fix"),
        ("prompting/traffic", {"pasted": '{"model": "m"}\nzebra'}, "What was left out, or does not add up"),
    ],
)
def test_the_problems_of_a_file_lead_on_a_phone(
    catalogue: Catalogue, name: str, given: dict[str, str], title: str
) -> None:
    html = result(catalogue, name, given)
    before = html[: html.index(f"<h3>{title}</h3>")]
    assert "is-leading" in before[before.rindex("<section") :]
    assert html.count("is-leading") == 1


NAME, COST, REMARK = Column("name", "Name"), Column("cost", "Cost", USD), Column("remark", "Remark")


@pytest.mark.parametrize(
    ("columns", "is_cards"),
    [
        ((NAME, COST, COST, REMARK), True),
        ((NAME, REMARK, COST, COST, COST), True),
        ((NAME, REMARK, REMARK), True),
        ((NAME, COST, REMARK), False),
        ((NAME, COST, COST, COST, COST, COST), False),
    ],
)
def test_each_row_of_a_wide_table_with_words_is_a_card_on_a_phone(columns: tuple[Column, ...], is_cards: bool) -> None:
    """With the headings of its cells, which a card shows; a table of numbers stays one."""
    row = tuple("words" if column.unit is None else Decimal(7) for column in columns)
    html = html_table(Rows(label="Any", columns=columns), Table((row,)))
    assert ('<div class="table-frame as-cards"' in html) == is_cards
    assert "<table>" in html, "the theme draws no lines in a table that has a class"
    labels = [column.label for column in columns[1:]] if is_cards else []
    assert re.findall('data-label="(.+?)"', html) == labels


def declared_tables() -> list[tuple[str, Rows]]:
    """Every table that a calculator declares, with the calculator's name."""
    outputs = [(name, kind) for name in calculator_names() for kind in kinds(find_calculator(name).outputs).values()]
    return [(name, kind) for name, kind in outputs if isinstance(kind, Rows)]


def test_in_a_table_of_numbers_the_whole_comes_before_its_parts() -> None:
    """A phone shows the first columns of such a table; the others have to be scrolled to."""
    numbers = [(name, kind) for name, kind in declared_tables() if all(column.unit for column in kind.columns[1:])]
    wholes = {
        (name, kind.label): [column.label for column in kind.columns].index("In all")
        for name, kind in numbers
        if "In all" in [column.label for column in kind.columns]
    }
    assert len(wholes) >= 3
    assert {table: place for table, place in wholes.items() if place != 1} == {}
