"""Agents: what a task costs that a model does in many steps, with tools."""

from calculators.agents.cost.inputs import Inputs as PlanInputs
from calculators.agents.cost.monthly_plan import agent_plan as plan

__all__ = ["PlanInputs", "plan"]
