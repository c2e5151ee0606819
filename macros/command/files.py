"""Inputs that are files: on the command line a file is named by its path."""

from __future__ import annotations

from pathlib import Path

from calculators.discovery import find_calculator
from calculators.engine.declare import File, Files, kinds
from calculators.engine.inputs.suggestions import quoted
from macros.command.misuse import Misuse
from macros.project import project_catalogue

PIECE = 1 << 20
"""Bytes that are read at once."""


def with_command_files(name: str, given: dict[str, str]) -> dict[str, str]:
    """The typed texts, a file's path replaced by what the file holds, line ends and all; what is no text shows as �.

    Raises:
        Misuse: a file is empty or cannot be read.
    """
    described = kinds(find_calculator(name).inputs)
    contents = {
        key: _summary(name, key, path) if isinstance(described[key], Files) else _content(key, path)
        for key, path in given.items()
        if isinstance(described.get(key), File)
    }
    return {**given, **contents}


def _summary(name: str, key: str, path: str) -> str:
    """The summary of a file, or of all files in a folder and in the folders below it."""
    reader = project_catalogue().file_reader(name, key)
    root = Path(path).expanduser()  # no shell expands what follows an equals sign
    try:
        files = sorted(file for file in root.rglob("*") if file.is_file()) if root.is_dir() else [root]
        for file in files:
            with file.open("rb") as stream:
                reader.open(file.name)
                while piece := stream.read(PIECE):
                    reader.feed(piece)
                reader.close()
    except (OSError, ValueError) as error:
        raise Misuse(f"{key}: {quoted(path)} cannot be read ({type(error).__name__})") from None
    if not files:
        raise Misuse(f"{key}: the folder {quoted(path)} holds no files")
    return reader.finish()


def _content(key: str, path: str) -> str:
    try:
        content = Path(path).expanduser().read_bytes()
    except (OSError, ValueError) as error:
        raise Misuse(f"{key}: the file {quoted(path)} cannot be read ({type(error).__name__})") from None
    if not content:
        raise Misuse(f"{key}: the file {quoted(path)} is empty")
    return content.decode("utf-8", "replace")
