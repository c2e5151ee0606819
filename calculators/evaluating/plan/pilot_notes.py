"""What the files of a pilot gave, what they did not, and which other calculator reads those that hold no results."""

from __future__ import annotations

from collections.abc import Iterator

from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.declare import kinds
from calculators.engine.numbers import Note, both, is_known_number, known_or, note
from calculators.engine.numbers.units import SHARE
from calculators.evaluating.plan.inputs import Inputs
from calculators.evaluating.plan.pilot import EvaluationPilot
from calculators.readers.results.summary import LeftOut, result_summary_from_json, result_summary_in_words
from calculators.readers.strangers import STRANGERS, stranger_note

FEW = 20
"""A pilot of fewer examples hardly tells a standard deviation."""

FILLED = ("score_sd", "difference_sd", "run_sd", "discordant")
"""The questions that a pilot answers where the reader leaves them open."""


def evaluation_pilot_remarks(i: Inputs, pilot: EvaluationPilot) -> tuple[Note, ...]:
    """What the files of a pilot gave, and what they did not; nothing where there are none."""
    if not i.pilot_files:
        return ()
    summary = result_summary_from_json(i.pilot_files)
    left_out = tuple(map(_pilot_left_out_note, summary.left_out[:1]))
    if not summary.tables:
        return left_out
    cases, figures = known_or(pilot.cases, 0 * i.examples), pilot.figures
    tells = figures.score_sd is not None or figures.discordant is not None
    return (
        *left_out,
        note(
            not tells,
            "The pilot tells nothing about how scores vary or differ: it needs two versions with unlike scores "
            "on the same examples, or one with graded scores.",
            is_error=True,
        ),
        _pilot_read_note(i, pilot),
        note(
            tells and figures.difference_sd is None and figures.discordant is None,
            "The pilot has one version only, so the differences are taken to vary as those of unrelated versions do.",
        ),
        note(
            both(tells, cases < FEW),
            "{cases} are few for a pilot: what it measured may be far off. Plan for more than the answer says.",
            cases=(cases, EXAMPLE_COUNT),
        ),
    )


def _pilot_left_out_note(entry: LeftOut) -> Note:
    """What could not be read first, with the page of the calculator that reads such a file."""
    file = f"{entry.file[:1].upper()}{entry.file[1:]}"
    if stranger := STRANGERS.get(entry.kind):
        return stranger_note(f"{file} is not a pilot and is left out: {stranger.sentence}.", stranger)
    place = ", line ".join([file, *map(str, entry.lines[:1])])
    return note(True, f"Some of the pilot could not be read: {entry.reason} ({place}).", is_error=True)


def _pilot_read_note(i: Inputs, pilot: EvaluationPilot) -> Note:
    """What was read, which questions it answers, and how to change or clear it."""
    asked = kinds(Inputs)
    numbers = {name: (getattr(pilot, name), SHARE) for name in _pilot_filled_in(i, pilot)}
    filled = ", ".join(f"“{asked[name].label}” ({{{name}}})" for name in numbers)
    fills = f"fills in {filled}" if filled else "fills in nothing that you left open"
    words = (
        f"Read under “{asked['pilot_files'].label}”: {result_summary_in_words(i.pilot_files)}. It {fills}. "
        "Choose other files there; “Reset” takes them away."
    )
    return Note(True, words, numbers)


def _pilot_filled_in(i: Inputs, pilot: EvaluationPilot) -> Iterator[str]:
    """The questions that the pilot answers and the reader does not."""
    for name in FILLED:
        if is_known_number(getattr(pilot, name)) and not is_known_number(getattr(i, name)):
            yield name
