"""Files of evaluation tools: what each is read as, with failures and blanks kept apart from wrong answers."""

from __future__ import annotations

import io
import json
import zipfile
from zlib import crc32

import pytest

from calculators.readers.results.columns import read_result_score
from calculators.readers.results.evaluation import BY_ID, BY_INPUT, BY_ROW, Evaluation, result_inputs_that_differ
from calculators.readers.results.intake import RESULT_FORMATS
from calculators.readers.results.summary import result_summary_from_json, result_summary_refusal
from tests.readers.results import result_files as files
from tests.readers.results.result_files import evaluation, lines, summary_text


def scores(read: Evaluation) -> dict[str, list[list[float]]]:
    """The scores of each version, case by case in their order."""
    return {version.name: list(version.scores.values()) for version in read.versions}


def label(read: Evaluation) -> str:
    (table,) = read.tables
    return table.label


def test_promptfoo_is_read_in_the_order_of_its_prompts() -> None:
    read = evaluation(("out.json", files.PROMPTFOO))
    assert label(read) == "promptfoo" and read.scores == ["pass", "score", "tone"] and read.tag == "level"
    assert scores(read) == {"openai:gpt-6, prompt 1": [[1], [1]], "openai:gpt-6, prompt 2": [[0]]}
    assert [sum(version.errors.values()) for version in read.versions] == [0, 1], "only failureReason 2 is an error"
    graded = evaluation(("out.json", files.PROMPTFOO), score="Score")
    assert scores(graded)["openai:gpt-6, prompt 2"] == [[0.25]]
    assert sorted(read.slices.values()) == ["easy", "hard"]


def test_tests_of_promptfoo_that_are_equal_are_runs_of_one_case() -> None:
    rows = [files.promptfoo_row(0, 0, True, 1), files.promptfoo_row(0, 0, False, 0)]
    rows[1] = {**dict(rows[1]), "testIdx": 7}  # type: ignore[call-overload]
    read = evaluation(("out.jsonl", lines(*rows)))
    assert scores(read) == {"openai:gpt-6, prompt 0": [[1, 0]]}


def test_promptfoo_without_its_results_says_so() -> None:
    summary = result_summary_from_json(
        summary_text(("out.json", '{"id": 1, "results": [], "prompts": [{"raw": "x"}]}'))
    )
    assert summary.tables == [] and "it holds no results" in summary.left_out[0].reason


def test_a_table_of_promptfoo_is_read_by_position() -> None:
    read = evaluation(("out.csv", files.PROMPTFOO_TABLE))
    assert label(read) == "promptfoo CSV"
    assert scores(read) == {"1: openai:gpt-6": [[1], [1]], "2: openai:gpt-6-mini": [[0]]}
    assert sum(read.versions[1].errors.values()) == 1
    graded = scores(evaluation(("out.csv", files.PROMPTFOO_TABLE), score="score"))
    assert graded == {"1: openai:gpt-6": [[1], [0.8]], "2: openai:gpt-6-mini": [[0.4]]}


def test_inspect_logs_are_two_versions_with_epochs_as_runs() -> None:
    read = evaluation(("old.json", files.OLD_LOG), ("new.json", files.NEW_LOG))
    assert [table.label for table in read.tables] == ["Inspect", "Inspect"] and read.paired_by == BY_ID
    assert scores(read) == {"lab/small": [[1, 0], [0.5]], "lab/large": [[1]]}
    assert sum(read.versions[1].errors.values()) == 1
    assert read.versions[1].unscored == 2, "no number, and no score at all, are both no wrong answer"


def archive(log: str, *, header: bool = True) -> bytes:
    """The same log as an `.eval` archive, with a sample that would be read twice."""
    content = json.loads(log)
    samples = content.pop("samples")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("_journal/start.json", json.dumps({"eval": content["eval"]}))
        packed.writestr("samples/a_epoch_1.json", json.dumps(samples[0]))
        packed.writestr("summaries.json", json.dumps(samples, indent=1))
        if header:
            packed.writestr("header.json", json.dumps(content))
    return buffer.getvalue()


def test_an_archive_of_inspect_is_read_like_its_json() -> None:
    packed = evaluation(("old.eval", archive(files.OLD_LOG)), ("new.json", files.NEW_LOG))
    assert scores(packed) == scores(evaluation(("old.json", files.OLD_LOG), ("new.json", files.NEW_LOG)))


