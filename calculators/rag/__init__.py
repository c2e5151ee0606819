"""Calculators about retrieval: answers from documents that are searched first."""

from calculators.rag.cost import Inputs as PlanInputs
from calculators.rag.cost import documents_changed_a_month, plan, retrieval_cost

__all__ = ["PlanInputs", "documents_changed_a_month", "plan", "retrieval_cost"]
