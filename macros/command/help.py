"""The help of one calculator in the terminal: every input with unit, bounds, default and source; all outputs."""

from __future__ import annotations

from decimal import Decimal

from calculators.discovery import Calculator
from calculators.engine.declare import (
    Among,
    Amount,
    Choice,
    Day,
    Every,
    File,
    FileCopy,
    Files,
    InputKind,
    Lines,
    Month,
    NumberInput,
    Pick,
    Several,
    Text,
    YesNo,
    declared_record_types,
    kinds,
)
from calculators.engine.facts import Facts
from calculators.engine.inputs.questions import input_questions
from calculators.engine.inputs.reading import OWN_NAME
from calculators.engine.numbers.rounding import unrounded_quantity
from calculators.engine.numbers.units import SHARE, Unit, unit_from_text
from calculators.engine.records import OWN_RECORD
from calculators.views.wording import wording_of_alternative_units

STREAMED = "- is the standard input"
"""How a terminal reads what another program writes."""


def command_help_on_inputs(calculator: Calculator, facts: Facts) -> str:
    """What can be asked of a calculator: one input a paragraph, then its outputs by name."""
    lines = [calculator.title, ""]
    for name, kind in input_questions(calculator.inputs, facts).items():
        if isinstance(kind, Every):
            continue
        lines += [f"{name}  {kind.label}", *(f"    {line}" for line in _command_help_about(name, kind, facts))]
        if isinstance(kind, Pick):
            lines += _command_help_figures(name, kind, declared_record_types(calculator.inputs)[name], facts)
    examples = "; ".join(example.name for example in calculator.examples)
    lines += ["", "outputs, for --working; those marked * also for --solve, --sweep and --sensitivity:"]
    for name, output in kinds(calculator.outputs).items():
        if not isinstance(output, FileCopy):
            lines.append(f"  {'*' if isinstance(output, Amount) else ' '} {name}  {output.label}")
    copies = [output for output in kinds(calculator.outputs).values() if isinstance(output, FileCopy)]
    if copies:
        lines += ["", "files made of yours, for --copy NAME=FILE:"]
        lines += [f"  {file}  {output.label}" for output in copies for file in output.files]
    return "\n".join([*lines, "", f"examples: {examples}" if examples else "no examples"]) + "\n"


def _command_help_about(name: str, kind: InputKind, facts: Facts) -> list[str]:
    lines = [kind.help] if kind.help else []
    if isinstance(kind, NumberInput):
        whole = ", whole numbers" if kind.whole else ""
        lines.append(
            f"from {unrounded_quantity(kind.low, kind.unit)} to {unrounded_quantity(kind.high, kind.unit)}{whole}"
        )
        if isinstance(kind.default, str):
            lines.append(f"default {_command_help_fact(kind.default, facts, kind.unit)}")
        elif kind.default is None:
            lines.append(f"left open by default: {kind.because}")
        else:
            lines.append(f"default {unrounded_quantity(kind.default, kind.unit)}: {kind.because}")
        if things := wording_of_alternative_units(kind, facts):
            lines.append(things)
    elif isinstance(kind, Choice):
        lines.append("one of " + ", ".join(f"{word} ({label})" for word, label in kind.options.items()))
        lines.append(f"default {kind.default}: {kind.because}")
    elif isinstance(kind, YesNo):
        lines.append(f"yes or no; default {'yes' if kind.default else 'no'}: {kind.because}")
    elif isinstance(kind, Day):
        lines.append(f"a day, like 2026-11-21; default {facts.as_of}, the day the facts were last checked")
    elif isinstance(kind, Month):
        lines.append(f"a month; default {kind.default}: {kind.because}")
    elif isinstance(kind, Files):
        size = f"at most {kind.longest:,} characters" if kind.is_whole else "they may be of any size"
        lines.append(f"the path of a file, or of a folder with files; {size}; {STREAMED}")
    elif isinstance(kind, File):
        lines.append(f"the path of a file of at most {kind.longest:,} characters; {STREAMED}")
    elif isinstance(kind, Lines):
        lines.append(f"up to {kind.most} lines, each cell typed by line and name:")
        lines += [f"{name}.1.{field}  {cell.label}" for field, cell in kinds(kind.line_type).items()]
    elif isinstance(kind, Text):
        lines.append(f"text of at most {kind.longest:,} characters")
    elif isinstance(kind, Among):
        lines.append("any, or one of " + ", ".join(facts.groups(kind.collection)))
    elif isinstance(kind, Several):
        lines.append("any number of them, ids or names with commas between; nothing leaves none out")
        lines.append("the ids are " + ", ".join(facts.entries(kind.collection)))
    elif isinstance(kind, Pick):
        lines.append("one of " + ", ".join(facts.entries(kind.collection)))
        lines.append(f"or {OWN_RECORD}, with its name as {name}.{OWN_NAME}, and its figures")
        lines.append(f"default {kind.default}: {kind.because}")
    return lines


def _command_help_fact(name: str, facts: Facts, measured: Unit) -> str:
    fact = facts.fact(name)
    source = facts.sources.get(fact.source)
    where = f"{source.publisher}, {source.title}, {source.url}" if source else f"{fact.origin}: {fact.because}"
    amount = unrounded_quantity(Decimal(fact.value), measured if measured is SHARE else unit_from_text(fact.unit))
    return f"{amount} since {fact.since}, checked {fact.checked} ({where})"


def _command_help_figures(name: str, kind: Pick, record: type, facts: Facts) -> list[str]:
    """The figures of the default record, each of which can be replaced."""
    lines = [f"    its figures, shown for {kind.default}, can be replaced:"]
    known = facts.entry(kind.collection, kind.default)["facts"]
    for figure, described in kinds(record).items():
        if described.is_number:
            price = (
                _command_help_fact(f"{kind.collection}:{kind.default}#{figure}", facts, described.unit)
                if figure in known
                else "not published"
            )
            lines.append(f"    {name}.{figure}  {described.label}: {price}")
    return lines
