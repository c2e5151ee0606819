"""Small files of labels to start from: pairs judged in both orders, and answers of two lengths by two families."""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.labels.meaning import FAIL, PASS

_BOTH_ORDERS = ((PASS, PASS, 11), (FAIL, FAIL, 9), (PASS, FAIL, 9), (FAIL, PASS, 1))
"""The judge's verdicts on an answer shown first and shown second, and for how many answers they come up."""

_ANSWERS = (
    ("sol", 310, (PASS, PASS), PASS, 7),
    ("sol", 280, (FAIL, FAIL), PASS, 5),
    ("sol", 290, (FAIL, PASS), PASS, 1),
    ("sol", 120, (PASS, PASS), PASS, 4),
    ("sol", 90, (FAIL, FAIL), FAIL, 3),
    ("fable", 300, (PASS, PASS), PASS, 5),
    ("fable", 270, (FAIL, FAIL), PASS, 2),
    ("fable", 260, (FAIL, FAIL), FAIL, 2),
    ("fable", 110, (PASS, PASS), PASS, 5),
    ("fable", 100, (PASS, PASS), FAIL, 2),
    ("fable", 130, (FAIL, FAIL), FAIL, 6),
    ("fable", 80, (PASS, FAIL), FAIL, 1),
    ("fable", 95, ("", ""), PASS, 1),
)
"""Who wrote an answer, its words, the labels of two people, the judge's, and how many such answers there are."""


def _judge_sample_both_orders() -> Iterator[str]:
    yield "case,position,person,judge"
    case = 0
    for first, second, cases in _BOTH_ORDERS:
        for _ in range(cases):
            case += 1
            person = PASS if case % 2 or first == second == PASS else FAIL
            yield f"{case},first,{person},{first}"
            yield f"{case},second,{person},{second}"


def _judge_sample_two_families() -> Iterator[str]:
    yield "case,model,words,person 1,person 2,judge"
    case = 0
    for model, words, people, judge, answers in _ANSWERS:
        for _ in range(answers):
            case += 1
            yield f"{case},{model},{words + case},{','.join(people)},{judge}"


POSITION_SAMPLE = "\n".join(_judge_sample_both_orders())
FAMILY_SAMPLE = "\n".join(_judge_sample_two_families())
