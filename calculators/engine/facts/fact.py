"""A fact: one dated value with its source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A published page that figures were taken from; dates as 2026-11-21, empty where unknown."""

    id: str
    title: str
    publisher: str
    url: str
    published: str
    accessed: str


OWN = "own"
"""The confidence of a figure that whoever runs this site put in place of the published one."""

_SURENESS = {
    "": "",
    "A": "",
    "B": ", as quoted by a third party",
    "C": ", not confirmed: check before you rely on it",
    OWN: "",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated value: `value` is decimal text (or words), `since` the first day it holds, `checked` the last look.

    `confidence` is A for the publisher's own page, B where a third party quotes it, C where it is undated or unsure;
    empty where every value was compared with a published list; `own` where it is ours instead of the published one.
    `range` is the low and the high end between which an assumption may well lie; empty where none is given.
    """

    name: str
    value: str
    unit: str
    since: str
    checked: str
    source: str
    because: str
    confidence: str = ""
    range: tuple[str, ...] = ()

    @property
    def ours(self) -> str:
        """What marks a figure of our own wherever it is shown; empty for a published one."""
        if self.confidence != OWN:
            return ""
        return "our price" if "USD" in self.unit else "our figure"

    @property
    def mark(self) -> str:
        """The same in parentheses, to stand behind the figure."""
        return f" ({self.ours})" if self.ours else ""

    @property
    def origin(self) -> str:
        """What stands in place of a source where there is none: whose figure it is."""
        return self.ours or "our assumption"

    @property
    def days(self) -> str:
        """When it began and was last looked at, and how sure it is."""
        return f"since {self.since}, checked {self.checked}{self.sureness}"

    @property
    def sureness(self) -> str:
        """What has to be said of its confidence, after a comma; nothing where it is sure."""
        return _SURENESS[self.confidence]


def name_with_fact_mark(name: str, figures: dict[str, Fact]) -> str:
    """What an entry is called in an answer: with a mark where a figure of it is ours, a price before any other."""
    return name + max((fact.mark for fact in figures.values()), default="")
