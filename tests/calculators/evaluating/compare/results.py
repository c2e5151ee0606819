"""Results made up by chance, and how a test asks the calculator about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from calculators.catalogue import Catalogue
from calculators.engine.declare import output_value
from tests.calculators.answers import Results, computed

NAME = "evaluating/compare"


def ask(catalogue: Catalogue, text: str, **given: object) -> Results:
    """The outputs for pasted results."""
    return computed(catalogue, NAME, {"results": text} | {name: str(typed) for name, typed in given.items()})


def pasted(a: Iterable[float], b: Iterable[float]) -> str:
    """Two columns of scores."""
    return "\n".join(f"{first!r},{second!r}" for first, second in zip(a, b, strict=True))


def runs_table(**versions: Sequence[Sequence[float]]) -> str:
    """A row for each run: versions by name, each with the runs of its cases."""
    rows = ["case,version,run,score"]
    for name, cases in versions.items():
        for case, runs in enumerate(cases):
            rows += [f"c{case},{name},{run},{score!r}" for run, score in enumerate(runs)]
    return "\n".join(rows)


def graded(seed: int, cases: int) -> tuple[list[float], list[float]]:
    """Scores in tenths of two versions that do well on the same cases; A has grades that are no verdicts."""
    chance = Random(seed)
    a = [chance.randint(1, 9) / 10 for _ in range(cases)]
    return a, [min(1.0, max(0.0, round(score + chance.choice([-0.2, -0.1, 0, 0, 0.1, 0.2, 0.3]), 1))) for score in a]


def rows(outputs: Results, table: str) -> list[tuple[Any, ...]]:
    """The rows of a table of an answer."""
    return list(output_value(getattr(outputs, table)).rows)


def sentences(notes: Any) -> str:
    """The sentences that hold, in one text."""
    return "\n".join(note.sentence for note in output_value(notes) if note.holds)


def verdict(outputs: Results) -> Any:
    """The verdict with its reasons."""
    return output_value(outputs.verdict)


def near(ours: Decimal | None, expected: float, within: float = 1e-9) -> bool:
    """Whether a number is what is expected, within a little."""
    return ours is not None and abs(float(ours) - float(expected)) <= within
