"""The programs beside the explainers run as they are printed, against a server that speaks as the providers do."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.site.snippets.running import FOLDER, answered, run, write_test_set
from tests.site.snippets.stand_in import StandIn

SNIPPETS = sorted(FOLDER.glob("*.py"))
MOST_LINES = 25
"""Empty lines do not count."""

PASSAGES = {
    "returns": "You get a refund within 14 days.",
    "code": "Error E-4711 means that the bulb is loose.",
    "late": "A delay of the parcel is shown in your account.",
    "lamp": "Every lamp has a warranty of two years.",
}
QUERIES = {"E-4711": ["code"], "money back please": ["returns"], "late light": ["late", "lamp"], "colors": ["lamp"]}
QUESTIONS = ("How do I return a lamp?", "And if it is broken?")
LABELS = [("It is shipped.", "pass"), ("We always pay.", "fail"), ("Nobody pays.", "fail"), ("Always home.", "pass")]


@pytest.mark.parametrize("path", SNIPPETS, ids=lambda path: path.name)
def test_a_snippet_is_short_and_on_a_page_that_offers_it(path: Path) -> None:
    assert sum(bool(line) for line in path.read_text("utf-8").splitlines()) <= MOST_LINES
    pages = [page for page in (ROOT / "docs").rglob("*.md") if f'"python/{path.name}"' in page.read_text("utf-8")]
    assert pages, f"no page shows {path.name}"
    link = f"snippets/python/{path.name}){{ download }}"
    assert any(link in page.read_text("utf-8") for page in pages), f"no page offers {path.name} to download"


def test_the_second_call_reads_what_the_first_one_wrote(server: StandIn, tmp_path: Path) -> None:
    (tmp_path / "instructions.txt").write_text("word " * 4000)
    first, second = run("cached_call.py", server, tmp_path).stdout.splitlines()
    assert first == "cache: 5000 tokens written, 0 read; neither: 8"
    assert second == "cache: 0 tokens written, 5000 read; neither: 8"


def test_a_short_prompt_is_not_kept(server: StandIn, tmp_path: Path) -> None:
    (tmp_path / "instructions.txt").write_text("word " * 400)
    assert run("cached_call.py", server, tmp_path).stdout.count("0 tokens written, 0 read; neither: 508") == 2


def test_the_agent_calls_its_tool_and_answers(server: StandIn, tmp_path: Path) -> None:
    assert run("agent_loop.py", server, tmp_path).stdout == "Order 7 was shipped.\n"
    assert len(server.requests) == 2 and len(server.requests[1]["messages"]) == 3


def test_the_agent_stops_at_its_limit(server: StandIn, tmp_path: Path) -> None:
    server.always_calls = True
    process = run("agent_loop.py", server, tmp_path, MOST_STEPS="3")
    assert process.stdout == "No answer within the limit: ask a person.\n" and len(server.requests) == 3


def test_hybrid_retrieval_finds_codes_and_meanings(server: StandIn, tmp_path: Path) -> None:
    """By hand: words find E-4711, meaning finds the refund, both together the lamp and the delay."""
    passages = [{"id": name, "text": text} for name, text in PASSAGES.items()]
    queries = [{"query_id": text, "text": text, "relevant": relevant} for text, relevant in QUERIES.items()]
    (tmp_path / "passages.json").write_text(json.dumps(passages))
    (tmp_path / "queries.json").write_text(json.dumps(queries))
    process = run("hybrid_retrieval.py", server, tmp_path)
    lines = [json.loads(line) for line in process.stdout.splitlines()]
    assert [line["retrieved"][0] for line in lines[:2]] == ["code", "returns"], process.stderr
    assert set(lines[2]["retrieved"][:2]) == {"late", "lamp"}
    (tmp_path / "hybrid.jsonl").write_text(process.stdout)
    outputs = answered("evaluating/retrieval", f"results_a_file={tmp_path / 'hybrid.jsonl'}", "k=5")
    mean = sum(line["recall"] for line in lines) / len(lines)
    assert float(outputs["recall"]["value"]) == pytest.approx(mean)


def test_the_judge_is_compared_with_people(server: StandIn, tmp_path: Path) -> None:
    """The stand-in fails an answer with the word always: right on two of four."""
    with (tmp_path / "labels.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["case", "policy", "question", "answer", "person"])
        writer.writerows([n, "Refunds within 14 days.", "Do I get one?", *label] for n, label in enumerate(LABELS))
    process = run("judge_calibration.py", server, tmp_path)
    assert process.stdout.splitlines() == ["sensitivity: 1 of 2", "specificity: 1 of 2"], process.stderr
    outputs = answered("evaluating/judge", f"label_file={tmp_path / 'judged.csv'}")
    assert float(outputs["sensitivity"]["value"]["likely"]) == float(outputs["specificity"]["value"]["likely"]) == 0.5


def test_a_schema_is_filled_in_and_checked(server: StandIn, tmp_path: Path) -> None:
    (tmp_path / "invoice.txt").write_text("Total 12.50")
    process = run("schema_call.py", server, tmp_path)
    assert json.loads(process.stdout) == {"number": None, "total": 12.5}, process.stderr
    schema = server.requests[0]["text"]["format"]
    assert schema["strict"] and schema["schema"]["required"] == ["number", "total"]
    (tmp_path / "invoice.txt").write_text("Total -12.50")
    assert "A person has to look" in run("schema_call.py", server, tmp_path).stderr


def test_a_refusal_is_no_invoice(server: StandIn, tmp_path: Path) -> None:
    server.refuses = True
    (tmp_path / "invoice.txt").write_text("Total 12.50")
    process = run("schema_call.py", server, tmp_path)
    assert process.stdout == "" and process.stderr == "No invoice: I do not read this.\n" and process.returncode == 1


def test_two_prompts_are_compared_in_a_file_that_the_calculator_reads(server: StandIn, tmp_path: Path) -> None:
    """By hand: without capitals only the third case is right, with them all three."""
    write_test_set(tmp_path)
    versions = {"plain": {"instructions": "Repeat."}, "capitals": {"instructions": "Repeat in capitals."}}
    named = {name: version | {"model": "a-model"} for name, version in versions.items()}
    (tmp_path / "versions.json").write_text(json.dumps(named))
    process = run("compare_versions.py", server, tmp_path)
    assert process.returncode == 0, process.stderr
    outputs = answered("evaluating/compare", f"result_files={tmp_path / 'results.csv'}")
    assert float(outputs["measured_difference"]["value"]) == pytest.approx(2 / 3)
    assert float(outputs["p_value"]["value"]) == pytest.approx(0.5), "two fair coins fall alike half of the time"


def test_a_tuning_job_leads_from_data_to_scores(server: StandIn, tmp_path: Path) -> None:
    example = {"messages": [{"role": "user", "content": "shout a"}, {"role": "assistant", "content": "A"}]}
    (tmp_path / "train.jsonl").write_text(json.dumps(example) + "\n")
    (tmp_path / "prompt.txt").write_text("Repeat.")
    process = run("tuning_job.py", server, tmp_path, SECONDS_BETWEEN="0")
    assert process.returncode == 0, process.stderr
    assert json.loads(server.files["file-1"]) == example and server.looks == 2
    write_test_set(tmp_path)
    run("compare_versions.py", server, tmp_path)
    scores = (tmp_path / "results.csv").read_text().split()
    assert scores == ["case,version,score", "1,base,0", "1,tuned,1", "2,base,0", "2,tuned,1", "3,base,1", "3,tuned,1"]


def test_a_failed_tuning_job_says_why(server: StandIn, tmp_path: Path) -> None:
    server.job_ends = "failed"
    (tmp_path / "train.jsonl").write_text("\n")
    (tmp_path / "prompt.txt").write_text("Repeat.")
    process = run("tuning_job.py", server, tmp_path, SECONDS_BETWEEN="0")
    assert process.returncode == 1 and "failed: {'message': 'the file has no examples'}" in process.stderr
    assert not (tmp_path / "versions.json").exists()


def test_a_usage_log_holds_counts_and_no_text(server: StandIn, tmp_path: Path) -> None:
    process = run("usage_log.py", server, tmp_path, MODEL="gpt-6-luna")
    assert process.returncode == 0, process.stderr
    (log,) = tmp_path.glob("usage-*.jsonl")
    assert "lamp" not in log.read_text() and "rule" not in log.read_text()
    outputs = answered("prompting/traffic", f"logs={log}")
    assert outputs["requests"]["value"] == "2"
    read = sum(len("Answer in one sentence.") + len(question) for question in QUESTIONS)
    assert float(outputs["total"]["value"]) == pytest.approx((read * 0.1 + 60 * 0.5) / 1e6), "at $0.10 and $0.50"


TEMPLATES = sorted((ROOT / "docs" / "snippets" / "templates").iterdir())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_plain_text_and_offered_on_a_page(path: Path) -> None:
    assert path.suffix in (".csv", ".txt") and len(path.read_text("utf-8")) < 4000
    link = f"snippets/templates/{path.name}){{ download }}"
    assert [page for page in (ROOT / "docs").rglob("*.md") if link in page.read_text("utf-8")]


def test_the_test_set_to_fill_in_is_one_that_the_program_reads(server: StandIn, tmp_path: Path) -> None:
    (tmp_path / "test_set.csv").write_bytes((ROOT / "docs/snippets/templates/test_set.csv").read_bytes())
    (tmp_path / "versions.json").write_text(json.dumps({"a": {"model": "a-model", "instructions": "Answer."}}))
    process = run("compare_versions.py", server, tmp_path)
    assert process.returncode == 0, process.stderr
    assert (tmp_path / "results.csv").read_text().split()[1:] == ["1,a,0", "2,a,0", "3,a,0"]
