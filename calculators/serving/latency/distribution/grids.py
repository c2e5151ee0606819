"""Distributions of times as whole-number masses on an even grid, and what can be done with them.

Two stages after each other are convolved: the masses are the digits of two very long whole numbers, and one
multiplication of these does all the sums at once, exactly. So the same question gives the same bytes on every machine.

A time between two points of a grid is shared by them, which keeps the mean and widens the distribution; neighbors of
these points take that off again. So a single mass may be below zero, while sums of them keep mean and variance.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise

CELLS = 160
"""How many cells a distribution has at most. More are slower, fewer less exact."""

SIZES = 4 * CELLS
"""How many sizes of products are remembered."""

MARGIN = 4
"""The last cells of a grid lack what they share with those beyond it."""

GROUPED = 12
"""Times spread evenly over a cell gain a twelfth of the square of its width where all of them move to its middle."""

CUBIC = 6
"""The third differences of a cubic are six times its first coefficient."""

KEPT = 300
"""How many results a function of this package remembers: more than the points that a range puts through it at once."""

BITS = 30
"""A mass of one is 2 to this power; sums of products of two masses, of either sign, then fit into 64 bits."""

ONE_MASS = 1 << BITS
HALF_MASS = ONE_MASS >> 1
BYTES = 8
WIDTH = 8 * BYTES
"""How many bits a mass has, and the bytes for them."""

HALVING = (-1, 0, 9, 16, 9, 0, -1)
HALVED = tuple(sixteenths * (ONE_MASS >> 4) for sixteenths in HALVING)
"""How a mass between two points is shared by them and the next ones; every second one has its own point."""

NEGLIGIBLE = 32
"""A tail of so little mass (3e-8) is cut off without a coarser grid."""


@dataclass(frozen=True, slots=True)
class WaitingTimes:
    """A distribution of times: the mass at `start`, at `start + step` and so on (seconds).

    `halvings` says how often the widest step of the calculation was halved. What the masses lack to one is slower than
    the grid reaches, or never answered.
    """

    start: float
    step: float
    halvings: int
    masses: tuple[int, ...]

    @property
    def total(self) -> float:
        """The share of all requests that the grid holds."""
        return sum(self.masses) / ONE_MASS

    @property
    def is_one_time(self) -> bool:
        """Whether every request takes the same time."""
        return len(self.masses) == 1

    def share_within(self, limit: float) -> float:
        """The share of all requests that take no longer; the density is a straight line in the cell around a mass."""
        if self.is_one_time:
            return self.total if self.start <= limit else 0.0
        place = (limit - self.start) / self.step + 1 / 2
        if place <= 0:
            return 0.0
        cell = int(place)
        if cell >= len(self.masses):
            return max(0.0, self.total)
        part = place - cell
        before, mass, after = (self._mass(cell + beside) for beside in (-1, 0, 1))
        edge = sum(self.masses[:cell]) + (mass - before) / GROUPED / 2
        bend = (after - before) / 2 / 2 * part * (part - 1)
        return min(1.0, max(0.0, (edge + part * mass + bend) / ONE_MASS))

    def quantile(self, share: float) -> float | None:
        """The time within which this share of all requests is answered (seconds); None beyond the grid."""
        wanted, passed = share * ONE_MASS, 0
        for cell, mass in enumerate(self.masses):
            if mass and passed + mass >= wanted:
                if self.is_one_time:
                    return max(0.0, self.start)
                seconds = self.start + (cell - 1 / 2 + (wanted - passed) / mass) * self.step
                bend = (share - self.share_within(seconds)) * ONE_MASS / mass
                return max(0.0, seconds + min(1 / 2, max(-1 / 2, bend)) * self.step)
            passed += mass
        return None

    def _mass(self, cell: int) -> int:
        return self.masses[cell] if 0 <= cell < len(self.masses) else 0

    def delayed(self, seconds: float) -> WaitingTimes:
        """The same, so much later."""
        return replace(self, start=self.start + seconds)

    def weighted(self, share: float) -> WaitingTimes:
        """The same for a share of the requests only."""
        return replace(self, masses=tuple(round(mass * share) for mass in self.masses))


def waiting_grid_of_one_time(seconds: float, step: float) -> WaitingTimes:
    """All requests take the same time."""
    return WaitingTimes(seconds, step, 0, (ONE_MASS,))


def waiting_grids_in_sequence(first: WaitingTimes, second: WaitingTimes) -> WaitingTimes:
    """One stage after the other, independent of each other: the distribution of the sum."""
    if first.is_one_time and first.masses[0] == ONE_MASS:
        return second.delayed(first.start)
    if second.is_one_time and second.masses[0] == ONE_MASS:
        return first.delayed(second.start)
    first, second = _waiting_times_on_common_grid(first, second)
    masses = convolved_grid_masses(first.masses, second.masses)
    return trimmed_waiting_grid(WaitingTimes(first.start + second.start, first.step, first.halvings, masses))


def waiting_grid_repeated(once: WaitingTimes, count: int) -> WaitingTimes:
    """The same stage so many times, one after the other: by squaring, so that a hundred take seven products."""
    result, power = waiting_grid_of_one_time(0.0, once.step), once
    while count:
        if count & 1:
            result = waiting_grids_in_sequence(result, power)
        count >>= 1
        if count:
            power = waiting_grids_in_sequence(power, power)
    return result


def waiting_grids_mixed(first: WaitingTimes, second: WaitingTimes) -> WaitingTimes:
    """Either of two distributions, each already weighted by its share."""
    if not sum(second.masses):
        return first
    if not sum(first.masses):
        return second
    first, second = _waiting_times_on_common_grid(first, second)
    if second.start < first.start:
        first, second = second, first
    while first.halvings and second.start - first.start > CELLS * first.step:
        first, second = coarsened_waiting_grid(first), coarsened_waiting_grid(second)
    place = (second.start - first.start) / first.step
    whole = int(place)
    if whole > CELLS:
        return first
    moved = convolved_grid_masses(second.masses, _waiting_shifting_masses(place - whole))
    masses = [0, *first.masses, *[0] * (whole + len(moved) - 1 - len(first.masses))]
    for cell, mass in enumerate(moved, whole):
        masses[cell] += mass
    return trimmed_waiting_grid(WaitingTimes(first.start - first.step, first.step, first.halvings, tuple(masses)))


def _waiting_shifting_masses(part: float) -> tuple[int, int, int, int]:
    """One mass, a part of a step after the second of these points (the cubic through them, after Lagrange)."""
    bend = part * (1 - part) / CUBIC
    left, right = bend * (2 - part), bend * (1 + part)
    second = round((1 - part + left * 2 - right) * ONE_MASS)
    outer = round(-left * ONE_MASS), round(-right * ONE_MASS)
    return outer[0], second, ONE_MASS - second - sum(outer), outer[1]


def sharpened_grid_masses(masses: Sequence[int], gained: Sequence[int]) -> list[int]:
    """Masses without the variance that each of them gained (its mass times squares of the step), one cell earlier.

    Half of a gain is taken from each neighbor and given to the mass itself, which moves neither sum nor mean.
    """
    padded = [0, 0, *gained, 0, 0]
    bends = (left - 2 * middle + right for left, middle, right in zip(padded, padded[1:], padded[2:], strict=False))
    return [mass - (bend >> 1) for mass, bend in zip([0, *masses, 0], bends, strict=True)]


def waiting_grid_from_shares(like: WaitingTimes, shares: Sequence[float]) -> WaitingTimes:
    """A distribution on the cells of another one, from the share within the end of each cell.

    What grouping adds to the variance is taken off only as far as no mass falls below zero: sums of many stay stable.
    """
    levels = accumulate((round(share * ONE_MASS) for share in shares), max)
    masses = [after - before for before, after in pairwise([0, *levels])]
    least = [min(near) for near in zip([0, *masses], masses, [*masses[1:], 0], strict=False)]
    sharp = sharpened_grid_masses(masses, [mass // GROUPED for mass in least])
    return trimmed_waiting_grid(WaitingTimes(like.start - like.step, like.step, like.halvings, tuple(sharp)))


def cumulative_grid_shares(times: WaitingTimes) -> list[float]:
    """The share within the end of each cell, half a step after its mass, and of one more cell where the grid has room.

    The density of the last mass runs out in that one: without it, a part of a large last mass would be lost.
    """
    masses = times.masses if len(times.masses) >= CELLS else (*times.masses, 0)
    levels, edges = accumulate(masses), pairwise([*masses, 0])
    return [
        min(1.0, max(0.0, (level + (after - mass) / GROUPED / 2) / ONE_MASS))
        for level, (mass, after) in zip(levels, edges, strict=True)
    ]


def trimmed_waiting_grid(times: WaitingTimes) -> WaitingTimes:
    """At most `CELLS` masses: empty cells go, then the step doubles while a tail would be lost and it may double."""
    first = next((cell for cell, mass in enumerate(times.masses) if mass), 0)
    times = replace(times, start=times.start + first * times.step, masses=times.masses[first:])
    while times.halvings and sum(map(abs, times.masses[CELLS:])) > NEGLIGIBLE:  # a tail below zero is none to lose
        times = coarsened_waiting_grid(times)
    end = min(CELLS, len(times.masses))
    while end > 1 and not times.masses[end - 1]:
        end -= 1
    return replace(times, masses=times.masses[:end])


def _waiting_times_on_common_grid(first: WaitingTimes, second: WaitingTimes) -> tuple[WaitingTimes, WaitingTimes]:
    """Both on the wider of their steps; a single time has none of its own."""
    if first.is_one_time:
        return replace(first, step=second.step, halvings=second.halvings), second
    if second.is_one_time:
        return first, replace(second, step=first.step, halvings=first.halvings)
    while first.halvings > second.halvings:
        first = coarsened_waiting_grid(first)
    while second.halvings > first.halvings:
        second = coarsened_waiting_grid(second)
    return first, second


@lru_cache(KEPT)
def coarsened_waiting_grid(times: WaitingTimes) -> WaitingTimes:
    """The same on every second point: what lies between two of them is shared by both, and by the next ones."""
    masses = convolved_grid_masses(times.masses, HALVED)[1::2]
    return WaitingTimes(times.start - 2 * times.step, times.step * 2, times.halvings - 1, masses)


def convolved_grid_masses(first: Sequence[int], second: Sequence[int]) -> tuple[int, ...]:
    """The masses of the sum of two times: the digits of one product of two whole numbers."""
    size = len(first) + len(second)
    sign, half, kept, lifted = _waiting_digits(size)
    product = _waiting_whole_number(first) * _waiting_whole_number(second) + half
    digits = (((product >> BITS) & kept) + lifted) ^ sign
    return struct.unpack(f"<{size}q", digits.to_bytes(BYTES * size, "little"))


def _waiting_whole_number(masses: Sequence[int]) -> int:
    """The masses as the digits of one whole number; flipping the sign bit of a digit adds half of its range."""
    sign = _waiting_digits(len(masses))[0]
    return (int.from_bytes(struct.pack(f"<{len(masses)}q", *masses), "little") ^ sign) - sign


@lru_cache(SIZES)
def _waiting_digits(size: int) -> tuple[int, int, int, int]:
    """Whole numbers with so many equal digits: the sign, the sign and half of a mass, what a digit keeps, its lift."""
    ones = int.from_bytes(struct.pack("<Q", 1) * size, "little")
    sign = ones << WIDTH - 1
    kept = (1 << WIDTH - BITS) - 1
    return sign, sign + ones * HALF_MASS, ones * kept, sign - (ones << WIDTH - 1 - BITS)
