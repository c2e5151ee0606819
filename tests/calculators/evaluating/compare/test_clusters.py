"""Cases that belong together, each version by itself, and flips that all versions share."""

from __future__ import annotations

from math import ceil, sqrt
from random import Random

import numpy as np
import pytest
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.power import TTestPower

from calculators.catalogue import Catalogue
from calculators.domain.graded_scores import clustered_p_value, shared_flip_p_values
from tests.calculators.evaluating.compare.results import ask, near, rows, runs_table, sentences, verdict

SEEDS = pytest.mark.parametrize("seed", range(4))


def by_document(seed: int, documents: int) -> tuple[str, list[float], list[int]]:
    """Questions about documents with grades of two versions: the table, the differences, and the documents."""
    chance = Random(seed)
    clusters = [document for document in range(documents) for _ in range(chance.randint(1, 5))]
    lean = [chance.gauss(0.05, 0.1) for _ in range(documents)]
    lines, steps = ["case,document,old,new"], []
    for case, document in enumerate(clusters):
        old = round(chance.uniform(0.2, 0.6), 2)
        new = round(old + min(0.3, max(-0.2, lean[document] + chance.gauss(0, 0.05))), 2)
        lines.append(f"c{case},d{document},{old},{new}")
        steps.append(round(new - old, 9))
    return "\n".join(lines), steps, clusters


@SEEDS
@pytest.mark.parametrize("documents", [9, 40])
def test_clusters_are_those_of_statsmodels(catalogue: Catalogue, seed: int, documents: int) -> None:
    table, steps, clusters = by_document(seed, documents)
    answer = ask(catalogue, table, cluster_column="Document")
    groups = {"groups": np.array(clusters), "use_correction": True, "df_correction": True}
    fit = OLS(steps, np.ones(len(steps))).fit(cov_type="cluster", cov_kwds=groups, use_t=True)
    low, high = fit.conf_int()[0]
    assert near(answer.error_now, fit.bse[0]) and near(answer.p_value_t, fit.pvalues[0])
    assert near(answer.difference.low, low) and near(answer.difference.high, high)
    assert near(answer.p_value, clustered_p_value(steps, clusters)) and answer.clusters == documents
    naive = np.std(steps, ddof=1) / sqrt(len(steps))
    effect = (fit.bse[0] / naive) ** 2
    assert near(answer.design_effect, effect)
    alone = ceil(TTestPower().solve_power(abs(np.mean(steps)) / np.std(steps, ddof=1), power=0.8, alpha=0.05))
    assert answer.needed == ceil(alone * effect)
    assert f"{len(steps)} examples come in {documents} clusters" in sentences(answer.notes)
    assert (answer.p_value_ranks, answer.bootstrap_low, answer.error_more_cases) == (None, None, None)
    assert "Student's interval" in "\n".join(reason.sentence for reason in verdict(answer).reasons)


def test_right_and_wrong_in_clusters_are_no_coins(catalogue: Catalogue) -> None:
    """Ten questions on each of three documents, all won by B: three coins, not thirty."""
    lines = [f"{case},document {case // 10},0,1" for case in range(30)]
    table = "\n".join(["case,document,a,b", *lines])
    alone, together = ask(catalogue, table), ask(catalogue, table, cluster_column="document")
    assert verdict(alone).answer == "B is better than A" and alone.clusters is None
    numbered = ask(catalogue, table.replace("document ", ""), cluster_column="document")
    assert numbered.p_value == together.p_value and len(rows(numbered, "alone")) == 2
    assert together.p_value == 2 / 2**3 and verdict(together).answer == "Not shown: it may be chance"
    assert "differ on 3 clusters only" in sentences(together.notes)


def test_a_case_without_a_cluster_is_one_of_its_own(catalogue: Catalogue) -> None:
    table = "case,document,a,b\n1,x,0,1\n2,x,0,1\n3,,0,1\n4,,0,1"
    assert ask(catalogue, table, cluster_column="document").clusters == 3


def test_a_column_that_is_not_there_is_said(catalogue: Catalogue) -> None:
    answer = ask(catalogue, "case,a,b\n1,0,1\n2,1,1", cluster_column="document")
    assert answer.clusters is None and "No column or version is called as you typed" in sentences(answer.notes)


def test_a_single_cluster_says_nothing(catalogue: Catalogue) -> None:
    answer = ask(catalogue, "case,document,a,b\n1,x,0,1\n2,x,0.5,1", cluster_column="document")
    assert (answer.difference.low, answer.difference.high, answer.p_value) == (-1, 1, 1)


def test_each_version_is_shown_by_itself(catalogue: Catalogue) -> None:
    """Cases that only one version has count here; the runs of a case are averaged."""
    table = "case,version,run,score\n" + "\n".join(
        f"{case},{version},{run},{score}"
        for case, version, run, score in [
            *[(1, "a", 0, 0), (1, "a", 1, 1), (2, "a", 0, 1), (2, "a", 1, 1)],
            *[(1, "b", 0, 1), (1, "b", 1, 1), (2, "b", 0, 0), (2, "b", 1, 0), (3, "b", 0, 1)],
        ]
    )
    (a, b) = rows(ask(catalogue, table), "alone")
    assert a[0] == "A: a" and [float(cell) for cell in a[1:]] == [2, 4, 0.75, 0.25]
    assert near(b[3], 2 / 3) and near(b[4], stats.sem([1, 0, 1])) and (b[1], b[2]) == (3, 5)
    only = ask(catalogue, "case,version,score\n1,a,1\n2,a,0\n3,a,1")
    assert near(rows(only, "alone")[0][3], 2 / 3) and verdict(only).answer == "Nothing to compare yet"


@SEEDS
def test_shared_flips_beside_holm(catalogue: Catalogue, seed: int) -> None:
    chance = Random(seed)
    scores = [[[chance.randint(0, 5) / 5] for _ in range(8)] for _ in range(4)]
    answer = ask(catalogue, runs_table(**dict(zip("abcd", scores, strict=True))))
    steps = [[round(new[0] - old[0], 9) for old, new in zip(scores[0], other, strict=True)] for other in scores[1:]]
    means = [sum(other) for other in steps]
    expected = shared_flip_p_values(steps)
    assert expected is not None and near(answer.p_value_shared, expected[means.index(max(means))])
    two = ask(catalogue, runs_table(**dict(zip("ab", scores, strict=False))))
    assert two.p_value_shared is None
