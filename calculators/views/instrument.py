"""What the instruments found, ready to be written: what matters most, solve for, sweep, compare."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculators.engine.asked import Asked
from calculators.engine.declare import Amount, Column, Figure, Interval, Number, Outcome, Rows, Table, Verdict
from calculators.engine.read import Misread, Refused, Spread, read
from calculators.engine.solve import solve
from calculators.engine.suggest import nearest
from calculators.engine.sweep import sweep
from calculators.engine.swing import swings
from calculators.engine.units import Unit
from calculators.engine.words import amount, digits, quantity
from calculators.views.answer import Answer, headline_text
from calculators.views.chart import curves, tornado
from calculators.views.html import Safe, joined, tag
from calculators.views.json import dumped
from calculators.views.result import LONG_TABLE
from calculators.views.result import table as html_table
from calculators.views.text import table as text_table

SHOWN = 10
"""How many inputs the chart of what matters most shows; the table has them all."""


@dataclass(frozen=True, slots=True)
class Report:
    """One finding: a sentence, a table, perhaps a drawing, and the same as plain data for JSON."""

    title: str
    sentence: str
    kind: Rows
    table: Table
    drawn: Safe
    data: dict[str, Any]


def most(answer: Answer, output: str = "") -> Report:
    """What moves an output most, each input across its own range or a fifth to either side."""
    name = _amount(answer, output or answer.scalar)
    kind = answer.kinds[name]
    found = swings(answer.formula, name, answer.reading, list(answer.asked.values()))
    rows = [
        (it.asked.label, quantity(_decimal(it.low), it.asked.unit), quantity(_decimal(it.high), it.asked.unit),
         _decimal(it.at_low), _decimal(it.at_high))
        for it in found
    ]  # fmt: skip
    columns = (
        Column("input", "Input"), Column("from", "From"), Column("to", "To"), Column("low", kind.label, kind.unit),
        Column("high", "and then", kind.unit),
    )  # fmt: skip
    told = Rows(label="What matters most", columns=columns)
    if not found:
        sentence = f"No input moves “{kind.label}” here."
    else:
        first = found[0]
        ends = (
            f"{quantity(_decimal(first.low), first.asked.unit)} to {quantity(_decimal(first.high), first.asked.unit)}"
        )
        sentence = (
            f"“{first.asked.label}” matters most: from {ends}, “{kind.label}” goes from "
            f"{amount(_decimal(first.at_low), kind.unit)} to {amount(_decimal(first.at_high), kind.unit)}."
        )
        if len(found) > 1:
            sentence += f" “{found[1].asked.label}” comes next."
    bars = [(it.asked.label, it.at_low, it.at_high) for it in found[:SHOWN]]
    own = answer.values[name]
    data = {
        "output": name,
        "inputs": [
            {"input": it.asked.path, "from": digits(_decimal(it.low)), "to": digits(_decimal(it.high)),
             "low": digits(_decimal(it.at_low)), "high": digits(_decimal(it.at_high)), "range": it.typed}
            for it in found
        ],
    }  # fmt: skip
    drawn = tornado(bars, None if own is None else float(own), kind, sentence)
    return Report("What matters most", sentence, told, Table(tuple(rows)), drawn, data)


def solved(answer: Answer, words: list[str]) -> Report:
    """The value of an input at which an output reaches a target: `per_month=1000 by=requests`."""
    output, target = _pair(words, 0, "an output and its target, such as per_month=1000")
    by_word, by_name = _pair(words, 1, "the input to change, such as by=requests")
    if by_word != "by":
        raise Refused({"": "Name the input to change, such as by=requests"})
    name, by = _amount(answer, output), _input(answer, by_name)
    kind = answer.kinds[name]
    wanted = _read(target, kind.label, kind.unit)
    if isinstance(wanted, Spread):
        raise Refused({"": "A target is one number, not a range"})
    found = solve(answer.formula, name, float(wanted), by, answer.reading)
    goal = f"“{kind.label}” of {amount(wanted, kind.unit)}"
    bounds = f"between {quantity(by.low, by.unit)} and {quantity(by.high, by.unit)}"
    if found.value is None and found.least is None:
        sentence = f"“{kind.label}” has no answer for any “{by.label}” {bounds}."
    elif found.value is None:
        sentence = (
            f"No “{by.label}” {bounds} reaches a {goal}: it goes from "
            f"{amount(_decimal(found.least), kind.unit)} to {amount(_decimal(found.most), kind.unit)}."
        )
    elif found.jumps:
        sentence = (
            f"No “{by.label}” gives exactly a {goal}: it leaps over it at {amount(_decimal(found.value), by.unit)}, to "
            f"{amount(_decimal(found.result), kind.unit)}."
        )
    else:
        sentence = (
            f"“{by.label}” of {amount(_decimal(found.value), by.unit)} gives a “{kind.label}” of "
            f"{amount(_decimal(found.result), kind.unit)}."
        )
    columns = (Column("what", "What"), Column("value", "Value"))
    rows = (
        ("Target", quantity(wanted, kind.unit)),
        (by.label, "–" if found.value is None else amount(_decimal(found.value), by.unit)),
        (f"{kind.label} there", "–" if found.result is None else amount(_decimal(found.result), kind.unit)),
        (f"{by.label} now", quantity(by.given.value, by.unit)),
    )
    data = {
        "output": name, "target": digits(wanted), "by": by.path,
        "value": None if found.value is None else digits(_decimal(found.value)),
        "result": None if found.result is None else digits(_decimal(found.result)), "jumps": found.jumps,
    }  # fmt: skip
    return Report("Solve for", sentence, Rows(label="Solve for", columns=columns), Table(rows), Safe(""), data)


def swept(answer: Answer, words: list[str]) -> Report:
    """One or two outputs while an input runs: `requests=10k..100k per_month`."""
    over_name, ends = _pair(words, 0, "the input and its ends, such as requests=10k..100k")
    over = _input(answer, over_name)
    spread = _read(ends, over.label, over.unit)
    if not isinstance(spread, Spread):
        raise Refused({"": "Write the ends of the sweep as a range, like 10k..100k"})
    if spread.low < over.low or spread.high > over.high:
        within = f"{quantity(over.low, over.unit)} and {quantity(over.high, over.unit)}"
        raise Refused({"": f"{over.label} must stay between {within}"})
    names = [_amount(answer, word) for word in words[1:3] or [answer.scalar]]
    found = sweep(answer.formula, names, over, (float(spread.low), float(spread.high)), answer.reading)
    kinds = [answer.kinds[name] for name in names]
    told_outputs = (Column(name, kind.label, kind.unit) for name, kind in zip(names, kinds, strict=True))
    columns = (Column("x", over.label, over.unit), *told_outputs)
    rows = tuple((_decimal(x), *(None if y is None else _decimal(y) for y in values)) for x, values in found.points)
    told = Rows(label=f"Over {over.label}", columns=columns)
    table = Table(rows)
    same = len(kinds) == 2 and kinds[0].unit == kinds[1].unit
    crossed = [amount(_decimal(x), over.unit) for x, _ in found.crossings] if same else []
    sentence = f"“{kinds[0].label}” from {quantity(spread.low, over.unit)} to {quantity(spread.high, over.unit)}."
    if same:
        where = f" They cross at {', '.join(crossed)}." if crossed else " They do not cross."
        sentence = f"“{kinds[0].label}” and “{kinds[1].label}” over “{over.label}”.{where}"
    data = {
        "input": over.path, "outputs": names,
        "points": [[digits(cell) if cell is not None else None for cell in row] for row in rows],
        "crossings": [[digits(_decimal(x)), digits(_decimal(y))] for x, y in found.crossings] if same else [],
    }  # fmt: skip
    met = [(_decimal(x), _decimal(y)) for x, y in found.crossings] if same else []
    return Report("Sweep", sentence, told, table, curves(None, told, table, title=sentence, met=met), data)


def compared(answer: Answer, other: Answer, names: tuple[str, str] = ("A", "B")) -> Report:
    """The scenario A and another, B, side by side under their names: the inputs and outputs that differ."""
    first, second = names
    rows: list[tuple[Any, ...]] = []
    data: dict[str, Any] = {"inputs": {}, "outputs": {}}
    ours, theirs = ({name: (kind, given) for name, kind, given in it.inputs()} for it in (answer, other))
    for name in dict.fromkeys([*ours, *theirs]):
        kind = (ours.get(name) or theirs[name])[0]
        a, b = (its[name][1].value if name in its else None for its in (ours, theirs))
        if a != b:
            shown = [
                _value(kind, value) + _mark(it, its.get(name))
                for value, it, its in ((a, answer, ours), (b, other, theirs))
            ]
            rows.append((_label(answer, name, kind), *shown, _difference(kind, a, b)))
            data["inputs"][name] = [_plain(a), _plain(b)]
    for name, kind in answer.kinds.items():
        if isinstance(kind, Amount):
            a, b = answer.values[name], other.values[name]
            rows.append((kind.label, headline_text(kind, a), headline_text(kind, b), _difference(kind, a, b)))
            data["outputs"][name] = [_plain(a), _plain(b)]
        elif isinstance(kind, Interval | Outcome | Verdict):
            told_a, told_b = headline_text(kind, answer.values[name]), headline_text(kind, other.values[name])
            if told_a != told_b:
                rows.append((kind.label, told_a, told_b, ""))
    columns = (Column("what", "What"), Column("a", first), Column("b", second),
               Column("difference", f"{second} against {first}"))  # fmt: skip
    kind = answer.kinds[answer.scalar]
    a, b = answer.values[answer.scalar], other.values[other.scalar]
    sentence = f"“{kind.label}”: {headline_text(kind, a)} in {first}, {headline_text(kind, b)} in {second}."
    told = Rows(label=f"{first} and {second}", columns=columns)
    return Report("Compare", sentence, told, Table(tuple(rows)), Safe(""), data)


def written(report: Report, answer: Answer, as_: str) -> str:
    """A report as JSON, as text, or as HTML."""
    if as_ == "json":
        return dumped({"calculator": answer.name, "sentence": report.sentence, **report.data})
    if as_ == "text":
        return "\n".join([answer.title, "", report.sentence, "", *text_table(report.kind, report.table)]) + "\n"
    shown = html_table(report.kind, report.table)
    if len(report.table.rows) > LONG_TABLE:
        shown = tag("details", tag("summary", "As a table"), shown)
    return joined(tag("p", report.sentence, class_="chart-summary"), report.drawn, shown)


def _label(answer: Answer, name: str, kind: Any) -> str:
    return answer.asked[name].label if name in answer.asked else str(kind.label)


def _value(kind: Any, value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(kind, Number | Figure):
        return quantity(value, kind.unit)
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _mark(answer: Answer, found: tuple[Any, Any] | None) -> str:
    """What says that an input is a company's own figure."""
    name = found[1].origin.fact if found else ""
    return answer.facts.fact(name, answer.reading.on).mark if name else ""


