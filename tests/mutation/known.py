"""The mutants that are known to change no result, with the reason: the list in `equivalent.md`, read and checked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable
from pathlib import Path

from tests.mutation.mutants import Mutant, mutants

LIST = Path(__file__).with_name("equivalent.md")
ENTRY = re.compile(r"- `(?P<file>[^`]+)` `(?P<function>[^`]+)`: `(?P<old>[^`]+)` → `(?P<new>[^`]*)`: (?P<reason>\S.*)")

Entry = tuple[str, str, str, str]


def entries(text: str) -> list[Entry]:
    """The entries of a list, one a line; ValueError where a line is none, because it lacks its reason for example."""
    listed = []
    for line in text.splitlines():
        if line.startswith("- "):
            entry = ENTRY.fullmatch(line)
            if not entry:
                raise ValueError(f"This line is no entry, `file` `function`: `old` → `new`: reason.\n{line}")
            listed.append((entry["file"], entry["function"], entry["old"], entry["new"]))
    return listed


def strangers(listed: Iterable[Entry]) -> list[Entry]:
    """The entries that name no mutant, because the code has changed."""
    listed = list(listed)
    functions: dict[str, set[str]] = defaultdict(set)
    for file, function, *_ in listed:
        functions[file].add(function)
    present: set[Entry] = {mutant.key for file, wanted in functions.items() for mutant in mutants_of(file, wanted)}
    return [entry for entry in listed if entry not in present]


def mutants_of(file: str, functions: Container[str]) -> list[Mutant]:
    """The mutants of some functions of a file, or none if there is no such file."""
    try:
        return mutants(file, functions)
    except FileNotFoundError:
        return []
