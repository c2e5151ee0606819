"""Decides by rules: conditions on answers that favor a rung of a ladder or rule it out, each with its reason.

The whole grammar: a rule's conditions must all hold; a condition asks for one of some words, or for a number within
bounds. The verdict is the lowest rung that a rule favors and no rule rules out. There is no score and no weight: the
rules that fired are the explanation. What needs arithmetic is computed before, and its result is an answer.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from calculators.engine.declare import described
from calculators.engine.records import Record

MOST_CASES = 10_000
"""A ladder whose answers combine in more ways is split in two: its tests try every combination."""

Answers = Mapping[str, Any]
"""An answer for each question: a word, or a number."""


@dataclass(frozen=True, kw_only=True)
class Rule(Record):
    """One rule as the data holds it: its text as JSON, and its reason, which has the rule's source."""

    rule: str = described("Rule")
    because: str = described("Reason")


@dataclass(frozen=True, kw_only=True)
class Rung(Record):
    """One rung as the data holds it: what to do there, and as JSON the answers that differ once it was tried."""

    does: str = described("What to do")
    done: str = described("Answers once it was tried")


@dataclass(frozen=True, slots=True)
class Words:
    """Holds for any of some words."""

    any_of: tuple[str, ...]

    def holds(self, answer: Any) -> bool:
        """Whether the answer is one of the words."""
        return answer in self.any_of


@dataclass(frozen=True, slots=True)
class Between:
    """Holds for a number from `at_least` on and below `below`; None where there is no such bound."""

    at_least: Decimal | None
    below: Decimal | None

    def holds(self, answer: Any) -> bool:
        """Whether the number lies within the bounds."""
        return (self.at_least is None or answer >= self.at_least) and (self.below is None or answer < self.below)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A rule, read: its conditions by question, the rungs it favors and those it rules out."""

    id: str
    when: Mapping[str, Words | Between]
    favors: tuple[str, ...]
    rules_out: tuple[str, ...]
    because: str

    @property
    def fact(self) -> str:
        """The name of the fact that holds the reason and its source."""
        return f"rules:{self.id}#because"

    def fires(self, answers: Answers) -> bool:
        """Whether all conditions hold."""
        return all(condition.holds(answers[question]) for question, condition in self.when.items())


@dataclass(frozen=True, slots=True)
class Step:
    """A rung, read."""

    id: str
    name: str
    does: str
    done: Mapping[str, str]


@dataclass(frozen=True)
class Decision:
    """A ladder and the rules that choose from it; its verdict is an answer called `name` for the next decision."""

    name: str
    ladder: tuple[Step, ...]
    rules: tuple[Ruling, ...]

    def decide(self, answers: Answers) -> Verdict:
        """The verdict for an answer to every question that a rule asks.

        >>> step, ruling = Step("wait", "Wait", "", {}), Ruling("d/r", {"wet": Words(("yes",))}, ("wait",), (), "Rain.")
        >>> Decision("d", (step,), (ruling,)).decide({"wet": "yes"}).reasons[0].because
        'Rain.'
        """
        return Verdict(self, tuple(rule for rule in self.rules if rule.fires(answers)))

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions that the rules ask, in the order in which they first do."""
        return tuple(dict.fromkeys(question for rule in self.rules for question in rule.when))


@dataclass(frozen=True)
class Verdict:
    """The rules that fired, and what follows from them."""

    of: Decision
    fired: tuple[Ruling, ...]

    @cached_property
    def favored(self) -> frozenset[str]:
        """The rungs that a rule favors."""
        return frozenset(rung for rule in self.fired for rung in rule.favors)

    @cached_property
    def ruled_out(self) -> frozenset[str]:
        """The rungs that a rule rules out."""
        return frozenset(rung for rule in self.fired for rung in rule.rules_out)

    @cached_property
    def step(self) -> Step | None:
        """The lowest rung that is favored and not ruled out; None where none is left, which tests rule out."""
        left = (step for step in self.of.ladder if step.id in self.favored and step.id not in self.ruled_out)
        return next(left, None)

    @property
    def rung(self) -> str:
        """The id of the verdict's rung; empty where none is left."""
        return self.step.id if self.step else ""

    @property
    def reasons(self) -> tuple[Ruling, ...]:
        """The rules that favor the verdict, then those that took away a favored rung below it."""
        below = list(itertools.takewhile(lambda step: step.id != self.rung, self.of.ladder))
        passed = {step.id for step in below if step.id in self.favored}
        favoring = [rule for rule in self.fired if self.rung in rule.favors]
        return (*favoring, *(rule for rule in self.fired if passed & set(rule.rules_out)))


