"""The corrected pass rate: how often its interval holds the true rate, in simulations; labels needed; bounds."""

from __future__ import annotations

import math
import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.domain.agreement import (
    Confusion,
    agreement_confusion,
    corrected_rate_delta_error,
    corrected_rate_interval,
    corrected_rate_labels,
    prediction_powered_error,
    prediction_powered_rate,
    rogan_gladen_rate,
)
from calculators.domain.statistics import wald_interval_size, wilson_interval, wilson_interval_size

D = Decimal
TUNED = settings(max_examples=60, deadline=None, derandomize=True, database=None)
Z = 1.959963984540054
DRAWS = 3000
SEED = 20261129


def drawn(chance: random.Random, cases: int, share: float) -> int:
    """How many of some cases come out one way."""
    return sum(chance.random() < share for _ in range(cases))


def judged(chance: random.Random, rate: float, sensitivity: float, specificity: float, labels: int) -> Confusion:
    """Labels of a random sample of answers, by people who are right and a judge who errs."""
    good = drawn(chance, labels, rate)
    passed, failed = drawn(chance, good, sensitivity), drawn(chance, labels - good, specificity)
    return agreement_confusion(*map(float, (passed, good - passed, labels - good - failed, failed)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rate", "sensitivity", "specificity", "labels", "cases"),
    [(0.6, 0.9, 0.6, 160, 500), (0.9, 0.95, 0.8, 200, 400), (0.3, 0.85, 0.9, 80, 300), (0.5, 0.98, 0.98, 60, 200)],
)
def test_the_interval_holds_the_true_rate_as_often_as_it_says(
    rate: float, sensitivity: float, specificity: float, labels: int, cases: int
) -> None:
    """At 95% it may hold more often; less often by chance only, and by half a point that the method may miss.

    The raw rate's own interval, computed beside it, hardly ever does where the judge leans to one side.
    """
    chance = random.Random(SEED)
    held = naive = 0
    apparent = rate * sensitivity + (1 - rate) * (1 - specificity)
    for _ in range(DRAWS):
        counts = judged(chance, rate, sensitivity, specificity, labels)
        passes = drawn(chance, cases, apparent)
        low, high = corrected_rate_interval(float(passes), float(cases), counts, Z)  # type: ignore[arg-type]
        held += low <= rate <= high
        raw = wilson_interval(float(passes), float(cases), Z)  # type: ignore[arg-type]
        naive += raw.low <= rate <= raw.high
    spread = 3 * math.sqrt(0.95 * 0.05 / DRAWS)
    assert held / DRAWS >= 0.945 - spread
    if abs(apparent - rate) > 0.05:
        assert naive / DRAWS < 0.6


def test_the_delta_method_alone_would_miss_where_a_judge_looks_perfect() -> None:
    """Twenty labels without a mistake: the error of the formula is only that of the judged cases."""
    counts = agreement_confusion(D(10), D(0), D(0), D(10))
    assert corrected_rate_delta_error(D("0.5"), D(10**8), counts) < D("0.0001")
    low, high = corrected_rate_interval(D(5 * 10**7), D(10**8), counts, D(str(Z)))
    assert high - low > D("0.2")


def test_the_prediction_powered_interval_holds_the_true_rate_too() -> None:
    chance = random.Random(SEED)
    held = 0
    for _ in range(DRAWS):
        counts = judged(chance, 0.6, 0.9, 0.6, 160)
        apparent = drawn(chance, 500, 0.6 * 0.9 + 0.4 * 0.4) / 500
        rate = prediction_powered_rate(apparent, counts)  # type: ignore[arg-type]
        error = prediction_powered_error(apparent, 500.0, counts)  # type: ignore[arg-type]
        held += abs(float(rate) - 0.6) <= Z * float(error)
    assert held / DRAWS >= 0.94 - 3 * math.sqrt(0.95 * 0.05 / DRAWS)


@TUNED
@given(st.floats(0, 1), st.floats(0.55, 1), st.floats(0.55, 1))
def test_a_known_judge_gives_the_true_rate_back(rate: float, sensitivity: float, specificity: float) -> None:
    true, sens, spec = (D(str(round(share, 6))) for share in (rate, sensitivity, specificity))
    apparent = true * sens + (1 - true) * (1 - spec)
    corrected = rogan_gladen_rate(apparent, sens, spec)
    assert corrected is not None and abs(corrected - true) < D("1e-20")


def test_a_judge_who_flips_a_coin_tells_nothing() -> None:
    assert rogan_gladen_rate(D("0.5"), D("0.5"), D("0.5")) is None
    for counts in (agreement_confusion(D(5), D(5), D(5), D(5)), agreement_confusion(D(1), D(9), D(9), D(1))):
        assert corrected_rate_interval(D(50), D(100), counts, D(2)) == (0, 1)
        assert corrected_rate_labels(D(50), D(100), counts, D("0.1"), D(2)) is None
    assert corrected_rate_interval(D(0), D(0), agreement_confusion(D(9), D(1), D(1), D(9)), D(2)) == (0, 1)


@TUNED
@given(*[st.integers(0, 40)] * 4, st.integers(0, 300), st.integers(0, 300))
def test_the_interval_stays_within_the_shares(
    both_pass: int, only_people: int, only_judge: int, both_fail: int, passes: int, fails: int
) -> None:
    counts = agreement_confusion(D(both_pass), D(only_people), D(only_judge), D(both_fail))
    low, high = corrected_rate_interval(D(passes), D(passes + fails), counts, D("1.96"))
    assert 0 <= low <= high <= 1


@TUNED
@given(st.integers(0, 100), st.sampled_from(["0.05", "0.1", "0.25", "0.5"]))
def test_so_many_labels_give_wilsons_interval_the_width(percent: int, width: str) -> None:
    share, wanted, z = D(percent) / 100, D(width), D("1.96")

    def measured(examples: Decimal) -> Decimal:
        interval = wilson_interval(share * examples, examples, z)
        return D(interval.high - interval.low)

    size = D(wilson_interval_size(share, wanted, z))
    assert abs(measured(size) - wanted) < D("1e-20")
    assert measured(size + 1) < wanted < measured(size - D("0.5"))


def test_walds_formula_is_too_hopeful_at_the_ends() -> None:
    assert wald_interval_size(D(1), D("0.1"), D(2)) == 0
    assert wald_interval_size(D("0.5"), D("0.1"), D(2)) == 400


def test_the_labels_for_a_rate_give_about_the_width() -> None:
    """With so many labels, split and labeled alike, Lang and Reiczigel's interval is as wide as asked for."""
    counts = agreement_confusion(D(94), D(6), D(5), D(95))
    for width in (D("0.06"), D("0.1")):
        needed = corrected_rate_labels(D(6200), D(10_000), counts, width, D("1.96"))
        assert needed is not None
        scale = needed / counts.labeled
        larger = agreement_confusion(*(scale * count for count in (D(94), D(6), D(5), D(95))))
        low, high = corrected_rate_interval(D(6200), D(10_000), larger, D("1.96"))
        assert abs((high - low) / width - 1) < D("0.12")
    assert corrected_rate_labels(D(62), D(100), counts, D("0.1"), D("1.96")) is None
