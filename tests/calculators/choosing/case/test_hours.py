"""People's hours of a case: what they come to at the rate of labor is what each lever pays for people."""

from __future__ import annotations

from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.answers import answer_json
from tests.calculators.choosing.test_case import CASE, table

TO_A_CENT = Decimal("0.01")


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"documents": "36", "changes": "monthly", "requests": "30k"},
        {"documents": "100k", "changes": "weekly", "labor_rate": "64"},
        {"tuned.hosting": "owned", "tuned.retrain_months": "3", "tuned.evaluations": "2", "tuned.new_share": "0.5"},
        {"tuned.retrain_months": "0", "tuned.evaluations": "0"},
        {"matters": "home", "documents": "0"},
        {"matters": "home", "documents": "100k"},
        {"model": "openai/gpt-5.4-nano"},
    ],
)
def test_hours_at_the_rate_of_labor_are_what_people_cost(catalogue: Catalogue, given: dict[str, str]) -> None:
    """The amounts are those of the comparison of plans, which knows no such table of hours."""
    answer = answer_json(catalogue, CASE, given)
    rate = Decimal(given.get("labor_rate", "100"))
    levers, hours = table(answer, "levers"), table(answer, "hours")
    assert [str(row[0]).partition(" (")[0] for row in levers] == [row[0] for row in hours]
    for (name, whole, cost, *parts), lever in zip(hours, levers, strict=True):
        assert abs(sum(Decimal(str(part)) for part in parts) - Decimal(str(whole))) < TO_A_CENT, name
        assert abs(Decimal(str(whole)) * rate - Decimal(str(lever[4]))) < TO_A_CENT, name
        assert cost == lever[4]


def test_the_hours_of_each_lever_by_hand(catalogue: Catalogue) -> None:
    """From the assumptions: 40 for a prompt and 3 a month, 40 to build a search, 16 to test it and 6 a month.

    Fine-tuning: 40 for the prompt, 40 to set up, examples at 5 minutes each.
    """
    given = {
        **{"tuned.examples": "120", "tuned.minutes_per_example": "5", "tuned.new_share": "1", "tuned.evaluations": "1"},
        **{"tuned.test_examples": "60", "tuned.grading_minutes": "2", "tuned.retrain_months": "6"},
        "tuned.retrain_labor": "0.5",
    }
    rows = {
        str(row[0]): [Decimal(str(cell)) for cell in row[1:2] + row[3:]]
        for row in table(answer_json(catalogue, CASE, given), "hours")
    }
    assert rows["Prompting"] == [76, 40, 0, 0, 3 * 12, 0]
    assert rows["Retrieval"] == [168, 40, 40, 16, 6 * 12, 0]
    again = Decimal(10 + 40) / 2 + 2
    assert rows["Fine-tuning"] == [40 + 40 + 12 + 48 + again, 40, 40, 10 + 2, 4 * 12, again]
    assert rows["Fine-tuning with retrieval"] == [268 + again, 40, 80, 28, 120, again]


def test_the_move_to_another_model_is_upkeep(catalogue: Catalogue) -> None:
    """Three days, where the model shuts down within twelve months: this one on the first of April of 2027."""
    rows = table(answer_json(catalogue, CASE, {"model": "openai/gpt-5.4-nano", "as_of": "2026-11-30"}), "hours")
    assert [Decimal(str(row[6])) for row in rows] == [3 * 12 + 24, 6 * 12 + 24, 4 * 12, 4 * 12 + 6 * 12]


def test_without_peoples_work_there_are_no_hours(catalogue: Catalogue) -> None:
    answer = answer_json(catalogue, CASE, {"people": "no"})
    assert table(answer, "hours") == []
    assert any("People's work is left out" in note for note in answer["notes"])


def test_a_range_is_rebuilt_from_what_is_said_of_it(catalogue: Catalogue) -> None:
    """Prompting's: 76 hours halved with requests that cost 30% less, and doubled with 30% more."""
    answer = answer_json(catalogue, CASE, {"requests": "30k"})
    [sentence] = [note for note in answer["notes"] if note.startswith("People's work counts $100.00 per hour.")]
    assert (
        "hours divided by 2 and requests that cost 30% less, to hours times 2 and requests that cost 30% more"
        in sentence
    )
    _, _, tokens, hosting, people, low, high = (
        Decimal(str(cell)) if place else Decimal(0) for place, cell in enumerate(table(answer, "levers")[0])
    )
    assert hosting == 0
    assert abs(people / 2 + tokens * Decimal("0.7") - low) < TO_A_CENT
    assert abs(people * 2 + tokens * Decimal("1.3") - high) < TO_A_CENT
