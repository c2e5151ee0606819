"""Case files in the terminal: the case first, then what else the file holds inputs of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from macros.command import main

HELP_DESK = {
    "case": "Help desk",
    "calculators": {
        "prompting/cost": {"given": {"requests": "60k"}},
        "choosing/case": {"given": {"requests": "60k"}, "measured": {"requests": "measured from logs, n = 40"}},
    },
}


def opened(capsys: pytest.CaptureFixture[str], path: Path, content: object, *options: str) -> tuple[int, str, str]:
    """What the command gives, prints and says of a case file with this content."""
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    code = main(["case", str(path), *options])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_the_case_comes_first_and_the_others_after_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Each with the file's own inputs, and measured numbers with where they are from."""
    code, text, said = opened(capsys, tmp_path / "case.json", HELP_DESK)
    assert (code, said) == (0, "")
    assert text.startswith("Case: Help desk\n\nYour case\n") and "\nWhat a prompt costs\n" in text
    assert "\nMeasured\n  requests: measured from logs, n = 40\n" in text
    _, text, _ = opened(capsys, tmp_path / "case.json", HELP_DESK, "--json")
    case, prompt = json.loads(text)["answers"]
    assert (case["calculator"], prompt["calculator"]) == ("choosing/case", "prompting/cost")
    assert case["inputs"]["requests"]["value"] == prompt["inputs"]["requests"]["value"] == "60000"


def test_a_scenario_is_a_case_of_one_calculator(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A file that --save wrote opens too."""
    saved = tmp_path / "kept.json"
    assert main(["choosing/case", "requests=70k", "--save", str(saved)]) == 0
    capsys.readouterr()
    _, text, _ = opened(capsys, saved, saved.read_text(), "--json")
    assert [answer["inputs"]["requests"]["value"] for answer in json.loads(text)["answers"]] == ["70000"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("no JSON", "cannot be read"),
        ("[]", "holds no case"),
        ({"calculators": {}}, "holds no case"),
        ({"calculators": {"choosing/cas": {"given": {}}}}, "there is no calculator 'choosing/cas'"),
        ({"calculators": {"choosing/case": {"given": {"requests": 5}}}}, "holds no inputs of choosing/case"),
        ({"calculators": {"choosing/case": {"given": {"requests": "x"}}}}, "Requests a month must be a number"),
    ],
)
def test_what_is_no_case_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: object, message: str
) -> None:
    """One sentence says what is wrong."""
    code, text, said = opened(capsys, tmp_path / "no.json", content)
    assert (code, text) == (2, "") and message in said


def test_a_name_of_earlier_or_later_days_is_left_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """What is no input any more is said on the error stream, and the rest is answered."""
    content = {"calculators": {"choosing/case": {"given": {"requests": "60k", "mystery": "1"}}}}
    code, text, said = opened(capsys, tmp_path / "later.json", content)
    assert code == 0 and text and "was not understood and left out: choosing/case" in said


def test_a_case_is_written_again_in_one_form(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Rare spaces become commas, texts stay out, and what was written is written the same once more."""
    content = {
        "case": "Help desk",
        "calculators": {
            "prompting/cost": {
                "given": {"requests": "60k", "instructions": "2 pages", "answer": "1\u202f200", "model.name": "zebra"}
            },
            "prompting/builder": {"given": {"task": "zebra"}},
            "fine_tuning/cost": {
                "given": {"requests": "60k"},
                "measured": {"requests": "measured from zebras, n = 40"},
            },
        },
    }
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    code, _, said = opened(capsys, tmp_path / "case.json", content, "--save", str(first))
    assert code == 0 and "prompting/cost model.name, prompting/builder task" in said
    assert json.loads(first.read_text()) == {
        "case": "Help desk",
        "calculators": {"choosing/case": {"given": {"instructions": "2 pages", "answer": "1,200", "requests": "60k"}}},
    }
    assert opened(capsys, first, first.read_text(), "--save", str(second))[0] == 0
    assert first.read_bytes() == second.read_bytes()


def test_one_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a path there is nothing to open."""
    assert main(["case"]) == 2
    assert "calculators case help-desk.json" in capsys.readouterr().err
