"""Questions to prompting/cost in short, and the facts as plain objects to compare its answers with."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from calculators.views.answer import made
from macros.facts import facts_text
from tests.calculators.by_hand import Work
from tests.calculators.every import amounts, computed, told

COST = "prompting/cost"
ARGON = "google/gemini-4-argon"
TIERED = "anthropic/claude-haiku-5-5"


@cache
def facts() -> dict[str, Any]:
    """The facts as plain objects."""
    loaded: dict[str, Any] = json.loads(facts_text())
    return loaded


def models() -> dict[str, Any]:
    """The facts of every listed model."""
    return {id: entry["facts"] for id, entry in facts()["collections"]["prices"].items()}


WITH_TIER = [id for id, its in models().items() if "long_above" in its]
CHANGING = [id for id, its in models().items() if its["input"]["values"][-1][0] > facts()["as_of"]]
CACHED = [id for id, its in models().items() if "cached_read" in its]
TODAY = facts()["as_of"]
"""The day of the facts; nothing here reads a clock."""


def typed(given: dict[str, object]) -> dict[str, str]:
    """What is given, as texts; `model__input` stands for `model.input`."""
    return {name.replace("__", "."): str(text) for name, text in given.items()}


def figures(answer: Any) -> dict[str, Decimal]:
    """The outputs that are numbers, of those that have an answer."""
    found = {name: getattr(answer, name) for name in amounts(COST)}
    return {name: value for name, value in found.items() if value is not None}


def ask(catalogue: Any, **given: object) -> dict[str, Decimal]:
    """The outputs for what is given."""
    return figures(computed(catalogue, COST, typed(given)))


def notes(catalogue: Any, **given: object) -> str:
    """All notes of an answer."""
    return said(computed(catalogue, COST, typed(given)))


def said(answer: Any) -> str:
    """The notes that hold."""
    return "\n".join(note.sentence for note in made(answer.notes) if note.holds)


def whole(catalogue: Any, **given: object) -> dict[str, Any]:
    """The answer's JSON for what is given."""
    return told(catalogue, COST, typed(given))


def rows(answer: dict[str, Any], name: str) -> dict[str, dict[str, Any]]:
    """The rows of a table, by their first cell, in their order."""
    (table,) = [table for table in answer["tables"] if table["name"] == name]
    names = [column["name"] for column in table["columns"]]
    return {row[0]: dict(zip(names, row, strict=True)) for row in table["rows"]}


def ranking(catalogue: Any, **given: object) -> dict[str, dict[str, Any]]:
    """The rows of the table of all models."""
    return rows(whole(catalogue, **given), "models")


def worked(
    catalogue: Any, work: Work, id: str, day: str = TODAY, own: dict[str, str] | None = None
) -> dict[str, Decimal]:
    """The outputs for some work on a model."""
    return figures(computed(catalogue, COST, work.typed(id, day, own)))


def other(work: Work, **changed: Any) -> Work:
    """The same work but for what is given."""
    exact = {name: Fraction(value) for name, value in changed.items() if name != "turns"}
    return dataclasses.replace(work, **{**changed, **exact})


def equal(ours: Decimal, exact: Fraction) -> bool:
    """Equal but for the rounding of 28 digits."""
    return abs(Fraction(ours) - exact) <= abs(exact) / 10**24
