"""The plan of a test of graded scores and repeated runs: by statsmodels, by printed numbers, and by trying all."""

from __future__ import annotations

from itertools import product
from math import ceil, isclose, sqrt

import pytest
from scipy import stats
from statsmodels.stats.power import TTestIndPower, TTestPower

from calculators.catalogue import Catalogue
from tests.calculators.evaluating.test_plan import ask, notes, rows

SCORES = {"baseline": "0.6", "expected": "0.7"}
SPREADS = list(product((0.1, 0.24), (0.15, 0.4), (0.0, 0.08), (1, 4)))


def after_runs(spread: float, noise: float, runs: int) -> float:
    """The standard deviation of means of so many runs, `noise` being that of one run in it."""
    return sqrt(spread**2 - noise**2 + noise**2 / runs)


@pytest.mark.parametrize(("scores", "differences", "run", "runs"), SPREADS)
@pytest.mark.parametrize(("alpha", "power"), [(0.05, 0.8), (0.01, 0.9)])
def test_statsmodels_says_the_same(
    catalogue: Catalogue, scores: float, differences: float, run: float, runs: int, alpha: float, power: float
) -> None:
    typed = {"score_sd": scores, "difference_sd": differences, "run_sd": run, "runs": runs, "examples": 40}
    answer = ask(catalogue, **SCORES, **typed, alpha=alpha, power=power, ratio=3)
    paired, apart = after_runs(differences, run * sqrt(2), runs), after_runs(scores, run, runs)
    for size, expected in (
        (answer.paired_sample_size, TTestPower().solve_power(0.1 / paired, power=power, alpha=alpha)),
        (answer.sample_size_per_arm, TTestIndPower().solve_power(0.1 / apart, power=power, alpha=alpha)),
        (answer.sample_size_old, TTestIndPower().solve_power(0.1 / apart, power=power, alpha=alpha, ratio=3)),
    ):
        assert size == ceil(expected)
    assert answer.sample_size_new == 3 * answer.sample_size_old
    assert isclose(answer.paired_power, TTestPower().power(0.1 / paired, 40, alpha), rel_tol=1e-9)
    assert isclose(answer.independent_power, TTestIndPower().power(0.1 / apart, 40, alpha), rel_tol=1e-9)
    noticed = TTestPower().solve_power(nobs=40, power=power, alpha=alpha) * paired
    assert isclose(answer.smallest_difference, noticed, rel_tol=1e-5)
    half = stats.t.isf(alpha / 2, 39) * apart / sqrt(40)
    assert isclose(answer.score_low, 0.6 - half, rel_tol=1e-9) and isclose(answer.score_high, 0.6 + half, rel_tol=1e-9)
    assert isclose(answer.standard_error, apart / sqrt(40), rel_tol=1e-9)


@pytest.mark.parametrize("examples", [1, 2])
def test_the_fewest_examples_have_an_interval_with_one_degree_of_freedom(catalogue: Catalogue, examples: int) -> None:
    answer = ask(catalogue, **SCORES, score_sd="0.01", examples=examples)
    half = stats.t.isf(0.025, 1) * 0.01 / sqrt(examples)
    assert isclose(answer.score_low, 0.6 - half, rel_tol=1e-9) and isclose(answer.score_high, 0.6 + half, rel_tol=1e-9)


def test_the_new_version_has_whole_examples(catalogue: Catalogue) -> None:
    answer = ask(catalogue, **SCORES, score_sd="0.2", ratio="0.3")
    assert answer.sample_size_new == ceil(0.3 * float(answer.sample_size_old)) != 0.3 * float(answer.sample_size_old)


def test_printed_numbers(catalogue: Catalogue) -> None:
    """R's power.t.test: 22.02 a group and 0.8689528; statpsych's power.mean.ps: 0.9074354; statsmodels: 90, 0.0849."""
    group = ask(catalogue, **SCORES, score_sd="0.1", power="0.9", examples=20)
    assert group.sample_size_per_arm == 23 and isclose(group.independent_power, 0.8689528, abs_tol=1e-6)
    spread = sqrt(10 + 12 - 2 * 0.7 * sqrt(10 * 12)) / 20
    pairs = ask(catalogue, **SCORES, difference_sd=f"{spread:.12f}", examples=20)
    assert isclose(pairs.paired_power, 0.9074354, abs_tol=2e-6)
    assert ask(catalogue, baseline="0.6", expected="0.675", difference_sd="0.25").paired_sample_size == 90
    assert isclose(ask(catalogue, difference_sd="0.3").smallest_difference, 0.08487351444, abs_tol=1e-6)


