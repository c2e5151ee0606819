"""Plans: what one way of doing the work costs month by month, so that ways can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The costs of one approach over some months; every topic that costs something makes one.

    `start` is paid once (USD); `fixed` is paid each month whatever the volume (USD/month); `per_request` holds the
    cost of one request asked for in each month (USD/request), repeats included; it changes when an announced price
    begins. `quality` is the share of answers that are good enough, or None where nobody has measured it.
    """

    name: str
    start: Any
    fixed: tuple[Any, ...]
    per_request: tuple[Any, ...]
    quality: Any = None

    def __post_init__(self) -> None:
        if len(self.fixed) != len(self.per_request):
            raise ValueError(
                f"the plan {self.name!r} has {len(self.fixed)} fixed months but {len(self.per_request)} of requests"
            )

    def month(self, at: int, requests: Any) -> Any:
        """What month `at` (from 0) costs at a number of requests a month, in USD/month."""
        return self.fixed[at] + self.per_request[at] * requests
