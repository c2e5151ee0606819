"""One measured line: a value, what it is compared with, and what it should be at most."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A median. `target` bounds its ratio to `over`, `limit` bounds the value itself."""

    label: str
    amount: float
    unit: str
    over: float | None = None
    target: float | None = None
    limit: float | None = None

    @property
    def ratio(self) -> float | None:
        """The value as a share of what it is compared with."""
        return self.amount / self.over if self.over else None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.target is not None and self.ratio is not None:
            return self.ratio <= self.target
        return None if self.limit is None else self.amount <= self.limit

    def __str__(self) -> str:
        verdict = {None: "", True: "met", False: "NOT MET"}[self.met]
        ratio = "" if self.ratio is None else f"= {self.ratio:.2f} × {self.over:,.2f}"
        bound = (
            ""
            if self.met is None
            else f"at most {self.limit:g}"
            if self.target is None
            else f"at most {self.target:g} ×"
        )
        return f"{self.label:<78} {self.amount:>10,.2f} {self.unit:<4} {ratio:<20} {bound:<14} {verdict}".rstrip()
