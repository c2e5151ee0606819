"""How published measurements lie to what a calculator answers for the same settings, and which are held out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from statistics import median

Row = Mapping[str, str]


def held_out_sources(rows: Sequence[Row], draw: str = "") -> frozenset[str]:
    """The sources that nothing is fitted to: about a third of all rows, chosen without a look at any error.

    Sources come in the order of the SHA-256 of their names, with the word of another `draw` after them if there is one.
    Each is held out until at least 30 % of the rows are; one that would bring the share above 40 % is passed over.
    """
    counts = Counter(row["source"] for row in rows)
    chosen: list[str] = []
    for source in sorted(counts, key=lambda name: sha256(f"{name}{draw}".encode()).hexdigest()):
        share = sum(counts[name] for name in chosen) / counts.total()
        if share >= 0.3:
            break
        if share + counts[source] / counts.total() <= 0.4:
            chosen.append(source)
    return frozenset(chosen)


@dataclass(frozen=True, slots=True)
class Checked:
    """A published measurement, and the answer for it with its range, all in one unit."""

    row: Row
    answer: Decimal
    low: Decimal
    high: Decimal
    measured: Decimal

    @property
    def error(self) -> Decimal:
        """How far the answer is off, as a share of what was measured."""
        return abs(self.answer / self.measured - 1)

    @property
    def inside(self) -> bool:
        """Whether what was measured lies in the range that is shown."""
        return self.low <= self.measured <= self.high

    @property
    def width(self) -> Decimal:
        """Half of the range, as a share of the answer."""
        return (self.high - self.low) / 2 / self.answer


def rounded(share: Decimal) -> Decimal:
    """A share in tenths of a percent."""
    return share.quantize(Decimal("0.001"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a file of checks: whose rows they are, or which of those that are held out, and how they lie."""

    key: str
    name: str
    group: str
    source: str
    figures: Mapping[str, Decimal]


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """What a model is held against, and the words for it in its file of checks.

    `sources` has the entry in data/sources.yaml for each source, `names` the names of those that are not called by
    the end of their own. A fit to those in `tried` is allowed, and was not taken. `is_stated` tells rows whose sources
    state what matters; `stated_name` and `open_name` are what those and the others are called.
    """

    head: str
    measured: str
    sources: Mapping[str, str]
    held_out: frozenset[str]
    is_stated: Callable[[Row], bool]
    stated_name: str
    open_name: str
    names: Mapping[str, str] = field(default_factory=dict)
    tried: frozenset[str] = frozenset()

    def figures(self, some: Sequence[Checked]) -> dict[str, Decimal]:
        """The distribution of the errors."""
        errors = sorted(each.error for each in some)
        return {
            self.measured: Decimal(len(some)),
            "median_error": rounded(median(errors)),
            "nine_in_ten": rounded(errors[math.ceil(len(errors) * 9 / 10) - 1]),
            "inside": rounded(Decimal(sum(each.inside for each in some)) / len(some)),
            "width": rounded(median(each.width for each in some)),
        }

    def by_source(self, listed: Sequence[Checked]) -> Iterator[Entry]:
        """Each source, whether it was fitted to or held out, and its distribution."""
        for source, key in self.sources.items():
            group = "Held out" if source in self.held_out else "Open to a fit" if source in self.tried else "Fitted to"
            some = [each for each in listed if each.row["source"] == source]
            yield Entry(key, self.names.get(source, source.split("/")[-1]), group, key, self.figures(some))

    def together(self, listed: Sequence[Checked]) -> Iterator[Entry]:
        """All that is held out, and apart by what the sources say; the largest source stands for all."""
        kept = [each for each in listed if each.row["source"] in self.held_out]
        for key, name, some in (
            ("held-out", "All that is held out", kept),
            ("held-out-stated", self.stated_name, [each for each in kept if self.is_stated(each.row)]),
            ("held-out-open", self.open_name, [each for each in kept if not self.is_stated(each.row)]),
        ):
            largest = Counter(each.row["source"] for each in some).most_common(1)[0][0]
            yield Entry(key, name, "Together", self.sources[largest], self.figures(some))

    def text(self, listed: Iterable[Checked], more: Iterable[Entry] = ()) -> str:
        """The whole file of checks; `more` are further lines at its end."""
        lines, checked = [self.head], list(listed)
        for entry in (*self.by_source(checked), *self.together(checked), *more):
            lines.append(f"  {entry.key}:\n    name: {entry.name}\n    group: {entry.group}\n    facts:\n")
            for figure, number in entry.figures.items():
                unit = "1" if figure == self.measured else "share"
                dated = f"values: [{{from: 2026-01-01, value: {number}}}]"
                lines.append(f"      {figure}: {{unit: {unit}, {dated}, source: {entry.source}, confidence: B}}\n")
        return "".join(lines)
