"""Questions to an answer: what it would be across ranges of its inputs."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from typing import Any

from calculators.engine.declare import Amount, Later, kinds, parts
from calculators.engine.inputs import Reading
from calculators.engine.read import Refused, Spread
from calculators.engine.runs import floating, with_own

SAMPLES = 1024
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


def ranges(formula: Callable[[Any], Any], outputs: type, reading: Reading) -> dict[str, Spreading]:
    """Every amount across the typed ranges; each range counts as equally likely from end to end.

    Amounts left for later are left out: they take a whole market to compute.

    The points are a Richtmyer sequence (fractions of multiples of square roots of primes): no clock and no `random`,
    so the same question gives the same bytes everywhere. `Refused` where no input was typed as a range.
    """
    spreads = {name: given.spread for name, given in reading.given.items() if given.spread}
    if not spreads:
        raise Refused({"": "Type at least one input as a range, like 80k..120k or 100k ±20%"})
    if len(spreads) > len(_PRIMES):
        raise Refused({"": f"At most {len(_PRIMES)} inputs can be ranges at once"})
    base = floating(reading)
    amounts = [name for name, kind in kinds(outputs).items() if isinstance(kind, Amount)]
    runs: dict[str, list[float]] = {name: [] for name in amounts}
    whole = {name for name, kind in kinds(reading.of).items() if getattr(kind, "whole", False)}
    for point in range(1, SAMPLES + 1):
        values = {
            name: _between(spread, math.modf(point * math.sqrt(prime))[0], name in whole)
            for (name, spread), prime in zip(spreads.items(), _PRIMES, strict=False)
        }
        result = formula(replaced(base, values, reading))
        for name in amounts:
            value = getattr(result, name)
            if value is not None and not isinstance(value, Later):
                runs[name].append(float(value))
    return {name: _spreading(sorted(found)) for name, found in runs.items() if found}


STEPS = 40
"""How many steps a line takes from its left to its right."""


def along(formula: Callable[[Any], Any], reading: Reading, over: str, of: str) -> list[tuple[float, float]]:
    """One output while one number input runs from nothing, or its least, to twice the reader's value, or its most."""
    kind = kinds(reading.of)[over]
    own = float(reading.given[over].value)
    low, high = max(float(kind.low), min(0.0, own)), min(float(kind.high), 2 * own if own > 0 else float(kind.high))
    base = floating(reading)
    points = []
    for step in range(STEPS + 1):
        x = low + (high - low) * step / STEPS
        y = getattr(formula(replaced(base, {over: x}, reading)), of)
        if y is not None:
            points.append((twelve(x), twelve(float(y))))
    return points


def _between(spread: Spread, position: float, whole: bool) -> float:
    low, high = float(spread.low), float(spread.high)
    return float(math.floor(low + (high - low + 1) * position)) if whole else low + (high - low) * position


def replaced(inputs: Any, values: dict[str, Any], reading: Reading, within: str = "") -> Any:
    """Inputs with some values exchanged: `requests`, a figure `model.input` in all months, a cell `tasks.2.runs`.

    `within` is the name of the part that the inputs are, with its dot; a value that a part shares changes there too.
    """
    own: dict[str, Any] = {}
    within_head: dict[str, dict[str, Any]] = {}
    inner = parts(type(inputs))
    for name, value in values.items():
        head, _, rest = name.partition(".")
        if rest:
            within_head.setdefault(head, {})[rest] = value
        else:
            own[head] = value
            for part, its in inner.items():
                for theirs in (theirs for theirs, ours in its.shared.items() if ours == head):
                    within_head.setdefault(part, {})[theirs] = value
    for head, changed in within_head.items():
        before = getattr(inputs, head)
        if head in inner:
            own[head] = replaced(before, changed, reading, f"{within}{head}.")
        elif isinstance(before, tuple):
            own[head] = _other_cells(before, changed, reading, within + head)
        else:
            own[head] = with_own(before, changed)
    return dataclasses.replace(inputs, **own)


def _other_cells(lines: tuple[Any, ...], changed: dict[str, Any], reading: Reading, name: str) -> tuple[Any, ...]:
    """Lines with some cells exchanged, each named by its line as typed and its field."""
    found = list(lines)
    for path, value in changed.items():
        at, _, field = path.partition(".")
        place = reading.given[name].value.index(int(at))
        found[place] = dataclasses.replace(found[place], **{field: value})
    return tuple(found)


def _spreading(found: list[float]) -> Spreading:
    last = len(found) - 1
    least, most = found[0], found[-1]
    bins = [0] * BINS
    for value in found:
        at = int((value - least) / (most - least) * BINS) if most > least else 0
        bins[min(at, BINS - 1)] += 1
    low, middle, high = found[round(last * TAIL)], found[last // 2], found[round(last * (1 - TAIL))]
    return Spreading(twelve(low), twelve(middle), twelve(high), twelve(least), twelve(most), tuple(bins))


def twelve(value: float) -> float:
    """A float rounded to 12 significant digits, so that its text is the same whatever C library computed it."""
    return float(f"{value:.11e}")