def test_an_archive_without_a_header_is_no_test() -> None:
    summary = result_summary_from_json(summary_text(("old.eval", archive(files.OLD_LOG, header=False))))
    assert summary.tables == [] and "has no header" in summary.left_out[0].reason


def test_a_log_packed_with_zstd_is_refused_with_the_way_to_export_it() -> None:
    name = b"header.json"
    head = b"PK\x03\x04" + b"\x14\x00\x00\x00" + (93).to_bytes(2, "little") + bytes(4)
    data = head + crc32(b"x").to_bytes(4, "little") + (1).to_bytes(4, "little") * 2 + len(name).to_bytes(2, "little")
    summary = result_summary_from_json(summary_text(("run.eval", data + bytes(2) + name + b"x")))
    (refused,) = summary.left_out
    assert refused.file == "file 1" and "zstd" in refused.reason and "inspect log convert --to json" in refused.reason


@pytest.mark.parametrize("status", ["started", "cancelled", "error"])
def test_a_run_that_did_not_end_well_is_a_part(status: str) -> None:
    log = files.inspect_log("lab/small", [files.inspect_sample("a", 1, "C")], status)
    (version,) = evaluation(("x.json", log)).versions
    assert version.partial and version.rows == 1


def test_filters_of_the_harness_are_scores_of_their_own() -> None:
    read = evaluation(("samples_old.jsonl", files.HARNESS))
    assert label(read) == "lm-evaluation-harness" and read.scores == ["exact_match, strict", "exact_match, loose"]
    assert scores(read) == {"file 1": [[0], [1]]} and read.versions[0].unscored == 0
    loose = evaluation(("samples_old.jsonl", files.HARNESS), score="exact_match, loose")
    assert scores(loose) == {"file 1": [[1], [1]]}


def test_logs_of_openai_evals_need_their_report() -> None:
    whole = evaluation(("x.jsonl", lines(*files.EVALS, files.REPORT)))
    assert label(whole) == "OpenAI Evals" and scores(whole) == {"gpt-6": [[1], [0]]}
    assert not whole.versions[0].partial and sum(whole.versions[0].errors.values()) == 1
    assert "no final report" in evaluation(("x.jsonl", lines(*files.EVALS))).versions[0].partial


def test_a_metric_of_deepeval_that_failed_is_no_wrong_answer() -> None:
    read = evaluation(("run.json", files.DEEPEVAL))
    assert label(read) == "DeepEval" and scores(read) == {"file 1": [[1]]}
    assert sum(read.versions[0].errors.values()) == 1
    assert scores(evaluation(("run.json", files.DEEPEVAL), score="Relevancy")) == {"file 1": [[0.9]]}


def test_ragas_is_paired_by_the_question() -> None:
    turned = "\n".join([files.RAGAS.splitlines()[0], *files.RAGAS.splitlines()[:0:-1]])
    read = evaluation(("old.csv", files.RAGAS), ("new.csv", turned))
    assert read.tables[0].label == "Ragas" and read.paired_by == BY_INPUT
    assert read.scores == ["faithfulness", "context_recall"] and scores(read) == {
        "file 1": [[0.75]],
        "file 2": [[0.75]],
    }
    assert read.versions[0].scores == read.versions[1].scores and read.versions[0].unscored == 1


def test_runs_of_langfuse_langsmith_and_braintrust() -> None:
    langfuse = evaluation(("x.csv", files.LANGFUSE))
    assert label(langfuse) == "Langfuse" and scores(langfuse) == {"old": [[0.5], [0]], "new": [[1], [1]]}
    langsmith = evaluation(("old.csv", files.LANGSMITH), ("new.csv", files.LANGSMITH))
    assert langsmith.tables[0].label == "LangSmith" and langsmith.scores == ["feedback.correctness"]
    assert scores(langsmith) == {"file 1": [[1], [0]], "file 2": [[1], [0]]}
    braintrust = evaluation(("x.jsonl", files.BRAINTRUST))
    assert label(braintrust) == "Braintrust" and scores(braintrust) == {"file 1": [[0.6]]}
    assert sum(braintrust.versions[0].errors.values()) == 1


