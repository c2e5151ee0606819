"""The tables of a case: the levers' costs, the waits, and what is not counted."""

from __future__ import annotations

from collections.abc import Mapping

from calculators.choosing.break_even.compared_plans import ComparedPlan
from calculators.choosing.break_even.plan_sources import plan_source_moving_month
from calculators.choosing.case.inputs import Inputs
from calculators.choosing.case.levers import YEAR, case_lever_name, case_lever_unfit
from calculators.choosing.case.wait import case_speed
from calculators.engine.declare import Range, Table
from calculators.engine.numbers import Number, bare_value, sum_of_numbers
from calculators.fine_tuning import tuning_hours_of_year
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
    unfit = tuple(case_lever_unfit(i, name) for name in plans)
    return Table(rows, tones=tuple(plan.tone for plan in plans.values()), unfit=unfit)


def case_hours_table(i: Inputs, plans: Mapping[str, ComparedPlan]) -> Table:
    """A row for each lever: people's hours in the first year, what they come to (USD), and what they go into.

    Nothing where people's work is left out.
    """
    if not bare_value(i.people):
        return Table(())
    retires, nothing = bare_value(i.model).retires, 0 * i.prompt_hours
    moves = plan_source_moving_month(bare_value(i.as_of), retires, YEAR) is not None
    moving = i.migration_hours if moves else nothing
    trained, search, hosted = tuning_hours_of_year(i.tuned), i.retrieval, i.hosting
    asked, searched = i.prompting.prompt_upkeep_hours * YEAR, search.retrieval_upkeep_hours * YEAR
    hours: dict[str, tuple[Number, ...]] = {
        "prompting": (i.prompt_hours, nothing, nothing, asked + moving, nothing),
        "retrieval": (i.prompt_hours, search.build_hours, search.evaluation_hours, searched + moving, nothing),
        "tuned": (trained.prompt, trained.setup, trained.examples, trained.upkeep, trained.retraining),
        "hosting": (i.prompt_hours, hosted.setup_hours, nothing, asked + hosted.upkeep_hours * YEAR, nothing),
    }
    searching = (nothing, search.build_hours, search.evaluation_hours, searched, nothing)
    hours["both"] = _case_hours_together(hours["tuned"], searching)
    hours["hosted_search"] = _case_hours_together(hours["hosting"], searching)
    rows = []
    for plan in plans.values():
        first, *others = parts = hours[bare_value(plan.line.source)]
        rows.append((plan.name, sum_of_numbers(others, first), plan.people, *parts))
    return Table(tuple(rows))


def _case_hours_together(one: tuple[Number, ...], more: tuple[Number, ...]) -> tuple[Number, ...]:
    """The hours of two plans that are carried out both, part by part."""
    return tuple(hours + further for hours, further in zip(one, more, strict=True))


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
    (
        "The test set that compares the levers: making and grading it",
        "How many test examples you need",
        "do/run-an-experiment",
    ),
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
