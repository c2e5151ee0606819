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
    shown = ends(catalogue, given)
    rows = list(shown.values())
    served = [row for row in levers if f"{str(row[0]).partition(' (')[0]}, to" in shown]
    assert len(served) == len(rows) / 2 == 2 + (given is AT_HOME), "the tuned models, and machines of one's own"
    for (_, *_, low, high), least, most in zip(served, rows[::2], rows[1::2], strict=True):
        for ((hours, people, hosting, tokens, total), _), end in ((least, low), (most, high)):
            assert abs(total - Decimal(str(end))) < LAST * total
            assert abs(people + hosting + tokens - total) < LAST * total and abs(hours * 100 - people) < LAST * total


@pytest.mark.parametrize("documents", ["0", "120"])
def test_the_upper_end_of_a_tuned_model_is_found_again_by_hand(catalogue: Catalogue, documents: str) -> None:
    """Hardware that is bought, its electricity, and twice the hours, four a month of them for the hardware itself."""
    (hours, _, hosting, _, total), words = ends(catalogue, {"documents": documents})["Fine-tuning, to"]
    assert words.startswith("On hardware that you buy: Tinker, Qwen3 8B; ")
    bought = BOUGHT.search(words)
    assert bought
    gpus, price, life, power, rate, month = (Decimal(part.replace(",", "")) for part in bought.groups())
    assert abs(gpus * (price / life + power * rate * month) * 12 - hosting) < LAST * total
    likely = answer_json(catalogue, CASE, {"documents": documents})
    tuned = next(row for row in table(likely, "hours") if row[0] == "Fine-tuning")
    assert abs(hours - 2 * (Decimal(str(tuned[1])) + 4 * 12)) < LAST * total


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


@pytest.mark.parametrize(("requests", "load"), [("1", "less than 0.1%"), ("3.7k", "less than 0.1%"), ("50k", "0.5%")])
def test_machines_that_answer_hardly_anything_are_not_said_to_be_idle(
    catalogue: Catalogue, requests: str, load: str
) -> None:
    _, words = ends(catalogue, {"requests": requests})["Fine-tuning, to"]
    assert f", at {load} of its speed on average" in words


@pytest.mark.parametrize("given", [{"documents": "120"}, AT_HOME])
def test_a_report_says_what_the_most_is_made_of(catalogue: Catalogue, given: dict[str, str]) -> None:
    """In a sentence for the first tuned model, and for machines of one's own: paper has no room for the table."""
    written = catalogue.answer(Question(CASE, given, ask=Report(""), form="markdown"))
    for lever, (numbers, words) in list(ends(catalogue, given).items())[1::4]:
        name = lever.removesuffix(", to")
        assert f"At the most, {name} takes ${numbers[1]:,.0f} of work and ${numbers[2]:,.0f} for" in written
        assert f"for hosting. {words}." in written
