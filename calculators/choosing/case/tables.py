"""The tables of a case: the levers' costs, the waits, and what is not counted."""

from __future__ import annotations

from collections.abc import Mapping

from calculators.choosing.break_even.compared_plans import ComparedPlan
from calculators.engine.declare import Range, Table
from calculators.serving import MEDIAN, SLOW, RequestWait


def case_lever_table(plans: Mapping[str, ComparedPlan], spans: Mapping[str, Range]) -> Table:
    """A row for each lever: the first year, its parts, and its range."""
    rows = tuple(
        (plan.name, plan.total, plan.tokens, plan.hosting, plan.people, spans[name].low, spans[name].high)
        for name, plan in plans.items()
    )
    return Table(rows, tones=tuple(plan.tone for plan in plans.values()))


def case_wait_table(plans: Mapping[str, ComparedPlan], waits: Mapping[str, RequestWait]) -> Table:
    """A row for each lever whose model somebody has measured."""
    return Table(
        tuple(
            (plans[name].name, wait.first(MEDIAN), wait.first(SLOW), wait.whole(MEDIAN), wait.whole(SLOW))
            for name, wait in waits.items()
            if name in plans
        )
    )


UNCOUNTED = (
    ("How good the answers are", "Your test set: no cost tells which lever answers better"),
    ("What a wrong answer costs", "Break-even, “Cost of a bad answer”"),
    ("Growth of the volume, and months beyond the first twelve", "Break-even"),
    ("How long a tuned model takes to answer", "How long a person waits, once yours is measured"),
    ("Contracts, security reviews, training of colleagues", "Hidden costs"),
    ("Prices that nobody has announced", "What we do not know"),
)
"""What no number of a case holds, and the page or the test that says more of it."""


def case_uncounted_table() -> Table:
    """What a case leaves out."""
    return Table(UNCOUNTED)
