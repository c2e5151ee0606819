"""Is B really better, at its edges: samples of two sizes, pasted results of any design, long lists, and its notes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from tests.calculators.evaluating import by_hand
from tests.calculators.evaluating.test_compare import TUNED, D, ask, independent, paired, verdict, whole


def test_what_is_pasted_is_paired_whatever_is_chosen(catalogue: Catalogue) -> None:
    text = "1,0\n1,1\n0,1\n0,0\n0,1"
    assert whole(catalogue, results=text, design="independent")["outputs"] == whole(catalogue, results=text)["outputs"]


@pytest.mark.parametrize(("examples_a", "examples_b"), [(100, 40), (40, 100)])
def test_the_smaller_sample_is_what_there_is(catalogue: Catalogue, examples_a: int, examples_b: int) -> None:
    """Both score 80% and 90%, for which more are needed than either has."""
    answer = ask(catalogue, **independent(examples_a * 8 // 10, examples_a, examples_b * 9 // 10, examples_b))
    assert answer.more_examples == answer.needed - 40 > 60


@pytest.mark.parametrize("four", [(0, 0, 0, 0), (5, 0, 0, 20), (0, 20, 5, 0), (5, 20, 0, 0)])
def test_without_examples_of_either_there_is_nothing_to_compare(catalogue: Catalogue, four: tuple[int, ...]) -> None:
    answer = whole(catalogue, **independent(*four))
    assert answer["outputs"]["verdict"] == {
        **answer["outputs"]["verdict"],
        "value": "Nothing to compare yet",
        "reasons": ["Type the numbers, or paste the results."],
    }
    difference = answer["outputs"]["difference"]["value"]
    assert difference == {"low": "-1", "likely": None, "high": "1"}, "it may be anything"
    for output in ("discordant", "needed", "more_examples", "p_value"):
        assert answer["outputs"][output]["value"] is None, output


def test_without_pairs_there_is_nothing_to_compare_either(catalogue: Catalogue) -> None:
    answer = ask(catalogue, **paired(0, 0, 0, 0))
    assert (answer.discordant, answer.needed, answer.measured_difference, answer.p_value) == (None, None, None, None)
    assert (answer.difference.low, answer.difference.high) == (-1, 1)


@pytest.mark.parametrize("differ", [0, 1])
def test_one_example_is_compared_and_too_few(catalogue: Catalogue, differ: int) -> None:
    answer = whole(catalogue, **paired(0, 0, differ, 1 - differ))
    assert answer["outputs"]["verdict"]["value"] == "Not shown: it may be chance"
    assert D(answer["outputs"]["discordant"]["value"]) == differ
    assert any(words.startswith("A and B differ on") for words in answer["notes"])


@pytest.mark.parametrize(("design", "share"), [("paired", D("0.3")), ("independent", None)])
def test_how_many_differ_is_a_question_to_the_same_examples(
    catalogue: Catalogue, design: str, share: Decimal | None
) -> None:
    """Six of twenty; two samples have no examples in common."""
    typed = paired(10, 2, 4, 4) | {"right_a": 12, "examples_a": 20, "right_b": 14, "examples_b": 20}
    assert ask(catalogue, **typed, design=design).discordant == share


def test_even_differing_examples_that_just_reach_alpha_are_enough(catalogue: Catalogue) -> None:
    """Four of four for one version: 2 in 16, which is 12.5%."""
    for alpha, too_few in (("12.5%", False), ("12.4999%", True)):
        notes = whole(catalogue, **paired(20, 2, 2, 5), alpha=alpha)["notes"]
        assert any(words.startswith("A and B differ on") for words in notes) is too_few


def test_notes_on_one_design_ignore_what_is_typed_for_the_other(catalogue: Catalogue) -> None:
    """Two samples of which nothing is known as pairs; pairs, with more right than examples typed for two samples."""
    assert whole(catalogue, **independent(15, 20, 16, 20), only_a=0, only_b=0)["notes"] == []
    assert whole(catalogue, **paired(50, 10, 25, 15), right_a=30, examples_a=20)["notes"] == []


def test_one_example_that_is_missing_is_asked_for(catalogue: Catalogue) -> None:
    """Connor's formula with a power of 50%, where z is 0, asks for one more than the twenty there are."""
    differ, lead = D(13) / 20, D(7) / 20
    assert 20 < by_hand.connor(differ, lead, by_hand.quantile(D("0.025")), D(0)) <= 21
    text = verdict(whole(catalogue, **paired(7, 3, 10, 0), power="50%"))
    assert "21 examples would show it with a chance of 50%: 1 more." in text


