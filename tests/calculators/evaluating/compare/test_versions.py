"""Several versions against a baseline, slices, and what of whole files is compared, left out, or no test at all."""

from __future__ import annotations

import json
from decimal import Decimal
from math import sqrt
from random import Random
from statistics import mean, stdev
from time import process_time

import pytest
from scipy import integrate, stats
from statsmodels.stats.contingency_tables import cochrans_q
from statsmodels.stats.multitest import multipletests

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question
from calculators.evaluating.compare.samples import SEVERAL
from tests.calculators.answers import Results, computed
from tests.calculators.evaluating import by_hand
from tests.calculators.evaluating.compare.results import NAME, ask, near, rows, runs_table, sentences, verdict
from tests.readers.results import result_files as files
from tests.readers.results.result_files import inspect_log, inspect_sample, summary_text


def ask_files(catalogue: Catalogue, *content: tuple[str, bytes | str], **given: str) -> Results:
    """The outputs for some files."""
    return computed(catalogue, NAME, {"result_files": summary_text(*content)} | given)


def table(seed: int, cases: int = 40) -> tuple[str, list[list[int]]]:
    """Four versions that are right or wrong on the same cases."""
    chance = Random(seed)
    results = [[int(chance.random() < rate) for rate in (0.5, 0.55, 0.7, 0.8)] for _ in range(cases)]
    lines = [f"c{number}," + ",".join(map(str, row)) for number, row in enumerate(results)]
    return "\n".join(["case,base,one,two,three", *lines]), results


@pytest.mark.parametrize("seed", range(5))
def test_all_versions_are_held_to_holm(catalogue: Catalogue, seed: int) -> None:
    text, results = table(seed)
    answer = ask(catalogue, text)
    p_values = []
    for version in (1, 2, 3):
        only_a = sum(row[0] > row[version] for row in results)
        only_b = sum(row[0] < row[version] for row in results)
        p_values.append(float(by_hand.mcnemar(only_a, only_b)))
    adjusted = multipletests(p_values, method="holm")[1]
    listed = rows(answer, "versions")[1:]
    assert all(near(row[6], p_value) for row, p_value in zip(listed, p_values, strict=True))
    assert all(near(row[7], p_value) for row, p_value in zip(listed, adjusted, strict=True))
    best = max((1, 2, 3), key=lambda version: sum(row[version] for row in results))
    assert near(answer.p_value_holm, adjusted[best - 1]) and listed[best - 1][0].startswith("B: ")
    assert (verdict(answer).answer == "B is better than A") == (adjusted[best - 1] <= 0.05)
    assert near(answer.p_value_differ, cochrans_q(results).pvalue)
    one = ask(catalogue, text, compared_version="one", alpha="0.05")
    assert near(one.p_value, p_values[0]) and "is the best of" not in sentences(one.notes)


@pytest.mark.parametrize("columns", [3, 5])
def test_the_table_of_versions_has_the_intervals_of_the_headline(catalogue: Catalogue, columns: int) -> None:
    text = "\n".join(",".join(line.split(",")[:columns]) for line in table(1)[0].splitlines())
    answer = ask(catalogue, text)
    listed = {row[0][:2]: row[2:5] for row in rows(answer, "versions")}
    for letter, score in (("A:", answer.score_a), ("B:", answer.score_b)):
        assert listed[letter] == (score.likely, score.low, score.high)
    assert answer.score_a.low > 0, "Wilson's interval, as for counts"


def test_a_version_without_a_case_of_the_baseline_has_no_p_value(catalogue: Catalogue) -> None:
    lines = ["case,version,score", *(f"c{n},{name},{n % 2}" for n in range(4) for name in ("base", "one"))]
    answer = ask(catalogue, "\n".join([*lines, "x1,two,1", "x2,two,0"]))
    p_values = {row[0]: row[6:] for row in rows(answer, "versions")}
    assert p_values["two"] == (None, None) and p_values["B: one"] == (1, 1)


@pytest.mark.parametrize("heading", ["Fall", "Vorgang", "Cas", "案例"])
def test_a_column_that_counts_the_rows_is_the_case_in_any_language(catalogue: Catalogue, heading: str) -> None:
    pairs = ((1, 0), (0, 1), (1, 1), (0, 1), (0, 0), (0, 1))
    text = "\n".join([f"{heading};A;B", *(f"{n};{a};{b}" for n, (a, b) in enumerate(pairs, 7))])
    answer = ask(catalogue, text)
    assert [row[0] for row in rows(answer, "versions")] == ["A: a", "B: b"]
    assert (answer.score_a.likely, answer.score_b.likely) == (Decimal(2) / 6, Decimal(4) / 6)


def test_scores_that_do_not_count_the_rows_stay_scores(catalogue: Catalogue) -> None:
    answer = ask(catalogue, "one,two,three\n1,2,1\n2,2,1\n3,2,4\n4,2,1\n6,2,1")
    assert len(rows(answer, "versions")) == 3


