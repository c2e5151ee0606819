"""The calculators over the project's own facts, made once and made anew when the data has changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from macros.facts import facts_text
from macros.tokens import count_tokens

if TYPE_CHECKING:
    from calculators.answer import Catalogue

ROOT = Path(__file__).resolve().parent.parent

_made: dict[str, Catalogue] = {}


def catalogue() -> Catalogue:
    """All calculators, ready to be asked; FactsError with every mistake if the data is wrong."""
    text = facts_text()
    if text not in _made:
        from calculators.answer import load

        _made.clear()
        _made[text] = load(text, count_tokens)
    return _made[text]
