"""Whether B is really better than A.

Two versions were tested, and one got more right. Where both answered the same examples, only those on which they differ
tell them apart: McNemar's exact test asks how often a fair coin would fall so unevenly. Where each answered examples of
its own, Fisher's exact test asks how often chance alone would deal the right answers so unevenly. Both are two-sided.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculators.engine.declare import (
    Judgement,
    Range,
    amount,
    calculator,
    choice,
    example,
    findings,
    interval,
    later,
    number,
    text,
    verdict,
)
from calculators.engine.numbers import (
    both,
    ceil,
    choose,
    either_of,
    largest,
    named,
    note,
    opposite,
    plain,
    quotient,
    smallest,
    when,
)
from calculators.engine.statistics import (
    EXAMPLES as EXAMPLE_COUNT,
)
from calculators.engine.statistics import (
    counted,
    difference_between,
    fisher,
    independent_size,
    mcnemar,
    newcombe,
    pair_correlation,
    paired_size,
    wilson,
    z_of,
)
from calculators.engine.traced import Constant
from calculators.engine.units import ONE, SHARE, count
from calculators.evaluating._pasted import Results, complaints, read_results

COMPARISONS = count("comparison")
THOUSAND = Constant(1000, "thousand", ONE)
PAIRED, INDEPENDENT = "paired", "independent"


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """How the test was made, what came out of it, and how sure it shall be."""

    design: str = choice(
        "How the test was made",
        {
            PAIRED: "Same examples",
            INDEPENDENT: "Examples of their own",
        },
        default=PAIRED, group="The test", because="one test set for both is the usual way, and the sharper one",
        help="Whether both versions answered the same examples, or each answered examples of its own.",
    )  # fmt: skip
    both_right: Decimal = number(
        "Both right", EXAMPLE_COUNT, low=0, high=10_000, default=66, whole=True, group="The same examples",
        because="an illustration",
    )  # fmt: skip
    only_a: Decimal = number(
        "Only A right", EXAMPLE_COUNT, low=0, high=10_000, default=6, whole=True, group="The same examples",
        because="an illustration", help="A right, B wrong: often called b.",
    )  # fmt: skip
    only_b: Decimal = number(
        "Only B right", EXAMPLE_COUNT, low=0, high=10_000, default=14, whole=True, group="The same examples",
        because="an illustration", help="B right, A wrong: often called c.",
    )  # fmt: skip
    both_wrong: Decimal = number(
        "Both wrong", EXAMPLE_COUNT, low=0, high=10_000, default=14, whole=True, group="The same examples",
        because="an illustration",
    )  # fmt: skip
    results: str = text(
        "Or paste the results", longest=200_000, group="The same examples",
        help="A line for each example: A's result, then B's, such as “1,0” or “pass fail”. What is pasted here counts "
        "in place of the four numbers above.",
    )  # fmt: skip
    right_a: Decimal = number(
        "A right", EXAMPLE_COUNT, low=0, high=10_000, default=72, whole=True, group="Examples of their own",
        because="an illustration",
    )  # fmt: skip
    examples_a: Decimal = number(
        "Examples of A", EXAMPLE_COUNT, low=0, high=10_000, default=100, whole=True, group="Examples of their own",
        because="an illustration",
    )  # fmt: skip
    right_b: Decimal = number(
        "B right", EXAMPLE_COUNT, low=0, high=10_000, default=80, whole=True, group="Examples of their own",
        because="an illustration",
    )  # fmt: skip
    examples_b: Decimal = number(
        "Examples of B", EXAMPLE_COUNT, low=0, high=10_000, default=100, whole=True, group="Examples of their own",
        because="an illustration",
    )  # fmt: skip
    alpha: Decimal = number(
        "Alpha", SHARE, low="0.001", high="0.5", default="0.05", group="How sure",
        because="the usual 5%",
        help="The chance of a false alarm that you accept. Intervals hold with the rest, such as 95%.",
    )  # fmt: skip
    comparisons: Decimal = number(
        "Comparisons", COMPARISONS, low=1, high=1000, default=1, whole=True, group="How sure",
        because="one new version against the old one",
        help="How many versions, prompts or seeds you tried before you picked B. Alpha is divided by it (Bonferroni).",
    )  # fmt: skip
    power: Decimal = number(
        "Power", SHARE, low="0.5", high="0.99", default="0.8", group="How sure",
        because="the usual 80%",
        help="How likely the next test shall be to show the difference, if it is real.",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """The verdict, what it rests on, and what it would take to be sure."""

    verdict: Any = verdict("Is B really better?", headline=True)
    p_value: Decimal = amount(
        "p-value of the exact test", ONE, help="Shown as 0 below one in a trillion; the JSON has it in full."
    )
    difference: Any = interval(
        "The true difference, B minus A", SHARE, help="Newcombe's interval, for paired or for independent results."
    )
    score_a: Any = interval("The true score of A", SHARE, help="Wilson's interval.")
    score_b: Any = interval("The true score of B", SHARE)
    needed: Decimal | None = amount(
        "Examples to be sure, at these rates", EXAMPLE_COUNT,
        help="For a test like this one with the power you asked for; for each version, if each has its own.",
    )  # fmt: skip
    more_examples: Decimal | None = amount("Examples still missing", EXAMPLE_COUNT)
    measured_difference: Decimal | None = amount("B minus A, as measured", SHARE, detail=True)
    discordant: Decimal | None = amount(
        "Examples on which they differ", SHARE, detail=True, help="Paired results only."
    )
    alpha_each: Decimal = amount("Alpha of each comparison", SHARE, detail=True)
    notes: tuple[Any, ...] = findings("Good to know")


EXAMPLES = [
    example("90% against 80% on the same 20 examples", both_right=15, only_a=1, only_b=3, both_wrong=1),
    example("A clear win on 200 examples", both_right=140, only_a=8, only_b=30, both_wrong=22),
    example("A perfect score", both_right=17, only_a=0, only_b=3, both_wrong=0),
    example("Results pasted from a spreadsheet", results="A,B\n1,1\n0,1\n1,1\n0,1\n1,0\n0,1\n0,0\n1,1\n0,1\n1,1"),
    example("Two samples of 20", design=INDEPENDENT, right_a=16, examples_a=20, right_b=18, examples_b=20),
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The results in numbers, of whichever design; `paired` says which, `pasted` what was pasted."""

    paired: Any
    pasted: Results | None
    both_right: Any
    only_a: Any
    only_b: Any
    both_wrong: Any
    right_a: Any
    examples_a: Any
    right_b: Any
    examples_b: Any
    p_value: Any


