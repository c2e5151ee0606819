"""A pilot's files: what is measured in them, by numpy, and what it fills in."""

from __future__ import annotations

import json
from math import isclose, sqrt
from random import Random
from statistics import mean, stdev, variance

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.declare import output_value
from calculators.engine.questions.question import Question
from tests.calculators.answers import answer_json
from tests.calculators.evaluating.compare.results import runs_table
from tests.calculators.evaluating.test_plan import PLAN, ask, notes
from tests.readers.results.result_files import summary_text

Runs = list[list[float]]


def pilot_runs(seed: int, cases: int, runs: int, top: float = 1.0) -> tuple[Runs, Runs]:
    """Scores of two versions that do well on the same cases, and stray from run to run."""
    chance = Random(seed)
    a, b = [], []
    for _ in range(cases):
        ease, gain = chance.uniform(0.3, 0.7), chance.gauss(0.05, 0.1)
        a.append([round(top * min(1, max(0, ease + chance.gauss(0, 0.06))), 3) for _ in range(runs)])
        b.append([round(top * min(1, max(0, ease + gain + chance.gauss(0, 0.06))), 3) for _ in range(runs)])
    return a, b


def files(**versions: Runs) -> str:
    """The summary of one file with these versions."""
    return summary_text(("pilot.csv", runs_table(**versions)))


def within(cases: Runs) -> float:
    """The variance between runs, of as many runs of each."""
    return mean(variance(runs) for runs in cases)


@pytest.mark.parametrize("seed", range(5))
def test_the_variance_is_split_as_by_hand(catalogue: Catalogue, seed: int) -> None:
    """The means of three runs vary by what lies between cases and by a third of the noise (analysis of variance)."""
    a, b = pilot_runs(seed, 30, 3)
    answer = ask(catalogue, pilot_files=files(old=a, new=b), runs=3)
    noise = (within(a) + within(b)) / 2
    scores = mean(variance(map(mean, version)) - within(version) / 3 + within(version) for version in (a, b))
    steps = [mean(after) - mean(before) for before, after in zip(a, b, strict=True)]
    differences = max(0.0, variance(steps) - 2 * noise / 3) + 2 * noise
    assert answer.pilot_cases == 30 and answer.pilot_discordant is None
    assert isclose(answer.pilot_run_sd, sqrt(noise), rel_tol=1e-9)
    assert isclose(answer.pilot_score_sd, sqrt(scores), rel_tol=1e-9)
    assert isclose(answer.pilot_difference_sd, sqrt(differences), rel_tol=1e-9)
    assert isclose(answer.difference_spread, stdev(steps), rel_tol=1e-9), "three runs again stray as they did"


def test_the_figures_are_those_of_who_types_them(catalogue: Catalogue) -> None:
    a, b = pilot_runs(7, 40, 2)
    given = {"pilot_files": files(old=a, new=b)}
    filled = ask(catalogue, **given)
    measured = {name: getattr(filled, f"pilot_{name}") for name in ("score_sd", "difference_sd", "run_sd")}
    assert ask(catalogue, **measured).paired_sample_size == filled.paired_sample_size
    assert ask(catalogue, **measured).best_runs == filled.best_runs
    for name in measured:
        typed, all_typed = ask(catalogue, **given, **{name: "0.3"}), ask(catalogue, **measured | {name: "0.3"})
        for figure in ("paired_sample_size", "sample_size_per_arm", "difference_error", "standard_error", "best_cases"):
            assert getattr(typed, figure) == getattr(all_typed, figure), "what is typed comes before the pilot"


def test_a_single_run_of_grades_has_no_split(catalogue: Catalogue) -> None:
    a, b = pilot_runs(2, 25, 1)
    answer = ask(catalogue, pilot_files=files(old=a, new=b))
    steps = [after[0] - before[0] for before, after in zip(a, b, strict=True)]
    assert isclose(answer.pilot_difference_sd, stdev(steps), rel_tol=1e-9) and answer.pilot_run_sd is None
    scores = mean(variance([runs[0] for runs in version]) for version in (a, b))
    assert isclose(answer.pilot_score_sd, sqrt(scores), rel_tol=1e-9)


