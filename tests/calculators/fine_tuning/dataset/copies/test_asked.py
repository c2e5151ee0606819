"""Copies as they are asked for: text in one form alone, the same bytes in the terminal, and never over another file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.declare import FileCopy, kinds
from calculators.engine.questions.question import Copy, Question, Ranges, Result, Unanswerable
from calculators.fine_tuning.dataset import copies
from calculators.fine_tuning.dataset.outputs import Outputs
from calculators.readers.training.copies.changes import training_line_numbers_in_words
from macros import command as terminal
from macros.command.copies import write_copied_command_file
from macros.command.misuse import Misuse
from tests.calculators.fine_tuning.dataset.test_dataset import NAME

NAMES = [file for kind in kinds(Outputs).values() if isinstance(kind, FileCopy) for file in kind.files]
MARKER = "zebra-crossing-4711"
TEXT = (
    '{"messages": [{"role": "user", "content": "Where is the é {} of \\ud83d\\ude00?"}, '
    '{"role": "assistant", "content": "At {}.", "weight": null}]}\r\n'
)
TRAINING = "\ufeff" + "".join(
    TEXT.replace("{}", word) for word in (MARKER, "station", "castle in the old town", "harbor", MARKER)
)
GIVEN = {"target": "gemini", "test_share": "40%"}


def asked(catalogue: Catalogue, file: str, form: str) -> str:
    return catalogue.answer(Question(NAME, GIVEN, files={"training_file": TRAINING}, ask=Copy(file), form=form))


@pytest.mark.parametrize("file", NAMES)
def test_only_the_file_itself_holds_text_of_the_readers(catalogue: Catalogue, file: str) -> None:
    text = asked(catalogue, file, "file")
    assert all(isinstance(json.loads(line), dict) for line in text.splitlines())
    for form in ("text", "html", "json"):
        changes = asked(catalogue, file, form)
        assert MARKER not in changes and "station" not in changes
    assert json.loads(asked(catalogue, file, "json"))["changes"]
    for form in ("page", "html", "text", "json", "csv", "markdown", "scenario", "python", "command"):
        question = Question(NAME, GIVEN, files={"training_file": TRAINING}, form=form)
        assert MARKER not in catalogue.answer(question)


@pytest.mark.parametrize("form", ["page", "html", "text", "json", "csv", "markdown", "scenario", "python", "command"])
def test_no_result_makes_a_copy(catalogue: Catalogue, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page asks anew at every edit, and a copy takes longer than the check."""

    def refuse(*_: object) -> None:
        raise AssertionError("a copy was made")

    for name in ("mended_training_copy", "converted_training_copy", "training_and_test_parts"):
        monkeypatch.setattr(copies, name, refuse)
    assert catalogue.answer(Question(NAME, {**GIVEN, "limit": "77"}, files={"training_file": TRAINING}, form=form))


def test_the_marker_is_in_the_copies(catalogue: Catalogue) -> None:
    counts = {file: asked(catalogue, file, "file").count(MARKER) for file in NAMES}
    assert counts["mended"] == 2 and counts["training_part"] + counts["test_part"] == 4
    assert asked(catalogue, "converted", "file") == ""  # a key that is null is an error, to be fixed first
    mended = asked(catalogue, "mended", "file")
    question = Question(NAME, GIVEN, files={"training_file": mended}, ask=Copy("converted"), form="file")
    assert catalogue.answer(question).count(MARKER) == 2