TABLES = {
    "wide": "id,a,b\nc1,1,0\nc2,1,1\nc3,,1\n",
    "words": "case;old;new\nc1;pass;fail\nc2;pass;pass\nc3;;pass\n",
    "long": "id\tversion\tscore\nc1\ta\t1\nc1\tb\t0\nc2\ta\t1\nc2\tb\t1\nc3\tb\t1\nc3\ta\t\n",
    "lines": lines(
        {"id": "c1", "a": True, "b": False}, {"id": "c2", "a": 1, "b": 1.0}, {"id": "c3", "a": None, "b": "yes"}
    ),
    "list": json.dumps([{"id": "c1", "a": 1, "b": 0}, {"id": "c2", "a": 1, "b": 1}, {"id": "c3", "b": 1, "a": "NaN"}]),
}


@pytest.mark.parametrize("text", TABLES.values(), ids=list(TABLES))
def test_any_table_says_the_same(text: str) -> None:
    read = evaluation(("x", text))
    a, b = read.versions
    assert label(read) == "A table or JSON Lines" and read.paired_by == BY_ID
    assert list(a.scores.values()) == [[1], [1]] and a.unscored == 1
    assert list(b.scores.values()) == [[0], [1], [1]] and b.unscored == 0


def table_with(*cells: str, heading: str = "b") -> str:
    """Twenty cases that version a passes; some of those of the other column are given, the rest pass."""
    beside = [*cells, *["1"] * (20 - len(cells))]
    return "\n".join([f"case,a,{heading}", *(f"c{number},1,{cell}" for number, cell in enumerate(beside))])


@pytest.mark.parametrize("cells", [("0", "maybe", ""), ("fail", "n/a", "?"), ("0.5", "see the notes " * 9)])
def test_a_version_with_a_few_odd_cells_is_one_and_they_are_named(cells: tuple[str, ...]) -> None:
    """A file has the headings in line 1, so the first case is in line 2."""
    text = table_with(*cells)
    summary = result_summary_from_json(summary_text(("x.csv", text)))
    odd = [line for line, cell in enumerate(cells, 2) if cell not in ("0", "0.5", "fail", "", "n/a")]
    assert [(entry.reason, entry.lines) for entry in summary.left_out] == [("the cell of “b” is not a score", odd)]
    read = evaluation(("x.csv", text))
    a, b = read.versions
    blank = sum(cell in ("", "n/a") for cell in cells)
    assert (a.rows, a.unscored, b.rows, b.unscored) == (20, 0, 20 - len(odd) - blank, len(odd) + blank)
    assert read.tags == [] and read.tag == ""


def test_a_score_with_an_odd_cell_stays_a_score() -> None:
    rows = [f"c{number},{'old' if number % 2 else 'new'},{number * 3}" for number in range(20)]
    text = "\n".join(["case,version,score", *rows, "c20,old,unsure"])
    read = evaluation(("x.csv", text))
    assert read.score == "score" and [version.unscored for version in read.versions] == [0, 1]
    assert [(entry.file, entry.lines) for entry in read.left_out] == [("file 1", [22])]


def test_an_odd_cell_among_many_scores_leaves_failures_what_they_are() -> None:
    rows = [f"c{number},{number / 100}" for number in range(99)]
    (version,) = evaluation(("x.csv", "\n".join(["case,score", *rows, "c99,timeout", "c100,unsure"]))).versions
    assert (version.rows, sum(version.errors.values()), version.unscored) == (99, 1, 1)


@pytest.mark.parametrize("cells", [("easy", "hard", "easy"), ("2", "3", "many")])
def test_a_column_of_other_texts_or_numbers_is_no_version(cells: tuple[str, ...]) -> None:
    """Three in twenty are too many; numbers beyond 1 beside a word may be levels."""
    read = evaluation(("x.csv", table_with(*cells, heading="level")))
    assert [version.name for version in read.versions] == ["a"] and read.tag == "level" and read.left_out == []


def test_a_tag_of_numbers_beside_a_score_stays_a_tag() -> None:
    rows = [f"c{number},{number % 2},{'hard' if number == 7 else 1}" for number in range(20)]
    read = evaluation(("x.csv", "\n".join(["case,score,level", *rows])))
    assert read.scores == ["score"] and read.tag == "level" and read.left_out == []


def test_one_file_a_version_is_called_by_its_number() -> None:
    text = "id,score\nc1,0.5\nc2,0.7\n"
    read = evaluation(("runs/old prompt.csv", text), ("new.csv", text.replace("0.5", "80%")))
    assert scores(read) == {"file 1": [[0.5], [0.7]], "file 2": [[0.8], [0.7]]}
    twice = evaluation(("old.json", files.OLD_LOG), ("new.json", files.OLD_LOG))
    assert [version.name for version in twice.versions] == ["lab/small (file 1)", "lab/small (file 2)"]