def test_intervals_of_three_comparisons_share_alpha(catalogue: Catalogue) -> None:
    text, results = table(1)
    answer = ask(catalogue, text, compared_version="2", alpha="0.06")
    counts = [sum((row[0], row[1]) == pair for row in results) for pair in ((1, 1), (1, 0), (0, 1), (0, 0))]
    alone = ask(
        catalogue, "", **dict(zip(("both_right", "only_a", "only_b", "both_wrong"), counts, strict=True)), alpha="0.02"
    )
    assert answer.difference == alone.difference and answer.score_b == alone.score_b
    assert answer.p_value == alone.p_value and answer.alpha_each == 3 * alone.alpha_each


def test_the_luck_of_the_best_is_told(catalogue: Catalogue) -> None:
    """What three versions of equal spread would gain by choice: their errors times 0.846."""
    text, results = table(2)
    answer = ask(catalogue, text)
    errors = [stdev([row[version] - row[0] for row in results]) / sqrt(2 * len(results)) for version in (1, 2, 3)]
    largest = integrate.quad(lambda x: x * 3 * stats.norm.pdf(x) * stats.norm.cdf(x) ** 2, -9, 9)[0]
    assert f"would look {mean(errors) * largest:.1%} better than it is, by luck alone" in sentences(answer.notes)
    assert "“three” is the best of the 3 that are compared with “base”." in sentences(answer.notes)


def test_the_baseline_can_be_chosen(catalogue: Catalogue) -> None:
    text, _ = table(1)
    answer = ask(catalogue, text, baseline_version="Three", compared_version="base")
    assert [row[0] for row in rows(answer, "versions")] == ["A: three", "B: base", "one", "two"]
    assert ask(catalogue, text).measured_difference != answer.measured_difference
    wrong = sentences(ask(catalogue, text, compared_version="thre").notes)
    assert "No column or version is called as you typed. The versions are: base, one, two, three." in wrong


def test_slices_have_their_own_figures_and_small_ones_say_so(catalogue: Catalogue) -> None:
    answer = ask(catalogue, SEVERAL)
    cells = [line.split(",") for line in SEVERAL.splitlines()[1:]]
    listed = rows(answer, "slices")
    p_values = []
    for name, cases, share_a, share_b, difference, p_value, _, remark in listed:
        within = [row for row in cells if row[1] == name]
        a, b = ([int(row[place]) for row in within] for place in (2, 5))
        assert cases == len(within) and near(share_a, mean(a)) and near(share_b, mean(b))
        assert near(difference, mean(b) - mean(a))
        down, up = (sum(x > y for x, y in zip(*pair, strict=True)) for pair in ((a, b), (b, a)))
        p_values.append(float(by_hand.mcnemar(down, up)))
        assert near(p_value, p_values[-1]) and (remark != "") == (len(within) < 20)
    adjusted = multipletests(p_values, method="holm")[1]
    assert all(near(row[6], p_value) for row, p_value in zip(listed, adjusted, strict=True))


# Files.


def test_unpaired_failed_and_unscored_results_are_counted_and_shown(catalogue: Catalogue) -> None:
    answer = ask_files(catalogue, ("old.json", files.OLD_LOG), ("new.json", files.NEW_LOG))
    assert answer.cases == 1
    shown = {row[0]: (row[1], row[2]) for row in rows(answer, "rows")}
    assert shown["Cases of “lab/small” alone"] == (1, "left out") and "Cases of “lab/large” alone" not in shown
    assert shown["Runs that failed, “lab/large”"] == (1, "left out")
    assert shown["Results without a score, “lab/large”"] == (2, "left out")
    assert shown["Further runs of the same case, “lab/small”"] == (1, "averaged: a case is one vote")
    assert "Only 1 of 2 cases have a score of both" in sentences(answer.notes)
    assert {row[1] for row in rows(answer, "columns")} == {"Inspect"}


def test_failed_runs_can_count_as_wrong_and_the_other_verdict_is_told(catalogue: Catalogue) -> None:
    """Six cases that A passes; B fails one and times out on five."""
    a = inspect_log("a", [inspect_sample(f"q{n}", 1, "C") for n in range(6)])
    b = inspect_log(
        "b",
        [inspect_sample("q0", 1, "I")]
        + [inspect_sample(f"q{n}", 1, None, error={"message": "timeout"}) for n in range(1, 6)],
    )
    left, wrong = (ask_files(catalogue, ("a.json", a), ("b.json", b), failed_runs=c) for c in ("left_out", "as_wrong"))
    assert left.p_value == 1 and near(wrong.p_value, 2 / 2**6)
    assert "5 failed. Counted as 0, which is what a user would meet, they would make p 0.0312" in sentences(left.notes)
    assert "Were they left out, p would be 1" in sentences(wrong.notes)
    assert verdict(wrong).answer == "B is worse than A"


