"""Numbers as a reader sees them: rounded once, when they are written."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal

from calculators.engine.numbers.units import DATE, SHARE, TEXT, Unit, base_unit

_WIDE = Context(prec=100)
"""Room for any result to be rounded: a formula's own 28 digits are too few for trillions with many decimals."""

_PLACES = [Decimal(1).scaleb(-places) for places in range(13)]
"""One unit in the last place, by the number of decimals."""

_LEAST_TENTH = Decimal("0.05")
"""Percent; up to here a share would be written as 0% with one decimal."""

_MOST_PLACES_OF_SHARE = 6
"""A share of less than a hundred-millionth is what floats leave, and is written as 0%."""

_SECONDS = {"month": 2_628_000, "hour": 3600, "minute": 60}
"""The seconds in the units of which a part is written in a smaller one; a month is 365 days divided by 12."""

_SHORT = ((base_unit("day"), 86_400), (base_unit("hour"), 3600), (base_unit("minute"), 180), (base_unit("second"), 0))
"""The units in which a short time is written, each with the seconds from which it is."""

_LENGTHS = {"day": 86_400, "hour": 3600, "minute": 60, "second": 1}

NOTHING = "–"
"""What stands where a question has no answer."""


def round_to_twelve(number: float) -> float:
    """A float rounded to 12 significant digits, so that its text is the same whatever C library computed it."""
    return float(f"{number:.11e}")


def unrounded_digits(number: Decimal) -> str:
    """A Decimal in full, without exponent or idle zeros: `1234.5`.

    >>> unrounded_digits(Decimal("1.50E+3"))
    '1500'
    """
    text = format(abs(number) if number == 0 else number, "f")  # zero has no sign
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped_number(number: Decimal) -> str:
    """A Decimal in full with its thousands grouped: `12,345.6`; a minus is a real minus sign."""
    whole, _, part = unrounded_digits(abs(number)).partition(".")
    text = f"{int(whole):,}" + (f".{part}" if part else "")
    return f"−{text}" if number < 0 else text


def unrounded_quantity(number: Decimal | str | None, unit: Unit) -> str:
    """A number in full with its unit, nothing rounded: `$2 per million tokens`, `30%`, `1,024 tokens`.

    >>> unrounded_quantity(Decimal("0.3"), SHARE)
    '30%'
    """
    if number is None:
        return NOTHING
    if unit in (DATE, TEXT) or isinstance(number, str):
        return str(number)
    if unit.noun == SHARE.noun:
        return f"{grouped_number(number * 100)}%"
    text = grouped_number(number)
    if ("USD", 1) in unit.powers and len(text.partition(".")[2]) == 1:
        text += "0"
    return _with_rounded_unit(text, number, unit)


def unrounded_fact(number: Decimal, unit: Unit) -> str:
    """The same of a published number, which nobody types: minutes that make whole hours are written as hours.

    >>> [unrounded_fact(Decimal(minutes), base_unit("minute")) for minutes in (720, 60, 90)]
    ['12 hours', '1 hour', '90 minutes']
    """
    hours, rest = divmod(number, 60)
    if unit.text == "minute" and hours and not rest:
        return unrounded_quantity(hours, base_unit("hour"))
    return unrounded_quantity(number, unit)


def rounded_amount(number: Decimal | float | None, unit: Unit, places: int = 0) -> str:
    """A result with its unit, rounded for reading: dollars to cents, below one to three significant digits.

    A short time is written in days, minutes or seconds. `places` are the decimals that it has at least.

    >>> from calculators.engine.numbers.units import USD
    >>> rounded_amount(Decimal("0.0123456"), USD)
    '$0.0123'
    """
    if number is None:
        return NOTHING
    number, unit = rounded_in_readable_unit(unrounded_decimal(number), unit)
    return rounded_in_unit(number, unit, places)


def rounded_in_unit(number: Decimal, unit: Unit, places: int = 0) -> str:
    """The same in this very unit, as a formula needs it."""
    shown = rounded_shown_size(number, unit)
    usual = rounding_places(number, unit)
    if places == 1 and ("USD", 1) in unit.powers:
        places = 0  # nobody writes tenths of a dollar
    if places > usual and shown != 0:
        text = _rounded_padded(shown, places)
    elif ("USD", 1) in unit.powers and abs(shown) < 1000:
        text = _rounded_money(shown, usual)
    else:
        text = grouped_number(_rounded_quantity(shown, usual))
    return f"{text}%" if unit.noun == SHARE.noun else _with_rounded_unit(text, number, unit)


def rounded_without_noun(number: Decimal | float | str | None, unit: Unit | None, places: int = 0) -> str:
    """A result without its noun, for a table whose heading carries the unit; money keeps its sign.

    A short time is written with the unit that is short enough for it: `4 minutes` below the heading Hours.
    """
    if number is None:
        return NOTHING
    if unit is None or isinstance(number, str):
        return str(number)
    if unit.noun == SHARE.noun or ("USD", 1) in unit.powers:
        return rounded_amount(number, unit.named("USD") if unit.noun != SHARE.noun else unit, places)
    exact = unrounded_decimal(number)
    readable, readable_unit = rounded_in_readable_unit(exact, unit)
    if readable_unit is not unit:
        return rounded_in_unit(readable, readable_unit)
    return rounded_amount(number, unit.named("1"), places)


