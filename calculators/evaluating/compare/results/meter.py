"""What was measured in results, as numbers of the run, each with the answers that it hangs on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.graded_scores import score_as_run_number
from calculators.engine.numbers import Number, apply_to_bare_numbers, bare_value, choose, is_traced, known, untraced
from calculators.engine.numbers.traced import Origin, Traced
from calculators.engine.numbers.units import ONE, Unit
from calculators.evaluating.compare.inputs import AS_WRONG, Inputs
from calculators.evaluating.compare.results.matched import Scoring


@dataclass(frozen=True, slots=True)
class VersionMeter:
    """Gives figures by the answers of a reader: the score that passes, and what failed runs count as."""

    i: Inputs

    @property
    def scoring(self) -> Scoring:
        """How results count, for looking at what there is."""
        mark = untraced(self.i).pass_mark
        return Scoring(None if mark is None else float(mark), self._failures_count)

    @property
    def _failures_count(self) -> bool:
        return bare_value(self.i.failed_runs) == AS_WRONG

    def at_level(
        self, label: str, figure: Callable[[Scoring, float], float | None], level: Number, unit: Unit = ONE
    ) -> Number:
        """A figure that hangs on a level such as alpha as well."""
        if is_traced(level):
            bare = bare_value(level)
            leaf = self.number(label, lambda scoring: figure(scoring, float(bare)), unit)
            return choose(level == bare, leaf, leaf)  # both are one: the working tells the level
        mark = self.i.pass_mark
        if mark is None:
            return apply_to_bare_numbers(
                label, lambda bare: score_as_run_number(bare, figure(self.scoring, float(bare))), level
            )
        return apply_to_bare_numbers(
            label,
            lambda bare, passing: score_as_run_number(
                bare, figure(Scoring(float(passing), self._failures_count), float(bare))
            ),
            level,
            mark,
        )

    def number(self, label: str, figure: Callable[[Scoring], float | None], unit: Unit = ONE) -> Number:
        """A figure as a number of the run; a working names the answers that decided it."""
        mark, like = self.i.pass_mark, self.i.alpha
        if not is_traced(like):
            if mark is None:
                return score_as_run_number(like, figure(Scoring(None, self._failures_count)))
            return apply_to_bare_numbers(
                label,
                lambda bare: score_as_run_number(bare, figure(Scoring(float(bare), self._failures_count))),
                mark,
            )
        rounded = score_as_run_number(Decimal(1), figure(self.scoring))
        origin = Origin("derived", because="measured in your results")
        leaf: Number = Traced(rounded, unit, label=label, origin=origin)  # type: ignore[assignment]  # the traced kind
        leaf = choose(self.i.failed_runs == untraced(self.i.failed_runs), leaf, leaf)  # the working tells the answer
        leaf = choose(known(mark), leaf, leaf)
        typed = bare_value(mark)
        return leaf if typed is None else choose(mark == typed, leaf, leaf)
