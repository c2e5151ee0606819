"""The table of test sizes, and what each of them shows."""

from __future__ import annotations

from calculators.domain.statistics import (
    independent_power,
    p_value_formula_count,
    paired_power,
    smallest_paired_difference,
    wilson_interval,
    wrong_pick_chance,
)
from calculators.engine.declare import Cell, Table
from calculators.engine.numbers import Number, bare_value, is_known_number, sorted_by_number, when
from calculators.engine.numbers.rounding import unrounded_quantity
from calculators.engine.numbers.units import ONE
from calculators.evaluating.plan.clusters import EvaluationClusters
from calculators.evaluating.plan.design import Design
from calculators.evaluating.plan.graded import PlannedGradedDesign
from calculators.evaluating.plan.inputs import Inputs
from calculators.evaluating.plan.outputs import Outputs

SIZES = (20, 50, 100, 200, 500, 1000, 2000)
"""The numbers of examples that the table sets side by side with the reader's own."""


def evaluation_size_table(
    i: Inputs, design: Design, graded: PlannedGradedDesign | None, clusters: EvaluationClusters, outputs: Outputs
) -> Table:
    """What several numbers of examples can show, the reader's own among them."""
    listed = [size for size in SIZES if size != bare_value(i.examples)]
    tried = [p_value_formula_count("Examples of this row", size, i.examples, "constant") for size in listed]
    ordered = sorted_by_number((*tried, i.examples), key=lambda examples: examples)
    rows = tuple(_evaluation_size_row(i, design, graded, clusters, outputs, examples) for examples in ordered)
    return Table(rows, [bare_value(examples) for examples in ordered].index(bare_value(i.examples)))


def _evaluation_size_row(
    i: Inputs,
    design: Design,
    graded: PlannedGradedDesign | None,
    clusters: EvaluationClusters,
    outputs: Outputs,
    examples: Number,
) -> tuple[Cell, ...]:
    paired, per_arm = bare_value(outputs.paired_sample_size), bare_value(outputs.sample_size_per_arm)
    enough = [is_known_number(size) and bare_value(examples) >= size for size in (paired, per_arm)]
    return (
        unrounded_quantity(bare_value(examples), ONE),
        *(
            _evaluation_size_table_counted(i, design, clusters, examples)
            if graded is None
            else _evaluation_size_table_graded(i, graded, clusters, examples)
        ),
        when(enough[1], "yes", when(enough[0], "with the same examples", "no")),
    )


def _evaluation_size_table_counted(
    i: Inputs, design: Design, clusters: EvaluationClusters, listed: Number
) -> tuple[Cell, ...]:
    worth, examples = clusters.worth(listed), clusters.whole_worth(listed)
    interval = wilson_interval(design.baseline * worth, worth, design.z_alpha)
    return (
        interval.low,
        interval.high,
        smallest_paired_difference(
            design.fixed_discordance,
            design.discordance_ratio,
            i.baseline,
            i.judge_accuracy,
            examples,
            design.z_alpha,
            design.z_power,
        ),
        paired_power(design.discordant, design.difference, examples, design.alpha, design.z_alpha),
        independent_power(design.baseline, design.expected, examples, design.alpha, design.z_alpha),
        wrong_pick_chance(design.baseline, design.expected, examples),
    )


def _evaluation_size_table_graded(
    i: Inputs, graded: PlannedGradedDesign, clusters: EvaluationClusters, listed: Number
) -> tuple[Cell, ...]:
    low, high = graded.score_ends(i, clusters.worth(listed))
    examples = clusters.whole_worth(listed)
    return (
        low,
        high,
        graded.smallest_difference(i, examples),
        graded.paired_power(i, examples),
        graded.independent_power(i, examples),
        None,
    )
