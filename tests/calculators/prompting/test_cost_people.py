"""People's work on a prompt: beside the bill of tokens, in the first year, and nowhere where it is left out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.answers import answer_json
from tests.calculators.settings import settings_of

NAME = "prompting/cost"
HOURS = {"prompt_hours": "40", "prompt_upkeep_hours": "3", "labor_rate": "100"}


def outputs(catalogue: Catalogue, **typed: str) -> dict[str, Fraction]:
    """The outputs of people's work, and the bill of tokens beside them."""
    answer = answer_json(catalogue, NAME, settings_of(NAME) | HOURS | typed)["outputs"]
    names = ("labor", "upkeep_per_month", "first_year", "per_year", "per_month")
    return {name: Fraction(answer[name]["value"]) for name in names}


@pytest.mark.parametrize(("hours", "monthly"), [("40", "3"), ("120", "0"), ("0", "1.5")])
def test_the_first_year_is_the_tokens_the_start_and_twelve_months_of_upkeep(
    catalogue: Catalogue, hours: str, monthly: str
) -> None:
    answer = outputs(catalogue, prompt_hours=hours, prompt_upkeep_hours=monthly)
    assert answer["labor"] == int(hours) * 100
    assert answer["upkeep_per_month"] == Fraction(monthly) * 100
    assert answer["first_year"] == answer["per_year"] + answer["labor"] + 12 * answer["upkeep_per_month"]


def test_without_people_the_first_year_is_the_bill(catalogue: Catalogue) -> None:
    answer, bill = outputs(catalogue, people="no"), outputs(catalogue)
    assert answer["labor"] == answer["upkeep_per_month"] == 0
    assert answer["first_year"] == answer["per_year"] == bill["per_year"] > 0
    assert answer["per_month"] == bill["per_month"], "the bill of a month never has people's work in it"
