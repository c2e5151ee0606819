"""Questions to an answer: what it would be across ranges of its inputs."""

from __future__ import annotations

import dataclasses
import math
from bisect import bisect_left
from collections.abc import Collection, Mapping
from itertools import pairwise

from calculators.engine.answering.runs import float_run_inputs
from calculators.engine.declare import Amount, Later, kinds
from calculators.engine.declare.examples import RANGE_SAMPLES, SAMPLES
from calculators.engine.inputs.numerals import Refused, Spread
from calculators.engine.inputs.questions import typed_input_ranges
from calculators.engine.inputs.reading import InputReading
from calculators.engine.numbers.rounding import round_to_twelve
from calculators.engine.questions.points import Formula, PointEvaluator

TAIL = 0.05
"""The share of runs left out below `low` and above `high`: the range holds nine runs of ten."""

BINS = 20
"""How many bars the small distribution has."""

_PRIMES = (
    *(2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71),
    *(73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173),
)


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
    formula: Formula, outputs: type, reading: InputReading, ready: Mapping[str, Spread], only: Collection[str] = ()
) -> dict[str, Spreading]:
    """Every amount across the typed ranges, or those that come `ready`; each counts as equally likely from end to end.

    With `only`, the amounts of these names.

    Amounts left for later are left out: they take a whole market to compute.

    The points are a Richtmyer sequence (fractions of multiples of square roots of primes): no clock and no `random`,
    so the same question gives the same bytes everywhere.

    Raises:
        Refused: there is no range at all, or there are too many.
    """
    spreads = typed_input_ranges(reading) or dict(ready)
    if not spreads:
        raise Refused({"": "Type at least one input as a range, like 80k..120k or 100k ±20%"})
    if len(spreads) > len(_PRIMES):
        raise Refused({"": f"At most {len(_PRIMES)} inputs can be ranges at once"})
    amounts = [name for name, kind in kinds(outputs).items() if isinstance(kind, Amount) and (not only or name in only)]
    likely = formula(float_run_inputs(reading))
    names = [name for name in amounts if not isinstance(getattr(likely, name), Later)]
    whole = {name for name, kind in kinds(reading.inputs_type).items() if getattr(kind, "whole", False)}
    samples: int = getattr(formula, RANGE_SAMPLES, SAMPLES)  # points of the quasi-random sequence
    columns = [
        [
            _points_between_range_ends(spread, math.modf(point * math.sqrt(prime))[0], name in whole)
            for point in range(1, samples + 1)
        ]
        for (name, spread), prime in zip(spreads.items(), _PRIMES, strict=False)
    ]
    points = list(zip(*columns, strict=True))
    results = [result for result in PointEvaluator(formula, names, list(spreads), reading).evaluate(points) if result]
    runs = {
        name: [output for result in results if (output := result[place]) is not None]
        for place, name in enumerate(names)
    }
    return {name: _spreading_range_inputs(sorted(in_all_runs)) for name, in_all_runs in runs.items() if in_all_runs}


def _points_between_range_ends(spread: Spread, position: float, whole: bool) -> float:
    low, high = float(spread.low), float(spread.high)
    return float(math.floor(low + (high - low + 1) * position)) if whole else low + (high - low) * position


def _spreading_range_inputs(ordered: list[float]) -> Spreading:
    last = len(ordered) - 1
    least, most = ordered[0], ordered[-1]
    if most > least:
        begins = [
            bisect_left(ordered, edge, key=lambda amount: (amount - least) / (most - least) * BINS)
            for edge in map(float, range(BINS))
        ]
        bins = tuple(end - begin for begin, end in pairwise([*begins, len(ordered)]))
    else:
        bins = (len(ordered), *[0] * (BINS - 1))
    low, middle, high = ordered[round(last * TAIL)], ordered[last // 2], ordered[round(last * (1 - TAIL))]
    return Spreading(
        round_to_twelve(low),
        round_to_twelve(middle),
        round_to_twelve(high),
        round_to_twelve(least),
        round_to_twelve(most),
        bins,
    )
