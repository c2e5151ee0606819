"""Whether B is really better than A: the verdict against the exact tests, pasted results, what must never appear."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question
from calculators.readers.results.pasted import read_pasted_results
from tests.calculators.answers import Results, answer_json, computed
from tests.calculators.evaluating import by_hand
from tests.json_types import JsonObject

D = Decimal
COMPARE = "evaluating/compare"
TUNED = settings(max_examples=40, deadline=None, derandomize=True, database=None)
COUNT = st.integers(0, 80)


def ask(catalogue: Catalogue, **typed: object) -> Results:
    """The outputs for what is typed."""
    return computed(catalogue, COMPARE, {name: str(text) for name, text in typed.items()})


def whole(catalogue: Catalogue, **typed: object) -> JsonObject:
    """The answer's JSON for what is typed."""
    return answer_json(catalogue, COMPARE, {name: str(text) for name, text in typed.items()})


def text(catalogue: Catalogue, **typed: object) -> str:
    """The answer in the terminal."""
    return catalogue.answer(Question(COMPARE, {name: str(given) for name, given in typed.items()}, form="text"))


def verdict(answer: JsonObject) -> str:
    """The verdict and its reasons in one text."""
    output = answer["outputs"]["verdict"]
    return "\n".join([output["value"], *output["reasons"]])


def paired(both_right: int, only_a: int, only_b: int, both_wrong: int) -> dict[str, object]:
    """What is typed for results on the same examples."""
    return {"both_right": both_right, "only_a": only_a, "only_b": only_b, "both_wrong": both_wrong}


def independent(right_a: int, examples_a: int, right_b: int, examples_b: int) -> dict[str, object]:
    """What is typed for two samples."""
    return {
        "design": "independent",
        "right_a": right_a,
        "examples_a": examples_a,
        "right_b": right_b,
        "examples_b": examples_b,
    }


@TUNED
@given(COUNT, COUNT, COUNT, COUNT, st.sampled_from(["0.05", "0.01"]))
def test_paired_results_get_the_verdict_of_mcnemars_test(
    catalogue: Catalogue, both_right: int, only_a: int, only_b: int, both_wrong: int, alpha: str
) -> None:
    answer = whole(catalogue, **paired(both_right, only_a, only_b, both_wrong), alpha=alpha)
    p = by_hand.mcnemar(only_a, only_b)
    is_empty = both_right + only_a + only_b + both_wrong == 0
    p_value = answer["outputs"]["p_value"]["value"]
    assert p_value is None if is_empty else D(p_value) == by_hand.rounded(p)
    if is_empty:
        expected = "Nothing to compare yet"
    elif by_hand.rounded(p) > D(alpha):
        expected = "Not shown: it may be chance"
    else:
        expected = "B is better than A" if only_b > only_a else "B is worse than A"
    assert answer["outputs"]["verdict"]["value"] == expected
    assert ("only_a", str(only_a)) in [(name, entry["value"]) for name, entry in answer["inputs"].items()]


@TUNED
@given(COUNT, COUNT, COUNT, COUNT)
def test_two_samples_get_the_verdict_of_fishers_test(
    catalogue: Catalogue, right_a: int, wrong_a: int, right_b: int, wrong_b: int
) -> None:
    four = right_a, right_a + wrong_a, right_b, right_b + wrong_b
    answer = whole(catalogue, **independent(*four))
    p = by_hand.rounded(by_hand.fisher(*four))
    is_empty, p_value = 0 in (four[1], four[3]), answer["outputs"]["p_value"]["value"]
    assert p_value is None if is_empty else D(p_value) == p
    if is_empty:
        expected = "Nothing to compare yet"
    elif p > D("0.05"):
        expected = "Not shown: it may be chance"
    else:
        expected = "B is better than A" if right_b * four[1] > right_a * four[3] else "B is worse than A"
    assert answer["outputs"]["verdict"]["value"] == expected


def test_two_points_of_ten_on_twenty_examples_are_no_evidence(catalogue: Catalogue) -> None:
    answer = whole(catalogue, **independent(16, 20, 18, 20))
    assert round(D(answer["outputs"]["p_value"]["value"]), 4) == D("0.6614")
    text = verdict(answer)
    assert "Not shown" in text and "66.1% of the time, more than the 5% that you accept" in text
    assert "independent samples" in text
    assert "199 examples would show it with a chance of 80%: 179 more" in text


