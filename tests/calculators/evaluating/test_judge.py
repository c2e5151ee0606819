"""Whether a judge can be trusted: the verdict against exact tests, the corrected rate, rows, what must not appear."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from calculators.catalogue import Catalogue
from calculators.evaluating.judge.samples import FAMILY_SAMPLE, POSITION_SAMPLE
from tests.calculators.answers import answer_json
from tests.json_types import JsonObject

D = Decimal
JUDGE = "evaluating/judge"
TUNED = settings(max_examples=40, deadline=None, derandomize=True, database=None)
COUNT = st.integers(0, 60)


def whole(catalogue: Catalogue, **typed: object) -> JsonObject:
    """The answer's JSON for what is typed."""
    return answer_json(catalogue, JUDGE, {name: str(text) for name, text in typed.items()})


def labels(both_pass: int, only_people: int, only_judge: int, both_fail: int) -> dict[str, object]:
    """What is typed for four counts, people's label first."""
    return {"both_pass": both_pass, "only_people": only_people, "only_judge": only_judge, "both_fail": both_fail}


def verdict(answer: JsonObject) -> str:
    """The verdict alone."""
    text: str = answer["outputs"]["verdict"]["value"]
    return text


def side(right: int, answers: int, bar: float, alpha: float) -> str:
    """Where scipy's exact test shows a share to lie."""
    if binomtest(right, answers, bar).pvalue > alpha:
        return "open"
    return "above" if right / answers > bar else "below"


@TUNED
@given(COUNT, COUNT, COUNT, COUNT, st.sampled_from(["0.8", "0.6", "0.9"]), st.sampled_from(["0.05", "0.2"]))
def test_the_exact_tests_against_the_bar_give_the_verdict(
    catalogue: Catalogue, both_pass: int, only_people: int, only_judge: int, both_fail: int, bar: str, alpha: str
) -> None:
    answer = whole(catalogue, **labels(both_pass, only_people, only_judge, both_fail), bar=bar, alpha=alpha)
    good, bad = both_pass + only_people, only_judge + both_fail
    if not good and not bad:
        assert verdict(answer) == "Nothing to compare yet"
    elif not good or not bad:
        assert verdict(answer) == f"Not shown: label some {'good' if not good else 'bad'} answers too"
    else:
        sides = side(both_pass, good, float(bar), float(alpha)), side(both_fail, bad, float(bar), float(alpha))
        expected = {
            ("above", "above"): "Yes: it judges as well as you ask",
            ("below", "below"): "No: it errs too often both ways",
        }.get(sides, "Not shown: too few labels to tell")
        if sides.count("below") == 1:
            expected = (
                f"No: it {'fails too many good answers' if sides[0] == 'below' else 'lets too many bad answers pass'}"
            )
        assert verdict(answer) == expected


def test_the_untouched_page_says_that_its_verdict_is_an_example(catalogue: Catalogue) -> None:
    untouched = whole(catalogue)
    assert verdict(untouched).startswith("Example. ")
    assert untouched["outputs"]["verdict"]["reasons"][0] == "These are the numbers of an example. Put in your own."
    for typed in ({"both_pass": "93"}, {"label_text": "person,judge\npass,pass"}):
        assert "xample" not in str(whole(catalogue, **typed)["outputs"]["verdict"])


def test_nothing_labeled_is_no_verdict(catalogue: Catalogue) -> None:
    answer = whole(catalogue, **labels(0, 0, 0, 0))
    outputs = answer["outputs"]
    assert verdict(answer) == "Nothing to compare yet"
    assert outputs["sensitivity"]["value"] == {"low": "0", "likely": None, "high": "1"}
    assert outputs["corrected"]["value"] == {"low": "0", "likely": None, "high": "1"}
    assert outputs["kappa"]["value"] == {"low": "-1", "likely": None, "high": "1"}


