"""Solve for: the value of an input at which an output reaches a target."""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.answering.answer import Answer
from calculators.engine.declare import Amount, Column, Rows, Table
from calculators.engine.inputs.numerals import Refused, Spread
from calculators.engine.numbers.intervals import rounded_interval
from calculators.engine.numbers.rounding import rounded_amount, unrounded_digits, unrounded_quantity
from calculators.engine.numbers.units import Unit
from calculators.engine.questions.asked_names import asked_amount, asked_input, asked_number
from calculators.engine.questions.question import Solve
from calculators.engine.questions.solve import Solution, solve
from calculators.engine.questions.variables import Asked
from calculators.views.findings.report import Report, finding_digits, finding_report_decimal


def solution_finding(answer: Answer, ask: Solve) -> Report:
    """The value of an input at which an output reaches a target.

    Raises:
        Refused: a part of the question is missing, unknown or no number.
    """
    if not ask.output or not ask.target:
        raise Refused({"": "Write an output and its target, such as per_month=1000"})
    if not ask.by:
        raise Refused({"": "Write the input to change, such as by=requests"})
    name, by = asked_amount(answer, ask.output), asked_input(answer, ask.by)
    kind = answer.kinds[name]
    target = asked_number(ask.target, kind.label, kind.unit)
    if isinstance(target, Spread):
        raise Refused({"": "A target is one number, not a range"})
    solved = solve(answer.formula, name, float(target), by, answer.reading)
    columns = (Column("what", "What"), Column("value", "Value"))
    rows = (
        ("Target", unrounded_quantity(target, kind.unit)),
        (by.label, _solution_finding_amount(solved.value, by.unit)),
        (f"{kind.label} there", _solution_finding_amount(solved.result, kind.unit)),
        (f"{by.label} now", _solution_finding_given(by)),
    )
    plain = {
        "output": name,
        "target": unrounded_digits(target),
        "by": by.path,
        "value": finding_digits(solved.value),
        "result": finding_digits(solved.result),
        "jumps": solved.jumps,
    }
    return Report(
        _solution_finding_sentence(solved, kind, target, by),
        Rows(label="Solve for", columns=columns),
        Table(rows),
        plain,
    )


def _solution_finding_given(by: Asked) -> str:
    return "left open" if by.given.value is None else unrounded_quantity(by.given.value, by.unit)


def _solution_finding_amount(number: float | None, unit: Unit) -> str:
    return "–" if number is None else rounded_amount(finding_report_decimal(number), unit)


def _solution_finding_sentence(solved: Solution, kind: Amount, target: Decimal, by: Asked) -> str:
    goal = f"“{kind.label}” of {rounded_amount(target, kind.unit)}"
    bounds = f"between {unrounded_quantity(by.low, by.unit)} and {unrounded_quantity(by.high, by.unit)}"
    place, result = _solution_finding_amount(solved.value, by.unit), _solution_finding_amount(solved.result, kind.unit)
    if solved.value is None and solved.least is None:
        return f"“{kind.label}” has no answer for any “{by.label}” {bounds}."
    if solved.value is None:
        ends = rounded_interval(solved.least, solved.most, kind.unit)
        course = f"it goes from {ends}" if " to " in ends else f"it stays at {ends}"
        return f"No “{by.label}” {bounds} reaches a {goal}: {course}."
    if solved.jumps:
        return f"No “{by.label}” gives exactly a {goal}: it leaps over it at {place}, to {result}."
    return f"“{by.label}” of {place} gives a “{kind.label}” of {result}."
