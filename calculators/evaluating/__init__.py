"""Calculators about evaluating: how many examples a test needs, and what its result says."""

from calculators.evaluating.plan import Inputs as PlanInputs
from calculators.evaluating.plan import evaluation_plan

__all__ = ["PlanInputs", "evaluation_plan"]
