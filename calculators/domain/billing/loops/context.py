"""How the prompt of an agent grows from step to step, and after how many steps it is compacted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from calculators.domain.billing.loops.clearing import ClearedPrompts, Clearing
from calculators.domain.billing.loops.steps import LoopSteps
from calculators.engine.numbers import Condition, Number, choose, floor, largest, named, quotient, smallest


@dataclass(frozen=True, kw_only=True)
class LoopContext:
    """What the steps of an agent hold, in tokens of the model.

    `prefix` are instructions and tool definitions, `growth` is what a step adds to later prompts, `answer` and
    `reasoning` what the model writes in it. Above `threshold` the history becomes a `summary`, which a request of
    `asking` tokens brings about; `compaction` is a literal False where that is never asked for. `clearing` is None
    where results of tools stay for good.
    """

    steps: LoopSteps
    prefix: Number
    task: Number
    growth: Number
    answer: Number
    reasoning: Number
    compaction: Condition = False
    threshold: Number | int = 0
    summary: Number | int = 0
    asking: Number | int = 0
    clearing: Clearing | None = None

    @cached_property
    def first(self) -> Number:
        """The prompt of the first step."""
        return named("First prompt", self.prefix + self.task)

    @cached_property
    def compacted(self) -> Number:
        """The prompt of the first step after a compaction."""
        return named("First prompt after a compaction", self.first + self.summary)

    @cached_property
    def cleared(self) -> ClearedPrompts | None:
        """The prompts with old results of tools cleared; None where they stay."""
        if self.clearing is None:
            return None
        return ClearedPrompts(steps=self.steps, first=self.first, growth=self.growth, clearing=self.clearing)

    def fitting(self, limit: Number | int, base: Number) -> Number:
        """How many prompts do not exceed a limit, the first of them having `base` tokens; at most the step limit."""
        some = floor(quotient(limit - base, self.growth)) + 1
        most = self.steps.most
        return smallest(most, largest(0, choose(self.growth > 0, some, choose(base <= limit, most, 0))))

    @cached_property
    def first_run(self) -> Number:
        """The steps before the first compaction; at least one, as there is nothing to compact before it."""
        if self.compaction is False:
            return self.steps.most
        fitting = largest(1, self.fitting(self.threshold, self.first))
        return named("Steps before the first compaction", choose(self.compaction, fitting, self.steps.most))

    @cached_property
    def later_run(self) -> Number:
        """The steps between two compactions."""
        fitting = largest(1, self.fitting(self.threshold, self.compacted))
        return named("Steps between two compactions", choose(self.compaction, fitting, self.steps.most))
