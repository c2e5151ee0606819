"""Headlines say amounts, ranges and names, on the page, in the terminal and in what is carried away."""

from __future__ import annotations

import json
import re

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question, Ranges

COST, PLANS = "prompting/cost", "choosing/break_even"


def spoken(catalogue: Catalogue, name: str, **given: str) -> str:
    """The headline as a screen reader hears it."""
    told: str = json.loads(catalogue.answer(Question(name, given, form="page")))["spoken"]
    return told


def test_a_typed_range_becomes_a_range_in_the_headline(catalogue: Catalogue) -> None:
    """That of the instrument. The cost is linear, so nine of ten lie between those of 41,000 and 59,000 requests."""
    given = {"requests": "40k..60k", "caching": "no"}
    said = spoken(catalogue, COST, **given).partition(": ")[2]
    words = re.fullmatch(r"\$([\d.]+) to \$([\d.]+), likely \$([\d.]+)", said)
    assert words
    alone = [spoken(catalogue, COST, requests=n, caching="no").partition("$")[2] for n in ("41k", "59k", "50k")]
    assert list(map(float, words.groups())) == pytest.approx(list(map(float, alone)), rel=1e-3)
    spreading = json.loads(catalogue.answer(Question(COST, given, ask=Ranges())))["ranges"]["per_month"]
    assert [f"{float(spreading[end]):.2f}" for end in ("low", "high", "likely")] == list(words.groups())
    for form in ("text", "scenario", "html"):
        assert said in catalogue.answer(Question(COST, given, form=form))


def test_a_range_that_moves_nothing_stays_one_amount(catalogue: Catalogue) -> None:
    """The pause between turns has no effect on a single turn."""
    assert spoken(catalogue, COST, pause="1..2") == spoken(catalogue, COST)


def test_plans_have_their_costs_and_names_in_the_headline(catalogue: Catalogue) -> None:
    """Two plans of $600 and $1,200 a year, whose names are typed, whatever signs they hold."""
    given = {f"plans.{n}.{cell}": "" for n in (3, 4) for cell in ("name", "source")}
    given |= {"plans.1.name": "Now {x}\\1", "plans.1.source": "own", "plans.1.fixed": "100"}
    given |= {"plans.2.name": "Zebra", "plans.2.source": "own", "plans.2.fixed": "50", "horizon": "12"}
    assert spoken(catalogue, PLANS, **given) == "Cheapest over these months: Zebra $600.00 · next: Now (x)\\1 $1,200"
    text = catalogue.answer(Question(PLANS, given, form="text"))
    page = json.loads(catalogue.answer(Question(PLANS, given, form="page")))["result"]
    for shown in (text, page):
        assert "Zebra, over these months" in shown and "Now {x}\\1, over these months" in shown
        assert "the other plan" not in shown.lower()


def test_without_a_second_plan_labels_stay_as_they_are_declared(catalogue: Catalogue) -> None:
    """There is nothing to name."""
    given = {f"plans.{n}.{cell}": "" for n in (2, 3, 4) for cell in ("name", "source")}
    text = catalogue.answer(Question(PLANS, given, form="text"))
    assert "Cheapest over these months  " in text
