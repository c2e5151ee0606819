"""The chance of a wrong pick: that the worse of two versions scores at least as high as the better one."""

from __future__ import annotations

from calculators.domain import exact_tests
from calculators.domain.statistics.normal import normal_power
from calculators.domain.statistics.power import EXACT_UP_TO, NOT_ENUMERATED
from calculators.engine.numbers import Number, Share, apply_to_bare_numbers, choose_lazily, largest, root, smallest


def wrong_pick_chance(first: Share, second: Share, examples: Number) -> Share:
    """The chance that the worse version scores at least as high on examples of its own."""
    worse, better = smallest(first, second), largest(first, second)

    def normal() -> Share:
        spread = root(examples * (worse * (1 - worse) + better * (1 - better)))
        return normal_power((1 - 2 * examples * (better - worse)) / 2, spread)

    return choose_lazily(
        examples <= EXACT_UP_TO,
        lambda: apply_to_bare_numbers("wrong pick", _normal_wrong_pick, worse, better, examples),
        normal,
    )


def _normal_wrong_pick(worse: Share, better: Share, examples: Number) -> Share:
    return exact_tests.exact_wrong_pick(worse, better, int(examples)) if examples <= EXACT_UP_TO else NOT_ENUMERATED
