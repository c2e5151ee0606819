"""The settings that a test names, so that no expected number hangs on a default that may change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from calculators.discovery import find_calculator
from calculators.engine.declare import Pick
from calculators.engine.declare.kinds import kinds
from macros.facts import facts_text

SOL = "openai/gpt-6.1-sol"

SETTINGS = MappingProxyType({"model": SOL, "reasoning": "0", "found_cached": "90%", "turns": "1"})
"""One answer to one question, without hidden reasoning, and nine requests in ten that find the prefix cached."""


SHOWN = {"evaluating/judge": {"passes": "3560", "judged": "5000"}}
"""What an example has and the calculator itself leaves open, so that there is a number to look at."""


@cache
def _tokenizers() -> Mapping[str, str]:
    """The tokenizer of each listed model, by its id."""
    prices = json.loads(facts_text())["collections"]["prices"]
    return {id: entry["facts"]["tokenizer"]["values"][-1][1] for id, entry in prices.items()}


def own_tokens(model: str) -> dict[str, str]:
    """The setting with which token counts are a model's own, so that nothing is converted."""
    return {"counted_with": _tokenizers()[model]} if model in _tokenizers() else {}


def settings_of(name: str) -> dict[str, str]:
    """Those of the settings that a calculator asks for, also by way of another: `prompting.model`."""
    return SHOWN.get(name, {}) | {
        path: SETTINGS[path.rpartition(".")[2]]
        for path, kind in kinds(find_calculator(name).inputs).items()
        if path.rpartition(".")[2] in SETTINGS and not (isinstance(kind, Pick) and kind.collection != "prices")
    }
