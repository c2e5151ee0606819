"""Prompting: what a prompt costs."""

from calculators.prompting.cost import Inputs as PlanInputs
from calculators.prompting.cost import plan, prompt_cost
from calculators.prompting.cost.labor import prompt_cost_labor, prompt_upkeep_cost

__all__ = ["PlanInputs", "plan", "prompt_cost", "prompt_cost_labor", "prompt_upkeep_cost"]
