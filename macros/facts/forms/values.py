"""What a single value of a data file may be; every refusal says what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, TypeVar

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from macros.facts.problems import quoted_data

C = TypeVar("C", bound=Collection[object])

PRICE_UNIT = "USD/Mtok"
UNITS = (
    *("1", "GB", "TFLOPS", "USD", "USD/GB/month", "USD/hour", "USD/kWh", "USD/month", "USD/request"),
    *(
        "billion",
        "byte",
        "day",
        "hour",
        "kW",
        "millisecond",
        "minute",
        "month",
        "share",
        "token",
        "token/page",
        "token/second",
    ),
)
KINDS = ("inference", "embedding", "older")
CONFIDENCE = ("A", "B", "C")
STATES = ("open", "closing", "closed")
ACCEPTED = ("vanished", "retirement", "disagreement", "revised", "limit")
"""What the price refresh may find besides a change, which is accepted under the day on which it begins."""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]*")


def data_value_refusal(message: str) -> PydanticCustomError:
    """The error by which a check refuses a value; the message is shown at the value's line."""
    return PydanticCustomError("data", "{message}", {"message": message})


def data_value_of_text(text: str) -> str:
    """Any text but none."""
    if not text.strip():
        raise data_value_refusal("nothing is written here; write the value, or delete the line if there is none")
    return text.strip()


def data_value_of_day(text: str) -> str:
    """A day of the calendar, as 2026-11-21."""
    try:
        if _DATE.fullmatch(data_value_of_text(text)):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise data_value_refusal(f"{quoted_data(text)} is not a day; write it as 2026-11-21")


def data_value_of_link(text: str) -> str:
    """An address that a reader can open safely."""
    if not re.fullmatch(r"https://[^\s/?#@:<>\"']+\.[^\s/?#@:<>\"']+([/?#][^\s<>\"']*)?", data_value_of_text(text)):
        raise data_value_refusal(f"{quoted_data(text)} is not a web address; write one that begins with https://")
    return text


def data_value_of_id(text: str) -> str:
    """The id of an entry or of a source."""
    if not _NAME.fullmatch(data_value_of_text(text)):
        raise data_value_refusal(f"{quoted_data(text)} cannot be an id; use letters, digits and . _ / -")
    return text


def data_value_of_key(text: str) -> str:
    """The id of a model in another list, where Amazon's have a colon."""
    if not _KEY.fullmatch(data_value_of_text(text)):
        raise data_value_refusal(f"{quoted_data(text)} cannot be an id in a list; use letters, digits and . _ : / -")
    return text


def data_value_of_number(text: str) -> str:
    """A decimal number in its shortest form: 2.50 becomes 2.5."""
    if not _NUMBER.fullmatch(data_value_of_text(text)) or len(text) > 24:
        raise data_value_refusal(_data_value_advice(text))
    amount = Decimal(text)
    if amount < 0:
        raise data_value_refusal(f"{quoted_data(text)} is below zero; write a number that is not negative")
    return format(amount.normalize(), "f")


def data_value_shortest(text: str) -> str:
    """A number in its shortest form; any other text as it is."""
    try:
        return data_value_of_number(text)
    except PydanticCustomError:
        return text


def _data_value_advice(text: str) -> str:
    bare = re.sub(r"USD|[$€£,_%\s]", "", text)
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        return f"{quoted_data(text)} is not a number; write digits with a point, as 2.50"
    if not amount.is_finite():
        return f"{quoted_data(text)} is not a finite number; write the number, or delete the line if there is none"
    if abs(amount.adjusted()) > 12 or len(bare) > 24:
        return f"{quoted_data(text)} is not a plain number of sensible size; write digits with a point, as 2.50"
    better = format(amount / 100 if "%" in text else amount, "f")
    return f"{quoted_data(text)} is not a plain number; write {better}, not {text.strip()}"


def data_value_between(low: str, high: str, advice: str, whole: bool = False) -> Callable[[str], str]:
    """A check that a number lies within bounds, both included."""

    def check(text: str) -> str:
        if whole and "." in text:
            raise data_value_refusal(f"{text} is not a whole number; write it without a point")
        if not Decimal(low) <= Decimal(text) <= Decimal(high):
            raise data_value_refusal(f"{text} is not between {low} and {high}; {advice}")
        return text

    return check


def data_value_not_empty(advice: str) -> Callable[[C], C]:
    """A check that a list or a table is not empty."""

    def check(parts: C) -> C:
        if not parts:
            raise data_value_refusal(advice)
        return parts

    return check


def data_value_one_of(known: tuple[str, ...], noun: str) -> Callable[[str], str]:
    """A check that a word is one of a few."""

    def check(text: str) -> str:
        if text in known:
            return text
        choice = " or ".join(filter(None, [", ".join(known[:-1]), known[-1]]))
        raise data_value_refusal(f"{quoted_data(text)} is not {noun}; write {choice}")

    return check


Words = Annotated[str, AfterValidator(data_value_of_text)]
Day = Annotated[str, AfterValidator(data_value_of_day)]
Link = Annotated[str, AfterValidator(data_value_of_link)]
Name = Annotated[str, AfterValidator(data_value_of_id)]
Models = Annotated[
    list[Name], AfterValidator(data_value_not_empty("there are no models; name one, or delete the rule"))
]
Key = Annotated[str, AfterValidator(data_value_of_key)]
Number = Annotated[str, AfterValidator(data_value_of_number)]
Price = Annotated[
    Number,
    AfterValidator(
        data_value_between("0.0001", "1000", f"check that it is the price of a million tokens ({PRICE_UNIT})")
    ),
]
Tokens = Annotated[
    Number, AfterValidator(data_value_between("1", "100000000", "check the number of tokens", whole=True))
]
Factor = Annotated[Number, AfterValidator(data_value_between("0.25", "4", "write 1.3 for 30 percent more tokens"))]
Billions = Annotated[
    Number, AfterValidator(data_value_between("0.01", "100000", "write 8 for eight billion parameters"))
]
Kind = Annotated[str, AfterValidator(data_value_one_of(KINDS, "a kind of model"))]
PriceUnit = Annotated[str, AfterValidator(data_value_one_of((PRICE_UNIT,), "the unit of prices"))]
Unit = Annotated[str, AfterValidator(data_value_one_of(UNITS, "a unit we use"))]
State = Annotated[str, AfterValidator(data_value_one_of(STATES, "a state of an offer"))]
Confidence = Annotated[str, AfterValidator(data_value_one_of(CONFIDENCE, "a confidence"))]
Sureness = Annotated[str, AfterValidator(data_value_one_of(CONFIDENCE[:-1], "sure enough to be shown as a fact"))]
