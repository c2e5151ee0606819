"""Graded scores, runs and several versions: what reference packages and papers printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from math import sqrt
from pathlib import Path
from typing import Any

import pytest
from scipy import stats

from calculators.domain.exact_tests import exact_mcnemar_p_value, exact_sign_flip_p_value
from calculators.domain.graded_scores import (
    bootstrap_interval,
    bootstrap_means,
    clustered_difference_variance,
    clustered_standard_error,
    clustered_variance_split,
    cochran_q,
    hoeffding_half_width,
    holm_p_values,
    luck_of_the_best,
    mean_of_scores,
    paired_t_p_value,
    score_differences,
    score_spread,
    shared_flip_p_values,
    signed_rank_test,
)
from calculators.domain.graded_scores.resampling import bootstrap_bias_and_skew
from calculators.domain.graded_scores.runs_or_cases import best_graded_runs, graded_mean_error
from calculators.domain.statistics.student import float_student_quantile

Inputs = Mapping[str, Any]
CASES = json.loads((Path(__file__).parent / "worked_examples.json").read_text("utf-8"))

NOT_ASKED = {
    "MV11": "Dunnett's test is for separate cases in each version; files of results have the same cases.",
}
"""Worked examples that nothing here computes, with the reason."""


def differences_of(i: Inputs) -> tuple[float, ...]:
    """The differences as given, or those of two versions."""
    if "differences" in i:
        return tuple(float(step) for step in i["differences"])
    return score_differences(i["version_a"], i["version_b"])


def paired_t(i: Inputs) -> dict[str, Any]:
    steps = differences_of(i)
    spread, cases = score_spread(steps), len(steps)
    answer: dict[str, Any] = {"n": cases, "mean_difference": mean_of_scores(steps), "df": cases - 1}
    if cases == 1:
        return answer | dict.fromkeys(("se", "low", "high", "p_two_sided"))
    error = spread / sqrt(cases)
    half = float_student_quantile((1 - i["confidence"]) / 2, cases - 1) * error
    answer |= {"sd_of_differences": spread, "se": error, "t": mean_of_scores(steps) / error}
    return answer | {
        "low": mean_of_scores(steps) - half,
        "high": mean_of_scores(steps) + half,
        "p_two_sided": paired_t_p_value(steps),
    }


def paired_t_summary(i: Inputs) -> dict[str, Any]:
    """Scores made up to have just these means, deviations and this correlation."""
    cases = i["n"]
    first = [float(place) for place in range(cases)]
    other = [(-1.0) ** place * (place % 7) for place in range(cases)]
    first = [(score - mean_of_scores(first)) / score_spread(first) for score in first]
    slope = sum(a * b for a, b in zip(first, other, strict=True)) / (cases - 1)
    other = [b - slope * a for a, b in zip(first, other, strict=True)]
    other = [(score - mean_of_scores(other)) / score_spread(other) for score in other]
    rest = sqrt(1 - i["correlation"] ** 2)
    a = [i["mean_a"] + i["sd_a"] * score for score in first]
    b = [
        i["mean_b"] + i["sd_b"] * (i["correlation"] * score + rest * own)
        for score, own in zip(first, other, strict=True)
    ]
    return paired_t({"differences": score_differences(a, b), "confidence": i["confidence"]})


def wilcoxon(i: Inputs) -> dict[str, Any]:
    steps = i["differences"]
    ranks = signed_rank_test(steps)
    answer = {
        "n_nonzero": len([step for step in steps if step]),
        "w_plus": ranks.positive,
        "w_minus": ranks.negative,
        "p_two_sided": ranks.p_value,
        "p_exact_two_sided": ranks.p_value,
    }
    return answer


def sign_flip(i: Inputs) -> dict[str, Any]:
    steps = [float(step) for step in i["differences"]]
    p_value = float(exact_sign_flip_p_value(steps) or 0)
    answer: dict[str, Any] = {"p_two_sided": p_value, "mean_difference": mean_of_scores(steps), "sum": sum(steps)}
    answer |= {"as_extreme_two_sided": p_value * 2 ** len(steps), "p_t": paired_t_p_value(steps)}
    return answer | {"t": mean_of_scores(steps) / score_spread(steps) * sqrt(len(steps))}


def sign_flip_as_mcnemar(i: Inputs) -> dict[str, Any]:
    steps = [1.0] * i["only_b_right"] + [-1.0] * i["only_a_right"] + [0.0] * i["ties"]
    assert exact_sign_flip_p_value(steps) == exact_mcnemar_p_value(i["only_a_right"], i["only_b_right"])
    return {"p_two_sided": float(exact_sign_flip_p_value(steps) or 0), "mean_difference": mean_of_scores(steps)}


def bootstrap(i: Inputs) -> dict[str, Any]:
    scores = tuple(float(score) for score in i["differences"])
    means, tail = bootstrap_means(scores), (1 - i["confidence"]) / 2
    bca = bootstrap_interval(scores, tail) or (None, None)
    bias, skew = bootstrap_bias_and_skew(scores, means)
    sums = [str(round(mean * len(scores))) for mean in means]
    answer: dict[str, Any] = {"resamples": len(means), "mean": mean_of_scores(scores)}
    answer |= {"bootstrap_se": score_spread(means) * sqrt(1 - 1 / len(means)), "z0": bias, "acceleration": skew}
    answer |= {"bca_low": bca[0], "bca_high": bca[1]}
    return answer | {"distribution": {total: sums.count(total) for total in sums}}


def clustered(i: Inputs) -> dict[str, Any]:
    scores = [float(score) for score in i["scores"]]
    error = clustered_standard_error(scores, i["clusters"])
    answer: dict[str, Any] = {"n": len(scores), "clusters": len(set(i["clusters"])), "mean": mean_of_scores(scores)}
    answer |= {"se_naive": score_spread(scores) / sqrt(len(scores)), "se_cr1": error, "se_clustered": error}
    if error is not None and answer["clusters"] > 1:
        half = float_student_quantile(0.025, answer["clusters"] - 1) * error
        answer |= {"low_t_cr1": answer["mean"] - half, "high_t_cr1": answer["mean"] + half}
    return answer


def runs_per_case(i: Inputs) -> dict[str, Any]:
    runs = list(i["runs"].values())
    means = [mean_of_scores(scores) for scores in runs]
    error = score_spread(means) / sqrt(len(means))
    half = float_student_quantile(0.025, len(means) - 1) * error
    scores = [score for case in runs for score in case]
    names = [name for name, case in i["runs"].items() for _ in case]
    assert abs((clustered_standard_error(scores, names) or 0) - error) < 1e-9
    answer: dict[str, Any] = {
        "mean": mean_of_scores(means),
        "cases": len(means),
        "runs": len(scores),
        "se_of_case_means": error,
    }
    answer |= {"low": mean_of_scores(means) - half, "high": mean_of_scores(means) + half, "case_means": means}
    return answer | {"se_naive_all_runs": score_spread(scores) / sqrt(len(scores))}


def paired_runs(i: Inputs) -> dict[str, Any]:
    a, b = list(i["version_a"].values()), list(i["version_b"].values())
    steps = score_differences(map(mean_of_scores, a), map(mean_of_scores, b))
    raw = clustered_difference_variance(steps, a, b)
    split_a, split_b = clustered_variance_split(a), clustered_variance_split(b)
    assert raw is not None and split_a is not None and split_b is not None
    answer = paired_t({"differences": steps, "confidence": i["confidence"]})
    answer |= {"case_differences": list(steps), "within_variance_a": split_a.within}
    answer |= {"variance_of_true_differences_raw": raw, "variance_of_true_differences": max(0.0, raw)}
    return answer | {"within_variance_b": split_b.within}


def components(i: Inputs) -> dict[str, Any]:
    split = clustered_variance_split(list(i["runs"].values()))
    assert split is not None
    between = split.within + split.runs * split.raw_between
    return {
        "ms_between": between,
        "ms_within": split.within,
        "var_between": split.between,
        "var_between_raw": split.raw_between,
        "var_within": split.within,
        "icc": split.between / (split.between + split.within),
        "icc_raw": split.raw_between / (split.raw_between + split.within),
        "f": between / split.within,
    }


def runs_versus_cases(i: Inputs) -> dict[str, Any]:
    between, within = i["var_between"], i["var_within"]
    errors = {f"{cases}x{runs}": graded_mean_error(between, within, cases, runs) for cases, runs in i["designs"]}
    return {"se": errors, "floor_at_100_cases": graded_mean_error(between, 0.0, 100, 1)}


def budget(i: Inputs) -> dict[str, Any]:
    costs = i["cost_per_case"], i["cost_per_run"]
    unrounded = sqrt(costs[0] / costs[1] * i["var_within"] / i["var_between"])
    runs, cases = best_graded_runs(i["var_between"], i["var_within"], *costs, i["budget"]) or (0, 0)
    error = graded_mean_error(i["var_between"], i["var_within"], cases, runs)
    return {"best_runs_unrounded": unrounded, "best_runs": runs, "cases": cases, "se": error}


def flips_of_clusters(i: Inputs) -> dict[str, Any]:
    sums = [float(sum(steps)) for steps in i["differences_by_cluster"].values()]
    p_value = float(exact_sign_flip_p_value(sums) or 0)
    answer: dict[str, Any] = {"cluster_sums": sums, "p_two_sided": p_value, "p_by_case": p_value}
    return answer | {"as_extreme_two_sided": p_value * 2 ** len(sums), "smallest_possible_p": 2 / 2 ** len(sums)}


def holm(i: Inputs) -> dict[str, Any]:
    adjusted = list(holm_p_values(i["p_values"]))
    return {"adjusted": adjusted, "reject": [p_value <= i.get("alpha", 0.05) for p_value in adjusted]}


def shared_flips(i: Inputs) -> dict[str, Any]:
    versions = [score_differences(i["baseline"], scores) for scores in i["versions"].values()]
    alone = [float(exact_sign_flip_p_value(version) or 0) for version in versions]
    answers = {"p_unadjusted": alone, "p_adjusted": shared_flip_p_values(versions), "p_holm": holm_p_values(alone)}
    return {name: dict(zip(i["versions"], values or (), strict=True)) for name, values in answers.items()}


def cochran(i: Inputs) -> dict[str, Any]:
    rows = i.get("table") or [row for row, count in zip(i["patterns"], i["counts"], strict=True) for _ in range(count)]
    q, p_value = cochran_q(rows)
    return {"q": q, "df": len(rows[0]) - 1, "p": p_value, "n": len(rows)}


def best_of_many(i: Inputs) -> dict[str, Any]:
    error = i["se"] if "se" in i else sqrt(i["true_accuracy"] * (1 - i["true_accuracy"]) / i["cases"])
    luck = luck_of_the_best(error, i.get("correlation", 0.0), i["versions"])
    return {"normal_approximation": luck, "bias": luck} if "se" in i else {"normal_approximation": luck}


def bounded(i: Inputs) -> dict[str, Any]:
    mean, wide = mean_of_scores(i["scores"]), i["upper_bound"] - i["lower_bound"]
    low = mean - hoeffding_half_width(len(i["scores"]), 1 - i["confidence"], wide)
    return {"mean": mean, "sd": score_spread(i["scores"]), "hoeffding_low": low}


def bounded_difference(i: Inputs) -> dict[str, Any]:
    return {"hoeffding_half_width": hoeffding_half_width(i["n"], 1 - i["confidence"], i["range"])}


def one_alpha(i: Inputs) -> dict[str, Any]:
    versions = i["versions"]
    return {"all_pairs": versions * (versions - 1) // 2, "against_baseline": versions - 1}


METHODS: dict[str, Callable[[Inputs], dict[str, Any]]] = {
    "paired_t": paired_t,
    "paired_t_summary": paired_t_summary,
    "wilcoxon_signed_rank": wilcoxon,
    "sign_flip_exact": sign_flip,
    "sign_flip_equals_mcnemar": sign_flip_as_mcnemar,
    "bootstrap_percentile_exact": bootstrap,
    "bootstrap_bca_exact": bootstrap,
    "bounded_mean": bounded,
    "bounded_difference": bounded_difference,
    "clustered_se_mean": clustered,
    "runs_per_case": runs_per_case,
    "paired_runs": paired_runs,
    "variance_components": components,
    "runs_versus_cases": runs_versus_cases,
    "best_runs_for_budget": budget,
    "sign_flip_by_cluster": flips_of_clusters,
    "mcnemar_on_runs_is_wrong": flips_of_clusters,
    "holm": holm,
    "max_statistic_sign_flip": shared_flips,
    "cochran_q": cochran,
    "best_of_many_bias": best_of_many,
    "comparisons_count": one_alpha,
}


def is_near(ours: Any, expected: Any, tolerance: float) -> bool:
    """Whether a number, or all numbers of a list, are what is expected."""
    if isinstance(expected, dict):
        return set(ours) == set(expected) and all(is_near(ours[name], expected[name], tolerance) for name in expected)
    if isinstance(expected, list):
        return len(ours) == len(expected) and all(map(is_near, ours, expected, [tolerance] * len(expected)))
    if expected is None or ours is None:
        return ours is expected
    return abs(float(ours) - float(expected)) <= max(tolerance, 5e-10)


@pytest.mark.parametrize("case", [case for case in CASES if case["method"] in METHODS], ids=lambda case: case["id"])
def test_a_printed_number_is_ours(case: dict[str, Any]) -> None:
    ours = METHODS[case["method"]](case["inputs"])
    asked = [name for name in case["expected"] if name in ours]
    assert asked
    for name in asked:
        assert is_near(ours[name], case["expected"][name], case["tolerance"]), (name, ours[name], case["source"])


def test_every_worked_example_is_asked_or_says_why_not() -> None:
    left = {case["id"] for case in CASES if case["method"] not in METHODS} - set(NOT_ASKED)
    assert left == set()
    assert len(NOT_ASKED) <= 0.05 * len(CASES)


def test_wilcoxons_normal_form_is_scipys() -> None:
    steps = [((place * 37) % 101 - 45) / 8 for place in range(60)]
    expected = stats.wilcoxon(steps, method="approx").pvalue
    assert abs(signed_rank_test(steps).p_value - expected) < 1e-12
