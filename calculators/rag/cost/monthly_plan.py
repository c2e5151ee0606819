"""Retrieval as a plan: its costs month by month."""

from __future__ import annotations

from functools import partial

from calculators.domain.plans import MonthlyPlan, PlanSplit, plan_with_work, shared_plan_months
from calculators.engine.numbers import Number, named
from calculators.rag.cost.inputs import Inputs
from calculators.rag.cost.labor import retrieval_labor, retrieval_upkeep_cost
from calculators.rag.cost.retrieval import Retrieval, retrieval_parts

YEAR_AHEAD = 12


def retrieval_plan(i: Inputs, months: int = YEAR_AHEAD, *, answering: bool = True) -> MonthlyPlan:
    """Retrieval as a plan: labor and indexing first, then store, new documents and upkeep, and a price for each query.

    `answering=False` leaves out what the answering model reads and writes, for another calculator to add its own; the
    plan's `context` says how many tokens of retrieved text it then has to read. The store's part of a query is what one
    more query costs at the reader's volume, so that month 0 is the answer of this calculator.
    """

    def fixed(parts: Retrieval) -> Number:
        return named("A month's fixed cost", parts.store.fixed + parts.churn)

    def query(parts: Retrieval) -> Number:
        cost = parts.question + parts.rerank + parts.store.search + (parts.request.total if answering else 0)
        return named("A query, repeats included", cost * (1 + i.repeated))

    records = (i.model, i.embedding, i.vector_store, i.reranker)
    monthly_records = (map(record.in_month, range(months)) for record in records)
    monthly_parts = shared_plan_months(partial(retrieval_parts, i), *monthly_records)
    first = monthly_parts[0]
    machines = MonthlyPlan(
        name=f"Retrieval with {i.model.name}",
        start=named("Indexing once", first.once + first.store.first),
        fixed=shared_plan_months(fixed, monthly_parts),
        per_request=shared_plan_months(query, monthly_parts),
        context=first.context,
        split=PlanSplit(work=0, upkeep=(0,) * months, hosting=tuple(parts.store.fixed for parts in monthly_parts)),
    )
    return plan_with_work(machines, retrieval_labor(i, answering=answering), retrieval_upkeep_cost(i))
