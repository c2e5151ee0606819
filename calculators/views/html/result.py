"""The result of a calculator as HTML: headline first, then amounts, notes, tables with charts, and the sources used."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from calculators.engine.answering.answer import Answer
from calculators.engine.declare import Amount, Rows, Series
from calculators.engine.inputs.suggestions import quoted, suggest_nearest
from calculators.engine.numbers.notes import Note
from calculators.engine.numbers.rounding import unrounded_digits
from calculators.engine.questions.question import Unanswerable
from calculators.views.html.amounts import html_advice, html_amount_fold, html_amounts, html_details
from calculators.views.html.folds import AMOUNT, Filled, html_fold_filter, is_html_fold_built
from calculators.views.html.sources import html_sources
from calculators.views.html.tables import (
    html_block,
    html_chart_beside,
    html_line_block,
    html_line_fold,
    html_table_fold,
)
from calculators.views.html.tags import Safe, joined_html, tag
from calculators.views.html.working import html_working
from calculators.views.json import compact_json

EXAMPLE = "Answer a question, and this becomes yours."
"""What stands below advice that nobody has asked for."""


LONG = 24
"""A headline of more characters is set smaller: it has several amounts, or is a sentence."""

SENTENCE = 64
"""One of more characters takes the whole width: a verdict with the numbers that it rests on."""


def html_result(answer: Answer, filled: Filled = is_html_fold_built) -> Safe:
    """Everything below the form: what the page shows before any script has run, and what the Worker sends anew."""
    blocks = [html_block(answer, name, filled) for name in answer.kinds]
    line, details = html_line_block(answer, filled), html_details(answer, filled)
    return _html_result_layout(answer, filled, line, *blocks, details, beside=html_chart_beside(answer))


def html_headline(answer: Answer, filled: Filled = is_html_fold_built) -> Safe:
    """The short result: the headline, the amounts beside it, what should be known, its working, and the sources."""
    return _html_result_layout(answer, filled)


def _html_result_layout(answer: Answer, filled: Filled, *blocks: Safe, beside: Safe | None = None) -> Safe:
    """What stands beside the questions, and below both, over the whole width, all that is longer."""
    working = html_working(answer, answer.headline, filled)
    return joined_html(
        tag(
            "div",
            *html_short_result(answer, filled),
            _html_result_measured(answer),
            beside,
            working,
            class_="result-short",
        ),
        tag("div", *blocks, html_sources(answer, filled), class_="result-more"),
    )


def html_result_fold(answer: Answer, name: str) -> Safe:
    """One fold of the result with its content, as it stands in the whole result; nothing where the result has none.

    Raises:
        Unanswerable: no result of the calculator has a fold of that name.
    """
    folds = _html_result_folds(answer)
    if name not in folds:
        raise Unanswerable(f"{answer.name} folds nothing away as {quoted(name)}{suggest_nearest(name, folds)}")
    return folds[name](html_fold_filter(name))


def _html_result_folds(answer: Answer) -> dict[str, Callable[[Filled], Safe]]:
    """What writes each fold that a result of the calculator may have, by its name."""
    folds: dict[str, Callable[[Filled], Safe]] = {
        "working": partial(html_working, answer, answer.headline),
        "details": partial(html_details, answer),
        "sources": partial(html_sources, answer),
    }
    if answer.chart and answer.chart.kind == "line":
        folds["line"] = partial(html_line_fold, answer)
    for name, kind in answer.kinds.items():
        if isinstance(kind, Rows | Series):
            folds[name] = partial(html_table_fold, answer, name)
        else:
            folds[AMOUNT + name] = partial(html_amount_fold, answer, name)
    return folds


def html_short_result(answer: Answer, filled: Filled | None) -> list[Safe]:
    """What every result begins with: headline, errors, reasons, what to do, amounts, notes.

    Without `filled`, it is a figure of an article: no amount unfolds, and the article says whose numbers they are.
    """
    return [
        _html_result_headline(answer, answer.is_example if filled is None else answer.is_untouched),
        _html_result_notes(answer, answer.errors, "is-error"),
        _html_result_reasons(answer),
        html_advice(answer, filled),
        html_amounts(answer, filled),
        _html_result_notes(answer, [note for note in answer.notes if note not in answer.errors]),
    ]


def _html_result_measured(answer: Answer) -> Safe:
    """What other calculators ask and was measured here, as texts for their controls; nothing where nothing was."""
    amounts = {name: kind for name, kind in answer.kinds.items() if isinstance(kind, Amount) and kind.measures}
    values = {name: answer.values[name] for name in amounts}
    texts = {name: unrounded_digits(round(value, 1)) for name, value in values.items() if value}
    return tag("span", hidden=True, data_measured=compact_json(texts)) if texts else Safe("")


def _html_result_headline(answer: Answer, is_example: bool) -> Safe:
    words, figures = answer.headline_words, answer.headline_figures
    classes = [
        "result-value",
        *(["is-example"] if answer.is_example else []),
        *(["is-long"] if len(words) > LONG else []),
        *(["is-sentence"] if len(words) > SENTENCE else []),
    ]
    example = tag("p", EXAMPLE, class_="result-example") if answer.is_example else None
    return tag(
        "div",
        tag("p", answer.headline_label_as(is_example), class_="result-label"),
        tag("p", words, class_=" ".join(classes), translate="no", data_figures=figures if figures != words else None),
        example,
        class_="result-headline",
    )


def _html_result_reasons(answer: Answer) -> Safe:
    """Why the headline is what it is."""
    reasons = (_html_result_reason(answer, reason) for reason in answer.reasons)
    return tag("ul", *reasons, class_="result-reasons") if answer.reasons else Safe("")


def _html_result_reason(answer: Answer, reason: Note) -> Safe:
    """A reason with the source behind it and the day on which that was read."""
    fact = answer.facts.fact(reason.fact, answer.reading.on) if reason.fact else None
    source = answer.source_of(fact) if fact else None
    if fact is None or source is None:
        return tag("li", reason.sentence)
    link = tag("a", f"{source.publisher}, {source.title}", href=source.url, rel="noopener noreferrer")
    return tag("li", reason.sentence, " ", tag("span", link, ", checked ", tag("time", fact.checked), class_="source"))


def _html_result_notes(answer: Answer, notes: list[str], kind: str = "") -> Safe:
    if not notes:
        return Safe("")
    items = (tag("li", *_html_result_note(note, answer.pages.get(note)), class_=kind or None) for note in notes)
    return tag("ul", *items, class_="result-notes")


def _html_result_note(note: str, page: str | None) -> tuple[Safe | str, ...]:
    """A note; the page that it names in quotes is a link."""
    if page is None:
        return (note,)
    before, _, rest = note.rpartition("“")
    title, _, after = rest.partition("”")
    return f"{before}“", tag("a", title, href=page), f"”{after}"
