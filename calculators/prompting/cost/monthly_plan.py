"""Prompting as a plan: its costs month by month."""

from __future__ import annotations

from calculators.domain.market import market_model_plan
from calculators.domain.plans import MonthlyPlan
from calculators.prompting.cost.inputs import Inputs
from calculators.prompting.cost.request import prompt_cost_request, prompt_cost_sending

YEAR_AHEAD = 12


def prompting_plan(i: Inputs, months: int = YEAR_AHEAD) -> MonthlyPlan:
    """Prompting as a plan: nothing to start, nothing fixed, and the price of a request in each month."""
    return market_model_plan(i.model, prompt_cost_request(i), prompt_cost_sending(i), i.repeated, months)
