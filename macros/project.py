"""The calculators over the project's own facts, made once and made anew when the data has changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from macros.facts import parsed_facts
from macros.tokens import count_with_tiktoken

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue

ROOT = Path(__file__).resolve().parent.parent

_loaded: dict[str, Catalogue] = {}


def project_catalogue() -> Catalogue:
    """All calculators, ready to be asked; FactsError with every mistake if the data is wrong."""
    name, facts = parsed_facts(next(iter(_loaded), ""))
    if facts is not None:
        from calculators.catalogue import load

        _loaded.clear()
        _loaded[name] = load(facts, count_with_tiktoken)
    return _loaded[name]
