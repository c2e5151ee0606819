"""Adds up requests as they come, in memory that depends on days and models, and on requests only by their ids."""

from __future__ import annotations

from bisect import bisect_left

from calculators.readers.intake.id_table import IdTable
from calculators.readers.usage.request import Request
from calculators.readers.usage.sums.pauses import Pauses
from calculators.readers.usage.sums.quantiles import bucket_of
from calculators.readers.usage.sums.summary import SIZE, UNCOUNTED_SIZE, Cell, Reason, Sums, UsageSummary

HOUR, DAY = 3600, 86_400
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
        self._ids = IdTable()
        self._pauses = Pauses(self.summary)
        self._active: set[int] = set()

    def add(self, request: Request, line: int | str) -> None:
        """Counts a request that was read from a line; of those with the same id only the one with most output."""
        summary = self.summary
        if request.from_proxy:
            summary.proxy_hits += request.requests or 0
            return
        if request.remark:
            note_reason(summary.remarks, request.remark, line)
        output = request.output or 0
        more_output = output
        if request.id:
            place = self._ids.place_of(request.id)
            if place >= 0:
                summary.duplicates += 1
                more_output = output - self._ids.number(place)
                if more_output > 0:
                    self._ids.set_number(place, output)
                    self._replace_output(request, output, more_output)
                return
            self._ids.set_number(~place, output)
        self._count(request, output)

    def _count(self, request: Request, output: int) -> None:
        summary, requests = self.summary, request.requests
        cell = self._cell(request)
        sums = summary.cells.get(cell) or self._new_sums(cell)
        uncached, read, write, reasoning = request.uncached, request.read, request.write, request.reasoning
        if requests is None:
            summary.uncounted_rows += 1
        else:
            sums.requests += requests
        if uncached:
            sums.uncached += uncached
        if read:
            sums.read += read
        if write:
            sums.write += write
        if request.write_long:
            sums.write_long += request.write_long
        sums.output += output
        if reasoning:
            sums.reasoning += reasoning
        elif reasoning is None:
            sums.without_reasoning += requests or 0
        if request.cost is not None:
            sums.cost += request.cost
            sums.with_cost += requests or 0
        if request.failed:
            sums.failed += requests or 0
        if uncached is None:
            sums.without_tokens += requests or 0
        elif read is None:
            sums.without_cache += 1 if requests is None else requests
        if request.counted:
            sums.unanswered += requests or 0
            sums.counted += request.counted
            sums.shared += request.shared
            sums.shared_first += request.shared_first
        if requests and request.time is not None and request.has_hour:
            hour = int(request.time // HOUR)
            summary.hours[hour % 24] += requests
            self._active.add(hour)
        if requests == 1:
            self._observe(request, cell[SIZE])
        else:
            summary.summed_rows += bool(requests)

    def _observe(self, request: Request, size: int) -> None:
        """Counts what a single request adds to the distributions."""
        summary = self.summary
        if request.uncached is not None:
            count_value(summary.inputs, request.uncached + (request.read or 0) + (request.write or 0))
        if request.output is not None:
            count_value(summary.outputs, request.output)
        if request.seconds is not None:
            count_value(summary.seconds, request.seconds * TENTHS)
        if request.first_token_seconds is not None:
            count_value(summary.first_token_seconds, request.first_token_seconds * TENTHS)
        if request.seconds is not None or request.first_token_seconds is not None:
            summary.times.add(request)
        if request.conversation:
            self._pauses.add(request, size)

    def _replace_output(self, request: Request, output: int, more: int) -> None:
        """Counts what an earlier row of the same request had not seen of its answer yet."""
        cell = self._cell(request)
        (self.summary.cells.get(cell) or self._new_sums(cell)).output += more
        if request.requests == 1 and request.output is not None:
            before = bucket_of(output - more)
            counts = self.summary.outputs
            if counts.get(before):
                counts[before] -= 1
                if not counts[before]:
                    del counts[before]
            count_value(counts, output)

    def _cell(self, request: Request) -> Cell:
        """The cell of a request. A row that sums several requests is taken to hold as many of their mean size.

        Where it does not say how many, they are taken to be short, with prefixes long enough for any cache.
        """
        summary, number = self.summary, request.requests
        cached = (request.read or 0) + (request.write or 0)
        whole = (request.uncached or 0) + cached
        cached = cached or request.shared  # what a cache would keep decides whether one takes it
        if number is None:
            cached = LARGEST_PREFIX
        elif number > 1:
            whole, cached = whole // number, cached // number
        return (
            None if request.time is None else int(request.time // DAY),
            request.model,
            request.provider,
            request.tier,
            UNCOUNTED_SIZE if number is None else bisect_left(summary.breaks, whole),
            bisect_left(summary.cached_breaks, cached + 1),
        )

    def _new_sums(self, cell: Cell) -> Sums:
        """The sums of a cell that comes for the first time; of too many, those without a day and a model."""
        cells = self.summary.cells
        if len(cells) >= MANY_CELLS:
            cell = (None, "", "", cell[3], cell[4], cell[5])
        return cells.setdefault(cell, Sums())

    def finish(self) -> UsageSummary:
        """The summary of all that was added."""
        summary = self.summary
        summary.active_hours = len(self._active)
        turns: dict[int, int] = {}
        for number, conversations in self._pauses.turns():
            bucket = bucket_of(number)
            turns[bucket] = turns.get(bucket, 0) + conversations
        summary.turns = turns
        return summary


def count_value(counts: dict[int, int], value: float) -> None:
    """Counts a value by its bucket."""
    bucket = bucket_of(value)
    counts[bucket] = counts.get(bucket, 0) + 1


def note_reason(reasons: dict[str, Reason], why: str, line: int | str) -> None:
    """Counts a reason, and keeps the first lines."""
    reason = reasons.setdefault(why, Reason())
    reason.count += 1
    if len(reason.lines) < NAMED_LINES:
        reason.lines.append(str(line))
