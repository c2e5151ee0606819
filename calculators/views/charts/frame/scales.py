"""Lengths of charts: shares of a whole in percent, so that a chart fits a phone as it fits a desk without scaling."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

PLOT = 200
"""Pixels from the top of a line or curve to its foot."""

PLOT_TOP = 24
"""Pixels above a line or curve, for the words about its height."""

PLOT_BELOW = 44
"""Pixels below the foot of a plot: a line for its ticks, and one for what they count."""

INTERVALS = 4
"""About how many steps an axis has: more words would touch each other on a phone."""

_ROUND_STEPS = tuple(map(Decimal, ("1", "2", "2.5", "5", "10")))
"""The first digits of a step that a reader counts by."""

_WHOLE_STEPS = tuple(map(Decimal, (1, 2, 3, 6, 12)))
"""Steps of a few whole things, as the months of years are counted."""

THOUSANDTH = Decimal("0.001")


def svg_percent(length: Decimal, whole: Decimal) -> str:
    """A length as a percentage of the whole, to a thousandth.

    >>> svg_percent(Decimal(3), Decimal(8))
    '37.5%'
    """
    return f"{svg_hundredths(length, whole)}%"


def svg_hundredths(length: Decimal, whole: Decimal) -> str:
    """A length in hundredths of the whole, to a thousandth, as coordinates of SVG are written.

    >>> svg_hundredths(Decimal(1), Decimal(3))
    '33.333'
    """
    share = (length * 100 / whole).quantize(THOUSANDTH) if whole else Decimal(0)
    return f"{share.normalize():f}"


def svg_height(share: str) -> Decimal:
    """Pixels from the top of a drawing to a place of its plot that lies so many hundredths below the plot's top."""
    return PLOT_TOP + Decimal(share) * PLOT / 100


def svg_axis_ticks(low: Decimal, high: Decimal, intervals: int = INTERVALS, *, whole: bool = False) -> list[Decimal]:
    """Round numbers at even steps that lie between two ends, the ends included; at most one more than `intervals`.

    `whole` takes no part of a unit as a step, as half a month. Of many, no round step is one.

    >>> [f"{tick:f}" for tick in svg_axis_ticks(Decimal(0), Decimal(34268))]
    ['0', '10000', '20000', '30000']
    """
    span = high - low
    if span <= 0:
        return [low]
    power = Decimal(1).scaleb((span / intervals).adjusted())
    steps = _WHOLE_STEPS if whole and span <= intervals * _WHOLE_STEPS[-1] else [step * power for step in _ROUND_STEPS]
    step = next(step for step in steps if span <= step * intervals)
    first = (low / step).to_integral_value(ROUND_CEILING)
    last = (high / step).to_integral_value(ROUND_FLOOR)
    return [(first + number) * step for number in range(int(last - first) + 1)]
