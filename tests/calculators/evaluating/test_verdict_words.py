"""Headlines of verdicts carry names and numbers, and never make a win of what is not shown."""

from __future__ import annotations

import json
import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question
from tests.calculators.answers import answer_json
from tests.calculators.evaluating import by_hand
from tests.calculators.evaluating.compare.results import runs_table
from tests.calculators.evaluating.retrieval.searches import trec_qrels, trec_run
from tests.json_types import JsonObject

COMPARE, JUDGE, SEARCH = "evaluating/compare", "evaluating/judge", "evaluating/retrieval"
FEW = settings(max_examples=40, deadline=None, derandomize=True, database=None)
COUNT = st.integers(0, 60)


def headline(catalogue: Catalogue, name: str, **typed: object) -> str:
    """The headline as a screen reader hears it, without its label."""
    page = catalogue.answer(Question(name, {key: str(text) for key, text in typed.items()}, form="page"))
    spoken: str = json.loads(page)["spoken"]
    return spoken.partition(": ")[2]


def verdict(catalogue: Catalogue, name: str, **typed: object) -> JsonObject:
    """The verdict as JSON has it."""
    answer = answer_json(catalogue, name, {key: str(text) for key, text in typed.items()})
    output: JsonObject = answer["outputs"]["verdict"]
    return output


def percent(part: int, whole: int) -> str:
    """A share as a headline writes it: to a tenth of a percent, halves to the even tenth."""
    tenths = round(Fraction(part, whole) * 1000)
    return f"{tenths // 10}" + (f".{tenths % 10}%" if tenths % 10 else "%")


@FEW
@given(COUNT, COUNT, COUNT, COUNT)
def test_only_what_the_test_shows_reads_as_better_or_worse(
    catalogue: Catalogue, both_right: int, only_a: int, only_b: int, both_wrong: int
) -> None:
    """And both scores are the counts that were typed."""
    counts = {"both_right": both_right, "only_a": only_a, "only_b": only_b, "both_wrong": both_wrong}
    words, examples = headline(catalogue, COMPARE, **counts), sum(counts.values())
    if not examples:
        assert words == "Nothing to compare yet"
        return
    a, b = percent(both_right + only_a, examples), percent(both_right + only_b, examples)
    if by_hand.mcnemar(only_a, only_b) > Fraction(5, 100):
        assert words.startswith(f"Not shown, it may be chance: version B {b}, version A {a}, ")
        assert "better" not in words and "worse" not in words
    else:
        course, sign = ("better", "+") if only_b > only_a else ("worse", "−")
        assert words.startswith(f"Version B is {course} than version A: {b} against {a}, {sign}")


def test_the_difference_stands_in_points_with_its_interval(catalogue: Catalogue) -> None:
    """20 more of 100; the interval is the one that the JSON holds."""
    counts = {"both_right": 60, "only_a": 2, "only_b": 22, "both_wrong": 16}
    points = re.search(r", \+20 points \(([\d.]+) to ([\d.]+)\)$", headline(catalogue, COMPARE, **counts))
    interval = answer_json(catalogue, COMPARE, {name: str(count) for name, count in counts.items()})["outputs"]
    assert points
    for shown, end in zip(points.groups(), ("low", "high"), strict=True):
        assert float(shown) == pytest.approx(100 * float(interval["difference"]["value"][end]), abs=0.05)
    assert verdict(catalogue, COMPARE, **counts)["value"] == "B is better than A"


def test_versions_have_the_names_of_their_file(catalogue: Catalogue) -> None:
    """Also where these hold braces; the scores of several runs are on a scale from 0 to 1, so they are shares."""
    right, wrong = [[1.0, 1.0]] * 24, [[0.0, 0.0]] * 8
    table = runs_table(**{"old {x}": wrong + right, "new": [*right, *right[:8]]})
    assert headline(catalogue, COMPARE, results=table).startswith("New is better than old {x}: 100% against 75%, +25 ")