def test_nothing_is_ever_certain(catalogue: Catalogue) -> None:
    """A judge without a mistake keeps intervals of some width, kappa's too, and a remark says how bad it may be."""
    for labeled in (1, 20, 5000):
        answer = whole(catalogue, **labels(labeled, 0, 0, labeled), passes=50, judged=100)
        for output in ("sensitivity", "specificity", "agreement", "kappa", "corrected"):
            interval = answer["outputs"][output]["value"]
            assert D(interval["low"]) < D(interval["high"]), (output, labeled)
        assert sum("made no mistake" in note for note in answer["notes"]) == 2


def test_a_judge_who_passes_everything_agrees_with_most(catalogue: Catalogue) -> None:
    """95 of 100 answers are good, and it fails none: agreement 95%, kappa 0, and nothing follows from its rate."""
    answer = whole(catalogue, **labels(95, 0, 5, 0))
    outputs = answer["outputs"]
    assert outputs["agreement"]["value"]["likely"] == "0.95" and outputs["kappa"]["value"]["likely"] == "0"
    assert outputs["corrected"]["value"] == {"low": "0", "likely": None, "high": "1"}
    assert verdict(answer) == "No: it lets too many bad answers pass"
    assert any("Nothing follows from its pass rate" in note for note in answer["notes"])


def test_the_corrected_rate_by_hand(catalogue: Catalogue) -> None:
    """Sensitivity 0.9, specificity 0.8: 0.71 passes come from 0.51 ÷ 0.7; 0.95 and 0.1 from beyond the bounds."""
    for passes, raw, likely in ((71, D("0.51") / D("0.7"), None), (95, D("0.75") / D("0.7"), "1"), (10, None, "0")):
        answer = whole(catalogue, **labels(90, 10, 20, 80), passes=passes, judged=100)
        outputs = answer["outputs"]
        if raw is not None:
            assert abs(D(outputs["corrected_raw"]["value"]) - raw) < D("1e-20")
        assert outputs["corrected"]["value"]["likely"] == (likely or outputs["corrected_raw"]["value"])
        assert any("stops at" in note for note in answer["notes"]) == (likely is not None)


def test_leniency_and_severity_are_told_where_the_test_shows_them(catalogue: Catalogue) -> None:
    def reasons(*four: int) -> str:
        return " ".join(whole(catalogue, **labels(*four))["outputs"]["verdict"]["reasons"])

    assert "more lenient than people: it alone passes 20, people alone 4" in reasons(80, 4, 20, 80)
    assert "stricter than people: people alone pass 20, it alone 4" in reasons(80, 20, 4, 80)
    assert "lenient" not in reasons(80, 6, 9, 80) and "stricter" not in reasons(80, 9, 6, 80)


def test_more_passes_than_answers_are_told(catalogue: Catalogue) -> None:
    answer = whole(catalogue, passes=200, judged=100)
    assert answer["outputs"]["apparent"]["value"] == "1"
    assert any("every answer is counted as passed" in note for note in answer["notes"])


def test_too_few_judged_answers_are_told(catalogue: Catalogue) -> None:
    answer = whole(catalogue, passes=66, judged=100)
    assert answer["outputs"]["labels_needed"]["value"] is None
    assert any("let the judge judge more answers" in note for note in answer["notes"])
    more = whole(catalogue, passes=66_000, judged=100_000)
    assert D(more["outputs"]["labels_needed"]["value"]) > 100


def test_rows_and_their_counts_are_the_same(catalogue: Catalogue) -> None:
    rows = ["person,judge"] + ["pass,pass"] * 7 + ["pass,fail"] * 2 + ["fail,pass"] * 3 + ["fail,fail"] * 5
    from_rows, typed = whole(catalogue, label_text="\n".join(rows)), whole(catalogue, **labels(7, 2, 3, 5))
    assert from_rows["outputs"] == typed["outputs"]
    assert whole(catalogue, label_file="\n".join(rows), label_text="person,judge")["outputs"] == typed["outputs"]


