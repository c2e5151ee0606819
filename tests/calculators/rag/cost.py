"""Questions to rag/cost in short."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.answering.runs import exact_run_inputs
from calculators.engine.declare import output_value
from calculators.engine.inputs.understanding import understand_inputs
from tests.calculators.answers import Results, amounts, answer_json, computed
from tests.calculators.prompting.cost import TODAY, facts, notes_of, rows, typed
from tests.calculators.rag.by_hand import Work
from tests.json_types import JsonObject

RAG = "rag/cost"
BARE: dict[str, object] = {
    "queries": 0,
    "repeated": "0%",
    "documents": 1,
    "tokens_per_document": 500,
    "chunk_size": 500,
    "chunk_overlap": 0,
    "documents_changed": "0%",
    "chunk_bytes": 0,
    "index_overhead": 1,
    "query_tokens": 0,
    "top_k": 0,
    "instructions": 0,
    "examples": 0,
    "answer": 0,
}
"""Nothing but one document of one chunk: a test adds what it is about."""


def ask(catalogue: Catalogue, **given: object) -> dict[str, Any]:
    """The outputs that are numbers, for what is given; `model__input` stands for `model.input`."""
    return outputs(computed(catalogue, RAG, typed(RAG, given)))


def outputs(answer: Results) -> dict[str, Any]:
    """The outputs that are numbers."""
    return {name: getattr(answer, name) for name in amounts(RAG)}


def worked(catalogue: Catalogue, work: Work, day: str = TODAY) -> dict[str, Decimal]:
    """The outputs for some work."""
    return outputs(computed(catalogue, RAG, work.typed(day)))


def notes(catalogue: Catalogue, **given: object) -> str:
    """The notes that hold."""
    return notes_of(computed(catalogue, RAG, typed(RAG, given)))


def table(catalogue: Catalogue, name: str, **given: object) -> dict[str, JsonObject]:
    """The rows of a table, by their first cell."""
    return rows(answer_json(catalogue, RAG, typed(RAG, given)), name)


def planned(catalogue: Catalogue, months: int = 12, *, answering: bool = True, **given: object) -> Any:
    """The plan for what is given, in exact numbers."""
    calculator = find_calculator(RAG)
    inputs = exact_run_inputs(understand_inputs(calculator.inputs, typed(RAG, given), catalogue.facts).need())
    assert calculator.plan
    return calculator.plan(inputs, months, answering=answering)


def with_changes(work: Work, **changed: Any) -> Work:
    """The same work but for what is given."""
    return dataclasses.replace(work, **changed)


__all__ = [
    "BARE",
    "RAG",
    "TODAY",
    "ask",
    "facts",
    "notes",
    "output_value",
    "outputs",
    "planned",
    "table",
    "with_changes",
    "worked",
]
