"""The working of an answer as HTML: each step in words and in numbers, and where every number came from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from calculators.engine.traced import Node, Traced
from calculators.engine.words import amount, grouped, quantity
from calculators.engine.working import Step, Working, by_label, by_value, written, written_condition
from calculators.views.answer import Answer
from calculators.views.html import Safe, joined, tag
from calculators.views.sources import sourced

DIGITS = 14
"""A number with more digits is cut to 12 that count; the JSON has them all."""


def working(answer: Answer, name: str) -> Safe:
    """How one output came about, folded away; nothing where the output has no working."""
    found = workings(answer, [name])
    if not found:
        return found
    return tag("details", tag("summary", "Show working"), found, class_="result-working", data_keep="working")


def workings(answer: Answer, names: list[str]) -> Safe:
    """How some outputs came about, one after the other."""
    return joined(*(_working(answer, it) for name in names for it in answer.workings(name)))


def _working(answer: Answer, it: Working) -> Safe:
    steps = tag("ol", *(_step(step) for step in it.steps), class_="working-steps")
    terms = [tag("li", _term(answer, term)) for term in it.terms]
    heading = tag("p", "Where the numbers come from", class_="working-heading")
    return joined(steps, heading if terms else None, tag("ul", *terms, class_="sources") if terms else None)


def _step(step: Step) -> Safe:
    value = ("yes" if step.value else "no") if step.unit is None else value_of(step.value, step.unit)
    name = tag("p", step.label, " ", tag("strong", value, translate="no"), class_="working-name")
    lines = []
    if step.node is not None:
        words = written(step.node, by_label)
        if words != step.label:
            lines = [tag("p", "= ", words), tag("p", "= ", written(step.node, short), translate="no")]
    conditions = [tag("li", condition_told(condition)) for condition in step.conditions]
    return tag("li", name, *lines, tag("ul", *conditions, class_="working-conditions") if conditions else None)


def condition_told(condition: Any) -> str:
    """A condition in words, whether it holds, and its numbers where it has any."""
    numbers = written_condition(condition, short)
    shown = f" ({numbers})" if any(sign.isdigit() for sign in numbers) else ""
    return f"{written_condition(condition, by_label)}: {'yes' if condition.value else 'no'}{shown}"


def _term(answer: Answer, term: Node) -> Safe:
    value = quantity(term.value, term.unit) if isinstance(term, Traced) else by_value(term)
    name = joined(tag("span", term.label, class_="source-name"), tag("strong", value, translate="no"))
    fact = answer.fact_of(term)
    if fact:
        return joined(name, sourced(answer, fact))
    told = origin_told(term)
    return joined(name, tag("span", told, class_="source") if told else None)


def origin_told(term: Node) -> str:
    """Where a number that is no published fact came from; nothing for a constant."""
    origin = term.origin
    if origin is None or origin.kind == "constant":
        return ""
    told = {"typed": "you typed it", "fact": "not published", "derived": origin.because}
    return told.get(origin.kind, f"default: {origin.because}")


def value_of(value: Any, unit: Any) -> str:
    """A value in full where that is short, else rounded for reading."""
    full = quantity(value, unit)
    return full if len(full) <= 24 else amount(value, unit)


def short(node: Any) -> str:
    """A number of a formula with its thousands grouped, its digits cut to 12 that count."""
    if not isinstance(node, Traced) or node.value is None:
        return by_value(node)
    return grouped(node.value if len(by_value(node)) <= DIGITS else Decimal(f"{node.value:.11e}"))
