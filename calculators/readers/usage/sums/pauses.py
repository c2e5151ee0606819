"""Finds what was written to a cache again because a conversation paused for longer than the cache keeps it."""

from __future__ import annotations

from bisect import bisect_left

from calculators.readers.intake.id_table import LARGEST_NUMBER, IdTable
from calculators.readers.usage.request import Request
from calculators.readers.usage.sums.summary import LateCell, UsageSummary

SECONDS_PER_MINUTE = 60

MANY_LATE_CELLS = 10_000
"""Cells after which further models are no longer told apart."""


class UsagePauses:
    """The conversations so far, with the end of the cached beginning of each.

    Where a request of a conversation writes tokens that the request before it had cached, and does not read them, the
    cache had dropped them. They are summed up by the class of the pause: how many of the `pause_breaks` it exceeds.
    """

    def __init__(self, summary: UsageSummary) -> None:
        self._summary = summary
        self._conversations = IdTable("III")  # its requests, the second of the last one, and what was cached of it

    def add(self, request: Request, size: int) -> None:
        """Counts a request of a conversation; `size` is its class of size."""
        place = self._conversations.place_of(request.conversation)
        if place < 0:
            place = ~place
        turns, times, prefixes = self._conversations.columns
        turns[place] += 1
        read, write = request.read or 0, request.write or 0
        if request.time is None or not (read or write):
            return
        last, now = times[place], int(request.time)
        if last and now < last:
            self._summary.disordered += 1
            return
        if last:
            late = min(write - (request.write_long or 0), prefixes[place] - read)
            if late > 0:
                self._add_late(request, size, (now - last) / SECONDS_PER_MINUTE, late)
        times[place] = min(now, LARGEST_NUMBER)
        prefixes[place] = min(read + write, LARGEST_NUMBER)

    def turns(self) -> list[tuple[int, int]]:
        """How many conversations have each number of requests."""
        return self._conversations.numbers()

    def _add_late(self, request: Request, size: int, minutes: float, tokens: int) -> None:
        summary = self._summary
        cell: LateCell = (
            request.model,
            request.provider,
            request.tier,
            size,
            bisect_left(summary.pause_breaks, minutes),
        )
        if cell not in summary.late and len(summary.late) >= MANY_LATE_CELLS:
            cell = ("", "", *cell[2:])
        summary.late[cell] = summary.late.get(cell, 0) + tokens
