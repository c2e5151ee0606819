"""From the records of the data to decisions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

from calculators.engine.rules.decision import Decision, RuleBetween, RuleWords, Ruling, Step
from calculators.engine.rules.records import Rule, Rung


def parse_rule_decisions(rules: Sequence[Rule], rungs: Sequence[Rung]) -> dict[str, Decision]:
    """All decisions in the records of the data, by name."""
    return {
        name: Decision(
            name,
            tuple(
                Step(_short_rule_text(rung.id), rung.name, rung.does, json.loads(rung.done))
                for rung in rungs
                if rung.group == name
            ),
            tuple(_parsed_ruling(rule) for rule in rules if rule.group == name),
        )
        for name in dict.fromkeys(rung.group for rung in rungs)
    }


def _short_rule_text(id: str) -> str:
    return id.partition("/")[2]


def _parsed_ruling(rule: Rule) -> Ruling:
    parsed = json.loads(rule.rule)
    when = {question: parse_rule_condition(loaded) for question, loaded in parsed["when"].items()}
    return Ruling(rule.id, when, tuple(parsed.get("favors", ())), tuple(parsed.get("rules_out", ())), rule.because)


def parse_rule_condition(loaded: list[str] | dict[str, str]) -> RuleWords | RuleBetween:
    """A condition from its JSON: a list of words, or bounds as decimal texts."""
    if isinstance(loaded, list):
        return RuleWords(tuple(loaded))
    at_least, below = loaded.get("at_least"), loaded.get("below")
    return RuleBetween(Decimal(at_least) if at_least else None, Decimal(below) if below else None)
