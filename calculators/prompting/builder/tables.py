"""The table of what each section of a prompt weighs."""

from __future__ import annotations

from calculators.engine.declare import Table
from calculators.engine.numbers import Number, quotient
from calculators.engine.numbers.units import TOKENS
from calculators.prompting.builder.inputs import Inputs
from calculators.prompting.builder.sections import TITLES


def prompt_section_table(i: Inputs, weights: dict[str, int], cacheable: set[str], whole: Number) -> Table:
    """A row for each section, in the order in which they are sent."""
    rows = []
    for name, tokens in weights.items():
        counted = i.counter.measured("Tokens of the section", tokens, TOKENS)
        cached = "yes" if name in cacheable else "no"
        rows.append((TITLES.get(name, name), cached, counted, quotient(counted, whole)))
    return Table(tuple(rows))
