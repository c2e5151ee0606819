"""How many test examples are needed, against the published table, the slow way, and what must hold of any test."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.questions.question import Question
from tests.calculators.answers import Results, amounts, answer_json, computed
from tests.calculators.evaluating import by_hand

D = Decimal
PLAN = "evaluating/plan"
STORY = {"baseline": "78%", "expected": "89%", "examples": "20"}
TUNED = settings(max_examples=30, deadline=None, derandomize=True, database=None)
PERCENT = st.integers(0, 100).map(lambda part: D(part) / 100)


def ask(catalogue: Catalogue, **typed: object) -> Results:
    """The outputs for what is typed."""
    return computed(catalogue, PLAN, {name: str(text) for name, text in typed.items()})


def notes(catalogue: Catalogue, **typed: object) -> str:
    """All notes of an answer."""
    return "\n".join(answer_json(catalogue, PLAN, {name: str(text) for name, text in typed.items()})["notes"])


def rows(catalogue: Catalogue, **typed: object) -> dict[str, list[str]]:
    """The table of numbers of examples, by its first cell."""
    (table,) = answer_json(catalogue, PLAN, {name: str(text) for name, text in typed.items()})["tables"]
    return {row[0]: row for row in table["rows"]}


@pytest.mark.parametrize(
    ("baseline", "expected", "per_arm", "paired"),
    [
        ("78%", "89%", 178, {"25%": 160, "15%": 95}),
        ("89%", "94%", 488, {"9%": 281}),
        ("85%", "94%", 181, {}),
        ("80%", "90%", 199, {}),
    ],
)
def test_the_table_of_known_sizes(
    catalogue: Catalogue, baseline: str, expected: str, per_arm: int, paired: dict[str, int]
) -> None:
    """Computed independently with scipy before this calculator was written."""
    assert ask(catalogue, baseline=baseline, expected=expected).sample_size_per_arm == per_arm
    for discordant, needed in paired.items():
        answer = ask(catalogue, baseline=baseline, expected=expected, discordant=discordant)
        assert answer.paired_sample_size == needed


def test_twenty_examples_cannot_tell_78_from_89_percent(catalogue: Catalogue) -> None:
    """Power 8%, and in 23 of 100 tests the worse one scores at least as high; half of all other chances go to waste."""
    story = STORY | {"discordant": "20%"}
    answer = ask(catalogue, **story)
    assert round(answer.independent_power, 3) == D("0.083") and round(answer.wrong_pick, 3) == D("0.230")
    power = by_hand.mcnemar_power(D("0.2"), D("0.11"), 20, D("0.05"))
    assert power is not None and answer.paired_power == power < D("0.05")
    assert answer.granularity == D("0.05")
    assert answer.smallest_difference is None and answer.smallest_independent_difference is None
    text = notes(catalogue, **story)
    assert "20 examples give scores in steps of 5%, so 78% or 89% itself cannot come out." in text
    assert "goes unnoticed 96.1% of the time" in text


@pytest.mark.parametrize(
    ("baseline", "expected", "told_so"),
    [("70%", "80%", False), ("70%", "89%", True), ("78%", "80%", True), ("0%", "100%", False)],
)
def test_a_score_between_two_steps_cannot_come_out(
    catalogue: Catalogue, baseline: str, expected: str, told_so: bool
) -> None:
    assert ("itself cannot come out" in notes(catalogue, baseline=baseline, expected=expected, examples=20)) == told_so


@TUNED
@given(PERCENT, PERCENT, PERCENT, st.integers(50, 100), st.integers(1, 200), st.integers(1, 6))
def test_any_plan_is_what_the_slow_way_says(
    catalogue: Catalogue,
    baseline: Decimal,
    expected: Decimal,
    discordant: Decimal,
    judge: int,
    examples: int,
    comparisons: int,
) -> None:
    answer = ask(
        catalogue,
        baseline=baseline,
        expected=expected,
        discordant=discordant,
        judge_accuracy=f"{judge}%",
        examples=examples,
        comparisons=comparisons,
    )
    accuracy = D(judge) / 100
    alpha = by_hand.DIGITS.divide(D("0.05"), D(comparisons))
    z_alpha, z_power = by_hand.small_tail(alpha / 2), by_hand.quantile(D("0.2"))
    graded = [score * accuracy + (1 - score) * (1 - accuracy) for score in (baseline, expected)]
    lead = abs(graded[0] - graded[1])
    assert answer.alpha_each == alpha
    assert answer.independent_power == by_hand.fisher_power(graded[0], graded[1], examples, alpha)
    assert answer.wrong_pick == by_hand.wrong_pick(min(graded), max(graded), examples)
    # As many examples differ as typed, if the scores allow it: at least their difference, at most all that can.
    differ = min(max(discordant, abs(baseline - expected)), baseline + expected, 2 - baseline - expected)
    graded_differ = differ * (accuracy**2 + (1 - accuracy) ** 2) + (1 - differ) * 2 * accuracy * (1 - accuracy)
    assert answer.paired_power == by_hand.mcnemar_power(graded_differ, lead, examples, alpha)
    if lead == 0:
        assert answer.sample_size_per_arm is None and answer.paired_sample_size is None
    else:
        assert abs(
            answer.sample_size_per_arm_unrounded / by_hand.pooled(graded[0], graded[1], z_alpha, z_power) - 1
        ) < D("1e-20")
        assert abs(answer.paired_sample_size_unrounded / by_hand.connor(graded_differ, lead, z_alpha, z_power) - 1) < D(
            "1e-20"
        )
        assert 0 <= answer.paired_sample_size - answer.paired_sample_size_unrounded < 1
        assert 0 <= answer.sample_size_per_arm - answer.sample_size_per_arm_unrounded < 1
        assert answer.sample_size_per_arm_fisher >= answer.sample_size_per_arm
    assert 0 <= answer.score_low < answer.score_high <= 1


def test_it_does_not_matter_which_version_is_better(catalogue: Catalogue) -> None:
    up, down = ask(catalogue, baseline="78%", expected="89%"), ask(catalogue, baseline="89%", expected="78%")
    for output in ("paired_sample_size", "sample_size_per_arm", "paired_power", "independent_power", "wrong_pick"):
        assert getattr(up, output) == getattr(down, output), output


def test_more_of_anything_that_costs_certainty_needs_more_examples(catalogue: Catalogue) -> None:
    plain = ask(catalogue)
    for changed in (
        {"comparisons": 5},
        {"alpha": "1%"},
        {"power": "95%"},
        {"judge_accuracy": "90%"},
        {"expected": "75%"},
    ):
        more = ask(catalogue, **changed)
        assert more.paired_sample_size > plain.paired_sample_size, changed
        assert more.sample_size_per_arm > plain.sample_size_per_arm, changed
    assert ask(catalogue, discordant="30%").paired_sample_size > plain.paired_sample_size
    assert ask(catalogue, discordant="30%").sample_size_per_arm == plain.sample_size_per_arm


def test_comparisons_divide_alpha(catalogue: Catalogue) -> None:
    assert ask(catalogue, comparisons=5).alpha_each == D("0.01")
    five, strict = ask(catalogue, comparisons=5), ask(catalogue, alpha="1%")
    assert five.paired_sample_size == strict.paired_sample_size and five.independent_power == strict.independent_power
    assert "With 5 comparisons, each is held to an alpha of 1%" in notes(catalogue, comparisons=5)


def test_the_smallest_difference_needs_just_the_examples_typed(catalogue: Catalogue) -> None:
    """Put in as the expected score, it needs as many examples as there are."""
    for examples in (60, 100, 1000, 12345):
        answer = ask(catalogue, examples=examples)
        for output, size in (
            ("smallest_difference", "paired_sample_size_unrounded"),
            ("smallest_independent_difference", "sample_size_per_arm_unrounded"),
        ):
            expected = D("0.7") + getattr(answer, output)
            again = getattr(ask(catalogue, examples=examples, expected=expected), size)
            assert abs(again - examples) < D("1e-6") * examples, (examples, output)


def test_a_useless_judge_and_equal_scores_have_no_size(catalogue: Catalogue) -> None:
    for typed in ({"judge_accuracy": "50%"}, {"expected": "70%"}):
        answer = ask(catalogue, **typed)
        assert answer.paired_sample_size is answer.sample_size_per_arm is answer.sample_size_per_arm_fisher is None
        assert answer.independent_power <= D("0.05") and answer.paired_power <= D("0.05")
    assert "tells nothing" in notes(catalogue, judge_accuracy="50%")
    assert "No number of examples" in notes(catalogue, expected="70%")


def test_scores_bound_the_share_on_which_versions_can_differ(catalogue: Catalogue) -> None:
    assert "differ on at least as many" in notes(catalogue, baseline="40%", expected="80%", discordant="10%")
    assert "5% of the examples at most" in notes(catalogue, baseline="97%", expected="98%", discordant="20%")
    for typed in ({"baseline": "40%", "expected": "80%"}, {"baseline": "97%", "expected": "98%"}):
        outer = ask(catalogue, **typed, discordant="0%"), ask(catalogue, **typed, discordant="100%")
        assert outer[0].paired_sample_size <= ask(catalogue, **typed).paired_sample_size <= outer[1].paired_sample_size


def test_the_table_sets_the_readers_number_among_the_others(catalogue: Catalogue) -> None:
    story = STORY | {"discordant": "20%"}
    table = rows(catalogue, **story)
    assert list(table) == ["20", "50", "100", "200", "500", "1,000", "2,000"]
    assert list(rows(catalogue, examples=150)) == ["20", "50", "100", "150", "200", "500", "1,000", "2,000"]
    answer = answer_json(catalogue, PLAN, story)["outputs"]
    assert table["20"][4:7] == [answer[name]["value"] for name in ("paired_power", "independent_power", "wrong_pick")]
    assert [table[size][7] for size in ("100", "200")] == ["no", "yes"]
    assert rows(catalogue, **STORY, discordant="12%")["100"][7] == "with the same examples"
    # The story's 200 examples of a version are enough by the formula, and by Fisher's test counted to the end.
    power = by_hand.fisher_power(D("0.78"), D("0.89"), 200, D("0.05"))
    assert power is not None and D(table["200"][5]) == power > D("0.8")
    for column, rising in ((1, True), (2, False), (4, True), (5, True), (6, False)):
        values = [D(row[column]) for row in table.values()]
        assert values == sorted(values, reverse=not rising), column


def test_beyond_the_largest_enumeration_a_note_says_so(catalogue: Catalogue) -> None:
    assert "up to 200 examples" in notes(catalogue, examples=201)
    assert "up to 200" not in notes(catalogue, examples=200)


def test_the_seeds_story_is_an_example(catalogue: Catalogue) -> None:
    (story,) = [example for example in find_calculator(PLAN).examples if "20 examples" in example.name]
    assert dict(story.given) == STORY


def test_every_share_is_a_share(catalogue: Catalogue) -> None:
    """Whatever is typed at the bounds, no chance leaves 0 to 1."""
    for baseline in ("0", "1", "0.5"):
        for expected in ("0", "1"):
            for examples in (1, 200, 201, 1_000_000):
                answer = json.loads(
                    catalogue.answer(
                        Question(PLAN, {"baseline": baseline, "expected": expected, "examples": str(examples)})
                    )
                )["outputs"]
                for name, kind in amounts(PLAN).items():
                    amount = answer[name]["value"]
                    assert kind.unit.noun != "%" or amount is None or 0 <= D(amount) <= 1, (name, baseline, expected)


def test_a_million_is_written_as_one(catalogue: Catalogue) -> None:
    """However it was typed, its row stands last and is marked as the reader's own."""
    assert list(rows(catalogue, examples="1e6"))[-1] == "1,000,000"
    assert 'is-own"><th scope="row">1,000,000<' in catalogue.answer(Question(PLAN, {"examples": "1M"}, form="html"))
