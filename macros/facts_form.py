"""Holds a file against its form and says what is wrong in our words, at the line where it is wrong."""

from __future__ import annotations

import types
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from calculators.engine.suggest import nearest
from macros.facts_problems import Problem, shown
from macros.facts_schema import Part
from macros.facts_yaml import Node, Rows, Table, plain

F = TypeVar("F", bound=Part)
Place = tuple[int | str, ...]

# What to write where a key is missing: everything that an author cannot guess from the key alone.
_HINTS = {
    "source": "add 'source: ' and an id of data/sources.yaml",
    "checked": "add 'checked: ' and the day you looked, as 2026-11-21",
    "accessed": "add 'accessed: ' and the day you read the page, as 2026-11-21",
    "best_before": "add 'best_before: ' and the day by which to look again, as 2027-02-21",
    "from": "add 'from: ' and the first day it holds, as 2026-11-21",
    "unit": "add 'unit: ' and the unit of the values",
    "because": "add 'because: ' and the reason",
}
_SHAPES = {
    "model_type": "key: value lines are needed here; indent them below the key",
    "dict_type": "key: value lines are needed here; indent them below the key",
    "list_type": "a list is needed here; begin each line below the key with '- '",
    "string_type": "a single value is needed here; write it on the line of its key",
}


def parsed(form: type[F], root: Node, file: str) -> tuple[F | None, list[Problem]]:
    """The file as its form, or what keeps it from being that."""
    try:
        return form.model_validate(plain(root)), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        return None, [_problem(form, root, file, each["type"], each["loc"], each["msg"]) for each in found]


def _problem(form: type[Part], root: Node, file: str, kind: str, place: Place, message: str) -> Problem:
    key = str(place[-1]) if place else ""
    if kind == "missing":
        hint = _HINTS.get(key, f"add '{key}: ' and its value")
        return Problem(file, *_position(root, place[:-1]), f"{shown(key)} is missing; {hint}")
    if kind == "extra_forbidden":
        known = _keys(form, place[:-1])
        advice = nearest(key, known) or f"; the keys here are {', '.join(known)}"
        return Problem(file, *_position(root, place), f"{shown(key)} is no key here{advice}")
    if kind in _SHAPES:
        return Problem(file, *_position(root, place, value=True), _SHAPES[kind])
    return Problem(file, *_position(root, place, value=place[-1:] != ("[key]",)), message)


def _position(root: Node, place: Place, value: bool = False) -> tuple[int, int]:
    """Where a place of the file stands: its key, or (`value`) what is written behind the key."""
    node, at = root, (1, 1)
    for step in place:
        if isinstance(node, Rows) and isinstance(step, int):
            node = node.items[step]
            at = node.line, node.column
        elif isinstance(node, Table) and step in node.entries:
            key, node = node.keys[str(step)], node.entries[str(step)]
            at = key.line, key.column
    return (node.line, node.column) if value and place else at


def _keys(form: Any, place: Place) -> list[str]:
    """The keys that the form knows at a place."""
    for step in place:
        while get_origin(form) in (Annotated, Union, types.UnionType):
            form = get_args(form)[0]
        if get_origin(form) in (list, dict):
            form = get_args(form)[-1]
        elif isinstance(form, type) and issubclass(form, BaseModel):
            form = next(it.annotation for key, it in form.model_fields.items() if (it.alias or key) == step)
    while get_origin(form) in (Annotated, Union, types.UnionType):
        form = get_args(form)[0]
    return [it.alias or key for key, it in form.model_fields.items()]
