"""The programs that make training data keep what agrees, leave out test cases, and lead to a tuned model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.site.snippets.running import answered, run, write_test_set
from tests.site.snippets.stand_in import StandIn

INPUTS = ("sort returns", "sort returns", "sort either", "sort chatter", "sort delivery", "")
"""A repeat, one that the teacher answers differently the second time, one without a label, and a case of the test."""


def write_inputs(folder: Path) -> None:
    (folder / "inputs.txt").write_text("\n".join(INPUTS) + "\n")
    (folder / "teacher_prompt.txt").write_text("Sort with care, by these forty rules.")
    (folder / "prompt.txt").write_text("Sort.")
    (folder / "test_set.csv").write_text('case,input,expected\n1,sort delivery,delivery\n2,"two\nlines",returns\n')


def test_what_the_teacher_says_twice_becomes_training_data(server: StandIn, tmp_path: Path) -> None:
    write_inputs(tmp_path)
    process = run("teacher_answers.py", server, tmp_path, LABELS="returns,delivery")
    assert process.stdout == "1 of 3 inputs kept\n", process.stderr
    (line,) = (tmp_path / "train.jsonl").read_text().splitlines()
    turns = [(message["role"], message["content"]) for message in json.loads(line)["messages"]]
    assert turns == [("system", "Sort."), ("user", "sort returns"), ("assistant", "returns")]
    assert (tmp_path / "for_people.txt").read_text().split("\n") == ["sort chatter", "sort either", ""]
    assert len(server.requests) == 6 and {body["instructions"] for body in server.requests} == {
        "Sort with care, by these forty rules."
    }


def test_its_file_is_one_that_the_checker_and_the_tuning_job_read(server: StandIn, tmp_path: Path) -> None:
    write_inputs(tmp_path)
    run("teacher_answers.py", server, tmp_path, LABELS="returns,delivery")
    outputs = answered("fine_tuning/dataset", f"training_text={(tmp_path / 'train.jsonl').read_text()}")
    assert outputs["examples"]["value"] == "1" and outputs["recognized"]["value"] == "openai"
    process = run("tuning_job.py", server, tmp_path, SECONDS_BETWEEN="0")
    assert process.returncode == 0, process.stderr
    assert json.loads((tmp_path / "versions.json").read_text())["tuned"]["instructions"] == "Sort."


@pytest.mark.parametrize(("wanted", "rounds"), [("10", 0), ("12", 1), ("31", 3)])
def test_invented_inputs_resemble_no_other_and_no_case_of_the_test(
    server: StandIn, tmp_path: Path, wanted: str, rounds: int
) -> None:
    """The kind that is common is left alone; a second round brings nothing new, as the server repeats itself."""
    real = ["kind,input", "delivery,My parcel is late."] + [f"returns,{number}" for number in range(40)]
    (tmp_path / "real.csv").write_text("\n".join(real) + "\n")
    (tmp_path / "test_set.csv").write_text("case,input,expected\n1,Where is my parcel?,ask\n")
    process = run("synthetic_inputs.py", server, tmp_path, WANTED=wanted)
    assert process.returncode == 0, process.stderr
    invented = ["Can I send it back?", "The invoice shows another street."]
    assert process.stdout.splitlines() == (invented if rounds else [])
    assert [body["input"] for body in server.requests] == ["delivery:\nMy parcel is late."] * rounds


TEXTS = ("say We ship lamps.", "say It is always free.", "say Yes.", "say " + "long " * 400, "shout OK", "say Yes.")
"""What the teacher answers: a good answer, one that the judge fails, another, one too long, and a case of the test."""


def write_batch_inputs(folder: Path) -> None:
    (folder / "inputs.txt").write_text("\n".join(TEXTS) + "\n")
    (folder / "teacher_prompt.txt").write_text("Answer with care, by these forty rules.")
    (folder / "prompt.txt").write_text("Answer.")
    (folder / "rule.txt").write_text("Promise nothing. End with PASS or FAIL.")
    write_test_set(folder)


def test_answers_of_a_batch_that_the_judge_passes_become_training_data(server: StandIn, tmp_path: Path) -> None:
    """Each kept answer belongs to its own question, although the provider's file is in another order."""
    write_batch_inputs(tmp_path)
    process = run("teacher_batch.py", server, tmp_path, SECONDS_BETWEEN="0")
    assert process.returncode == 0, process.stderr
    sent = [json.loads(line)["body"] for line in server.files["file-1"].splitlines()]
    assert [body["input"] for body in sent] == list(TEXTS) and {body["instructions"] for body in sent} == {
        "Answer with care, by these forty rules."
    }
    process = run("judged_answers.py", server, tmp_path, JUDGE="another-model")
    assert process.returncode == 0, process.stderr
    lines = [json.loads(line)["messages"] for line in (tmp_path / "train.jsonl").read_text().splitlines()]
    assert [[message["content"] for message in line] for line in lines] == [
        ["Answer.", "say We ship lamps.", "We ship lamps."],
        ["Answer.", "say Yes.", "Yes."],
    ]
    left = [json.loads(line)["messages"] for line in (tmp_path / "for_people.jsonl").read_text().splitlines()]
    assert [line[1]["content"] for line in left] == ["say It is always free.", TEXTS[3]]
    judged = server.requests[1:]
    assert {body["model"] for body in judged} == {"another-model"} and len(judged) == 3, "too long: nobody asks a judge"


