"""Graded scores and repeated runs: by scipy and statsmodels, at their edges, and what must never be said."""

from __future__ import annotations

import json
from decimal import Decimal
from math import ceil, sqrt
from statistics import mean, stdev

import numpy as np
import pytest
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.power import TTestPower

from calculators.catalogue import Catalogue
from calculators.engine.declare import output_value
from calculators.engine.questions.question import Question
from tests.calculators.answers import answer_json, computed
from tests.calculators.evaluating import by_hand
from tests.calculators.evaluating.compare.results import (
    NAME,
    ask,
    graded,
    near,
    pasted,
    rows,
    runs_table,
    sentences,
    verdict,
)
from tests.readers.results.result_files import summary_text

SEEDS = pytest.mark.parametrize("seed", range(6))


@SEEDS
@pytest.mark.parametrize("alpha", ["0.05", "0.2"])
def test_graded_pairs_get_the_figures_of_scipy(catalogue: Catalogue, seed: int, alpha: str) -> None:
    a, b = graded(seed, 13)
    steps = [round(second - first, 9) for first, second in zip(a, b, strict=True)]
    answer = ask(catalogue, pasted(a, b), alpha=alpha)
    test = stats.ttest_rel(b, a)
    interval = test.confidence_interval(1 - float(alpha))
    assert near(answer.difference.low, interval.low) and near(answer.difference.high, interval.high)
    assert near(answer.mean_difference, mean(steps)) and near(answer.difference_spread, stdev(steps))
    assert near(answer.p_value_t, test.pvalue) and near(answer.error_now, stdev(steps) / sqrt(13))
    assert near(answer.correlation, np.corrcoef(a, b)[0, 1])
    flipped = stats.permutation_test(
        (np.round(np.array(steps) * 10),), lambda d, axis: d.sum(axis=axis), permutation_type="samples", n_resamples=1e9
    )
    assert near(answer.p_value, flipped.pvalue)
    shown = float(answer.p_value) <= float(alpha)
    words = (
        ("B is better than A" if mean(steps) > 0 else "B is worse than A") if shown else "Not shown: it may be chance"
    )
    assert verdict(answer).answer == words
    if mean(steps):
        expected = TTestPower().solve_power(abs(mean(steps)) / stdev(steps), power=0.8, alpha=float(alpha))
        assert answer.needed == ceil(expected)
        assert answer.more_examples == (None if shown else max(0, ceil(expected) - 13))


@SEEDS
def test_the_bootstrap_is_scipys_within_its_noise(catalogue: Catalogue, seed: int) -> None:
    a, b = graded(seed, 40)
    steps = np.array(b) - np.array(a)
    answer = ask(catalogue, pasted(a, b))
    expected = stats.bootstrap((steps,), np.mean, random_state=np.random.default_rng(1)).confidence_interval
    noise = steps.std() / sqrt(40) / 5
    assert near(output_value(answer.bootstrap_low), expected.low, noise)
    assert near(output_value(answer.bootstrap_high), expected.high, noise)


def test_the_pasted_scores_of_the_old_complaint_are_graded(catalogue: Catalogue) -> None:
    """Once the first of these lines was a heading and the others could not be read."""
    answer = ask(catalogue, "0.7,0.9\n0.4,0.8\n1,0.5")
    assert answer.cases == 3 and near(answer.mean_a, 0.7) and near(answer.mean_b, 2.2 / 3)
    assert answer.p_value == 1 and "heading" not in sentences(answer.notes)


def test_decimal_commas_between_semicolons_are_read(catalogue: Catalogue) -> None:
    commas, points = "0,7;0,9\n0,5; 0,6\n0,1|0,9", "0.7,0.9\n0.5,0.6\n0.1,0.9"
    assert ask(catalogue, commas).mean_b == ask(catalogue, points).mean_b == Decimal("0.8")


def test_many_unlike_differences_have_the_p_value_of_the_t_test(catalogue: Catalogue) -> None:
    a, b = graded(9, 90)
    answer = ask(catalogue, pasted(a, b))
    assert near(answer.p_value, stats.ttest_rel(b, a).pvalue) and "paired t-test" in sentences(answer.notes)


def test_one_case_says_nothing(catalogue: Catalogue) -> None:
    answer = ask(catalogue, "0.3,0.6")
    assert (answer.difference.low, answer.difference.high, answer.p_value) == (-1, 1, 1)
    assert (answer.p_value_t, answer.bootstrap_low, answer.error_now, answer.needed) == (None,) * 4


def test_equal_differences_have_an_interval_of_some_width(catalogue: Catalogue) -> None:
    """Fifty cases, each a tenth better: Hoeffding's half is 2 × √(ln 40 ÷ 100)."""
    answer = ask(catalogue, pasted([0.5] * 50, [0.6] * 50))
    assert near(answer.difference.low, 0.1 - 0.3841291165, 1e-9) and near(answer.p_value, 2 / 2**50, 1e-20)
    assert answer.difference.high == Decimal("0.4841291165") or near(answer.difference.high, 0.4841291165, 1e-9)
    assert near(answer.score_a.low, 0.5 - 0.3841291165 / 2, 1e-9) and "Hoeffding" in sentences(verdict(answer).reasons)


