"""The result of a calculator as HTML: headline first, then amounts, notes, tables with charts, and the sources used."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from calculators.engine.declare import (
    Amount,
    Column,
    Document,
    Interval,
    Outcome,
    Rows,
    Series,
    Table,
    Verdict,
    kinds,
)
from calculators.engine.units import SHARE
from calculators.engine.words import amount, bare
from calculators.views import chart
from calculators.views.answer import Answer, headline_text
from calculators.views.html import Safe, joined, tag, verbatim
from calculators.views.sources import sources
from calculators.views.working import working

_HAIR = Decimal("1e-9")
LONG_TABLE = 12
"""A table with more rows is folded away under its chart."""


def result(answer: Answer) -> Safe:
    """Everything below the form: what the page shows before any script has run, and what the Worker sends anew."""
    return _result(answer, lambda _, whole: whole())


def sight(answer: Answer) -> Safe:
    """The result without what is folded away, which is most of it: each fold leaves a place."""
    return _result(answer, lambda keep, _: tag("details", data_keep=keep, data_later=True))


Fold = Callable[[str, Callable[[], Safe]], Safe]
"""Given the name of what is folded away and how it is written: what stands there."""


def _result(answer: Answer, fold: Fold) -> Safe:
    parts = [_headline(answer), _reasons(answer), _amounts(answer), _notes(answer)]
    parts += [fold("working", lambda: working(answer, answer.headline)), _line(answer, fold)]
    parts += [_block(answer, name, kind, fold) for name, kind in answer.kinds.items()]
    if any(getattr(kind, "detail", False) for kind in answer.kinds.values()):
        parts.append(fold("details", lambda: _details(answer)))
    parts.append(fold("sources", lambda: sources(answer)))
    return joined(*parts)


def headline(answer: Answer) -> Safe:
    """The short result: the headline, the amounts beside it, what should be known, its working, and the sources."""
    parts = [_headline(answer), _reasons(answer), _amounts(answer), _notes(answer)]
    return joined(*parts, working(answer, answer.headline), sources(answer))


def _headline(answer: Answer) -> Safe:
    kind = answer.kinds[answer.headline]
    value = headline_text(kind, answer.values[answer.headline])
    return tag(
        "div",
        tag("p", kind.label, class_="result-label"),
        tag("p", value, class_="result-value", translate="no"),
        class_="result-headline",
    )


def _reasons(answer: Answer) -> Safe:
    """Why the headline is what it is."""
    reasons = [it for it in getattr(answer.values[answer.headline], "reasons", ()) if it.holds]
    return tag("ul", *(_reason(answer, it) for it in reasons), class_="result-reasons") if reasons else Safe("")


def _reason(answer: Answer, reason: Any) -> Safe:
    """A reason with the source behind it and the day on which that was read."""
    fact = answer.facts.fact(reason.fact, answer.reading.on) if reason.fact else None
    source = answer.source_of(fact) if fact else None
    if fact is None or source is None:
        return tag("li", reason.sentence)
    link = tag("a", f"{source.publisher}, {source.title}", href=source.url, rel="noopener noreferrer")
    return tag("li", reason.sentence, " ", tag("span", link, f", checked {fact.checked}", class_="source"))


def _amounts(answer: Answer) -> Safe:
    shown = [
        _term(answer, name, kind)
        for name, kind in answer.kinds.items()
        if name != answer.headline
        and isinstance(kind, Amount | Interval | Outcome | Verdict)
        and not getattr(kind, "detail", False)
    ]
    return tag("dl", *shown, class_="result-amounts") if shown else Safe("")


def _term(answer: Answer, name: str, kind: Any) -> Safe:
    return tag(
        "div",
        tag("dt", kind.label),
        tag("dd", headline_text(kind, answer.values[name]), class_=_shape(kind), translate="no"),
        tag("dd", kind.help, class_="amount-help") if kind.help else None,
        tag("dd", _unfolds(name, kind), class_="amount-working") if _is_computed(kind, answer.values[name]) else None,
    )


def _is_computed(kind: Any, value: Any) -> bool:
    return isinstance(kind, Amount) or (isinstance(kind, Interval) and value.likely is not None)


def _unfolds(name: str, kind: Any) -> Safe:
    """The place where an output unfolds into its working; scripts fill it when it is opened."""
    summary = tag("summary", "Working", aria_label=f"Working: {kind.label}")
    return tag("details", summary, data_working=name, data_keep=f"working-{name}")


def _shape(kind: Any) -> str:
    """A number stands beside its label; a verdict may be a sentence, which stands below."""
    return "amount amount-words" if isinstance(kind, Outcome | Verdict) else "amount"


def _notes(answer: Answer) -> Safe:
    if not answer.notes:
        return Safe("")
    return tag("ul", *(tag("li", note) for note in answer.notes), class_="result-notes")


def _block(answer: Answer, name: str, kind: Any, fold: Fold) -> Safe:
    value = answer.values[name]
    if isinstance(kind, Series):
        kind, value = Rows(label=kind.label, columns=(kind.x, kind.y)), Table(tuple(tuple(point) for point in value))
    if isinstance(kind, Document):
        copy = tag("button", "Copy", type="button", data_copy=True, aria_label=f"Copy: {kind.label}")
        text = tag("pre", verbatim(value), class_="document", tabindex="0", data_keep=name, translate="no")
        return tag("section", tag("h3", kind.label), copy, text, class_="result-block")
    if not isinstance(kind, Rows):
        return Safe("")
    inner: list[Safe] = [tag("h3", kind.label)]
    drawn = answer.chart if answer.chart and answer.chart.of == name else None
    if drawn:
        told = chart.curves_summary(kind, value) if drawn.kind == "curves" else chart.summary(drawn, kind, value)
        inner.append(tag("p", told, class_="chart-summary"))
        inner.append(chart.curves(drawn, kind, value) if drawn.kind == "curves" else chart.bars(drawn, kind, value))
    elif _adds_up(kind, value):
        inner.append(_shares(kind, value))

    def whole() -> Safe:
        return table(kind, value, swatches=_adds_up(kind, value))

    if len(value.rows) > LONG_TABLE:
        told = f"All {len(value.rows)} rows as a table"
        inner.append(fold(name, lambda: tag("details", tag("summary", told), whole(), data_keep=name)))
    else:
        inner.append(whole())
    return tag("section", *inner, class_="result-block")


def _line(answer: Answer, fold: Fold) -> Safe:
    """The line chart that a calculator asked for, with its points as a table."""
    drawn = answer.chart
    if drawn is None or drawn.kind != "line":
        return Safe("")
    x, y = kinds(answer.reading.of)[drawn.by], answer.kinds[drawn.of]
    points = answer.line()
    own = (float(answer.reading.given[drawn.by].value), float(answer.values[drawn.of] or 0))
    columns = (Column("x", x.label, x.unit), Column("y", y.label, y.unit))

    def whole() -> Safe:
        rows = tuple((amount(at, x.unit), value) for at, value in points)
        inner = table(Rows(label=drawn.title, columns=columns), Table(rows))
        return tag("details", tag("summary", "As a table"), inner, data_keep="line")

    return tag(
        "section",
        tag("h3", drawn.title),
        tag("p", chart.line_summary(drawn, points, x, y), class_="chart-summary"),
        chart.line(drawn, points, x, y, own),
        chart.reader(x.label, len(points)) if len(points) > 1 else None,
        fold("line", whole),
        class_="result-block",
    )


def _adds_up(kind: Rows, value: Table) -> bool:
    """Whether the last column holds shares of a whole."""
    if kind.columns[-1].unit is not SHARE or not value.rows:
        return False
    shares = [row[-1] for row in value.rows]
    return None not in shares and abs(sum(shares) - 1) < _HAIR


def _shares(kind: Rows, value: Table) -> Safe:
    told = ", ".join(f"{row[0]} {bare(row[-1], SHARE)}" for row in value.rows)
    return chart.shares([row[-1] for row in value.rows], f"{kind.label}: {told}")


def table(kind: Rows, value: Table, *, swatches: bool = False) -> Safe:
    """A table that scrolls inside its own frame where the screen is narrow; the reader's own row is marked."""
    columns = value.columns(kind)
    heads = [tag("th", column.label, scope="col", class_=_cell(column)) for column in columns]
    rows = []
    for at, row in enumerate(value.rows):
        own = at == value.own
        first = joined(
            chart.swatch(at) if swatches else None,
            bare(row[0], columns[0].unit),
            tag("span", "yours", class_="own-mark") if own else None,
        )
        cells = [
            tag("td", bare(cell, column.unit), class_=_cell(column), translate="no" if column.unit else None)
            for cell, column in zip(row[1:], columns[1:], strict=True)
        ]
        rows.append(tag("tr", tag("th", first, scope="row"), *cells, class_="is-own" if own else None))
    inner = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    return tag("div", inner, class_="table-frame", tabindex="0", role="region", aria_label=kind.label)


def _cell(column: Column) -> str | None:
    return "number" if column.unit else None


def _details(answer: Answer) -> Safe:
    """The amounts that a short result leaves out."""
    shown = [_term(answer, name, kind) for name, kind in answer.kinds.items() if getattr(kind, "detail", False)]
    return tag(
        "details", tag("summary", "More figures"), tag("dl", *shown, class_="result-amounts"), data_keep="details"
    )
