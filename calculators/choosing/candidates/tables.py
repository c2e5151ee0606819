"""The ranking of the tasks."""

from __future__ import annotations

from calculators.choosing.candidates.stakes import CandidateStake, ranked_candidate_stakes
from calculators.engine.declare import Table
from calculators.engine.numbers import when


def candidate_ranking(stakes: list[CandidateStake]) -> Table:
    """A row for each task, the worthiest first."""
    rows = [
        (stake.name, stake.total, stake.prompt, stake.work, when(stake.worth, "yes", "not yet"), stake.reason)
        for stake in ranked_candidate_stakes(stakes)
    ]
    return Table(tuple(rows))
