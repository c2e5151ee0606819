"""The help of one calculator in the terminal: every input with unit, bounds, default and the default's source."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from calculators.engine.declare import Among, Choice, Day, Every, File, Lines, Month, Number, Pick, Text, YesNo, kinds
from calculators.engine.facts import Facts
from calculators.engine.inputs import asked, record_types
from calculators.engine.units import SHARE, unit
from calculators.engine.words import quantity
from calculators.find import Calculator


def inputs_help(calculator: Calculator, facts: Facts) -> str:
    """What can be asked of a calculator, one input a paragraph."""
    lines = [calculator.title, ""]
    for name, kind in asked(calculator.inputs, facts).items():
        if isinstance(kind, Every):
            continue
        lines += [f"{name}  {kind.label}", *(f"    {line}" for line in _about(name, kind, facts))]
        if isinstance(kind, Pick):
            lines += _figures(name, kind, record_types(calculator.inputs)[name], facts)
    examples = "; ".join(it.name for it in calculator.examples)
    return "\n".join([*lines, "", f"examples: {examples}" if examples else "no examples"]) + "\n"


def _about(name: str, kind: Any, facts: Facts) -> list[str]:
    told = [kind.help] if kind.help else []
    if isinstance(kind, Number):
        whole = ", whole numbers" if kind.whole else ""
        told.append(f"from {quantity(kind.low, kind.unit)} to {quantity(kind.high, kind.unit)}{whole}")
        if isinstance(kind.default, str):
            told.append(f"default {_fact(kind.default, facts, kind.unit)}")
        else:
            told.append(f"default {quantity(kind.default, kind.unit)}: {kind.because}")
    elif isinstance(kind, Choice):
        told.append("one of " + ", ".join(f"{word} ({label})" for word, label in kind.options.items()))
        told.append(f"default {kind.default}: {kind.because}")
    elif isinstance(kind, YesNo):
        told.append(f"yes or no; default {'yes' if kind.default else 'no'}: {kind.because}")
    elif isinstance(kind, Day):
        told.append(f"a day, like 2026-11-21; default {facts.as_of}, the day the facts were last checked")
    elif isinstance(kind, Month):
        told.append(f"a month; default {kind.default}: {kind.because}")
    elif isinstance(kind, File):
        told.append(f"the path of a file of at most {kind.longest:,} characters")
    elif isinstance(kind, Lines):
        told.append(f"up to {kind.most} lines, each cell typed by line and name:")
        told += [f"{name}.1.{field}  {its.label}" for field, its in kinds(kind.of).items()]
    elif isinstance(kind, Text):
        told.append(f"text of at most {kind.longest:,} characters")
    elif isinstance(kind, Among):
        told.append("any, or one of " + ", ".join(facts.groups(kind.collection)))
    elif isinstance(kind, Pick):
        told.append("one of " + ", ".join(facts.entries(kind.collection)))
        told.append(f"default {kind.default}: {kind.because}")
    return told


def _fact(name: str, facts: Facts, measured: Any) -> str:
    fact = facts.fact(name)
    source = facts.sources.get(fact.source)
    where = f"{source.publisher}, {source.title}, {source.url}" if source else f"{fact.origin}: {fact.because}"
    value = quantity(Decimal(fact.value), measured if measured is SHARE else unit(fact.unit))
    return f"{value} since {fact.since}, checked {fact.checked} ({where})"


def _figures(name: str, kind: Pick, record: type, facts: Facts) -> list[str]:
    """The figures of the default record, each of which can be replaced."""
    lines = [f"    its figures, shown for {kind.default}, can be replaced:"]
    known = facts.entry(kind.collection, kind.default)["facts"]
    for figure, described in kinds(record).items():
        if described.is_number:
            value = (
                _fact(f"{kind.collection}:{kind.default}#{figure}", facts, described.unit)
                if figure in known
                else "not published"
            )
            lines.append(f"    {name}.{figure}  {described.label}: {value}")
    return lines
