"""The rules decided once more, slowly and straight from the YAML files, with none of the project's code."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parents[2] / "data" / "decisions"


@cache
def file(name: str) -> dict[str, Any]:
    """A decision as written; every value stays a text."""
    loaded: dict[str, Any] = yaml.load((FOLDER / f"{name}.yaml").read_text("utf-8"), yaml.BaseLoader)
    return loaded


def holds(condition: Any, answer: Any) -> bool:
    """Whether a condition holds for an answer."""
    if isinstance(condition, str):
        return answer == condition
    if isinstance(condition, list):
        return answer in condition
    number = Fraction(answer)
    if "at_least" in condition and number < Fraction(condition["at_least"]):
        return False
    return not ("below" in condition and number >= Fraction(condition["below"]))


def listed(it: Any) -> list[str]:
    """One rung or several as a list."""
    return [it] if isinstance(it, str) else list(it)


def verdict(name: str, answers: dict[str, Any], without: str = "") -> str:
    """The rung that the rules lead to; a rule can be left out."""
    favored, out = set(), set()
    for id, rule in file(name)["rules"].items():
        if id != without and all(holds(it, answers[question]) for question, it in rule["when"].items()):
            favored |= set(listed(rule.get("favors", [])))
            out |= set(listed(rule.get("rules_out", [])))
    for rung in file(name)["ladder"]:
        if rung in favored and rung not in out:
            return str(rung)
    return ""


def ends(name: str, question: str) -> list[Fraction]:
    """The thresholds of a question that is answered by a number, ascending."""
    found = set()
    for rule in file(name)["rules"].values():
        condition = rule["when"].get(question, "")
        if isinstance(condition, dict):
            found |= {Fraction(text) for text in condition.values()}
    return sorted(found)


def telling(name: str, question: str, answer: str) -> tuple[bool, ...]:
    """Which conditions on a question hold for an answer: answers that agree in all are one to the rules."""
    rules = file(name)["rules"].values()
    return tuple(holds(rule["when"][question], answer) for rule in rules if question in rule["when"])


def answers(name: str, question: str) -> list[Any]:
    """An answer for each interval between thresholds, or for each group of words that no rule tells apart."""
    told = file(name)["questions"][question]
    if told == "number":
        inner = ends(name, question)
        return [inner[0] / 2, *inner]
    groups: dict[tuple[bool, ...], str] = {}
    for word in told:
        groups.setdefault(telling(name, question, word), word)
    return list(groups.values())


def cases(name: str) -> list[dict[str, Any]]:
    """Every combination of answers."""
    questions = list(file(name)["questions"])
    found = product(*(answers(name, question) for question in questions))
    return [dict(zip(questions, combination, strict=True)) for combination in found]