def decisions(rules: Sequence[Rule], rungs: Sequence[Rung]) -> dict[str, Decision]:
    """All decisions in the records of the data, by name."""
    found = {}
    for name in dict.fromkeys(rung.group for rung in rungs):
        steps = (Step(_short(it.id), it.name, it.does, json.loads(it.done)) for it in rungs if it.group == name)
        rulings = (_ruling(it) for it in rules if it.group == name)
        found[name] = Decision(name, tuple(steps), tuple(rulings))
    return found


def _short(id: str) -> str:
    return id.partition("/")[2]


def _ruling(rule: Rule) -> Ruling:
    told = json.loads(rule.rule)
    when = {question: condition(it) for question, it in told["when"].items()}
    return Ruling(rule.id, when, tuple(told.get("favors", ())), tuple(told.get("rules_out", ())), rule.because)


def condition(told: Any) -> Words | Between:
    """A condition from its JSON: a list of words, or bounds as decimal texts."""
    if isinstance(told, list):
        return Words(tuple(told))
    at_least, below = told.get("at_least"), told.get("below")
    return Between(Decimal(at_least) if at_least else None, Decimal(below) if below else None)


def chain(of: Sequence[Decision], answers: Answers) -> tuple[Verdict, ...]:
    """The verdicts of decisions that build on one another: each one's rung is an answer for the next."""
    known, found = dict(answers), []
    for decision in of:
        verdict = decision.decide(known)
        known[decision.name] = verdict.rung
        found.append(verdict)
    return tuple(found)


def reasons(verdicts: Sequence[Verdict]) -> tuple[Ruling, ...]:
    """The reasons of the last verdict, each followed by those of an earlier verdict that it asked for."""
    earlier = {verdict.of.name: verdict for verdict in verdicts[:-1]}
    found: dict[str, Ruling] = {}
    for rule in verdicts[-1].reasons:
        found[rule.id] = rule
        for question in rule.when:
            if question in earlier:
                found |= {it.id: it for it in earlier[question].reasons}
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Other:
    """Another answer to a question: a word, or a number that stands for the interval told by its bounds."""

    value: Any
    bounds: Between | None = None


def others(of: Sequence[Decision], question: str, now: Any, words: Sequence[str]) -> list[Other]:
    """Every other answer that the rules could tell apart, the nearest first; words are near as they are listed."""
    if words:
        at = words.index(now)
        order = sorted(range(len(words)), key=lambda place: (abs(place - at), place))
        return [Other(words[place]) for place in order if place != at]
    ends = thresholds(of, question)
    between = [Between(low, high) for low, high in itertools.pairwise([None, *ends, None])]
    at = next(place for place, interval in enumerate(between) if interval.holds(now))
    order = sorted(range(len(between)), key=lambda place: (abs(place - at), place))
    return [Other(inside(between[place]), between[place]) for place in order if place != at]


def thresholds(of: Sequence[Decision], question: str) -> list[Decimal]:
    """The numbers at which an answer begins to count differently, ascending."""
    asked = [rule.when[question] for decision in of for rule in decision.rules if question in rule.when]
    ends = {end for it in asked if isinstance(it, Between) for end in (it.at_least, it.below) if end is not None}
    return sorted(ends)


def inside(interval: Between) -> Decimal:
    """A number in an interval: its beginning, or half of its end where it has none.

    >>> inside(Between(None, Decimal(50)))
    Decimal('25')
    """
    if interval.at_least is not None:
        return interval.at_least
    assert interval.below is not None, "a question with one interval has no other"
    return interval.below / 2


def representatives(of: Decision, words: Mapping[str, Sequence[str]]) -> dict[str, list[Any]]:
    """For each question one answer of every group that no rule tells apart; `words` has no entry for a number."""
    found: dict[str, list[Any]] = {}
    for question in of.asked:
        if question in words:
            groups: dict[tuple[bool, ...], str] = {}
            asked = [rule.when[question] for rule in of.rules if question in rule.when]
            for word in words[question]:
                groups.setdefault(tuple(it.holds(word) for it in asked), word)
            found[question] = list(groups.values())
        else:
            ends = thresholds([of], question)
            found[question] = [inside(Between(low, high)) for low, high in itertools.pairwise([None, *ends, None])]
    return found


def cases(of: Decision, words: Mapping[str, Sequence[str]]) -> Iterator[dict[str, Any]]:
    """Every combination of answers that the rules can tell apart."""
    found = representatives(of, words)
    return (dict(zip(found, answers, strict=True)) for answers in itertools.product(*found.values()))