def test_other_scales_are_shares_of_the_way(catalogue: Catalogue) -> None:
    """Stars from 1 to 5: the same answer as for the scores (stars − 1) ÷ 4, and the means in stars."""
    a, b = [1, 2, 4, 5, 3, 2, 4, 3], [2, 2, 5, 5, 4, 4, 4, 3]
    stars = ask(catalogue, pasted(a, b))
    shares = ask(catalogue, pasted([(score - 1) / 4 for score in a], [(score - 1) / 4 for score in b]))
    assert near(stars.mean_a, 3) and near(stars.mean_difference, 5 / 8)
    for output in ("difference", "score_a", "score_b"):
        for end in ("low", "likely", "high"):
            assert near(getattr(getattr(stars, output), end), getattr(getattr(shares, output), end))
    assert stars.p_value == shares.p_value and stars.needed == shares.needed
    assert "Scores run from 1 to 5" in sentences(stars.notes) and "Scores run" not in sentences(shares.notes)


def test_a_score_that_passes_makes_pairs_of_right_and_wrong(catalogue: Catalogue) -> None:
    a, b = graded(4, 30)
    counts = [
        sum((first >= 0.6, second >= 0.6) == pair for first, second in zip(a, b, strict=True))
        for pair in ((True, True), (True, False), (False, True), (False, False))
    ]
    answer = ask(catalogue, pasted(a, b), pass_mark="0.6")
    typed = ask(catalogue, "", **dict(zip(("both_right", "only_a", "only_b", "both_wrong"), counts, strict=True)))
    assert answer.p_value == typed.p_value == by_hand.rounded(by_hand.mcnemar(counts[1], counts[2]))
    assert answer.difference == typed.difference and answer.needed == typed.needed and answer.mean_a is None


def test_each_score_is_tried_as_the_one_that_passes(catalogue: Catalogue) -> None:
    a, b = graded(4, 30)
    answer = ask(catalogue, pasted(a, b), pass_mark="0.55")
    listed = rows(answer, "marks")
    assert Decimal("0.55") in [row[0] for row in listed] and len(listed) <= 10
    for decimal, share_a, share_b, difference, p_value in listed:
        mark = float(decimal)
        up = sum(first < mark <= second for first, second in zip(a, b, strict=True))
        down = sum(second < mark <= first for first, second in zip(a, b, strict=True))
        assert near(share_a, sum(score >= mark for score in a) / 30)
        assert near(share_b - share_a, (up - down) / 30) and near(difference, (up - down) / 30)
        assert near(p_value, float(by_hand.mcnemar(down, up)), 1e-11)
    assert rows(ask(catalogue, "1,0\n0,1"), "marks") == []


# Repeated runs.


def test_runs_of_a_case_are_one_vote(catalogue: Catalogue) -> None:
    """Of 20 questions, B gets three more right in each of ten runs: 2 of 8 ways, where 30 coins would say 2e-9."""
    a = [[1.0] * 10] * 12 + [[0.0] * 10] * 8
    b = [[1.0] * 10] * 15 + [[0.0] * 10] * 5
    answer = ask(catalogue, runs_table(old=a, new=b))
    assert (answer.p_value, answer.cases) == (Decimal("0.25"), 20)
    assert verdict(answer).answer == "Not shown: it may be chance"
    words = sentences(answer.notes)
    assert "400 results belong to 20 examples" in words and "Add cases rather than runs" in words
    assert "“old” and “new” differ on 3 examples only" in words


def test_unequal_numbers_of_runs_are_still_one_vote(catalogue: Catalogue) -> None:
    a: list[list[float]] = [[1, 0], [0, 0, 0, 1], [1]]
    b: list[list[float]] = [[1, 1, 1], [0.5], [1, 1]]
    answer = ask(catalogue, runs_table(old=a, new=b))
    steps = [0.5, 0.25, 0.0]
    assert near(answer.mean_difference, 0.25) and near(answer.difference_spread, stdev(steps))
    assert answer.p_value == Decimal("0.5")


@SEEDS
def test_the_standard_error_is_the_clustered_one_of_statsmodels(catalogue: Catalogue, seed: int) -> None:
    chance = np.random.default_rng(seed)
    base = chance.uniform(0.2, 0.6, 15)
    a = [[round(float(level + step), 3) for step in chance.uniform(-0.2, 0.2, 4)] for level in base]
    b = [[round(float(level + step + 0.1), 3) for step in chance.uniform(-0.2, 0.2, 4)] for level in base]
    answer = ask(catalogue, runs_table(old=a, new=b))
    steps = (np.array(b) - np.array(a)).ravel()
    cases = np.repeat(np.arange(15), 4)
    fit = OLS(steps, np.ones(60)).fit(cov_type="cluster", cov_kwds={"groups": cases, "use_correction": True})
    assert near(answer.error_now, fit.bse[0], 1e-8)
    means = np.array(b).mean(axis=1) - np.array(a).mean(axis=1)
    within_a, within_b = (np.array(runs).var(axis=1, ddof=1).mean() for runs in (a, b))
    between = max(0.0, means.var(ddof=1) - within_a / 4 - within_b / 4)
    assert near(answer.run_variance_a, within_a) and near(answer.run_variance_b, within_b)
    assert near(answer.case_variance, between)
    noise = means.var(ddof=1) - between  # that of the runs, as far as the differences hold as much
    assert near(answer.error_more_runs, sqrt((between + noise / 2) / 15))
    assert near(answer.error_more_cases, sqrt((between + noise) / 30))


