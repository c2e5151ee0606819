"""Inputs that are files: on the command line a file is named by its path."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from calculators.discovery import find_calculator
from calculators.engine.declare import File, Files, kinds
from calculators.engine.inputs.suggestions import quoted
from calculators.engine.long_text import AnyText
from macros.command.misuse import Misuse, unreadable_file_words
from macros.project import project_catalogue

PIECE = 1 << 20
"""Bytes that are read at once."""

STANDARD_INPUT = "-"
"""What is typed in place of a path for the standard input; a file of this name is ./- as ever."""


def with_command_files(
    name: str, given: dict[str, str], beside: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """The typed texts, a file's path replaced by what the file holds, line ends and all; what is no text shows as �.

    `beside` are texts of an example or a scenario: where nothing is typed, they decide how files are read.

    Raises:
        Misuse: a file is empty or cannot be read.
    """
    described = kinds(find_calculator(name).inputs)
    paths = {key: path for key, path in given.items() if isinstance(described.get(key), File)}
    streamed = [key for key, path in paths.items() if path == STANDARD_INPUT]
    if len(streamed) > 1:
        raise Misuse(f"only one of {', '.join(streamed)} can be - for the standard input")
    contents: dict[str, Any] = {  # texts, and long texts, which only a question for a file can be given
        key: _command_files_summary(name, key, path, {**beside, **given})
        if isinstance(described[key], Files)
        else _command_files_content(key, path)
        for key, path in paths.items()
    }
    return {**given, **contents}


def _command_files_summary(name: str, key: str, path: str, given: Mapping[str, str]) -> AnyText:
    """What a reader makes of a file, or of all files in a folder and in the folders below it."""
    reader = project_catalogue().file_reader(name, key, given)
    names: list[str] = []
    try:
        for file, stream in _command_files_streams(path):
            names.append(file)
            reader.open(file)
            while not reader.is_full and (piece := stream.read(PIECE)):
                reader.feed(piece)
            reader.close()
    except (OSError, ValueError) as error:
        raise Misuse(f"{key}: {quoted(path)} {unreadable_file_words(error)}") from None
    if not names:
        raise Misuse(f"{key}: the folder {quoted(path)} holds no files")
    return reader.finish()


def _command_files_streams(path: str) -> Iterator[tuple[str, BinaryIO]]:
    """The names of files, each with what its bytes are read from; one after another is open."""
    if path == STANDARD_INPUT:
        yield path, sys.stdin.buffer
        return
    root = Path(path).expanduser()  # no shell expands what follows an equals sign
    for file in sorted(file for file in root.rglob("*") if file.is_file()) if root.is_dir() else [root]:
        with file.open("rb") as stream:
            yield file.name, stream


def _command_files_content(key: str, path: str) -> str:
    called = "the standard input" if path == STANDARD_INPUT else f"the file {quoted(path)}"
    try:
        content = sys.stdin.buffer.read() if path == STANDARD_INPUT else Path(path).expanduser().read_bytes()
    except (OSError, ValueError) as error:
        raise Misuse(f"{key}: {called} {unreadable_file_words(error)}") from None
    if not content:
        raise Misuse(f"{key}: {called} is empty")
    return content.decode("utf-8", "replace")
