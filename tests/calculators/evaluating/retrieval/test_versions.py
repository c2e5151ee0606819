"""Two versions on the same queries: the verdict, the p-value, and which measure decides."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest
import scipy

from calculators.catalogue import Catalogue
from calculators.engine.declare import output_value
from tests.calculators.evaluating import by_hand
from tests.calculators.evaluating.retrieval.searches import ask, near, sentences

GRADES = {f"q{number:02}": {"a": 1} for number in range(30)}
HIT, MISS = ["a", "x"], ["x", "y"]


def hits(*counts: int) -> list[dict[str, list[str]]]:
    """Two runs of 30 queries: how many only A finds, only B finds, and both."""
    only_a, only_b, both = counts
    pairs = [(HIT, MISS)] * only_a + [(MISS, HIT)] * only_b + [(HIT, HIT)] * both
    pairs += [(MISS, MISS)] * (30 - len(pairs))
    return [{query: pair[side] for query, pair in zip(GRADES, pairs, strict=True)} for side in (0, 1)]


def verdict(answer: Any) -> Any:
    return output_value(answer.verdict)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 9, 15), "B is better than A"),
        ((9, 1, 15), "B is worse than A"),
        ((3, 6, 15), "Not shown: it may be chance"),
        ((0, 0, 15), "Not shown: it may be chance"),
    ],
)
def test_the_verdict_is_that_of_mcnemar_where_a_query_hits_or_misses(
    catalogue: Catalogue, counts: tuple[int, int, int], words: str
) -> None:
    answer = ask(catalogue, GRADES, *hits(*counts))
    assert verdict(answer).answer == words
    assert near(answer.p_value, by_hand.mcnemar(counts[0], counts[1]))
    assert near(answer.difference, (counts[1] - counts[0]) / 30)
    assert any(f"better on {counts[1]} quer" in words for words in sentences(verdict(answer).reasons))


def test_many_differences_of_one_size_are_still_counted_out(catalogue: Catalogue) -> None:
    """A hundred queries: more than are flipped in every way, but each is a coin."""
    grades = {f"q{number:03}": {"a": 1} for number in range(100)}
    a = {query: HIT if number < 30 else MISS for number, query in enumerate(grades)}
    b = {query: MISS if number < 30 else HIT for number, query in enumerate(grades)}
    assert near(ask(catalogue, grades, a, b).p_value, by_hand.mcnemar(30, 70), "1e-12")


def test_many_unlike_differences_have_the_p_value_of_the_paired_t_test(catalogue: Catalogue) -> None:
    chance = Random(5)
    grades = {f"q{number:03}": {"a": 1} for number in range(80)}
    places = {query: (chance.randint(1, 8), chance.randint(1, 6)) for query in grades}
    runs = [
        {query: [*(f"x{rank}" for rank in range(1, ranks[side])), "a"] for query, ranks in places.items()}
        for side in (0, 1)
    ]
    answer = ask(catalogue, grades, runs[0], runs[1], measure="mrr", k=10)
    a, b = ([1 / ranks[side] for ranks in places.values()] for side in (0, 1))
    assert near(answer.p_value, scipy.stats.ttest_rel(b, a).pvalue)
    assert any("paired t-test" in words for words in sentences(answer.notes))


def test_the_chosen_measure_decides(catalogue: Catalogue) -> None:
    """B ranks the right passage first, A second: both have it among the first two."""
    b = {query: ["a", "x"] for query in GRADES}
    a = {query: ["x", "a"] for query in GRADES}
    for measure, words in (("recall", "Not shown: it may be chance"), ("mrr", "B is better than A")):
        assert verdict(ask(catalogue, GRADES, a, b, measure=measure, k=2)).answer == words


def test_the_best_of_many_is_held_to_less(catalogue: Catalogue) -> None:
    runs = hits(1, 9, 15)  # p is 2.1%
    assert verdict(ask(catalogue, GRADES, *runs, comparisons=3)).answer == "Not shown: it may be chance"


def test_a_query_that_one_version_leaves_out_counts_as_0_there(catalogue: Catalogue) -> None:
    a, b = hits(0, 0, 30)
    del b["q07"], b["q08"]
    answer = ask(catalogue, GRADES, a, b)
    assert near(answer.recall_b, 28 / 30) and answer.recall == 1
    problems = output_value(answer.problems).rows
    assert ("Judgments", "Queries without results in B", Decimal(2), "8, 9", "count as 0") in problems


def test_the_order_of_the_files_changes_nothing(catalogue: Catalogue) -> None:
    a, b = hits(2, 8, 10)
    turned = dict(reversed(list(b.items())))
    assert ask(catalogue, GRADES, a, turned).p_value == ask(catalogue, GRADES, a, b).p_value


def test_without_a_second_version_there_is_no_difference(catalogue: Catalogue) -> None:
    answer = ask(catalogue, GRADES, hits(0, 0, 20)[0])
    assert (answer.difference, answer.p_value, answer.recall_b, answer.enough_b) == (None,) * 4
    assert verdict(answer).answer == "66.7% are among the first 5"


def test_without_a_measured_query_there_is_nothing_to_say(catalogue: Catalogue) -> None:
    for results, judgments in (({}, GRADES), ({"q": ["a"]}, {}), ({"q": ["a"]}, {"q": {"a": 0}})):
        answer = ask(catalogue, judgments, results)
        assert verdict(answer).answer == "Nothing to measure yet" and answer.recall is None
