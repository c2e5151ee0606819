"""An answer as plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from calculators.engine.declare import Amount, Document, Findings, Rows, Series, Table
from calculators.engine.explore import Spreading
from calculators.engine.traced import Traced
from calculators.engine.words import amount, bare, quantity
from calculators.engine.working import Working, by_label, by_value, written
from calculators.views.answer import READY, Answer, headline_text
from calculators.views.working import condition_told, origin_told, short, value_of


def result(answer: Answer) -> str:
    """The whole answer for reading: headline, amounts, tables, notes, the working of the headline, and its sources."""
    parts = [answer.title, "", *_amounts(answer), *_reasons(answer)]
    for name, kind in answer.kinds.items():
        value = answer.values[name]
        if isinstance(kind, Rows):
            parts += ["", kind.label, *table(kind, value)]
        elif isinstance(kind, Series):
            as_table = Table(tuple(tuple(point) for point in value))
            parts += ["", kind.label, *table(Rows(label=kind.label, columns=(kind.x, kind.y)), as_table)]
        elif isinstance(kind, Document):
            parts += ["", kind.label, value]
    if answer.notes:
        parts += ["", "Good to know", *(f"  - {note}" for note in answer.notes)]
    for it in answer.workings(answer.headline):
        parts += ["", "Working", *_working(answer, it)]
    return "\n".join([*parts, *_sources(answer)]) + "\n"


def _amounts(answer: Answer) -> list[str]:
    scalar = {
        name: kind for name, kind in answer.kinds.items() if not isinstance(kind, Rows | Series | Findings | Document)
    }
    width = max((len(kind.label) for kind in scalar.values()), default=0)
    ordered = sorted(scalar, key=lambda name: name != answer.headline)
    return [f"  {scalar[name].label:<{width}}  {headline_text(scalar[name], answer.values[name])}" for name in ordered]


def _reasons(answer: Answer) -> list[str]:
    """Why the headline is what it is, each reason with the source of the fact behind it."""
    found = [it for it in getattr(answer.values[answer.headline], "reasons", ()) if it.holds]
    return ["", "Because", *(f"  - {it.sentence}{_source_of(answer, it)}" for it in found)] if found else []


def _source_of(answer: Answer, reason: Any) -> str:
    source = answer.source_of(answer.facts.fact(reason.fact, answer.reading.on)) if reason.fact else None
    return f" ({source.publisher}, {source.title}: {source.url})" if source else ""


def table(kind: Rows, value: Table) -> list[str]:
    """A table in columns; the reader's own row is marked."""
    columns = value.columns(kind)
    heads = [column.label for column in columns]
    cells = [[bare(cell, column.unit) for cell, column in zip(row, columns, strict=True)] for row in value.rows]
    widths = [
        max(len(heads[at]), *(len(row[at]) for row in cells)) if cells else len(heads[at]) for at in range(len(heads))
    ]

    def line(row: Sequence[str], mark: str) -> str:
        padded = [
            cell.ljust(width) if column.unit is None else cell.rjust(width)
            for cell, width, column in zip(row, widths, columns, strict=True)
        ]
        return f"{mark} {'  '.join(padded)}".rstrip()

    return [line(heads, " "), *(line(row, ">" if at == value.own else " ") for at, row in enumerate(cells))]


def working(answer: Answer, names: list[str]) -> str:
    """The working of the named outputs, with every term's origin."""
    parts: list[str] = []
    for name in names:
        for it in answer.workings(name):
            parts += [it.title, *_working(answer, it), ""]
    return "\n".join([*parts[:-1], *_sources(answer)]) + "\n"


def _working(answer: Answer, it: Working) -> list[str]:
    lines = []
    for step in it.steps:
        value = ("yes" if step.value else "no") if step.unit is None else value_of(step.value, step.unit)
        lines.append(f"  {step.label}: {value}")
        if step.node is not None:
            words = written(step.node, by_label)
            if words != step.label:
                lines.append(f"    = {words}")
                lines.append(f"    = {written(step.node, short)}")
        lines += [f"    {condition_told(condition)}" for condition in step.conditions]
    if it.terms:
        lines.append("  where")
        lines += [f"    {_term(answer, term)}" for term in it.terms]
    return lines


def _term(answer: Answer, term: Any) -> str:
    value = quantity(term.value, term.unit) if isinstance(term, Traced) else by_value(term)
    fact = answer.fact_of(term)
    if fact:
        source = answer.source_of(fact)
        where = f"{source.publisher}, {source.title}" if source else f"{fact.origin}: {fact.because}"
        return f"{term.label}: {value} ({where}; {fact.days})"
    if isinstance(term, Traced) and term.value is None:
        return f"{term.label}: {origin_told(term)}"
    told = origin_told(term)
    return f"{term.label}: {value} ({told})" if told else f"{term.label}: {value}"


def _sources(answer: Answer) -> list[str]:
    sources = {fact.source: answer.source_of(fact) for fact in answer.used if fact.source}
    lines = [f"  {it.publisher}, {it.title}: {it.url} (read {it.accessed})" for it in sources.values() if it]
    lines += dict.fromkeys(
        f"  {fact.ours}: {fact.because} (checked {fact.checked})" for fact in answer.used if fact.ours
    )
    return ["", f"Sources, prices as of {answer.reading.on}", *lines] if lines else []


def ranges(found: dict[str, Spreading], answer: Answer) -> str:
    """Every amount across the ranges: low, likely, high."""
    rows = []
    for name, it in found.items():
        kind: Amount = answer.kinds[name]
        cells = [amount(value, kind.unit) for value in (it.low, answer.values[name], it.high)]
        rows.append([kind.label, *cells, _bars(it.bins)])
    heads = ["", "Low", "Likely", "High", ""]
    widths = [max(len(row[at]) for row in [heads, *rows]) for at in range(5)]
    lines = [
        "  ".join(
            cell.ljust(width) if at in (0, 4) else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in [heads, *rows]
    ]
    ready = answer.ready_told()
    over = [f"{READY}: {len(ready)}", *(f"  {it}" for it in ready), ""] if ready else []
    told = [f"{answer.title}, across {'its' if ready else 'your'} ranges", "", *over, *map(str.rstrip, lines), ""]
    return (
        "\n".join(
            [*told, "Nine runs of ten lie between low and high; each range counts as equally likely from end to end."]
        )
        + "\n"
    )


def _bars(bins: tuple[int, ...]) -> str:
    """A distribution as one character a bar."""
    signs = " ▁▂▃▄▅▆▇█"
    top = max(bins)
    return "".join(signs[-(-count * (len(signs) - 1) // top)] for count in bins)
