"""Finds what was written to a cache again because a conversation paused for longer than the cache keeps it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from calculators.readers.intake.id_table import LARGEST_NUMBER, IdTable, id_digests
from calculators.readers.usage.columns.request_columns import RequestColumns
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
                self._add_late(request.model, request.provider, request.tier, size, now - last, late)
        times[place] = min(now, LARGEST_NUMBER)
        prefixes[place] = min(read + write, LARGEST_NUMBER)

    def add_columns(self, columns: RequestColumns, reads: list[int], writes: list[int], sizes: list[int]) -> None:
        """Counts requests that were read column by column; `reads` and `writes` are 0 where nothing is known."""
        conversations = self._conversations
        talks = Counter(columns.conversation)
        talks.pop("", None)
        known = [max(place, ~place) for place in conversations.places_of(id_digests(list(talks)))]
        turns, times, prefixes = conversations.columns
        for place, number in zip(known, talks.values(), strict=True):
            turns[place] += number
        if not (any(reads) or any(writes)):
            return
        places = dict(zip(talks, known, strict=True))
        for row, (talk, time, read, write) in enumerate(
            zip(columns.conversation, columns.time, reads, writes, strict=True)
        ):
            if time is None or not (read or write) or not talk:
                continue
            place, now = places[talk], int(time)
            last = times[place]
            if last:
                if now < last:
                    self._summary.disordered += 1
                    continue
                late = min(write - (columns.write_long[row] or 0), prefixes[place] - read)
                if late > 0:
                    self._add_late(
                        columns.model[row], columns.provider[row], columns.tier[row], sizes[row], now - last, late
                    )
            times[place] = min(now, LARGEST_NUMBER)
            prefixes[place] = min(read + write, LARGEST_NUMBER)

    def turns(self) -> list[tuple[int, int]]:
        """How many conversations have each number of requests."""
        return self._conversations.numbers()

    def _add_late(self, model: str, provider: str, tier: str, size: int, seconds: int, tokens: int) -> None:
        summary = self._summary
        pause = bisect_left(summary.pause_breaks, seconds / SECONDS_PER_MINUTE)
        cell: LateCell = (model, provider, tier, size, pause)
        if cell not in summary.late and len(summary.late) >= MANY_LATE_CELLS:
            cell = ("", "", *cell[2:])
        summary.late[cell] = summary.late.get(cell, 0) + tokens
