"""What a reader of the plan of a test should know about the answer."""

from __future__ import annotations

from decimal import Decimal

from calculators.domain.statistics import EXACT_UP_TO, absolute_score_difference, largest_discordance, paired_power
from calculators.domain.units import CLUSTER_COUNT, COMPARISONS, EXAMPLE_COUNT, RUN_COUNT
from calculators.engine.numbers import Condition, Note, both, either_of, floor, is_known_number, known_or, note
from calculators.engine.numbers.units import ONE, SHARE
from calculators.evaluating.plan.clusters import EvaluationClusters
from calculators.evaluating.plan.design import Design
from calculators.evaluating.plan.graded import PlannedGradedDesign
from calculators.evaluating.plan.inputs import Inputs
from calculators.evaluating.plan.outputs import Outputs
from calculators.evaluating.plan.pilot import EvaluationPilot
from calculators.evaluating.plan.pilot_notes import evaluation_pilot_remarks

FEW = 20
"""With fewer clusters, tests and intervals are too hopeful."""


def evaluation_plan_remarks(
    i: Inputs,
    design: Design,
    graded: PlannedGradedDesign | None,
    clusters: EvaluationClusters,
    pilot: EvaluationPilot,
    outputs: Outputs,
) -> tuple[Note, ...]:
    """What a reader should know about this answer."""
    if graded is None:
        remarks = _evaluation_plan_counted_remarks(i, design, clusters, pilot, outputs)
    else:
        remarks = _evaluation_plan_graded_remarks(i, graded, outputs)
    return (*remarks, *_evaluation_plan_cluster_remarks(i, clusters), *evaluation_pilot_remarks(i, pilot))


def _evaluation_plan_cluster_remarks(i: Inputs, clusters: EvaluationClusters) -> tuple[Note, ...]:
    """What clusters cost, and that a test needs more than a few of them."""
    number = floor(i.examples / i.cluster_size)
    return (
        note(
            both(clusters.exist, clusters.effect > 1),
            "{examples} in clusters of {size} tell as much as {worth} on their own. Examples from further clusters "
            "tell more than further examples of the same ones.",
            examples=(i.examples, EXAMPLE_COUNT),
            size=(i.cluster_size, ONE),
            worth=(clusters.worth(i.examples), EXAMPLE_COUNT),
        ),
        note(
            both(clusters.exist, number < FEW),
            "These are {clusters}. With so few, tests and intervals are too hopeful: compare the results "
            "cluster by cluster.",
            clusters=(number, CLUSTER_COUNT),
        ),
    )


def _evaluation_plan_graded_remarks(i: Inputs, graded: PlannedGradedDesign, outputs: Outputs) -> tuple[Note, ...]:
    needed = known_or(outputs.paired_sample_size, i.examples)
    best, strays = known_or(outputs.best_runs, i.runs), graded.differences.within > 0
    return (
        note(graded.difference <= 0, SAME_SCORES),
        note(
            i.examples < needed,
            TOO_FEW,
            examples=(i.examples, EXAMPLE_COUNT),
            difference=(graded.difference, SHARE),
            missed=(1 - outputs.paired_power, SHARE),
            needed=(needed, EXAMPLE_COUNT),
        ),
        note(
            known_or(outputs.smallest_difference, 0 * i.examples) > 1,
            "So few examples show no difference that scores on this scale can have.",
        ),
        note(
            i.comparisons > 1,
            MANY_COMPARISONS,
            comparisons=(i.comparisons, COMPARISONS),
            alpha=(graded.alpha, SHARE),
            whole=(i.alpha, SHARE),
        ),
        note(
            graded.differences.within <= 0,
            "Nothing says how far the runs of an example vary, so more runs of each gain nothing here. Run a few "
            "examples several times to find out.",
        ),
        _evaluation_plan_better_split(
            both(strays, best > i.runs), "More runs of fewer examples are better", graded, outputs
        ),
        _evaluation_plan_better_split(
            both(strays, best < i.runs), "More examples with fewer runs are better", graded, outputs
        ),
        note(
            i.judge_accuracy < 1,
            "The accuracy of the judge counts for right and wrong answers only. With grades its mistakes are part of "
            "how far scores vary.",
        ),
    )


