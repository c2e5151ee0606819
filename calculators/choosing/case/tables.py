"""The tables of a case: the levers' costs, the waits, and what is not counted."""

from __future__ import annotations

from collections.abc import Mapping

from calculators.choosing.break_even.compared_plans import ComparedPlan
from calculators.choosing.case.inputs import Inputs
from calculators.choosing.case.levers import case_lever_name
from calculators.choosing.case.wait import case_speed
from calculators.engine.declare import Range, Table
from calculators.serving import MEDIAN, SLOW, RequestWait


def case_lever_table(i: Inputs, plans: Mapping[str, ComparedPlan], spans: Mapping[str, Range]) -> Table:
    """A row for each lever with its model: the first year, its parts, and its range."""
    rows = tuple(
        (
            case_lever_name(i, name, plan),
            *(plan.total, plan.tokens, plan.hosting, plan.people),
            *(spans[name].low, spans[name].high),
        )
        for name, plan in plans.items()
    )
    return Table(rows, tones=tuple(plan.tone for plan in plans.values()))


def case_wait_table(i: Inputs, plans: Mapping[str, ComparedPlan], waits: Mapping[str, RequestWait]) -> Table:
    """A row for each lever whose model somebody has measured."""
    return Table(
        tuple(
            (
                *(plans[name].name, case_speed(i).name),
                *(wait.first(MEDIAN), wait.first(SLOW), wait.whole(MEDIAN), wait.whole(SLOW)),
            )
            for name, wait in waits.items()
            if name in plans
        )
    )


UNCOUNTED = (
    ("How good the answers are", "Your test set: no cost tells which lever answers better", "do/run-an-experiment"),
    ("What a wrong answer costs", "Break-even, “Cost of a bad answer”", "cost/break-even"),
    ("Growth of the volume, and months beyond the first twelve", "Break-even", "cost/break-even"),
    ("How long a tuned model takes to answer", "How long a person waits, once yours is measured", "do/waiting-time"),
    ("Contracts, security reviews, training of colleagues", "Hidden costs", "cost/hidden-costs"),
    ("Prices that nobody has announced", "What we do not know", "reference/what-we-do-not-know"),
)
"""What no number of a case holds, the page or the test that says more of it, and where that page is."""


def case_uncounted_table() -> Table:
    """What a case leaves out."""
    rows = tuple((matter, place) for matter, place, _ in UNCOUNTED)
    return Table(rows, links=tuple(f"../{page}/" for _, _, page in UNCOUNTED))
