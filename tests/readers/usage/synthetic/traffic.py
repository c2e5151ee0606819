"""Traffic with a known truth: requests drawn at random, of one model, with a cache or without."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime

MODEL = "claude-sonnet-5-5"
FIRST = datetime(2026, 11, 10, 0, 0, 10, tzinfo=UTC)
DAYS = 5

PLAIN, READ, WRITTEN, TIMED = "plain", "read", "written", "timed"
LEVELS = (PLAIN, READ, WRITTEN, TIMED)
"""What a log can say of a cache: nothing, what was read, what was written too, and for how long it is kept."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A request as it was sent and answered; no counts overlap but `long`, the part of `write` that is kept longer."""

    number: int
    second: int
    conversation: str
    uncached: int
    read: int
    write: int
    long: int
    output: int
    reasoning: int

    @property
    def id(self) -> str:
        return f"id-{self.number:04d}"

    @property
    def prompt(self) -> int:
        """The whole input."""
        return self.uncached + self.read + self.write

    @property
    def total(self) -> int:
        return self.prompt + self.output

    @property
    def time(self) -> str:
        """When it was sent, as ISO text."""
        return datetime.fromtimestamp(self.second, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def day(self) -> str:
        return self.time[:10]

    @property
    def midnight(self) -> int:
        """The first second of its day."""
        return self.second - self.second % 86_400


def traffic(level: str, seed: int = 1, requests: int = 60, first: int = 0) -> list[Sent]:
    """Requests in the order of time, on each of some days, none of them long; two a conversation.

    Their numbers, by which ids are told apart, begin at `first`.
    """
    chance = random.Random(f"{level} {seed}")
    sent = []
    for place in range(requests):
        number = first + place
        cached = chance.randrange(2000, 9000)
        is_first = place % 2 == 0
        write = cached if level in (WRITTEN, TIMED) and is_first else 0
        sent.append(
            Sent(
                number=number,
                second=int(FIRST.timestamp()) + (place * DAYS * 86_400) // requests,
                conversation=f"talk-{number // 2}",
                uncached=chance.randrange(1, 3000),
                read=0 if level == PLAIN or write else cached,
                write=write,
                long=write // 3 if level == TIMED else 0,
                output=(output := chance.randrange(20, 900)),
                reasoning=chance.randrange(0, output),
            )
        )
    return sent