def rounded_to_two_digits(number: Decimal | float) -> str:
    """A number to two significant digits, for a sentence that should promise no more: `550,000`.

    >>> tuple(rounded_to_two_digits(Decimal(number)) for number in ("545475", "0.0123", "0"))
    ('550,000', '0.012', '0')
    """
    exact = unrounded_decimal(number)
    if exact == 0:
        return "0"
    unit = Decimal(1).scaleb(exact.adjusted() - 1)
    return grouped_number((exact / unit).quantize(_PLACES[0], ROUND_HALF_EVEN, _WIDE) * unit)


def unrounded_decimal(number: Decimal | float) -> Decimal:
    """A number as its shortest decimal text says it."""
    return Decimal(repr(number)) if isinstance(number, float) else number


def rounded_shown_size(number: Decimal, unit: Unit) -> Decimal:
    """The number that is written: of a share, its hundredths."""
    return number * 100 if unit.noun == SHARE.noun else number


def rounding_places(number: Decimal, unit: Unit) -> int:
    """How many decimals a result has by itself; of a small share as many as show that it is not 0%.

    >>> [rounding_places(Decimal(share), SHARE) for share in ("0.1234", "0.0006", "0.0005", "0.0000123", "0")]
    [1, 1, 2, 3, 1]
    """
    size = abs(number)
    if unit.noun == SHARE.noun:
        places = 1 if size * 100 > _LEAST_TENTH else _significant_rounded_digits(size * 100, 1)
        return min(_MOST_PLACES_OF_SHARE, max(1, places))
    is_money = ("USD", 1) in unit.powers
    if size >= 1000 or size == 0 or (not is_money and number == number.to_integral_value()):
        return 0
    if any(unit is short for short, _ in _SHORT):
        return 0 if size >= 3 else 2
    return 2 if size >= 1 else _significant_rounded_digits(size, 3)


def rounded_in_readable_unit(number: Decimal, unit: Unit) -> tuple[Decimal, Unit]:
    """A time below a month in days, below a day in hours, below an hour in minutes; whatever else as it is.

    What is shorter than three minutes is written in seconds.
    """
    factor = _SECONDS.get(unit.noun or unit.text, 0)
    if not factor or number == 0 or abs(number) >= 1:
        return number, unit
    seconds = number * factor
    short = next(short for short, fewest in _SHORT if abs(seconds) >= fewest)
    return seconds / _LENGTHS[short.text], short


def _rounded_money(number: Decimal, places: int) -> str:
    """Dollars below a thousand: with both digits of the cents, or none for zero."""
    text = grouped_number(_rounded_quantity(number, places))
    return _rounded_padded(number, 2) if number != 0 and len(text.partition(".")[2]) < 2 else text


def _rounded_padded(number: Decimal, places: int) -> str:
    """A number with just so many decimals."""
    rounded = _rounded_quantity(number, places)
    return f"{'−' if rounded < 0 else ''}{abs(rounded):,.{places}f}"


def _significant_rounded_digits(size: Decimal, places: int) -> int:
    """How many decimals keep `places` significant digits of a number below one; at most 12."""
    return min(12, max(0, places - 1 - size.adjusted())) if size else 0


def _rounded_quantity(number: Decimal, places: int) -> Decimal:
    return number.quantize(_PLACES[places], ROUND_HALF_EVEN, _WIDE)


_SINGULAR = {"1", "−1"}
_PER = {
    "Mtok": "million tokens",
    "GB": "GB",
    "Mread": "million read units",
    "Mwrite": "million write units",
    "Mdim": "million dimensions",
}


def _with_rounded_unit(text: str, number: Decimal, unit: Unit) -> str:
    if ("USD", 1) in unit.powers:
        text = f"−${text[1:]}" if text.startswith("−") else f"${text}"
        return text + _rounded_per_unit(unit.text.partition("/")[2])
    name, _, below = (unit.noun or unit.text).partition("/")
    if name in ("1", ""):
        return text
    name = _PER.get(name, name)
    return f"{text} {name if text in _SINGULAR else _rounded_plural(name)}{_rounded_per_unit(below)}"


def _rounded_plural(name: str) -> str:
    """The plural of a noun: queries, days, GPUs; a kW has none, nor has a billion behind a number."""
    if name.endswith(("s", "S", "B", "W", "illion")):
        return name
    return f"{name[:-1]}ies" if name.endswith("y") and name[-2:-1] not in _VOWELS else f"{name}s"


_VOWELS = ("a", "e", "o", "u")


def _rounded_per_unit(below: str) -> str:
    """What stands below the line of a unit: ` per GB per month`."""
    return "".join(f" per {_PER.get(name, name)}" for name in below.split("/") if name)
