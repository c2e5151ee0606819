"""Calculators about evaluating: how many examples a test needs, and what its result says."""

from calculators.evaluating.plan import Inputs as PlanInputs
from calculators.evaluating.plan import evaluation_plan
from calculators.evaluating.plan.pilot import evaluation_pilot
from calculators.evaluating.plan.pilot_notes import evaluation_pilot_remarks

__all__ = ["PlanInputs", "evaluation_pilot", "evaluation_pilot_remarks", "evaluation_plan"]