def _difference(kind: Any, a: Any, b: Any) -> str:
    if not isinstance(a, Decimal) or not isinstance(b, Decimal):
        return ""
    sign = "+" if b > a else ""
    return f"{sign}{amount(b - a, kind.unit)}"


def _plain(value: Any) -> Any:
    return digits(value) if isinstance(value, Decimal) else value


def _decimal(value: float | None) -> Decimal:
    assert value is not None
    return Decimal(repr(value))


def _amount(answer: Answer, name: str) -> str:
    amounts = [it for it, kind in answer.kinds.items() if isinstance(kind, Amount)]
    if name not in amounts:
        raise Refused({"": f"There is no number {name[:60]!r} among the outputs{nearest(name[:60], amounts)}"})
    return name


def _input(answer: Answer, name: str) -> Asked:
    if name not in answer.asked:
        raise Refused({"": f"There is no number {name[:60]!r} among the inputs{nearest(name[:60], answer.asked)}"})
    return answer.asked[name]


def _read(text: str, label: str, unit: Unit) -> Any:
    try:
        return read(text, label, unit)
    except Misread as error:
        raise Refused({"": str(error)}) from None


def _pair(words: list[str], at: int, wanted: str) -> tuple[str, str]:
    left, equals, right = (words[at] if at < len(words) else "").partition("=")
    if not equals or not left or not right:
        raise Refused({"": f"Write {wanted}"})
    return left, right
