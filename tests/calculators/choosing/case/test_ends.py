"""What each range of a case goes from and to: a reader can add it up, and find it again with a pencil."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question, Report
from tests.calculators.answers import answer_json
from tests.calculators.choosing.test_case import CASE, LAST, table

AT_HOME = {"matters": "home", "documents": "120"}
RENTED = re.compile(r"(\d+) × [^;]*? at \$([\d.]+) an hour, ([\d.]+) hours a month")
BOUGHT = re.compile(r"(\d+) × .*, \$([\d,]+) over (\d+) months, ([\d.]+) kW at \$([\d.]+) per kWh, ([\d.]+) hours")
STORE = Decimal(600)
"""A year of the store's minimum."""


def ends(catalogue: Catalogue, given: dict[str, str]) -> dict[str, tuple[list[Decimal], str]]:
    """The numbers of each end, and the words of what it is counted with."""
    rows = table(answer_json(catalogue, CASE, given), "ends")
    return {str(row[0]): ([Decimal(str(cell or 0)) for cell in row[1:-1]], str(row[-1])) for row in rows}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"documents": "120", "tokens_per_document": "500", "people_spread": "3", "request_spread": "10%"},
        {"people": "no", "requests": "4M"},
        AT_HOME,
        {"tuned.offer": "openai/gpt-4.1-mini", "documents": "0"},
    ],
)
def test_the_parts_of_an_end_come_to_the_end_of_the_range(catalogue: Catalogue, given: dict[str, str]) -> None:
    """Hours at the rate of labor are the people's part, and all parts together are what the table of levers has."""
    levers = table(answer_json(catalogue, CASE, given), "levers")
    rows = list(ends(catalogue, given).values())
    assert len(rows) == 2 * len(levers)
    for (_, *_, low, high), least, most in zip(levers, rows[::2], rows[1::2], strict=True):
        for ((hours, people, hosting, tokens, total), _), end in ((least, low), (most, high)):
            assert abs(total - Decimal(str(end))) < LAST * total
            assert abs(people + hosting + tokens - total) < LAST * total and abs(hours * 100 - people) < LAST * total


@pytest.mark.parametrize("documents", ["0", "120"])
def test_the_upper_end_of_a_tuned_model_is_found_again_by_hand(catalogue: Catalogue, documents: str) -> None:
    """Hardware that is bought, its electricity, and twice the hours, four a month of them for the hardware itself."""
    (hours, _, hosting, _, total), words = ends(catalogue, {"documents": documents})["Fine-tuning, to"]
    assert "requests × 1.3; On hardware that you buy: Tinker, Qwen3 8B" in words
    found = BOUGHT.search(words)
    assert found
    gpus, price, life, power, rate, month = (Decimal(part.replace(",", "")) for part in found.groups())
    assert abs(gpus * (price / life + power * rate * month) * 12 - hosting) < LAST * total
    likely = answer_json(catalogue, CASE, {"documents": documents})
    tuned = next(row for row in table(likely, "hours") if row[0] == "Fine-tuning")
    assert abs(hours - 2 * (Decimal(str(tuned[6])) + 4 * 12)) < LAST * total


@pytest.mark.parametrize(
    ("lever", "given", "stores"),
    [
        ("Machines of your own, from", AT_HOME, STORE),
        ("Machines of your own, to", AT_HOME, STORE),
        ("Machines of your own, to", {**AT_HOME, "documents": "0", "requests": "9M"}, Decimal(0)),
        ("Fine-tuning, to", {"documents": "0", "people": "no", "tuned.hardware_price": "9000"}, Decimal(0)),
    ],
)
def test_rented_machines_at_an_end_are_found_again_by_hand(
    catalogue: Catalogue, lever: str, given: dict[str, str], stores: Decimal
) -> None:
    (_, _, hosting, _, total), words = ends(catalogue, given)[lever]
    found = RENTED.search(words)
    assert found, words
    gpus, rent, hours = map(Decimal, found.groups())
    assert abs(gpus * rent * hours * 12 - (hosting - stores)) < LAST * total


def test_a_report_has_the_ends(catalogue: Catalogue) -> None:
    written = catalogue.answer(Question(CASE, {"documents": "120"}, ask=Report(""), form="markdown"))
    assert "## What each range goes from and to" in written and "0.6 kW at $0.15 per kWh" in written
