"""Files that belong to another calculator: recognized, said in one sentence, with a link to their page."""

from __future__ import annotations

import json
import re

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question
from calculators.evaluating.compare.samples import GRADES, REPEATED, SEVERAL
from calculators.fine_tuning.dataset.samples import SAMPLES as TRAINING_SAMPLES
from calculators.prompting.traffic.logged.breaks import open_traffic_reader
from calculators.readers.results.summary import ResultSummary
from calculators.readers.strangers import LOOKED_AT, STRANGERS, stranger_kind_of_text
from macros.project import ROOT
from tests.calculators.answers import answer_json
from tests.readers.results.result_files import summary_text

SCORES = "case,version,score\n" + "\n".join(f"c{n // 2},{'ab'[n % 2]},{n % 3 / 2}" for n in range(80))
CHAT = json.dumps({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]})
PAIR = json.dumps({"prompt": "a", "completion": "b"})
USE = json.dumps({"model": "gpt-6", "usage": {"prompt_tokens": 5, "completion_tokens": 7}})
PROMPTFOO = {"testIdx": 1, "vars": {"q": "a"}, "provider": {"id": "p"}, "success": True, "score": 1}
INSPECT = {"id": 1, "epoch": 1, "input": "a", "target": "b", "scores": {"match": {"value": "C"}}}
RUN = "q1 Q0 d1 1 0.9 bm25\nq1 Q0 d2 2 0.8 bm25"

FILES = [
    ("results", SCORES),
    ("results", SCORES.replace(",", ";")),
    ("results", SCORES.replace(",", "\t")),
    ("results", '{"id": 1, "score": 0.5}\n{"id": 2, "score": 1}'),
    ("results", '[{"case": 1, "passed": true}, {"case": 2, "passed": false}]'),
    ("results", REPEATED),
    ("results", json.dumps({"evalId": "e", "results": {"version": 3, "results": [PROMPTFOO]}, "config": {}})),
    ("results", json.dumps({"version": 2, "status": "success", "eval": {"model": "m"}, "samples": [INSPECT]})),
    ("labels", "case,human,judge\nc1,pass,fail"),
    ("labels", '{"case": 1, "person 1": "yes", "judge": "no"}'),
    ("training", CHAT),
    ("training", PAIR),
    ("training", json.dumps([json.loads(PAIR)], indent=2)),
    ("training", '{"instruction": "a", "input": "", "output": "b"}'),
    ("training", '{"conversations": [{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}]}'),
    ("usage", USE),
    ("usage", "date,model,input_tokens,output_tokens\n2026-11-01,gpt-6,5,7"),
    ("usage", json.dumps({"time": 1, "response": json.loads(USE)})),
    ("retrieval", RUN),
    ("retrieval", "q1 0 d1 2\nq2 0 d1 1"),
    ("retrieval", "query_id,passage_id,rank,score\nq1,p1,1,0.4"),
    ("retrieval", "question,doc,rank\nq1,p1,1"),
]

NOBODYS = [
    *(
        "",
        " ",
        "\ufeff",
        "{",
        "[",
        "[]",
        "{}",
        "null",
        "3",
        "Dear reader,\nhow are you?",
        "a,b\n1,2",
        "0\r0",
        "a\0,b",
        '{"a": 1}',
    ),
    *('{"messages": []}', '{"messages": "none"}', '{"messages": [{"role": "user", "content": "a"}]}'),
    *('{"a"' * 5, "[" * 3000, '{"a":' * 3000, "{" + " " * LOOKED_AT + '"score": 1}', GRADES),
]


@pytest.mark.parametrize(("kind", "text"), FILES)
@pytest.mark.parametrize("before", ["", "\ufeff", "\n\r\n"])
def test_a_file_is_known_by_its_first_row(kind: str, text: str, before: str) -> None:
    assert stranger_kind_of_text(before + text) == kind


@pytest.mark.parametrize("text", NOBODYS)
def test_what_is_not_clear_is_of_no_kind(text: str) -> None:
    assert stranger_kind_of_text(text) == ""


def test_each_page_is_called_as_it_is_and_is_where_it_is() -> None:
    for stranger in STRANGERS.values():
        page = ROOT / "docs" / f"{stranger.page.removeprefix('../../').removesuffix('/')}.md"
        assert f"title: {stranger.title}\n" in page.read_text("utf-8")


def naming_notes(catalogue: Catalogue, name: str, given: dict[str, str], kind: str) -> list[str]:
    """The notes that name the page of a kind; the page of the calculator has a link there, and the note only once."""
    stranger = STRANGERS[kind]
    notes: list[str] = [note for note in answer_json(catalogue, name, given)["notes"] if stranger.sentence in note]
    html = catalogue.answer(Question(name, given, form="html"))
    assert html.count(f'<a href="{stranger.page}">{stranger.title}</a>') == len(notes)
    return notes


@pytest.mark.parametrize(("kind", "text"), FILES)
def test_a_training_checker_says_where_another_file_is_read(catalogue: Catalogue, kind: str, text: str) -> None:
    """Instead of one error for each line."""
    answer = answer_json(catalogue, "fine_tuning/dataset", {"training_text": text})
    notes = naming_notes(catalogue, "fine_tuning/dataset", {"training_text": text}, kind)
    assert len(notes) == (kind != "training")
    if kind != "training":
        assert answer["outputs"]["verdict"]["value"] == f"Not a training file: {STRANGERS[kind].what}"
        assert answer["outputs"]["errors"]["value"] == "0"
        problems = next(table for table in answer["tables"] if table["name"] == "problems")
        assert problems["rows"] == []


