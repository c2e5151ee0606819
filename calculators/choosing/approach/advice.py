"""The verdicts of the rules for one reader's answers, and what would follow from others."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from calculators.choosing.approach.answers import (
    approach_answer_in_words,
    approach_answer_words,
    approach_interval_in_words,
    approach_question_label,
)
from calculators.choosing.approach.inputs import Inputs
from calculators.choosing.approach.steps import approach_steps
from calculators.engine.declare import Choice, Judgement, Table, YesNo, kinds
from calculators.engine.numbers import Note, note, untraced
from calculators.engine.numbers.units import SHARE
from calculators.engine.rules import (
    Alternative,
    Decision,
    RuleVerdict,
    Ruling,
    Step,
    decision_chain,
    decision_chain_reasons,
    parse_rule_decisions,
    rule_alternatives,
)

CHAIN = ("tuning", "approach")
"""The decisions in their order: the verdict of each is an answer for the next."""

TRAINED = ("distillation", "fine_tuning", "hybrid")
"""The rungs on which a model is trained."""


APPROACH_COMPUTED_FROM = {
    "volume_ratio": ("requests", "break_even_requests"),
    "stable_intervals": ("stable_months", "retraining_months"),
    "cascade_cost": ("cascade_kept", "cascade_small_cost", "cascade_passed_cost"),
    "cascade_quality": ("cascade_kept_good", "cascade_passed_good", "cascade_target"),
}
"""The inputs that say most of each answer that is computed."""


class ApproachAdvice:
    """The verdicts for one reader's answers, and what would follow from others."""

    def __init__(self, i: Inputs, computed: Mapping[str, Decimal]) -> None:
        self._given, self._computed = i, computed

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions, each of which answers a question of the next."""
        by_name = parse_rule_decisions(self._given.rules, self._given.rungs)
        return tuple(by_name[name] for name in CHAIN if name in by_name)

    @cached_property
    def answers(self) -> dict[str, Decimal | str]:
        """The answer to every question that a rule may ask."""
        answers: dict[str, Decimal | str] = {}
        for name, kind in kinds(Inputs).items():
            answer = untraced(getattr(self._given, name))
            if isinstance(kind, YesNo):
                answers[name] = "yes" if answer else "no"
            elif isinstance(kind, Choice) or name == "good_examples":
                answers[name] = answer
        return answers | dict(self._computed)

    @cached_property
    def _verdicts(self) -> tuple[RuleVerdict, ...]:
        return decision_chain(self.decisions, self.answers)

    @property
    def rung(self) -> str:
        """The id of the verdict's rung; empty where none is left."""
        return self._verdicts[-1].rung

    @property
    def verdict(self) -> Judgement:
        """The rung with its reasons, and with the numbers that speak of its cost, where the answers give any."""
        reasons = tuple(_approach_reason(rule) for rule in decision_chain_reasons(self._verdicts))
        return Judgement(_approach_name(self._verdicts[-1].step), reasons, self._amounts)

    @property
    def _amounts(self) -> Note | None:
        """What a small model first would cost, or how far the volume is from where training pays; else None."""
        name, computed = _approach_name(self._verdicts[-1].step), self._computed
        if self.rung == "cascade":
            return note(
                True,
                f"{name}: {{cost}} of the cost of the large model alone",
                cost=(computed["cascade_cost"], SHARE),
            )
        if self.rung in TRAINED:
            ratio = computed["volume_ratio"]
            return note(True, f"{name}: your requests are {{ratio}} of break-even", ratio=(ratio, SHARE))
        return None

    @property
    def what_to_do(self) -> Judgement:
        """What to do on this rung."""
        step = self._verdicts[-1].step
        return Judgement(step.does if step else "", ())

    @property
    def next_rung(self) -> Judgement:
        """The advice once this rung was tried and nothing else has changed."""
        step = self._verdicts[-1].step
        if step is None or not step.answers_after:
            return Judgement("No further rung: see what would change this advice", ())
        after = decision_chain(self.decisions, {**self.answers, **step.answers_after})[-1]
        if after.rung != step.id:
            return Judgement(_approach_name(after.step), ())
        known = {rule.id for rule in self._verdicts[-1].reasons}
        why = next((rule.because for rule in after.reasons if rule.id not in known), "")
        return Judgement(f"{step.name} again. {why}" if why else "Measure again, then answer anew", ())

    @property
    def readiness(self) -> Judgement:
        """Whether the task is ready for fine-tuning, with the reasons."""
        verdict = self._verdicts[0]
        return Judgement(_approach_name(verdict.step), tuple(_approach_reason(rule) for rule in verdict.reasons))

    @property
    def waivers(self) -> tuple[Note, ...]:
        """What would stand against fine-tuning and was waived, unless the reasons of the verdict already say so."""
        verdict, said = self._verdicts[0], decision_chain_reasons(self._verdicts)
        return tuple(_approach_reason(rule) for rule in verdict.reasons if rule.rules_out and rule not in said)

    @property
    def changes(self) -> Table:
        """For each question the nearest other answer that leads to another rung."""
        rows = self.change_rows
        return Table(tuple(rows.values()), rests_on=tuple(APPROACH_COMPUTED_FROM.get(name, (name,)) for name in rows))

    @cached_property
    def change_rows(self) -> dict[str, tuple[str, str, str, str]]:
        """The same by the name of the question: the question in words, the answer, the other one, and its rung."""
        rows = {}
        for question in dict.fromkeys(question for decision in self.decisions for question in decision.questions):
            if question in self.answers:
                now = self.answers[question]
                for alternative in rule_alternatives(self.decisions, question, now, approach_answer_words(question)):
                    verdict = decision_chain(self.decisions, {**self.answers, question: alternative.answer})[-1]
                    if verdict.rung != self._verdicts[-1].rung:
                        instead = _approach_instead(question, alternative)
                        rows[question] = (
                            approach_question_label(question),
                            approach_answer_in_words(question, now),
                            instead,
                            _approach_name(verdict.step),
                        )
                        break
        return rows

    @property
    def steps(self) -> Table:
        """The steps of the ladder as the front page shows it, with the one that the verdict belongs to."""
        return approach_steps(self._verdicts[-1])

    @property
    def ladder(self) -> Table:
        """The rungs that a rule favors, from the highest down, and what the rules say of each."""
        verdict = self._verdicts[-1]
        favored = [step for step in reversed(verdict.decision.ladder) if step.id in verdict.favored]
        position = next((index for index, step in enumerate(favored) if step.id == verdict.rung), None)
        return Table(tuple((step.name, _approach_state(step, verdict)) for step in favored), position)


def _approach_instead(question: str, alternative: Alternative) -> str:
    """Another answer in words; a number by its interval."""
    if alternative.bounds is None:
        return approach_answer_in_words(question, alternative.answer)
    return approach_interval_in_words(question, alternative.bounds)


def _approach_name(step: Step | None) -> str:
    return step.name if step else "No rung is left"


def _approach_reason(rule: Ruling) -> Note:
    return Note(True, rule.because, {}, rule.fact, rests_on=tuple(rule.when))


def _approach_state(step: Step, verdict: RuleVerdict) -> str:
    """What the rules say of a rung that one of them favors, in a few words."""
    if step.id == verdict.rung:
        return "the next step"
    return "ruled out" if step.id in verdict.ruled_out else "later: a lower rung comes first"
