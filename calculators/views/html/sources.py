"""The facts behind an answer as HTML: each with its value, its days and its source."""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.answering.answer import Answer
from calculators.engine.declare import Amount, Every, kinds
from calculators.engine.facts import Fact
from calculators.engine.numbers.rounding import unrounded_fact
from calculators.engine.numbers.units import unit_from_text
from calculators.views.html.folds import Filled, html_fold
from calculators.views.html.tags import Safe, tag


def html_sources(answer: Answer, filled: Filled) -> Safe:
    """The facts behind the answer, each with its value, its day and its source; nothing where there are none.

    How many there are takes another run of the formula to know. So an empty fold has no summary, and a page keeps the
    one that it shows until the fold is filled.
    """
    is_filled = filled("sources")
    if not (answer.used if is_filled else _may_html_source_use_facts(answer)):
        return Safe("")

    def content() -> Safe:
        return tag("ul", *(_html_source_fact(answer, fact) for fact in answer.used), class_="sources")

    return html_fold(
        "sources", _html_source_counted(answer) if is_filled else None, content, filled, class_="result-sources"
    )


def _may_html_source_use_facts(answer: Answer) -> bool:
    """Whether there are facts and numbers, without which no fact stands behind a number."""
    if not any(isinstance(kind, Amount) for kind in answer.kinds.values()):
        return False
    markets = any(isinstance(kind, Every) for kind in kinds(answer.reading.inputs_type).values())
    return markets or any(given.origin.fact for _, _, given in answer.inputs())


def _html_source_counted(answer: Answer) -> Safe:
    count = len(answer.used)
    many = "1 price or assumption" if count == 1 else f"{count} prices and assumptions"
    return tag("summary", f"{many} used, as of {answer.reading.on}")


def _html_source_fact(answer: Answer, fact: Fact) -> Safe:
    name = _html_source_fact_label(answer, fact)
    amount = html_source_quantity(fact)
    return tag(
        "li", tag("span", name, class_="source-name"), tag("strong", amount, translate="no"), html_source(answer, fact)
    )


def _html_source_fact_label(answer: Answer, fact: Fact) -> str:
    """What a fact is called: the label of the question or, behind the name of its record, of the figure."""
    place, _, figure = fact.name.partition("#")
    collection, _, id = place.partition(":")
    asked = kinds(answer.reading.inputs_type)
    owner = next((name for name, kind in asked.items() if getattr(kind, "collection", "") == collection), None)
    if owner is not None and figure:
        declared = kinds(answer.reading.record_type(owner)).get(figure)
        return f"{answer.facts.entry(collection, id)['name']}: {declared.label if declared else figure}"
    given = next((kind for _, kind, given in answer.inputs() if given.origin.fact == fact.name), None)
    return str(given.label) if given else str(answer.facts.entry(collection, id)["name"])


def html_source_quantity(fact: Fact) -> str:
    """A fact's value in full with its unit."""
    return unrounded_fact(Decimal(fact.value), unit_from_text(fact.unit))


def html_source(answer: Answer, fact: Fact) -> Safe:
    """Where a fact comes from: a link to its source with its days, or the reason of our own assumption."""
    source = answer.source_of(fact)
    if source is None:
        origin = tag("strong", fact.origin, class_="own-figure") if fact.ours else fact.origin
        return tag("span", origin, ", ", *_html_source_days(fact), f": {fact.because}", class_="source")
    link = tag("a", f"{source.publisher}, {source.title}", href=source.url, rel="noopener noreferrer")
    return tag("span", link, ", ", *_html_source_days(fact), class_="source")


def _html_source_days(fact: Fact) -> tuple[str, Safe, str]:
    """When a figure began and was last looked at; the day of checking is marked, for a script to say how long ago."""
    return f"since {fact.since}, checked ", html_checked_day(fact.checked), fact.sureness


def html_checked_day(day: str) -> Safe:
    """The day on which a figure was last looked at."""
    return tag("time", day, datetime=day, data_checked=day)
