"""The types of what a formula works with, so that a signature says what a value is.

A formula is written once and run over four types of numbers. Its signatures name the exact type, with which the answer
is computed; the other runs put numbers of their own types in the same places. So the functions of this package take a
number or condition of any run, and say that they return the exact type, because that is what a formula reads.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from calculators.engine.numbers.tape import TapedNumber, TapedTruth
from calculators.engine.numbers.traced import Traced, Truth

Number: TypeAlias = Decimal
"""A number of a formula: a Decimal in the exact run, a traced number or a float in the others."""

Share: TypeAlias = Decimal
"""A number from 0 to 1."""

Condition: TypeAlias = bool
"""Whether something holds: a bool in the exact run, a traced truth in the traced one. Formulas hand it to `choose`."""

RunNumber: TypeAlias = Decimal | float | Traced | TapedNumber
"""A number of any run, or a whole-number literal."""

RunCondition: TypeAlias = bool | Truth | TapedTruth
"""A condition of any run."""
