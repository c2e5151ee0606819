"""Counts by which a bias of the judge shows: by position, by length, and by who wrote the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from calculators.readers.labels.answers import FIRST, SECOND, JudgedAnswer
from calculators.readers.labels.meaning import FAIL, PASS

LabelStrata: TypeAlias = tuple[tuple[int, int, int, int], tuple[int, int, int, int]]
"""Among answers that people pass, then among those that they fail: the judge's passes and the size of the group, and
those of the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BothOrders:
    """Cases that were judged once in each position: how often the judge passes an answer in both, in one, in none."""

    both: int = 0
    only_first: int = 0
    only_second: int = 0
    neither: int = 0


def label_strata_by_position(answers: Sequence[JudgedAnswer]) -> LabelStrata | None:
    """Answers in the first position against those in the second."""
    placed = [answer for answer in answers if answer.position]
    return _label_strata(placed, lambda answer: answer.position == FIRST)


def label_strata_by_length(answers: Sequence[JudgedAnswer]) -> LabelStrata | None:
    """Answers longer than the median against the others; None where there are no two lengths."""
    lengths = sorted(answer.length for answer in answers if answer.length is not None)
    if not lengths:
        return None
    middle = lengths[(len(lengths) - 1) // 2]
    measured = [answer for answer in answers if answer.length is not None]
    return _label_strata(measured, lambda answer: (answer.length or Decimal(0)) > middle)


def label_strata_by_family(answers: Sequence[JudgedAnswer], family: Sequence[str]) -> LabelStrata | None:
    """Answers of models whose names contain one of the words against those of other models."""
    written = [answer for answer in answers if answer.model]
    return _label_strata(written, lambda answer: any(word in answer.model for word in family)) if family else None


def _label_strata(answers: Sequence[JudgedAnswer], belongs: Callable[[JudgedAnswer], bool]) -> LabelStrata | None:
    """The counts of both groups; None where one of them is empty."""
    inside = [answer for answer in answers if belongs(answer)]
    outside = [answer for answer in answers if not belongs(answer)]
    if not inside or not outside:
        return None
    passing, failing = (_label_counts(inside, outside, label) for label in (PASS, FAIL))
    return passing, failing


def _label_counts(
    inside: Sequence[JudgedAnswer], outside: Sequence[JudgedAnswer], label: str
) -> tuple[int, int, int, int]:
    judged = [[answer.judge for answer in group if answer.person == label] for group in (inside, outside)]
    return judged[0].count(PASS), len(judged[0]), judged[1].count(PASS), len(judged[1])


def label_rows_in_both_orders(answers: Sequence[JudgedAnswer]) -> BothOrders | None:
    """The cases with just one verdict in each position; people's labels are not needed. None without such a case."""
    by_case: dict[str, list[JudgedAnswer]] = {}
    for answer in answers:
        if answer.case and answer.position and answer.judge in (PASS, FAIL):
            by_case.setdefault(answer.case, []).append(answer)
    pairs = []
    for rows in by_case.values():
        by_position = {answer.position: answer.judge == PASS for answer in rows}
        if len(rows) == len(by_position) == len((FIRST, SECOND)):
            pairs.append((by_position[FIRST], by_position[SECOND]))
    if not pairs:
        return None
    return BothOrders(
        both=pairs.count((True, True)),
        only_first=pairs.count((True, False)),
        only_second=pairs.count((False, True)),
        neither=pairs.count((False, False)),
    )
