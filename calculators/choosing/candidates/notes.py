"""The task to begin with, and what a reader should know about the ranking."""

from __future__ import annotations

from calculators.choosing.candidates.stakes import CandidateStake, ranked_candidate_stakes
from calculators.engine.declare import Judgement
from calculators.engine.numbers import Note, bare_value, note


def first_candidate_judgement(stakes: list[CandidateStake]) -> Judgement:
    """The task to begin with."""
    worth = [stake for stake in ranked_candidate_stakes(stakes) if bare_value(stake.worth)]
    if not worth:
        return Judgement("none of these tasks yet", ())
    first = worth[0]
    return Judgement(first.name, (note(True, f"{first.name}: {first.reason}."),))


def candidate_remarks(stakes: list[CandidateStake]) -> tuple[Note, ...]:
    """What a reader should know about this ranking."""
    return (
        note(not stakes, "There is no task in the list: type a name and a number of runs."),
        note(
            bool(stakes) and not any(bare_value(stake.worth) for stake in stakes),
            "None of the tasks is worth the work yet. Leave their prompts as they are, and look again when one of them "
            "settles or grows.",
        ),
        note(
            any(bare_value(stake.prompt) > bare_value(stake.work) for stake in stakes),
            "A large bill for repeated prompts is no reason to train by itself: first see what caching and a smaller "
            "model make of it.",
        ),
    )
