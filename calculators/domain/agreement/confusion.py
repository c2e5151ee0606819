"""The four counts of a judge against people, and what is read off them."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.engine.numbers import Number, named, quotient, root


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """How often judge and people pass or fail the same answers, with the sums; the people are taken to be right."""

    both_pass: Number
    only_people: Number
    only_judge: Number
    both_fail: Number
    people_pass: Number
    people_fail: Number
    judge_pass: Number
    judge_fail: Number
    labeled: Number


def agreement_confusion(both_pass: Number, only_people: Number, only_judge: Number, both_fail: Number) -> Confusion:
    """The four counts with their sums."""
    people_pass = named("Answers that people pass", both_pass + only_people)
    people_fail = named("Answers that people fail", only_judge + both_fail)
    return Confusion(
        both_pass=both_pass,
        only_people=only_people,
        only_judge=only_judge,
        both_fail=both_fail,
        people_pass=people_pass,
        people_fail=people_fail,
        judge_pass=named("Labeled answers that the judge passes", both_pass + only_judge),
        judge_fail=named("Labeled answers that the judge fails", only_people + both_fail),
        labeled=named("Answers that pass or fail", people_pass + people_fail),
    )


def matthews_correlation(counts: Confusion) -> Number | None:
    """The correlation of the two labels (MCC, phi); None where one of them never changes.

    >>> counts = agreement_confusion(Decimal(6), Decimal(2), Decimal(1), Decimal(3))
    >>> matthews_correlation(counts).quantize(Decimal("0.001"))
    Decimal('0.478')
    """
    margins = counts.people_pass * counts.people_fail * counts.judge_pass * counts.judge_fail
    agreement = counts.both_pass * counts.both_fail - counts.only_people * counts.only_judge
    return quotient(agreement, root(margins), None)
