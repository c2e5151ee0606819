"""Calculators about retrieval: answers from documents that are searched first."""

from calculators.rag.cost import Inputs as PlanInputs
from calculators.rag.cost import plan, retrieval_cost

__all__ = ["PlanInputs", "plan", "retrieval_cost"]
