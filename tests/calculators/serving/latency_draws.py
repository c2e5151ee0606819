"""Waits drawn at random, request by request as it would happen, many at once; without the project's formulas."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.stats import norm

Z95 = float(norm.ppf(0.95))
DAY = 86_400.0
AROUND = ["network", "input_check", "retrieval", "rerank", "output_check"]
STAGES = [*AROUND, "first_token", "uncached", "cached", "reasoning", "writing", "later", "step", "tool"]
OTHERS = ["found", "tools", "together", "steps", "streaming", "failed", "most", "pause", "limit", "hedge", "shared"]
QUEUE = ["queued", "queue"]
"""They stand last, and only where there is a queue."""
Array = Any
"""A numpy array of floats."""


@dataclass
class Case:
    """The numbers of a wait by name: stages as pairs of median and p95."""

    stages: dict[str, tuple[float, float]] = field(default_factory=dict)
    found: float = 0
    tools: int = 0
    together: float = 0
    steps: int = 1
    streaming: float = 1
    failed: float = 0
    most: int = 1
    pause: float = 0
    limit: float = DAY
    hedge: float = DAY
    shared: float = 0
    queued: float = 0
    queue: float = 0

    def stage(self, name: str) -> tuple[float, float]:
        """A stage, or none at all."""
        return self.stages.get(name, (0.0, 0.0))

    def operands(self) -> tuple[float, ...]:
        """The numbers in the order of the operands of a working."""
        stages = (number for name in STAGES for number in self.stage(name))
        others = OTHERS + QUEUE * bool(self.queued)
        return (*stages, *(float(getattr(self, name)) for name in others))


def drawn_waits(case: Case, count: int, seed: int) -> tuple[Array, Array]:
    """The times to the first token and to the last of so many requests (seconds); infinite where none is answered."""
    dice = np.random.default_rng(seed)

    def lasts(name: str) -> Array:
        median, p95 = case.stage(name)
        if not median or p95 <= median:
            return np.full(count, float(median))
        return median * np.exp(math.log(p95 / median) / Z95 * dice.standard_normal(count))

    def attempt(first: bool, more: tuple[str, ...]) -> Array:
        reading = np.where(dice.random(count) < case.found, lasts("cached"), lasts("uncached"))
        parts = (lasts("first_token"), lasts("reasoning"), reading if first else lasts("later"), *map(lasts, more))
        return np.sum(parts, axis=0)

    def call(first: bool, more: tuple[str, ...]) -> Array:
        ends, waited = np.full(count, np.inf), np.zeros(count)
        for number in range(case.most):
            time = attempt(first, more)
            if case.hedge < DAY:
                helped = (time > case.hedge) & (dice.random(count) >= case.shared)
                time = np.where(helped, np.minimum(time, case.hedge + attempt(first, more)), time)
            served = (time <= case.limit) & (dice.random(count) >= case.failed) & np.isinf(ends)
            ends = np.where(served, waited + time, ends)
            waited = waited + np.minimum(time, case.limit) + case.pause * 2**number
        return ends

    streams = bool(case.streaming)
    total = np.sum([lasts(name) for name in AROUND], axis=0)
    total = total + np.where(dice.random(count) < case.queued, dice.exponential(case.queue, count), 0)
    for step in range(1, case.steps):
        total = total + call(step == 1, () if streams else ("step",)) + (lasts("step") if streams else 0)
        tools = [lasts("tool") for _ in range(case.tools)]
        if tools:
            total = total + (np.max(tools, axis=0) if case.together else np.sum(tools, axis=0))
    total = total + call(case.steps == 1, () if streams else ("writing",))
    return total, total + (lasts("writing") if streams else 0)
