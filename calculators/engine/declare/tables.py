"""Tables as the value of an output: their rows, and the order of rows that are ranked against the reader's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from calculators.engine.declare.output_kinds import Column, Rows
from calculators.engine.numbers import Number, bare_value, sorted_by_number

Cell: TypeAlias = Any  # only the column of a cell says whether it holds numbers or words
"""What stands in a row of a table: a number in the unit of its column, words, or None where there is no number."""


@dataclass(frozen=True, slots=True)
class Table:
    """The value of `Rows`: one tuple of cells a row, and which row is the reader's own (None: no such row).

    `labels` are headings that depend on the question, one for each column that there is. `tones` name the colors in
    which a chart draws its curves, one for each column after the first, or its bars, one for each row. `unfit` says for
    each row why the words of a chart never call it the one that costs least; empty where they may. `rests_on` has, for
    each row, the inputs that the reader's answer in it follows from, where the `Rows` mark those that nobody gave.
    `links` has an address for the last cell of each row, as seen from the page of the calculator. `report_rows`
    are the rows as a report has them, where the rows themselves quote a reader's file. `nothing` is what is said in
    place of no rows.
    """

    rows: tuple[tuple[Cell, ...], ...]
    own: int | None = None
    labels: tuple[str, ...] = ()
    tones: tuple[str, ...] = field(default=(), repr=False)
    unfit: tuple[str, ...] = field(default=(), repr=False)
    rests_on: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    links: tuple[str, ...] = field(default=(), repr=False)
    report_rows: tuple[tuple[Cell, ...], ...] = field(default=(), repr=False)
    nothing: str = field(default="nothing", repr=False)

    def columns(self, kind: Rows) -> tuple[Column, ...]:
        """The columns that these rows have."""
        if not self.labels:
            return kind.columns
        return tuple(
            Column(column.name, label, column.unit) for column, label in zip(kind.columns, self.labels, strict=False)
        )

    @property
    def carried_rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows as they are carried away, without a word of a reader's file."""
        return self.report_rows or self.rows


NOTHING_TO_RANK = "nothing to price: each of them comes to 0"
"""What is said in place of a ranking of zeros."""


@dataclass(frozen=True, slots=True)
class RankedRow:
    """A row about one record. `rank` is what it is sorted by: a number, a day as text, or None where there is none.

    A row that comes `last` stands below all that do not, whatever its rank.
    """

    id: str
    rank: Number | str | None
    cells: tuple[Cell, ...]
    last: bool = False


def is_ranking_of_zeros(ranks: Iterable[Number | str | None]) -> bool:
    """Whether each of several ranks is 0, as where nothing is bought: then none is before another.

    What has no rank does not count.

    >>> is_ranking_of_zeros([0, 0, None]), is_ranking_of_zeros([0, 1]), is_ranking_of_zeros([0])
    (True, False, False)
    """
    known_ranks = [bare_value(rank) for rank in ranks if rank is not None]
    return len(known_ranks) > 1 and not any(known_ranks)


def ranked_output_table(rows: Iterable[RankedRow], *, own: str) -> Table:
    """The rows as a table, the lowest rank first, with the row of the record `own` as the reader's.

    Rows without a rank come after those with one. Rows of equal rank keep their order. Where each of several ranks is
    0, as nothing is bought, there is no order and so no row.

    >>> rows = [RankedRow("b", 3, ("B", 3)), RankedRow("a", 2, ("A", 2)), RankedRow("c", None, ("C",))]
    >>> ranked_output_table(rows, own="b")
    Table(rows=(('A', 2), ('B', 3), ('C',)), own=1, labels=())
    >>> ranked_output_table([RankedRow("a", 0, ("A", 0)), RankedRow("b", 0, ("B", 0))], own="b")
    Table(rows=(), own=None, labels=())
    """
    rows = list(rows)
    if is_ranking_of_zeros(row.rank for row in rows):
        return Table((), nothing=NOTHING_TO_RANK)
    by_rank = sorted_by_number(rows, key=lambda row: row.rank)
    ordered = sorted(by_rank, key=lambda row: row.last)
    own_position = next((position for position, row in enumerate(ordered) if row.id == own), None)
    return Table(tuple(row.cells for row in ordered), own_position)


def declared_row_remark(*phrases: str) -> str:
    """The remark in a row: the phrases that apply there, with semicolons between them; an empty one does not apply.

    >>> declared_row_remark("no batch price", "", "prefix not cached")
    'no batch price; prefix not cached'
    """
    return "; ".join(phrase for phrase in phrases if phrase)