def test_the_questions_of_miller(catalogue: Catalogue) -> None:
    """969 by his normal formula for a variance of 1/9 and 3 points; the t-test needs z²/2 more, which is two."""
    answer = ask(catalogue, baseline="0.6", expected="0.63", difference_sd=f"{1 / 3:.12f}")
    assert 0 <= answer.paired_sample_size - 969 <= 2


def test_without_the_differences_versions_are_taken_as_unrelated(catalogue: Catalogue) -> None:
    """The variance of a difference is then twice that of a score, so pairs need half of both groups together."""
    alone = ask(catalogue, **SCORES, score_sd="0.2")
    both = ask(catalogue, **SCORES, score_sd="0.2", difference_sd=f"{0.2 * sqrt(2):.12f}")
    assert alone.paired_sample_size == both.paired_sample_size
    assert isclose(alone.difference_error, 0.2 * sqrt(2 / 100), rel_tol=1e-9)
    only = ask(catalogue, **SCORES, difference_sd="0.2", ratio=2)
    assert only.paired_sample_size is not None
    assert {only.sample_size_per_arm, only.sample_size_old, only.independent_power, only.score_low} == {None}


def test_the_best_runs_are_those_of_a_worked_example(catalogue: Catalogue) -> None:
    """Cochran 1977, section 10.6, in whole cases: 0.04 between, 0.16 within, a case for 20 runs, 133 examples.

    Variances are scaled by a fifth, which moves no optimum.
    """
    typed = {"difference_sd": f"{sqrt(0.2 / 5):.15f}", "run_sd": f"{sqrt(0.16 / 5 / 2):.15f}", "case_effort": 20}
    answer = ask(catalogue, **SCORES, **typed, runs=1, examples=190)
    assert (answer.best_runs, answer.best_cases) == (10, 133)
    text = notes(catalogue, **SCORES, **typed, runs=1, examples=190)
    assert (
        "More runs of fewer examples are better: 133 examples with 10 runs each" in text and "More examples" not in text
    )
    text = notes(catalogue, **SCORES, **typed, runs=40, examples=100)
    assert "More examples with fewer runs are better:" in text and "More runs" not in text
    answer = ask(catalogue, **SCORES, **typed, runs=1, examples=191)
    assert (answer.best_runs, answer.best_cases) == (9, 138), "138.3 cases, of which 138 are whole"
    same = notes(catalogue, **SCORES, **typed, runs=10, examples=133)
    assert "are better" not in same


