"""The calculators over the project's own facts, made once and made anew when a file has changed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from macros.facts import facts_text

if TYPE_CHECKING:
    from calculators.answer import Catalogue

ROOT = Path(__file__).resolve().parent.parent

_made: dict[str, tuple[Catalogue, float]] = {}


def catalogue() -> Catalogue:
    """All calculators, ready to be asked; FactsError with every mistake if the data is wrong.

    A long-running `mkdocs serve` sees edits of a price or a formula, because both are looked at again here.
    """
    text = facts_text()
    changed = max(path.stat().st_mtime for path in (ROOT / "calculators").rglob("*.py"))
    kept = _made.get(text)
    if kept and kept[1] == changed:
        return kept[0]
    if _made and all(stamp != changed for _, stamp in _made.values()):
        for name in [name for name in sys.modules if name.split(".")[0] == "calculators"]:
            del sys.modules[name]
    from calculators.answer import load

    _made.clear()
    _made[text] = (load(text), changed)
    return _made[text][0]
