"""A report as a page of HTML that stands by itself: it asks nothing of a network, and prints on one or two A4 pages."""

from __future__ import annotations

from collections.abc import Sequence

from calculators.views.html.tags import Safe, joined_html, tag
from calculators.views.report.content import Given, ReportContent, Rowed
from calculators.views.report.style import STYLE

LONGEST_FIGURE = 40
"""A value with more letters is a sentence: it has the whole width, and begins at the left."""

PAIR = 2
"""A table of inputs with so many columns has two rows in a line: an input and its value are short."""

LONGEST_TYPED = 110
"""Characters of an address that somebody types from paper: two lines of a report."""

BY_HAND = (
    ". To have these numbers there again, type those that are listed above, or open the scenario file that “Share and"
    " explore” saves."
)
"""What stands behind the address of numbers that are too many to be typed in it."""

FEWEST_WITH_WORDS = 3
MOST_ON_PHONE = 5
"""A phone shows each row as a card where a table has so many columns and one of them holds words, or more columns."""


def report_as_html(content: ReportContent) -> str:
    """A whole document, with its style in it."""
    head = joined_html(
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", content.title),
        tag("style", Safe(STYLE)),
    )
    body = tag("body", _report_page_article(content))
    return f"<!doctype html>\n{tag('html', tag('head', head), body, lang='en')}\n"


def _report_page_article(content: ReportContent) -> Safe:
    figures = [
        tag("div", tag("dt", label), tag("dd", value), class_="words" if is_sentence else None)
        for is_sentence in (False, True)  # the short ones stand in pairs
        for label, value in content.figures
        if (len(value) > LONGEST_FIGURE) == is_sentence
    ]
    chart = tag("figure", content.chart) if content.chart else None
    return tag(
        "article",
        tag("h1", content.title),
        tag("p", content.sentence, class_="answer"),
        _report_page_bullets(content.reasons),
        *(_report_page_table(table) for table in content.leading),
        tag("dl", *figures) if figures else None,
        tag("p", content.charted) if content.charted and not content.chart else None,
        None if content.is_charted else chart,
        _report_page_table(content.table, chart if content.is_charted else None) if content.table else None,
        *(_report_page_table(table) for table in content.reported),
        _report_page_given("What you entered", ("Input", "Value"), content.typed),
        _report_page_given(f"From {content.exemplary[0].remark}", ("Input", "Value"), content.exemplary)
        if content.exemplary
        else None,
        _report_page_given("What was measured", ("Input", "Value", "Where it comes from"), content.measured),
        _report_page_given("Assumed, as you did not say", ("Input", "Value", "Because"), content.unasked),
        tag("p", f"The answer also rests on texts, which are not shown: {', '.join(content.texts)}.")
        if content.texts
        else None,
        _report_page_given(
            "Assumptions that matter most", ("Assumption", "Value", "What it does"), content.assumptions
        ),
        _report_page_given("Counted with", ("For", "Name"), content.records),
        _report_page_section("Not counted", _report_page_bullets(content.not_counted)) if content.not_counted else None,
        _report_page_sources(content),
        tag("p", content.dated, *_report_page_link(content.link), class_="end"),
        class_="report",
    )


def _report_page_link(link: str) -> Sequence[str | Safe]:
    """Where the question can be asked again: an address, with its numbers where these can be typed, or a command.

    A browser that prints into a file leaves out a link to the page it prints.
    """
    if not link:
        return []
    if "://" not in link:
        return [" Ask again: ", tag("code", link)]
    address = link.partition("#")[0]
    typed = typed_report_link(link)
    if len(typed) <= LONGEST_TYPED:
        return [" Ask again: ", tag("a", typed, href=link)]
    return [" Asked at: ", tag("a", address, href=link), BY_HAND]


def typed_report_link(link: str) -> str:
    """The least of a link that brings its numbers back, to be typed from paper.

    >>> typed_report_link("http://a.b/c/#numbers=1&calculator=d%2Fe&on=d-e&sent=7~1&.f=2%2C000")
    'http://a.b/c/#numbers=1&calculator=d/e&.f=2,000'
    """
    address, _, fragment = link.partition("#")
    parts = [part for part in fragment.split("&") if part.startswith((".", "numbers=", "calculator="))]
    return "#".join([address, *filter(None, ["&".join(parts).replace("%2F", "/").replace("%2C", ",")])])


def _report_page_section(title: str, *inner: Safe | None) -> Safe:
    return tag("section", tag("h2", title), *inner)


def _report_page_bullets(sentences: Sequence[str | Safe]) -> Safe | None:
    return tag("ul", *(tag("li", sentence) for sentence in sentences)) if sentences else None


def _report_page_sources(content: ReportContent) -> Safe | None:
    if not content.sources:
        return None
    read = [
        joined_html(tag("a", source.title, href=source.address), f", checked {source.checked}")
        for source in content.sources
    ]
    return _report_page_section("Sources", _report_page_bullets(read))


def _report_page_given(title: str, heads: Sequence[str], rows: Sequence[Given]) -> Safe | None:
    """A table of inputs with as many columns as it has heads; nothing without a row."""
    if not rows:
        return None
    cells = [(row.label, row.value, row.remark)[: len(heads)] for row in rows]
    shape = "pairs" if len(heads) == PAIR else ""
    return _report_page_section(title, _report_page_rows(heads, [False] * len(heads), cells, None, shape))


def _report_page_table(table: Rowed, chart: Safe | None = None) -> Safe:
    """A table under its title, below the chart that shows it."""
    left = tag("p", f"{table.left_out} more rows are not shown.") if table.left_out else None
    return _report_page_section(
        table.title, chart, _report_page_rows(table.heads, table.is_number, table.rows, table.own), left
    )


def _report_page_rows(
    heads: Sequence[str],
    is_number: Sequence[bool],
    rows: Sequence[Sequence[str]],
    own: int | None,
    shape: str = "",
) -> Safe:
    is_number = [False, *is_number[1:]]  # the names of the rows stand at the left
    head = [
        tag("th", word, scope="col", class_=_report_page_class(number))
        for word, number in zip(heads, is_number, strict=True)
    ]
    body = []
    for place, (first, *rest) in enumerate(rows):
        name = tag("th", first, scope="row")
        cells = [
            tag("td", cell, class_=_report_page_class(number), data_label=word)  # a phone shows it beside the cell
            for cell, number, word in zip(rest, is_number[1:], heads[1:], strict=True)
        ]
        body.append(tag("tr", name, *cells, class_="own" if place == own else None))
    has_words = len(heads) >= FEWEST_WITH_WORDS and not all(is_number[1:])
    is_wide = has_words or len(heads) > MOST_ON_PHONE
    classes = "cards" if is_wide else shape or None
    return tag("table", tag("thead", tag("tr", *head)), tag("tbody", *body), class_=classes)


def _report_page_class(is_number: bool) -> str | None:
    return "number" if is_number else None