def test_a_copy_without_errors_is_ready_to_train_and_holds_nothing_personal(catalogue: Catalogue) -> None:
    sound = [
        {"messages": [{"role": "user", "content": f"Question {n}"}, {"role": "assistant", "content": f"Answer {n}"}]}
        for n in range(20)
    ]
    sound[3]["messages"][0]["content"] = "Write to ann.b@garden.example"
    lines = [json.dumps(example) for example in sound]
    text = "\n".join([*lines[:5], "{broken", json.dumps({"messages": sound[5]["messages"][:1]}), *lines[5:]])
    files = {"training_file": text}
    cleaned = catalogue.answer(Question(NAME, files=files, ask=Copy("clean"), form="file"))
    masked = lines[3].replace("ann.b@garden.example", "[email]")
    assert cleaned.splitlines() == [*lines[:3], masked, *lines[4:]]
    verdict = json.loads(catalogue.answer(Question(NAME, files={"training_file": cleaned}, form="json")))["outputs"]
    assert [verdict[name]["value"] for name in ("errors", "emails", "examples")] == ["0", "0", "20"]


def test_the_changes_are_listed_with_their_lines(catalogue: Catalogue) -> None:
    answer = json.loads(asked(catalogue, "mended", "json"))
    assert answer["sentence"] == "Lines with a change: 5."  # which are all
    assert answer["changes"] == [
        {"change": "Byte order mark: left out", "lines": "1", "where": "1"},
        {"change": "Windows line end: written as that of Unix", "lines": "5", "where": "1–5"},
        {"change": "A key that is null: left out", "lines": "5", "where": "1–5"},
        {"change": "The same as an earlier example: left out", "lines": "1", "where": "5"},
    ]
    assert '<th scope="row">Byte order mark: left out</th>' in asked(catalogue, "mended", "html")
    assert "1–5" in asked(catalogue, "mended", "text")


def test_changes_in_an_array_on_one_line_are_listed_with_its_examples(catalogue: Catalogue) -> None:
    lines = TRAINING.removeprefix("\ufeff").split("\r\n")[:-1]
    files = {"training_file": f"\ufeff[{','.join(lines)}, {{}}, {lines[0]}]"}

    def changes_of(file: str, form: str = "json") -> str:
        return catalogue.answer(Question(NAME, GIVEN, files=files, ask=Copy(file), form=form))

    answer = json.loads(changes_of("mended"))
    assert answer["sentence"].startswith("Examples with a change: 6. All others are kept.")
    assert answer["changes"] == [
        {"change": "Byte order mark: left out", "lines": "1", "where": "1"},
        {"change": "One JSON array: each example on a line of its own", "lines": "1", "where": "1"},
        {"change": "A key that is null: left out", "lines": "6", "where": "examples 1–5, 7"},
        {"change": "The same as an earlier example: left out", "lines": "2", "where": "examples 5, 7"},
    ]
    assert "examples 1–5, 7" in changes_of("mended", "html") and "examples 1–5, 7" in changes_of("mended", "text")
    assert all("example" in change["where"] for change in json.loads(changes_of("converted"))["changes"])
    parts = {change["change"]: change["where"] for change in json.loads(changes_of("test_part"))["changes"]}
    assert parts["In neither part: it cannot be read as an example"] == "example 6"
    files["training_file"] = files["training_file"].replace("castle", "castle \ufffd")
    unreadable = {change["change"]: change["where"] for change in json.loads(changes_of("mended"))["changes"]}
    assert unreadable["Not fixed: a character that is not UTF-8 is written as �"] == "example 3"


def test_runs_of_lines_are_told_by_their_ends() -> None:
    assert training_line_numbers_in_words([]) == ""
    assert training_line_numbers_in_words([4]) == "4"
    assert training_line_numbers_in_words([1, 2, 5, 6, 7, 9]) == "1–2, 5–7, 9"


def test_a_copy_that_nobody_makes_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(Unanswerable, match="makes no file 'mendet'; did you mean 'mended'"):
        catalogue.answer(Question(NAME, ask=Copy("mendet"), form="text"))
    with pytest.raises(Unanswerable, match="makes no file 'mended'"):
        catalogue.answer(Question("rag/cost", ask=Copy("mended"), form="file"))
    for ask in (Result(), Ranges()):
        with pytest.raises(Unanswerable, match="a file is a copy that is asked for by its name"):
            catalogue.answer(Question(NAME, ask=ask, form="file"))
    with pytest.raises(Unanswerable, match="only a result is written as csv"):
        catalogue.answer(Question(NAME, ask=Copy("mended"), form="csv"))


