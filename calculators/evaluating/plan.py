"""How many test examples you need.

A test is an experiment: two versions, a score each, and chance in between. From the scores you expect come the number
of examples that shows the difference, and what a given number can show. Two versions that answer the same examples are
compared by McNemar's test, two samples of their own by Fisher's; both two-sided.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculators.engine.declare import (
    Column,
    Table,
    amount,
    calculator,
    example,
    findings,
    later,
    line,
    number,
    share,
    table,
)
from calculators.engine.numbers import (
    ascending,
    both,
    ceil,
    either_of,
    floor,
    largest,
    named,
    note,
    plain,
    quotient,
    smallest,
    when,
)
from calculators.engine.smallest_difference import smallest_independent_difference, smallest_paired_difference
from calculators.engine.statistics import (
    EXACT_UP_TO,
    counted,
    difference_between,
    independent_chance,
    independent_power,
    independent_size,
    judged,
    judged_discordant,
    paired_chance,
    paired_power,
    paired_size,
    standard_error,
    wilson,
    with_correction,
    wrong_pick_chance,
    z_of,
)
from calculators.engine.statistics import (
    EXAMPLES as EXAMPLE_COUNT,
)
from calculators.engine.units import ONE, SHARE, count
from calculators.engine.words import quantity

COMPARISONS = count("comparison")
SIZES = (20, 50, 100, 200, 500, 1000, 2000)
"""The numbers of examples that the table sets side by side with the reader's own."""


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The test, how sure it shall be, and what the two versions are expected to score."""

    examples: Decimal = number(
        "Examples", EXAMPLE_COUNT, low=1, high=1_000_000, default=100, whole=True, group="The test",
        because="a test set that two people write in a few days",
        help="How many examples you have, or think of writing. If each version answers examples of its own: for each.",
    )  # fmt: skip
    comparisons: Decimal = number(
        "Comparisons", COMPARISONS, low=1, high=1000, default=1, whole=True, group="The test",
        because="one new version against the old one",
        help="How many versions, prompts or seeds you try against the baseline. The best of many looks good by luck, "
        "so each comparison is held to alpha divided by their number (Bonferroni; Holm's method starts there too).",
    )  # fmt: skip
    alpha: Decimal = number(
        "Alpha", SHARE, low="0.001", high="0.5", default="0.05", group="How sure",
        because="the usual 5%",
        help="The chance of a false alarm: seeing a difference where there is none. Two-sided.",
    )  # fmt: skip
    power: Decimal = number(
        "Power", SHARE, low="0.5", high="0.99", default="0.8", group="How sure",
        because="the usual 80%",
        help="The chance of noticing the difference if it is real.",
    )  # fmt: skip
    baseline: Decimal = share(
        "Baseline score", default="0.7", group="What you expect",
        because="a prompt that works, with room to improve",
        help="The share of right answers of the old version (p1).",
    )  # fmt: skip
    expected: Decimal = share(
        "Expected score", default="0.8", group="What you expect",
        because="a gain worth some work",
        help="The share of right answers of the new version, or the smallest one that would make you switch (p2).",
    )  # fmt: skip
    discordant: Decimal = share(
        "Examples on which the versions differ", default="assumptions:discordant-examples", group="What you expect",
        help="The share of examples that one version gets right and the other wrong, both ways together. Only these "
        "tell the versions apart when both answer the same examples.",
    )  # fmt: skip
    judge_accuracy: Decimal = number(
        "Accuracy of the judge", SHARE, low="0.5", high=1, default=1, group="What you expect",
        because="answers checked by rule or by a careful person",
        help="How often the grader is right, whether the answer is good or bad. Below 100% if a model grades.",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """What the difference needs, and what the reader's number of examples can show."""

    paired_sample_size: Decimal | None = amount(
        "Examples you need, the same for both versions", EXAMPLE_COUNT, headline=True,
        help="By Connor's formula for McNemar's test.",
    )  # fmt: skip
    sample_size_per_arm: Decimal | None = amount(
        "Examples for each, if each has its own", EXAMPLE_COUNT, help="By the pooled normal formula."
    )
    paired_power: Decimal = amount(
        "Chance to notice, with the same examples", SHARE, help="With the number of examples you typed."
    )
    independent_power: Decimal = amount("Chance to notice, with examples of their own", SHARE)
    smallest_difference: Decimal | None = amount(
        "Smallest difference you would notice, with the same examples", SHARE,
        help="Above the baseline, at the power you asked for. Nothing where even a perfect score would not do.",
    )  # fmt: skip
    wrong_pick: Decimal = amount(
        "Chance that the worse one scores at least as high", SHARE, help="Each on examples of its own."
    )
    score_low: Decimal = amount(
        "The baseline could truly be as low as", SHARE, help="Wilson's interval, if you measure what you expect."
    )
    score_high: Decimal = amount("The baseline could truly be as high as", SHARE)
    standard_error: Decimal = amount("Standard error of the baseline score", SHARE)
    granularity: Decimal = amount("Smallest step of a score", SHARE, detail=True, help="One example more or less.")
    smallest_independent_difference: Decimal | None = amount(
        "Smallest difference you would notice, with examples of their own", SHARE, detail=True
    )
    paired_sample_size_unrounded: Decimal | None = amount(
        "Examples, the same ones for both, unrounded", EXAMPLE_COUNT, detail=True
    )
    sample_size_per_arm_unrounded: Decimal | None = amount(
        "Examples for each version, unrounded", EXAMPLE_COUNT, detail=True
    )
    sample_size_per_arm_fisher: Decimal | None = amount(
        "Examples for each version, corrected for the exact test", EXAMPLE_COUNT, detail=True,
        help="Counts come in whole steps, so Fisher's exact test needs a few more.",
    )  # fmt: skip
    paired_power_normal: Decimal = amount("Chance with the same examples, by the normal formula", SHARE, detail=True)
    independent_power_normal: Decimal = amount(
        "Chance with examples of their own, by the normal formula", SHARE, detail=True,
        help="Too hopeful for few examples.",
    )  # fmt: skip
    alpha_each: Decimal = amount("Alpha of each comparison", SHARE, detail=True)
    sizes: Table = table(
        "What a number of examples can show",
        Column("examples", "Examples"),
        Column("low", "Score at least", SHARE),
        Column("high", "Score at most", SHARE),
        Column("smallest_difference", "Smallest difference", SHARE),
        Column("paired_power", "Noticed, same examples", SHARE),
        Column("independent_power", "Noticed, examples of their own", SHARE),
        Column("wrong_pick", "Worse one at least as high", SHARE),
        Column("enough", "Enough?"),
        help="The interval is that of the baseline score. The smallest difference is for the same examples.",
    )
    notes: tuple[Any, ...] = findings("Good to know")


