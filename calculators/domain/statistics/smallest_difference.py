"""The smallest difference between two versions that a number of examples shows, found by search.

The formulas of `sizes` say how many examples a difference needs. The larger it is, the fewer; so a search between
none and a perfect score finds where the reader's number is just enough. A range has thousands of searches, so the root
of those formulas is written here once more, on plain numbers: Decimals, or floats in their place.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal

from calculators.domain.exact_tests.digits import exact_power_digits
from calculators.domain.statistics.judge import judge_reported_score
from calculators.engine.numbers import Number, Share, apply_to_bare_numbers, root

STEPS = 60
"""Far more than a search takes."""

CLOSE: dict[type, Number] = {Decimal: Decimal("1e-20"), float: 1e-13}  # type: ignore[dict-item]  # the float run
"""How close, as a share of the mark, ends a search; of the exact run 12 digits are kept."""


def smallest_paired_difference(
    discordant: Share,
    unrelated: Share,
    baseline: Share,
    accuracy: Share,
    examples: Number,
    z_alpha: Number,
    z_power: Number,
) -> Share | None:
    """The smallest true gain over the baseline that shows if both versions answer the same examples; None if none does.

    The discordant share is a fixed one plus a part of what `unrelated` versions would show: the caller sets one of the
    two to 0. At least the difference itself is discordant, at most what the scores allow. `accuracy` is the
    judge's.
    """
    operands = discordant, unrelated, baseline, accuracy, examples, z_alpha, z_power
    return apply_to_bare_numbers("smallest paired difference", _smallest_difference_paired, *operands)


def _smallest_difference_paired(
    discordant: Share,
    unrelated: Share,
    baseline: Share,
    accuracy: Share,
    examples: Number,
    z_alpha: Number,
    z_power: Number,
) -> Share | None:
    alike, visible = _smallest_difference_judge(accuracy)
    root = _smallest_difference_root_of(baseline)

    def ease(difference: Share) -> Number:
        higher = baseline + difference
        chosen = discordant + unrelated * (baseline * (1 - higher) + higher * (1 - baseline))
        differ = min(max(chosen, difference), baseline + higher, 2 - baseline - higher)
        differ = differ * alike + (1 - differ) * (1 - alike)
        shown = difference * visible
        return _smallest_difference_share(
            shown, z_alpha * root(differ) + z_power * root(max(0 * shown, differ - shown * shown))
        )

    return _smallest_difference(ease, examples, 1 - baseline)


def smallest_independent_difference(
    baseline: Share, accuracy: Share, examples: Number, z_alpha: Number, z_power: Number
) -> Share | None:
    """The smallest true gain over the baseline that shows on so many examples for each version; None if none does."""
    return apply_to_bare_numbers(
        "smallest independent difference",
        _smallest_difference_independent,
        baseline,
        accuracy,
        examples,
        z_alpha,
        z_power,
    )


def _smallest_difference_independent(
    baseline: Share, accuracy: Share, examples: Number, z_alpha: Number, z_power: Number
) -> Share | None:
    _, visible = _smallest_difference_judge(accuracy)
    low = judge_reported_score(baseline, accuracy)
    root = _smallest_difference_root_of(baseline)

    def ease(difference: Share) -> Number:
        shown = difference * visible
        high = low + shown
        middle = (low + high) / 2
        by_chance, if_true = root(2 * middle * (1 - middle)), root(low * (1 - low) + high * (1 - high))
        return _smallest_difference_share(shown, z_alpha * by_chance + z_power * if_true)

    return _smallest_difference(ease, examples, 1 - baseline)


def _smallest_difference_root_of(kind: Number) -> Callable[[Number], Number]:
    """What takes the root of this kind of number, asked for once and not at every step."""
    if isinstance(kind, float):
        return math.sqrt
    return root


def _smallest_difference_judge(accuracy: Share) -> tuple[Share, Share]:
    """How often a judge is right on both answers or wrong on both, and how much of a difference comes through."""
    return accuracy * accuracy + (1 - accuracy) * (1 - accuracy), 2 * accuracy - 1


def _smallest_difference_share(part: Number, whole: Number) -> Number:
    """Of nothing, nothing: scores without any spread leave no room for a difference either."""
    return part / whole if whole else whole


def _smallest_difference(ease: Callable[[Share], Number], examples: Number, most: Share) -> Share | None:
    """Where `ease`, one over the root of the number needed, is that of `examples`, between no difference and `most`.

    It grows almost in a straight line with the difference, so a line between two points hits the mark after a few
    steps. This is the method of false position with the Pegasus rule, a variant of the Illinois rule: while one end of
    the interval does not move, its distance from the mark is scaled down by as much as the other end came closer, so
    that the search does not creep (Dowell and Jarratt 1972, BIT 12:503).
    """
    target = 1 / root(examples)
    end, end_excess = most, ease(most) - target
    if end_excess < 0:
        return None
    last, last_excess = most * 0, -target
    for _ in range(STEPS):
        guess = last - last_excess * (last - end) / (last_excess - end_excess)
        excess = ease(guess) - target
        if abs(excess) <= target * CLOSE[type(most)]:
            return exact_power_digits(guess)
        if excess * last_excess < 0:
            end, end_excess = last, last_excess
        else:
            end_excess *= last_excess / (last_excess + excess)
        last, last_excess = guess, excess
    return exact_power_digits(last)
