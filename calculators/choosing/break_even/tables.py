"""The tables of a comparison of plans: what each costs, and how the costs run."""

from __future__ import annotations

from collections.abc import Iterable

from calculators.choosing.break_even.compared_plans import ComparedPlan
from calculators.choosing.break_even.crossings import (
    break_even_month,
    break_even_outcome_text,
    break_even_volume,
)
from calculators.choosing.break_even.inputs import Inputs
from calculators.choosing.break_even.plan_sources import plan_source_hosting
from calculators.choosing.break_even.settings import SPEEDS, compared_plan_serves_tuned_model
from calculators.choosing.break_even.spans import SpanEnd, SpanVersions, break_even_span_ends
from calculators.engine.declare import Table
from calculators.engine.numbers import bare_value, quotient, whole_number
from calculators.engine.numbers.units import ONE
from calculators.fine_tuning import tuning_serving_in_words
from calculators.serving import hosting_machines_in_words


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


def break_even_ends_table(plans: Iterable[tuple[ComparedPlan, SpanVersions]]) -> Table:
    """Two rows for each plan that may be served in several ways, the least and the most of it: people's hours and their
    cost, what stands ready, what is bought by use, all of it (USD), and how it is served.
    """
    rows = []
    for plan, versions in plans:
        ends = break_even_span_ends(versions)
        for word, end in zip(("from", "to"), ends if ends[0].name else (), strict=False):
            people, hosting = end.plan.people * end.people, end.plan.hosting
            hours = quotient(people, plan.i.labor_rate, None) if bare_value(plan.i.people) else None
            used = end.total - people - hosting
            rows.append(
                (f"{plan.name}, {word}", hours, people, hosting, used, end.total, _break_even_end_in_words(end))
            )
    return Table(tuple(rows))


def _break_even_end_in_words(end: SpanEnd) -> str:
    """How a model is served at an end of a range."""
    plan = end.plan
    if compared_plan_serves_tuned_model(plan):
        return f"{end.name}; {tuning_serving_in_words(plan.i.tuned)}"
    (speed,) = [speed for speed, name in SPEEDS.items() if name == end.name]
    hosting = plan_source_hosting(plan.i, bare_value(plan.line.source))
    return f"{end.name}; {hosting_machines_in_words(hosting, speed)}"