def test_the_same_results_say_more_when_paired(catalogue: Catalogue) -> None:
    """160 and 178 of 200: two samples leave doubt, the same examples do not."""
    apart, together = ask(catalogue, **independent(160, 200, 174, 200)), ask(catalogue, **paired(158, 2, 16, 24))
    assert together.p_value < D("0.01") < D("0.05") < apart.p_value
    assert together.difference.likely == apart.difference.likely == D("0.07")
    assert together.difference.high - together.difference.low < apart.difference.high - apart.difference.low
    assert together.difference.low > 0 > apart.difference.low


def test_the_other_way_round_is_worse(catalogue: Catalogue) -> None:
    better, worse = whole(catalogue, **paired(50, 2, 20, 8)), whole(catalogue, **paired(50, 20, 2, 8))
    assert better["outputs"]["verdict"]["value"] == "B is better than A"
    assert worse["outputs"]["verdict"]["value"] == "B is worse than A"
    forward, backward = better["outputs"]["difference"]["value"], worse["outputs"]["difference"]["value"]
    assert abs(D(forward["low"]) + D(backward["high"])) < D("1e-24") and abs(
        D(forward["high"]) + D(backward["low"])
    ) < D("1e-24")


def test_without_a_difference_p_is_one_and_no_number_of_examples_helps(catalogue: Catalogue) -> None:
    for four in ((20, 0, 0, 0), (10, 4, 4, 2), (0, 0, 0, 9)):
        answer = whole(catalogue, **paired(*four))
        outputs = answer["outputs"]
        assert outputs["p_value"]["value"] == "1" and outputs["needed"]["value"] is None
        assert "no number of examples follows" in verdict(answer)


def test_nothing_is_ever_certain(catalogue: Catalogue) -> None:
    """A perfect score on any number of examples keeps an interval of some width, and a note says how low it may be."""
    for examples in (1, 20, 10_000):
        for typed in (paired(examples, 0, 0, 0), independent(examples, examples, examples, examples)):
            answer = whole(catalogue, **typed)
            for output in ("score_a", "score_b", "difference"):
                interval = answer["outputs"][output]["value"]
                assert D(interval["low"]) < D(interval["high"]), (output, examples)
            assert answer["outputs"]["score_a"]["value"]["high"] == "1"
            assert any(note.startswith("A made no mistake on") for note in answer["notes"])
    text = catalogue.answer(
        Question(COMPARE, {"both_right": "20", "only_a": "0", "only_b": "0", "both_wrong": "0"}, form="text")
    )
    assert "83.9% to 100%" in text and not re.search(r"100% to 100%|± ?0", text)


def test_too_few_differing_examples_could_never_have_been_enough(catalogue: Catalogue) -> None:
    for differ, told_so in ((5, True), (6, False)):
        notes = "\n".join(whole(catalogue, **paired(20, 0, differ, 5))["notes"])
        assert ("would be too few" in notes) == told_so
    assert "would be too few" in "\n".join(whole(catalogue, **paired(20, 0, 6, 5), comparisons=5)["notes"])


def test_a_p_value_of_just_alpha_is_enough(catalogue: Catalogue) -> None:
    """One of seven examples against, p = 0.125 exactly."""
    for alpha, shown in (("12.5%", True), ("12.4999%", False)):
        answer = whole(catalogue, **paired(10, 1, 6, 3), alpha=alpha)
        assert (answer["outputs"]["verdict"]["value"] == "B is better than A") == shown


def test_comparisons_divide_alpha(catalogue: Catalogue) -> None:
    four = paired(50, 10, 25, 15)
    assert whole(catalogue, **four)["outputs"]["verdict"]["value"] == "B is better than A"
    strict = whole(catalogue, **four, comparisons=5)
    assert strict["outputs"]["verdict"]["value"].startswith("Not shown")
    assert D(strict["outputs"]["alpha_each"]["value"]) == D("0.01")
    assert "the best of 5 comparisons looks good by luck" in "\n".join(strict["notes"])
    wide, narrow = strict["outputs"]["score_a"]["value"], whole(catalogue, **four)["outputs"]["score_a"]["value"]
    assert D(wide["low"]) < D(narrow["low"])


def test_what_it_takes_is_counted_from_what_there_is(catalogue: Catalogue) -> None:
    """78% against 89% needs 178 for each version, or 160 that both answer if they differ on a quarter of them."""
    apart = ask(catalogue, **independent(78, 100, 89, 100))
    assert (apart.needed, apart.more_examples) == (178, 78)
    together = ask(catalogue, **paired(71, 7, 18, 4))
    assert (together.needed, together.more_examples) == (160, None)
    wider = ask(catalogue, **paired(71, 7, 18, 4), power="0.5")
    assert (wider.needed, wider.more_examples) == (80, None)
    fewer = ask(catalogue, **paired(60, 7, 14, 4))
    assert fewer.more_examples == fewer.needed - 85 > 0


