"""What a question means, why it starts with its value and what it may be, one tap away."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from calculators.engine.answering.answer import Answer
from calculators.engine.declare import Among, Choice, InputKind, Lines, Month, NumberInput, Pick, Several, YesNo
from calculators.engine.numbers.rounding import grouped_number, unrounded_quantity
from calculators.engine.numbers.units import SHARE
from calculators.views.html.sources import html_source, html_source_quantity
from calculators.views.html.tags import Safe, joined_html, tag
from calculators.views.wording import wording_of_alternative_units


def form_help(answer: Answer, kind: InputKind) -> Safe:
    """The help of a question, folded away; nothing where there is none."""
    parts = [
        part
        for part in (
            kind.help,
            _form_help_default(answer, kind),
            _form_help_bounds(kind),
            _form_help_alternative_units(answer, kind),
        )
        if part
    ]
    if not parts:
        return Safe("")
    text = joined_html(*(piece for part in parts for piece in (" ", part)))
    return tag("details", tag("summary", "?", aria_label=f"About {kind.label}"), tag("p", text), class_="field-about")


def _form_help_default(answer: Answer, kind: InputKind) -> str:
    """The value a question starts with and its reason, or its source where it is a fact."""
    match kind:
        case NumberInput(default=str(name)):
            fact = answer.facts.fact(name)
            start = joined_html(
                f"Starts at {html_source_quantity(fact)}, ", html_source(answer, fact), "" if fact.because else "."
            )
            ends = [unrounded_quantity(Decimal(end), kind.unit) for end in fact.range]
            return joined_html(start, f" It may well lie between {ends[0]} and {ends[1]}.") if ends else start
        case NumberInput(default=None):
            return f"Starts open: {kind.because}."
        case NumberInput(default=number):
            return f"Starts at {unrounded_quantity(number, kind.unit)}: {kind.because}."
        case YesNo():
            return f"Starts with {'yes' if kind.default else 'no'}: {kind.because}."
        case Lines():
            return f"Starts as it is: {kind.because}."
        case Month():
            return f"Starts with {kind.default}: {kind.because}."
        case Choice():
            return f"Starts with {kind.options[kind.default]}: {kind.because}."
        case Among():
            return "Starts with any."
        case Several():
            return "Starts with none, which leaves none out."
        case Pick():
            return f"Starts with {answer.facts.entry(kind.collection, kind.default)['name']}: {kind.because}."
    return ""


def _form_help_bounds(kind: InputKind) -> str:
    """The bounds of a number in words."""
    if not isinstance(kind, NumberInput):
        return ""
    low, high = unrounded_quantity(kind.low, kind.unit), unrounded_quantity(kind.high, kind.unit)
    return f"From {low} to {high}, or a range such as {form_range_example(kind)}."


def _form_help_alternative_units(answer: Answer, kind: InputKind) -> str:
    """What else may be typed in place of the unit, such as pages in place of tokens."""
    return wording_of_alternative_units(kind, answer.facts) if isinstance(kind, NumberInput) else ""


def form_range_example(kind: NumberInput) -> str:
    """A range that could be typed, about what the question starts with."""
    start = (
        kind.default
        if isinstance(kind.default, Decimal) and kind.default
        else min(kind.low + 1, (kind.low + kind.high) / 2)
    )
    low, high = start * Decimal("0.8"), start * Decimal("1.2")
    if kind.whole:
        low, high = low.to_integral_value(ROUND_FLOOR), high.to_integral_value(ROUND_CEILING)
    ends = max(low, kind.low), min(high, kind.high)
    return "..".join(unrounded_quantity(end, SHARE) if kind.unit is SHARE else grouped_number(end) for end in ends)