def test_a_judge_swayed_by_position_is_not_trusted(catalogue: Catalogue) -> None:
    answer = whole(catalogue, label_text=POSITION_SAMPLE)
    outputs = answer["outputs"]
    assert verdict(answer) == "No: the position sways its verdict"
    assert outputs["position_swayed"]["value"] == "10" and outputs["position_first_share"]["value"] == "0.9"
    assert abs(float(outputs["position_p_value"]["value"]) - binomtest(9, 10).pvalue) < 1e-12
    assert abs(D(outputs["position_consistency"]["value"]) - D(20) / 30) < D("1e-20")
    assert any("not independent" in note for note in answer["notes"])


def test_length_and_family_are_compared_at_equal_quality(catalogue: Catalogue) -> None:
    answer = whole(catalogue, label_text=FAMILY_SAMPLE, family="sol")
    (biases,) = [table for table in answer["tables"] if table["name"] == "biases"]
    rows = {row[0]: row for row in biases["rows"]}
    compared = {"Longer answers", "Shorter answers", "The judge's family", "Other families"}
    assert set(rows) == compared | {"Position: not known"}
    assert D(rows["Longer answers"][4]) < D("0.05") < D(rows["Longer answers"][1])
    assert rows["Shorter answers"][4] is None
    assert any(note.startswith("Longer answers: among answers that people judged alike") for note in answer["notes"])
    unnamed = whole(catalogue, label_text=FAMILY_SAMPLE)
    assert any("type a word of its models' names" in note for note in unnamed["notes"])


def test_every_row_is_accounted_for(catalogue: Catalogue) -> None:
    answer = whole(catalogue, label_text=FAMILY_SAMPLE)
    (table,) = [table for table in answer["tables"] if table["name"] == "rows"]
    assert sum(D(row[1]) for row in table["rows"]) == len(FAMILY_SAMPLE.splitlines()) - 1
    assert any("Answers that only the judge labeled: 1, of which it passes 1." in note for note in answer["notes"])
    assert any("split evenly" in note and note.endswith(" 2.") for note in answer["notes"])


def test_grades_without_a_passing_label_get_no_verdict(catalogue: Catalogue) -> None:
    rows = "person,judge\n" + "5,5\n4,4\n2,3\n1,1\n" * 5
    answer = whole(catalogue, label_text=rows)
    assert verdict(answer) == "Not shown: say which labels pass"
    assert D(answer["outputs"]["agreement"]["value"]["likely"]) == D("0.75")
    assert D(answer["outputs"]["kappa"]["value"]["likely"]) > D("0.6")
    assert verdict(whole(catalogue, label_text=rows, passing="4 5")) != "Not shown: say which labels pass"


@pytest.mark.parametrize("missing", ["person", "judge"])
def test_a_missing_column_is_named(catalogue: Catalogue, missing: str) -> None:
    heading = "person,judge".replace(missing, "something")
    answer = whole(catalogue, label_text=f"{heading}\npass,pass")
    assert verdict(answer) == "Nothing to compare yet"
    assert any(f"No column named {missing} is found" in note for note in answer["notes"])


def test_no_text_of_a_file_is_shown(catalogue: Catalogue) -> None:
    rows = "case,person,judge,model,SECRET\nSECRET,pass,SECRET,SECRET,SECRET\nx,fail,pass,y,SECRET,SECRET\n"
    answer = whole(catalogue, label_file=rows + "z,fail,fail,SECRET,q", family="y")
    shown = {part: content for part, content in answer.items() if part != "inputs"}
    assert "SECRET" not in str(shown) and len(answer["notes"]) >= 2


def test_labels_of_a_reader_meet_no_pass_rate_of_an_example(catalogue: Catalogue) -> None:
    """Where nobody says what the judge reports elsewhere, no corrected rate follows, and the answer asks for it."""
    rows = "case,person,judge\n" + "\n".join(f"c{n},{'pass' if n % 3 else 'fail'},pass" for n in range(30))
    answer = whole(catalogue, label_text=rows)
    assert {answer["outputs"][name]["value"] for name in ("apparent", "corrected_raw", "powered")} == {None}
    assert any("type how many answers it is of" in note for note in answer["notes"])
    known = whole(catalogue, label_text=rows, passes=70, judged=100)
    assert not any("type how many answers it is of" in note for note in known["notes"])
