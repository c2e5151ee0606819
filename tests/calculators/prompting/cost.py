"""Questions to prompting/cost in short, and the facts as plain objects to compare its answers with."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from calculators.catalogue import Catalogue
from calculators.engine.declare import output_value
from macros.facts import facts_text
from tests.calculators.answers import Results, amounts, answer_json, computed
from tests.calculators.prompting.by_hand import Work
from tests.calculators.settings import own_tokens, settings_of
from tests.json_types import JsonObject

COST = "prompting/cost"
ARGON = "google/gemini-4-argon"
TIERED = "anthropic/claude-haiku-5-5"


@cache
def facts() -> JsonObject:
    """The facts as plain objects."""
    loaded: JsonObject = json.loads(facts_text())
    return loaded


def models() -> JsonObject:
    """The facts of every listed model."""
    return {id: entry["facts"] for id, entry in facts()["collections"]["prices"].items()}


WITH_TIER = [id for id, published in models().items() if "long_above" in published]
CHANGING = [id for id, published in models().items() if published["input"]["values"][-1][0] > facts()["as_of"]]
CACHED = [id for id, published in models().items() if "cached_read" in published]
TODAY = facts()["as_of"]
"""The day of the facts; nothing here reads a clock."""


def typed(name: str, given: dict[str, object]) -> dict[str, str]:
    """A calculator's settings and what is given, as texts; `model__input` stands for `model.input`.

    Tokens are the model's own.
    """
    texts = settings_of(name) | {input.replace("__", "."): str(text) for input, text in given.items()}
    return own_tokens(texts.get("model", "")) | texts


def figures(answer: Results) -> dict[str, Decimal]:
    """The outputs that are numbers, of those that have an answer."""
    amounts_by_name = {name: getattr(answer, name) for name in amounts(COST)}
    return {name: value for name, value in amounts_by_name.items() if value is not None}


def ask(catalogue: Catalogue, **given: object) -> dict[str, Decimal]:
    """The outputs for what is given."""
    return figures(computed(catalogue, COST, typed(COST, given)))


def notes(catalogue: Catalogue, **given: object) -> str:
    """All notes of an answer."""
    return notes_of(computed(catalogue, COST, typed(COST, given)))


def notes_of(answer: Results) -> str:
    """The notes that hold."""
    return "\n".join(note.sentence for note in output_value(answer.notes) if note.holds)


def whole(catalogue: Catalogue, **given: object) -> JsonObject:
    """The answer's JSON for what is given."""
    return answer_json(catalogue, COST, typed(COST, given))


def rows(answer: JsonObject, name: str) -> dict[str, JsonObject]:
    """The rows of a table, by their first cell, in their order."""
    (table,) = [table for table in answer["tables"] if table["name"] == name]
    names = [column["name"] for column in table["columns"]]
    return {row[0]: dict(zip(names, row, strict=True)) for row in table["rows"]}


def ranking(catalogue: Catalogue, **given: object) -> dict[str, JsonObject]:
    """The rows of the table of all models."""
    return rows(whole(catalogue, **given), "models")


def worked(
    catalogue: Catalogue, work: Work, id: str, day: str = TODAY, overrides: dict[str, str] | None = None
) -> dict[str, Decimal]:
    """The outputs for some work on a model."""
    return figures(computed(catalogue, COST, work.typed(id, day, overrides)))


def with_changes(work: Work, **changed: Any) -> Work:
    """The same work but for what is given."""
    exact = {name: Fraction(value) for name, value in changed.items() if name != "turns"}
    return dataclasses.replace(work, **{**changed, **exact})


def equal(ours: Decimal, exact: Fraction) -> bool:
    """Equal but for the rounding of 28 digits."""
    return abs(Fraction(ours) - exact) <= abs(exact) / 10**24
