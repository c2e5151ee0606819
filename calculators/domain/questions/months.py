"""How long a month is, where something is billed by the hour or by the day."""

from __future__ import annotations

from functools import partial

from calculators.domain.units import HOURS_A_MONTH
from calculators.engine.declare import number

month_hours = partial(
    number,
    "Hours in a month",
    HOURS_A_MONTH,
    low=672,
    high=744,
    default=730,
    because="365 days of 24 hours, divided by 12, so that twelve months are a year",
    help="A bill for 30 days has 720, the longest month 744.",
)
