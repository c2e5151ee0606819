"""The shape of the facts as JSON: collections of entries, whose facts hold values by the day since which each holds.

Annotations are values here, not texts: `TypedDict` compiles each text as it is declared, for which a browser would have
to load the second part of the interpreter.
"""

from typing import NotRequired, TypedDict


class FactOrigin(TypedDict, total=False):
    """Where the values of a fact come from."""

    checked: str
    source: str
    because: str
    confidence: str
    range: list[str]


class DatedFact(FactOrigin):
    """One fact of an entry: `values` are pairs of a first day and what holds from then on, in the order of the days.

    `published` is the origin of what whoever runs this site replaced by own figures, which begin on `ours_from`.
    """

    values: list[tuple[str, str]]
    unit: str
    ours_from: NotRequired[str]
    published: NotRequired[FactOrigin]


class Entry(TypedDict):
    """One entry of a collection, such as a model; `why` holds the reasons of changes, by day."""

    name: str
    group: str
    note: str
    facts: dict[str, DatedFact]
    why: NotRequired[dict[str, str]]


class SourceEntry(TypedDict):
    """One source; `published` is missing or null where its day is unknown."""

    title: str
    publisher: str
    url: str
    published: NotRequired[str | None]
    accessed: str


class LoadedFacts(TypedDict):
    """All facts of one build; `defaults` are answers that whoever runs this site put in place of ours."""

    as_of: str
    sources: dict[str, SourceEntry]
    collections: dict[str, dict[str, Entry]]
    defaults: NotRequired[dict[str, dict[str, str]]]
