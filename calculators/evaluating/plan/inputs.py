"""What the plan of a test asks: the scores, the difference to notice, and how sure the answer shall be."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain import questions
from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.declare import example, files, number, share
from calculators.engine.numbers.units import ONE, SHARE
from calculators.evaluating.compare.inputs import LARGEST_SUMMARY, open_version_results_reader
from calculators.readers.results.summary import result_summary_in_words, result_summary_refusal

GRADES = "Graded scores, repeated runs, a pilot"
TOGETHER = "Examples that belong together"


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The test, how sure it shall be, and what the two versions are expected to score."""

    examples: Decimal = number(
        "Examples",
        EXAMPLE_COUNT,
        low=1,
        high=1_000_000,
        default=100,
        whole=True,
        group="The test",
        because="a test set that two people write in a few days",
        help="How many examples you have, or think of writing. If each version answers examples of its own: for each.",
    )
    ratio: Decimal = number(
        "Examples of the new version for each of the old",
        ONE,
        low="0.01",
        high=100,
        default=1,
        group="The test",
        folded=True,
        because="equal groups need the fewest examples in all",
        help="If each version answers examples of its own, such as users of a service: 0.1 where one in eleven gets "
        "the new version.",
    )
    comparisons: Decimal = questions.comparisons(
        group="The test",
        help="How many versions, prompts or seeds you try against the baseline. The best of many looks good by luck, "
        "so each comparison is held to alpha divided by their number (Bonferroni; Holm's method starts there too).",
    )
    alpha: Decimal = questions.alpha(
        group="How sure",
        folded=True,
        help="The chance of a false alarm: seeing a difference where there is none. Two-sided.",
    )
    power: Decimal = questions.power(
        group="How sure", folded=True, help="The chance of noticing the difference if it is real."
    )
    width: Decimal | None = number(
        "Width of the interval",
        SHARE,
        low="0.001",
        high=2,
        default=None,
        group="How sure",
        folded=True,
        because="a plan usually asks only whether there is a difference",
        help="If you want to know how large the difference is: how wide its interval may be from end to end, such as "
        "10% for 5 points to either side. The answer then says how many examples that takes.",
    )
    baseline: Decimal = share(
        "Baseline score",
        default="0.7",
        group="What you expect",
        because="a prompt that works, with room to improve",
        help="The share of right answers of the old version (p1).",
    )
    expected: Decimal = share(
        "Expected score",
        default="0.8",
        group="What you expect",
        because="a gain worth some work",
        help="The share of right answers of the new version, or the smallest one that would make you switch (p2).",
    )
    discordant: Decimal | None = share(
        "Examples on which the versions differ",
        default=None,
        group="What you expect",
        because="counted from the two scores and the next answer",
        help="The share of examples that one version gets right and the other wrong, both ways together. Only these "
        "tell the versions apart when both answer the same examples. Count it on a few dozen and type it here.",
    )
    discordant_ratio: Decimal = share(
        "Differences, against unrelated versions",
        default="assumptions:discordant-ratio",
        group="What you expect",
        folded=True,
        help="Two versions whose mistakes have nothing in common differ on p1(1 − p2) + p2(1 − p1) of the examples. "
        "Versions of one prompt, or models trained alike, fail on the same examples and differ on this part of that. "
        "Used while the share above is left open.",
    )
    judge_accuracy: Decimal = number(
        "Accuracy of the judge",
        SHARE,
        low="0.5",
        high=1,
        default=1,
        group="What you expect",
        because="answers checked by rule or by a careful person",
        help="How often the grader is right, whether the answer is good or bad. Below 100% if a model grades.",
    )
    cluster_size: Decimal = number(
        "Examples of a cluster",
        EXAMPLE_COUNT,
        low=1,
        high=10_000,
        default=1,
        group=TOGETHER,
        folded=True,
        because="each example is on its own, unless you say more",
        help="Several questions about one document, turns of one conversation, tickets of one customer: they are easy "
        "or hard together, so they tell less than as many on their own. The mean number in such a cluster.",
    )
    cluster_variation: Decimal = number(
        "Variation of the sizes",
        ONE,
        low=0,
        high=20,
        default=0,
        group=TOGETHER,
        folded=True,
        only_if=("cluster_likeness", "> 0"),
        because="clusters of the same size",
        help="The standard deviation of the cluster sizes, divided by their mean. A few large clusters tell less than "
        "many small ones.",
    )
    cluster_likeness: Decimal = share(
        "Intraclass correlation",
        default="0.1",
        group=TOGETHER,
        folded=True,
        because="an illustration: measure it with the results of a pilot",
        help="How alike the examples of a cluster are: 0% as strangers, 100% as copies. If both versions answer the "
        "same examples, it is that of the differences, which is often lower.",
    )
    pilot_files: str = files(
        "Files of a pilot",
        open_reader=open_version_results_reader,
        refusal=lambda text, facts: result_summary_refusal(text),
        told=result_summary_in_words,
        longest=LARGEST_SUMMARY,
        group=GRADES,
        folded=True,
        help="Results of the two versions on a few dozen examples, in any format that “Is B really better than A?” "
        "reads. They fill in what you leave open below, and the share of examples on which the versions differ. The "
        "files are read in this browser tab and sent nowhere.",
    )
    score_sd: Decimal | None = share(
        "Standard deviation of the scores",
        default=None,
        group=GRADES,
        folded=True,
        because="scores are right or wrong, unless you fill in this or the next answer",
        help="For grades such as 0.7 or 4 of 5: how far the scores of one version vary, with one run of each example. "
        "As a share of the scale: 0.8 points on a scale from 1 to 5 are 20%.",
    )
    difference_sd: Decimal | None = share(
        "Standard deviation of the differences",
        default=None,
        group=GRADES,
        folded=True,
        because="as of unrelated versions: the one above, times √2",
        help="Of the new score minus the old one, example by example, with one run of each. It decides how many "
        "examples both versions need.",
    )
    run_sd: Decimal | None = share(
        "Standard deviation between runs of an example",
        default=None,
        group=GRADES,
        folded=True,
        because="an example scores the same each time",
        help="How far the score of one example varies if the same version answers again. The two answers above "
        "contain it.",
    )
    runs: Decimal = number(
        "Runs of each example",
        ONE,
        low=1,
        high=100,
        default=1,
        whole=True,
        group=GRADES,
        folded=True,
        because="one run of each example is the usual test",
        help="How often each version answers each example. The mean of its runs is its score. For graded scores.",
    )
    case_effort: Decimal = number(
        "Effort for a new example, in runs",
        ONE,
        low=0,
        high=1000,
        default=10,
        group=GRADES,
        folded=True,
        because="an illustration: writing and checking an example costs as much as ten runs of it",
        help="In runs of it by both versions, grading included. It decides whether more examples or more runs pay.",
    )


EXAMPLES = [
    example("78% against 89% on 20 examples", baseline="78%", expected="89%", examples=20),
    example("A rewording worth two points", baseline="85%", expected="87%", examples=500, discordant="8%"),
    example(
        "Five prompts graded by a model",
        baseline="70%",
        expected="80%",
        examples=200,
        comparisons=5,
        judge_accuracy="90%",
    ),
    example(
        "Fine-tuned against prompted, before release",
        baseline="89%",
        expected="94%",
        examples=300,
        discordant="9%",
        power="90%",
    ),
    example(
        "Grades from 0 to 1, three runs of each example",
        baseline="62%",
        expected="67%",
        examples=80,
        score_sd="27%",
        difference_sd="24%",
        run_sd="12%",
        runs=3,
    ),
]