def counts(i: Inputs) -> Counts:
    """What the reader typed or pasted, as one set of numbers."""
    pasted = read_results(i.results) if i.results.strip() else None
    four = {name: _cell(i, pasted, name) for name in ("both_right", "only_a", "only_b", "both_wrong")}
    paired = True if pasted else i.design == PAIRED
    answered = named("Examples answered", four["both_right"] + four["only_a"] + four["only_b"] + four["both_wrong"])
    right_a, right_b = four["both_right"] + four["only_a"], four["both_right"] + four["only_b"]
    own_a, own_b = smallest(i.right_a, i.examples_a), smallest(i.right_b, i.examples_b)
    return Counts(
        paired=paired,
        pasted=pasted,
        **four,
        right_a=named("Right answers of A", choose(paired, right_a, own_a)),
        examples_a=named("Examples A answered", choose(paired, answered, i.examples_a)),
        right_b=named("Right answers of B", choose(paired, right_b, own_b)),
        examples_b=named("Examples B answered", choose(paired, answered, i.examples_b)),
        p_value=choose(
            paired, mcnemar(four["only_a"], four["only_b"]), fisher(own_a, i.examples_a, own_b, i.examples_b)
        ),
    )


_COUNTED = {
    "both_right": "Both right, pasted",
    "only_a": "Only A right, pasted",
    "only_b": "Only B right, pasted",
    "both_wrong": "Both wrong, pasted",
}


def _cell(i: Inputs, pasted: Results | None, name: str) -> Any:
    """One of the four numbers of paired results: counted in what was pasted, else as typed."""
    typed = getattr(i, name)
    return typed if pasted is None else counted(_COUNTED[name], getattr(pasted, name), typed)


@calculator()
def comparison(i: Inputs) -> Outputs:
    """The exact test, the intervals, and the examples that would settle it.

    >>> D = Decimal
    >>> sure = dict(alpha=D("0.05"), comparisons=D(1), power=D("0.8"))
    >>> own = dict(right_a=D(0), examples_a=D(0), right_b=D(0), examples_b=D(0), results="", design="paired")
    >>> same = dict(both_right=D(10), only_a=D(1), only_b=D(6), both_wrong=D(3))
    >>> comparison(Inputs(**same, **sure, **own)).p_value == D("0.125")
    True
    """
    found = counts(i)
    alpha = named("Alpha of each comparison", i.alpha / i.comparisons)
    z_alpha, z_power = named("z of alpha", z_of(alpha / 2)), named("z of power", z_of(1 - i.power))
    score_a, score_b = quotient(found.right_a, found.examples_a), quotient(found.right_b, found.examples_b)
    discordant = quotient(found.only_a + found.only_b, found.examples_a)
    answered = smallest(found.examples_a, found.examples_b)
    empty = answered <= 0
    size = choose(
        found.paired,
        paired_size(discordant, difference_between(score_a, score_b), z_alpha, z_power),
        independent_size(score_a, score_b, z_alpha, z_power),
    )
    size = choose(empty, None, size)
    needed = None if plain(size) is None else ceil(size)
    difference = _difference(found, z_alpha, empty, choose(empty, None, score_b - score_a))
    outputs = Outputs(
        verdict=later(lambda: judgement(i, found, outputs)),
        p_value=found.p_value,
        difference=difference,
        score_a=wilson(found.right_a, found.examples_a, z_alpha),
        score_b=wilson(found.right_b, found.examples_b, z_alpha),
        needed=needed,
        more_examples=None if needed is None else largest(0, needed - answered),
        measured_difference=difference.likely,
        discordant=choose(both(found.paired, opposite(empty)), discordant, None),
        alpha_each=alpha,
        notes=later(lambda: remarks(i, found, outputs)),
    )
    return outputs


