"""Evaluates the numbers of a working, such as `3 × (0.1 + 2) ÷ floor(7)`, with none of the project's arithmetic."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache
from typing import Any

from tests.calculators.agents.by_hand import FUNCTIONS as STEPS
from tests.calculators.choosing.break_even_by_hand import POWERS
from tests.calculators.evaluating.by_hand import FUNCTIONS as EXACT_TESTS
from tests.calculators.evaluating.graded_by_hand import FUNCTIONS as T_TESTS
from tests.calculators.evaluating.judge_by_hand import FUNCTIONS as JUDGE_TESTS
from tests.calculators.serving.latency_by_hand import FUNCTIONS as WAITS
from tests.calculators.serving.self_hosting.by_hand import FUNCTIONS as QUEUES

DIGITS = Context(prec=28, rounding=ROUND_HALF_EVEN)
"""What the page promises: every step is computed with 28 digits, half-even."""


def exponential(power: Decimal) -> Decimal:
    """e to a power, to the 12 digits that are promised."""
    return Decimal(f"{DIGITS.exp(power):.11e}")


def logarithm(number: Decimal) -> Decimal:
    """The natural logarithm, to the 12 digits that are promised."""
    return Decimal(f"{DIGITS.ln(number):.11e}")


BY_DIGITS = {"exp": exponential, "ln": logarithm}
"""Functions of one number that are promised to 12 digits."""

FUNCTIONS = EXACT_TESTS | JUDGE_TESTS | POWERS | QUEUES | STEPS | T_TESTS | WAITS | BY_DIGITS

TOKEN = re.compile(r"\s*(-?\d+(?:\.\d+)?|[a-z]+(?: [a-z]+)*|[Φ√]|[×÷+−(),])")


class Unreadable(ValueError):
    """The text is no sum."""


@lru_cache(100_000)
def evaluate(text: str) -> Decimal | None:
    """The value of a sum; `nothing` is None."""
    tokens: list[str] = []
    position = 0
    while position < len(text.rstrip()):
        match = TOKEN.match(text, position)
        if not match:
            raise Unreadable(f"{text!r} at {text[position : position + 20]!r}")
        tokens.append(match[1])
        position = match.end()
    if tokens == ["nothing"]:
        return None
    result, rest = _sum(tokens)
    if rest:
        raise Unreadable(f"{text!r}: left over {rest}")
    return result


COMPARED: dict[str, Callable[[Any, Any], object]] = {
    "<": operator.lt,
    "≤": operator.le,
    ">": operator.gt,
    "≥": operator.ge,
    "=": operator.eq,
    "≠": operator.ne,
}


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
    left, right = evaluate(compared[1]), evaluate(compared[3])
    return bool(COMPARED[compared[2]](left, right))


def _sum(tokens: list[str]) -> tuple[Decimal, list[str]]:
    total, tokens = _product(tokens)
    while tokens and tokens[0] in "+−":
        sign, (term, tokens) = tokens[0], _product(tokens[1:])
        total = DIGITS.add(total, term) if sign == "+" else DIGITS.subtract(total, term)
    return total, tokens


def _product(tokens: list[str]) -> tuple[Decimal, list[str]]:
    product, tokens = _part(tokens)
    while tokens and tokens[0] in "×÷":
        sign, (factor, tokens) = tokens[0], _part(tokens[1:])
        product = DIGITS.multiply(product, factor) if sign == "×" else DIGITS.divide(product, factor)
    return product, tokens


def _part(tokens: list[str]) -> tuple[Decimal, list[str]]:
    if not tokens:
        raise Unreadable("it ends too early")
    first, tokens = tokens[0], tokens[1:]
    if first == "(":
        result, tokens = _sum(tokens)
        return result, _closed(tokens)
    if first in ("smallest", "largest", "ceil", "floor", "√", *FUNCTIONS):
        values: list[Decimal] = []
        while not values or tokens[0] == ",":
            result, tokens = _sum(tokens[1:])
            values.append(result)
        return _called(first, values), _closed(tokens)
    if not re.fullmatch(r"-?\d+(\.\d+)?", first):
        raise Unreadable(f"{first!r} is no number")
    return Decimal(first), tokens


def _called(name: str, values: list[Decimal]) -> Any:
    if name in ("smallest", "largest"):
        return min(values) if name == "smallest" else max(values)
    if name in FUNCTIONS:
        return FUNCTIONS[name](*values)
    (number,) = values
    if name == "√":
        return DIGITS.sqrt(number)
    return number.to_integral_value(ROUND_CEILING if name == "ceil" else ROUND_FLOOR)


def _closed(tokens: list[str]) -> list[str]:
    if not tokens or tokens[0] != ")":
        raise Unreadable("a bracket is not closed")
    return tokens[1:]
