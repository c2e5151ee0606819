"""The ranking of the tasks."""

from __future__ import annotations

from calculators.choosing.candidates.stakes import Stake, ranked_stakes
from calculators.engine.declare import Table
from calculators.engine.numbers import when


def candidate_ranking(stakes: list[Stake]) -> Table:
    """A row for each task, the worthiest first."""
    rows = [
        (stake.name, stake.total, stake.prompt, stake.work, when(stake.worth, "yes", "not yet"), stake.reason)
        for stake in ranked_stakes(stakes)
    ]
    return Table(tuple(rows))
