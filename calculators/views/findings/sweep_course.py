"""Sweep: how one or two outputs run while an input goes from end to end."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from calculators.engine.answering.answer import Answer
from calculators.engine.declare import Column, Rows, Table
from calculators.engine.inputs.numerals import Refused, Spread
from calculators.engine.numbers.rounding import rounded_amount, unrounded_digits, unrounded_quantity
from calculators.engine.questions.asked_names import asked_amount, asked_input, asked_number
from calculators.engine.questions.question import Sweep
from calculators.engine.questions.sweep import sweep_points
from calculators.engine.questions.variables import Asked
from calculators.views.charts.curves import svg_curves
from calculators.views.findings.report import Report, finding_digits, finding_report_decimal

HALF, DOUBLE = Decimal("0.5"), Decimal(2)
"""The ends of a sweep that names none, as shares of the present number."""


def sweep_finding(answer: Answer, ask: Sweep) -> Report:
    """One or two outputs while an input runs from end to end; without ends, from half of what it is now to double.

    Raises:
        Refused: a part of the question is missing, unknown, no range or beyond the bounds of the input.
    """
    if not ask.input:
        raise Refused({"": "Write the input and its ends, such as requests=10k..100k"})
    over = asked_input(answer, ask.input)
    ends = _sweep_finding_ends(ask.ends, over) if ask.ends else _sweep_finding_half_to_double(over)
    names = [asked_amount(answer, word) for word in ask.outputs[:2] or [answer.scalar]]
    swept = sweep_points(answer.formula, names, over, (float(ends.low), float(ends.high)), answer.reading)
    kinds = [answer.kinds[name] for name in names]
    columns = [Column("x", over.label, over.unit)]
    columns += [Column(name, kind.label, kind.unit) for name, kind in zip(names, kinds, strict=True)]
    rows = tuple(
        (
            finding_report_decimal(place),
            *(None if result is None else finding_report_decimal(result) for result in results),
        )
        for place, results in swept.points
    )
    alike = len(kinds) == 2 and kinds[0].unit == kinds[1].unit
    met = (
        [(finding_report_decimal(place), finding_report_decimal(result)) for place, result in swept.crossings]
        if alike
        else []
    )
    if alike:
        places = ", ".join(rounded_amount(place, over.unit) for place, _ in met)
        where = f"They cross at {places}." if met else "They do not cross."
        sentence = f"“{kinds[0].label}” and “{kinds[1].label}” over “{over.label}”. {where}"
    else:
        low, high = (unrounded_quantity(end, over.unit) for end in (ends.low, ends.high))
        begin, end = (rounded_amount(rows[place][1], kinds[0].unit) for place in (0, -1))
        sentence = f"“{kinds[0].label}” goes from {begin} at {low} to {end} at {high}."
    plain = {
        "input": over.path,
        "outputs": names,
        "points": [[finding_digits(cell) for cell in row] for row in rows],
        "crossings": [[unrounded_digits(place), unrounded_digits(result)] for place, result in met],
    }
    kind, table = Rows(label=f"Over {over.label}", columns=tuple(columns)), Table(rows)
    return Report(sentence, kind, table, plain, svg_curves(None, kind, table, title=sentence, met=met))


def _sweep_finding_half_to_double(over: Asked) -> Spread:
    """The range about the present number that a sweep runs across by itself, within the bounds of the input."""
    now = over.given.value
    low, high = (max(over.low, min(over.high, (now or Decimal(0)) * factor)) for factor in (HALF, DOUBLE))
    if over.whole:
        low, high = low.to_integral_value(ROUND_FLOOR), high.to_integral_value(ROUND_CEILING)
        low, high = max(low, over.low), min(high, over.high)
    if not now or low >= high:
        raise Refused({"": f"Write the ends of the sweep: there is no half and double of “{over.label}” here"})
    return Spread(low, now, high)


def _sweep_finding_ends(text: str, over: Asked) -> Spread:
    """The range that an input runs across."""
    ends = asked_number(text, over.label, over.unit)
    if not isinstance(ends, Spread):
        raise Refused({"": "Write the ends of the sweep as a range, like 10k..100k"})
    if ends.low < over.low or ends.high > over.high:
        within = f"{unrounded_quantity(over.low, over.unit)} and {unrounded_quantity(over.high, over.unit)}"
        raise Refused({"": f"{over.label} must stay between {within}"})
    return ends
