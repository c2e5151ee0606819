"""A decision: its ladder and rules, and the verdict for an answer to each of its questions."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

Answer: TypeAlias = Decimal | str
"""A number, or a word."""

Answers: TypeAlias = Mapping[str, Answer]
"""An answer for each question."""


@dataclass(frozen=True, slots=True)
class RuleWords:
    """Holds for any of some words."""

    any_of: tuple[str, ...]

    def holds(self, answer: Answer) -> bool:
        """Whether the answer is one of the words."""
        return answer in self.any_of


@dataclass(frozen=True, slots=True)
class RuleBetween:
    """Holds for a number from `at_least` on and below `below`; None where there is no such bound."""

    at_least: Decimal | None
    below: Decimal | None

    def holds(self, answer: Answer) -> bool:
        """Whether the number lies within the bounds."""
        assert not isinstance(answer, str), "a rule with bounds asks for a number"
        return (self.at_least is None or answer >= self.at_least) and (self.below is None or answer < self.below)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A rule, read: its conditions by question, the rungs it favors and those it rules out."""

    id: str
    when: Mapping[str, RuleWords | RuleBetween]
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
    """A rung, read; `answers_after` are the answers that differ once it was tried."""

    id: str
    name: str
    does: str
    answers_after: Mapping[str, str]


@dataclass(frozen=True)
class Decision:
    """A ladder and the rules that choose from it; its verdict is an answer called `name` for the next decision."""

    name: str
    ladder: tuple[Step, ...]
    rules: tuple[Ruling, ...]

    def decide(self, answers: Answers) -> RuleVerdict:
        """The verdict for an answer to every question that a rule asks.

        >>> step = Step("wait", "Wait", "", {})
        >>> ruling = Ruling("d/r", {"wet": RuleWords(("yes",))}, ("wait",), (), "Rain.")
        >>> Decision("d", (step,), (ruling,)).decide({"wet": "yes"}).reasons[0].because
        'Rain.'
        """
        return RuleVerdict(self, tuple(rule for rule in self.rules if rule.fires(answers)))

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that the rules ask, in the order in which they first do."""
        return tuple(dict.fromkeys(question for rule in self.rules for question in rule.when))


@dataclass(frozen=True)
class RuleVerdict:
    """The rules that fired, and what follows from them."""

    decision: Decision
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
        left = (step for step in self.decision.ladder if step.id in self.favored and step.id not in self.ruled_out)
        return next(left, None)

    @property
    def rung(self) -> str:
        """The id of the verdict's rung; empty where none is left."""
        return self.step.id if self.step else ""

    @property
    def reasons(self) -> tuple[Ruling, ...]:
        """The rules that favor the verdict, then those that took away a favored rung below it."""
        below = list(itertools.takewhile(lambda step: step.id != self.rung, self.decision.ladder))
        passed = {step.id for step in below if step.id in self.favored}
        favoring = [rule for rule in self.fired if self.rung in rule.favors]
        return (*favoring, *(rule for rule in self.fired if passed & set(rule.rules_out)))
