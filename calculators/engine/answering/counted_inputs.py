"""What counts in a run: the answers to the questions that apply, and the defaults of those that do not."""

from __future__ import annotations

import dataclasses

from calculators.engine.declare import Day
from calculators.engine.facts import Facts
from calculators.engine.inputs.questions import input_questions, is_input_asked, question_of_input
from calculators.engine.inputs.reading import InputReading
from calculators.engine.inputs.understanding import understand_inputs


def counted_inputs(reading: InputReading, *, numbers_move: bool = False) -> InputReading:
    """The reading with the default of each question that does not apply, whatever was typed for it.

    The reading itself keeps what was typed, for links and for the form, where the question may apply again.
    `numbers_move` is for runs in which the numbers change on which questions hang.
    """
    questions = reading.questions
    typed = (path for path, setting in reading.settings.items() if setting.origin.kind == "typed")
    owners = dict.fromkeys(question_of_input(path, questions) for path in typed)
    idle = {name for name in owners if not is_input_asked(reading, name, questions[name], numbers_move=numbers_move)}
    if not idle:
        return reading
    defaults = default_inputs(reading.inputs_type, reading.facts, reading.on).settings
    idle &= defaults.keys()  # a record that is no more known on that day is no default
    kept = {
        path: setting for path, setting in reading.settings.items() if question_of_input(path, questions) not in idle
    }
    started = {path: setting for path, setting in defaults.items() if question_of_input(path, questions) in idle}
    return dataclasses.replace(reading, settings=kept | started)


def default_inputs(inputs: type, facts: Facts, day: str) -> InputReading:
    """What a calculator starts with on a day, where it asks for one."""
    days = [name for name, kind in input_questions(inputs, facts).items() if isinstance(kind, Day)]
    return facts.computed_once(
        ("defaults", inputs, day), lambda: understand_inputs(inputs, dict.fromkeys(days, day), facts)
    )
