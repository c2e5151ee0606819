"""The working of an answer as HTML: each step in words and in numbers, and where every number came from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from calculators.engine.traced import Node, Traced
from calculators.engine.words import amount, quantity
from calculators.engine.working import Step, Working, by_label, by_value, picked, written, written_condition
from calculators.views.answer import Answer
from calculators.views.html import Safe, joined, tag
from calculators.views.sources import sourced

MANY = 6
"""Of more steps before the last, and of more numbers added up, only the ends are in sight until they are asked for."""

DIGITS = 14
"""A number with more digits is cut to 12 that count; the JSON has them all."""


def working(answer: Answer, name: str) -> Safe:
    """How one output came about, folded away; nothing where the output has no working."""
    found = workings(answer, [name])
    if not found:
        return found
    summary = tag("summary", f"Show working: {answer.kinds[name].label}")
    return tag("details", summary, found, class_="result-working", data_keep="working")


def workings(answer: Answer, names: list[str]) -> Safe:
    """How some outputs came about, one after the other."""
    return joined(*(_working(answer, it) for name in names for it in answer.workings(name)))


def _working(answer: Answer, it: Working) -> Safe:
    """The steps, the last in sight: many steps before it are folded away, and so are many terms."""
    *before, last = it.steps
    steps = [_step(step) for step in before]
    if len(before) > MANY:
        inner = tag("ol", *steps, class_="working-steps")
        fold = tag("details", tag("summary", f"The {len(before)} steps that lead to it"), inner)
        told = joined(tag("ol", _step(last), class_="working-steps"), fold)
    else:
        told = tag("ol", *steps, _step(last), class_="working-steps")
    if not it.terms:
        return told
    terms = tag("ul", *(tag("li", _term(answer, term)) for term in it.terms), class_="sources")
    heading = "Where the numbers come from"
    if len(it.terms) > 2 * MANY:
        return joined(told, tag("details", tag("summary", f"{heading}: {len(it.terms)} of them"), terms))
    return joined(told, tag("p", heading, class_="working-heading"), terms)


def _step(step: Step) -> Safe:
    value = ("yes" if step.value else "no") if step.unit is None else value_of(step.value, step.unit)
    name = tag("p", step.label, " ", tag("strong", value, translate="no"), class_="working-name")
    lines: list[Safe] = []
    if step.node is not None:
        words = written(step.node, by_label)
        if words != step.label:
            lines = [
                tag("p", "= ", words, class_="working-words"),
                tag("p", "= ", written(step.node, short), class_="working-numbers", translate="no"),
            ]
    summed = addends(step.node)
    if lines and len(summed) > MANY:
        ends = [(written(summed[0], leaf), written(summed[-1], leaf)) for leaf in (by_label, short)]
        folded = [
            tag("p", f"= {first} + … + {last}", class_="working-fold", translate=None if at == 0 else "no")
            for at, (first, last) in enumerate(ends)
        ]
        lines = [*folded, tag("details", tag("summary", f"All {len(summed)} that are added up"), *lines)]
    conditions = [tag("li", condition_told(condition)) for condition in step.conditions]
    return tag("li", name, *lines, tag("ul", *conditions, class_="working-conditions") if conditions else None)


def addends(node: Any) -> list[Any]:
    """The numbers that a sum adds up, from left to right; a formula that is no sum is its only one."""
    found = []
    while isinstance(node, Traced):
        if node.symbol == "choose":
            node = picked(node)
        elif node.symbol == "+":
            found.append(node.parts[1])
            node = node.parts[0]
        else:
            break
    return [node, *reversed(found)]


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
    """A number of a formula with its unit, its thousands grouped, its digits cut to 12 that count."""
    if not isinstance(node, Traced) or node.value is None:
        return by_value(node)
    value = node.value if len(by_value(node)) <= DIGITS else Decimal(f"{node.value:.11e}")
    return quantity(value, node.unit)