def test_what_is_shown_is_never_short_of_examples(catalogue: Catalogue) -> None:
    """7 against 18 is p 0.043: shown, although a test of this size shows it in fewer than 80% of all cases."""
    answer = whole(catalogue, **paired(71, 7, 18, 4))
    assert answer["outputs"]["verdict"]["value"] == "B is better than A"
    assert answer["outputs"]["more_examples"]["value"] is None
    assert "Examples still missing" not in text(catalogue, **paired(71, 7, 18, 4))


@pytest.mark.parametrize(
    ("given", "test"),
    [
        (paired(20, 1, 7, 13), "McNemar's exact test"),
        (independent(78, 100, 89, 100), "Fisher's exact test"),
    ],
)
def test_the_test_that_decides_is_named(catalogue: Catalogue, given: dict[str, object], test: str) -> None:
    answer = text(catalogue, **given)
    assert re.search(rf"Test that decides +{test}\n", answer) and "p-value of this test" in answer


def test_where_test_and_interval_part_the_test_decides_and_says_so(catalogue: Catalogue) -> None:
    """1 against 7 of 41: two-sided, 2 × (1 + 8) of 256 outcomes. Newcombe's interval begins just above 0."""
    answer = whole(catalogue, **paired(20, 1, 7, 13))
    assert D(answer["outputs"]["p_value"]["value"]) == D("0.0703125")
    assert D(answer["outputs"]["difference"]["value"]["low"]) > 0
    reasons = "\n".join(answer["outputs"]["verdict"]["reasons"])
    assert "McNemar's exact test decides. The interval is computed in another way" in reasons
    assert "it may leave out 0 although no difference is shown" in reasons
    assert "decides" not in "\n".join(whole(catalogue, **paired(50, 10, 25, 15))["outputs"]["verdict"]["reasons"])


def test_a_rare_result_is_told_without_a_zero(catalogue: Catalogue) -> None:
    text = verdict(whole(catalogue, **paired(100, 0, 60, 10)))
    assert "less than once in a thousand tests" in text and "0% of the time" not in text


def test_more_right_than_there_are_examples_is_said_aloud(catalogue: Catalogue) -> None:
    answer = whole(catalogue, **independent(30, 20, 10, 20))
    assert any("every example is counted as right" in note for note in answer["notes"])
    assert answer["outputs"]["p_value"] == whole(catalogue, **independent(20, 20, 10, 20))["outputs"]["p_value"]


# Pasted results.

FORMS = (
    "1,0\n1,1\n0,1\n0,0\n0,1",
    "pass fail\npass pass\nfail pass\nfail fail\nfail pass",
    "1\t0\n1\t1\n0\t1\n0\t0\n0\t1",
    "1,0; 0,0\n1,0; 1,0\n0,0; 1,0\n0,0; 0,0\n0,0; 1,0",
    "yes;no\r\nyes;yes\r\nno;yes\r\nno;no\r\nno;yes",
    '"Right","Wrong"\n"right","right"\n"wrong","right"\n\n"wrong","wrong"\n"wrong","right"\n',
    "\ufefftrue | false\rtrue | true\rfalse | true\rfalse | false\rfalse | true",
    "old prompt, new prompt\n1.0,0.0\n1.0,1.0\n0.0,1.0\n0.0,0.0\n0.0,1.0",
)


@pytest.mark.parametrize("text", FORMS)
def test_pasted_results_are_the_same_as_typed_counts(catalogue: Catalogue, text: str) -> None:
    pasted, typed = whole(catalogue, results=text, both_right=5), whole(catalogue, **paired(1, 1, 2, 1))
    assert pasted["outputs"] == typed["outputs"]


def test_a_heading_is_told(catalogue: Catalogue) -> None:
    assert "Line 1 of the pasted results is taken as a heading." in whole(catalogue, results="A,B\n1,0")["notes"]
    assert "Line 3 of the pasted results" in "\n".join(whole(catalogue, results="\n\nold,new\n1,0")["notes"])
    assert "heading" not in "\n".join(whole(catalogue, results="1,0\nA,B")["notes"])


