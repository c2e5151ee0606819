"""The counts of right and wrong answers: typed, pasted, or counted in files."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.statistics import fisher_p_value_formula, mcnemar_p_value_formula, p_value_formula_count
from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.numbers import Condition, Number, choose, named, smallest
from calculators.evaluating.compare.inputs import PAIRED, Inputs
from calculators.evaluating.compare.results.matched import matched_pair_count, matched_version_results
from calculators.evaluating.compare.results.meter import VersionMeter
from calculators.evaluating.compare.results.source import VersionSource
from calculators.readers.results.pasted import Results, read_pasted_results


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The results in numbers, of whichever design; `paired` says which, `pasted` and `source` where they are from.

    There is no p-value where a version answered no example.
    """

    paired: Condition
    pasted: Results | None
    source: VersionSource | None
    both_right: Number
    only_a: Number
    only_b: Number
    both_wrong: Number
    right_a: Number
    examples_a: Number
    right_b: Number
    examples_b: Number
    p_value: Number | None


def version_tally(i: Inputs, source: VersionSource | None) -> Tally:
    """What the reader typed, pasted or gave in files, as one set of numbers."""
    pasted = read_pasted_results(i.results) if source is None and i.results.strip() else None
    four = (
        _version_counted_pairs(i, source)
        if source is not None
        else {name: _version_cell(i, pasted, name) for name in _LABELS}
    )
    paired = True if pasted or source else i.design == PAIRED
    answered = named("Examples answered", four["both_right"] + four["only_a"] + four["only_b"] + four["both_wrong"])
    right_a, right_b = four["both_right"] + four["only_a"], four["both_right"] + four["only_b"]
    own_a, own_b = smallest(i.right_a, i.examples_a), smallest(i.right_b, i.examples_b)
    examples_a = named("Examples A answered", choose(paired, answered, i.examples_a))
    examples_b = named("Examples B answered", choose(paired, answered, i.examples_b))
    return Tally(
        paired=paired,
        pasted=pasted,
        source=source,
        **four,
        right_a=named("Right answers of A", choose(paired, right_a, own_a)),
        examples_a=examples_a,
        right_b=named("Right answers of B", choose(paired, right_b, own_b)),
        examples_b=examples_b,
        p_value=choose(
            smallest(examples_a, examples_b) <= 0,
            None,
            choose(
                paired,
                mcnemar_p_value_formula(four["only_a"], four["only_b"]),
                fisher_p_value_formula(own_a, i.examples_a, own_b, i.examples_b),
            ),
        ),
    )


_LABELS = {
    "both_right": "Both right, pasted",
    "only_a": "Only A right, pasted",
    "only_b": "Only B right, pasted",
    "both_wrong": "Both wrong, pasted",
}


_PAIRS = {"both_right": (1.0, 1.0), "only_a": (1.0, 0.0), "only_b": (0.0, 1.0), "both_wrong": (0.0, 0.0)}


def _version_counted_pairs(i: Inputs, source: VersionSource) -> dict[str, Number]:
    """The four numbers counted in the cases that both versions have; 0 where there is no second version."""
    a, b, meter = source.a, source.b, VersionMeter(i)

    def count(pair: tuple[float, float]) -> Number:
        label = next(label for name, label in _LABELS.items() if _PAIRS[name] == pair).replace("pasted", "in the files")
        if a is None or b is None:
            return meter.number(label, lambda scoring: 0, EXAMPLE_COUNT)
        return meter.number(
            label, lambda scoring: matched_pair_count(matched_version_results(a, b, scoring), pair), EXAMPLE_COUNT
        )

    return {name: count(pair) for name, pair in _PAIRS.items()}


def _version_cell(i: Inputs, pasted: Results | None, name: str) -> Number:
    """One of the four numbers of paired results: counted in what was pasted, else as typed."""
    typed: Number = getattr(i, name)
    cell: Number = typed if pasted is None else p_value_formula_count(_LABELS[name], getattr(pasted, name), typed)
    return cell