@pytest.mark.parametrize("status", ["started", "cancelled", "error"])
def test_a_run_that_did_not_end_never_becomes_a_verdict(catalogue: Catalogue, status: str) -> None:
    a = inspect_log("a", [inspect_sample(f"q{n}", 1, "C") for n in range(9)])
    b = inspect_log("b", [inspect_sample(f"q{n}", 1, "I") for n in range(9)], status)
    answer = ask_files(catalogue, ("a.json", a), ("b.json", b))
    assert answer.p_value < 0.05 and verdict(answer).answer == "No verdict: a run is not whole"
    assert "B is a part of a test" in sentences(verdict(answer).reasons)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ((("x.json", files.OLD_LOG),), "Only one version was found"),
        ((("x.json", "[]"),), "No result was found"),
        ((("x.csv", "id,a,b\nc1,1,\nc2,,1\n"),), "No case has a score of both"),
        ((("x.json", inspect_log("a", [inspect_sample("q", 1, None)])),), "No result has a score"),
        ((("x.csv", "id,note\nc1,late\nc2,early\n"),), "No result has a score"),
    ],
)
def test_without_two_scored_versions_there_is_nothing_to_compare(
    catalogue: Catalogue, content: tuple[tuple[str, str], ...], reason: str
) -> None:
    answer = ask_files(catalogue, *content)
    assert verdict(answer).answer == "Nothing to compare yet" and reason in sentences(verdict(answer).reasons)


def test_other_inputs_under_the_same_id_are_noticed(catalogue: Catalogue) -> None:
    a = inspect_log("a", [inspect_sample(f"q{n}", 1, "C") for n in range(3)])
    b = inspect_log("b", [{**dict(inspect_sample(f"q{n}", 1, "I")), "input": n} for n in range(3)])  # type: ignore[call-overload]
    assert "3 examples have another input" in sentences(ask_files(catalogue, ("a", a), ("b", b)).notes)


def test_what_cannot_be_read_is_one_error_and_a_table(catalogue: Catalogue) -> None:
    content = ("x.jsonl", 'what\n{"id": 1, "a": 1, "b": 0}\n?\n{"id": 2, "a": 0, "b": 1}')
    answer = ask_files(catalogue, content)
    assert answer.p_value == 1 and rows(answer, "left_out") == [("file 1", "it is not valid JSON", 2, "1, 3")]
    page = catalogue.answer(Question(NAME, {"result_files": summary_text(content)}, form="html"))
    assert page.count("is-error") == 1


@pytest.mark.parametrize("given", ["result_files", "results"])
def test_an_odd_cell_is_named_and_its_column_compared(catalogue: Catalogue, given: str) -> None:
    """A misses 8 cases of 30, B 2 others; B's cells for two more cases are “maybe” and blank, and one line is twice."""
    cells = [(int(number >= 8), int(not 8 <= number < 10)) for number in range(30)]
    lines = ["case,version_a,version_b", *(f"c{number},{a},{b}" for number, (a, b) in enumerate(cells))]
    odd = "\n".join([*lines, "c30,1,maybe", "c31,1,", lines[-1]])
    answer = computed(catalogue, NAME, {given: summary_text(("x.csv", odd)) if given == "result_files" else odd})
    assert answer.cases == 30 and near(answer.p_value, stats.binomtest(2, 10).pvalue)
    where = "file 1" if given == "result_files" else "pasted"
    assert rows(answer, "left_out") == [(where, "the cell of “version_b” is not a score", 1, "32")]
    assert ("Results without a score, “version_b”", 2, "left out") in rows(answer, "rows")
    unread = f"Some of the results could not be read: the cell of “version_b” is not a score ({where}, line 32)."
    assert unread in sentences(answer.notes)


def test_files_come_before_what_is_pasted_and_no_text_of_them_is_shown(catalogue: Catalogue) -> None:
    secret = files.OLD_LOG.replace("What is", "secret")
    given = {"result_files": summary_text(("a", secret), ("b", secret.replace("small", "large"))), "results": "1,0"}
    assert computed(catalogue, NAME, given).cases == 2
    for form in ("text", "json", "html", "page", "markdown", "csv", "scenario"):
        shown = catalogue.answer(Question(NAME, given, form=form))
        if form == "page":
            shown = json.loads(shown)["result"]
        assert "secret" not in shown, form


def test_ten_thousand_results_are_answered_at_once(catalogue: Catalogue) -> None:
    chance = Random(1)
    cases = [[round(chance.random(), 3) for _ in range(5)] for _ in range(1000)]
    better = [[min(1.0, score + 0.02) for score in runs] for runs in cases]
    begin = process_time()
    answer = json.loads(
        catalogue.answer(Question(NAME, {"result_files": summary_text(("x.csv", runs_table(a=cases, b=better)))}))
    )
    spent = process_time() - begin
    assert answer["outputs"]["verdict"]["value"] == "B is better than A"
    assert spent < 15, spent
