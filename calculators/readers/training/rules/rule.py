"""What a rule of a training file is, and what a provider says about it."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.readers.training.rules.pages import RULE_PAGES

ERROR, WARNING, HINT = "error", "warning", "hint"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a provider says about a rule: a sentence, and the id of the source in `data/sources.yaml`."""

    words: str
    source: str

    def __str__(self) -> str:
        return f"{self.words} ({RULE_PAGES[self.source]})"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to look for. An error stops a training job or spoils an example; a hint may be meant so.

    `basis` is what the rule rests on where the format states nothing of its own.
    """

    level: str
    label: str
    remedy: str
    basis: Basis | None = None
