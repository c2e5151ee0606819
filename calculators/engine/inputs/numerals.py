"""Reads numbers as people type them: the one parser for the page, the terminal and links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from calculators.engine.numbers.rounding import unrounded_quantity
from calculators.engine.numbers.units import SHARE, Unit, counts_things

LONGEST = 40
"""No number that a person types is longer."""

_SPACES = "\u00a0\u2009\u202f\u2007"
_MINUS = "\u2212\u2013"
_SUFFIXES = {
    "": 0,
    **dict.fromkeys(("k", "thousand", "thousands"), 3),
    **dict.fromkeys(("m", "mn", "million", "millions"), 6),
    **dict.fromkeys(("b", "bn", "billion", "billions"), 9),
    **dict.fromkeys(("t", "tn", "trillion", "trillions"), 12),
}
_SCALED = frozenset(("GB", "TFLOPS", "Mtok", "Mread", "Mwrite", "Mdim"))
"""The base units that count thousands, millions or more of what they measure."""

_SINGLE_FROM = 10**6
"""From here on, a bare number in a field that counts in thousands, millions or billions counts single things: 7e9."""
_NUMBER = (
    r"(?P<sign>[+-]?)(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)?(?P<part>\.\d*)?(?P<power>e[+-]?\d{1,3})?"
)
_GROUPED_BY_A_POINT = r"(?P<sign>[+-]?)(?P<whole>[1-9]\d{0,2})\.(?P<part>\d{3})"
"""A decimal number that is a whole one with its thousands grouped where people write a point between them."""


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


NO_THINGS: Mapping[str, Decimal] = MappingProxyType({})


def read_numeral_or_range(
    typed: str, label: str, unit: Unit, things: Mapping[str, Decimal] = NO_THINGS
) -> Decimal | Spread:
    """The number or range in a text; Misread says what is wrong in terms of the field's label.

    A range is typed as two numbers with `..` between them, or as a number with `±`: `±20%` is a share of that number.
    `things` are what may be typed in place of the unit, and how many of the unit each is.

    >>> from calculators.engine.numbers.units import TOKENS
    >>> read_numeral_or_range("1.5m", "Tokens", TOKENS) == 1_500_000
    True
    >>> read_numeral_or_range("80k..120k", "Tokens", TOKENS).likely == 100_000
    True

    >>> read_numeral_or_range("2 pages", "Tokens", TOKENS, {"page": Decimal(600)})
    Decimal('1200')

    In a field that counts things, `30.000` is asked about: half of Europe writes thirty thousand so.

    In a field that counts in billions, `7B`, `7 billion` and `7e9` mean what they mean everywhere.
    """
    text = _numeral_plain(typed[: 20 * LONGEST])
    if not text:
        raise Misread(f"Enter {label[:1].lower()}{label[1:]}")
    if ".." in text:
        left, right = text.split("..", 1)
        if (thing := _numeral_thing(right, things)) and not _numeral_thing(left, things):
            left = f"{left} {thing}"
        low, high = (read_numeral(side, label, unit, things) for side in (left, right))
        if low > high and "%" in right and "%" not in left:
            raise Misread(f"{label}: write the percent sign at both ends, like 5%..10%")
        return _numeral_spread(low, (low + high) / 2, high, label)
    around = re.fullmatch(r"(.+?)(?:±|\+/-|\+-)(.+)", text)
    if around:
        middle = read_numeral(around[1], label, unit, things)
        relative = around[2].strip().endswith("%")
        by = read_numeral(around[2], label, SHARE if relative else unit, NO_THINGS if relative else things)
        by = abs(middle) * by if relative else by
        return _numeral_spread(middle - by, middle, middle + by, label)
    return read_numeral(text, label, unit, things)


def read_numeral(typed: str, label: str, unit: Unit, things: Mapping[str, Decimal] = NO_THINGS) -> Decimal:
    """The one number in a text, as an exact Decimal; of `things` that are typed by name, in the unit."""
    named = f", or in words, like 2 {next(iter(things))}s" if things else ""
    not_a_number = Misread(f"{label} must be a number, like {_numeral_example(unit)}{named}")
    if thing := _numeral_thing(typed, things):
        counted = _numeral_plain(typed)[: -len(thing)]
        return _read_bare_numeral(counted, label, unit, not_a_number) * things[thing.removesuffix("s")]
    return _read_bare_numeral(typed, label, unit, not_a_number)


def _read_bare_numeral(typed: str, label: str, unit: Unit, not_a_number: Misread) -> Decimal:
    text = _numeral_plain(typed).lower()
    if not text or len(text) > LONGEST:
        if len(text) > LONGEST and text.strip("0123456789,. ") == "":
            raise Misread(f"{label} must be 1 trillion or less")
        raise not_a_number
    if not text.isascii() and _has_foreign_numeral_digits(text):
        raise Misread(f"{label}: use the digits 0 to 9")
    text, percent = _numeral_without_signs(text, unit, not_a_number)
    match = re.fullmatch(r"([+-]?[\d., ]*?(?:e[+-]?\d{1,3})?) ?([a-z]*)", text, re.ASCII)
    if not match or match[2] not in _SUFFIXES or (percent and match[2]):
        raise not_a_number
    body = match[1].strip()
    number = re.fullmatch(_NUMBER, body, re.ASCII)
    if not number or not (number["digits"] or (number["part"] or "") > "."):
        if re.fullmatch(r"[+-]?[\d.]*,\d*|[+-]?\d{1,3}(\.\d{3})+,\d*", body, re.ASCII):
            raise Misread(f"{label}: use a point for decimals, like 1000.50")
        if re.fullmatch(r"[+-]?\d[\d ,.]*", body, re.ASCII):
            raise Misread(f"{label}: group digits in threes, like 12,000, and use one point for decimals")
        raise not_a_number
    if counts_things(unit) and not (match[2] or percent):
        _refuse_grouping_by_points(body, label)
    power = _SUFFIXES[match[2]] - (2 if percent else 0) + int((number["power"] or "e0")[1:])
    if power > 15:
        raise Misread(f"{label} must be 1 trillion or less")
    if power < -30:
        raise Misread(f"{label} is too small to count")
    digits = (number["digits"] or "0").replace(",", "").replace(" ", "")
    amount = Decimal(f"{number['sign']}{digits}{number['part'] or ''}").scaleb(power)
    if match[2] or abs(amount) >= _SINGLE_FROM:
        amount = amount.scaleb(-_SUFFIXES.get(unit.noun, 0))
    return abs(amount) if amount == 0 else amount


def _refuse_grouping_by_points(body: str, label: str) -> None:
    """Asks which number is meant where a count such as 30.000 is a decimal, or one grouped as in German."""
    typed = re.fullmatch(_GROUPED_BY_A_POINT, body, re.ASCII)
    if typed:
        sign, whole, part = typed["sign"], typed["whole"], typed["part"]
        small = f"{sign}{whole}.{part}".rstrip("0").rstrip(".")
        raise Misread(
            f"{label}: is this {small} or {sign}{whole},{part}? Type {spelled_decimals(small)} or {sign}{whole}{part}"
        )


def spelled_decimals(text: str) -> str:
    """A number as text that nobody takes for one with its thousands grouped: `12.345` gets one more zero."""
    return f"{text}0" if re.fullmatch(_GROUPED_BY_A_POINT, text, re.ASCII) else text


def _numeral_thing(text: str, things: Mapping[str, Decimal]) -> str:
    """The name of a thing at the end of a text, as it is typed there in lower case; empty where there is none."""
    words = re.search(r"[a-z]+$", _numeral_plain(text).lower(), re.ASCII)
    return words[0] if words and words[0].removesuffix("s") in things else ""


def names_numeral_thing(text: str, things: Mapping[str, Decimal]) -> bool:
    """Whether a text names a thing anywhere, also before `..` or `±`.

    >>> names_numeral_thing("80 pages ± 5%", {"page": Decimal(600)}), names_numeral_thing("80k", {"page": Decimal(600)})
    (True, False)
    """
    return any(word.removesuffix("s") in things for word in re.findall(r"[a-z]+", text.lower(), re.ASCII))


def _has_foreign_numeral_digits(text: str) -> bool:
    """Whether a text has digits of another script: those of Unicode 3.2, the one table that every Python has."""
    from unicodedata import ucd_3_2_0 as table  # hardly any text needs it

    return any(not sign.isascii() and table.numeric(sign, None) is not None for sign in text)


def _numeral_example(unit: Unit) -> str:
    """What could be typed, and what it means where the unit counts in millions or more."""
    if unit is SHARE:
        return "30% or 0.3"
    if unit.noun in _SUFFIXES and unit.noun:
        return f"2.5 or 2.5{unit.noun[0].upper()} for {unrounded_quantity(Decimal('2.5'), unit)}"
    if any(base in _SCALED for base, _ in unit.powers):
        return f"2.5 for {unrounded_quantity(Decimal('2.5'), unit)}"
    return "1000 or 2.5"


def _numeral_plain(typed: str) -> str:
    text = typed.strip()
    for space in _SPACES:
        text = text.replace(space, " ")
    for minus in _MINUS:
        text = text.replace(minus, "-")
    return text.strip()


def _numeral_without_signs(text: str, unit: Unit, not_a_number: Misread) -> tuple[str, bool]:
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


def _numeral_spread(low: Decimal, likely: Decimal, high: Decimal, label: str) -> Spread:
    if low > high:
        raise Misread(f"{label}: write the smaller number first, like 80k..120k")
    return Spread(low, likely, high)


def same_numeral_digits(typed: str, written: str) -> bool:
    """Whether a person typed just what would be written, apart from grouping and blanks."""

    def bare(text: str) -> str:
        return re.sub(r"[\s,$]", "", _numeral_plain(text)).lower()

    return bare(typed) == bare(written)
