"""The questions of a calculator, whether each applies, and the defaults that whoever runs the site has put in place."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from calculators.engine.declare import Kind, Lines, Pick, kinds
from calculators.engine.facts import Facts
from calculators.engine.inputs.controls import read_input_value
from calculators.engine.inputs.numerals import Spread
from calculators.engine.inputs.reading import InputReading

OUR_DEFAULT = "our default"


def input_questions(inputs: type, facts: Facts) -> Mapping[str, Kind]:
    """The questions of a calculator by name; those that whoever runs this site has answered start from that."""

    def with_our_defaults() -> Mapping[str, Kind]:
        by_name = dict(kinds(inputs))
        for path, text in facts.defaults.get(_calculator_name_of_inputs(inputs), {}).items():
            kind = by_name[path]
            default = text if isinstance(kind, Pick) else read_input_value(kind, text, facts)
            by_name[path] = dataclasses.replace(kind, default=default, because=OUR_DEFAULT)
        return by_name

    return facts.computed_once(inputs, with_our_defaults)


def _calculator_name_of_inputs(inputs: type) -> str:
    """The calculator that asks these questions, such as `rag/cost`: its module or package, whatever file is inside."""
    _, *path = inputs.__module__.split(".")
    return "/".join(path[:2])


POSITIVE, SEVERAL = "> 0", "> 1"
"""In place of words: the condition holds where the other question is answered by more than that number."""

ABOVE = {POSITIVE: 0, SEVERAL: 1}


def is_input_asked(reading: InputReading, name: str, kind: Kind, *, numbers_move: bool = False) -> bool:
    """Whether a question applies to what is given. One that was answered wrongly is shown whatever is given.

    One that hangs on a question which itself does not apply does not apply either. With `numbers_move`, as in a sweep,
    it applies whatever number it hangs on.
    """
    if name in reading.problems:
        return True
    is_given = any(_is_data_given(reading, other) for other in kind.unless)
    return not is_given and all(_holds_for_inputs(reading, condition, numbers_move) for condition in kind.conditions)


def _is_data_given(reading: InputReading, name: str) -> bool:
    """Whether a question for data of the reader's is answered: by a file, or by a text that is not blank."""
    setting = reading.settings.get(name)
    data = None if setting is None else setting.value
    return bool(data.strip() if isinstance(data, str) else data)


def _holds_for_inputs(reading: InputReading, condition: tuple[str, ...], numbers_move: bool) -> bool:
    """Whether the question that a condition names has one of its answers."""
    name, *words = condition
    table, _, cell = name.rpartition(".")
    if isinstance(reading.questions.get(table), Lines):
        lines = reading.settings.get(table)
        if lines is None:
            return True
        cells = [reading.settings.get(f"{table}.{line}.{cell}") for line in lines.value]
        return any(setting is not None and setting.value in words for setting in cells)  # None: answered wrongly
    setting = reading.settings.get(name)
    if setting is None:
        return True
    answer = setting.spread.high if setting.spread else setting.value
    owner = kinds(reading.inputs_type).get(name)
    if owner is not None and not is_input_asked(reading, name, owner, numbers_move=numbers_move):
        return False
    if words[0] in ABOVE:
        return numbers_move or bool(answer is not None and answer > ABOVE[words[0]])
    return (("yes" if answer else "no") if isinstance(answer, bool) else str(answer)) in words


def question_of_input(path: str, by_name: Mapping[str, Kind]) -> str:
    """The question that a path such as `tasks.2.runs` or `tuned.model.input` belongs to; empty where there is none."""
    while path and path not in by_name:
        path = path.rpartition(".")[0]
    return path


def is_number_input_asked(reading: InputReading, path: str) -> bool:
    """Whether the question applies that a number belongs to: the number itself, a figure of a record, or a cell."""
    name = question_of_input(path, reading.questions)
    return not name or is_input_asked(reading, name, reading.questions[name])


def typed_input_ranges(reading: InputReading) -> dict[str, Spread]:
    """The ranges that were typed for questions that apply, by the path of the number."""
    return {
        path: setting.spread
        for path, setting in reading.settings.items()
        if setting.spread and is_number_input_asked(reading, path)
    }
