"""Searches made up by chance, their measures the slow way, and how a test asks the calculator about one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import log2
from random import Random
from typing import Any

from calculators.catalogue import Catalogue
from calculators.engine.declare import output_value
from tests.calculators.answers import Results, computed
from tests.json_types import JsonObject

NAME = "evaluating/retrieval"
Grades = Mapping[str, Mapping[str, int]]
"""The grade of each judged passage, by query."""

Scored = Mapping[str, Mapping[str, float]]
"""The score of each retrieved passage, by query."""


def trec_run(run: Scored | Mapping[str, Sequence[str]]) -> str:
    """A run as TREC has it; a list has falling scores."""
    lines = []
    for query, passages in run.items():
        scored = (
            passages.items()
            if isinstance(passages, Mapping)
            else [(passage, float(len(passages) - place)) for place, passage in enumerate(passages)]
        )
        lines += [f"{query} Q0 {passage} 0 {score!r} test" for passage, score in scored]
    return "\n".join(lines)


def trec_qrels(grades: Grades) -> str:
    """Judgments as TREC has them."""
    return "\n".join(
        f"{query} 0 {passage} {grade}" for query, judged in grades.items() for passage, grade in judged.items()
    )


def ask(catalogue: Catalogue, grades: Grades, run: Any, other: Any = None, **given: object) -> Results:
    """The outputs of the calculator for a search, and for another one beside it."""
    texts = {"results_a": trec_run(run), "judgments": trec_qrels(grades)}
    if other is not None:
        texts["results_b"] = trec_run(other)
    return computed(catalogue, NAME, texts | {name: str(answer) for name, answer in given.items()})


def rows(results: Results, table: str) -> list[tuple[Any, ...]]:
    """The rows of a table of an answer."""
    content = output_value(getattr(results, table))
    return list(content.rows)


def sentences(notes: Any) -> list[str]:
    """The sentences that hold."""
    return [note.sentence for note in output_value(notes) if note.holds]


def near(ours: Decimal | None, expected: float | Fraction | str, within: str = "0.000000001") -> bool:
    """Whether a number is what is expected, within a little."""
    return ours is not None and abs(ours - Decimal(str(float(expected)))) <= Decimal(within)


@dataclass(frozen=True)
class Search:
    """A search made up by chance: grades of -1 to 3, many equal scores, unjudged passages, and queries without any."""

    grades: dict[str, dict[str, int]]
    run: dict[str, dict[str, float]]


def made_up(seed: int, queries: int = 12, passages: int = 15) -> Search:
    """A search of some queries, the same for a seed."""
    chance = Random(seed)
    grades, run = {}, {}
    for query in range(queries):
        pool = [f"d{number}" for number in range(passages)]
        judged = chance.sample(pool, chance.randint(1, passages // 2))
        grades[f"q{query}"] = {passage: chance.choice([-1, 0, 0, 1, 1, 2, 3]) for passage in judged}
        retrieved = chance.sample(pool, chance.randint(0, passages))
        if retrieved:
            run[f"q{query}"] = {passage: chance.choice([0.25, 0.5, 1.0, 2.0, 3.5]) for passage in retrieved}
    return Search(grades, run)


def ranked(scores: Mapping[str, float]) -> list[str]:
    """Passages by score, equal scores by id, both from the highest down."""
    by_id = sorted(scores, reverse=True)
    return sorted(by_id, key=lambda passage: -scores[passage])


def measure(name: str, order: Sequence[str], judged: Mapping[str, int], k: int, grade: int = 1) -> float | Fraction:
    """A measure of one query, by its definition, from the list of grades."""
    right = [passage for passage, graded in judged.items() if graded >= grade]
    marks = [int(passage in right) for passage in order[:k]]
    if name == "precision":
        return Fraction(sum(marks), k)
    if name == "hit_rate":
        return Fraction(int(any(marks)))
    if name == "mrr":
        return max((Fraction(mark, rank) for rank, mark in enumerate(marks, 1)), default=Fraction(0))
    if name == "ndcg":
        gains = [max(0, judged.get(passage, 0)) for passage in order[:k]]
        ideal = sorted((max(0, graded) for graded in judged.values()), reverse=True)[:k]
        best = sum(gain / log2(rank + 1) for rank, gain in enumerate(ideal, 1))
        return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1)) / best if best else 0.0
    if not right:
        return Fraction(0)
    if name == "recall":
        return Fraction(sum(marks), len(right))
    precisions = [Fraction(sum(marks[:rank]), rank) for rank, mark in enumerate(marks, 1) if mark]
    return sum(precisions, Fraction(0)) / len(right)


def means(search: Search, k: int, grade: int = 1, *, zeros: bool = False) -> JsonObject:
    """The mean of each measure over the queries with a right passage, or over all judged ones."""
    kept = [query for query, judged in search.grades.items() if zeros or max(judged.values()) >= grade]
    names = ("recall", "precision", "hit_rate", "mrr", "map", "ndcg")
    return {
        name: sum(
            float(measure(name, ranked(search.run.get(query, {})), search.grades[query], k, grade)) for query in kept
        )
        / len(kept)
        for name in names
    }
