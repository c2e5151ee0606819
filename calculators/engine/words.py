"""Numbers as a reader sees them: rounded once, here, when they are written."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from calculators.engine.units import DATE, SHARE, TEXT, Unit

_WIDE = Context(prec=100)
"""Room for any result to be rounded: a formula's own 28 digits are too few for trillions with many decimals."""

_PLACES = [Decimal(1).scaleb(-places) for places in range(13)]
"""One unit in the last place, by the number of decimals."""

NOTHING = "–"
"""What stands where a question has no answer."""


def digits(value: Decimal) -> str:
    """A Decimal in full, without exponent or idle zeros: `1234.5`.

    >>> digits(Decimal("1.50E+3"))
    '1500'
    """
    text = format(abs(value) if value == 0 else value, "f")  # zero has no sign
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(value: Decimal) -> str:
    """A Decimal in full with its thousands grouped: `12,345.6`; a minus is a real minus sign."""
    whole, _, part = digits(abs(value)).partition(".")
    text = f"{int(whole):,}" + (f".{part}" if part else "")
    return f"−{text}" if value < 0 else text


def quantity(value: Any, unit: Unit) -> str:
    """A value in full with its unit, nothing rounded: `$2 per million tokens`, `30%`, `1,024 tokens`.

    >>> quantity(Decimal("0.3"), SHARE)
    '30%'
    """
    if value is None:
        return NOTHING
    if unit in (DATE, TEXT) or isinstance(value, str):
        return str(value)
    if unit.noun == SHARE.noun:
        return f"{grouped(value * 100)}%"
    text = grouped(value)
    if ("USD", 1) in unit.powers and len(text.partition(".")[2]) == 1:
        text += "0"
    return _with_unit(text, value, unit)


def amount(value: Any, unit: Unit) -> str:
    """A result with its unit, rounded for reading: dollars to cents, below one to three significant digits.

    >>> from calculators.engine.units import USD
    >>> amount(Decimal("0.0123456"), USD)
    '$0.0123'
    """
    if value is None:
        return NOTHING
    if isinstance(value, float):
        value = Decimal(repr(value))
    if unit.noun == SHARE.noun:
        return f"{grouped(_rounded(value * 100, 1))}%"
    if ("USD", 1) in unit.powers:
        return _with_unit(_money(value), value, unit)
    size = abs(value)
    places = 0 if size >= 1000 or value == value.to_integral_value() else 2 if size >= 1 else _significant(size, 3)
    return _with_unit(grouped(_rounded(value, places)), value, unit)


def bare(value: Any, unit: Unit | None) -> str:
    """A result without its noun, for a table whose heading carries the unit; money keeps its sign."""
    if value is None:
        return NOTHING
    if unit is None or isinstance(value, str):
        return str(value)
    if unit.noun == SHARE.noun or ("USD", 1) in unit.powers:
        return amount(value, unit.named("USD") if unit.noun != SHARE.noun else unit)
    return amount(value, unit.named("1"))


def _money(value: Decimal) -> str:
    size = abs(value)
    if size == 0 or size >= 1000:
        return grouped(_rounded(value, 0))
    if size >= 1:
        rounded = _rounded(size, 2)
        sign = "−" if value < 0 else ""
        return f"{sign}{rounded:,.2f}"
    text = grouped(_rounded(value, _significant(size, 3)))
    return f"{text}0" if len(text.partition(".")[2]) == 1 else text


def _significant(size: Decimal, places: int) -> int:
    """How many decimals keep `places` significant digits of a number below one; at most 12."""
    return min(12, max(0, places - 1 - size.adjusted())) if size else 0


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(_PLACES[places], ROUND_HALF_EVEN, _WIDE)


_SINGULAR = {"1", "−1"}
_PER = {
    "Mtok": "million tokens", "GB": "GB", "Mread": "million read units", "Mwrite": "million write units",
    "Mdim": "million dimensions",
}  # fmt: skip


def _with_unit(text: str, value: Decimal, unit: Unit) -> str:
    if ("USD", 1) in unit.powers:
        text = f"−${text[1:]}" if text.startswith("−") else f"${text}"
        return text + _per(unit.text.partition("/")[2])
    name, _, below = (unit.noun or unit.text).partition("/")
    if name in ("1", ""):
        return text
    name = _PER.get(name, name)
    plural = name if text in _SINGULAR or name.endswith(("s", "S", "B")) else f"{name}s"
    return f"{text} {plural}{_per(below)}"


def _per(below: str) -> str:
    """What stands below the line of a unit: ` per GB per month`."""
    return "".join(f" per {_PER.get(name, name)}" for name in below.split("/") if name)
