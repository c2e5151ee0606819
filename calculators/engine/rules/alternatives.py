"""The answers that the rules can tell apart."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.rules.decision import Answer, Decision, RuleBetween, Ruling

MOST_CASES = 10_000
"""A ladder whose answers combine in more ways is split in two: its tests try every combination."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another answer to a question: a word, or a number that stands for the interval between its bounds."""

    answer: Answer
    bounds: RuleBetween | None = None


def rule_alternatives(
    decisions: Sequence[Decision], question: str, now: Answer, words: Sequence[str]
) -> list[Alternative]:
    """Every answer but the present one that the rules could tell apart, the nearest first; words are near as listed."""
    if words:
        position = words.index(str(now))
        nearest = sorted(range(len(words)), key=lambda index: (abs(index - position), index))
        return [Alternative(words[index]) for index in nearest if index != position]
    rules = (rule for decision in decisions for rule in decision.rules)
    ends = thresholds_between_alternatives(rules, question)
    between = [RuleBetween(low, high) for low, high in itertools.pairwise([None, *ends, None])]
    position = next(index for index, interval in enumerate(between) if interval.holds(now))
    nearest = sorted(range(len(between)), key=lambda index: (abs(index - position), index))
    return [
        Alternative(_inside_rule_interval(between[index]), between[index]) for index in nearest if index != position
    ]


def thresholds_between_alternatives(rules: Iterable[Ruling], question: str) -> list[Decimal]:
    """The numbers at which an answer begins to count differently, ascending."""
    conditions = [rule.when[question] for rule in rules if question in rule.when]
    intervals = [condition for condition in conditions if isinstance(condition, RuleBetween)]
    return sorted({end for interval in intervals for end in (interval.at_least, interval.below) if end is not None})


def _inside_rule_interval(interval: RuleBetween) -> Decimal:
    """A number in an interval: its beginning, or half of its end where it has none.

    >>> _inside_rule_interval(RuleBetween(None, Decimal(50)))
    Decimal('25')
    """
    if interval.at_least is not None:
        return interval.at_least
    assert interval.below is not None, "a question with one interval has no other"
    return interval.below / 2


def representative_alternatives(
    rules: Sequence[Ruling], question: str, words: Mapping[str, Sequence[str]]
) -> list[Answer]:
    """One answer of every group that no rule tells apart; `words` has no entry for a question about a number."""
    if question not in words:
        ends = thresholds_between_alternatives(rules, question)
        return [_inside_rule_interval(RuleBetween(low, high)) for low, high in itertools.pairwise([None, *ends, None])]
    groups: dict[tuple[bool, ...], str] = {}
    conditions = [rule.when[question] for rule in rules if question in rule.when]
    for word in words[question]:
        groups.setdefault(tuple(condition.holds(word) for condition in conditions), word)
    return list(groups.values())


def rule_cases(decision: Decision, words: Mapping[str, Sequence[str]]) -> Iterator[dict[str, Answer]]:
    """Every combination of answers that the rules can tell apart.

    A question is answered in more ways than one only while a rule that asks it can still hold. Once the target is
    reached, for example, no rule asks what was tried to reach it, so one answer stands for all.
    """
    rules = decision.rules
    first = {question: representative_alternatives(rules, question, words)[0] for question in decision.questions}
    return ({**first, **case} for case in _rule_cases_of(rules, words, {}))


def _rule_cases_of(
    rules: Sequence[Ruling], words: Mapping[str, Sequence[str]], known: dict[str, Answer]
) -> Iterator[dict[str, Answer]]:
    """The combinations of answers to what is not yet known, for the rules that can still hold."""
    question = next((question for rule in rules for question in rule.when if question not in known), None)
    if question is None:
        yield known
        return
    for answer in representative_alternatives(rules, question, words):
        possible = [rule for rule in rules if question not in rule.when or rule.when[question].holds(answer)]
        yield from _rule_cases_of(possible, words, {**known, question: answer})
