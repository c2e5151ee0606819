"""The worked examples of all calculators: one file of `mappings/` each, which says what to type for each example.

Such a file has `AREAS`, the areas of examples (their `calculator`) that it answers for; `MAPPED`, the questions of each
example by its id; and `NOT_ASKED`, the examples that the calculator cannot answer, each with the reason.
"""

from __future__ import annotations

import importlib
from pathlib import Path

from tests.oracles.asked import Asked

_FILES = [
    importlib.import_module(f"tests.oracles.mappings.{path.stem}")
    for path in sorted((Path(__file__).parent / "mappings").glob("*.py"))
]

AREAS: list[str] = [area for file in _FILES for area in file.AREAS]
MAPPED: dict[str, list[Asked]] = {id: asked for file in _FILES for id, asked in file.MAPPED.items()}
NOT_ASKED: dict[str, str] = {id: reason for file in _FILES for id, reason in file.NOT_ASKED.items()}
