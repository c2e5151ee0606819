"""What became of mutants, kept from run to run: a line for each, written as soon as it is known.

So a run that is ended loses nothing, and the next one goes on from there. A later line about a mutant holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from tests.mutation.mutants import ROOT, Mutant

LINES = ROOT / ".cache" / "mutants.jsonl"

Last: TypeAlias = tuple[str, str]
"""What became of a mutant, and the test that noticed it."""


class Kept:
    """The lines about mutants, read when a run begins and written while it lasts."""

    def __init__(self, path: Path = LINES) -> None:
        self.path = path
        self.lines: dict[str, Last] = {}
        self.unnoticed: set[str] = set()
        """The mutants of this run that no test noticed."""
        with suppress(FileNotFoundError):
            self.lines = dict(map(read_line, whole_lines(path.read_text("utf-8"))))

    def about(self, chosen: Iterable[Mutant]) -> dict[Mutant, Last]:
        """What became of these mutants the last time, as far as they were tried."""
        return {mutant: self.lines[key_text(mutant)] for mutant in chosen if key_text(mutant) in self.lines}

    def begin(self) -> None:
        """Writes one line for each mutant that was ever tried, where there were several or half a one."""
        self.path.parent.mkdir(exist_ok=True)
        text = "".join(as_line(key, outcome, test) for key, (outcome, test) in self.lines.items())
        draft = self.path.with_suffix(".new")
        draft.write_text(text, "utf-8")
        draft.replace(self.path)

    def add(self, mutant: Mutant, outcome: str, test: str) -> None:
        """Writes what became of a mutant; of two that look alike, the one that no test noticed stays.

        `test` is the test that noticed it, or an empty text.
        """
        key = key_text(mutant)
        if test and key in self.unnoticed:
            return
        if not test:
            self.unnoticed.add(key)
        self.lines[key] = outcome, test
        with self.path.open("a", encoding="utf-8") as file:
            file.write(as_line(key, outcome, test))


def whole_lines(text: str) -> list[str]:
    """The lines of a text that have an end; a run that is ended in the middle of one leaves half of it."""
    return text.split("\n")[:-1]


def read_line(line: str) -> tuple[str, Last]:
    """A mutant's key in words, and what became of it."""
    key, outcome, test = json.loads(line)
    return key, (outcome, test)


def as_line(key: str, outcome: str, test: str) -> str:
    """The line about a mutant."""
    return json.dumps([key, outcome, test], ensure_ascii=False) + "\n"


def key_text(mutant: Mutant) -> str:
    """A mutant's key in words."""
    return " | ".join(mutant.key)
