"""The working of an answer as HTML: each step in words and in numbers, and where every number came from."""

from __future__ import annotations

from calculators.engine.answering.answer import Answer
from calculators.engine.answering.formula_text import (
    formula_branch,
    formula_text,
    label_in_formula,
    value_in_formula,
)
from calculators.engine.answering.working import Step, Working
from calculators.engine.declare import Amount, Range
from calculators.engine.numbers.rounding import unrounded_quantity
from calculators.engine.numbers.traced import Node, Traced
from calculators.views.html.folds import Filled, html_fold
from calculators.views.html.sources import html_source
from calculators.views.html.tags import Safe, joined_html, tag
from calculators.views.wording import wording_of_condition, wording_of_number, wording_of_origin, wording_of_step_result

MANY = 6
"""Of more steps before the last, and of more numbers added up, only the ends are in sight until they are asked for."""


def html_working(answer: Answer, name: str, filled: Filled) -> Safe:
    """How one output came about, folded away; nothing where the output has no working."""
    kind, output = answer.kinds[name], answer.values[name]
    is_certain = output is not None and has_html_working(kind, output)
    content = Safe("")
    if filled("working") or not is_certain:
        content = html_workings(answer, [name])
        if not content:
            return content
    summary = tag("summary", f"Show working: {kind.label}")
    return html_fold("working", summary, lambda: content, filled, class_="result-working")


def has_html_working(kind: object, output: object) -> bool:
    """Whether an output is a number that a formula gave, which needs no run of the formula to tell."""
    return isinstance(kind, Amount) or (isinstance(output, Range) and output.likely is not None)


def html_workings(answer: Answer, names: list[str]) -> Safe:
    """How some outputs came about, one after the other."""
    return joined_html(
        *(_html_working_body(answer, explained) for name in names for explained in answer.workings(name))
    )


def _html_working_body(answer: Answer, explained: Working) -> Safe:
    """The steps, the last in sight: many steps before it are folded away, and so are many terms."""
    *before, last = explained.steps
    steps = [_html_working_step(step) for step in before]
    if len(before) > MANY:
        inner = tag("ol", *steps, class_="working-steps")
        fold = tag("details", tag("summary", f"The {len(before)} steps that lead to it"), inner)
        shown = joined_html(tag("ol", _html_working_step(last), class_="working-steps"), fold)
    else:
        shown = tag("ol", *steps, _html_working_step(last), class_="working-steps")
    if not explained.terms:
        return shown
    terms = tag("ul", *(tag("li", _html_working_term(answer, term)) for term in explained.terms), class_="sources")
    heading = "Where the numbers come from"
    if len(explained.terms) > 2 * MANY:
        return joined_html(shown, tag("details", tag("summary", f"{heading}: {len(explained.terms)} of them"), terms))
    return joined_html(shown, tag("p", heading, class_="working-heading"), terms)


def _html_working_step(step: Step) -> Safe:
    result = wording_of_step_result(step)
    name = tag("p", step.label, " ", tag("strong", result, translate="no"), class_="working-name")
    lines: list[Safe] = []
    if step.node is not None:
        words = formula_text(step.node, label_in_formula)
        if words != step.label:
            lines = [
                tag("p", "= ", words, class_="working-words"),
                tag("p", "= ", formula_text(step.node, wording_of_number), class_="working-numbers", translate="no"),
            ]
    summed = _html_working_addends(step.node)
    if lines and len(summed) > MANY:
        ends = [
            (formula_text(summed[0], leaf), formula_text(summed[-1], leaf))
            for leaf in (label_in_formula, wording_of_number)
        ]
        folded = [
            tag("p", f"= {first} + … + {last}", class_="working-fold", translate=None if line == 0 else "no")
            for line, (first, last) in enumerate(ends)
        ]
        lines = [*folded, tag("details", tag("summary", f"All {len(summed)} that are added up"), *lines)]
    conditions = [tag("li", wording_of_condition(condition)) for condition in step.conditions]
    return tag("li", name, *lines, tag("ul", *conditions, class_="working-conditions") if conditions else None)


def _html_working_addends(node: Node | None) -> list[Node]:
    """The numbers that a sum adds up, from left to right; a formula that is no sum is its only one."""
    summed: list[Node] = []
    while isinstance(node, Traced):
        if node.symbol == "choose":
            node = formula_branch(node)
        elif node.symbol == "+":
            summed.append(node.parts[1])
            node = node.parts[0]
        else:
            break
    return [] if node is None else [node, *reversed(summed)]


def _html_working_term(answer: Answer, term: Node) -> Safe:
    number = unrounded_quantity(term.value, term.unit) if isinstance(term, Traced) else value_in_formula(term)
    name = joined_html(tag("span", term.label, class_="source-name"), tag("strong", number, translate="no"))
    fact = answer.fact_of(term)
    if fact:
        return joined_html(name, html_source(answer, fact))
    origin = wording_of_origin(term)
    return joined_html(name, tag("span", origin, class_="source") if origin else None)
