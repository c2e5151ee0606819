"""A single output in words, as a headline shows it, and labels with the names that a reader gave to things."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from decimal import Decimal

from calculators.engine.declare import Amount, Judgement, Kind, OutputValue
from calculators.engine.numbers.intervals import joined_ends, rounded_ends, rounded_ends_without_noun, rounded_interval
from calculators.engine.numbers.rounding import NOTHING, rounded_amount, rounded_without_noun
from calculators.engine.numbers.units import Unit


def headline_text(kind: Kind, output: OutputValue, places: int = 0) -> str:
    """A scalar output in words; money goes without its `per month`, which the label says.

    `places` are the decimals that an amount has at least.
    """
    if output is None:
        return NOTHING
    if isinstance(kind, Amount):
        return headline_amount_in_words(output, kind.unit, places)
    if hasattr(kind, "options"):
        return str(kind.options[output])
    if hasattr(output, "likely"):
        return NOTHING if output.likely is None else rounded_interval(output.low, output.high, kind.unit)
    return str(getattr(output, "answer", output))


def headline_figures_in_words(judgement: Judgement, words: str) -> str:
    """The words of a judgement's headline without the names that it calls; none where words alone are the answer.

    >>> headline_figures_in_words(Judgement("", (), rests_on="cost", called=("o3", "4o")), "o3, $34 a month; 4o, $40")
    ', $34 a month; , $40'
    """
    if judgement.amounts is None and not judgement.rests_on:
        return ""
    figures = ""
    for name in judgement.called:
        before, found, after = words.partition(name)
        figures, words = (figures + before, after) if found else (figures, words)
    return figures + words


def labeled_output(kind: Kind, output: OutputValue) -> tuple[str, str]:
    """What a scalar output is called, and the output in words: below zero an amount may have a label of its own."""
    loss = getattr(kind, "loss", "")
    if loss and output is not None and output < 0:
        return loss, headline_text(kind, -output)
    label = str(getattr(kind, "label", ""))
    if isinstance(kind, Amount) and does_label_say_unit(label, kind.unit):
        return label, rounded_without_noun(output, kind.unit)
    return label, headline_text(kind, output)


def does_label_say_unit(label: str, unit: Unit) -> bool:
    """Whether a label names a rate in full, so that its number needs no unit.

    >>> from calculators.engine.numbers.units import base_unit
    >>> speed = (base_unit("token") / base_unit("second")).named("token/second")
    >>> does_label_say_unit("Tokens a second in an answer", speed), does_label_say_unit("Speed", speed)
    (True, False)
    """
    above, _, below = (unit.noun or unit.text).partition("/")
    return bool(below) and re.search(rf"\b{above}s (?:in )?an? {below}\b", label, re.IGNORECASE | re.ASCII) is not None


def headline_amount_in_words(amount: Decimal | None, unit: Unit, places: int = 0) -> str:
    """An amount in its unit; money goes without its `per month`."""
    written = rounded_without_noun if is_money_headline(unit) else rounded_amount
    return written(amount, unit, places)


def headline_ends_in_words(low: float, high: float, unit: Unit) -> str:
    """Two ends of a range in its unit, `$1,200 to $1,900`; money goes without its `per month`."""
    written = rounded_ends_without_noun if is_money_headline(unit) else rounded_ends
    return joined_ends(*written(low, high, unit))


def is_money_headline(unit: Unit) -> bool:
    """Whether a headline writes a unit by its dollar sign alone: what the money is for, its label says."""
    return ("USD", 1) in unit.powers


def kinds_named_in_headline(declared: Mapping[str, Kind], names: Mapping[str, str]) -> dict[str, Kind]:
    """The kinds of outputs with names in their labels, their help and the labels of their columns."""
    return {output: _label_named_in_headline(kind, names) for output, kind in declared.items()}


def _label_named_in_headline(kind: Kind, names: Mapping[str, str]) -> Kind:
    changes: dict[str, object] = {
        word: named_in_headline(getattr(kind, word), names)
        for word in ("label", "loss", "help")
        if getattr(kind, word, "")
    }
    if columns := getattr(kind, "columns", ()):
        changes["columns"] = tuple(
            dataclasses.replace(column, label=named_in_headline(column.label, names)) for column in columns
        )
    return dataclasses.replace(kind, **changes)


def named_in_headline(words: str, names: Mapping[str, str]) -> str:
    """Words with names in place of what stands for them, at the beginning of a sentence too.

    >>> named_in_headline("The first plan, over these months", {"the first plan": "Prompting"})
    'Prompting, over these months'
    """
    if not names:
        return words
    lower = {phrase.lower(): name for phrase, name in names.items()}
    phrases = "|".join(map(re.escape, lower))

    def named(match: re.Match[str]) -> str:
        phrase, name = match[0], lower[match[0].lower()]
        return phrase[0] + name[1:] if name[:1].lower() == phrase[0].lower() else name

    return re.sub(rf"\b(?:{phrases})\b", named, words, flags=re.IGNORECASE | re.ASCII)
