"""An answer as plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from calculators.engine.answering.answer import READY, Answer
from calculators.engine.answering.formula_text import formula_text, label_in_formula, value_in_formula
from calculators.engine.answering.headline import labeled_output
from calculators.engine.answering.working import Working
from calculators.engine.declare import Amount, Document, FileCopy, Findings, Rows, Series, Table
from calculators.engine.numbers.intervals import interval_places
from calculators.engine.numbers.rounding import rounded_amount, unrounded_quantity
from calculators.engine.numbers.traced import Node, Traced
from calculators.engine.questions.ranges import Spreading
from calculators.views.wording import (
    wording_of_condition,
    wording_of_number,
    wording_of_origin,
    wording_of_row,
    wording_of_step_result,
)


def text_result(answer: Answer) -> str:
    """The whole answer for reading: headline, amounts, tables, notes, the working of the headline, and its sources."""
    errors = answer.errors
    first = ["To fix first", *(f"  - {error}" for error in errors), ""] if errors else []
    parts = [answer.title, "", *first, *_text_amounts(answer), *_text_reasons(answer)]
    for name, kind in answer.kinds.items():
        if isinstance(kind, FileCopy):
            parts += ["", kind.label, f"  {kind.help}", f"  to be asked for as {' and '.join(kind.files)}"]
            continue
        output = answer.values[name]
        if isinstance(kind, Rows) and kind.optional and not output.rows:
            continue
        if isinstance(kind, Rows):
            parts += ["", kind.label, *(text_table(kind, output) if output.rows else [f"  {output.nothing}"])]
        elif isinstance(kind, Series):
            as_table = Table(tuple(tuple(point) for point in output))
            parts += ["", kind.label, *text_table(Rows(label=kind.label, columns=(kind.x_axis, kind.y_axis)), as_table)]
        elif isinstance(kind, Document):
            parts += ["", kind.label, output]
    if notes := [note for note in answer.notes if note not in errors]:
        parts += ["", "Good to know", *(f"  - {note}" for note in notes)]
    for explained in answer.workings(answer.headline):
        parts += ["", "Working", *_text_working_block(answer, explained)]
    return "\n".join([*parts, *_text_sources(answer)]) + "\n"


def _text_amounts(answer: Answer) -> list[str]:
    tabular = Rows | Series | Findings | Document | FileCopy
    scalar = {
        name: kind for name, kind in answer.kinds.items() if not isinstance(kind, tabular) and answer.is_shown(name)
    }
    labeled = {name: labeled_output(kind, answer.values[name]) for name, kind in scalar.items()}
    labels = {name: label for name, (label, _) in labeled.items()}
    if answer.headline in labels:
        labels[answer.headline] = answer.headline_label
    width = max(map(len, labels.values()), default=0)
    ordered = sorted(scalar, key=lambda name: name != answer.headline)
    words = {name: labeled[name][1] for name in ordered}
    if answer.headline in words:
        words[answer.headline] = answer.headline_words
    return [f"  {labels[name]:<{width}}  {words[name]}" for name in ordered]


def _text_reasons(answer: Answer) -> list[str]:
    """Why the headline is what it is, each reason with the source of the fact behind it."""
    lines = [f"  - {reason.sentence}{_text_source_of(answer, reason.fact)}" for reason in answer.reasons]
    return ["", "Because", *lines] if lines else []


def _text_source_of(answer: Answer, fact: str) -> str:
    source = answer.source_of(answer.facts.fact(fact, answer.reading.on)) if fact else None
    return f" ({source.publisher}, {source.title}: {source.url})" if source else ""


def text_table(kind: Rows, content: Table) -> list[str]:
    """A table in columns; the reader's own row is marked."""
    columns = content.columns(kind)
    heads = [column.label for column in columns]
    rows = [wording_of_row(columns, row) for row in content.rows]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]

    def line(row: Sequence[str], mark: str) -> str:
        padded = [
            cell.ljust(width) if column.unit is None else cell.rjust(width)
            for cell, width, column in zip(row, widths, columns, strict=True)
        ]
        return f"{mark} {'  '.join(padded)}".rstrip()

    return [line(heads, " "), *(line(row, ">" if number == content.own else " ") for number, row in enumerate(rows))]


def text_working(answer: Answer, names: list[str]) -> str:
    """The working of the named outputs, with every term's origin."""
    parts: list[str] = []
    for name in names:
        for explained in answer.workings(name):
            parts += [explained.title, *_text_working_block(answer, explained), ""]
    return "\n".join([*parts[:-1], *_text_sources(answer)]) + "\n"


def _text_working_block(answer: Answer, explained: Working) -> list[str]:
    lines = []
    for step in explained.steps:
        result = wording_of_step_result(step)
        lines.append(f"  {step.label}: {result}")
        if step.node is not None:
            words = formula_text(step.node, label_in_formula)
            if words != step.label:
                lines.append(f"    = {words}")
                lines.append(f"    = {formula_text(step.node, wording_of_number)}")
        lines += [f"    {wording_of_condition(condition)}" for condition in step.conditions]
    if explained.terms:
        lines.append("  where")
        lines += [f"    {_text_term(answer, term)}" for term in explained.terms]
    return lines


def _text_term(answer: Answer, term: Node) -> str:
    number = unrounded_quantity(term.value, term.unit) if isinstance(term, Traced) else value_in_formula(term)
    fact = answer.fact_of(term)
    if fact:
        source = answer.source_of(fact)
        where = f"{source.publisher}, {source.title}" if source else f"{fact.origin}: {fact.because}"
        return f"{term.label}: {number} ({where}; {fact.days})"
    origin = wording_of_origin(term)
    if isinstance(term, Traced) and term.value is None:
        return f"{term.label}: {origin}"
    return f"{term.label}: {number} ({origin})" if origin else f"{term.label}: {number}"


def _text_sources(answer: Answer) -> list[str]:
    sources = {fact.source: answer.source_of(fact) for fact in answer.used if fact.source}
    lines = [
        f"  {source.publisher}, {source.title}: {source.url} (read {source.accessed})"
        for source in sources.values()
        if source
    ]
    lines += dict.fromkeys(
        f"  {fact.ours}: {fact.because} (checked {fact.checked})" for fact in answer.used if fact.ours
    )
    return ["", f"Sources, prices as of {answer.reading.on}", *lines] if lines else []


def text_ranges(answer: Answer, spreadings: Mapping[str, Spreading]) -> str:
    """Every amount across the ranges: low, likely, high."""
    heads = ["", "Low", "Likely", "High", ""]
    rows = [heads]
    for name, spreading in spreadings.items():
        kind: Amount = answer.kinds[name]
        places = interval_places(spreading.low, spreading.high, kind.unit)
        cells = [
            rounded_amount(number, kind.unit, places) for number in (spreading.low, answer.values[name], spreading.high)
        ]
        rows.append([kind.label, *cells, _text_bars(spreading.bins)])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if column in (0, len(heads) - 1) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    ready = answer.ready_sentences()
    over = [f"{READY}: {len(ready)}", *(f"  {sentence}" for sentence in ready), ""] if ready else []
    title = f"{answer.title}, across {'its' if ready else 'your'} ranges"
    meaning = "Nine runs of ten lie between low and high; each range counts as equally likely from end to end."
    return "\n".join([title, "", *over, *lines, "", meaning]) + "\n"


def _text_bars(bins: tuple[int, ...]) -> str:
    """A distribution as one character a bar."""
    signs = " ▁▂▃▄▅▆▇█"
    top = max(bins)
    return "".join(signs[-(-count * (len(signs) - 1) // top)] for count in bins)
