"""The ladder as the front page shows it: seven steps, each with the rungs of the rules that belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from calculators.engine.declare import Table
from calculators.engine.rules import RuleVerdict

APPROACH_STEPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "A test set": ("test_set", "stop"),
        "A schema": ("structured_output",),
        "A clear prompt": ("prompt", "more_effort", "stay"),
        "Examples": ("examples",),
        "A cache, a smaller model": ("less_effort", "lighter", "cascade"),
        "Retrieval": ("tools", "retrieval"),
        "Fine-tuning": ("distillation", "fine_tuning", "hybrid"),
    }
)
"""The rungs of each step, by its name."""

APPROACH_TONES = ("", "prompting", "prompting", "prompting", "prompting", "retrieval", "tuning")
"""The lever of each step, by its color."""


def approach_steps(verdict: RuleVerdict) -> Table:
    """A row for each step from the first: its name, and what the rules say of its rungs; the verdict's is the own."""
    ladder, rows, own = verdict.decision.ladder, [], None
    for number, (name, rungs) in enumerate(APPROACH_STEPS.items()):
        favored = [step for step in ladder if step.id in rungs and step.id in verdict.favored]
        if verdict.rung in rungs and verdict.step:
            step = verdict.step.name
            own, state = number, "you are here" if step == name else f"you are here: {step}"
        elif all(step.id in verdict.ruled_out for step in favored):
            state = "ruled out" if favored else "not asked for"
        else:
            state = "later"
        rows.append((f"{number + 1}. {name}", state))
    return Table(tuple(rows), own, tones=APPROACH_TONES)