EXAMPLES = [
    example("78% against 89% on 20 examples", baseline="78%", expected="89%", examples=20),
    example("A rewording worth two points", baseline="85%", expected="87%", examples=500, discordant="8%"),
    example("Five prompts graded by a model", baseline="70%", expected="80%", examples=200, comparisons=5,
            judge_accuracy="90%"),
    example("Fine-tuned against prompted, before release", baseline="89%", expected="94%", examples=300,
            discordant="9%", power="90%"),
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """What the grader sees: scores, differences and quantiles that several answers share."""

    baseline: Any
    expected: Any
    difference: Any
    discordant: Any
    alpha: Any
    z_alpha: Any
    z_power: Any


def test_of(i: Inputs) -> Test:
    """The reader's test as the grader sees it."""
    true_difference = difference_between(i.baseline, i.expected)
    possible = smallest(i.baseline + i.expected, 1 - i.baseline + 1 - i.expected)
    differ = named("Examples that can differ", smallest(largest(i.discordant, true_difference), possible))
    baseline = named("Baseline score as graded", judged(i.baseline, i.judge_accuracy))
    expected = named("Expected score as graded", judged(i.expected, i.judge_accuracy))
    alpha = named("Alpha of each comparison", i.alpha / i.comparisons)
    return Test(
        baseline=baseline,
        expected=expected,
        difference=named("Difference as graded", difference_between(baseline, expected)),
        discordant=named("Examples that differ as graded", judged_discordant(differ, i.judge_accuracy)),
        alpha=alpha,
        z_alpha=named("z of alpha", z_of(alpha / 2)),
        z_power=named("z of power", z_of(1 - i.power)),
    )


@calculator(
    chart=line(of="paired_power", over="examples", title="Chance to notice, if both versions answer the same examples")
)
def plan_of_a_test(i: Inputs) -> Outputs:
    """The number of examples that a difference needs, and what the reader's number of examples shows.

    >>> D = Decimal
    >>> given = dict(examples=D(20), comparisons=D(1), alpha=D("0.05"), power=D("0.8"), judge_accuracy=D(1))
    >>> plan_of_a_test(Inputs(baseline=D("0.8"), expected=D("0.9"), discordant=D("0.2"), **given)).sample_size_per_arm
    Decimal('199')
    """
    test = test_of(i)
    unrounded = independent_size(test.baseline, test.expected, test.z_alpha, test.z_power)
    paired = paired_size(test.discordant, test.difference, test.z_alpha, test.z_power)
    per_arm = _whole(unrounded)
    corrected = None if per_arm is None else ceil(with_correction(unrounded, test.difference))
    interval = wilson(test.baseline * i.examples, i.examples, test.z_alpha)
    smallest_difference = smallest_paired_difference(
        i.discordant, i.baseline, i.judge_accuracy, i.examples, test.z_alpha, test.z_power
    )
    outputs = Outputs(
        paired_sample_size=_whole(paired),
        sample_size_per_arm=per_arm,
        paired_power=paired_chance(test.discordant, test.difference, i.examples, test.alpha, test.z_alpha),
        independent_power=independent_chance(test.baseline, test.expected, i.examples, test.alpha, test.z_alpha),
        smallest_difference=smallest_difference,
        wrong_pick=wrong_pick_chance(test.baseline, test.expected, i.examples),
        score_low=interval.low,
        score_high=interval.high,
        standard_error=standard_error(test.baseline, i.examples),
        granularity=quotient(1, i.examples),
        smallest_independent_difference=smallest_independent_difference(
            i.baseline, i.judge_accuracy, i.examples, test.z_alpha, test.z_power
        ),
        paired_sample_size_unrounded=paired,
        sample_size_per_arm_unrounded=unrounded,
        sample_size_per_arm_fisher=corrected,
        paired_power_normal=paired_power(test.discordant, test.difference, i.examples, test.z_alpha),
        independent_power_normal=independent_power(test.baseline, test.expected, i.examples, test.z_alpha),
        alpha_each=test.alpha,
        sizes=later(lambda: sizes(i, test, outputs)),
        notes=later(lambda: remarks(i, test, outputs)),
    )
    return outputs


def _whole(unrounded: Any) -> Any:
    """The next whole number of examples, where there is one."""
    return None if plain(unrounded) is None else ceil(unrounded)


def sizes(i: Inputs, test: Test, own: Outputs) -> Table:
    """What several numbers of examples can show, the reader's own among them."""
    others = [size for size in SIZES if size != plain(i.examples)]
    tried = [counted("Examples of this row", size, i.examples, "constant") for size in others]
    ordered = ascending((*tried, i.examples), key=lambda examples: examples)
    rows = tuple(_size(i, test, own, examples) for examples in ordered)
    return Table(rows, [plain(examples) for examples in ordered].index(plain(i.examples)))


def _size(i: Inputs, test: Test, own: Outputs, examples: Any) -> tuple[Any, ...]:
    interval = wilson(test.baseline * examples, examples, test.z_alpha)
    paired, per_arm = plain(own.paired_sample_size), plain(own.sample_size_per_arm)
    enough = [plain(it) is not None and plain(examples) >= plain(it) for it in (paired, per_arm)]
    return (
        quantity(plain(examples), ONE),
        interval.low,
        interval.high,
        smallest_paired_difference(i.discordant, i.baseline, i.judge_accuracy, examples, test.z_alpha, test.z_power),
        paired_chance(test.discordant, test.difference, examples, test.alpha, test.z_alpha),
        independent_chance(test.baseline, test.expected, examples, test.alpha, test.z_alpha),
        wrong_pick_chance(test.baseline, test.expected, examples),
        when(enough[1], "yes", when(enough[0], "with the same examples", "no")),
    )


def remarks(i: Inputs, test: Test, own: Outputs) -> tuple[Any, ...]:
    """What a reader should know about this answer."""
    true_difference = difference_between(i.baseline, i.expected)
    can_differ = smallest(i.baseline + i.expected, 1 - i.baseline + 1 - i.expected)
    needed = i.examples if own.paired_sample_size is None else own.paired_sample_size
    exact_at_needed = (
        i.power
        if own.paired_sample_size is None
        else paired_chance(test.discordant, test.difference, needed, test.alpha, test.z_alpha)
    )
    right, hoped = i.baseline * i.examples, i.expected * i.examples
    return (
        note(
            true_difference <= 0,
            "Both scores are the same. No number of examples shows a difference that is not there.",
        ),
        note(
            both(true_difference > 0, 2 * i.judge_accuracy <= 1),
            "A judge that is right half of the time tells nothing about the answers.",
        ),
        note(
            i.examples < needed,
            "With {examples} that both versions answer, a true difference of {difference} goes unnoticed {missed} of "
            "the time. You need {needed}.",
            examples=(i.examples, EXAMPLE_COUNT), difference=(true_difference, SHARE),
            missed=(1 - own.paired_power, SHARE), needed=(needed, EXAMPLE_COUNT),
        ),
        note(
            exact_at_needed < i.power,
            "The formula is a little hopeful: counted outcome by outcome, {needed} notice the difference {chance} of "
            "the time. Take some more.",
            needed=(needed, EXAMPLE_COUNT), chance=(exact_at_needed, SHARE),
        ),
        note(
            either_of(right > floor(right), hoped > floor(hoped)),
            "{examples} give scores in steps of {step}, so {baseline} or {expected} itself cannot come out.",
            examples=(i.examples, EXAMPLE_COUNT), step=(own.granularity, SHARE), baseline=(i.baseline, SHARE),
            expected=(i.expected, SHARE),
        ),
        note(
            i.comparisons > 1,
            "With {comparisons}, each is held to an alpha of {alpha}, so that the chance of any false alarm stays "
            "below {whole}. Run the winner once more on fresh examples.",
            comparisons=(i.comparisons, COMPARISONS), alpha=(test.alpha, SHARE), whole=(i.alpha, SHARE),
        ),
        note(
            both(i.judge_accuracy < 1, test.difference > 0),
            "The judge's mistakes shrink a true difference of {true} to {seen}.",
            true=(true_difference, SHARE), seen=(test.difference, SHARE),
        ),
        note(
            i.discordant < true_difference,
            "Scores that lie {difference} apart differ on at least as many examples. So many are counted.",
            difference=(true_difference, SHARE),
        ),
        note(
            i.discordant > can_differ,
            "With these scores the versions can differ on {most} of the examples at most. So many are counted.",
            most=(can_differ, SHARE),
        ),
        note(
            i.examples > EXACT_UP_TO,
            "Chances are added up outcome by outcome up to {most}; for more, the normal formula stands in.",
            most=(Decimal(EXACT_UP_TO), EXAMPLE_COUNT),
        ),
    )  # fmt: skip
