"""What logs of use come to: sums by day, model, tier and size, and the distributions behind them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import Any, Final, TypeAlias

from calculators.readers.usage.sums.times import UsageTimes, usage_times_from_rows

VERSION = 3

Cell: TypeAlias = tuple[int | None, str, str, str, int, int]
"""What requests of one cell share: the day (since 1970), the model and the provider as logged, the tier, and how many
of the sizes and of the cached sizes at which a price changes they exceed."""

UNCOUNTED_SIZE: Final = -1
"""The class of size of a row that does not say how many requests it sums up; it exceeds no size."""

LateCell: TypeAlias = tuple[str, str, str, int, int]
"""What tokens share that were written to a cache again after a pause: the model and the provider as logged, the tier,
the class of size, and how many of the lifetimes that are sold the pause exceeds."""

# The places of these in a cell.
DAY: Final = 0
MODEL: Final = 1
PROVIDER: Final = 2
TIER: Final = 3
SIZE: Final = 4
CACHED_SIZE: Final = 5


@dataclass(slots=True)
class Sums:
    """The sums of one cell; tokens that were not stated are not in them.

    `unanswered` are requests whose prompt was counted here; `counted` are its tokens, and `shared` those with which an
    earlier request began, each time but the first. `shared_first` are those that a first request brought.
    """

    requests: int = 0
    uncached: int = 0
    read: int = 0
    write: int = 0
    write_long: int = 0
    output: int = 0
    reasoning: int = 0
    cost: float = 0
    with_cost: int = 0
    failed: int = 0
    without_tokens: int = 0
    without_cache: int = 0
    without_reasoning: int = 0
    unanswered: int = 0
    counted: int = 0
    shared: int = 0
    shared_first: int = 0


SUM_NAMES = tuple(known.name for known in fields(Sums))


@dataclass(slots=True)
class Reason:
    """How often something happened to rows, on which lines first, and their kind, where another calculator reads it."""

    count: int = 0
    lines: list[str] = field(default_factory=list)
    kind: str = ""


@dataclass(slots=True, kw_only=True)
class UsageSummary:
    """The content of all files together.

    `breaks` are the sizes of a prompt at which the price of some model changes, and `cached_breaks` those of a cached
    prefix, in tokens; `pause_breaks` are the lifetimes of caches, in minutes. `late` are tokens that were written to a
    cache again after a pause; `disordered` counts requests that stand before an earlier one of their conversation.
    `formats` has the rows of each format, and `format_files` the files with such rows; `picked` is the format that a
    person had them read by. Distributions count values by their bucket. `hours` counts requests by the hour of the
    day, UTC.
    """

    breaks: tuple[int, ...] = ()
    cached_breaks: tuple[int, ...] = ()
    pause_breaks: tuple[float, ...] = ()
    files: int = 0
    rows: int = 0
    picked: str = ""
    formats: dict[str, int] = field(default_factory=dict)
    format_files: dict[str, int] = field(default_factory=dict)
    cells: dict[Cell, Sums] = field(default_factory=dict)
    late: dict[LateCell, int] = field(default_factory=dict)
    disordered: int = 0
    skipped: dict[str, Reason] = field(default_factory=dict)
    remarks: dict[str, Reason] = field(default_factory=dict)
    duplicates: int = 0
    proxy_hits: int = 0
    summed_rows: int = 0
    uncounted_rows: int = 0
    inputs: dict[int, int] = field(default_factory=dict)
    outputs: dict[int, int] = field(default_factory=dict)
    turns: dict[int, int] = field(default_factory=dict)
    seconds: dict[int, int] = field(default_factory=dict)
    first_token_seconds: dict[int, int] = field(default_factory=dict)
    times: UsageTimes = field(default_factory=UsageTimes)
    hours: list[int] = field(default_factory=lambda: [0] * 24)
    active_hours: int = 0

    def to_json(self) -> str:
        """The summary as text, the same for the same rows."""
        content: dict[str, Any] = {"version": VERSION}
        for known in fields(self):
            content[known.name] = getattr(self, known.name)
        content["cells"] = [
            [*cell, *(_usage_summary_rounded(getattr(sums, name)) for name in SUM_NAMES)]
            for cell, sums in sorted(self.cells.items(), key=lambda entry: _usage_summary_cell_order(entry[0]))
        ]
        content["times"] = self.times.to_rows()
        content["late"] = [[*late, tokens] for late, tokens in sorted(self.late.items())]
        for name in ("skipped", "remarks"):
            content[name] = {
                why: [reason.count, reason.lines, reason.kind] for why, reason in sorted(getattr(self, name).items())
            }
        for name in DISTRIBUTIONS:
            content[name] = sorted(getattr(self, name).items())
        return json.dumps(content, separators=(",", ":"), sort_keys=True)


DISTRIBUTIONS = ("inputs", "outputs", "turns", "seconds", "first_token_seconds")


def usage_summary_from_json(text: str) -> UsageSummary:
    """The summary in a text that `to_json` wrote.

    Raises:
        ValueError: it is none, or of another version.
    """
    content = json.loads(text)
    if not isinstance(content, dict) or content.pop("version", None) != VERSION:
        raise ValueError("no summary of this version")
    for name in ("breaks", "cached_breaks", "pause_breaks"):
        content[name] = tuple(content[name])
    content["times"] = usage_times_from_rows(**content["times"])
    content["late"] = {tuple(row[:-1]): row[-1] for row in content["late"]}
    content["cells"] = {tuple(row[:6]): Sums(*row[6:]) for row in content["cells"]}
    for name in ("skipped", "remarks"):
        content[name] = {why: Reason(count, lines, str(kind)) for why, (count, lines, kind) in content[name].items()}
    for name in DISTRIBUTIONS:
        content[name] = dict(content[name])
    return UsageSummary(**content)


def _usage_summary_cell_order(cell: Cell) -> tuple[Any, ...]:
    return (cell[0] is None, cell[0] or 0, *cell[1:])


def _usage_summary_rounded(number: int | float) -> int | float:
    """A sum of floats without the digits that depend on the order of its parts."""
    return number if isinstance(number, int) else float(f"{number:.12g}")
