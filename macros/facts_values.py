"""What a single value of a data file may be; every refusal says what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from macros.facts_problems import shown

PRICE_UNIT = "USD/Mtok"
UNITS = (
    "1", "GB", "TFLOPS", "USD", "USD/GB/month", "USD/hour", "USD/month", "USD/request", "byte", "day", "hour", "minute",
    "month", "share", "token", "token/second",
)  # fmt: skip
KINDS = ("inference", "embedding")
CONFIDENCE = ("A", "B", "C")
ACCEPTED = ("vanished", "retirement", "disagreement", "revised", "limit")
"""What the price refresh may find besides a change, which is accepted under the day on which it begins."""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


def _wrong(message: str) -> PydanticCustomError:
    return PydanticCustomError("data", "{said}", {"said": message})


def words(text: str) -> str:
    """Any text but none."""
    if not text.strip():
        raise _wrong("nothing is written here; write the value, or delete the line if there is none")
    return text.strip()


def day(text: str) -> str:
    """A day of the calendar, as 2026-11-21."""
    try:
        if _DATE.fullmatch(words(text)):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise _wrong(f"{shown(text)} is not a day; write it as 2026-11-21")


def link(text: str) -> str:
    """An address that a reader can open safely."""
    if not re.fullmatch(r"https://[^\s/?#@:<>\"']+\.[^\s/?#@:<>\"']+([/?#][^\s<>\"']*)?", words(text)):
        raise _wrong(f"{shown(text)} is not a web address; write one that begins with https://")
    return text


def name(text: str) -> str:
    """The id of an entry or of a source."""
    if not _NAME.fullmatch(words(text)):
        raise _wrong(f"{shown(text)} cannot be an id; use letters, digits and . _ / -")
    return text


def number(text: str) -> str:
    """A decimal number in its shortest form: 2.50 becomes 2.5."""
    if not _NUMBER.fullmatch(words(text)) or len(text) > 24:
        raise _wrong(_advice(text))
    value = Decimal(text)
    if value < 0:
        raise _wrong(f"{shown(text)} is below zero; write a number that is not negative")
    return format(value.normalize(), "f")


def _advice(text: str) -> str:
    bare = re.sub(r"USD|[$€£,_%\s]", "", text)
    try:
        value = Decimal(bare)
    except InvalidOperation:
        return f"{shown(text)} is not a number; write digits with a point, as 2.50"
    if not value.is_finite():
        return f"{shown(text)} is not a finite number; write the number, or delete the line if there is none"
    if abs(value.adjusted()) > 12 or len(bare) > 24:
        return f"{shown(text)} is not a plain number of sensible size; write digits with a point, as 2.50"
    better = format(value / 100 if "%" in text else value, "f")
    return f"{shown(text)} is not a plain number; write {better}, not {text.strip()}"


def between(low: str, high: str, advice: str, whole: bool = False) -> Callable[[str], str]:
    """A check that a number lies within bounds, both included."""

    def check(text: str) -> str:
        if whole and "." in text:
            raise _wrong(f"{text} is not a whole number; write it without a point")
        if not Decimal(low) <= Decimal(text) <= Decimal(high):
            raise _wrong(f"{text} is not between {low} and {high}; {advice}")
        return text

    return check


def one_of(known: tuple[str, ...], what: str) -> Callable[[str], str]:
    """A check that a word is one of a few."""

    def check(text: str) -> str:
        if text in known:
            return text
        choice = " or ".join(filter(None, [", ".join(known[:-1]), known[-1]]))
        raise _wrong(f"{shown(text)} is not {what}; write {choice}")

    return check


Words = Annotated[str, AfterValidator(words)]
Day = Annotated[str, AfterValidator(day)]
Link = Annotated[str, AfterValidator(link)]
Name = Annotated[str, AfterValidator(name)]
Number = Annotated[str, AfterValidator(number)]
Price = Annotated[
    Number, AfterValidator(between("0.0001", "1000", f"check that it is the price of a million tokens ({PRICE_UNIT})"))
]
Tokens = Annotated[Number, AfterValidator(between("1", "100000000", "check the number of tokens", whole=True))]
Factor = Annotated[Number, AfterValidator(between("0.25", "4", "write 1.3 for 30 percent more tokens"))]
Kind = Annotated[str, AfterValidator(one_of(KINDS, "a kind of model"))]
PriceUnit = Annotated[str, AfterValidator(one_of((PRICE_UNIT,), "the unit of prices"))]
Unit = Annotated[str, AfterValidator(one_of(UNITS, "a unit we use"))]
Confidence = Annotated[str, AfterValidator(one_of(CONFIDENCE, "a confidence"))]
