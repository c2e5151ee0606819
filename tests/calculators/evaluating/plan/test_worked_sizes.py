"""Sizes of tests that papers and reference packages give."""

from __future__ import annotations

from decimal import Decimal
from math import ceil

import pytest

from calculators.domain.statistics import normal_quantile
from calculators.domain.statistics.sample_sizes import (
    independent_sample_size,
    paired_sample_size,
    unequal_sample_size,
    unrelated_discordance,
)


def quantiles(power: str) -> tuple[Decimal, Decimal]:
    return normal_quantile(Decimal("0.025")), normal_quantile(1 - Decimal(power))


@pytest.mark.parametrize(
    ("first", "second", "power", "discordant", "paired", "separate"),
    [
        ("0.8", "0.85", "0.8", "0.29", 908.1086051, 905.365778),
        ("0.9", "0.95", "0.8", "0.14", 437.171961, 434.4320224),
        ("0.6", "0.9", "0.8", "0.42", 34.17090009, 31.49837933),
        ("0.95", "0.98", "0.9", "0.068", 789.731651, 786.5612921),
        ("0.2", "0.7", "0.8", "0.62", 16.89564128, 14.30193719),
    ],
)
def test_unrelated_versions_need_a_few_more_of_the_same_examples(
    first: str, second: str, power: str, discordant: str, paired: float, separate: float
) -> None:
    """Connor 1987 at the discordance of unrelated versions, beside the pooled formula of statsmodels for two groups."""
    scores = Decimal(first), Decimal(second)
    share = unrelated_discordance(*scores)
    assert share == Decimal(discordant)
    same = paired_sample_size(share, abs(scores[0] - scores[1]), *quantiles(power))
    own = independent_sample_size(*scores, *quantiles(power))
    assert same is not None and abs(float(same) - paired) < 1e-6
    assert own is not None and abs(float(own) - separate) < 1e-6
    z_alpha, z_power = quantiles(power)
    assert 0 < same - own < z_alpha * (z_alpha + z_power) / 2


@pytest.mark.parametrize(
    ("first", "second", "ratio", "unrounded", "cases"),
    [("0.8", "0.85", 2, 668.4320026, (669, 1337)), ("0.9", "0.95", 3, 270.0258115, (271, 811))],
)
def test_groups_of_unequal_size_are_those_of_statsmodels(
    first: str, second: str, ratio: int, unrounded: float, cases: tuple[int, int]
) -> None:
    size = unequal_sample_size(Decimal(first), Decimal(second), Decimal(ratio), *quantiles("0.8"))
    assert size is not None and abs(float(size) - unrounded) < 1e-4
    assert (ceil(size), ceil(size * ratio)) == cases