def test_the_checker_reads_its_training_file_and_the_log_calculator_its_batch(server: StandIn, tmp_path: Path) -> None:
    """Six answers were paid for, of 30 tokens each; two became examples."""
    write_batch_inputs(tmp_path)
    run("teacher_batch.py", server, tmp_path, SECONDS_BETWEEN="0", MODEL="gpt-6-luna")
    run("judged_answers.py", server, tmp_path, JUDGE="another-model")
    outputs = answered("fine_tuning/dataset", f"training_text={(tmp_path / 'train.jsonl').read_text()}")
    assert outputs["examples"]["value"] == "2" and outputs["recognized"]["value"] == "openai"
    assert outputs["errors"]["value"] == "0"
    outputs = answered("prompting/traffic", f"logs={tmp_path / 'output.jsonl'}")
    assert outputs["requests"]["value"] == "6"
    read = sum(len("Answer with care, by these forty rules.") + len(text) for text in TEXTS)
    assert float(outputs["total"]["value"]) == pytest.approx((read * 0.1 + 6 * 30 * 0.5) / 2 / 1e6), (
        "half of $0.10 and $0.50"
    )


def test_a_failed_batch_says_why(server: StandIn, tmp_path: Path) -> None:
    write_batch_inputs(tmp_path)
    server.batch_ends = "failed"
    process = run("teacher_batch.py", server, tmp_path, SECONDS_BETWEEN="0")
    assert process.returncode == 1 and "failed: {'data': [{'message': 'a line has no custom_id'}]}" in process.stderr
    assert not (tmp_path / "output.jsonl").exists()


def test_student_and_teacher_are_compared_by_kind_and_in_the_calculator(server: StandIn, tmp_path: Path) -> None:
    """By hand: the student, a tuned model, shouts all three; the teacher, told nothing of capitals, only the third."""
    (tmp_path / "test_set.csv").write_text(
        "case,input,expected,kind\n1,shout lamp,LAMP,small\n2,shout bulb,BULB,small\n3,shout OK,OK,capitals\n"
    )
    (tmp_path / "teacher_prompt.txt").write_text("Repeat, by these forty rules.")
    student = {"model": "ft:a-model:1", "instructions": "Repeat."}
    (tmp_path / "versions.json").write_text(json.dumps({"base": {}, "tuned": student}))
    process = run("student_and_teacher.py", server, tmp_path, TEACHER="a-large-model")
    printed = ["small: of 2, student 2, teacher 0", "capitals: of 1, student 1, teacher 1"]
    assert process.stdout.splitlines() == printed, process.stderr
    assert {body["model"] for body in server.requests} == {"ft:a-model:1", "a-large-model"}
    outputs = answered("evaluating/compare", f"result_files={tmp_path / 'results.csv'}", "baseline_version=teacher")
    assert float(outputs["measured_difference"]["value"]) == pytest.approx(2 / 3)
