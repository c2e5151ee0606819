"""What was measured in the reader's files, as numbers of the run, each with the answers that it hangs on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.graded_scores import (
    score_as_run_number,
    score_difference_p_value,
    score_differences,
    score_spread,
    sum_of_scores,
)
from calculators.domain.units import PASSAGES, QUERIES
from calculators.engine.numbers import (
    Number,
    apply_to_bare_numbers,
    bare_value,
    choose,
    is_traced,
    untraced,
)
from calculators.engine.numbers.traced import Origin, Traced
from calculators.engine.numbers.units import ONE, Unit
from calculators.evaluating.retrieval.figures import (
    Setting,
    measured_search_queries,
    search_judged_passages,
    search_query_figures,
    search_recall_curve,
    smallest_search_cutoff,
)
from calculators.evaluating.retrieval.inputs import ZERO, Inputs
from calculators.evaluating.retrieval.measures import EXPONENTIAL, GAIN, MEASURES
from calculators.evaluating.retrieval.rankings import SearchVersion

QUERY_CHOICES = ("unjudged", "impossible")
"""The choices on which every figure hangs."""


@dataclass(frozen=True, slots=True)
class SearchMeter:
    """Measures versions by the answers of a reader."""

    i: Inputs

    def setting(self, k: Number, grade: Number) -> Setting:
        """The answers as plain numbers, with some k and the grade of a right passage."""
        return Setting(
            int(k),
            float(grade),
            bare_value(self.i.gain) == EXPONENTIAL,
            bare_value(self.i.impossible) == ZERO,
        )

    def queries(self, version: SearchVersion) -> Number:
        """How many queries are measured."""
        return self._number(
            "Queries measured",
            QUERIES,
            lambda grade: len(
                measured_search_queries(version, float(grade), self.setting(Decimal(1), grade).impossible)
            ),
            (self.i.relevant_from,),
            ("impossible",),
        )

    def without_right(self, version: SearchVersion) -> Number:
        """How many judged queries have no right passage."""
        return self._number(
            "Queries found without a right passage",
            QUERIES,
            lambda grade: len(version.rankings) - len(measured_search_queries(version, float(grade), False)),
            (self.i.relevant_from,),
        )

    def total(self, version: SearchVersion, measure: str, letter: str) -> Number:
        """The sum of a measure over the queries."""
        return self._measured(
            f"{MEASURES[measure]} of {letter}, added up",
            measure,
            lambda setting: sum_of_scores(search_query_figures(version, measure, setting)),
        )

    def spread(self, version: SearchVersion, measure: str, letter: str) -> Number:
        """The standard deviation of a measure over the queries."""
        return self._measured(
            f"Standard deviation of {MEASURES[measure]}, {letter}",
            measure,
            lambda setting: score_spread(search_query_figures(version, measure, setting)),
        )

    def difference_spread(self, a: SearchVersion, b: SearchVersion, measure: str) -> Number:
        """The standard deviation of the differences B minus A."""
        return self._measured(
            f"Standard deviation of B minus A in {MEASURES[measure]}",
            measure,
            lambda setting: score_spread(self._differences(a, b, measure, setting)),
        )

    def p_value(self, a: SearchVersion, b: SearchVersion, measure: str) -> Number:
        """The two-sided p-value of the differences."""
        return self._measured(
            f"p-value of B minus A in {MEASURES[measure]}",
            measure,
            lambda setting: score_difference_p_value(self._differences(a, b, measure, setting)),
        )

    def changed(self, a: SearchVersion, b: SearchVersion, measure: str) -> tuple[Number, Number]:
        """On how many queries B is better, and on how many worse."""
        return (
            self._measured(
                f"Queries on which B is better in {MEASURES[measure]}",
                measure,
                lambda setting: len([step for step in self._differences(a, b, measure, setting) if step > 0]),
                QUERIES,
            ),
            self._measured(
                f"Queries on which B is worse in {MEASURES[measure]}",
                measure,
                lambda setting: len([step for step in self._differences(a, b, measure, setting) if step < 0]),
                QUERIES,
            ),
        )

    def enough(self, version: SearchVersion, letter: str) -> Number | None:
        """The smallest k with enough of the recall; None where there is no recall."""
        return self._number(
            f"Smallest k with enough recall, {letter}",
            PASSAGES,
            lambda share, grade: smallest_search_cutoff(
                version, float(share), float(grade), self.setting(Decimal(1), grade).impossible
            ),
            (self.i.enough, self.i.relevant_from),
            QUERY_CHOICES,
        )

    def recall_until(self, version: SearchVersion, k: int, letter: str) -> Number:
        """The sum of recall over the queries within some k of the curve."""

        def total(grade: Number) -> float:
            curve = search_recall_curve(version, float(grade), self.setting(Decimal(1), grade).impossible)
            return curve[min(k, len(curve)) - 1] if curve else 0.0

        label = f"Recall of {letter} at {k}, added up"
        return self._number(label, ONE, total, (self.i.relevant_from,), QUERY_CHOICES)

    def judged(self, version: SearchVersion) -> tuple[Number, Number]:
        """How many of the first k passages are judged, and how many they are."""
        return (
            self._measured(
                "Judged passages among the first k", "", lambda setting: search_judged_passages(version, setting)[0]
            ),
            self._measured(
                "Passages among the first k", "", lambda setting: search_judged_passages(version, setting)[1]
            ),
        )

    def count(self, label: str, number: int, unit: Unit, choices: Sequence[str] = ()) -> Number:
        """What was counted in a file, whatever the answers are but for some choices."""
        return self._number(label, unit, lambda grade: number, (self.i.relevant_from,), choices, tied=False)

    def _differences(self, a: SearchVersion, b: SearchVersion, measure: str, setting: Setting) -> tuple[float, ...]:
        return score_differences(search_query_figures(a, measure, setting), search_query_figures(b, measure, setting))

    def _measured(self, label: str, measure: str, figure: Callable[[Setting], float], unit: Unit = ONE) -> Number:
        """A figure that hangs on k and on the grade from which on a passage is right."""
        return self._number(
            label,
            unit,
            lambda k, grade: figure(self.setting(k, grade)),
            (self.i.k, self.i.relevant_from),
            (*QUERY_CHOICES, *(("gain",) if measure == GAIN else ())),
        )

    def _number(
        self,
        label: str,
        unit: Unit,
        figure: Callable[..., float | None],
        numbers: tuple[Number, ...],
        choices: Sequence[str] = (),
        *,
        tied: bool = True,
    ) -> Number:
        """A figure as a number of the run; where there is a working, it names the answers that decided the figure."""
        if not is_traced(*numbers):
            return apply_to_bare_numbers(label, lambda *bare: score_as_run_number(bare[0], figure(*bare)), *numbers)
        bare = [bare_value(number) for number in numbers]
        rounded = score_as_run_number(Decimal(1), figure(*bare))
        origin = Origin("derived", because="measured in your files")
        leaf: Number = Traced(rounded, unit, label=label, origin=origin)  # type: ignore[assignment]  # the traced kind
        for number, typed in zip(numbers if tied else (), bare, strict=False):
            leaf = choose(number == typed, leaf, leaf)  # both are one: the working tells by which answer
        for name in choices:
            answer = getattr(self.i, name)
            leaf = choose(answer == untraced(answer), leaf, leaf)
        return leaf
