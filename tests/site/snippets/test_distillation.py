"""The programs that make training data keep what agrees, leave out test cases, and lead to a tuned model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.site.snippets.running import answered, run
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
