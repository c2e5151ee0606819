"""Questions to rag/cost in short."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

from calculators.engine.inputs import understand
from calculators.engine.runs import exact
from calculators.find import find
from calculators.views.answer import made
from tests.calculators.by_hand_rag import Work
from tests.calculators.every import amounts, computed, told
from tests.calculators.prompting_cost import TODAY, facts, rows, said, typed

RAG = "rag/cost"
BARE: dict[str, object] = {
    "queries": 0, "repeated": "0%", "documents": 1, "tokens_per_document": 500, "chunk_size": 500, "chunk_overlap": 0,
    "documents_changed": "0%", "chunk_bytes": 0, "index_overhead": 1, "query_tokens": 0, "top_k": 0, "instructions": 0,
    "examples": 0, "answer": 0,
}  # fmt: skip
"""Nothing but one document of one chunk: a test adds what it is about."""


def ask(catalogue: Any, **given: object) -> dict[str, Any]:
    """The outputs that are numbers, for what is given; `model__input` stands for `model.input`."""
    return outputs(computed(catalogue, RAG, typed(given)))


def outputs(answer: Any) -> dict[str, Any]:
    """The outputs that are numbers."""
    return {name: getattr(answer, name) for name in amounts(RAG)}


def worked(catalogue: Any, work: Work, day: str = TODAY) -> dict[str, Decimal]:
    """The outputs for some work."""
    return outputs(computed(catalogue, RAG, work.typed(day)))


def notes(catalogue: Any, **given: object) -> str:
    """The notes that hold."""
    return said(computed(catalogue, RAG, typed(given)))


def table(catalogue: Any, name: str, **given: object) -> dict[str, dict[str, Any]]:
    """The rows of a table, by their first cell."""
    return rows(told(catalogue, RAG, typed(given)), name)


def planned(catalogue: Any, months: int = 12, *, answering: bool = True, **given: object) -> Any:
    """The plan for what is given, in exact numbers."""
    calculator = find(RAG)
    inputs = exact(understand(calculator.inputs, typed(given), catalogue.facts).need())
    assert calculator.plan
    return calculator.plan(inputs, months, answering=answering)


def other(work: Work, **changed: Any) -> Work:
    """The same work but for what is given."""
    return dataclasses.replace(work, **changed)


__all__ = [
    "BARE", "RAG", "TODAY", "ask", "facts", "made", "notes", "other", "outputs", "planned", "table", "worked",
]  # fmt: skip
