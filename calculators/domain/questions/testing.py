"""How two versions are compared."""

from __future__ import annotations

from functools import partial

from calculators.domain.units import COMPARISONS
from calculators.engine.declare import number
from calculators.engine.numbers.units import SHARE

comparisons = partial(
    number,
    "Comparisons",
    COMPARISONS,
    low=1,
    high=1000,
    default=1,
    whole=True,
    because="one new version against the old one",
)

alpha = partial(number, "Alpha", SHARE, low="0.001", high="0.5", default="0.05", because="the usual 5%")

power = partial(number, "Power", SHARE, low="0.5", high="0.99", default="0.8", because="the usual 80%")