@SEEDS
def test_a_larger_test_has_no_larger_error(catalogue: Catalogue, seed: int) -> None:
    """Also where one run strays so far that runs seem to vary more than cases: one of many scores is 1.7."""
    chance = np.random.default_rng(seed)
    a, b = ([[round(float(score), 2) for score in chance.uniform(0.3, 0.9, 2)] for _ in range(20)] for _ in "ab")
    b[3][1] = 1.7
    answer = ask(catalogue, runs_table(old=a, new=b))
    for larger in (answer.error_more_runs, answer.error_more_cases):
        assert float(answer.error_now) / sqrt(2) - 1e-9 <= float(larger) <= float(answer.error_now)


OUTLIERS = {
    "a share": ("0.5,0.6\n0.7,1.7\n0.2,0.9\n0.4,0.5\n0.9,0.8", "Line 2: the score 1.7", "0 to 1", "0 to 1.7"),
    "a negative one": ("0.5,0.6\n0.7,0.1\n-3,0.9\n0.4,0.5\n0.9,0.8", "Line 3: the score −3", "0 to 1", "−3 to 1"),
    "a grade": ("4,5\n3,4\n2,3\n1,44\n5,5\n4,4", "Line 4: the score 44", "1 to 5", "1 to 44"),
}


@pytest.mark.parametrize("kind", OUTLIERS)
def test_a_score_that_stretches_the_scale_alone_is_named_before_the_numbers(catalogue: Catalogue, kind: str) -> None:
    results, place, without, scale = OUTLIERS[kind]
    sentence = f"{place} alone stretches a scale from {without} to one from {scale}. Correct it"
    text = catalogue.answer(Question(NAME, {"results": results}, form="text"))
    assert text.index("To fix first") < text.index(sentence) < text.index("Is B really better?")
    page = json.loads(catalogue.answer(Question(NAME, {"results": results}, form="page")))["result"]
    assert page.index(f'<li class="is-error">{sentence}') < page.index('class="result-amounts"')
    assert sentence in "\n".join(answer_json(catalogue, NAME, {"results": results})["notes"])
    assert "stretches" not in catalogue.answer(Question(NAME, {"results": results, "pass_mark": "0.5"}, form="text"))


def test_the_line_of_such_a_score_is_that_of_its_file(catalogue: Catalogue) -> None:
    lines = ["case,version,run,score", "", *(f"c{case},{name},0,0.{case}" for case in range(1, 7) for name in "ab")]
    lines[5] = lines[5].replace("0.2", "2.2")
    summary = summary_text(("x.csv", "\n".join(lines)))
    answer = computed(catalogue, NAME, {"result_files": summary})
    assert "Line 6, file 1: the score 2.2 alone stretches" in sentences(answer.notes)


@pytest.mark.parametrize("scores", ["1,5\n2,4\n3,3\n5,1\n4,4", "0.5,0.6\n0.7,1.7\n0.2,1.8\n0.4,0.5", "0.5,1.7"])
def test_a_scale_that_several_scores_use_is_no_slip(catalogue: Catalogue, scores: str) -> None:
    assert "stretches" not in sentences(ask(catalogue, scores).notes)


@pytest.mark.parametrize(
    ("cases", "clusters", "test"),
    [
        (12, False, "sign_flips"),
        (90, False, "t_test"),
        (40, True, "sign_flips_by_cluster"),
        (210, True, "t_test_by_cluster"),
    ],
)
def test_the_p_value_says_of_which_test_it_is(catalogue: Catalogue, cases: int, clusters: bool, test: str) -> None:
    a, b = graded(1, cases)
    lines = [f"c{case},d{case // 3},{a[case]},{b[case]}" for case in range(cases)]
    table = "\n".join(["case,document,old,new", *lines])
    answer = ask(catalogue, table, **({"cluster_column": "document"} if clusters else {}))
    assert answer.test == test
    assert (answer.p_value == answer.p_value_t) is test.startswith("t_test")


def test_one_run_a_case_has_no_variance_between_runs(catalogue: Catalogue) -> None:
    answer = ask(catalogue, pasted(*graded(1, 12)))
    assert (answer.run_variance_a, answer.case_variance, answer.error_more_runs) == (None, None, None)


def test_counts_have_none_of_the_figures_of_grades(catalogue: Catalogue) -> None:
    answer = ask(catalogue, "1,0\n1,1\n0,1")
    assert (answer.mean_a, answer.cases, answer.bootstrap_low, answer.p_value_t, answer.correlation) == (None,) * 5
