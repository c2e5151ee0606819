"""What reports of sums have in common: buckets of time, and how the same bucket of two downloads is known."""

from __future__ import annotations

from itertools import repeat

from calculators.readers.intake.id_table import IdTable, id_digests
from calculators.readers.usage.cells import Value, usage_seconds_in
from calculators.readers.usage.request import Request

SECONDS_OF_A_DAY = 86400
DOLLARS = ("usd", "")
"""How a report writes that its costs are in US dollars."""


class UsageBucketIds:
    """Gives the buckets of a file their ids: equal in two downloads of one report, and different within one file."""

    def __init__(self, report: str) -> None:
        self.report = report
        self.counts = IdTable()

    def id(self, *keys: Value) -> str:
        """The id of the next bucket with these keys, such as a day and a model; none and nothing are the same."""
        texts = [key if type(key) is str else "" if key is None else str(key) for key in keys]
        name = f"{self.report}|{'|'.join(texts).lower()}"
        return f"{name}|0" if self.counts.place_or_new(name, 0) < 0 else self.id_of(name)

    def columns(self, *keys: list[Value]) -> list[str]:
        """The ids of the next buckets, of which the keys are text or missing."""
        prefix = f"{self.report}|"
        texts = [[key or "" for key in column] for column in keys]
        names = [prefix + name.lower() for name in map("|".join, zip(*texts, strict=True))]
        ids = list(map(str.__add__, names, repeat("|0")))
        for place, _ in self.counts.repeated(id_digests(names), [0] * len(names)):
            ids[place] = self.id_of(names[place])
        return ids

    def id_of(self, name: str) -> str:
        """The id of a further bucket of this name."""
        place = self.counts.place_of(name)
        number = self.counts.number(place) + 1
        self.counts.set_number(place, number)
        return f"{name}|{number}"


def has_usage_bucket_hour(start: Value, end: Value) -> bool:
    """Whether a bucket is shorter than a day; one without an end is a day."""
    first, last = usage_seconds_in(start), usage_seconds_in(end)
    return first is not None and last is not None and last - first < SECONDS_OF_A_DAY


def empty_usage_bucket(start: Value, end: Value = None) -> Request:
    """A bucket of time without use: a day that counts, with no requests."""
    return Request(requests=0, time=usage_seconds_in(start), has_hour=has_usage_bucket_hour(start, end))
