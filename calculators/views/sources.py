"""The facts behind an answer as HTML: each with its value, its days and its source."""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.facts import Fact
from calculators.engine.units import unit
from calculators.engine.words import quantity
from calculators.views.answer import Answer
from calculators.views.html import Safe, tag


def sources(answer: Answer) -> Safe:
    """The facts behind the answer, each with its value, its day and its source."""
    if not answer.used:
        return Safe("")
    rows = [_fact(answer, fact) for fact in answer.used]
    many = "1 price or assumption" if len(rows) == 1 else f"{len(rows)} prices and assumptions"
    summary = tag("summary", f"{many} used, as of {answer.reading.on}")
    return tag("details", summary, tag("ul", *rows, class_="sources"), class_="result-sources", data_keep="sources")


def _fact(answer: Answer, fact: Fact) -> Safe:
    name = fact_label(answer, fact)
    value = quantity_of(fact)
    return tag(
        "li", tag("span", name, class_="source-name"), tag("strong", value, translate="no"), sourced(answer, fact)
    )


def fact_label(answer: Answer, fact: Fact) -> str:
    """What a fact is called: the label of the figure, or the name of the assumption."""
    for _, kind, given in answer.inputs():
        if given.origin.fact == fact.name:
            return str(kind.label)
    return fact.name


def quantity_of(fact: Fact) -> str:
    """A fact's value in full with its unit."""
    return quantity(Decimal(fact.value), unit(fact.unit))


def sourced(answer: Answer, fact: Fact) -> Safe:
    """Where a fact comes from: a link to its source with its days, or the reason of our own assumption."""
    source = answer.source_of(fact)
    if source is None:
        told = tag("strong", fact.origin, class_="own-figure") if fact.ours else fact.origin
        return tag("span", told, ", ", *days(fact), f": {fact.because}", class_="source")
    link = tag("a", f"{source.publisher}, {source.title}", href=source.url, rel="noopener noreferrer")
    return tag("span", link, ", ", *days(fact), class_="source")


def days(fact: Fact) -> tuple[str, Safe, str]:
    """When a figure began and was last looked at; the day of checking is marked, for a script to say how long ago."""
    return f"since {fact.since}, checked ", checked(fact.checked), fact.sureness


def checked(day: str) -> Safe:
    """The day on which a figure was last looked at."""
    return tag("time", day, datetime=day, data_checked=day)
