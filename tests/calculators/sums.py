"""Evaluates the numbers of a working, such as `3 × (0.1 + 2) ÷ floor(7)`, with none of the project's arithmetic."""

from __future__ import annotations

import operator
import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache
from typing import Any

from tests.calculators.by_hand_break_even import POWERS
from tests.calculators.by_hand_evaluating import FUNCTIONS as EXACT_TESTS

FUNCTIONS = EXACT_TESTS | POWERS
DIGITS = Context(prec=28, rounding=ROUND_HALF_EVEN)
"""What the page promises: every step is computed with 28 digits, half-even."""

TOKEN = re.compile(r"\s*(-?\d+(?:\.\d+)?|[a-z]+(?: [a-z]+)*|[Φ√]|[×÷+−(),])")


class Unreadable(ValueError):
    """The text is no sum."""


@lru_cache(100_000)
def evaluate(text: str) -> Decimal | None:
    """The value of a sum; `nothing` is None."""
    tokens: list[str] = []
    at = 0
    while at < len(text.rstrip()):
        match = TOKEN.match(text, at)
        if not match:
            raise Unreadable(f"{text!r} at {text[at : at + 20]!r}")
        tokens.append(match[1])
        at = match.end()
    if tokens == ["nothing"]:
        return None
    value, rest = _sum(tokens)
    if rest:
        raise Unreadable(f"{text!r}: left over {rest}")
    return value


COMPARED = {"<": operator.lt, "≤": operator.le, ">": operator.gt, "≥": operator.ge, "=": operator.eq, "≠": operator.ne}


def holds(text: str) -> bool:
    """Whether a condition holds, such as `1550 ≥ 512`, `yes`, `not (0.5 is published)`."""
    if text in ("yes", "no"):
        return text == "yes"
    if text.startswith("not (") and text.endswith(")"):
        return not holds(text[5:-1])
    for word, together in ((" or ", any), (" and ", all)):
        if word in text:
            return together([holds(part) for part in text.split(word)])
    published = re.fullmatch(r"(\S+) is (not )?(?:published|given)", text)
    if published:
        return (published[1] == "nothing") == bool(published[2])
    chosen = re.fullmatch(r"(\w+) is (not )?(\w+)", text)
    if chosen:
        return (chosen[1] == chosen[3]) != bool(chosen[2])
    compared = re.fullmatch(r"(.+) ([<≤>≥=≠]) (.+)", text)
    if not compared:
        raise Unreadable(text)
    return bool(COMPARED[compared[2]](evaluate(compared[1]), evaluate(compared[3])))


def _sum(tokens: list[str]) -> tuple[Decimal, list[str]]:
    value, tokens = _product(tokens)
    while tokens and tokens[0] in "+−":
        sign, (other, tokens) = tokens[0], _product(tokens[1:])
        value = DIGITS.add(value, other) if sign == "+" else DIGITS.subtract(value, other)
    return value, tokens


def _product(tokens: list[str]) -> tuple[Decimal, list[str]]:
    value, tokens = _part(tokens)
    while tokens and tokens[0] in "×÷":
        sign, (other, tokens) = tokens[0], _part(tokens[1:])
        value = DIGITS.multiply(value, other) if sign == "×" else DIGITS.divide(value, other)
    return value, tokens


def _part(tokens: list[str]) -> tuple[Decimal, list[str]]:
    if not tokens:
        raise Unreadable("it ends too early")
    first, tokens = tokens[0], tokens[1:]
    if first == "(":
        value, tokens = _sum(tokens)
        return value, _closed(tokens)
    if first in ("smallest", "largest", "ceil", "floor", "√", *FUNCTIONS):
        values: list[Decimal] = []
        while not values or tokens[0] == ",":
            value, tokens = _sum(tokens[1:])
            values.append(value)
        return _called(first, values), _closed(tokens)
    if not re.fullmatch(r"-?\d+(\.\d+)?", first):
        raise Unreadable(f"{first!r} is no number")
    return Decimal(first), tokens


def _called(name: str, values: list[Decimal]) -> Any:
    if name in ("smallest", "largest"):
        return min(values) if name == "smallest" else max(values)
    if name in FUNCTIONS:
        return FUNCTIONS[name](*values)
    (value,) = values
    if name == "√":
        return DIGITS.sqrt(value)
    return value.to_integral_value(ROUND_CEILING if name == "ceil" else ROUND_FLOOR)


def _closed(tokens: list[str]) -> list[str]:
    if not tokens or tokens[0] != ")":
        raise Unreadable("a bracket is not closed")
    return tokens[1:]