def test_a_format_that_a_reader_picked_is_checked_all_the_same(catalogue: Catalogue) -> None:
    given = {"training_text": SCORES, "format": "openai"}
    assert naming_notes(catalogue, "fine_tuning/dataset", given, "results") == []
    assert answer_json(catalogue, "fine_tuning/dataset", given)["outputs"]["errors"]["value"] == "81"


@pytest.mark.parametrize("text", sorted(TRAINING_SAMPLES))
def test_no_training_file_is_a_stranger_to_its_checker(catalogue: Catalogue, text: str) -> None:
    verdict = answer_json(catalogue, "fine_tuning/dataset", {"training_text": text})["outputs"]["verdict"]["value"]
    assert "Not a training file" not in verdict


@pytest.mark.parametrize(
    ("text", "errors"), [(f"{CHAT},\n{CHAT},\n", 2), (f"{PAIR},\n{PAIR}", 1), (f"{CHAT}\r{CHAT}", 1), (CHAT + CHAT, 1)]
)
def test_training_lines_that_are_not_readable_are_no_strangers_to_their_checker(
    catalogue: Catalogue, text: str, errors: int
) -> None:
    """The checker once sent their reader to itself."""
    answer = answer_json(catalogue, "fine_tuning/dataset", {"training_text": text})
    assert "it looks like" not in str(answer["notes"])
    assert answer["outputs"]["verdict"]["value"] == "Not ready: fix the errors"
    assert answer["outputs"]["errors"]["value"] == str(errors)


@pytest.mark.parametrize(("kind", "text"), FILES)
def test_a_comparison_says_where_another_file_is_read(catalogue: Catalogue, kind: str, text: str) -> None:
    given = {"result_files": summary_text(("x.csv", text))}
    notes = naming_notes(catalogue, "evaluating/compare", given, kind)
    assert len(notes) == (kind != "results")
    assert all(note.startswith("File 1 is left out: it looks like ") for note in notes)


@pytest.mark.parametrize("text", [SCORES, SEVERAL, REPEATED, "model,case,score,total_tokens\na,1,0,9\nb,1,1,8"])
def test_results_are_no_stranger_to_a_comparison(catalogue: Catalogue, text: str) -> None:
    """Also where they have the tokens of each case, or the question and the document."""
    for given in ({"result_files": summary_text(("x.csv", text))}, {"results": text}):
        notes = str(answer_json(catalogue, "evaluating/compare", given)["notes"])
        assert "it looks like" not in notes


@pytest.mark.parametrize(("kind", "text"), FILES)
def test_the_price_of_logs_says_where_another_file_is_read(catalogue: Catalogue, kind: str, text: str) -> None:
    notes = naming_notes(catalogue, "prompting/traffic", {"pasted": text}, kind)
    assert len(notes) == (kind != "usage")


@pytest.mark.parametrize(("kind", "text"), FILES)
def test_the_measure_of_a_search_says_where_another_file_is_read(catalogue: Catalogue, kind: str, text: str) -> None:
    notes = naming_notes(catalogue, "evaluating/retrieval", {"results_a": text}, kind)
    assert len(notes) == (kind != "retrieval")
    assert not re.search("left out: .*left out", " ".join(notes))


@pytest.mark.parametrize(("kind", "text"), FILES)
def test_the_plan_of_a_test_says_where_another_file_is_read(catalogue: Catalogue, kind: str, text: str) -> None:
    given = {"pilot_files": summary_text(("x.csv", text))}
    notes = naming_notes(catalogue, "evaluating/plan", given, kind)
    assert len(notes) == (kind != "results")
    remarks = str(answer_json(catalogue, "evaluating/plan", given)["notes"])
    assert ("The pilot tells nothing" not in remarks) or kind == "results"
    assert ("Read under “Files of a pilot”" in remarks) == (kind == "results")


@pytest.mark.parametrize(("kind", "text"), FILES)
def test_a_case_says_where_a_file_is_read_that_is_dropped_on_it(catalogue: Catalogue, kind: str, text: str) -> None:
    """With a link from its own page, which is a level above those of the others."""
    stranger, given = STRANGERS[kind], {"test.pilot_files": summary_text(("x.csv", text))}
    notes = [note for note in answer_json(catalogue, "choosing/case", given)["notes"] if stranger.sentence in note]
    html = catalogue.answer(Question("choosing/case", given, form="html"))
    assert len(notes) == html.count(f'<a href="{stranger.page.removeprefix("../")}">') == (kind != "results")
    assert f'"{stranger.page}"' not in html
    assert ("“Use these numbers everywhere”" in html) == (kind == "usage")


@pytest.mark.parametrize("kind", ["usage", ""])
@pytest.mark.parametrize("words", ["it holds no results", STRANGERS["usage"].sentence])
def test_what_a_file_is_decides_and_no_sentence(catalogue: Catalogue, kind: str, words: str) -> None:
    """Whatever reason a reader gives for leaving a file out."""
    summary = ResultSummary()
    summary.leave_out("file 1", words, 0, kind)
    read = json.loads(open_traffic_reader(catalogue.facts).finish())
    logs = json.dumps(read | {"skipped": {words: [1, ["1"], kind]}})
    for name, given in (
        ("evaluating/compare", {"result_files": summary.to_json()}),
        ("evaluating/plan", {"pilot_files": summary.to_json()}),
        ("prompting/traffic", {"logs": logs}),
    ):
        html = catalogue.answer(Question(name, given, form="html"))
        assert (f'<a href="{STRANGERS["usage"].page}">' in html) is (kind == "usage"), name
