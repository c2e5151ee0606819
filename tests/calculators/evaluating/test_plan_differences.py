"""The share of examples on which two versions differ, where nobody has counted it: what two scores allow at all."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from tests.calculators.answers import answer_json
from tests.calculators.evaluating import by_hand
from tests.calculators.evaluating.test_plan import PLAN, D, ask, notes

MANY = settings(max_examples=60, deadline=None, derandomize=True, database=None)
PERCENT = st.integers(0, 100).map(lambda part: D(part) / 100)


@pytest.mark.parametrize(
    ("discordant", "needed"), [("15.68%", 490), ("9%", 281), ("7.84%", 244), ("5%", 155), ("0%", 155)]
)
def test_the_share_that_differs_sets_the_number_of_examples(catalogue: Catalogue, discordant: str, needed: int) -> None:
    """89% against 94%: unrelated versions differ on 0.89 × 0.06 + 0.94 × 0.11 = 15.68%, and no two on less than 5%."""
    answer = ask(catalogue, baseline="89%", expected="94%", discordant=discordant, examples=100)
    assert answer.paired_sample_size == needed
    assert answer.discordant_unrelated == D("0.1568")


@pytest.mark.parametrize(("ratio", "needed"), [("100%", 490), ("50%", 244), ("0%", 155)])
def test_a_share_left_open_is_a_part_of_what_unrelated_versions_show(
    catalogue: Catalogue, ratio: str, needed: int
) -> None:
    typed = {"baseline": "89%", "expected": "94%", "discordant": "", "discordant_ratio": ratio}
    assert ask(catalogue, **typed).paired_sample_size == needed


def test_a_typed_share_replaces_the_ratio(catalogue: Catalogue) -> None:
    typed = {"baseline": "89%", "expected": "94%", "discordant": "9%", "examples": 150}
    few, many = (ask(catalogue, **typed, discordant_ratio=ratio) for ratio in ("30%", "70%"))
    assert few.discordant_share == many.discordant_share == D("0.09")
    assert few.paired_sample_size == many.paired_sample_size == 281
    assert few.smallest_difference == many.smallest_difference


def test_the_smallest_difference_at_a_typed_share_needs_the_examples_typed(catalogue: Catalogue) -> None:
    typed = {"discordant": "20%", "discordant_ratio": "70%", "examples": 300}
    smallest = ask(catalogue, **typed).smallest_difference
    again = ask(catalogue, **typed, expected=D("0.7") + smallest)
    assert again.discordant_share == D("0.2")
    assert abs(again.paired_sample_size_unrounded - 300) < D("0.0003")


@MANY
@given(
    PERCENT,
    PERCENT,
    st.integers(50, 100),
    st.sampled_from([D("0.01"), D("0.05"), D("0.2")]),
    st.sampled_from([D("0.8"), D("0.9"), D("0.5")]),
)
def test_the_same_examples_need_hardly_more_than_examples_of_their_own(
    catalogue: Catalogue, baseline: Decimal, expected: Decimal, judge: int, alpha: Decimal, power: Decimal
) -> None:
    """With nothing typed but scores: at most z_a × (z_a + z_b) ÷ 2, rounded up, and one more, whatever the scores.

    Connor's formula at the share of unrelated versions exceeds the pooled formula by no more than that.
    """
    answer = ask(catalogue, baseline=baseline, expected=expected, judge_accuracy=f"{judge}%", alpha=alpha, power=power)
    if answer.paired_sample_size is None:
        assert baseline == expected or judge == 50
        return
    z_alpha, z_power = by_hand.quantile(alpha / 2), by_hand.quantile(1 - power)
    more = (z_alpha * (z_alpha + z_power) / 2).to_integral_value(ROUND_CEILING) + 1
    assert answer.paired_sample_size <= answer.sample_size_per_arm + more


@MANY
@given(PERCENT, PERCENT, st.one_of(st.none(), PERCENT), PERCENT)
def test_the_share_counted_is_one_that_the_scores_allow(
    catalogue: Catalogue, baseline: Decimal, expected: Decimal, discordant: Decimal | None, ratio: Decimal
) -> None:
    """At least the difference of the scores, at most both sums; left open, no more than two unrelated versions show."""
    typed = {"baseline": baseline, "expected": expected, "discordant_ratio": ratio, "examples": 10}
    answer = ask(catalogue, **typed, discordant="" if discordant is None else discordant)
    both_wrong_or_right = (1 - answer.discordant_share) / 2
    assert abs(baseline - expected) <= answer.discordant_share <= min(baseline + expected, 2 - baseline - expected)
    assert both_wrong_or_right >= 0
    assert answer.discordant_unrelated == by_hand.apart(baseline, expected)
    if discordant is None:
        assert answer.discordant_share <= answer.discordant_unrelated
    assert answer.discordant_share == by_hand.counted(
        D(0) if discordant is None else discordant, ratio if discordant is None else D(0), baseline, expected
    )


def test_more_differences_than_unrelated_versions_show_are_pointed_out(catalogue: Catalogue) -> None:
    typed = {"baseline": "89%", "expected": "94%"}
    assert "would differ on 15.7% of the examples" in notes(catalogue, **typed, discordant="16%")
    assert "nothing in common" not in notes(catalogue, **typed, discordant="15.68%")
    assert "nothing in common" not in notes(catalogue, **typed)


def test_no_example_counts_more_differences_than_unrelated_versions_show(catalogue: Catalogue) -> None:
    for typed in ({}, *(example.given for example in find_calculator(PLAN).examples)):
        answer = ask(catalogue, **typed)
        if "score_sd" in typed:
            assert answer.discordant_share is None, "graded scores do not differ by right and wrong"
        else:
            assert answer.discordant_share <= answer.discordant_unrelated, typed


def test_an_open_answer_says_what_it_is_taken_from(catalogue: Catalogue) -> None:
    page = catalogue.panel(PLAN, {}, "plan", "full")
    assert "Starts open: counted from the two scores and the next answer." in page
    assert 'name="discordant" value=""' in page
    assert "discordant" not in answer_json(catalogue, PLAN, {})["inputs"]