def test_grades_on_another_scale_are_shares_of_it(catalogue: Catalogue) -> None:
    """From the lowest to the highest that occurs."""
    a = [[1.0], [2.0], [5.0], [3.0]]
    b = [[2.0], [2.0], [4.0], [5.0]]
    answer = ask(catalogue, pilot_files=files(old=a, new=b))
    assert isclose(answer.pilot_difference_sd, stdev([1, 0, -1, 2]) / 4, rel_tol=1e-9)
    assert isclose(answer.pilot_score_sd, sqrt((variance([1, 2, 5, 3]) + variance([2, 2, 4, 5])) / 2) / 4, rel_tol=1e-9)


def test_right_and_wrong_answers_give_the_share_that_differs(catalogue: Catalogue) -> None:
    a = [[1.0]] * 10 + [[0.0]] * 14 + [[1.0]] * 6
    b = [[1.0]] * 10 + [[1.0]] * 9 + [[0.0]] * 11
    given = {"pilot_files": files(old=a, new=b)}
    answer = ask(catalogue, **given)
    assert (answer.pilot_discordant, answer.pilot_score_sd, answer.pilot_cases) == (0.5, None, 30)
    assert answer.paired_sample_size == ask(catalogue, discordant="0.5").paired_sample_size
    assert answer.smallest_difference == ask(catalogue, discordant="0.5").smallest_difference
    typed = ask(catalogue, **given, discordant="0.2")
    assert typed.paired_sample_size == ask(catalogue, discordant="0.2").paired_sample_size
    assert "differ on more, so each fails where the other succeeds" in notes(catalogue, **given)


def test_one_version_tells_how_its_scores_stray(catalogue: Catalogue) -> None:
    a, _ = pilot_runs(4, 30, 3)
    given = {"pilot_files": files(only=a)}
    answer = ask(catalogue, **given)
    assert isclose(answer.pilot_run_sd, sqrt(within(a)), rel_tol=1e-9) and answer.pilot_difference_sd is None
    total = variance(map(mean, a)) - within(a) / 3 + within(a)
    assert isclose(answer.pilot_score_sd, sqrt(total), rel_tol=1e-9)
    assert "The pilot has one version only" in notes(catalogue, **given)
    a, b = pilot_runs(4, 30, 3)
    assert "The pilot" not in notes(catalogue, pilot_files=files(old=a, new=b))


def test_two_examples_are_enough_for_a_standard_deviation(catalogue: Catalogue) -> None:
    single = ask(catalogue, pilot_files=files(only=[[0.2], [0.6]]))
    assert isclose(single.pilot_score_sd, stdev([0.2, 0.6]), rel_tol=1e-9) and single.pilot_run_sd is None
    pair = ask(catalogue, pilot_files=files(old=[[0.2], [0.4]], new=[[0.3], [0.7]]))
    assert isclose(pair.pilot_difference_sd, stdev([0.1, 0.3]), rel_tol=1e-9)


def test_a_pilot_of_which_nothing_is_needed_says_so(catalogue: Catalogue) -> None:
    a, b = pilot_runs(4, 30, 3)
    typed = {"score_sd": "20%", "difference_sd": "20%", "run_sd": "7%"}
    assert "It fills in nothing that you left open." in notes(catalogue, pilot_files=files(old=a, new=b), **typed)


def test_what_a_pilot_does_not_tell_is_an_error(catalogue: Catalogue) -> None:
    unread = summary_text(
        ("x.jsonl", 'what\n{"id": 1, "a": 1, "b": 0}'), ("y.jsonl", 'what\n{"id": 1, "a": 1, "b": 0}')
    )
    for given, words in (
        (files(only=[[1.0], [0.0], [1.0]]), "The pilot tells nothing"),
        (unread, "Some of the pilot could not be read"),
    ):
        listed = output_value(ask(catalogue, pilot_files=given).notes)
        (remark,) = [note for note in listed if note.holds and note.sentence.startswith(words)]
        assert remark.is_error


def test_of_several_versions_the_first_two_are_taken(catalogue: Catalogue) -> None:
    a, b = pilot_runs(4, 30, 2)
    c, _ = pilot_runs(9, 30, 2)
    two, three = ask(catalogue, pilot_files=files(old=a, new=b)), ask(catalogue, pilot_files=files(old=a, new=b, x=c))
    assert two.pilot_difference_sd is not None and two.pilot_difference_sd == three.pilot_difference_sd


