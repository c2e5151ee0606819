"""How long requests took: first tokens by what was read, whole answers by what was written, and how fast that was."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import repeat
from typing import TypeAlias, TypeVar

from calculators.readers.usage.cells import MILLISECONDS
from calculators.readers.usage.columns.request_columns import RequestColumns
from calculators.readers.usage.request import Request
from calculators.readers.usage.sums.quantiles import usage_quantile_bucket

READ_CLASSES = (500, 2000, 8000, 32_000)
"""The tokens at which classes of prompts end, what was read from a cache left out: that takes next to no time."""

WRITTEN_CLASSES = (100, 300, 1000, 3000)
"""The tokens at which classes of answers end."""

TENTHS = 10
"""Speeds are counted in tenths of a token a second."""

FEWEST_WRITTEN = 20
"""Tokens from which on an answer tells how fast it was written."""

MOST_MODELS = 50
"""So many models are told apart."""

Key = TypeVar("Key")

Counts: TypeAlias = dict[tuple[str, int, int], int]
"""How many requests there are, by the model as logged, the class of size, and the bucket of the time."""


@dataclass(slots=True)
class UsageTimes:
    """The times of single requests that did not fail.

    `first` are those until the first token and `read` the tokens that these requests read, `whole` those until the last
    one, `writing` the tokens a second in between. Where a model reasoned unseen, logs differ in what they call its
    first token; `reasoned` counts such requests, which are in `whole` alone.
    """

    first: Counts = field(default_factory=dict)
    read: dict[tuple[str, int], int] = field(default_factory=dict)
    whole: Counts = field(default_factory=dict)
    writing: dict[tuple[str, int], int] = field(default_factory=dict)
    reasoned: int = 0
    models: set[str] = field(default_factory=set)

    def add(self, request: Request) -> None:
        """Counts the times of a request, as far as its row states them."""
        self._add(
            request.model,
            request.failed,
            request.seconds,
            request.first_token_seconds,
            request.uncached,
            request.write,
            request.output,
            request.reasoning,
        )

    def _add(
        self,
        name: str,
        failed: bool,
        seconds: float | None,
        first: float | None,
        uncached: int | None,
        write: int | None,
        output: int | None,
        reasoning: int | None,
    ) -> None:
        if failed or (seconds is None and first is None):
            return
        model = self._model(name)
        if seconds is not None and output:
            _usage_times_count(
                self.whole, (model, bisect_left(WRITTEN_CLASSES, output), usage_quantile_bucket(seconds * MILLISECONDS))
            )
        if first is None:
            return
        if reasoning:
            self.reasoned += 1
            return
        if uncached is not None:
            read = uncached + (write or 0)
            size = bisect_left(READ_CLASSES, read)
            _usage_times_count(self.first, (model, size, usage_quantile_bucket(first * MILLISECONDS)))
            _usage_times_count(self.read, (model, size), read)
        if seconds is not None and output and output >= FEWEST_WRITTEN and seconds > first:
            _usage_times_count(self.writing, (model, usage_quantile_bucket((output - 1) / (seconds - first) * TENTHS)))

    def add_columns(self, columns: RequestColumns) -> None:
        """Counts the times of many requests; where no first tokens are timed, all at once."""
        if any(columns.first_token_seconds) or 0 in columns.first_token_seconds:
            for request in zip(
                columns.model,
                columns.failed,
                columns.seconds,
                columns.first_token_seconds,
                columns.uncached,
                columns.write,
                columns.output,
                columns.reasoning,
                strict=True,
            ):
                self._add(*request)
            return
        timed = [
            (model, output, seconds * MILLISECONDS)
            for model, failed, output, seconds in zip(
                columns.model, columns.failed, columns.output, columns.seconds, strict=True
            )
            if seconds is not None and not failed
        ]
        models = {name: self._model(name) for name, _, _ in timed}
        timed = [row for row in timed if row[1]]
        if timed:
            names, outputs, times = zip(*timed, strict=True)
            keys = zip(
                map(models.__getitem__, names),
                map(bisect_left, repeat(WRITTEN_CLASSES), outputs),
                map(usage_quantile_bucket, times),
                strict=True,
            )
            for key, number in Counter(keys).items():
                _usage_times_count(self.whole, key, number)

    def _model(self, name: str) -> str:
        if name not in self.models:
            if len(self.models) >= MOST_MODELS:
                return ""
            self.models.add(name)
        return name

    def to_rows(self) -> dict[str, object]:
        """The same for JSON, the same for the same rows."""
        by_size = {"first": self.first, "whole": self.whole}
        by_model = {"read": self.read, "writing": self.writing}
        return {
            **{name: sorted((*key, count) for key, count in counts.items()) for name, counts in by_size.items()},
            **{name: sorted((*key, count) for key, count in counts.items()) for name, counts in by_model.items()},
            "reasoned": self.reasoned,
        }


def usage_times_from_rows(
    first: Iterable[tuple[str, int, int, int]],
    whole: Iterable[tuple[str, int, int, int]],
    read: Iterable[tuple[str, int, int]],
    writing: Iterable[tuple[str, int, int]],
    reasoned: int,
) -> UsageTimes:
    """The times in what `to_rows` made, by its names."""
    return UsageTimes(
        first={(model, size, bucket): count for model, size, bucket, count in first},
        whole={(model, size, bucket): count for model, size, bucket, count in whole},
        read={(model, size): tokens for model, size, tokens in read},
        writing={(model, bucket): count for model, bucket, count in writing},
        reasoned=reasoned,
    )


def _usage_times_count(counts: dict[Key, int], key: Key, number: int = 1) -> None:
    counts[key] = counts.get(key, 0) + number
