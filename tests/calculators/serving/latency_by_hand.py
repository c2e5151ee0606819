"""Waits computed in another way, without the project's formulas: by Fourier transforms on a fine grid.

They judge every number that a working shows.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate

import numpy as np
from scipy.stats import expon, lognorm, norm

from calculators.serving.latency import spreads as ours
from tests.calculators.serving.latency_draws import (
    AROUND,
    DAY,
    OTHERS,
    QUEUE,
    STAGES,
    Z95,
    Array,
    Case,
    drawn_waits,
)

CLOSE = 0.003
"""How far, as a share, a grid of 160 cells may lie from one of eight thousand: of requests, or of their time."""

CELLS, MOST_CELLS = 8192, 2**17
"""More are needed where what happens within a cell decides: whether a call is slow, or which tool is the slowest."""

CELLS_TO_LIMIT = 40
"""So many cells lie before a time-out; where not even the most cells give them, requests are drawn at random."""

DRAWN = 400_000
"""So many requests are drawn."""


@lru_cache(2)
def fade(cells: int) -> Array:
    """Masses are faded before a transform, so that what runs over its end does not come back at its beginning."""
    return np.exp(-10 * np.arange(cells) / cells)


def case_of(operands: tuple[Decimal, ...]) -> Case:
    """The case behind the operands of a working."""
    numbers = [float(operand) for operand in operands]
    stages = {name: (numbers[2 * place], numbers[2 * place + 1]) for place, name in enumerate(STAGES)}
    rest = numbers[2 * len(STAGES) :]
    others = dict(zip((OTHERS + QUEUE)[: len(rest)], rest, strict=True))
    return Case(stages, **{**others, **{name: int(others[name]) for name in ("tools", "steps", "most")}})  # type: ignore[arg-type]


class Grid:
    """Distributions as probabilities on an even grid, far finer than the project's; what is longer is left out."""

    def __init__(self, case: Case, reach: float) -> None:
        self.case, self.reach = case, reach
        within_a_cell = case.steps > 1 and (case.together or case.hedge < DAY)
        within_a_cell = within_a_cell or case.limit < min(DAY, CELLS_TO_LIMIT * reach / CELLS)
        self.cells = MOST_CELLS if within_a_cell else CELLS
        self.step = self.reach / self.cells
        self.ends = (np.arange(self.cells) + 0.5) * self.step

    def at(self, seconds: float) -> Array:
        """All at one time, shared between the two nearest points."""
        masses = np.zeros(self.cells)
        place = seconds / self.step
        if place < self.cells - 1:
            masses[int(place)] = 1 - place % 1
            masses[int(place) + 1] = place % 1
        return masses

    def lognormal(self, name: str) -> Array:
        """One stage."""
        median, p95 = self.case.stage(name)
        if not median or p95 <= median:
            return self.at(median)
        sigma, points = math.log(p95 / median) / Z95, np.arange(1, self.cells + 2) * self.step
        below = lognorm.cdf(points, sigma, scale=median)
        mean_below = median * math.exp(sigma**2 / 2) * norm.cdf(np.log(points / median) / sigma - sigma)
        limited = np.concatenate(([0], mean_below + points * (1 - below)))
        return -np.diff(np.diff(limited) / self.step, prepend=1)[: self.cells]

    def waiting(self) -> Array:
        """The wait for a free place: none, or an exponential one."""
        if not self.case.queued:
            return self.at(0)
        points = np.arange(1, self.cells + 2) * self.step
        limited = np.concatenate(([0], self.case.queue * -np.expm1(-points / self.case.queue)))
        late = -np.diff(np.diff(limited) / self.step, prepend=1)[: self.cells]
        return (1 - self.case.queued) * self.at(0) + self.case.queued * late

    def sum(self, *parts: Array, times: int = 1) -> Array:
        """One after the other, the whole so many times."""
        spectrum = np.prod([np.fft.rfft(part * fade(self.cells), 2 * self.cells) for part in parts], axis=0) ** times
        return np.fft.irfft(spectrum, 2 * self.cells)[: self.cells] / fade(self.cells)

    def hedged(self, attempt: Array) -> Array:
        """The faster of a call and of a second one."""
        case, below = self.case, np.cumsum(attempt)
        if case.hedge >= DAY:
            return attempt
        later = np.interp(self.ends - case.hedge, self.ends, below, left=0)
        return np.diff(1 - (1 - below) * (case.shared + (1 - case.shared) * (1 - later)), prepend=0)

    def first_reading(self) -> Array:
        """Reading the prompt, which a part of the requests finds cached."""
        return (1 - self.case.found) * self.lognormal("uncached") + self.case.found * self.lognormal("cached")

    def call(self, *parts: Array) -> Array:
        """A call with its tries."""
        case = self.case
        attempt = self.hedged(self.sum(*parts))
        below = np.cumsum(attempt)
        lost = case.failed * attempt
        if case.limit < min(DAY, self.reach):
            within = float(np.interp(case.limit, self.ends, below))
            attempt = np.diff(np.minimum(below, within), prepend=0)
            lost = case.failed * attempt + (1 - within) * self.at(case.limit)
        answered, before = (1 - case.failed) * attempt, lost
        served = answered
        for number in range(case.most - 1):
            before = self.sum(before, self.at(case.pause * 2**number))
            answered = answered + self.sum(before, served)
            before = self.sum(before, lost)
        return answered

    def distribution(self, whole: bool) -> Array:
        """To the first token, or to the last."""
        case = self.case
        around = self.sum(*(self.lognormal(name) for name in AROUND), self.waiting())
        first_reading = self.first_reading()
        model = (self.lognormal("first_token"), self.lognormal("reasoning"))
        writing, called = self.lognormal("writing"), self.lognormal("step")
        inside, between = ((), (called,)) if case.streaming else ((called,), ())
        last = () if case.streaming else (writing,)
        tool = self.lognormal("tool")
        if case.tools == 0:
            tool = self.at(0)
        elif case.together:
            tool = np.diff(np.cumsum(tool) ** case.tools, prepend=0)
        else:
            tool = self.sum(tool, times=case.tools)
        if case.steps == 1:
            total = self.sum(around, self.call(*model, first_reading, *last))
        else:
            later = self.lognormal("later")
            total = self.sum(around, self.call(*model, first_reading, *inside), *between, tool)
            step = self.sum(self.call(*model, later, *inside), *between, tool)
            total = self.sum(total, self.sum(step, times=case.steps - 2)) if case.steps > 2 else total
            total = self.sum(total, self.call(*model, later, *last))
        return self.sum(total, writing) if whole and case.streaming else total


