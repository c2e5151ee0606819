"""Old results of tools taken out of an agent's history: how its prompts grow between two clearings.

Where a prompt would grow beyond a threshold, all results but the newest become a placeholder of a few tokens each.
What stands before the first result is still read from the cache, and all that follows is written anew. So the prompts
come in runs, each of which begins lower than the last one ended, and higher than the one before began, because calls
and placeholders stay.

Source of the rules: Anthropic's page on context editing, which has them as `trigger`, `keep` and `clear_at_least`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor
from typing import TypeAlias

from calculators.domain.billing.loops.steps import (
    LoopSteps,
    discounted_loop_span_steps,
    loop_span_steps,
    loop_span_steps_before,
    loop_steps_rounded,
    loop_steps_table,
)
from calculators.engine.numbers import (
    Condition,
    Number,
    Share,
    apply_to_bare_numbers,
    choose,
    largest,
    named,
    sum_of_numbers,
)

CutRun: TypeAlias = tuple[int, int, int, Number]
"""The steps before a run, the places in it between which prompts are long and short enough, and its first prompt."""

KEPT, KEPT_RUNS = 512, 64
"""How many sums are kept, and how many lists of runs, which may be thousands: an answer prices one loop on many models,
most of which change its prompts at the same lengths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearing:
    """When old results of tools are taken out, and what that leaves, in tokens of the model.

    `above` is the longest prompt that is sent as it is, `kept` the newest results that stay, of `calls` in each step.
    `freed` is what clearing the results of one step frees, and a clearing that would free less than `least` waits.
    Where results are cleared `again` in each step, the application sends the whole history each time, so the
    threshold is compared with that.
    """

    above: Number
    kept: Number
    calls: Number
    freed: Number
    least: Number
    again: Condition = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearedPrompts:
    """The prompts of a loop whose old results are cleared: `first` tokens, and `growth` more after each step."""

    steps: LoopSteps
    first: Number
    growth: Number
    clearing: Clearing

    def taken(self, shortest: Number | int, longest: Number) -> Number:
        """The steps that a task takes on average whose prompt has so many tokens."""
        return apply_to_bare_numbers("steps between clearings", cleared_loop_steps, *self._operands(shortest, longest))

    def tokens(self, shortest: Number | int, longest: Number, token: Number) -> Number:
        """The tokens of their prompts, in units of `token`."""
        operands = self._operands(shortest, longest)
        return apply_to_bare_numbers("tokens between clearings", cleared_loop_tokens, *operands) * token

    def begun(self, shortest: Number | int, longest: Number, keep: Share | int, run: int) -> Number:
        """The same steps, each weighted with `keep` to the power of those before it in its run, from `run` on.

        Run 0 is the one before the first clearing.
        """
        operands = (*self._operands(shortest, longest), keep, run)
        return apply_to_bare_numbers("beginnings between clearings", cleared_loop_beginnings, *operands)

    def begun_tokens(self, shortest: Number | int, longest: Number, keep: Share | int, token: Number) -> Number:
        """The tokens of the first prompt of each run that is long enough, weighted like `begun`."""
        operands = (*self._operands(shortest, longest), keep)
        return apply_to_bare_numbers("tokens of beginnings", cleared_loop_beginning_tokens, *operands) * token

    def fitting(self, longest: Number) -> Number:
        """How many steps come before the first whose prompt is longer, at most the step limit."""
        return apply_to_bare_numbers("steps that fit", cleared_loop_fitting, *self._rule, self.steps.most, longest)

    @property
    def ceiling(self) -> Number:
        """More tokens than any prompt has."""
        return named("Longer than any prompt", self.first + self.growth * (self.steps.most + 1) + self.first)

    @property
    def _rule(self) -> tuple[Number, ...]:
        rule = self.clearing
        again = choose(rule.again, 1, 0)
        return self.first, self.growth, rule.above, rule.kept, rule.calls, rule.freed, rule.least, again

    def _operands(self, shortest: Number | int, longest: Number) -> tuple[Number | int, ...]:
        steps = self.steps
        return steps.median, steps.ninety, steps.most, steps.dropped, *self._rule, shortest, longest


def results_freed_by_clearing(results: Number, placeholders: Number) -> Number:
    """The tokens that clearing the results of a step frees; none where what is left in their place is as long."""
    return named("A cleared step frees", largest(0 * results, results - placeholders))


