"""Reads numbers as people type them: the one parser for the page, the terminal and links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.units import SHARE, Unit

LONGEST = 40
"""No number that a person types is longer."""

_SPACES = "\u00a0\u2009\u202f\u2007"
_MINUS = "\u2212\u2013"
_SUFFIXES = {"": 0, "k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "b": 9, "bn": 9, "billion": 9}
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)?(?P<part>\.\d*)?(?P<power>e[+-]?\d{1,3})?"
)


class Misread(ValueError):
    """The text is no number; the message says in words what to type instead."""


class Refused(Exception):
    """Inputs that cannot be answered: `problems` maps each input's name to one sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Spread:
    """A number typed as a range; `likely` is its middle unless it was typed as a value with a plus-minus."""

    low: Decimal
    likely: Decimal
    high: Decimal


def read(typed: str, label: str, unit: Unit) -> Decimal | Spread:
    """The number or range in a text; Misread says what is wrong in terms of the field's label.

    A range is typed as two numbers with `..` between them, or as a number with `±`: `±20%` is a share of that number.

    >>> from calculators.engine.units import TOKENS
    >>> read("1.5m", "Tokens", TOKENS) == 1_500_000
    True
    >>> read("80k..120k", "Tokens", TOKENS).likely == 100_000
    True
    """
    text = _plain(typed[: 20 * LONGEST])
    if not text:
        raise Misread(f"Enter {label[:1].lower()}{label[1:]}")
    if ".." in text:
        low, high = (read_number(side, label, unit) for side in text.split("..", 1))
        return _spread(low, (low + high) / 2, high, label)
    around = re.fullmatch(r"(.+?)(?:±|\+/-|\+-)(.+)", text)
    if around:
        middle = read_number(around[1], label, unit)
        relative = around[2].strip().endswith("%")
        by = read_number(around[2], label, SHARE if relative else unit)
        by = abs(middle) * by if relative else by
        return _spread(middle - by, middle, middle + by, label)
    return read_number(text, label, unit)


def read_number(typed: str, label: str, unit: Unit) -> Decimal:
    """The one number in a text, as an exact Decimal."""
    text = _plain(typed).lower()
    not_a_number = Misread(f"{label} must be a number, like {'30% or 0.3' if unit is SHARE else '1000 or 2.5'}")
    if not text or len(text) > LONGEST:
        if len(text) > LONGEST and text.strip("0123456789,. ") == "":
            raise Misread(f"{label} must be 1 trillion or less")
        raise not_a_number
    if any(sign.isnumeric() and not sign.isascii() for sign in text):
        raise Misread(f"{label}: use the digits 0 to 9")
    text, percent = _without_signs(text, unit, not_a_number)
    match = re.fullmatch(r"([+-]?[\d., ]*?(?:e[+-]?\d{1,3})?) ?([a-z]*)", text)
    if not match or match[2] not in _SUFFIXES or (percent and match[2]):
        raise not_a_number
    body = match[1].strip()
    number = _NUMBER.fullmatch(body)
    if not number or not (number["digits"] or (number["part"] or "") > "."):
        if re.fullmatch(r"[+-]?[\d.]*,\d*|[+-]?\d{1,3}(\.\d{3})+,\d*", body):
            raise Misread(f"{label}: use a point for decimals, like 1000.50")
        if re.fullmatch(r"[+-]?\d[\d ,.]*", body):
            raise Misread(f"{label}: group digits in threes, like 12,000, and use one point for decimals")
        raise not_a_number
    power = _SUFFIXES[match[2]] - (2 if percent else 0) + int((number["power"] or "e0")[1:])
    if power > 15:
        raise Misread(f"{label} must be 1 trillion or less")
    if power < -30:
        raise Misread(f"{label} is too small to count")
    digits = (number["digits"] or "0").replace(",", "").replace(" ", "")
    value = Decimal(f"{number['sign']}{digits}{number['part'] or ''}").scaleb(power)
    return abs(value) if value == 0 else value


def _plain(typed: str) -> str:
    text = typed.strip()
    for space in _SPACES:
        text = text.replace(space, " ")
    for minus in _MINUS:
        text = text.replace(minus, "-")
    return text.strip()


def _without_signs(text: str, unit: Unit, not_a_number: Misread) -> tuple[str, bool]:
    """The text without its dollar or percent sign, where the unit allows one."""
    sign = re.match(r"[+-]?", text)
    assert sign
    rest = text[sign.end() :].lstrip()
    if rest.startswith("$"):
        if ("USD", 1) not in unit.powers:
            raise not_a_number
        rest = rest[1:].lstrip()
    percent = rest.endswith("%")
    if percent:
        if unit.powers or unit.noun not in ("", SHARE.noun):
            raise not_a_number
        rest = rest[:-1].rstrip()
    return sign[0] + rest, percent


def _spread(low: Decimal, likely: Decimal, high: Decimal, label: str) -> Spread:
    if low > high:
        raise Misread(f"{label}: write the smaller number first, like 80k..120k")
    return Spread(low, likely, high)


def same_digits(typed: str, written: str) -> bool:
    """Whether a person typed just what would be written, apart from grouping and blanks."""

    def bare(text: str) -> str:
        return re.sub(r"[\s,$]", "", _plain(text)).lower()

    return bare(typed) == bare(written)