@pytest.mark.parametrize(
    "versions",
    [
        {"only": [[1.0], [0.0], [1.0]]},
        {"old": [[0.5]] * 4, "new": [[0.5]] * 4},
        {"old": [[2.0]] * 4, "new": [[2.0]] * 4},
        {"old": [[0.3]], "new": [[0.6]]},
        {"only": [[0.4]]},
        {"old": [[0.3, 0.5]], "new": [[0.6, 0.7]]},
        {"only": [[0.4, 0.6]]},
    ],
)
def test_a_pilot_that_tells_nothing_says_so(catalogue: Catalogue, versions: dict[str, Runs]) -> None:
    answer = ask(catalogue, pilot_files=files(**versions))
    assert answer.paired_sample_size == ask(catalogue).paired_sample_size and answer.difference_error is None
    text = notes(catalogue, pilot_files=files(**versions))
    assert "tells nothing" in text and "are few for a pilot" not in text


def test_nothing_that_can_be_read_tells_nothing(catalogue: Catalogue) -> None:
    given = {"pilot_files": summary_text(("a.csv", "case,version,score\nc1,old,\n"))}
    assert ask(catalogue, **given).pilot_cases is None and "tells nothing" in notes(catalogue, **given)


def test_a_small_pilot_is_called_small(catalogue: Catalogue) -> None:
    for cases, small in ((19, True), (20, False)):
        a, b = pilot_runs(1, cases, 1)
        text = notes(catalogue, pilot_files=files(old=a, new=b))
        assert ("19 examples are few for a pilot" in text) is small and ("are few" in text) is small


def test_the_working_names_the_pilot(catalogue: Catalogue) -> None:
    a, b = pilot_runs(1, 30, 2)
    given = {"pilot_files": files(old=a, new=b)}
    text = catalogue.answer(Question(PLAN, given, form="text"))
    assert "(measured in your pilot)" in text and "Standard deviation of the differences in the pilot" in text
    assert answer_json(catalogue, PLAN, given)["outputs"]["pilot_cases"]["value"] == "30"


def test_what_was_read_is_said_with_what_it_fills_in(catalogue: Catalogue) -> None:
    """In the plan and in a case that asks for one: the rows of the file, the figures by hand, the way back."""
    a, b = pilot_runs(4, 30, 3)
    summary = files(old=a, new=b)
    noise = (within(a) + within(b)) / 2
    for name, path in ((PLAN, "pilot_files"), ("choosing/case", "test.pilot_files")):
        (remark,) = [note for note in answer_json(catalogue, name, {path: summary})["notes"] if "Read under" in note]
        assert remark.startswith("Read under “Files of a pilot”: 180 results (")
        assert f"“Standard deviation between runs of an example” ({sqrt(noise):.1%})" in remark
        assert remark.endswith("Choose other files there; “Reset” takes them away.")


def test_what_the_reader_answers_is_not_said_to_be_filled_in(catalogue: Catalogue) -> None:
    a, b = pilot_runs(4, 30, 3)
    given = {"pilot_files": files(old=a, new=b), "run_sd": "7%"}
    remark = notes(catalogue, **given)
    assert "fills in “Standard deviation of the scores”" in remark and "“Standard deviation between runs" not in remark


def test_the_field_and_its_fold_say_what_was_read(catalogue: Catalogue) -> None:
    a, b = pilot_runs(4, 30, 3)
    question = Question("choosing/case", {"test.pilot_files": files(old=a, new=b)}, form="page")
    fields = json.loads(catalogue.answer(question))["fields"]
    assert fields["test.pilot_files"]["echo"].startswith("Read: 180 results (")
    (line,) = [update["published"] for name, update in fields.items() if "180 results" in update.get("published", "")]
    assert "1 changed" in line and "Files of a pilot: 180 results (" in line


def test_a_part_that_cannot_be_read_is_named(catalogue: Catalogue) -> None:
    summary = summary_text(("x.jsonl", 'what\n{"id": 1, "a": 1, "b": 0}\n{"id": 2, "a": 0, "b": 1}\nwhat'))
    remark = notes(catalogue, pilot_files=summary)
    assert "Some of the pilot could not be read: it is not valid JSON (File 1, line 1)." in remark
