"""The digits that a power keeps."""

from __future__ import annotations

from decimal import Context, Decimal

from calculators.engine.numbers import Number

_TWELVE = Context(prec=12)


def exact_power_digits(number: Number) -> Number:
    """A Decimal rounded to 12 significant digits; a float stays as it is."""
    if not isinstance(number, Decimal):
        return number
    return _TWELVE.plus(number)
