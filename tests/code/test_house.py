"""The code stays easy to take over: names say something, `Any` is rare, ruff lays the code out, folders stay small."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house import any_count, crowded, files, unformatted
from tests.names import FOLDERS, ROOT, bindings, bound

MOST_EMPTY_NAMES = 0.01
"""The share of names that may say nothing."""

MOST_ANY = 60
"""So many places in the calculators and the ways in name the type `Any`, or fewer."""

PLANTED = '''"""Names of both kinds."""

from typing import Any


def told(it: Any) -> list[Any]:
    model = [x for x in it]
    for value in model:  # fmt: skip
        one = value
    return model
'''


@pytest.mark.parametrize("folder", FOLDERS)
def test_names_say_something(folder: str) -> None:
    listed = bound(ROOT / folder)
    empty = [binding for binding in listed if binding.says_nothing]
    places = [f"{binding.path.relative_to(ROOT)}:{binding.line}: {binding.name}" for binding in empty]
    assert len(empty) < MOST_EMPTY_NAMES * len(listed), places


def test_few_types_are_left_open() -> None:
    counts = {path.relative_to(ROOT).as_posix(): any_count(path) for path in files("calculators", "macros")}
    assert sum(counts.values()) < MOST_ANY, {path: count for path, count in counts.items() if count}


def test_the_formatter_lays_out_every_file() -> None:
    assert [path for path in files(*FOLDERS) if unformatted(path)] == []


def test_folders_are_small() -> None:
    assert crowded(*FOLDERS) == {}


def test_what_is_planted_is_found(tmp_path: Path) -> None:
    """An empty word anywhere, a stand-in outside a comprehension of one line, an open type, a comment for ruff."""
    path = tmp_path / "planted.py"
    path.write_text(PLANTED)
    empty = sorted(binding.name for binding in bindings(path) if binding.says_nothing)
    assert empty == ["it", "one", "told", "value"]
    assert (any_count(path), unformatted(path)) == (2, 1)
