"""Calls that are tried again, with time-outs as short as they may be: against requests drawn at random."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.serving.latency import spreads
from calculators.serving.latency.distribution.attempts import (
    WaitingAttempts,
    attempt_times_within_limit,
    hedged_attempt_times,
)
from calculators.serving.latency.distribution.clusters import (
    MOST_CLUSTERS,
    one_waiting_cluster,
    waiting_clusters_of,
    waiting_clusters_repeated,
)
from calculators.serving.latency.distribution.grids import ONE_MASS, WaitingTimes, waiting_grid_of_one_time
from calculators.serving.latency.distribution.stages import lognormal_stage_times
from tests.calculators.serving.latency_draws import DAY, Case, drawn_waits

COUNT = 200_000
CLOSE = 0.003
"""How far a quantile may lie from its share: so much of its time, and of the requests; the draws have an error too."""

SHARES = (0.5, 0.95, 0.99)

CASES = {
    "a try in 20 outlasts 0.1 s, a minute is waited": Case(
        {"retrieval": (0.59, 0.89), "uncached": (0.087, 8.7), "reasoning": (0.002, 0.22)},
        found=0.95,
        failed=0.05,
        most=6,
        pause=60,
        limit=0.1,
    ),
    "pauses far longer than the call": Case({"first_token": (0.03, 0.05)}, failed=0.07, most=3, pause=20, limit=0.1),
    "eight steps with tools": Case(
        {"first_token": (0.033, 0.04), "uncached": (0.04, 0.12), "later": (0.16, 0.19), "tool": (1.3, 3.9)},
        tools=3,
        steps=8,
        most=3,
        pause=60,
        limit=0.2,
    ),
    "a second request for those beyond the time-out": Case(
        {"output_check": (0.4, 4.0), "uncached": (0.56, 0.68), "cached": (0.002, 0.005), "step": (2.6, 26.0)},
        found=0.95,
        tools=1,
        together=1,
        steps=3,
        failed=0.2,
        most=6,
        pause=60,
        limit=0.2,
        hedge=0.2 / 3,
        shared=0.3,
    ),
    "two constant times, one of them seldom": Case(
        {"input_check": (0.53, 0.8), "cached": (0.032, 0.032), "writing": (0.23, 2.3)},
        found=0.95,
        failed=0.2,
        most=2,
        pause=0.01,
        limit=0.1,
        hedge=0.08,
        shared=0.3,
    ),
}


def holds(case: Case) -> None:
    """Holds every quantile to the drawn requests, and what is never answered to those that never are."""
    error = CLOSE + 4 * math.sqrt(1 / 4 / COUNT)
    functions = (spreads.wait_spread_first_token_quantile, spreads.wait_spread_whole_answer_quantile)
    operands = [Decimal(repr(operand)) for operand in case.operands()]
    for function, drawn in zip(functions, drawn_waits(case, COUNT, 20), strict=True):
        assert float(spreads.wait_spread_unanswered_share(*operands)) == pytest.approx(
            float(np.isinf(drawn).mean()), abs=error
        )
        for share in SHARES:
            seconds = function(Decimal(repr(share)), *operands)
            if seconds is None:
                assert np.isfinite(drawn).mean() <= share + error
            else:
                least, most = (float((drawn <= float(seconds) * (1 + side)).mean()) for side in (-CLOSE, CLOSE))
                assert (not seconds or least - error <= share) and share <= most + error, (
                    function.__name__,
                    share,
                    seconds,
                    least,
                    most,
                )


@pytest.mark.parametrize("name", CASES)
def test_tries_with_short_time_outs(name: str) -> None:
    holds(CASES[name])


def medians(least: float, most: float) -> st.SearchStrategy[float]:
    """A median between two powers of ten (seconds)."""
    return st.floats(least, most).map(lambda power: round(10**power, 5))


@st.composite
def short_cases(draw: st.DrawFn) -> Case:
    """Requests whose calls last from a hundredth of the time-out to several of it, in one step or in a few."""
    limit = draw(st.sampled_from([0.1, 0.1, 0.2, 1.0]))

    def stages(
        names: tuple[str, ...], middles: st.SearchStrategy[float], scale: float
    ) -> dict[str, tuple[float, float]]:
        times = st.tuples(middles, st.sampled_from([1.0, 1.5, 3.0, 10.0]))
        drawn = {name: draw(times) for name in names if draw(st.booleans())}
        return {name: (median * scale, median * scale * ratio) for name, (median, ratio) in drawn.items()}

    model = stages(("first_token", "uncached", "cached", "reasoning", "later"), medians(-2, -0.05), limit)
    others = stages(("network", "retrieval", "writing", "step", "tool"), medians(-2, 1), 1)
    return Case(
        model | others,
        found=draw(st.sampled_from([0.0, 0.8, 0.95])),
        tools=draw(st.integers(0, 2)),
        together=draw(st.sampled_from([0.0, 1.0])),
        steps=draw(st.sampled_from([1, 1, 1, 2, 5])),
        streaming=draw(st.sampled_from([1.0, 0.0])),
        failed=draw(st.sampled_from([0.0, 0.01, 0.2])),
        most=draw(st.sampled_from([1, 2, 3, 6])),
        pause=draw(st.sampled_from([0.0, 0.01, 0.5, 60.0])),
        limit=limit,
        hedge=draw(st.sampled_from([DAY, DAY, limit / 3, limit * 0.8])),
        shared=draw(st.sampled_from([0.0, 0.3])),
    )


@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(case=short_cases())
def test_any_tries_with_a_short_time_out(case: Case) -> None:
    holds(case)


def test_a_time_out_beyond_the_last_mass_takes_nothing_away() -> None:
    """Nine in ten take exactly 0.1 s: a large last mass, whose cell was cut in half."""
    times = WaitingTimes(0.0, 0.01, 0, (ONE_MASS // 10, *[0] * 9, ONE_MASS - ONE_MASS // 10))
    assert attempt_times_within_limit(times, 0.2).total == pytest.approx(1, abs=1e-8)


def test_a_second_request_helps_what_lies_beyond_the_grid() -> None:
    """A tenth never ends on the grid; a second request after half a second ends in nine of ten cases."""
    times = WaitingTimes(0.0, 0.01, 0, (ONE_MASS - ONE_MASS // 10,))
    hedged = hedged_attempt_times(times, WaitingAttempts(failed=0, most=1, pause=0, limit=DAY, hedge=0.5, shared=0))
    assert hedged.share_within(0.4) == pytest.approx(0.9, abs=1e-6)
    assert hedged.total == pytest.approx(0.99, abs=1e-6)


def test_clusters_far_apart_keep_their_grids() -> None:
    """Nine in ten come at once, nearly all others a minute later, and their middle is the median of a stage."""
    widest = 100.0 / 160
    quick = lognormal_stage_times(0.03, 0.06, widest)
    apart = waiting_clusters_of((quick.weighted(0.9), quick.delayed(60).weighted(0.09)), widest)
    assert len(apart.parts) == 2 and apart.total == pytest.approx(0.99, abs=1e-6)
    assert apart.quantile(0.45) == pytest.approx(0.03, rel=1e-3)
    assert apart.quantile(0.945) == pytest.approx(60.03, rel=1e-5)
    assert apart.quantile(0.995) is None


def test_no_more_clusters_than_are_allowed_and_nothing_lost() -> None:
    """Ten calls, each a minute late in one case of five: binomial shares within every minute and a half."""
    widest = 1000.0 / 160
    late = waiting_clusters_of(
        (waiting_grid_of_one_time(0.1, widest).weighted(0.8), waiting_grid_of_one_time(60.1, widest).weighted(0.2)),
        widest,
    )
    ten = waiting_clusters_repeated(late, 10)
    assert len(ten.parts) <= MOST_CLUSTERS and ten.total == pytest.approx(1, abs=1e-6)
    for failures in range(8):
        expected = sum(math.comb(10, k) * 0.2**k * 0.8 ** (10 - k) for k in range(failures + 1))
        assert ten.share_within(60 * failures + 31) == pytest.approx(expected, abs=1e-4), failures


def test_one_cluster_is_its_grid() -> None:
    times = lognormal_stage_times(1.0, 3.0, 0.1)
    alone = one_waiting_cluster(times, 0.1)
    assert alone.quantile(0.9) == times.quantile(0.9) and alone.share_within(2.0) == times.share_within(2.0)