def test_half_a_character_is_no_fault_of_a_copy(catalogue: Catalogue) -> None:
    line = '{"messages": [{"role": "user", "content": "\ud83d"}, {"role": "assistant", "content": "A", "name": null}]}'
    other = line.replace('"A", "name": null', '"B"')
    files = {"training_file": f"{line}\n{other}\n"}
    text = catalogue.answer(Question(NAME, files=files, ask=Copy("mended"), form="file"))
    assert text.encode("utf-8").decode("utf-8") == text
    assert [json.loads(line)["messages"][0]["content"] for line in text.splitlines()] == ["\ud83d", "\ufffd"]


@pytest.mark.parametrize("file", ["mended", "training_part", "test_part"])
def test_the_terminal_writes_the_same_bytes(
    catalogue: Catalogue, tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str
) -> None:
    source, path = tmp_path / "train.jsonl", tmp_path / "new.jsonl"
    source.write_bytes(TRAINING.encode("utf-8"))
    words = [f"training_file={source}", *(f"{name}={text}" for name, text in GIVEN.items())]
    assert terminal.main([NAME, *words, "--copy", f"{file}={path}"]) == 0
    assert path.read_bytes() == asked(catalogue, file, "file").encode("utf-8")
    assert capsys.readouterr().out == asked(catalogue, file, "text")
    assert terminal.main([NAME, *words, f"--copy={file}={path}", "--json"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert source.read_bytes() == TRAINING.encode("utf-8")


def test_the_terminal_writes_both_parts_at_once(tmp_path: Path, catalogue: Catalogue) -> None:
    (tmp_path / "in").write_bytes(TRAINING.encode("utf-8"))
    copies = [f"--copy={part}={tmp_path / part}" for part in ("training_part", "test_part")]
    terminal.run_command([NAME, f"training_file={tmp_path / 'in'}", "test_share=40%", *copies])
    for part in ("training_part", "test_part"):
        assert (tmp_path / part).read_bytes() == asked(catalogue, part, "file").encode("utf-8")


def test_the_terminal_writes_no_empty_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.main([NAME, f"--copy=mended={tmp_path / 'new'}"]) == 0
    assert not (tmp_path / "new").exists()
    heard = capsys.readouterr()
    assert "there is nothing to write" in heard.err and "Nothing in this file can be fixed" in heard.out


@pytest.mark.parametrize("words", [["--copy"], ["--copy", "mended"], ["--copy==new"], ["--copy=mended="]])
def test_a_copy_without_a_name_or_a_path_is_refused(words: list[str]) -> None:
    with pytest.raises(Misuse, match="--copy needs a name and a file, like mended=new.jsonl"):
        terminal.run_command([NAME, *words])


def test_a_path_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(TRAINING.encode("utf-8"))
    with pytest.raises(Misuse, match="cannot be written"):
        terminal.run_command([NAME, f"training_file={tmp_path / 'in'}", f"--copy=mended={tmp_path}/none/new"])


def test_the_help_lists_the_files() -> None:
    words = terminal.run_command([NAME, "--help"])
    assert "files made of yours, for --copy NAME=FILE:\n  mended  A corrected copy\n" in words
    assert "made of yours" not in terminal.run_command(["rag/cost", "--help"])


def test_a_copy_that_breaks_off_leaves_no_file(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b""
        yield b"one line\n"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_copied_command_file("mended", str(tmp_path / "new"), broken())
    assert list(tmp_path.iterdir()) == []
    write_copied_command_file("mended", str(tmp_path / "new"), iter([b"", b"one\n", b"", b"two\n"]))
    assert (tmp_path / "new").read_bytes() == b"one\ntwo\n"
