"""What each lever costs in the first year, by the comparison of plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from calculators.choosing.break_even.compared_plans import ComparedPlan, compared_plan, compared_plans
from calculators.choosing.break_even.lever_inputs import LeverPlansInputs, PlanLine
from calculators.choosing.break_even.settings import break_even_settings
from calculators.choosing.break_even.spans import break_even_cost_span
from calculators.choosing.case.inputs import Inputs
from calculators.engine.declare import Range
from calculators.engine.numbers import Number, whole_number
from calculators.engine.numbers.units import MONTH, SHARE, USD_PER_REQUEST

YEAR = 12

LEVERS = ("prompting", "retrieval", "tuned", "both")
"""The levers by the source of their plan, in the order of the table."""


def case_comparison(i: Inputs) -> LeverPlansInputs:
    """The question to the comparison of plans: the four levers over twelve steady months."""
    steady = whole_number(0, "No growth", SHARE, i.requests)
    return LeverPlansInputs(
        plans=tuple(
            PlanLine(source=source, name="", start=None, fixed=None, per_request=None, accepted=None, tested=None)
            for source in LEVERS
        ),
        against="cheapest",
        requests=i.requests,
        growth=steady,
        horizon=whole_number(YEAR, "Months of a year", MONTH, i.requests),
        discount=steady,
        repeated=i.repeated,
        user_text=i.user_text,
        answer=i.answer,
        counted_with=i.counted_with,
        as_of=i.as_of,
        bad_answer=whole_number(0, "No cost of bad answers", USD_PER_REQUEST, i.requests),
        confidence=steady,
        people=i.people,
        prompt_hours=i.prompt_hours,
        labor_rate=i.labor_rate,
        migration_hours=i.migration_hours,
        people_spread=i.people_spread,
        request_spread=i.request_spread,
        prompting=i.prompting,
        retrieval=i.retrieval,
        tuned=i.tuned,
    )


def case_plans(comparison: LeverPlansInputs) -> dict[str, ComparedPlan]:
    """The four levers by name."""
    return dict(zip(LEVERS, compared_plans(comparison), strict=True))


def whole_text_year(comparison: LeverPlansInputs, text: Number) -> Number:
    """What prompting costs in the first year (USD) with a text in the fixed part of each prompt (tokens)."""
    prompting = replace(comparison.prompting, instructions=comparison.prompting.instructions + text)
    return compared_plan(replace(comparison, prompting=prompting), comparison.plans[0], 1).total


def case_spans(comparison: LeverPlansInputs, plans: Mapping[str, ComparedPlan]) -> dict[str, Range]:
    """What each lever costs over all settings, from the least to the most (USD)."""
    first = plans["prompting"]
    spans = {}
    for name, plan in plans.items():
        settings = break_even_settings(comparison, first, plan)
        spans[name] = break_even_cost_span(settings, plan.total, of_first=False)
    return spans
