"""What matters most: which input moves an output furthest."""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.answering.answer import Answer
from calculators.engine.declare import Amount, Column, Rows, Table
from calculators.engine.numbers.intervals import ends_with_one_unit, joined_ends, rounded_ends
from calculators.engine.numbers.rounding import rounded_in_unit, unrounded_digits, unrounded_quantity
from calculators.engine.questions.asked_names import asked_amount
from calculators.engine.questions.question import Sensitivity
from calculators.engine.questions.swing import Swing, swings
from calculators.views.charts.tornado import svg_tornado
from calculators.views.findings.report import Report, finding_report_decimal

SHOWN = 10
"""How many inputs the chart of what matters most shows; the table has them all."""


DIGITS = 6
"""A number that nobody typed is rounded where it has more."""


def sensitivity_finding(answer: Answer, ask: Sensitivity) -> Report:
    """What moves an output most, each input across its own range or a fifth to either side."""
    name = asked_amount(answer, ask.output or answer.scalar)
    kind = answer.kinds[name]
    moving = swings(answer.formula, name, answer.reading, list(answer.variables.values()))
    columns = (
        Column("input", "Input"),
        Column("from", "From"),
        Column("to", "To"),
        Column("low", kind.label, kind.unit),
        Column("high", "and then", kind.unit),
    )
    rows = tuple(
        (
            swing.asked.label,
            *sensitivity_finding_ends(swing),
            finding_report_decimal(swing.at_low),
            finding_report_decimal(swing.at_high),
        )
        for swing in moving
    )
    sentence = _sensitivity_finding_sentence(kind, moving)
    bars = [(swing.asked.label, swing.at_low, swing.at_high) for swing in moving[:SHOWN]]
    result = answer.values[name]
    drawn = svg_tornado(bars, None if result is None else float(result), kind, sentence)
    inputs = [
        {
            "input": swing.asked.path,
            "from": unrounded_digits(finding_report_decimal(swing.low)),
            "to": unrounded_digits(finding_report_decimal(swing.high)),
            "low": unrounded_digits(finding_report_decimal(swing.at_low)),
            "high": unrounded_digits(finding_report_decimal(swing.at_high)),
            "range": swing.typed,
        }
        for swing in moving
    ]
    table_kind = Rows(label="What matters most", columns=columns)
    return Report(sentence, table_kind, Table(rows), {"output": name, "inputs": inputs}, drawn)


def sensitivity_finding_ends(swing: Swing) -> tuple[str, str]:
    """The least and the most that an input is moved to, in its unit: as typed, or a fifth to either side, rounded."""
    low, high = (_sensitivity_finding_end(swing, finding_report_decimal(end)) for end in (swing.low, swing.high))
    return low, high


def _sensitivity_finding_end(swing: Swing, end: Decimal) -> str:
    is_long = len(end.normalize().as_tuple().digits) > DIGITS
    return (rounded_in_unit if is_long and not swing.typed else unrounded_quantity)(end, swing.asked.unit)


def _sensitivity_finding_sentence(kind: Amount, moving: list[Swing]) -> str:
    if not moving:
        return f"No input moves “{kind.label}” here."
    first = moving[0]
    at_low, at_high = rounded_ends(first.at_low, first.at_high, kind.unit)
    low, high = ends_with_one_unit(at_low, at_high)
    ends = joined_ends(*sensitivity_finding_ends(first))
    course = f"stays at {high}, rounded" if at_low == at_high else f"goes from {low} to {high}"
    sentence = f"“{first.asked.label}” matters most: from {ends}, “{kind.label}” {course}."
    return f"{sentence} “{moving[1].asked.label}” comes next." if len(moving) > 1 else sentence
