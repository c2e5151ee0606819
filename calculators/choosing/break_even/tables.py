"""The tables of a comparison of plans: what each costs, and how the costs run."""

from __future__ import annotations

from calculators.choosing.break_even.compared_plans import ComparedPlan
from calculators.choosing.break_even.crossings import (
    break_even_month,
    break_even_outcome_text,
    break_even_volume,
)
from calculators.choosing.break_even.inputs import Inputs
from calculators.engine.declare import Table
from calculators.engine.numbers import bare_value, whole_number
from calculators.engine.numbers.units import ONE


def break_even_table(i: Inputs, plans: list[ComparedPlan]) -> Table:
    """One row a plan: what it costs, and how it stands against the first."""
    rows = []
    for plan in plans:
        first = plans[0]
        is_first = plan is first
        rows.append(
            (
                plan.name,
                plan.costs.start,
                plan.costs.fixed[0],
                plan.costs.per_request[0],
                plan.total,
                first.total - plan.total,
                "the first plan" if is_first else break_even_outcome_text(first, plan),
                None if is_first else break_even_month(i, first, plan),
                None if is_first else break_even_volume(first, plan),
                plan.accepted.low,
                plan.accepted.high,
            )
        )
    return Table(tuple(rows), 0 if rows else None)


def break_even_split_table(plans: list[ComparedPlan]) -> Table:
    """What each plan pays for over all months: tokens, hosting, people, and what the reader typed, if anything."""
    has_typed = any(bare_value(plan.typed) for plan in plans)
    typed = [(plan.typed,) if has_typed else () for plan in plans]
    rows = tuple(
        (plan.name, plan.total, plan.tokens, plan.hosting, plan.people, *more)
        for plan, more in zip(plans, typed, strict=True)
    )
    labels = ("Plan", "In all", "Tokens", "Hosting", "People")
    headings = (*labels, "Typed by you") if has_typed else labels
    return Table(rows, 0 if rows else None, headings, tuple(plan.tone for plan in plans))


def break_even_cumulative_costs_table(i: Inputs, plans: list[ComparedPlan]) -> Table:
    """What each plan has cost at the start and by the end of each month."""
    courses = [plan.course.totals(plan.costs) for plan in plans]
    rows = tuple(
        (whole_number(month, "Month", ONE, i.horizon), *(course[month] for course in courses))
        for month in range(int(bare_value(i.horizon)) + 1)
    )
    return Table(rows, None, ("Month", *(plan.name for plan in plans)), tuple(plan.tone for plan in plans))