@lru_cache(512, typed=True)
def cleared_loop_runs(
    first: Number,
    growth: Number,
    above: Number,
    kept: Number,
    calls: Number,
    freed: Number,
    least: Number,
    again: Number,
    most: Number,
) -> tuple[tuple[int, int, Number], ...]:
    """Each run of steps as the number of steps before it, those in it, and the prompt of its first.

    Prompts of 10, 14 and 18 tokens; before a fourth of 22, all results of 3 tokens but the newest make room:

    >>> from decimal import Decimal as D
    >>> [(start, steps, int(base)) for start, steps, base in
    ...     cleared_loop_runs(D(10), D(4), D(20), D(1), D(1), D(3), D(0), D(0), D(5))]
    [(0, 3, 10), (3, 2, 16)]
    """
    last, begun = int(most), [(0, first)]
    cleared = 0 * first
    for step in range(1, last if freed > 0 and calls > 0 else 0):
        start, base = begun[-1]
        whole = first + growth * step
        prompt = whole if again else base + growth * (step - start)
        old = step - kept / calls
        more = freed * (old - (0 if again else cleared))
        if prompt > above and old > cleared and more >= least:
            cleared = old
            begun.append((step, whole - freed * old))
    ends = [start for start, _ in begun[1:]] + [last]
    return tuple((start, end - start, base) for (start, base), end in zip(begun, ends, strict=True))


@lru_cache(KEPT, typed=True)
def cleared_loop_steps(*operands: Number) -> Number:
    """The steps whose prompt has `shortest` to `longest` tokens, the last two operands."""
    table = loop_steps_table(*operands[:4])
    spans = _cleared_spans(*operands)
    total = sum_of_numbers(loop_span_steps(table, start, 0, low, high) for start, low, high, _ in spans)
    return loop_steps_rounded(float(total), operands[0])


@lru_cache(KEPT, typed=True)
def cleared_loop_tokens(*operands: Number) -> Number:
    """The tokens of the prompts of those steps."""
    table, growth, total = loop_steps_table(*operands[:4]), float(operands[5]), 0.0
    for start, low, high, base in _cleared_spans(*operands):
        total += float(base) * loop_span_steps(table, start, 0, low, high)
        total += growth * loop_span_steps_before(table, start, 0, low, high)
    return loop_steps_rounded(total, operands[0])


@lru_cache(KEPT, typed=True)
def cleared_loop_beginnings(*operands: Number) -> Number:
    """Those steps, each weighted with `keep` to the power of those before it in its run, from a run on."""
    *others, keep, run = operands
    total = sum_of_numbers(weight for weight, _ in _cleared_beginnings(others, keep, int(run)))
    return loop_steps_rounded(float(total), operands[0])


@lru_cache(KEPT, typed=True)
def cleared_loop_beginning_tokens(*operands: Number) -> Number:
    """The same of all runs, multiplied with the first prompt of each that is long enough."""
    *others, keep = operands
    total = sum_of_numbers(weight * prompt for weight, prompt in _cleared_beginnings(others, keep, 0))
    return loop_steps_rounded(float(total), operands[0])


@lru_cache(KEPT, typed=True)
def cleared_loop_fitting(*operands: Number) -> Number:
    """The steps before the first prompt that is longer than the last operand."""
    *rule, most, longest = operands
    growth = rule[1]
    for start, steps, base in cleared_loop_runs(*rule, most):
        fitting = _steps_up_to(longest, base, growth, steps)
        if fitting < steps:
            return loop_steps_rounded(start + fitting, most)
    return most


def _cleared_beginnings(operands: list[Number], keep: Share, first_run: int) -> Iterator[tuple[float, float]]:
    """For each run its steps, weighted, and the first prompt that is long enough."""
    table, growth = loop_steps_table(*operands[:4]), float(operands[5])
    for run, (start, low, high, base) in enumerate(_cleared_spans(*operands)):
        if run >= first_run:
            weight = discounted_loop_span_steps(table, start, 0, low, high, low, float(keep))
            yield weight, float(base) + growth * low


def _cleared_spans(*operands: Number) -> tuple[CutRun, ...]:
    """Each run, cut to the prompts of the last two operands: `shortest` to `longest` tokens."""
    *rule, shortest, longest = operands[4:]
    return _cut_loop_runs(*rule, operands[2], shortest, longest)


@lru_cache(KEPT_RUNS, typed=True)
def _cut_loop_runs(*operands: Number) -> tuple[CutRun, ...]:
    *rule, shortest, longest = operands
    growth = rule[1]
    return tuple(
        (start, _steps_below(shortest, base, growth, steps), _steps_up_to(longest, base, growth, steps), base)
        for start, steps, base in cleared_loop_runs(*rule)
    )


def _steps_below(shortest: Number, base: Number, growth: Number, steps: int) -> int:
    """How many prompts of a run are shorter."""
    if growth > 0:
        return min(steps, max(0, ceil((shortest - base) / growth)))
    return steps if base < shortest else 0


def _steps_up_to(longest: Number, base: Number, growth: Number, steps: int) -> int:
    """How many prompts of a run are no longer."""
    if growth > 0:
        return min(steps, max(0, floor((longest - base) / growth) + 1))
    return steps if base <= longest else 0
