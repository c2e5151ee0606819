"""A company's own figures in place of published ones, from data/overrides.yaml or the file the environment names.

A fact is named as everywhere: `prices:openai/gpt-6.1-sol#input`. Its own value holds on every day, or, written as dated
lines, from the first of them on. A default is a calculator's question and what to start it from, as one would type it.
Both are held against the published facts, so that a slip is a message with its line and never a wrong answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import Field
from pydantic_core import PydanticCustomError

from calculators.engine.declare import Choice, Month, Number, Pick, YesNo, kinds
from calculators.engine.facts import OWN, Facts
from calculators.engine.inputs import understand
from calculators.engine.records import RECORDS
from calculators.engine.suggest import nearest
from macros.facts_collections import Line
from macros.facts_form import parsed
from macros.facts_problems import Problem, shown
from macros.facts_rules import dated
from macros.facts_schema import Part
from macros.facts_values import PRICE_UNIT, Day, Words, number
from macros.facts_yaml import Node, Rows, Table, Text, read

HIGHEST_PRICE = Decimal(1000)
"""As for the published prices: more for a million tokens is a slip."""

_ANSWERED = (Number, Choice, YesNo, Month, Pick)
_MORE = "no figure of our own can stand there; the collections are"


class OverridesFile(Part):
    """The file: when it was last looked at, why its figures hold, and the figures."""

    checked: Day
    because: Words
    facts: dict[str, Any] = Field(default_factory=dict)
    defaults: dict[str, dict[str, str]] = Field(default_factory=dict)


def overridden(published: dict[str, Any], content: bytes, file: str) -> tuple[dict[str, Any], list[Problem]]:
    """The facts with the company's own in place, or with everything that is wrong in its file."""
    root, problems = read(content, file)
    if problems or root is None:
        return published, problems
    form, problems = parsed(OverridesFile, root, file)
    if form is None:
        return published, problems
    facts = json.loads(json.dumps(published))
    for key, name, node in _entries(root, "facts"):
        found = list(_wrong(facts, name, node, file, key))
        problems += found
        if not found:
            fact = _fact(facts, name)
            values, lines = _values(fact, node), _rows(node)
            if lines and (first := lines[0].text("from")) > values[0][0]:
                about = {
                    key: fact[key] for key in ("checked", "source", "because", "confidence", "range") if key in fact
                }
                fact.update(ours_from=first, published=about)
            fact.pop("range", None)
            fact.update(values=values, source="", checked=form.checked, confidence=OWN, because=form.because)
    facts["as_of"] = max(facts["as_of"], form.checked)
    if not problems:
        problems += _defaults(facts, root, file)
    return facts | {"defaults": form.defaults} if form.defaults else facts, problems


def _fact(facts: Mapping[str, Any], name: str) -> Any:
    """The published fact of that name; None where there is none."""
    collection, _, rest = name.partition(":")
    id, _, figure = rest.partition("#")
    entry = facts["collections"].get(collection, {}).get(id, {})
    return entry.get("facts", {}).get(figure or "value")


def _values(fact: Mapping[str, Any], node: Node) -> list[list[str]]:
    """What was published before the first line of ours, then ours; a single value holds from the first day known."""
    if isinstance(node, Text):
        return [[fact["values"][0][0], _plain(node.text)]]
    ours = [[it.text("from"), _plain(it.text("value"))] for it in _rows(node)]
    return [it for it in fact["values"] if it[0] < ours[0][0]] + ours


def _plain(text: str) -> str:
    try:
        return number(text)
    except PydanticCustomError:
        return text


