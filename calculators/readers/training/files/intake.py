"""Takes a training file as it comes: plain, packed, or in a folder with the description of its columns."""

from __future__ import annotations

import json

from calculators.engine.long_text import AnyText, LongText, LongTextWriter
from calculators.engine.nesting import is_json_nested_too_deep
from calculators.readers.intake.decoding import UTF_8, IntakeDecoding
from calculators.readers.intake.files import FileIntake
from calculators.readers.intake.refused_file import RefusedFile
from calculators.readers.training.described import LONGEST_DESCRIPTION

DESCRIPTION = "dataset_info.json"
ENDINGS = (".jsonl", ".json", ".ndjson", ".txt")
"""What the names of training files end in; a folder holds others beside them."""


class _TrainingFile:
    """One file as it comes: UTF-8, or UTF-16 as logs are read."""

    def __init__(self, longest: int) -> None:
        self._writer = LongTextWriter(longest)
        self._decoding = IntakeDecoding(self._writer.take, keeps_mark=True)
        self.feed, self.finish = self._decoding.feed, self._decoding.finish

    @property
    def length(self) -> int:
        """The characters so far."""
        return self._writer.length

    def text(self) -> LongText:
        """The text so far."""
        text = self._writer.text()
        text.is_utf_16 = self._decoding.encoding != UTF_8
        return text


class TrainingIntake(FileIntake):
    """Keeps the text of one file of at most `longest` characters; names are looked at and not kept."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._files: list[tuple[str, _TrainingFile]] = []
        self._description: _TrainingFile | None = None
        self._refusals: list[str] = []

    @property
    def is_full(self) -> bool:
        """Whether more was given than may be."""
        length = 0
        for _, file in self._files:
            length += file.length
        return length > self._longest

    def begin(self, name: str) -> _TrainingFile:
        """Begins a file that came as it is, or out of an archive."""
        name = name.rpartition("/")[2]
        if name == DESCRIPTION:
            self._description = _TrainingFile(LONGEST_DESCRIPTION)
            return self._description
        self._files.append((name, _TrainingFile(self._longest)))
        return self._files[-1][1]

    def refuse(self, refused: RefusedFile) -> None:
        """Notes why a file cannot be read."""
        self._refusals.append(str(refused))

    def finish(self) -> LongText:
        """The text, with the description of its columns beside it."""
        description = str(self._description.text()) if self._description else ""
        named = described_training_files(description)
        files = [(name, file) for name, file in self._files if name.endswith(ENDINGS)] or self._files
        files = [(name, file) for name, file in files if name in named] or files
        if self.is_full or len(files) == 1:
            text = max((file for _, file in files), key=lambda file: file.length).text()
            text.beside = description
        elif not files and self._description:
            text = self._description.text()
        else:
            text = LongText([], 0, 0)
            text.fault = self._fault(len(files), bool(description))
        return text

    def _fault(self, files: int, has_description: bool) -> str:
        if files:
            why = f", and its {DESCRIPTION} does not say which one" if has_description else ""
            return f"There are {files:,} files that may be meant{why}: choose one of them, unpacked"
        return f"The file cannot be used: {self._refusals[0]}" if self._refusals else "There is no file in it"


def described_training_files(description: str) -> set[str]:
    """The names of the files that a dataset_info.json describes.

    >>> described_training_files('{"mine": {"file_name": "data/a.json"}}')
    {'a.json'}
    """
    try:
        content = {} if is_json_nested_too_deep(description) else json.loads(description or "{}")
    except ValueError:
        return set()
    entries = content.values() if isinstance(content, dict) else ()
    names = [entry.get("file_name") for entry in entries if isinstance(entry, dict)]
    return {name.rpartition("/")[2] for name in names if isinstance(name, str)}


def training_text_refusal(text: AnyText) -> str:
    """Why there is no text; nothing where there is one."""
    return text.fault if isinstance(text, LongText) else ""


def training_description_beside(text: AnyText) -> str:
    """The description of the columns that came with a file; nothing where none did."""
    return text.beside if isinstance(text, LongText) else ""
