"""The parts of a working in words, the same on a page and in a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from calculators.engine.answering.formula_text import formula_condition, label_in_formula, value_in_formula
from calculators.engine.answering.working import Step
from calculators.engine.declare import Column, NumberInput
from calculators.engine.facts import Facts
from calculators.engine.numbers.intervals import rounded_ends_without_noun
from calculators.engine.numbers.rounding import rounded_in_unit, rounded_without_noun, unrounded_quantity
from calculators.engine.numbers.traced import Node, Traced, Truth
from calculators.engine.numbers.units import Unit

TableCell: TypeAlias = Any  # a number, a word or nothing: the unit of its column says which

PAIR = 2
"""How many things an example of typing them has."""

DIGITS = 14
"""A number with more digits is cut to 12 that count; the JSON has them all."""


def wording_of_title(title: str, situation: str) -> str:
    """The title of a calculator with the example that it shows, if any; a question mark needs no colon after it."""
    if not situation:
        return title
    return f"{title} {situation}" if title.endswith("?") else f"{title}: {situation}"


def wording_of_row(columns: Sequence[Column], row: Sequence[TableCell]) -> list[str]:
    """The cells of a row without the nouns of their columns; a low and a high end have digits for their distance."""
    words = [rounded_without_noun(cell, column.unit) for cell, column in zip(row, columns, strict=True)]
    places = {column.name: place for place, column in enumerate(columns)}
    for name, low in places.items():
        high = places.get(f"{name[:-3]}high") if name.endswith("low") else None
        unit = columns[low].unit
        if high is not None and unit is not None and row[low] is not None and row[high] is not None:
            words[low], words[high] = rounded_ends_without_noun(row[low], row[high], unit)
    return words


def wording_of_alternative_units(kind: NumberInput, facts: Facts) -> str:
    """What may be typed in place of a question's unit: `Pages may be typed too: 2 pages are about 1,200 tokens.`

    Of things that hold text, all their text.
    """
    if kind.each_holds:
        return "The text of all of them together may be typed too, in pages or tokens, such as 5,000 pages."

    def sentence(thing: str, each: Decimal) -> str:
        amount = unrounded_quantity(PAIR * each, kind.unit)
        return f"{thing.capitalize()}s may be typed too: {PAIR} {thing}s are about {amount}."

    return " ".join(sentence(thing, each) for thing, each in facts.counted_as(kind.unit).items())


def wording_of_alternative_units_in_short(kind: NumberInput, facts: Facts) -> str:
    """The same in a few words, to stand below an empty field: `or in pages: 2 pages`; empty where there is nothing."""
    things = [f"{thing}s" for thing in facts.counted_as(kind.unit)]
    if kind.each_holds:
        return "or all their text: 120 pages"
    return f"or in {things[0]}: {PAIR} {things[0]}" if things else ""


def wording_of_condition(condition: Truth) -> str:
    """A condition in words, whether it holds, and its numbers where it has any."""
    numbers = formula_condition(condition, wording_of_number)
    shown = f" ({numbers})" if re.search("[0-9]", numbers) else ""
    return f"{formula_condition(condition, label_in_formula)}: {'yes' if condition.value else 'no'}{shown}"


def wording_of_origin(term: Node) -> str:
    """Where a number that is no published fact came from; nothing for a constant."""
    origin = term.origin
    if origin is None or origin.kind == "constant":
        return ""
    words = {"typed": origin.because or "you typed it", "fact": "not published", "derived": origin.because}
    return words.get(origin.kind, f"default: {origin.because}")


def wording_of_step_result(step: Step) -> str:
    """What a step comes to: a number with its unit, or whether a condition holds."""
    if isinstance(step.value, bool) or step.unit is None:
        return "yes" if step.value else "no"
    return _wording_value_words(step.value, step.unit)


def _wording_value_words(number: Decimal | None, unit: Unit) -> str:
    """A number in full where that is short, else rounded for reading."""
    full = unrounded_quantity(number, unit)
    return full if number is None or len(full) <= 24 else rounded_in_unit(number, unit)


def wording_of_number(node: object) -> str:
    """A number of a formula with its unit, its thousands grouped, its digits cut to 12 that count."""
    if not isinstance(node, Traced) or node.value is None:
        return value_in_formula(node)
    number = node.value if len(value_in_formula(node)) <= DIGITS else Decimal(f"{node.value:.11e}")
    return unrounded_quantity(number, node.unit)
