"""Waits with stages that are seldom very slow: against integrals, and against requests drawn at random."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import lognorm, norm

from calculators.catalogue import Catalogue
from tests.calculators.serving.test_latency import around, ask, first_token

Z95 = float(norm.ppf(0.95))
SHARES = {"whole_p50": 0.5, "whole_p95": 0.95, "whole_p99": 0.99}
SLOWER = ("0.5", "1", "3", "10", "30", "60", "200", "1000", "3600")
"""The p95 of a stage whose median is 0.1 s, from five times that to most of an hour (seconds)."""

Stage = tuple[float, float]


def both_within(first: Stage, second: Stage, limit: float) -> float:
    """The share of sums of two lognormal times within a limit: an integral over the logarithm of the first."""
    (median, p95), other = first, lognorm(math.log(second[1] / second[0]) / Z95, scale=second[0])
    sigma = math.log(p95 / median) / Z95
    most = (math.log(limit / median)) / sigma

    def density(z: float) -> float:
        return float(norm.pdf(z) * other.cdf(limit - median * math.exp(sigma * z)))

    return float(quad(density, -9, min(9, most), limit=200, epsabs=1e-9)[0])


@pytest.mark.parametrize("p95", SLOWER)
def test_a_stage_that_is_seldom_slow_has_its_share_and_its_quantiles(catalogue: Catalogue, p95: str) -> None:
    answer = ask(catalogue, **around(retrieval=("0.1", p95)), **first_token(0.7, 2.0), target=3)
    stages = (0.1, float(p95)), (0.7, 2.0)
    assert float(answer.within) == pytest.approx(both_within(*stages, 3), abs=2e-5)
    for name, share in SHARES.items():
        assert both_within(*stages, float(getattr(answer, name))) == pytest.approx(share, abs=5e-4), name


def test_the_slower_a_stage_the_fewer_requests_are_in_time(catalogue: Catalogue) -> None:
    """Network, retrieval, reranking, the first token and reasoning; only the p95 of retrieval grows."""
    for target in ("2.5", "3", "10"):
        answers = [
            ask(
                catalogue,
                **around(network=("0.05", "0.15"), retrieval=("0.1", p95), rerank=("0.2", "0.6")),
                **first_token(0.7, 2.0),
                target=target,
            )
            for p95 in SLOWER
        ]
        within = [answer.within for answer in answers]
        assert within == sorted(within, reverse=True) and within[0] > within[-1] + within[-1] / 4, target
        for name in ("whole_p50", "whole_p95", "whole_p99"):
            quantiles = [getattr(answer, name) for answer in answers]
            assert quantiles == sorted(quantiles), name


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(
    medians=st.tuples(st.floats(0.01, 10), st.floats(0.01, 10)),
    ratios=st.tuples(st.floats(1.2, 3000), st.floats(1.2, 3000)),
    target=st.floats(0.1, 600),
)
def test_any_two_stages_are_as_their_integral(
    catalogue: Catalogue, medians: Stage, ratios: Stage, target: float
) -> None:
    numbers = [round(number, 6) for number in medians]
    slow = [round(min(3600.0, number * ratio), 6) for number, ratio in zip(numbers, ratios, strict=True)]
    texts = [(f"{median:.6f}", f"{p95:.6f}") for median, p95 in zip(numbers, slow, strict=True)]
    answer = ask(catalogue, **around(retrieval=texts[0], rerank=texts[1]), target=f"{target:.4f}")
    stages = (numbers[0], slow[0]), (numbers[1], slow[1])
    # The grid of times is coarser where one stage spans more of them; a share is shown to 0.1%.
    within, quantile = (3e-4, 5e-4) if max(ratios) <= 30 else (2e-3, 1e-3)
    assert float(answer.within) == pytest.approx(both_within(*stages, round(target, 4)), abs=within)
    for name, share in SHARES.items():
        assert both_within(*stages, float(getattr(answer, name))) == pytest.approx(share, abs=quantile), name


@pytest.mark.parametrize(("steps", "p95"), [(30, 30.0), (300, 12.0)])
def test_many_steps_whose_tools_are_seldom_slow(catalogue: Catalogue, steps: int, p95: float) -> None:
    """A tool takes a second in the median. The share of 20,000 agents within each answered time, in four deviations."""
    answer = ask(catalogue, steps=steps + 1, between__calls=1, between__tool=1, between__tool_p95=p95)
    dice, count = np.random.default_rng(20), 20_000
    drawn = sum(dice.lognormal(0, math.log(p95) / Z95, count) for _ in range(steps))
    for name, share in SHARES.items():
        within = float(np.mean(drawn <= float(getattr(answer, name))))
        assert abs(within - share) < 4 * math.sqrt(share * (1 - share) / count), (name, within)


def test_many_steps_with_second_requests_for_seldom_slow_calls(catalogue: Catalogue) -> None:
    """A call takes a second in the median and 100 s at its p95; a second one goes out after 5 s."""
    steps, count, sigma, dice = 60, 20_000, math.log(100) / Z95, np.random.default_rng(60)
    answer = ask(catalogue, **first_token(1, 100), steps=steps, tries__hedge=5, tries__shared="30%")
    drawn = np.zeros(count)
    for _ in range(steps):
        call, second = dice.lognormal(0, sigma, (2, count))
        helped = (call > 5) & (dice.random(count) >= 0.3)
        drawn += np.where(helped, np.minimum(call, 5 + second), call)
    for name, share in SHARES.items():
        within = float(np.mean(drawn <= float(getattr(answer, name))))
        assert abs(within - share) < 4 * math.sqrt(share * (1 - share) / count) + 0.002, (name, within)
