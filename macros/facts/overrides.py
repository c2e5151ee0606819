"""A company's own figures in place of published ones, from data/overrides.yaml or the file the environment names.

A fact is named as everywhere: `prices:openai/gpt-6.1-sol#input`. Its own value holds on every day, or, written as dated
lines, from the first of them on. A default is a calculator's question and what to start it from, as one would type it.
Both are held against the published facts, so that a slip is a message with its line and never a wrong answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, cast

from pydantic import AfterValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from calculators.domain.records import RECORDS
from calculators.engine.declare import Choice, Month, NumberInput, Pick, YesNo, kinds
from calculators.engine.facts import OWN, Facts
from calculators.engine.facts.loaded import DatedFact, FactOrigin, LoadedFacts
from calculators.engine.inputs.suggestions import suggest_labeled, suggest_nearest
from calculators.engine.inputs.understanding import understand_inputs
from macros.facts.collections import DatedLine
from macros.facts.forms import DataTable, Mistake, data_file_in_form
from macros.facts.forms.documents import DataPath, read_yaml_document
from macros.facts.forms.values import (
    PRICE_UNIT,
    Day,
    Words,
    data_value_not_empty,
    data_value_of_number,
    data_value_shortest,
)
from macros.facts.problems import FactsError, quoted_data
from macros.facts.rules import dated_fact_mistakes

HIGHEST_PRICE = Decimal(1000)
"""As for the published prices: more for a million tokens is a slip."""

_ANSWERED = (NumberInput, Choice, YesNo, Month, Pick)
_COLLECTIONS = (*RECORDS, "assumptions")
_NO_FIGURE = "write one value, or lines such as - {from: 2026-11-21, value: 2}"

Figure = Annotated[
    Annotated[str, Tag("text")]
    | Annotated[list[DatedLine], AfterValidator(data_value_not_empty(_NO_FIGURE)), Tag("list")],
    Discriminator(
        lambda content: "text" if isinstance(content, str) else "list" if isinstance(content, list) else None,
        custom_error_type="figure",
        custom_error_message=_NO_FIGURE,
    ),
]


class OverridesFile(DataTable):
    """The file: when it was last looked at, why its figures hold, and the figures."""

    checked: Day
    because: Words
    facts: dict[str, Figure] = Field(default_factory=dict)
    defaults: dict[str, dict[str, str]] = Field(default_factory=dict)


def facts_with_overrides(published: LoadedFacts, content: bytes, name: str) -> LoadedFacts:
    """The facts with the company's own in place.

    Raises:
        FactsError: with everything that is wrong in its file.
    """
    document = read_yaml_document(content, name)
    file = data_file_in_form(OverridesFile, document)
    if file is None or document.problems or file.problems:
        raise FactsError([*document.problems, *(file.problems if file else ())])
    form = file.form
    facts: LoadedFacts = json.loads(json.dumps(published))
    mistakes: list[Mistake] = []
    for fact_name, figure in form.facts.items():
        fact, wrong = _override_fact(facts, fact_name), list(_overrides_of_figure(facts, fact_name, figure))
        mistakes += wrong
        if fact and not wrong:
            _fact_override(fact, figure, form)
    facts["as_of"] = max(facts["as_of"], form.checked)
    mistakes += mistakes or _overrides_of_defaults(facts, form)
    if mistakes:
        raise FactsError(file.placed(mistakes))
    if form.defaults:
        facts["defaults"] = form.defaults
    return facts


def _override_fact(facts: LoadedFacts, name: str) -> DatedFact | None:
    """The published fact of that name; None where there is none."""
    collection, _, rest = name.partition(":")
    id, _, figure = rest.partition("#")
    entry = facts["collections"].get(collection, {}).get(id)
    return entry["facts"].get(figure or "value") if entry else None


def _fact_override(fact: DatedFact, figure: str | list[DatedLine], form: OverridesFile) -> None:
    """Puts a figure of ours in place; a single value holds from the first day known, lines from their first day on."""
    if isinstance(figure, str):
        values = [(fact["values"][0][0], data_value_shortest(figure))]
    else:
        first = figure[0].since
        values = [(day, text) for day, text in fact["values"] if day < first]
        values += [(line.since, data_value_shortest(line.value)) for line in figure]
        if first > values[0][0]:
            about, before = ("checked", "source", "because", "confidence", "range"), dict(fact)
            fact["ours_from"] = first
            fact["published"] = cast(FactOrigin, {key: before[key] for key in about if key in before})
    fact.pop("range", None)
    fact["values"], fact["source"], fact["checked"] = values, "", form.checked
    fact["confidence"], fact["because"] = OWN, form.because


def _overrides_of_figure(facts: LoadedFacts, name: str, figure: str | list[DatedLine]) -> Iterator[Mistake]:
    """What is wrong with one figure."""
    path: DataPath = ("facts", name)
    fact = _override_fact(facts, name)
    collection, _, rest = name.partition(":")
    if fact is None or collection not in _COLLECTIONS:
        yield Mistake(
            path, f"there is no fact {quoted_data(name)}{_override_nearest(facts, collection, rest)}", of_key=True
        )
        return
    if isinstance(figure, str):
        texts = {path: figure}
    else:
        texts = {(*path, index, "value"): line.value for index, line in enumerate(figure)}
        yield from dated_fact_mistakes(figure, path, "")
    for place, text in texts.items():
        if refusal := _override_refusal(fact["unit"], collection, rest.partition("#")[2], text):
            yield Mistake(place, refusal)


def _override_nearest(facts: LoadedFacts, collection: str, rest: str) -> str:
    """The name that was probably meant: of the figure, else of the entry, else of the collection."""
    collections = {name: entries for name, entries in facts["collections"].items() if name in _COLLECTIONS}
    entries = collections.get(collection)
    if entries is None:
        advice = f"; no figure of our own belongs there; the collections are {', '.join(collections)}"
        return suggest_nearest(collection, collections) or advice
    id, _, figure = rest.partition("#")
    if id not in entries:
        names = {known: entry["name"] for known, entry in entries.items()}
        return suggest_labeled(id, names) or "; calculators NAME --help names the facts that it uses"
    return suggest_nearest(figure, entries[id]["facts"]) or f"; it has {', '.join(entries[id]['facts'])}"


def _override_refusal(unit: str, collection: str, figure: str, text: str) -> str:
    """What is wrong with a value, or nothing; bounds are those of the published figure."""
    if unit in ("text", "date"):
        return "" if text.strip() else "nothing is written here; write the value, or delete the line"
    try:
        amount = Decimal(data_value_of_number(text))
    except PydanticCustomError as error:
        return error.message()
    described = kinds(RECORDS[collection]).get(figure) if collection in RECORDS else None
    low, high = (described.low, described.high) if described else (amount, amount)
    high = min(high, HIGHEST_PRICE) if unit == PRICE_UNIT else high
    if not low <= amount <= high:
        return f"{text} is not between {low} and {high} {unit}; check the value and its unit"
    return ""


def _overrides_of_defaults(facts: LoadedFacts, form: OverridesFile) -> Iterator[Mistake]:
    """What is wrong with the defaults: calculators and questions that do not exist, answers that are refused."""
    from calculators.discovery import UnknownCalculator, find_calculator

    for name, typed in form.defaults.items():
        path = ("defaults", name)
        try:
            inputs = find_calculator(name).inputs
        except UnknownCalculator as error:
            yield Mistake(path, str(error), of_key=True)
            continue
        described = kinds(inputs)
        refused = understand_inputs(inputs, typed, Facts(json.dumps(facts))).problems
        for key in typed:
            if key not in described:
                answered = [question for question, kind in described.items() if isinstance(kind, _ANSWERED)]
                yield Mistake(
                    (*path, key), f"{name} has no question {quoted_data(key)}{suggest_nearest(key, answered)}"
                )
            elif not isinstance(described[key], _ANSWERED):
                yield Mistake((*path, key), f"{quoted_data(key)} has no default; delete the line")
            elif key in refused:
                yield Mistake((*path, key), refused[key])
