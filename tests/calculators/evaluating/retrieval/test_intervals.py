"""The intervals over queries: by scipy and statsmodels, at their edges, and how often they hold."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from random import Random
from statistics import mean, stdev

import pytest
import scipy
from statsmodels.stats.proportion import proportion_confint

from calculators.catalogue import Catalogue
from tests.calculators.evaluating.retrieval.searches import ask, made_up, measure, near, ranked, rows

COLUMNS = ("Recall", "Precision", "Hit rate", "MRR", "MAP", "nDCG")
NAMES = dict(zip(COLUMNS, ("recall", "precision", "hit_rate", "mrr", "map", "ndcg"), strict=True))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("alpha", ["0.05", "0.2"])
def test_each_measure_has_the_interval_of_student_or_wilson(catalogue: Catalogue, seed: int, alpha: str) -> None:
    search = made_up(seed, queries=15)
    answer = ask(catalogue, search.grades, search.run, k=4, alpha=alpha)
    kept = [query for query, judged in search.grades.items() if max(judged.values()) >= 1]
    for label, likely, low, high in rows(answer, "measures"):
        scores = [
            float(measure(NAMES[label], ranked(search.run.get(query, {})), search.grades[query], 4)) for query in kept
        ]
        assert near(likely, mean(scores))
        if label == "Hit rate":
            expected = proportion_confint(sum(scores), len(scores), float(alpha), method="wilson")
        else:
            half = scipy.stats.t.isf(float(alpha) / 2, len(scores) - 1) * stdev(scores) / len(scores) ** 0.5
            expected = max(0, mean(scores) - half), min(1, mean(scores) + half)
        assert near(low, expected[0]) and near(high, expected[1]), (label, low, high, expected)
        if label == "Recall":
            assert (low, likely, high) == (answer.recall_range.low, answer.recall, answer.recall_range.high)


def test_comparisons_share_alpha(catalogue: Catalogue) -> None:
    search = made_up(1)
    several = ask(catalogue, search.grades, search.run, alpha="0.1", comparisons=4)
    assert several.recall_range == ask(catalogue, search.grades, search.run, alpha="0.025").recall_range


@pytest.mark.parametrize("queries", [1, 7])
def test_where_no_query_differs_the_interval_is_wilsons(catalogue: Catalogue, queries: int) -> None:
    """Each finds one of two: seven halves are like 3.5 of 7, and prove little."""
    grades = {f"q{number}": {"a": 1, "b": 1} for number in range(queries)}
    answer = ask(catalogue, grades, {query: ["a", "x"] for query in grades}, k=2)
    low, high = proportion_confint(queries / 2, queries, 0.05, method="wilson")
    assert near(answer.recall_range.low, low) and near(answer.recall_range.high, high)


def test_the_interval_holds_about_as_often_as_it_says(catalogue: Catalogue) -> None:
    """Sets of 40 queries from a thousand: the true recall lies outside of about one interval in ten."""
    chance = Random(7)
    population = [chance.choice([0, 0, 1, 2, 2, 3, 3, 3]) for _ in range(1000)]
    truth = mean(hits / 3 for hits in population)
    judged = {"a": 1, "b": 1, "c": 1}
    orders = [[*passages, "x"] for passages in ([], ["a"], ["a", "b"], ["a", "b", "c"])]
    outside = 0
    for _ in range(200):
        drawn = [chance.choice(population) for _ in range(40)]
        grades = {f"q{number}": judged for number in range(40)}
        run = {f"q{number}": orders[hits] for number, hits in enumerate(drawn)}
        interval = ask(catalogue, grades, run, k=4, alpha="0.1").recall_range
        outside += not interval.low <= Decimal(truth) <= interval.high
    assert 10 <= outside <= 32, "20 are expected, give or take 4"


def test_the_interval_of_a_difference_is_that_of_the_differences(catalogue: Catalogue) -> None:
    first, second = made_up(3, queries=14), made_up(3, queries=14)
    run = {query: dict(list(scores.items())[::2]) for query, scores in second.run.items()}
    answer = ask(catalogue, first.grades, first.run, run, k=3)
    kept = [query for query, judged in first.grades.items() if max(judged.values()) >= 1]
    for row in rows(answer, "measures"):
        name = NAMES[row[0]]
        pairs = [
            [float(measure(name, ranked(search.get(query, {})), first.grades[query], 3)) for query in kept]
            for search in (first.run, run)
        ]
        steps = [after - before for before, after in zip(*pairs, strict=True)]
        assert near(row[4], mean(pairs[1])) and near(row[5], mean(steps))
        if name != "hit_rate" and stdev(steps) > 1e-9:
            half = scipy.stats.t.isf(0.025, len(steps) - 1) * stdev(steps) / len(steps) ** 0.5
            assert near(row[6], max(-1, mean(steps) - half)) and near(row[7], min(1, mean(steps) + half)), name


def test_the_hit_rates_difference_has_newcombes_interval(catalogue: Catalogue) -> None:
    """Newcombe 1998 (17:2635), table II, method 10: 36, 12, 2 and 0 pairs give 0.0569 to 0.3404."""
    found, missed = ["a"], ["x"]
    pairs = [(found, found)] * 36 + [(missed, found)] * 12 + [(found, missed)] * 2
    grades = {f"q{number}": {"a": 1} for number in range(50)}
    runs = [{f"q{number}": pair[side] for number, pair in enumerate(pairs)} for side in (0, 1)]
    (row,) = [row for row in rows(ask(catalogue, grades, runs[0], runs[1]), "measures") if row[0] == "Hit rate"]
    assert near(row[6], "0.0569", "0.0001") and near(row[7], "0.3404", "0.0001")


@pytest.mark.parametrize("same", [True, False])
def test_equal_differences_still_have_an_interval(catalogue: Catalogue, same: bool) -> None:
    """Ten differences of 0 are like 5 of 10 between -1 and 1; ten of a half like 7.5 of 10."""
    grades = {f"q{number}": {"a": 1, "b": 1} for number in range(10)}
    a = {query: ["a", "x"] for query in grades}
    b = a if same else {query: ["a", "b"] for query in grades}
    answer = ask(catalogue, grades, a, b, k=2)
    (row,) = [row for row in rows(answer, "measures") if row[0] == "Recall"]
    low, high = proportion_confint(5 if same else 7.5, 10, 0.05, method="wilson")
    assert near(row[6], 2 * low - 1) and near(row[7], 2 * high - 1)
    assert answer.difference == (0 if same else Decimal("0.5"))


def test_all_flips_counted_one_by_one_give_the_p_value(catalogue: Catalogue) -> None:
    """Twelve queries with unlike differences, flipped in all 4,096 ways."""
    search = made_up(11, queries=12)
    turned = {
        query: dict(zip(scores, list(scores.values())[::-1], strict=True)) for query, scores in search.run.items()
    }
    kept = [query for query, judged in search.grades.items() if max(judged.values()) >= 1]
    answer = ask(catalogue, search.grades, search.run, turned, measure="ndcg", k=5)
    steps = []
    for query in kept:
        before, after = (
            float(measure("ndcg", ranked(run.get(query, {})), search.grades[query], 5)) for run in (search.run, turned)
        )
        steps.append(round(after - before, 12))
    sums = [
        abs(sum(sign * step for sign, step in zip(signs, steps, strict=True)))
        for signs in product((1, -1), repeat=len(steps))
    ]
    as_far = sum(total >= abs(sum(steps)) - 1e-10 for total in sums)
    assert len([step for step in steps if step]) > 4
    assert near(answer.p_value, as_far / len(sums))