def _difference(found: Counts, z_alpha: Any, empty: Any, measured: Any) -> Range:
    """B minus A with Newcombe's interval: paired results go right and wrong together, independent ones do not.

    Where one version has no examples the difference may be anything.
    """
    if plain(empty):
        return Range(0 * z_alpha - 1, measured, 0 * z_alpha + 1)
    correlation = pair_correlation(found.both_right, found.only_a, found.only_b, found.both_wrong)
    four = found.right_a, found.examples_a, found.right_b, found.examples_b
    low, high = newcombe(*four, z_alpha, choose(found.paired, correlation, 0))
    return Range(low, measured, high)


def judgement(i: Inputs, found: Counts, own: Outputs) -> Judgement:
    """The verdict in words, with the sentences behind it; the test alone decides, and its sentence has a working."""
    answered = smallest(found.examples_a, found.examples_b)
    if plain(answered) <= 0:
        return Judgement("Nothing to compare yet", (note(True, "Type the numbers, or paste the results."),))
    sure = own.p_value <= own.alpha_each
    measured: Any = plain(own.measured_difference)
    paired, shown = plain(found.paired), plain(sure)
    missing = 0 if own.more_examples is None else own.more_examples
    return Judgement(
        when(
            shown,
            when(measured > 0, "B is better than A", "B is worse than A"),
            "Not shown: it may be chance",
        ),
        (
            note(
                True, "A got {right_a} of {examples_a} right, B {right_b} of {examples_b}.",
                right_a=(found.right_a, ONE), examples_a=(found.examples_a, ONE),
                right_b=(found.right_b, ONE), examples_b=(found.examples_b, ONE),
            ),
            note(
                paired, "Only the examples on which they differ count: {only_b} for B, {only_a} for A.",
                only_a=(found.only_a, ONE), only_b=(found.only_b, ONE),
            ),
            note(
                sure if shown else opposite(sure),
                "If both were equally good, chance alone would set them at least as far apart "
                + when(own.p_value * THOUSAND < 1, "less than once in a thousand tests", "{p} of the time")
                + when(shown, ", within the {alpha} that you accept.", ", more than the {alpha} that you accept."),
                p=(own.p_value, SHARE), alpha=(own.alpha_each, SHARE),
            ),
            note(
                True, "With {confidence} confidence, B minus A lies between {low} and {high} (Newcombe's interval for "
                + when(paired, "paired results).", "independent samples)."),
                confidence=(1 - own.alpha_each, SHARE), low=(own.difference.low, SHARE),
                high=(own.difference.high, SHARE),
            ),
            note(
                not shown and plain(missing) > 0,
                "If these rates are the true ones, {needed} would show it with a chance of {power}: {missing} more.",
                needed=(answered + missing, EXAMPLE_COUNT), power=(i.power, SHARE), missing=(missing, ONE),
            ),
            note(own.needed is None, "Both scored the same, so no number of examples follows from these rates."),
        ),
    )  # fmt: skip


def remarks(i: Inputs, found: Counts, own: Outputs) -> tuple[Any, ...]:
    """What a reader should know about this answer, and what could not be read of the pasted results."""
    differ = found.only_a + found.only_b
    all_one_way = mcnemar(0 * differ, smallest(differ, 100))  # beyond a hundred it is beyond doubt
    heading = found.pasted.heading if found.pasted else 0
    unread = complaints(found.pasted) if found.pasted else []
    scores = (("A", found.right_a, found.examples_a, own.score_a), ("B", found.right_b, found.examples_b, own.score_b))
    return (
        *(note(True, sentence) for sentence in unread),
        note(heading > 0, f"Line {heading} of the pasted results is taken as a heading."),
        *(
            note(
                both(examples > 0, right >= examples),
                name + " made no mistake on {examples}. Its true score may still be as low as {low}.",
                examples=(examples, EXAMPLE_COUNT), low=(interval.low, SHARE),
            )
            for name, right, examples, interval in scores
        ),
        note(
            both(found.paired, found.examples_a > 0, all_one_way > own.alpha_each),
            "The versions differ on {differ} only. Even if all of them spoke for one version, that would be too few.",
            differ=(differ, EXAMPLE_COUNT),
        ),
        note(
            i.comparisons > 1,
            "B is held to an alpha of {alpha}, because the best of {comparisons} looks good by luck.",
            alpha=(own.alpha_each, SHARE), comparisons=(i.comparisons, COMPARISONS),
        ),
        note(
            both(opposite(found.paired), either_of(i.right_a > i.examples_a, i.right_b > i.examples_b)),
            "More right answers than examples: every example is counted as right.",
        ),
    )  # fmt: skip
