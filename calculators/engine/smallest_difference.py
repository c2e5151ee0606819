"""The smallest difference between two versions that a number of examples shows, found by search.

The formulas of `statistics` say how many examples a difference needs. The larger it is, the fewer; so a search between
none and a perfect score finds where the reader's number is just enough. A range has thousands of searches, so the root
of those formulas is written here once more, on plain numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from calculators.engine import statistics
from calculators.engine.exact_tests import twelve
from calculators.engine.numbers import by_function, root

STEPS = 60
"""Far more than a search takes."""

CLOSE: dict[type, Any] = {Decimal: Decimal("1e-20"), float: 1e-13}
"""How close, as a share of the mark, ends a search; of the exact run 12 digits are kept."""


def smallest_paired_difference(
    discordant: Any, baseline: Any, accuracy: Any, examples: Any, z_alpha: Any, z_power: Any
) -> Any:
    """The smallest true gain over the baseline that shows if both versions answer the same examples; None if none does.

    At least the difference itself is discordant, so a large one raises that share. `accuracy` is the judge's.
    """
    given = discordant, baseline, accuracy, examples, z_alpha, z_power
    return by_function("smallest paired difference", _paired, *given)


def _paired(discordant: Any, baseline: Any, accuracy: Any, examples: Any, z_alpha: Any, z_power: Any) -> Any:
    alike, seen = _judge(accuracy)
    root = _root_of(baseline)

    def ease(difference: Any) -> Any:
        differ = max(discordant, difference)
        differ = differ * alike + (1 - differ) * (1 - alike)
        shown = difference * seen
        return _share(shown, z_alpha * root(differ) + z_power * root(max(0 * shown, differ - shown * shown)))

    return _smallest(ease, examples, 1 - baseline)


def smallest_independent_difference(baseline: Any, accuracy: Any, examples: Any, z_alpha: Any, z_power: Any) -> Any:
    """The smallest true gain over the baseline that shows on so many examples for each version; None if none does."""
    return by_function("smallest independent difference", _independent, baseline, accuracy, examples, z_alpha, z_power)


def _independent(baseline: Any, accuracy: Any, examples: Any, z_alpha: Any, z_power: Any) -> Any:
    _, seen = _judge(accuracy)
    low = statistics.judged(baseline, accuracy)
    root = _root_of(baseline)

    def ease(difference: Any) -> Any:
        shown = difference * seen
        high = low + shown
        middle = (low + high) / 2
        by_chance, if_true = root(2 * middle * (1 - middle)), root(low * (1 - low) + high * (1 - high))
        return _share(shown, z_alpha * by_chance + z_power * if_true)

    return _smallest(ease, examples, 1 - baseline)


def _root_of(kind: Any) -> Callable[[Any], Any]:
    """What takes the root of this kind of number, asked for once and not at every step."""
    return math.sqrt if isinstance(kind, float) else root


def _judge(accuracy: Any) -> tuple[Any, Any]:
    """How often a judge is right on both answers or wrong on both, and how much of a difference comes through."""
    return accuracy * accuracy + (1 - accuracy) * (1 - accuracy), 2 * accuracy - 1


def _share(part: Any, whole: Any) -> Any:
    """Of nothing, nothing: scores without any spread leave no room for a difference either."""
    return part / whole if whole else whole


def _smallest(ease: Callable[[Any], Any], examples: Any, most: Any) -> Any:
    """Where `ease`, one over the root of the number needed, is that of `examples`, between no difference and `most`.

    It grows almost in a straight line with the difference, so a line between two points hits the mark after a few
    steps. An end that stays put counts less, lest it hold the search back: as much less as the other end came closer
    (the Pegasus rule, Dowell and Jarratt 1972, BIT 12:503).
    """
    target = 1 / root(examples)
    end, at_end = most, ease(most) - target
    if at_end < 0:
        return None
    last, at_last = most * 0, -target
    for _ in range(STEPS):
        found = last - at_last * (last - end) / (at_last - at_end)
        value = ease(found) - target
        if abs(value) <= target * CLOSE[type(most)]:
            return twelve(found)
        if value * at_last < 0:
            end, at_end = last, at_last
        else:
            at_end *= at_last / (at_last + value)
        last, at_last = found, value
    return twelve(last)
