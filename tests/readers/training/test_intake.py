"""A training file as it comes: plain, packed, from a folder, or with what says which columns it has."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from calculators.catalogue import Catalogue, Question
from calculators.engine.inputs.numerals import Refused
from calculators.engine.long_text import LongText, is_long_text_utf_16
from calculators.readers.training.copies.mending import mended_training_copy
from calculators.readers.training.files.intake import TrainingIntake
from calculators.readers.training.recognizing import TRAINING_FORMATS
from calculators.readers.training.rules import RULES
from macros.command.files import with_command_files
from tests.calculators.fine_tuning.dataset.copies.texts import changed_lines_of_copy, text_of_copy
from tests.calculators.fine_tuning.dataset.test_dataset import table
from tests.json_types import JsonObject

NAME = "fine_tuning/dataset"
LINE = '{"messages": [{"role": "user", "content": "When?"}, {"role": "assistant", "content": "At ten. é😀"}]}\n'
SECRET = "CANARY-77ab"
OWN_COLUMNS = [{"asked": "When do you open?", "said": "At nine."}]
INFO = {"mine": {"file_name": "data/mine.json", "columns": {"prompt": "asked", "response": "said"}}}


def text_of(*files: tuple[str, bytes], longest: int = 10**6) -> LongText:
    """What comes of files with these names and bytes."""
    intake = TrainingIntake(longest)
    for name, data in files:
        intake.open(name)
        for begin in range(0, len(data), 7):
            intake.feed(data[begin : begin + 7])
        intake.close()
    return intake.finish()


def archive(*files: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files:
            packed.writestr(name, data)
    return buffer.getvalue()


def answer(catalogue: Catalogue, text: LongText | str, **given: str) -> JsonObject:
    answered: JsonObject = json.loads(catalogue.answer(Question(NAME, given, {"training_file": text})))
    return answered


@pytest.mark.parametrize(
    "file",
    [
        ("a.jsonl", LINE.encode()),
        ("a", LINE.encode()),
        ("a.jsonl.gz", gzip.compress(LINE.encode())),
        ("a.zip", archive(("folder/a.jsonl", LINE.encode()), ("folder/README.md", b"# Mine"))),
    ],
    ids=["plain", "without an ending", "gzip", "zip"],
)
def test_a_file_is_the_same_packed_or_not(catalogue: Catalogue, file: tuple[str, bytes]) -> None:
    text = text_of(file)
    assert str(text) == LINE
    assert answer(catalogue, text) == answer(catalogue, LINE)


def test_what_else_a_folder_holds_is_passed_over() -> None:
    others = [("README.md", b"# Mine"), (".gitattributes", b"*"), ("picture.png", b"\x89PNG" + bytes(99))]
    assert str(text_of(*others, ("train.jsonl", LINE.encode()))) == LINE


def test_a_description_in_the_same_folder_is_found_by_itself(catalogue: Catalogue, tmp_path: Path) -> None:
    """On the page, which hands over each file of a folder, and in the terminal."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mine.json").write_text(json.dumps(OWN_COLUMNS), "utf-8")
    (tmp_path / "dataset_info.json").write_text(json.dumps(INFO), "utf-8")
    typed = with_command_files(NAME, {"training_file": str(tmp_path)})
    answered = answer(catalogue, typed["training_file"])
    assert answered["outputs"]["recognized"]["value"] == "alpaca"
    assert "The columns are read as the dataset_info.json describes them." in answered["notes"]
    beside = answer(catalogue, json.dumps(OWN_COLUMNS), columns_file=json.dumps(INFO))
    assert answered["outputs"] == beside["outputs"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_read_as_one_in_utf_8_and_named(
    catalogue: Catalogue, encoding: str, tmp_path: Path
) -> None:
    """In a folder, with a description as well, in the terminal; a corrected copy has the same text in UTF-8."""
    (tmp_path / "a.jsonl").write_bytes(f"\ufeff{LINE * 3}".encode(encoding))
    (tmp_path / "dataset_info.json").write_bytes(f"\ufeff{json.dumps(INFO)}".encode(encoding))
    text, plain = with_command_files(NAME, {"training_file": str(tmp_path)})["training_file"], LINE * 3
    assert isinstance(text, LongText) and (str(text), text.beside) == (plain, json.dumps(INFO))
    text = text_of(("a.jsonl", f"\ufeff{plain}".encode(encoding)))
    assert str(text) == plain
    answered, expected = answer(catalogue, text), answer(catalogue, plain)
    rows, others = (table(answers, "problems") for answers in (answered, expected))
    assert [row for row in rows if row not in others] == [rows[0]]
    assert rows[0][:4] == [RULES["utf_16"].label, "error", "1", "1"]
    assert answered["outputs"]["tokens"] == expected["outputs"]["tokens"]
    copied = mended_training_copy(text, TRAINING_FORMATS["openai"])
    assert text_of_copy(copied, "mended") == LINE
    assert changed_lines_of_copy(copied) == {
        "UTF-16: written as UTF-8": [1],
        "The same as an earlier example: left out": [2, 3],
    }


@pytest.mark.parametrize("size", range(1, 9))
def test_marks_of_both_encodings_are_told_apart_however_a_file_is_cut(size: int) -> None:
    for data, written, is_utf_16 in (
        (f"\ufeff{LINE}".encode(), f"\ufeff{LINE}", False),
        (LINE.encode("utf-16"), LINE, True),
        (b"\xff\xfe", "", True),
        (b"\xef\xbb", "\ufffd", False),
        (LINE.encode("utf-16")[:-1], f"{LINE[:-1]}\ufffd", True),
    ):
        intake = TrainingIntake(10**6)
        intake.open("a.jsonl")
        for begin in range(0, len(data), size):
            intake.feed(data[begin : begin + size])
        intake.close()
        text = intake.finish()
        assert (str(text), is_long_text_utf_16(text)) == (written, is_utf_16)


def test_the_description_says_which_of_several_files_is_meant() -> None:
    own, info = json.dumps(OWN_COLUMNS).encode(), json.dumps(INFO).encode()
    text = text_of(("other.json", b"[]"), ("mine.json", own), ("dataset_info.json", info))
    assert (str(text), text.beside) == (own.decode(), info.decode())


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([("a.jsonl", b"{}"), ("b.jsonl", b"{}")], "There are 2 files that may be meant: choose one of them"),
        (
            [("a.parquet", b"PAR1" + bytes(99))],
            "The file cannot be used: it is a Parquet file: export it as CSV or JSON",
        ),
        ([("a.jsonl", b"{}"), ("b.jsonl", b"{}"), ("dataset_info.json", b"[[[")], "does not say which one: choose one"),
        ([("a.zip", archive(("a/", b"")))], "There is no file in it"),
        ([("a.jsonl", b"")], "Training file is empty"),
    ],
    ids=["two", "parquet", "undescribed", "empty archive", "empty"],
)
def test_what_cannot_be_used_is_refused_by_name(
    catalogue: Catalogue, files: list[tuple[str, bytes]], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        answer(catalogue, text_of(*files))


def test_a_description_alone_is_named_as_one(catalogue: Catalogue) -> None:
    text = text_of(("dataset_info.json", json.dumps(INFO).encode()))
    assert "Choose it under “Description of the columns”" in " ".join(answer(catalogue, text)["notes"])


def test_reading_ends_where_more_comes_than_may_be(catalogue: Catalogue) -> None:
    intake = TrainingIntake(20)
    intake.open("a.jsonl")
    intake.feed(b"x" * 20)
    assert not intake.is_full
    intake.feed(b"x")
    assert intake.is_full
    for _ in range(3):
        intake.feed(b"x" * 100)
    intake.close()
    assert len(intake.finish()) == 21
    long = text_of(("a.jsonl", b"\n" * 700), longest=100_000_000)
    long._length = 100_000_001
    with pytest.raises(Refused, match="Training file must be 100,000,000 characters or fewer"):
        answer(catalogue, long)


@pytest.mark.parametrize("form", ["json", "text", "html", "page", "markdown", "csv", "scenario", "command", "python"])
def test_a_file_gives_what_its_text_gives_and_nothing_of_names(catalogue: Catalogue, form: str) -> None:
    """In each form. A test file is taken in the same way; an answer shows no more than the beginning of a text."""
    text = LINE * 3 + '{"messages": 3}\n'
    held = text_of((f"{SECRET}.jsonl", text.encode()))
    files = {"training_file": held, "test_file": text_of(("test.jsonl", LINE.encode()))}
    plain = {"training_file": text, "test_file": LINE}
    answered = catalogue.answer(Question(NAME, {}, files, form=form))
    assert answered == catalogue.answer(Question(NAME, {}, plain, form=form))
    assert SECRET not in answered