def _evaluation_plan_better_split(
    condition: Condition, advice: str, graded: PlannedGradedDesign, outputs: Outputs
) -> Note:
    runs, cases = outputs.best_runs, outputs.best_cases
    then = graded.differences.error(cases, runs) if is_known_number(runs) and is_known_number(cases) else None
    return note(
        condition,
        f"{advice}: {{cases}} with {{runs}} each take the same effort, and the standard error of the difference "
        "shrinks from {now} to {then}.",
        cases=(cases, EXAMPLE_COUNT),
        runs=(runs, RUN_COUNT),
        now=(outputs.difference_error, SHARE),
        then=(then, SHARE),
    )


SAME_SCORES = "Both scores are the same. No number of examples shows a difference that is not there."
TOO_FEW = (
    "With {examples} that both versions answer, a true difference of {difference} goes unnoticed {missed} of the time. "
    "You need {needed}."
)
MANY_COMPARISONS = (
    "With {comparisons}, each is held to an alpha of {alpha}, so that the chance of any false alarm stays below "
    "{whole}. Run the winner once more on fresh examples."
)


def _evaluation_plan_counted_remarks(
    i: Inputs, design: Design, clusters: EvaluationClusters, pilot: EvaluationPilot, outputs: Outputs
) -> tuple[Note, ...]:
    true_difference = absolute_score_difference(i.baseline, i.expected)
    can_differ = largest_discordance(i.baseline, i.expected)
    share = known_or(known_or(i.discordant, pilot.discordant), design.differ)
    needed = i.examples if outputs.paired_sample_size is None else outputs.paired_sample_size
    exact_at_needed = (
        i.power
        if outputs.paired_sample_size is None
        else paired_power(
            design.discordant, design.difference, clusters.whole_worth(needed), design.alpha, design.z_alpha
        )
    )
    right, hoped = i.baseline * i.examples, i.expected * i.examples
    return (
        note(true_difference <= 0, SAME_SCORES),
        note(
            both(true_difference > 0, 2 * i.judge_accuracy <= 1),
            "A judge that is right half of the time tells nothing about the answers.",
        ),
        note(
            i.examples < needed,
            TOO_FEW,
            examples=(i.examples, EXAMPLE_COUNT),
            difference=(true_difference, SHARE),
            missed=(1 - outputs.paired_power, SHARE),
            needed=(needed, EXAMPLE_COUNT),
        ),
        note(
            exact_at_needed < i.power,
            "The formula is a little hopeful: counted outcome by outcome, {needed} notice the difference {chance} of "
            "the time. Take some more.",
            needed=(needed, EXAMPLE_COUNT),
            chance=(exact_at_needed, SHARE),
        ),
        note(
            either_of(right > floor(right), hoped > floor(hoped)),
            "{examples} give scores in steps of {step}, so {baseline} or {expected} itself cannot come out.",
            examples=(i.examples, EXAMPLE_COUNT),
            step=(outputs.granularity, SHARE),
            baseline=(i.baseline, SHARE),
            expected=(i.expected, SHARE),
        ),
        note(
            i.comparisons > 1,
            MANY_COMPARISONS,
            comparisons=(i.comparisons, COMPARISONS),
            alpha=(design.alpha, SHARE),
            whole=(i.alpha, SHARE),
        ),
        note(
            both(i.judge_accuracy < 1, design.difference > 0),
            "The judge's mistakes shrink a true difference of {true} to {seen}.",
            true=(true_difference, SHARE),
            seen=(design.difference, SHARE),
        ),
        note(
            share < true_difference,
            "Scores that lie {difference} apart differ on at least as many examples. So many are counted.",
            difference=(true_difference, SHARE),
        ),
        note(
            share > can_differ,
            "With these scores the versions can differ on {most} of the examples at most. So many are counted.",
            most=(can_differ, SHARE),
        ),
        note(
            both(share > design.unrelated, share <= can_differ),
            "Two versions whose mistakes have nothing in common would differ on {unrelated} of the examples. Yours "
            "differ on more, so each fails where the other succeeds. That is rare: look at the examples once more.",
            unrelated=(design.unrelated, SHARE),
        ),
        note(
            clusters.whole_worth(i.examples) > EXACT_UP_TO,
            "Chances are added up outcome by outcome up to {most}; for more, the normal formula is used.",
            most=(Decimal(EXACT_UP_TO), EXAMPLE_COUNT),
        ),
    )
