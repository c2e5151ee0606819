"""Examples that belong together: what clusters of a test are worth in examples that have nothing in common."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.statistics import cluster_design_effect
from calculators.engine.numbers import Condition, Number, ceil, choose, floor, is_known_number, largest, named
from calculators.evaluating.plan.inputs import Inputs


@dataclass(frozen=True, slots=True)
class EvaluationClusters:
    """How many times as many examples clusters take; `effect` is 1 where each example is on its own."""

    exist: Condition
    effect: Number

    def worth(self, examples: Number) -> Number:
        """So many examples on their own tell as much, for intervals and errors."""
        return choose(self.exist, examples / self.effect, examples)

    def whole_worth(self, examples: Number) -> Number:
        """The same as a whole number, for tests that count: at least one."""
        return choose(self.exist, largest(1, floor(examples / self.effect)), examples)

    def needed(self, examples: Number | None) -> Number | None:
        """So many examples in clusters take the place of those on their own; None where no number is enough."""
        return ceil(examples * self.effect) if is_known_number(examples) else None

    def of_both(self, first: Number | None, ratio: Number) -> tuple[Number | None, Number | None]:
        """Both groups, the second with `ratio` times as many examples as the first has before it is rounded up."""
        second = first * ratio if is_known_number(first) else None
        return self.needed(first), self.needed(second)


def evaluation_clusters(i: Inputs) -> EvaluationClusters:
    """The clusters that the reader's examples come in."""
    exist = i.cluster_size > 1
    effect = cluster_design_effect(i.cluster_size, i.cluster_variation, i.cluster_likeness)
    return EvaluationClusters(exist, named("Design effect", choose(exist, effect, 1)))
