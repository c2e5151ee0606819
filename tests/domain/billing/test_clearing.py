"""Loops whose old results are cleared: each sum in the numbers it was asked in, and once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.domain.billing.loops import clearing
from calculators.engine.questions.question import Question

CACHED = (
    clearing.cleared_loop_runs,
    clearing.cleared_loop_steps,
    clearing.cleared_loop_tokens,
    clearing.cleared_loop_beginnings,
    clearing.cleared_loop_beginning_tokens,
    clearing.cleared_loop_fitting,
)
LOOP = (10, 30, 40, 0)
RULE = (100, 40, 300, 1, 1, 30, 0, 0)
"""Prompts begin with 100 tokens, and each step adds 40, of which 30 are cleared."""


@pytest.mark.parametrize(
    ("ask", "operands"),
    [
        (clearing.cleared_loop_steps, (*LOOP, *RULE, 0, 10**6)),
        (clearing.cleared_loop_tokens, (*LOOP, *RULE, 0, 10**6)),
        (clearing.cleared_loop_beginnings, (*LOOP, *RULE, 0, 10**6, 1, 0)),
        (clearing.cleared_loop_beginning_tokens, (*LOOP, *RULE, 0, 10**6, 1)),
        (clearing.cleared_loop_fitting, (*RULE, 40, 250)),
    ],
)
@pytest.mark.parametrize("kinds", [(Decimal, float), (float, Decimal)])
def test_equal_numbers_of_another_kind_are_another_question(
    ask: Callable[..., Decimal | float], operands: tuple[int, ...], kinds: tuple[type[Decimal], type[float]]
) -> None:
    """2 as a float equals 2 as a Decimal, and what was kept of one is none of the other."""
    for cached in CACHED:
        cached.cache_clear()
    sums = [ask(*map(kind, operands)) for kind in kinds]
    assert [type(total) for total in sums] == [*kinds]
    assert float(sums[0]) == float(sums[1]) > 0


def test_an_edit_that_leaves_the_loop_alone_adds_up_none_of_it(catalogue: Catalogue) -> None:
    """Also within an answer, which prices the same loop on every model."""
    given = {"history": "clearing", "clear_above": "31234"}
    for cached in CACHED:
        cached.cache_clear()
    catalogue.answer(Question("agents/cost", given, form="page"))
    before = [cached.cache_info() for cached in CACHED]
    assert all(0 < info.misses < info.hits for info in before)
    catalogue.answer(Question("agents/cost", given | {"tasks": "777"}, form="page"))
    assert [cached.cache_info().misses for cached in CACHED] == [info.misses for info in before]
