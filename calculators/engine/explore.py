"""Questions to an answer: what it would be across ranges of its inputs."""

from __future__ import annotations

import dataclasses
import math
from bisect import bisect_left
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from calculators.engine.declare import Amount, Later, kinds
from calculators.engine.inputs import Reading
from calculators.engine.many import Many
from calculators.engine.read import Refused, Spread
from calculators.engine.runs import floating

SAMPLES = 1000
"""How many points of the quasi-random sequence a range takes."""

TAIL = 0.05
"""The share of runs left out below `low` and above `high`: the range holds nine runs of ten."""

BINS = 20
"""How many bars the small distribution has."""

_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71)


@dataclasses.dataclass(frozen=True, slots=True)
class Spreading:
    """How one output spreads: nine runs of ten lie from `low` to `high`; `bins` counts runs from `least` to `most`."""

    low: float
    middle: float
    high: float
    least: float
    most: float
    bins: tuple[int, ...]


def ranges(
    formula: Callable[[Any], Any], outputs: type, reading: Reading, ready: Mapping[str, Spread]
) -> dict[str, Spreading]:
    """Every amount across the typed ranges, or those that come `ready`; each counts as equally likely from end to end.

    Amounts left for later are left out: they take a whole market to compute.

    The points are a Richtmyer sequence (fractions of multiples of square roots of primes): no clock and no `random`,
    so the same question gives the same bytes everywhere. `Refused` where there is no range at all.
    """
    spreads = {name: given.spread for name, given in reading.given.items() if given.spread} or dict(ready)
    if not spreads:
        raise Refused({"": "Type at least one input as a range, like 80k..120k or 100k ±20%"})
    if len(spreads) > len(_PRIMES):
        raise Refused({"": f"At most {len(_PRIMES)} inputs can be ranges at once"})
    amounts = [name for name, kind in kinds(outputs).items() if isinstance(kind, Amount)]
    likely = formula(floating(reading))
    names = [name for name in amounts if not isinstance(getattr(likely, name), Later)]
    whole = {name for name, kind in kinds(reading.of).items() if getattr(kind, "whole", False)}
    columns = [
        [_between(spread, math.modf(point * math.sqrt(prime))[0], name in whole) for point in range(1, SAMPLES + 1)]
        for (name, spread), prime in zip(spreads.items(), _PRIMES, strict=False)
    ]
    results = [it for it in Many(formula, names, list(spreads), reading).at(list(zip(*columns, strict=True))) if it]
    runs = {name: [value for it in results if (value := it[at]) is not None] for at, name in enumerate(names)}
    return {name: _spreading(sorted(found)) for name, found in runs.items() if found}


STEPS = 40
"""How many steps a line takes from its left to its right."""


def along(formula: Callable[[Any], Any], reading: Reading, over: str, of: str) -> list[tuple[float, float]]:
    """One output while one number input runs from nothing, or its least, to twice the reader's value, or its most."""
    kind = kinds(reading.of)[over]
    own = float(reading.given[over].value)
    low, high = max(float(kind.low), min(0.0, own)), min(float(kind.high), 2 * own if own > 0 else float(kind.high))
    places = [low + (high - low) * step / STEPS for step in range(STEPS + 1)]
    found = Many(formula, [of], [over], reading).at([(x,) for x in places])
    return [(twelve(x), twelve(y[0])) for x, y in zip(places, found, strict=True) if y and y[0] is not None]


def _between(spread: Spread, position: float, whole: bool) -> float:
    low, high = float(spread.low), float(spread.high)
    return float(math.floor(low + (high - low + 1) * position)) if whole else low + (high - low) * position


def _spreading(found: list[float]) -> Spreading:
    last = len(found) - 1
    least, most = found[0], found[-1]
    if most > least:
        begins = [
            bisect_left(found, at, key=lambda value: (value - least) / (most - least) * BINS)
            for at in map(float, range(BINS))
        ]
        bins = tuple(end - begin for begin, end in pairwise([*begins, len(found)]))
    else:
        bins = (len(found), *[0] * (BINS - 1))
    low, middle, high = found[round(last * TAIL)], found[last // 2], found[round(last * (1 - TAIL))]
    return Spreading(twelve(low), twelve(middle), twelve(high), twelve(least), twelve(most), bins)


def twelve(value: float) -> float:
    """A float rounded to 12 significant digits, so that its text is the same whatever C library computed it."""
    return float(f"{value:.11e}")