def test_grades_on_another_scale_stand_as_they_are(catalogue: Catalogue) -> None:
    """From 1 to 5, a whole grade is a quarter of the scale. Twenty steps up of one size: two ways of 2 to the 20th.

    The interval, which knows of no spread, holds 0 there, and so cannot stand beside the word better.
    """
    alike, unlike = ["3,4", "4,5", "1,2", "2,3"] * 5, ["3,4", "4,5", "1,3", "2,3"] * 5
    begin = "Version B is better than version A: 3.5 against 2.5, +25% of the scale "
    assert headline(catalogue, COMPARE, results="\n".join(alike)) == f"{begin}(p {2 / 2**20:.8f})"
    words = headline(catalogue, COMPARE, results="\n".join(unlike))
    ends = re.search(r"3.75 against 2.5, \+31[.\d]+% of the scale \(([\d.]+)% to ([\d.]+)%\)$", words)
    interval = stats.t.interval(0.95, 19, 1.25, stats.sem([1, 1, 2, 1] * 5))
    assert ends and list(map(float, ends.groups())) == pytest.approx([25 * end for end in interval], abs=0.05)


def test_a_verdict_of_typed_ranges_says_of_which_numbers(catalogue: Catalogue) -> None:
    """A range of 20 to 24 is taken at 22."""
    counts = {"both_right": 60, "only_a": 2, "both_wrong": 16}
    ranged, alone = (headline(catalogue, COMPARE, **counts, only_b=typed) for typed in ("20..24", "22"))
    assert ranged == f"{alone}, at the likely numbers of your ranges"


@FEW
@given(COUNT, COUNT, COUNT, COUNT)
def test_a_judge_is_headed_by_both_of_its_rates(
    catalogue: Catalogue, both_pass: int, only_people: int, only_judge: int, both_fail: int
) -> None:
    """Each where people passed or failed anything."""
    counts = {"both_pass": both_pass, "only_people": only_people, "only_judge": only_judge, "both_fail": both_fail}
    words, output = headline(catalogue, JUDGE, **counts), verdict(catalogue, JUDGE, **counts)
    good, bad = both_pass + only_people, both_fail + only_judge
    assert words.startswith(output["value"])
    assert (f"passes {percent(both_pass, good)} (" in words) if good else ("passes" not in words)
    assert (f"fails {percent(both_fail, bad)} (" in words) if bad else ("of bad answers" not in words)


def test_a_judge_swayed_by_position_is_headed_by_that(catalogue: Catalogue) -> None:
    """Of twelve answers shown in both places, two get the same verdict in both."""
    rows = ["case,person,judge,position"]
    for case in range(12):
        rows += [f"c{case},pass,pass,1", f"c{case},pass,{'pass' if case < 2 else 'fail'},2"]
    words = headline(catalogue, JUDGE, label_text="\n".join(rows))
    assert words.startswith("No: the position sways its verdict. It gives 16.7% of the answers the same verdict")


def test_a_search_is_headed_by_the_measure_that_was_chosen(catalogue: Catalogue) -> None:
    """One of four queries has its passage first, two have it second, one has none."""
    grades = {f"q{number}": {"a": 1} for number in range(4)}
    lists = [["a", "x"], ["x", "a"], ["x", "a"], ["x", "y"]]
    texts = {
        "results_a": trec_run({query: passages for query, passages in zip(grades, lists, strict=True)}),
        "judgments": trec_qrels(grades),
    }
    for measure, begin in (("recall", "recall@2 75% ("), ("mrr", "MRR@2 50% ("), ("hit", "hit rate@2 75% (")):
        assert headline(catalogue, SEARCH, **texts, measure=measure, k=2).startswith(begin)


@pytest.mark.parametrize(("more", "begin"), [(9, "Version B is better than version A: recall@5 80% against 50%, +30")])
def test_two_searches_are_headed_by_both(catalogue: Catalogue, more: int, begin: str) -> None:
    """Of 30 queries A has 15, B these and nine more; with the roles exchanged it is worse; with three it is open."""
    grades = {f"q{number:02}": {"a": 1} for number in range(30)}

    def run(right: int) -> str:
        return trec_run({query: ["a"] if place < right else ["x"] for place, query in enumerate(grades)})

    def words(a: int, b: int) -> str:
        return headline(catalogue, SEARCH, results_a=run(a), results_b=run(b), judgments=trec_qrels(grades))

    assert words(15, 15 + more).startswith(begin)
    assert words(15 + more, 15).startswith("Version B is worse than version A: recall@5 50% against 80%, −30")
    assert words(15, 18).startswith("Not shown, it may be chance: recall@5 of version B 60%, of version A 50%, +10")