def within(case: Case, whole: bool, limit: float) -> tuple[float, float]:
    """The shares of requests that are answered well before a limit and well after it."""
    constant, rest = varying(case, whole)
    early, late = limit * (1 - CLOSE) - constant, limit * (1 + CLOSE) - constant
    if late <= 0:
        return -CLOSE, CLOSE
    if case.limit < min(DAY, CELLS_TO_LIMIT * late / MOST_CELLS):
        drawn = drawn_waits(rest, DRAWN, 1)[int(whole)]
        error = CLOSE + 4 * math.sqrt(1 / 4 / DRAWN)
        return float((drawn <= early).mean()) - error, float((drawn <= late).mean()) + error
    grid = Grid(rest, late / 0.9)
    below = np.cumsum(grid.distribution(whole))
    shares = (float(np.interp(seconds, grid.ends, below)) * (seconds >= 0) for seconds in (early, late))
    return next(shares) - CLOSE, next(shares) + CLOSE


def varying(case: Case, whole: bool) -> tuple[float, Case]:
    """The seconds that every request spends in stages which never vary, and the case without these stages."""
    tools = min(1, case.tools) if case.together else case.tools
    counts = dict.fromkeys(AROUND, 1) | {"tool": (case.steps - 1) * tools}
    if case.streaming:
        counts |= {"step": case.steps - 1, "writing": int(whole)}
    constant = {name: count for name, count in counts.items() if case.stage(name)[1] <= case.stage(name)[0]}
    seconds = sum(case.stage(name)[0] * count for name, count in constant.items())
    return seconds, replace(case, stages={name: stage for name, stage in case.stages.items() if name not in constant})


def answered(case: Case) -> float:
    """The share of requests that are answered at all: in which no call fails in each of its tries."""
    if case.queued and case.queue >= DAY:
        return 0.0
    streams, share = bool(case.streaming), 1.0
    for step in range(1, case.steps + 1):
        names = ("first_token", "reasoning", *(() if streams else ("writing" if step == case.steps else "step",)))
        share *= 1 - (1 - (1 - case.failed) * _within_limit(case, names, step == 1)) ** case.most
    return share