def test_a_thousandth_is_told_as_a_number_and_less_in_words(catalogue: Catalogue) -> None:
    """Ten of ten against: 2 in 1,024; eleven of eleven: 2 in 2,048."""
    for differ, rare in ((10, False), (11, True)):
        p = by_hand.rounded(by_hand.mcnemar(0, differ))
        assert (p < D("0.001")) is rare
        text = verdict(whole(catalogue, **paired(50, 0, differ, 5)))
        assert ("less than once in a thousand tests" in text) is rare
        assert ("of the time" in text) is not rare


def test_a_little_less_than_a_thousandth_is_told_in_words(catalogue: Catalogue) -> None:
    """Just between 1 in 1,001 and 1 in 1,000."""
    four = 15, 31, 29, 33
    assert Fraction(1, 1001) < by_hand.fisher(*four) < Fraction(1, 1000)
    assert "less than once in a thousand tests" in verdict(whole(catalogue, **independent(*four)))


def test_the_numbers_behind_the_verdict(catalogue: Catalogue) -> None:
    """Every sentence with its own numbers; what is needed is told only where nothing is shown."""
    shown = verdict(whole(catalogue, **paired(50, 2, 20, 8)))
    assert "A got 52 of 80 right, B 70 of 80." in shown
    assert "20 for B, 2 for A." in shown and "within the 5% that you accept" in shown
    assert "With 95% confidence" in shown and "paired results" in shown and "would show it" not in shown
    doubtful = whole(catalogue, **paired(50, 5, 9, 8))
    text, needed = verdict(doubtful), int(doubtful["outputs"]["needed"]["value"])
    assert "more than the 5% that you accept" in text
    assert f"{needed:,} examples would show it with a chance of 80%: {needed - 72:,} more." in text


@pytest.mark.parametrize("stretches", [99, 100, 101, 103])
def test_a_hundred_stretches_of_unread_lines_are_listed(catalogue: Catalogue, stretches: int) -> None:
    lines = ["1,1", *["?"] * 3, "1,1", *["?", "1,0"] * stretches]
    (words,) = [each for each in whole(catalogue, results="\n".join(lines))["notes"] if "left out" in each]
    numbers = [6 + 2 * number for number in range(min(stretches, 100))]
    more = f" and {stretches - 100} more stretches" if stretches > 100 else ""
    assert f"; also lines {', '.join(map(str, numbers))}{more}. Write" in words


def test_a_fourth_malformed_line_is_one_line(catalogue: Catalogue) -> None:
    assert "; also line 5. Write" in "".join(whole(catalogue, results="1,1\n?\n?\n?\n?")["notes"])


@pytest.mark.parametrize(("length", "shown"), [(59, "a" * 59), (60, "a" * 60), (61, "a" * 59 + "…")])
def test_sixty_characters_of_a_line_are_repeated(catalogue: Catalogue, length: int, shown: str) -> None:
    notes = "".join(whole(catalogue, results=f"1,1\n{'a' * length}")["notes"])
    assert f"line 2, “{shown}”, has 1 value instead of two" in notes


COUNTS = st.integers(0, 7)


@TUNED
@given(COUNTS, COUNTS, COUNTS, COUNTS, st.sampled_from(["paired", "independent"]), st.sampled_from([1, 2, 10]))
def test_each_note_is_made_where_it_holds_and_nowhere_else(
    catalogue: Catalogue, both_right: int, two: int, three: int, four: int, design: str, comparisons: int
) -> None:
    if design == "paired":
        typed, right = paired(both_right, two, three, four), (both_right + two, both_right + three)
        examples = (both_right + two + three + four,) * 2
        too_few = examples[0] > 0 and by_hand.rounded(by_hand.mcnemar(0, two + three)) > D("0.05") / comparisons
    else:
        typed, right, examples, too_few = (
            independent(both_right, two, three, four),
            (both_right, three),
            (two, four),
            False,
        )
    notes = whole(catalogue, **typed, comparisons=comparisons)["notes"]
    expected = {
        "A made no mistake on": examples[0] > 0 and right[0] >= examples[0],
        "B made no mistake on": examples[1] > 0 and right[1] >= examples[1],
        "A and B differ on": too_few,
        "B is held to an alpha of": comparisons > 1,
        "More right answers than examples": right[0] > examples[0] or right[1] > examples[1],
    }
    assert [begin for begin in expected if any(words.startswith(begin) for words in notes)] == [
        begin for begin, holds in expected.items() if holds
    ]
    assert len(notes) == sum(expected.values())