def _wrong(facts: Mapping[str, Any], name: str, node: Node, file: str, key: Node) -> Iterator[Problem]:
    """What is wrong with one figure."""
    fact = _fact(facts, name)
    collection, _, rest = name.partition(":")
    if fact is None or collection not in (*RECORDS, "assumptions"):
        yield _at(key, file, f"there is no fact {shown(name)}{_nearest(facts, collection, rest)}")
        return
    if isinstance(node, Text):
        lines: list[tuple[Node, str]] = [(node, node.text)]
    elif isinstance(node, Rows) and node.items:
        for it in node.items:
            for problem in parsed(Line, it, file)[1]:  # what is missing has no place but that of the whole
                yield _at(it, file, problem.message) if (problem.line, problem.column) == (1, 1) else problem
        yield from dated(node, None, file)
        lines = [(it.entries["value"], it.text("value")) for it in _rows(node) if "value" in it.entries]
    else:
        yield _at(node, file, "write one value, or lines such as - {from: 2026-11-21, value: 2}")
        return
    figure = rest.partition("#")[2]
    for place, text in lines:
        if refusal := _refused(fact["unit"], collection, figure, text):
            yield _at(place, file, refusal)


def _nearest(facts: Mapping[str, Any], collection: str, rest: str) -> str:
    """The name that was probably meant: of the figure, else of the entry, else of the collection."""
    collections = {name: it for name, it in facts["collections"].items() if name in (*RECORDS, "assumptions")}
    entries = collections.get(collection)
    if entries is None:
        return nearest(collection, collections) or f"; {_MORE} {', '.join(collections)}"
    id, _, figure = rest.partition("#")
    if id not in entries:
        return nearest(id, entries) or "; calculators NAME --help names the facts that it uses"
    return nearest(figure, entries[id]["facts"]) or f"; it has {', '.join(entries[id]['facts'])}"


def _refused(unit: str, collection: str, figure: str, text: str) -> str:
    """What is wrong with a value, or nothing; bounds are those of the published figure."""
    if unit in ("text", "date"):
        return "" if text.strip() else "nothing is written here; write the value, or delete the line"
    try:
        value = Decimal(number(text))
    except PydanticCustomError as error:
        return error.message()
    described = kinds(RECORDS[collection]).get(figure) if collection in RECORDS else None
    low, high = (described.low, described.high) if described else (value, value)
    high = min(high, HIGHEST_PRICE) if unit == PRICE_UNIT else high
    if not low <= value <= high:
        return f"{text} is not between {low} and {high} {unit}; check the value and its unit"
    return ""


def _defaults(facts: dict[str, Any], root: Node, file: str) -> Iterator[Problem]:
    """What is wrong with the defaults: calculators and questions that do not exist, answers that are refused."""
    from calculators.find import UnknownCalculator, find

    for key, name, node in _entries(root, "defaults"):
        try:
            inputs = find(name).inputs
        except UnknownCalculator as error:
            yield _at(key, file, f"{error}")
            continue
        table = node if isinstance(node, Table) else Table(0, 0)
        typed = {path: it.text for path, it in table.entries.items() if isinstance(it, Text)}
        described = kinds(inputs)
        said = understand(inputs, typed, Facts(json.dumps(facts))).problems
        for path in typed:
            place = table.entries[path]
            if path in described and not isinstance(described[path], _ANSWERED):
                yield _at(place, file, f"{shown(path)} has no default; delete the line")
            elif path in said or path not in described:
                known = [it for it, kind in described.items() if isinstance(kind, _ANSWERED)]
                missing = f"{name} has no question {shown(path)}{nearest(path, known)}"
                yield _at(place, file, said[path] if path in described else missing)


def _entries(root: Node, key: str) -> Iterator[tuple[Text, str, Node]]:
    """The entries of a part of the file: the key itself, its words, and what stands there."""
    found = root.entries.get(key) if isinstance(root, Table) else None
    if isinstance(found, Table):
        yield from ((found.keys[name], name, node) for name, node in found.entries.items())


def _rows(node: Node) -> list[Table]:
    return [it for it in node.items if isinstance(it, Table)] if isinstance(node, Rows) else []


def _at(node: Node, file: str, message: str) -> Problem:
    return Problem(file, node.line, node.column, message)
