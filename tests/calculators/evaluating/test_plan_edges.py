"""The plan of a test at its edges: the corrected size, the baseline's interval, just enough examples, and its notes."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from math import isclose, sqrt
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Working
from tests.calculators.answers import answer_json
from tests.calculators.evaluating import by_hand
from tests.calculators.evaluating.test_plan import PLAN, D, ask, notes, rows

MANY_PLANS = settings(max_examples=120, deadline=None, derandomize=True, database=None)


@pytest.mark.parametrize(("baseline", "expected"), [("80%", "90%"), ("78%", "89%"), ("50%", "95%"), ("85%", "87%")])
def test_the_size_for_fishers_test_is_that_of_casagrande_pike_and_smith(
    catalogue: Catalogue, baseline: str, expected: str
) -> None:
    """n/4 × (1 + √(1 + 4/(n × difference)))², of the size that is not rounded yet."""
    answer = ask(catalogue, baseline=baseline, expected=expected)
    size, lead = answer.sample_size_per_arm_unrounded, (D(expected[:-1]) - D(baseline[:-1])) / 100
    corrected = size / 4 * (1 + (1 + 4 / (size * lead)).sqrt()) ** 2
    assert answer.sample_size_per_arm_fisher == corrected.to_integral_value(rounding=ROUND_CEILING)


@pytest.mark.parametrize(
    ("baseline", "accuracy", "examples"), [(70, 100, 100), (100, 100, 20), (5, 100, 40), (80, 90, 7)]
)
def test_the_baseline_keeps_wilsons_interval(catalogue: Catalogue, baseline: int, accuracy: int, examples: int) -> None:
    """Where (p − score)² = z² × p × (1 − p) ÷ examples, as a quadratic equation; a judge reports a score of its own."""
    answer = ask(catalogue, baseline=f"{baseline}%", judge_accuracy=f"{accuracy}%", examples=examples)
    right, good = baseline / 100, accuracy / 100
    score, z = right * good + (1 - right) * (1 - good), NormalDist().inv_cdf(0.975)
    a, b, c = 1 + z * z / examples, -2 * score - z * z / examples, score * score
    half = sqrt(b * b - 4 * a * c)
    ends = ((-b - half) / (2 * a), (-b + half) / (2 * a))
    assert isclose(answer.score_low, ends[0], rel_tol=1e-9) and isclose(answer.score_high, ends[1], rel_tol=1e-9)


def test_just_as_many_as_are_needed_are_enough(catalogue: Catalogue) -> None:
    needed = ask(catalogue)
    for size, answer, less in (
        (needed.sample_size_per_arm, "yes", "with the same examples"),
        (needed.paired_sample_size, "with the same examples", "no"),
    ):
        assert rows(catalogue, examples=size)[str(size)][7] == answer
        assert rows(catalogue, examples=size - 1)[str(size - 1)][7] == less
    enough = needed.paired_sample_size
    assert "goes unnoticed" not in notes(catalogue, examples=enough)
    assert "goes unnoticed" in notes(catalogue, examples=enough - 1)


def test_the_working_says_that_no_standard_deviation_is_given(catalogue: Catalogue) -> None:
    """Either would make the scores graded, which have no such chance."""
    steps = answer_json(catalogue, PLAN, {}, Working(("wrong_pick",)))["working"]["wrong_pick"][0]["steps"]
    given = "Standard deviation of the scores is given or Standard deviation of the differences is given"
    assert [condition["holds"] for condition in steps[-1]["conditions"] if condition["formula"] == given] == [False]


def test_low_scores_bound_what_can_differ_as_high_ones_do(catalogue: Catalogue) -> None:
    assert "can differ on 3% of the examples at most" in notes(
        catalogue, baseline="1%", expected="2%", discordant="20%"
    )


def noticed(graded_differ: Decimal, lead: Decimal, examples: int, alpha: Decimal) -> Decimal:
    """The chance to notice a lead: outcome by outcome up to 200, beyond by the normal formula less half a step."""
    if (counted := by_hand.mcnemar_power(graded_differ, lead, examples, alpha)) is not None:
        return counted
    reach = lead * D(examples).sqrt() - 1 / D(examples).sqrt() - by_hand.small_tail(alpha / 2) * graded_differ.sqrt()
    spread = (graded_differ - lead**2).sqrt()
    return by_hand.below(reach / spread) if spread else D(reach > 0)


TENTHS = st.integers(0, 10).map(lambda part: D(part) / 10)


@MANY_PLANS
@given(
    TENTHS,
    TENTHS,
    TENTHS,
    st.sampled_from([50, 75, 100]),
    st.sampled_from([1, 5, 20, 200, 201]),
    st.sampled_from([1, 2, 10]),
)
def test_each_note_is_made_where_it_holds_and_nowhere_else(
    catalogue: Catalogue,
    baseline: Decimal,
    expected: Decimal,
    discordant: Decimal,
    judge: int,
    examples: int,
    comparisons: int,
) -> None:
    typed = {
        "baseline": baseline,
        "expected": expected,
        "discordant": discordant,
        "judge_accuracy": f"{judge}%",
        "examples": examples,
        "comparisons": comparisons,
    }
    needed, accuracy = ask(catalogue, **typed).paired_sample_size, D(judge) / 100
    apart, most = abs(baseline - expected), min(baseline + expected, 2 - baseline - expected)
    differ = min(max(discordant, apart), most)
    unrelated = by_hand.apart(baseline, expected)
    graded_differ = differ * (accuracy**2 + (1 - accuracy) ** 2) + (1 - differ) * 2 * accuracy * (1 - accuracy)
    alpha, lead = by_hand.DIGITS.divide(D("0.05"), D(comparisons)), apart * (2 * accuracy - 1)
    holds = {
        "Both scores are the same.": apart == 0,
        "A judge that is right half of the time": apart > 0 and judge == 50,
        "goes unnoticed": needed is not None and examples < needed,
        "The formula is a little hopeful": needed is not None
        and noticed(graded_differ, lead, int(needed), alpha) < D("0.8"),
        "itself cannot come out.": any(score * examples % 1 for score in (baseline, expected)),
        f"With {comparisons} comparisons, each is held": comparisons > 1,
        "The judge's mistakes shrink": apart > 0 and judge == 75,
        "differ on at least as many examples.": discordant < apart,
        "With these scores the versions can differ on": discordant > most,
        "Two versions whose mistakes have nothing in common": unrelated < discordant <= most,
        "Chances are added up outcome by outcome up to 200": examples > 200,
    }
    notes_shown = answer_json(catalogue, PLAN, {name: str(text) for name, text in typed.items()})["notes"]
    assert [words for words in holds if any(words in note for note in notes_shown)] == [
        words for words, true in holds.items() if true
    ]
    assert len(notes_shown) == sum(holds.values())
