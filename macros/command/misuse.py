"""The error of a command line that cannot be answered, and how the command speaks beside its answer."""

from __future__ import annotations

import sys


class Misuse(Exception):
    """The command line cannot be understood; the message says what to type instead."""


def print_command_remark(sentence: str) -> None:
    """Prints a sentence on the error stream, so that the answer alone is on the output."""
    print(f"calculators: {sentence}", file=sys.stderr)


UNREADABLE = {
    FileNotFoundError: "is not there: check its path",
    IsADirectoryError: "is a folder: name a file in it",
    PermissionError: "cannot be read: check its permissions",
    UnicodeDecodeError: "cannot be read: save it as UTF-8",
}
"""What is wrong with a file that cannot be opened, and what to do, by the error of the system."""


def unreadable_file_words(error: Exception) -> str:
    """Why a file cannot be read, and what to do.

    >>> unreadable_file_words(FileNotFoundError()), unreadable_file_words(ValueError())
    ('is not there: check its path', 'cannot be read (ValueError)')
    """
    return UNREADABLE.get(type(error), f"cannot be read ({type(error).__name__})")
