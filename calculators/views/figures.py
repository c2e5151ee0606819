"""Single figures of an answer, as a sentence gives them: exact, and to two digits where more would promise too much."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from calculators.engine.answering.answer import Answer
from calculators.engine.answering.headline import headline_amount_in_words, headline_text
from calculators.engine.declare import Amount, Interval, Kind, OutputValue, Rows, Verdict
from calculators.engine.inputs.suggestions import quoted, suggest_nearest
from calculators.engine.numbers.intervals import rounded_interval
from calculators.engine.numbers.rounding import NOTHING, rounded_to_two_digits
from calculators.engine.numbers.units import Unit
from calculators.engine.questions.question import Figures, Unanswerable
from calculators.views.json import compact_json

RANGE = "range"
"""What a range of a row is called beside its columns: its last two are the least and the most."""

_WORDS = re.compile(r"\b(between|at|from|about|requests a month)\b ?", re.ASCII)


def written_asked_figures(answer: Answer, ask: Figures) -> Mapping[str, Mapping[str, str]]:
    """Each figure that is asked for, exact and, where it can be, rough.

    Raises:
        Unanswerable: the calculator has no such output, or its table has no such cell.
    """
    figures = {}
    for path in ask.outputs:
        exact, rough = written_figure_at(answer, path)
        figures[path] = {"exact": exact} | ({"rough": rough} if rough else {})
    return figures


def written_figure_at(answer: Answer, path: str) -> tuple[str, str]:
    """A figure in words, exact and rough: an output by name, a cell of a table as `levers.Prompting.low`, or of
    a table with ranges both ends of one, as the table has them: `levers.Prompting.range`.

    Raises:
        Unanswerable: the calculator has no such output, or its table has no such cell.
    """
    name, *cell = path.split(".")
    if name not in answer.kinds:
        raise Unanswerable(f"{answer.name} has no output {quoted(name)}{suggest_nearest(name, answer.kinds)}")
    kind, output = answer.kinds[name], answer.values[name]
    if not cell:
        return written_exact_figure(kind, output), written_rough_figure(kind, output)
    if not isinstance(kind, Rows) or len(cell) != 2:
        raise Unanswerable(f"{quoted(path)} is not a cell: write a table, what its row begins with, and a column")
    columns = {column.name: (number, column.unit) for number, column in enumerate(output.columns(kind))}
    rows = {str(row[0]).partition(" (")[0]: row for row in output.rows} | {str(row[0]): row for row in output.rows}
    if kind.ranged and cell[0] in rows and cell[1] == RANGE:
        (*_, low, high), unit = rows[cell[0]], kind.columns[-1].unit
        assert unit is not None, "the ends of a range are numbers"
        return rounded_interval(low, high, unit), written_interval(low, high, unit)
    if cell[0] not in rows or cell[1] not in columns:
        raise Unanswerable(f"{name} has no cell {quoted(path)}; its rows begin with {', '.join(rows)}")
    number, unit = columns[cell[1]]
    content = rows[cell[0]][number]
    if unit is None or content is None:
        return (NOTHING if content is None else str(content)), ""
    return headline_amount_in_words(content, unit), written_interval(content, content, unit)


def written_exact_figure(kind: Kind, output: OutputValue) -> str:
    """An output in words, with all digits that are shown of it."""
    is_worded = isinstance(kind, Amount | Interval | Verdict) or hasattr(kind, "options")
    return headline_text(kind, output) if is_worded else str(output)


def written_rough_figure(kind: Kind, output: OutputValue) -> str:
    """An amount or interval to two digits, or the numbers of a verdict; empty for what is neither."""
    if output is None:
        return NOTHING if isinstance(kind, Amount | Interval) else ""
    if isinstance(kind, Interval):
        return written_interval(output.low, output.high, kind.unit)
    if isinstance(kind, Amount):
        return written_interval(output, output, kind.unit)
    return written_verdict_cell(output.answer) if isinstance(kind, Verdict) else ""


def json_figures(answer: Answer, figures: Mapping[str, Mapping[str, str]]) -> str:
    """The figures by output, for a page that puts them into its sentences."""
    return compact_json(figures)


def written_interval(low: Decimal | None, high: Decimal | None, unit: Unit) -> str:
    """Two ends to two digits, once where they are the same: `$8,500 to $20,000`.

    >>> from calculators.engine.numbers.units import USD
    >>> written_interval(Decimal("8484"), Decimal("19884"), USD), written_interval(Decimal(5), Decimal(5), USD)
    ('$8,500 to $20,000', '$5')
    """
    if low is None or high is None:
        return NOTHING
    sign = "$" if ("USD", 1) in unit.powers else ""
    first, last = (f"{sign}{rounded_to_two_digits(end)}" for end in (low, high))
    return first if first == last else f"{first} to {last}"


def written_verdict_cell(words: str) -> str:
    """The numbers of a verdict without the words of its sentence.

    >>> written_verdict_cell("between about 140,000 and 560,000 requests a month")
    '140,000 to 560,000'
    >>> written_verdict_cell("from about 140,000 requests a month on, or never"), written_verdict_cell("at any volume")
    ('140,000 on, or never', 'any volume')
    """
    return _WORDS.sub("", words).replace(" and ", " to ").strip()
