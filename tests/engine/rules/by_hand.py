"""The rules decided once more, slowly and straight from the YAML files, with none of the project's code."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.json_types import JsonObject

FOLDER = Path(__file__).resolve().parents[3] / "data" / "decisions"


@cache
def file(name: str) -> dict[str, Any]:
    """A decision as written; every value stays a text."""
    loaded: JsonObject = yaml.load((FOLDER / f"{name}.yaml").read_text("utf-8"), yaml.CBaseLoader)
    return loaded


def holds(condition: Any, answer: Any) -> bool:
    """Whether a condition holds for an answer."""
    if isinstance(condition, str):
        return bool(answer == condition)
    if isinstance(condition, list):
        return answer in condition
    number = Fraction(answer)
    if "at_least" in condition and number < Fraction(condition["at_least"]):
        return False
    return not ("below" in condition and number >= Fraction(condition["below"]))


def listed(rungs: Any) -> list[str]:
    """One rung or several as a list."""
    return [rungs] if isinstance(rungs, str) else list(rungs)


def verdict(name: str, answers: dict[str, Any], without: str = "") -> str:
    """The rung that the rules lead to; a rule can be left out."""
    favored, out = set(), set()
    for id, rule in file(name)["rules"].items():
        if id != without and all(holds(condition, answers[question]) for question, condition in rule["when"].items()):
            favored |= set(listed(rule.get("favors", [])))
            out |= set(listed(rule.get("rules_out", [])))
    for rung in file(name)["ladder"]:
        if rung in favored and rung not in out:
            return str(rung)
    return ""


def ends(name: str, question: str) -> list[Fraction]:
    """The thresholds of a question that is answered by a number, ascending."""
    thresholds = set()
    for rule in file(name)["rules"].values():
        condition = rule["when"].get(question, "")
        if isinstance(condition, dict):
            thresholds |= {Fraction(text) for text in condition.values()}
    return sorted(thresholds)


def fired(name: str, answers: dict[str, Any]) -> frozenset[str]:
    """The rules whose conditions all hold."""
    rules = file(name)["rules"].items()
    return frozenset(
        id for id, rule in rules if all(holds(condition, answers[asked]) for asked, condition in rule["when"].items())
    )


def telling(name: str, question: str, answer: str) -> tuple[bool, ...]:
    """Which conditions on a question hold for an answer: answers that agree in all are one to the rules."""
    rules = file(name)["rules"].values()
    return tuple(holds(rule["when"][question], answer) for rule in rules if question in rule["when"])


def answers(name: str, question: str) -> list[Any]:
    """An answer for each interval between thresholds, or for each group of words that no rule tells apart."""
    options = file(name)["questions"][question]
    if options == "number":
        inner = ends(name, question)
        return [inner[0] / 2, *inner]
    groups: dict[tuple[bool, ...], str] = {}
    for word in options:
        groups.setdefault(telling(name, question, word), word)
    return list(groups.values())


def cases(name: str) -> list[JsonObject]:
    """Every combination of answers, question by question as the file lists them.

    Combinations that agree in what is still open go on as one: for every rule, whether it can still hold.
    """
    whens = [rule["when"] for rule in file(name)["rules"].values()]
    together: dict[tuple[bool, ...], JsonObject] = {(True,) * len(whens): {}}
    for question in file(name)["questions"]:
        after: dict[tuple[bool, ...], JsonObject] = {}
        for open_rules, known in together.items():
            for answer in answers(name, question):
                still = tuple(
                    is_open and (question not in when or holds(when[question], answer))
                    for is_open, when in zip(open_rules, whens, strict=True)
                )
                after.setdefault(still, {**known, question: answer})
        together = after
    return list(together.values())


def some_cases(name: str, count: int) -> list[JsonObject]:
    """Random combinations of all answers, the same in every run."""
    random = Random(name)
    questions = file(name)["questions"]
    return [{question: random.choice(answers(name, question)) for question in questions} for _ in range(count)]
