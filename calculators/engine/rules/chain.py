"""Decisions that build on one another: the rung of each is an answer for the next."""

from __future__ import annotations

from collections.abc import Sequence

from calculators.engine.rules.decision import Answers, Decision, RuleVerdict, Ruling


def decision_chain(decisions: Sequence[Decision], answers: Answers) -> tuple[RuleVerdict, ...]:
    """The verdicts of decisions in their order."""
    known, verdicts = dict(answers), []
    for decision in decisions:
        verdict = decision.decide(known)
        known[decision.name] = verdict.rung
        verdicts.append(verdict)
    return tuple(verdicts)


def decision_chain_reasons(verdicts: Sequence[RuleVerdict]) -> tuple[Ruling, ...]:
    """The reasons of the last verdict, each followed by those of an earlier verdict that it asked for."""
    earlier = {verdict.decision.name: verdict for verdict in verdicts[:-1]}
    by_id: dict[str, Ruling] = {}
    for rule in verdicts[-1].reasons:
        by_id[rule.id] = rule
        for question in rule.when:
            if question in earlier:
                by_id |= {reason.id: reason for reason in earlier[question].reasons}
    return tuple(by_id.values())
