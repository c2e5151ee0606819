"""Counts of tokens by what is paid for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from calculators.readers.usage.sums.summary import Sums


@dataclass(slots=True)
class TrafficTokens:
    """Tokens by what is paid for them; none is counted twice.

    `unanswered` are requests whose prompt was counted here, and `counted` the part of `uncached` that is theirs.
    """

    uncached: int = 0
    read: int = 0
    write: int = 0
    write_long: int = 0
    output: int = 0
    unanswered: int = 0
    counted: int = 0

    def add(self, sums: Sums) -> None:
        """Adds the tokens of a cell."""
        self.uncached += sums.uncached
        self.read += sums.read
        self.write += sums.write - sums.write_long
        self.write_long += sums.write_long
        self.output += sums.output
        self.unanswered += sums.unanswered
        self.counted += sums.counted

    def merge(self, other: TrafficTokens) -> None:
        """Adds the tokens of another group."""
        for kind in fields(self):
            setattr(self, kind.name, getattr(self, kind.name) + getattr(other, kind.name))

    @property
    def all(self) -> int:
        """All of them."""
        return self.uncached + self.read + self.write + self.write_long + self.output

    @property
    def counts(self) -> dict[str, int]:
        """The tokens that were counted, by kind."""
        return {kind: getattr(self, kind) for kind in ("uncached", "read", "write", "write_long", "output")}


def merged_traffic_tokens(parts: Iterable[TrafficTokens]) -> TrafficTokens:
    """The sum of several."""
    whole = TrafficTokens()
    for part in parts:
        whole.merge(part)
    return whole
