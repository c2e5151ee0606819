"""A fact: one dated value with its source."""

from __future__ import annotations

from collections.abc import Iterable
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
        return _ours(self.confidence, self.unit)

    @property
    def mark(self) -> str:
        """The same in parentheses, to stand behind the figure."""
        return fact_mark(self.confidence, self.unit)

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


def _ours(confidence: str, unit: str) -> str:
    if confidence != OWN:
        return ""
    return "our price" if "USD" in unit else "our figure"


def fact_mark(confidence: str, unit: str) -> str:
    """What stands behind a figure with such a confidence and unit: that it is ours, or nothing."""
    ours = _ours(confidence, unit)
    return f" ({ours})" if ours else ""


def largest_fact_mark(marks: Iterable[str]) -> str:
    """What stands behind the name of an entry in an answer, of the marks of its figures: a price before any other."""
    return max(marks, default="")