def test_columns_can_be_named() -> None:
    text = "who,which,grade,other,level\nx,a,0.5,9,1\nx,b,0.25,8,1\ny,a,1,7,2\ny,b,0.5,6,2\n"
    read = evaluation(("x.csv", text), case="WHO", version="which", score="other", slices="level")
    assert scores(read) == {"a": [[9], [7]], "b": [[8], [6]]} and sorted(read.slices.values()) == ["1", "2"]
    assert read.unknown == [] and evaluation(("x.csv", text), score="nonsense").unknown == ["nonsense"]


def test_ids_that_pair_nothing_give_way_to_inputs() -> None:
    old = "id,input,score\nr1,Rome,1\nr2,Bonn,0\n"
    read = evaluation(("old.csv", old), ("new.csv", old.replace("r1", "r8").replace("r2", "r9")))
    assert read.paired_by == BY_INPUT and read.versions[0].scores.keys() == read.versions[1].scores.keys()
    other = evaluation(("old.csv", old), ("new.csv", old.replace("Bonn", "Kiel")))
    assert other.paired_by == BY_ID and result_inputs_that_differ(*other.versions) == 1


def test_without_ids_and_inputs_rows_are_paired() -> None:
    read = evaluation(("old.csv", "score,cost\n1,2\n0,3\n"), ("new.csv", "score,cost\n1,2\n1,3\n"))
    assert read.paired_by == BY_ROW and scores(read) == {"file 1": [[1], [0]], "file 2": [[1], [1]]}


def test_failures_in_a_column_of_scores_are_failures() -> None:
    (version,) = evaluation(("x.csv", "id,score\nc1,1\nc2,timeout\nc3,error\nc4,n/a\n")).versions
    assert (version.rows, sum(version.errors.values()), version.unscored) == (1, 2, 1)


def test_what_cannot_be_read_is_counted_by_file_and_line() -> None:
    summary = result_summary_from_json(
        summary_text(("x.jsonl", '{"id": 1, "score": 1}\nwhat\n{"id": 2'), ("y", b"PAR1 x" * 9))
    )
    assert [(entry.file, entry.count, entry.lines) for entry in summary.left_out] == [
        ("file 1", 2, [2, 3]),
        ("file 2", 1, []),
    ]


def test_no_text_but_names_is_kept() -> None:
    """Ids, inputs, answers and long texts are codes in the summary; names of columns, versions and tags stay."""
    secret = "secret"
    text = lines(
        *({"id": f"{secret}{n}", "input": f"{secret} {n}", "output": secret, "score": n / 9} for n in range(9))
    )
    table = f"id,version,note,score\n{secret}1,a,{secret * 20},1\n{secret}1,b,{secret * 20},0\n"
    logs = files.OLD_LOG.replace("What is", secret)
    assert secret not in summary_text(
        ("x.jsonl", text),
        ("y.csv", table),
        ("z.json", logs),
        ("p.json", files.PROMPTFOO.replace("Town", secret).replace("Where", secret)),
    )


def test_a_summary_is_read_back_and_nothing_else_is_one() -> None:
    text = summary_text(("x.csv", TABLES["wide"]))
    assert result_summary_from_json(text).to_json() == text and result_summary_refusal(text) == ""
    for wrong in ("", "{}", "[1]", '{"version": 1}', '{"version": 1, "tables": [{}], "left_out": []}', "id,a,b"):
        assert result_summary_refusal(wrong), wrong


def test_every_format_has_a_label_of_its_own() -> None:
    labels = [format.label for format in RESULT_FORMATS.values()]
    assert len(set(labels)) == len(labels) == 11 and labels[-1] == "A table or JSON Lines"


SCORES = {
    " 0.5 ": 0.5,
    "PASS": 1,
    "no": 0,
    "5%": 0.05,
    "4": 4,
    "-1": -1,
    "1e3": 1000,
    "0,125": 0.125,
    "3,5": 3.5,
    "-0,5%": -0.005,
}
NO_SCORES = dict.fromkeys(("1_0", "inf", "", "error", "maybe", "1,250", "1,5,2", ",5", "1,"))


@pytest.mark.parametrize(("text", "score"), [*SCORES.items(), *NO_SCORES.items()])
def test_scores_are_numbers_shares_and_verdicts(text: str, score: float | None) -> None:
    assert read_result_score(text) == score