@pytest.mark.parametrize(("effort", "run", "runs"), [(0, 0.05, 3), (3, 0.1, 2), (10, 0.14, 5), (0.5, 0.02, 1)])
def test_no_other_split_of_the_effort_has_a_smaller_error(
    catalogue: Catalogue, effort: float, run: float, runs: int
) -> None:
    typed = {"difference_sd": 0.2, "run_sd": run, "runs": runs, "examples": 60, "case_effort": effort}
    answer = ask(catalogue, **SCORES, **typed)
    within = 2 * run**2
    between, budget = 0.2**2 - within, 60 * (effort + runs)

    def error(each: int) -> float:
        return sqrt((between + within / each) / (budget // (effort + each)))

    possible = [each for each in range(1, 21) if budget // (effort + each)]
    assert isclose(error(int(answer.best_runs)), min(map(error, possible)), rel_tol=1e-9)
    assert answer.best_cases == budget // (effort + int(answer.best_runs))
    assert isclose(answer.difference_error, sqrt((between + within / runs) / 60), rel_tol=1e-9)
    assert isclose(answer.error_more_runs, sqrt((between + within / runs / 2) / 60), rel_tol=1e-9)
    assert isclose(answer.error_more_cases, sqrt((between + within / runs) / 120), rel_tol=1e-9)


def test_runs_that_never_stray_gain_nothing(catalogue: Catalogue) -> None:
    once, often = (ask(catalogue, **SCORES, difference_sd="0.2", runs=runs) for runs in (1, 9))
    assert once.paired_sample_size == often.paired_sample_size and often.best_runs == 1
    assert "Nothing says how far the runs of an example vary" in notes(catalogue, difference_sd="0.2")
    assert "Nothing says" not in notes(catalogue, difference_sd="0.2", run_sd="0.01")


def test_runs_stray_at_most_as_far_as_all_does(catalogue: Catalogue) -> None:
    """Then nothing differs between examples, and n runs of one count like one run of n."""
    typed = ask(catalogue, **SCORES, difference_sd="0.1", run_sd="0.9", runs=4, examples=25)
    assert isclose(typed.difference_error, 0.1 / sqrt(100), rel_tol=1e-9)


def test_notes_and_edges(catalogue: Catalogue) -> None:
    same = ask(catalogue, baseline="0.6", expected="0.6", score_sd="0.2", ratio=2)
    assert {same.paired_sample_size, same.sample_size_per_arm, same.sample_size_old, same.sample_size_new} == {None}
    assert "Both scores are the same" in notes(catalogue, baseline="0.6", expected="0.6", score_sd="0.2")
    single = ask(catalogue, **SCORES, score_sd="0.2", examples=1)
    assert (single.smallest_difference, single.paired_power, single.independent_power) == (None, 0, 0)
    assert (single.score_low, single.score_high) == (0, 1)
    assert "So few examples show no difference" in notes(catalogue, **SCORES, difference_sd="0.9", examples=2)
    assert "So few examples show no difference" not in notes(catalogue, **SCORES, difference_sd="0.2", examples=20)
    assert "is held to" not in notes(catalogue, **SCORES, score_sd="0.2")
    many = notes(catalogue, **SCORES, score_sd="0.2", comparisons=4, judge_accuracy="0.9")
    assert "each is held to an alpha of 1.2" in many and "The accuracy of the judge counts for right" in many
    needed = ask(catalogue, **SCORES, difference_sd="0.2").paired_sample_size
    assert "goes unnoticed" not in notes(catalogue, **SCORES, difference_sd="0.2", examples=needed)
    assert "goes unnoticed" in notes(catalogue, **SCORES, difference_sd="0.2", examples=needed - 1)


def test_the_table_has_the_same_figures(catalogue: Catalogue) -> None:
    typed = {"score_sd": "0.2", "difference_sd": "0.15", "run_sd": "0.05", "runs": 2}
    table = rows(catalogue, **SCORES, **typed, examples=70)
    for examples in (20, 70, 500):
        answer, row = ask(catalogue, **SCORES, **typed, examples=examples), table[str(examples)]
        figures = ("score_low", "score_high", "smallest_difference", "paired_power", "independent_power")
        assert row[1:6] == [format(getattr(answer, name).normalize(), "f") for name in figures]
        assert row[6] is None
    assert (table["20"][7], table["70"][7]) == ("with the same examples", "yes")


def test_a_note_on_graded_scores_is_made_where_it_holds(catalogue: Catalogue) -> None:
    plain = notes(catalogue, **SCORES, difference_sd="0.2", runs=9)
    for words in ("Both scores are the same", "The accuracy of the judge", "are better", "is held to"):
        assert words not in plain
    assert "With 2 comparisons, each is held to an alpha of 2.5%" in notes(
        catalogue, **SCORES, difference_sd="0.2", comparisons=2
    )
    missed = 1 - TTestPower().power(0.5, 10, 0.05)
    assert f"goes unnoticed {missed:.1%} of the time" in notes(catalogue, **SCORES, difference_sd="0.2", examples=10)


def test_few_examples_show_no_difference_above_the_whole_scale(catalogue: Catalogue) -> None:
    for examples, is_above in ((6, True), (9, False)):
        smallest = TTestPower().solve_power(nobs=examples, power=0.8, alpha=0.05) * 0.9
        assert (1 < smallest < 2) is is_above
        text = notes(catalogue, **SCORES, difference_sd="0.9", examples=examples)
        assert ("So few examples show no difference" in text) is is_above


def test_a_better_split_says_from_which_error_to_which(catalogue: Catalogue) -> None:
    """0.008 between and 0.032 within: √(0.04 ÷ 190) = 1.5% once each, √(0.0112 ÷ 133) = 0.9% ten times each."""
    typed = {"difference_sd": f"{sqrt(0.2 / 5):.15f}", "run_sd": f"{sqrt(0.16 / 5 / 2):.15f}", "case_effort": 20}
    text = notes(catalogue, **SCORES, **typed, runs=1, examples=190)
    assert "shrinks from 1.5% to 0.9%." in text


def test_an_interval_of_clusters_has_whole_degrees_of_freedom(catalogue: Catalogue) -> None:
    """100 examples at a design effect of 2.8 are worth 35.7, so 34 degrees."""
    answer = ask(catalogue, **SCORES, score_sd="0.2", examples=100, cluster_size=10, cluster_likeness="0.2")
    half = stats.t.isf(0.025, 34) * 0.2 / sqrt(100 / 2.8)
    assert isclose(answer.score_low, 0.6 - half, rel_tol=1e-9) and isclose(answer.score_high, 0.6 + half, rel_tol=1e-9)
