"""More cases or more runs of each: what either does to the standard error, and the best use of a budget."""

from __future__ import annotations

from math import sqrt

MOST_RUNS = 20
"""So many runs of a case are tried."""


def graded_mean_error(between: float, within: float, cases: int, runs: int) -> float:
    """The standard error of a mean over cases, each run so often: more runs never pass the floor √(between ÷ cases).

    >>> graded_mean_error(0.04, 0.16, 400, 1) < graded_mean_error(0.04, 0.16, 100, 4)      # the same 400 runs
    True
    """
    return sqrt((between + within / runs) / cases)


def best_graded_runs(
    between: float, within: float, case_cost: float, run_cost: float, budget: float
) -> tuple[int, int] | None:
    """The runs of a case, up to `MOST_RUNS`, and the whole cases that a budget buys with the smallest error.

    Around √(case_cost ÷ run_cost × within ÷ between) (Cochran 1977, section 10.6). Of designs as good
    as each other it takes the one with the fewest runs. None where it buys no case.
    """
    designs = [(runs, int(budget / (case_cost + runs * run_cost))) for runs in range(1, MOST_RUNS + 1)]
    bought = [
        (float(f"{graded_mean_error(between, within, cases, runs):.11e}"), runs, cases)
        for runs, cases in designs
        if cases > 0
    ]
    return min(bought)[1:] if bought else None
