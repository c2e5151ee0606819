"""The measures against pytrec_eval and against their definitions, on searches made up by chance."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from platform import machine

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.evaluating.retrieval.searches import Search, ask, made_up, means, near

HAS_WHEEL = sys.platform != "linux" or machine() == "x86_64"
"""Where the package of the reference can be installed without a compiler."""

SEEDS = range(20)
MEASURES = ("recall", "precision", "hit_rate", "mrr", "map", "ndcg")


def trec_eval_means(search: Search, k: int) -> dict[str, float]:
    """What trec_eval gives at k: a query without results counts as 0, and so does one without a right passage."""
    if not HAS_WHEEL:
        return means(search, k, zeros=True)
    import pytrec_eval

    names = {
        "recall": f"recall_{k}",
        "precision": f"P_{k}",
        "hit_rate": f"success_{k}",
        "map": f"map_cut_{k}",
        "ndcg": f"ndcg_cut_{k}",
        "mrr": "recip_rank",
    }
    asked = {name.rpartition("_")[0] + f".{k}" if name != "recip_rank" else name for name in names.values()}
    evaluated = pytrec_eval.RelevanceEvaluator(search.grades, asked).evaluate(search.run)
    return {
        ours: sum(evaluated.get(query, {}).get(name, 0.0) for query in search.grades) / len(search.grades)
        for ours, name in names.items()
    }


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("k", [1, 3, 10])
def test_trec_eval_gives_the_same(catalogue: Catalogue, seed: int, k: int) -> None:
    search = made_up(seed)
    answer, whole = (ask(catalogue, search.grades, search.run, k=most, impossible="zero") for most in (k, 1000))
    for name, expected in trec_eval_means(search, k).items():
        ours = getattr(whole if name == "mrr" else answer, name)  # trec_eval cuts no list for MRR
        if name == "mrr" and not HAS_WHEEL:
            ours = answer.mrr
        assert near(ours, expected), (name, ours, expected)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("k", "grade"), [(2, 1), (5, 2), (40, 3)])
def test_the_definitions_give_the_same(catalogue: Catalogue, seed: int, k: int, grade: int) -> None:
    """Queries without a right passage are left out, which trec_eval does not offer."""
    search = made_up(seed)
    kept = [query for query, judged in search.grades.items() if max(judged.values()) >= grade]
    answer = ask(catalogue, search.grades, search.run, k=k, relevant_from=grade)
    assert (answer.queries, answer.impossible) == (len(kept), len(search.grades) - len(kept))
    for name, expected in means(search, k, grade).items() if kept else ():
        assert near(getattr(answer, name), expected), name


@pytest.mark.parametrize(
    ("change", "falls"),
    [(lambda ranking: ranking[::-1], True), (lambda ranking: [*ranking, "unknown"], False)],
    ids=["turned around", "one more at the end"],
)
def test_a_worse_order_scores_lower(
    catalogue: Catalogue, change: Callable[[list[str]], list[str]], falls: bool
) -> None:
    """Right passages first, then wrong ones."""
    grades = {"q": {"a": 3, "b": 2, "c": 1}}
    best = ["a", "b", "c", "x", "y", "z"]
    before, after = (ask(catalogue, grades, {"q": order}, k=6) for order in (best, change(best)))
    assert (before.ndcg, before.mrr, before.map) == (1, 1, 1)
    for name in ("ndcg", "mrr", "map"):
        assert (getattr(after, name) < getattr(before, name)) is falls
    assert after.recall == before.recall == 1


def test_scores_are_compared_in_single_precision(catalogue: Catalogue) -> None:
    """As trec_eval does: what differs in the ninth digit is level, and the later id comes first."""
    grades = {"q": {"a": 1}}
    assert ask(catalogue, grades, {"q": {"a": 1.00000001, "b": 1.0}}, k=9).mrr == Decimal("0.5")
    assert ask(catalogue, grades, {"q": {"a": 1.0001, "b": 1.0}}, k=9).mrr == 1


def test_precision_divides_by_k_however_few_came(catalogue: Catalogue) -> None:
    assert ask(catalogue, {"q": {"a": 1}}, {"q": ["a"]}, k=4).precision == Decimal("0.25")


def test_without_a_right_passage_there_is_no_measure(catalogue: Catalogue) -> None:
    answer = ask(catalogue, {"q": {"a": 0}}, {"q": ["a"]})
    assert {name: getattr(answer, name) for name in MEASURES} == dict.fromkeys(MEASURES)
    assert (answer.recall_range.low, answer.recall_range.likely, answer.recall_range.high) == (0, None, 1)
    assert (answer.queries, answer.impossible, answer.enough_a) == (0, 1, None)
    assert ask(catalogue, {"q": {"a": 0}}, {"q": ["a"]}, impossible="zero").recall == 0
