"""How many test examples you need.

A test is an experiment: two versions, a score each, and chance in between. From the scores you expect come the number
of examples that shows the difference, and what a given number can show. Two versions that answer the same examples are
compared by McNemar's test, two samples of their own by Fisher's; graded scores by t-tests. All are two-sided.
"""

from __future__ import annotations

from calculators.engine.declare import calculator, later, line
from calculators.engine.numbers import choose
from calculators.evaluating.plan.clusters import evaluation_clusters
from calculators.evaluating.plan.counted import planned_counted_measures
from calculators.evaluating.plan.design import evaluation_design
from calculators.evaluating.plan.graded import planned_graded_design, planned_graded_measures
from calculators.evaluating.plan.inputs import EXAMPLES, Inputs
from calculators.evaluating.plan.notes import evaluation_plan_remarks
from calculators.evaluating.plan.outputs import Outputs
from calculators.evaluating.plan.pilot import evaluation_pilot
from calculators.evaluating.plan.tables import evaluation_size_table

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "evaluation_plan"]


NOT_COUNTED = (
    "The work of writing and grading the examples.",
    "Cases unlike those that were looked at.",
)


@calculator(
    chart=line(
        output="paired_power", over="examples", title="Chance to notice, if both versions answer the same examples"
    )
)
def evaluation_plan(i: Inputs) -> Outputs:
    """The number of examples that a difference needs, and what the reader's number of examples shows.

    (1.96 × √(2 × 0.85 × 0.15) + 0.84 × √(0.8 × 0.2 + 0.9 × 0.1))² ÷ 0.1² is a little below 199:

    >>> scores = dict(baseline="0.8", expected="0.9", judge_accuracy=1)
    >>> evaluation_plan(sample(Inputs, **scores, examples=20, alpha="0.05", power="0.8")).sample_size_per_arm
    Decimal('199')
    """
    pilot = evaluation_pilot(i)
    design = evaluation_design(i, pilot)
    graded, clusters = planned_graded_design(i, pilot, design.alpha), evaluation_clusters(i)
    measures = (
        planned_counted_measures(i, design, clusters)
        if graded is None
        else planned_graded_measures(i, graded, clusters)
    )
    outputs = Outputs(
        **measures,
        pilot_cases=pilot.cases,
        pilot_score_sd=pilot.score_sd,
        pilot_difference_sd=pilot.difference_sd,
        pilot_run_sd=pilot.run_sd,
        pilot_discordant=pilot.discordant,
        alpha_each=design.alpha,
        design_effect=choose(clusters.exist, clusters.effect, None),
        effective_examples=choose(clusters.exist, clusters.worth(i.examples), None),
        sizes=later(lambda: evaluation_size_table(i, design, graded, clusters, outputs)),
        notes=later(lambda: evaluation_plan_remarks(i, design, graded, clusters, pilot, outputs)),
    )
    return outputs
