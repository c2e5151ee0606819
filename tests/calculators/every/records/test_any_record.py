"""Whichever record a reader picks, on any shortlist: every way of asking answers, in the terminal's run and the traced.

Exact numbers have no units, so only the working notices a limit that was compared without one.
"""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.declare import NumberInput, Pick, Several, kinds
from calculators.engine.questions.question import Ask, Question, Ranges, Result, Sensitivity, Sweep, Working
from macros.project import project_catalogue
from tests.calculators.answers import NAMES
from tests.daily import examples
from tests.strategies import texts

SHORTLISTED = 3
SHORTLISTING = [
    (name, pick, several)
    for name in NAMES
    for several, shortlist in kinds(find_calculator(name).inputs).items()
    if isinstance(shortlist, Several)
    for pick, picked in kinds(find_calculator(name).inputs).items()
    if isinstance(picked, Pick) and picked.collection == shortlist.collection
]
"""Every calculator with a shortlist, with its question for a record of the same collection."""

IN_USE = [
    (name, pick, several, id)
    for name, pick, several in SHORTLISTING
    for id in sorted(project_catalogue().facts.entries(kinds(find_calculator(name).inputs)[pick].collection))
]


def ways_of_asking(name: str) -> list[tuple[Ask, dict[str, str]]]:
    """The answer, its working, ranges, swings, and a sweep of the first number, each with the text that it needs."""
    first, number = next(
        (path, kind) for path, kind in kinds(find_calculator(name).inputs).items() if isinstance(kind, NumberInput)
    )
    ends = f"{number.low}..{number.low + 1}"
    return [(Result(), {}), (Working(), {}), (Ranges(), {first: ends}), (Sensitivity(), {}), (Sweep(first, ends), {})]


def answers_every_way(catalogue: Catalogue, name: str, typed: dict[str, str]) -> None:
    for ask, more in ways_of_asking(name):
        json.loads(catalogue.answer(Question(name, typed | more, ask=ask)))


@pytest.mark.one_in(4)
@pytest.mark.parametrize(("name", "pick", "several", "id"), IN_USE, ids=[f"{case[0]}: {case[3]}" for case in IN_USE])
def test_each_record_in_use_beside_a_shortlist(
    catalogue: Catalogue, name: str, pick: str, several: str, id: str
) -> None:
    drawn = random.Random(id)
    ids = sorted(catalogue.facts.entries(kinds(find_calculator(name).inputs)[pick].collection))
    answers_every_way(catalogue, name, {pick: id, several: ",".join(drawn.sample(ids, SHORTLISTED))})
    answers_every_way(catalogue, name, {pick: id, several: ",".join([id, *drawn.sample(ids, SHORTLISTED)])})


@pytest.mark.parametrize(("name", "pick", "several"), SHORTLISTING)
@examples(6, at_night=60)
@given(draws=st.data())
def test_a_shortlist_under_any_conditions(
    catalogue: Catalogue, name: str, pick: str, several: str, draws: st.DataObject
) -> None:
    """Other windows, months of service and days too: each of them is compared with a figure of every model."""
    inputs = find_calculator(name).inputs
    typed = draws.draw(texts(inputs, catalogue.facts, always=(pick, several)), "typed")
    answers_every_way(catalogue, name, typed)
