"""Decides by rules: conditions on answers that favor a rung of a ladder or rule it out, each with its reason.

The whole grammar: a rule's conditions must all hold; a condition asks for one of some words, or for a number within
bounds. The verdict is the lowest rung that a rule favors and no rule rules out. There is no score and no weight: the
rules that fired are the explanation. What needs arithmetic is computed before, and its result is an answer.
"""

from calculators.engine.rules.alternatives import (
    MOST_CASES,
    Alternative,
    representative_alternatives,
    rule_alternatives,
    rule_cases,
    thresholds_between_alternatives,
)
from calculators.engine.rules.chain import decision_chain, decision_chain_reasons
from calculators.engine.rules.decision import (
    Answer,
    Answers,
    Decision,
    RuleBetween,
    RuleVerdict,
    RuleWords,
    Ruling,
    Step,
)
from calculators.engine.rules.parsing import parse_rule_condition, parse_rule_decisions
from calculators.engine.rules.records import Rule, Rung

__all__ = [
    "MOST_CASES",
    "Alternative",
    "Answer",
    "Answers",
    "Decision",
    "Rule",
    "RuleBetween",
    "RuleVerdict",
    "RuleWords",
    "Ruling",
    "Rung",
    "Step",
    "decision_chain",
    "decision_chain_reasons",
    "parse_rule_condition",
    "parse_rule_decisions",
    "representative_alternatives",
    "rule_alternatives",
    "rule_cases",
    "thresholds_between_alternatives",
]
