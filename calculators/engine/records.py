"""What every record of the data has: an entry of a collection as it is since a day, with its announced changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar, Self

OWN_RECORD = "own"
"""What is picked in place of an id for a record of the reader's own, of which nothing is known but what is typed."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """One entry of a collection as it stands since a day; `schedule` holds what each announced change makes of it.

    Where a reader replaced figures, `replaced` holds them by name, and `listed` is the record as it is published.
    """

    called: ClassVar[str] = "Model"
    """What heads a column of their names."""

    is_dated: ClassVar[bool] = True
    """Whether a table says since when the figures are in force, as of prices; those of a measurement are for good."""

    own_name: ClassVar[str] = "Your own model"
    """What one of the reader's own is called until it has a name."""

    needs: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """The figures without which one of the reader's own says nothing: of each group, at least one."""

    glance: ClassVar[Mapping[str, str]] = MappingProxyType({})
    """The figures that a list of records shows of each, and the word behind each: `{"input": "in"}`."""

    id: str = ""
    name: str = ""
    group: str = ""
    since: str = ""
    note: str = ""
    schedule: tuple[tuple[int, Self], ...] = field(default=(), repr=False)
    listed: Self | None = field(default=None, repr=False, compare=False)
    replaced: tuple[tuple[str, Any], ...] = field(default=(), repr=False, compare=False)

    @property
    def mark(self) -> str:
        """What a list of records says of this one besides its figures; empty where that is nothing."""
        return ""

    @property
    def end(self) -> str:
        """What a list says of a record that was no longer sold by its day `since`; empty of one that was."""
        return ""

    def is_replaced(self, figure: str) -> bool:
        """Whether a reader put a figure of their own in place of this one."""
        return figure in dict(self.replaced)

    def in_month(self, month: int) -> Self:
        """The record in the given calendar month, 0 being the month of the calculation's own day.

        A change counts from the month in which it begins; month 0 keeps the figures of the day itself.
        """
        now = self
        for begins, later in self.schedule:
            if month > 0 and begins <= month:
                now = later
        return now
