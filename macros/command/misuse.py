"""The error of a command line that cannot be answered, and how the command speaks beside its answer."""

from __future__ import annotations

import sys


class Misuse(Exception):
    """The command line cannot be understood; the message says what to type instead."""


def print_command_remark(sentence: str) -> None:
    """Prints a sentence on the error stream, so that the answer alone is on the output."""
    print(f"calculators: {sentence}", file=sys.stderr)
