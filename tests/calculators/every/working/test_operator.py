"""The working is taken from the code: alter one operator of a formula, and what is shown changes with the result."""

from __future__ import annotations

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.declare import kinds
from tests.calculators.answers import BY_CASE, BY_NAME, Given
from tests.calculators.every.working.altered import Altered, altered, unnoticed, working


@pytest.mark.one_in(4)
@BY_CASE
def test_the_copy_shows_the_same_until_it_is_altered(catalogue: Catalogue, name: str, given: Given) -> None:
    outputs = list(kinds(find_calculator(name).outputs))
    original = Altered(formula=find_calculator(name).formula)
    assert working(catalogue, name, given, altered(name), outputs) == working(catalogue, name, given, original, outputs)


@pytest.mark.one_in(5)
@pytest.mark.promise("A22")
@BY_NAME
def test_altering_an_operator_alters_the_working(catalogue: Catalogue, name: str) -> None:
    """Each operator in turn, those of tables and notes too."""
    met, unseen = unnoticed(catalogue, name, {})
    # A branch that was not taken is not shown, so a few operators are met and have no effect.
    assert len(unseen) * 4 <= len(met), unseen
