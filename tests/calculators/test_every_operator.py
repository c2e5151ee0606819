"""The working is taken from the code: alter one operator of a formula, and what is shown changes with the result."""

from __future__ import annotations

from calculators.engine.declare import kinds
from calculators.find import find
from tests.calculators.altered import Altered, altered, unnoticed, working
from tests.calculators.every import BY_CASE, BY_NAME, Given


@BY_CASE
def test_the_copy_shows_the_same_until_it_is_altered(catalogue, name: str, given: Given) -> None:
    outputs = list(kinds(find(name).outputs))
    original = Altered(formula=find(name).formula)
    assert working(catalogue, name, given, altered(name), outputs) == working(catalogue, name, given, original, outputs)


@BY_NAME
def test_a22_altering_an_operator_alters_the_working(catalogue, name: str) -> None:
    """Each operator in turn, those of tables and notes too."""
    met, unseen = unnoticed(catalogue, name, {})
    # A branch that was not taken is not shown, so a few operators are met and have no effect.
    assert len(unseen) * 4 <= len(met), unseen
