"""Adds up requests as they come, in memory that depends on days and models, and on requests only by their ids."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping

from calculators.readers.intake.id_table import IdTable
from calculators.readers.usage.request import Request
from calculators.readers.usage.sums.pauses import UsagePauses
from calculators.readers.usage.sums.quantiles import usage_quantile_bucket
from calculators.readers.usage.sums.summary import SIZE, UNCOUNTED_SIZE, Cell, Reason, Sums, UsageSummary

HOUR, DAY = 3600, 86_400
HOURS_OF_A_DAY = 24
NAMED_LINES = 5
"""How many lines are named of each reason."""

MANY_CELLS = 50_000
"""Cells after which the models and days of further requests are no longer told apart."""

LARGEST_PREFIX = 10**9
"""Tokens that every cache takes."""

TENTHS = 10
"""Times are counted in tenths of a second."""


class UsageTally:
    """The sums so far.

    `breaks` are the sizes of a prompt, and `cached_breaks` of a prefix, at which prices change; `pause_breaks` are the
    lifetimes of caches in minutes. All are in order.
    """

    def __init__(
        self,
        breaks: tuple[int, ...] = (),
        cached_breaks: tuple[int, ...] = (),
        pause_breaks: tuple[float, ...] = (),
    ) -> None:
        self.summary = UsageSummary(breaks=breaks, cached_breaks=cached_breaks, pause_breaks=pause_breaks)
        self.ids = IdTable()
        self.pauses = UsagePauses(self.summary)
        self._hours: dict[int, int] = {}

    def add(self, request: Request, line: int | str) -> None:
        """Counts a request that was read from a line; of those with the same id only the one with most output."""
        if request.from_proxy:
            self.summary.proxy_hits += request.requests or 0
            return
        if request.remark:
            note_usage_reason(self.summary.remarks, request.remark, line)
        if request.id:
            output = request.output or 0
            place = self.ids.place_or_new(request.id, output)
            if place >= 0:
                self.summary.duplicates += 1
                more_output = output - self.ids.number(place)
                if more_output > 0:
                    self.ids.set_number(place, output)
                    self.replace_output(request, output, more_output)
                return
        self._count(request)

    def _count(self, request: Request) -> None:
        summary, requests = self.summary, request.requests
        number = requests or 0
        cell = self._cell(request)
        sums = summary.cells.get(cell) or self._new_sums(cell)
        uncached, read, write, output = request.uncached, request.read, request.write, request.output
        reasoning = request.reasoning
        sums.requests += number
        if uncached:
            sums.uncached += uncached
        if read:
            sums.read += read
        if write:
            sums.write += write
        if request.write_long:
            sums.write_long += request.write_long
        if output:
            sums.output += output
        if reasoning:
            sums.reasoning += reasoning
        elif reasoning is None:
            sums.without_reasoning += number
        if request.cost is not None:
            sums.cost += request.cost
            sums.with_cost += number
        if request.failed:
            sums.failed += number
        if uncached is None:
            sums.without_tokens += number
        elif read is None:
            sums.without_cache += 1 if requests is None else requests
        if request.counted:
            sums.unanswered += number
            sums.counted += request.counted
            sums.shared += request.shared
            sums.shared_first += request.shared_first
        if number and request.time is not None and request.has_hour:
            hour = int(request.time // HOUR)
            self._hours[hour] = self._hours.get(hour, 0) + number
        if requests != 1:
            if requests is None:
                summary.uncounted_rows += 1
            else:
                summary.summed_rows += bool(requests)
            return
        if uncached is not None:
            bucket = usage_quantile_bucket(uncached + (read or 0) + (write or 0))
            summary.inputs[bucket] = summary.inputs.get(bucket, 0) + 1
        if output is not None:
            bucket = usage_quantile_bucket(output)
            summary.outputs[bucket] = summary.outputs.get(bucket, 0) + 1
        if request.seconds is not None or request.first_token_seconds is not None:
            self._count_times(request)
        if request.conversation:
            self.pauses.add(request, cell[SIZE])

    def _count_times(self, request: Request) -> None:
        """Counts how long a single request took."""
        summary = self.summary
        if request.seconds is not None:
            count_usage_value(summary.seconds, request.seconds * TENTHS)
        if request.first_token_seconds is not None:
            count_usage_value(summary.first_token_seconds, request.first_token_seconds * TENTHS)
        summary.times.add(request)

    def replace_output(self, request: Request, output: int, more: int) -> None:
        """Counts what an earlier row of the same request had not seen of its answer yet."""
        cell = self._cell(request)
        (self.summary.cells.get(cell) or self._new_sums(cell)).output += more
        if request.requests == 1 and request.output is not None:
            before = usage_quantile_bucket(output - more)
            counts = self.summary.outputs
            if counts.get(before):
                counts[before] -= 1
                if not counts[before]:
                    del counts[before]
            count_usage_value(counts, output)

    def _cell(self, request: Request) -> Cell:
        """The cell of a request. A row that sums several requests is taken to hold as many of their mean size.

        Where it does not say how many, they are taken to be short, with prefixes long enough for any cache.
        """
        summary, number, time = self.summary, request.requests, request.time
        cached = (request.read or 0) + (request.write or 0)
        whole = (request.uncached or 0) + cached
        cached = cached or request.shared  # what a cache would keep decides whether one takes it
        if number is None:
            size, cached = UNCOUNTED_SIZE, LARGEST_PREFIX
        else:
            if number > 1:
                whole, cached = whole // number, cached // number
            size = bisect_left(summary.breaks, whole)
        return (
            None if time is None else int(time // DAY),
            request.model,
            request.provider,
            request.tier,
            size,
            bisect_left(summary.cached_breaks, cached + 1),
        )

    def sums(self, cell: Cell) -> Sums:
        """The sums of a cell."""
        return self.summary.cells.get(cell) or self._new_sums(cell)

    def count_hours(self, hours: Mapping[int, int]) -> None:
        """Counts requests by the hour since 1970."""
        for hour, number in hours.items():
            self._hours[hour] = self._hours.get(hour, 0) + number

    def _new_sums(self, cell: Cell) -> Sums:
        """The sums of a cell that comes for the first time; of too many, those without a day and a model."""
        cells = self.summary.cells
        if len(cells) >= MANY_CELLS:
            cell = (None, "", "", cell[3], cell[4], cell[5])
        return cells.setdefault(cell, Sums())

    def finish(self) -> UsageSummary:
        """The summary of all that was added."""
        summary = self.summary
        summary.active_hours = len(self._hours)
        summary.hours = [0] * HOURS_OF_A_DAY
        for hour, number in self._hours.items():
            summary.hours[hour % HOURS_OF_A_DAY] += number
        turns: dict[int, int] = {}
        for length, conversations in self.pauses.turns():
            bucket = usage_quantile_bucket(length)
            turns[bucket] = turns.get(bucket, 0) + conversations
        summary.turns = turns
        return summary


def count_usage_value(counts: dict[int, int], value: float) -> None:
    """Counts a value by its bucket."""
    bucket = usage_quantile_bucket(value)
    counts[bucket] = counts.get(bucket, 0) + 1


def count_usage_values(counts: dict[int, int], values: Iterable[float]) -> None:
    """Counts values by their buckets."""
    for bucket, number in Counter(map(usage_quantile_bucket, values)).items():
        counts[bucket] = counts.get(bucket, 0) + number


def note_usage_reason(reasons: dict[str, Reason], why: str, line: int | str, kind: str = "") -> None:
    """Counts a reason, and keeps the first lines; `kind` is that of rows which another calculator reads."""
    reason = reasons.setdefault(why, Reason(kind=kind))
    reason.count += 1
    if len(reason.lines) < NAMED_LINES:
        reason.lines.append(str(line))