def _within_limit(case: Case, names: tuple[str, ...], first: bool) -> float:
    """The share of tries that end before a time-out."""
    if case.limit >= DAY:
        return 1.0
    grid = Grid(case, case.limit / 0.9)
    attempt = grid.sum(*map(grid.lognormal, names), grid.first_reading() if first else grid.lognormal("later"))
    return float(np.interp(case.limit, grid.ends, np.cumsum(grid.hedged(attempt))))


@lru_cache(256)
def _quantile(whole: bool, *numbers: Decimal) -> Decimal | None:
    share, *operands = numbers
    result = (ours.wait_spread_whole_answer_quantile if whole else ours.wait_spread_first_token_quantile)(
        share, *operands
    )
    case = case_of((*operands,))
    if result is None:
        assert answered(case) <= float(share) + CLOSE
    elif result:
        least, most = within(case, whole, float(result))
        assert least <= float(share) <= most, (float(result), least, most)
    return result


@lru_cache(256)
def _share(whole: bool, *numbers: Decimal) -> Decimal:
    limit, *operands = numbers
    result = (ours.wait_spread_whole_answer_share if whole else ours.wait_spread_first_token_share)(limit, *operands)
    least, most = within(case_of((*operands,)), whole, float(limit))
    assert least <= float(result) <= most, (float(result), least, most)
    return result


def _rounded(number: float) -> Decimal:
    return Decimal(f"{number:.11e}").normalize()


def _unanswered(*operands: Decimal) -> Decimal:
    result = ours.wait_spread_unanswered_share(*operands)
    assert math.isclose(float(result), 1 - answered(case_of(operands)), abs_tol=CLOSE)
    return result


def _mean(median: Decimal, p95: Decimal) -> Decimal:
    if p95 <= median:
        return _rounded(float(median))
    return _rounded(float(median * ((p95 / median).ln() ** 2 / 2 / Decimal(repr(Z95)) ** 2).exp()))


def _variance(median: Decimal, p95: Decimal) -> Decimal:
    if p95 <= median:
        return Decimal(0)
    squared = (p95 / median).ln() ** 2 / Decimal(repr(Z95)) ** 2
    return _rounded(float(median**2 * squared.exp() * (squared.exp() - 1)))


def _share_that_waits(load: Decimal, places: Decimal) -> Decimal:
    """The chance of at least so many at once, by the probabilities of each number at once (Erlang)."""
    a, c = Fraction(load), int(places)
    if a >= c:
        return Decimal(1)
    weights = list(accumulate(range(1, c + 1), lambda weight, number: weight * a / number, initial=Fraction(1)))
    all_taken = weights[-1] * c / (c - a)
    return _rounded(float(all_taken / (sum(weights[:-1]) + all_taken)))


def _queue(share: Decimal, queued: Decimal, wait: Decimal) -> Decimal:
    late = float(share) - (1 - float(queued))
    return _rounded(float(expon.ppf(late / float(queued), scale=float(wait))) if late > 0 else 0.0)


def _joint(first: Decimal, second: Decimal) -> Decimal:
    return _rounded(float((first.ln() ** 2 + second.ln() ** 2).sqrt().exp()))


def _slowest(share: Decimal, count: Decimal, median: Decimal, p95: Decimal) -> Decimal:
    if p95 <= median:
        return _rounded(float(median))
    deviations = norm.ppf(float(share) ** (1 / max(1, int(count))))
    return _rounded(float(median) * math.exp(math.log(p95 / median) / Z95 * deviations))


FUNCTIONS: dict[str, Callable[..., Decimal | None]] = {
    "joint spread": _joint,
    "mean": _mean,
    "variance": _variance,
    "slowest": _slowest,
    "share that waits": _share_that_waits,
    "wait for a place": _queue,
    "first token": lambda *numbers: _quantile(False, *numbers),
    "whole answer": lambda *numbers: _quantile(True, *numbers),
    "first token within": lambda *numbers: _share(False, *numbers),
    "whole answer within": lambda *numbers: _share(True, *numbers),
    "unanswered": _unanswered,
}
"""What a working calls by name: computed anew, or held to what the transforms give."""