MALFORMED = {
    "abc": "line 2, “abc”, has 1 value instead of two",
    "1,0,1": "line 2, “1,0,1”, has 3 values instead of two",
    "1,maybe": "line 2, “1,maybe”, has a second value that is neither right nor wrong",
    "2,1": "line 2, “2,1”, has a first value that is neither right nor wrong",
    "foo,bar": "line 2, “foo,bar”, has two values that are neither right nor wrong",
    "{a},{b.c}": "line 2, “{a},{b.c}”, has two values that are neither right nor wrong",
}


@pytest.mark.parametrize("line", MALFORMED)
def test_a_malformed_line_is_named_and_left_out(catalogue: Catalogue, line: str) -> None:
    answer = whole(catalogue, results=f"1,1\n{line}\n0,1")
    (complaint,) = [note for note in answer["notes"] if "left out of the count" in note]
    assert complaint.startswith(f"1 line is left out of the count: {MALFORMED[line]}. Write a line for each")
    assert answer["outputs"]["score_b"] == whole(catalogue, **paired(1, 0, 1, 0))["outputs"]["score_b"]


def test_what_cannot_be_read_is_an_error_and_nothing_else(catalogue: Catalogue) -> None:
    """One sentence in the colors of an error; a heading is no error."""
    page = catalogue.answer(Question(COMPARE, {"results": "A,B\n1,1\nabc\n?\n0,1"}, form="html"))
    assert page.count('<li class="is-error">') == 1
    assert '<li class="is-error">2 lines are left out of the count: line 3' in page


def test_nothing_is_repeated_beyond_sixty_characters(catalogue: Catalogue) -> None:
    secret = "a" * 59 + "SECRET" * 2000
    answer = whole(catalogue, results=f"1,1\n{secret}\n1,{secret}\n\x07{secret},0")
    told_so = "\n".join([*answer["notes"], verdict(answer)])
    assert "SECRET" not in told_so and "a" * 61 not in told_so and "\x07" not in told_so
    assert f"line 2, “{'a' * 59}…”, has 1 value instead of two" in told_so


def test_every_malformed_line_is_named_however_many(catalogue: Catalogue) -> None:
    """The first three with the reason, the others by number, neighbors together, all in one note."""
    lines = ["1,1"] + ["?"] * 25 + ["1,0"] + ["?"] + ["0,0"] + ["?"] * 2
    (complaint,) = [note for note in whole(catalogue, results="\n".join(lines))["notes"] if "left out" in note]
    assert complaint.startswith("28 lines are left out of the count: line 2, “?”, has 1 value instead of two; line 3")
    assert [int(number) for number in re.findall(r"line (\d+), “", complaint)] == [2, 3, 4]
    assert "; also lines 5–26, 28, 30–31. Write" in complaint


def test_text_without_any_result_has_nothing_to_compare(catalogue: Catalogue) -> None:
    answer = whole(catalogue, results="hello\nworld")
    assert answer["outputs"]["verdict"]["value"] == "Nothing to compare yet"
    assert answer["outputs"]["difference"]["value"]["likely"] is None
    assert whole(catalogue, results=" \n\t\n ")["outputs"] == whole(catalogue)["outputs"], "blanks are no results"


@TUNED
@given(
    st.lists(st.tuples(st.booleans(), st.booleans()), max_size=60), st.sampled_from([",", "\t", ";", "|", " ", ", "])
)
def test_any_list_of_results_is_counted(pairs: list[tuple[bool, bool]], separator: str) -> None:
    text = "\n".join(f"{int(a)}{separator}{int(b)}" for a, b in pairs)
    counts_read = read_pasted_results(text)
    counts = [pairs.count(pair) for pair in ((True, True), (True, False), (False, True), (False, False))]
    assert [counts_read.both_right, counts_read.only_a, counts_read.only_b, counts_read.both_wrong] == counts
    assert counts_read.problems == () and counts_read.heading == 0


@TUNED
@given(st.text(max_size=300))
def test_any_text_is_counted_or_complained_about(text: str) -> None:
    """Each line is blank, a result, a heading or a problem with its number."""
    counts_read = read_pasted_results(text)
    counted = counts_read.both_right + counts_read.only_a + counts_read.only_b + counts_read.both_wrong
    counted += len(counts_read.scores)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert counted + len(counts_read.problems) + bool(counts_read.heading) == sum(1 for line in lines if line.strip())
    for number, sentence in counts_read.problems:
        assert sentence.startswith(f"line {number}, “") and len(sentence) < 160
