"""Several tries at a case: pass@k and pass^k against printed numbers, all draws, and packages."""

from __future__ import annotations

from itertools import combinations
from math import sqrt
from random import Random
from statistics import mean, stdev

import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from calculators.catalogue import Catalogue
from calculators.evaluating.compare.results.tries import pass_all_k, pass_at_k
from calculators.evaluating.compare.samples import REPEATED, SEVERAL
from tests.calculators.evaluating.compare.results import ask, near, rows, runs_table


@pytest.mark.parametrize(
    ("runs", "right", "expected"),
    [
        # The estimator of openai/human-eval, evaluation.py, under numpy 1.26 (Chen et al. 2021, arXiv 2107.03374).
        (10, 3, {1: 0.3, 5: 0.9166666667, 7: 0.9916666667, 8: 1.0, 10: 1.0}),
        (5, 0, {1: 0.0, 3: 0.0, 5: 0.0}),
        (8, 6, {1: 0.75, 2: 0.9642857143, 4: 1.0, 8: 1.0}),
        # More tries than runs cannot be estimated; human-eval leaves such a k out.
        (3, 1, {5: None}),
        # The card of Hugging Face's metric code_eval: pass@1 0.5, pass@2 1.0.
        (2, 1, {1: 0.5, 2: 1.0}),
    ],
)
def test_one_right_of_several_tries_is_as_printed(runs: int, right: int, expected: dict[int, float | None]) -> None:
    for tries, chance in expected.items():
        assert pass_at_k(runs, right, tries) == (None if chance is None else pytest.approx(chance, abs=1e-9))


def test_all_right_of_several_tries_is_as_printed() -> None:
    """Yao et al. 2024, arXiv 2406.12045 (τ-bench): the ways to draw k of the right runs, of the ways to draw k runs."""
    expected = {1: 0.75, 2: 0.5357142857, 4: 0.2142857143, 8: 0.0}
    assert all(pass_all_k(8, 6, tries) == pytest.approx(chance, abs=1e-9) for tries, chance in expected.items())
    assert pass_all_k(3, 3, 4) is None


@pytest.mark.parametrize("right", range(7))
def test_the_chances_are_those_of_all_draws(right: int) -> None:
    runs = [1] * right + [0] * (6 - right)
    for tries in range(1, 7):
        draws = list(combinations(runs, tries))
        assert pass_at_k(6, right, tries) == pytest.approx(mean(any(draw) for draw in draws), abs=1e-12)
        assert pass_all_k(6, right, tries) == pytest.approx(mean(all(draw) for draw in draws), abs=1e-12)


def of_cases(*right: int) -> list[list[int]]:
    """Ten runs of each case, so many of them right."""
    return [[1] * count + [0] * (10 - count) for count in right]


def test_the_interval_counts_cases(catalogue: Catalogue) -> None:
    """Six problems with ten runs each are six, not sixty (human-eval's estimator, scipy 1.12 stats.t)."""
    text = runs_table(old=of_cases(0, 1, 3, 5, 9, 10), new=of_cases(1, 1, 3, 6, 9, 10))
    row = next(
        row for row in rows(ask(catalogue, text, alpha="0.05"), "tries") if row[0].startswith("A") and row[1] == 5
    )
    assert near(row[2], 0.7354497354) and near(row[3], 0.306067879) and row[4] == 1
    shares = [0.0, 0.5, 0.9166666667, 0.996031746, 1.0, 1.0]
    assert near(row[3], mean(shares) - stats.t.ppf(0.975, 5) * stdev(shares) / sqrt(6))


def test_a_single_case_has_wilsons_interval_of_its_runs(catalogue: Catalogue) -> None:
    text = runs_table(old=of_cases(3), new=of_cases(6))
    row = next(
        row for row in rows(ask(catalogue, text, alpha="0.05"), "tries") if row[0].startswith("A") and row[1] == 3
    )
    low, high = proportion_confint(3, 10, method="wilson")
    assert near(row[2], 0.7083333333)
    assert near(row[3], 1 - (1 - low) ** 3) and near(row[4], 1 - (1 - high) ** 3)


def test_tries_follow_the_runs_of_the_case_with_the_fewest(catalogue: Catalogue) -> None:
    chance = Random(3)
    old = [[chance.randint(0, 1) for _ in range(chance.randint(3, 6))] for _ in range(9)] + [[1, 0, 1]]
    table = rows(ask(catalogue, runs_table(old=old, new=old)), "tries")
    assert [row[1] for row in table] == [1, 2, 3] * 2
    for row in table:
        tries = int(row[1])
        draws = [list(combinations(runs, tries)) for runs in old]
        assert near(row[2], mean(mean(any(draw) for draw in case) for case in draws))
        assert near(row[5], mean(mean(all(draw) for draw in case) for case in draws))


def test_runs_that_failed_count_as_tries_where_the_reader_says_so(catalogue: Catalogue) -> None:
    lines = ["case,version,run,score,error"]
    lines += [f"c{case},{name},{run},1," for case in range(4) for name in ("old", "new") for run in range(2)]
    lines += [f"c{case},old,2,,timeout" for case in range(4)]
    left_out = rows(ask(catalogue, "\n".join(lines)), "tries")
    as_wrong = rows(ask(catalogue, "\n".join(lines), failed_runs="as_wrong"), "tries")
    assert [row[1] for row in left_out] == [1, 2] * 2 and [row[1] for row in as_wrong] == [1, 2, 3, 1, 2]
    assert near(as_wrong[1][5], 1 / 3) and near(as_wrong[2][5], 0) and near(as_wrong[2][2], 1)


@pytest.mark.parametrize("text", [SEVERAL, runs_table(old=[[0.5, 1]], new=[[0.5, 1]])])
def test_single_runs_and_graded_ones_have_no_tries(catalogue: Catalogue, text: str) -> None:
    assert rows(ask(catalogue, text), "tries") == []


def test_a_pass_mark_makes_graded_runs_right_or_wrong(catalogue: Catalogue) -> None:
    graded = runs_table(old=[[0.5, 1], [0.2, 0.3]], new=[[0.5, 1], [0.9, 0.3]])
    table = rows(ask(catalogue, graded, pass_mark="0.5"), "tries")
    shares = [(row[1], float(row[2]), float(row[5])) for row in table]
    assert shares == [(1, 0.5, 0.5), (2, 0.5, 0.5), (1, 0.75, 0.75), (2, 1.0, 0.5)]


def test_the_sample_of_ten_runs_shows_its_tries(catalogue: Catalogue) -> None:
    """Both versions always get the same cases right or wrong, so more tries change nothing."""
    table = rows(ask(catalogue, REPEATED), "tries")
    assert [row[1] for row in table] == [1, 2, 3, 5, 10] * 2
    assert all(near(row[2], float(row[5])) for row in table)
