"""Scenario files: what was typed, kept as JSON that the terminal and the page can both open."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from pathlib import Path

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.declare import kinds
from calculators.engine.inputs.renames import renamed_input_path
from calculators.engine.inputs.suggestions import UNSHOWN, quoted
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.nesting import is_json_nested_too_deep
from calculators.engine.questions.question import Question
from macros.command.misuse import Misuse, print_command_remark, unreadable_file_words


def save_command_scenario_file(path: str, scenario: str) -> None:
    """Writes a scenario to a file that terminal and page can open: calculator, day, answer, numbers and choices.

    Texts and files stay out of it, because a scenario is handed on.

    Raises:
        Misuse: the file cannot be written.
    """
    try:
        Path(path).write_text(scenario, "utf-8")
    except OSError as error:
        raise Misuse(f"the file {quoted(path)} cannot be written ({type(error).__name__})") from None


def load_command_scenario_file(
    path: str, name: str, catalogue: Catalogue, typed: Collection[str] = ()
) -> dict[str, str]:
    """What was typed in a scenario file of the calculator `name`.

    What is no input, now or formerly, is left out. That is said on the error stream, as are facts that have moved on
    since, and texts that stayed out of the file and are not `typed` beside it.

    Raises:
        Misuse: the file holds no scenario, or one of another calculator.
    """
    try:
        text = Path(path).read_text("utf-8")
        scenario = {} if is_json_nested_too_deep(text) else json.loads(text)
    except (OSError, ValueError) as error:
        raise Misuse(f"the file {quoted(path)} {unreadable_file_words(error)}") from None
    given = scenario.get("given") if isinstance(scenario, dict) else None
    if not isinstance(given, dict) or not all(isinstance(text, str) for text in given.values()):
        raise Misuse(f"the file {quoted(path)} holds no scenario: write one with --save")
    if scenario.get("calculator") != name:
        raise Misuse(
            f"the file {quoted(path)} is a scenario of {quoted(str(scenario.get('calculator'))[:60])}, not of {name}"
        )
    known = known_command_scenario_inputs(name, given, catalogue)
    named = {each: renamed_input_path(find_calculator(name).inputs, each) for each in given}
    if len(known) < len(given):
        left = ", ".join(_command_scenario_printable(each) for each in given if named[each] not in known)
        print_command_remark(f"in {quoted(path)}, this was not understood and left out: {left}")
    day, answer = scenario.get("facts"), scenario.get("answer")
    left_out = scenario.get("left_out")
    questions = kinds(find_calculator(name).inputs)
    listed = [path for path in left_out if isinstance(path, str)] if isinstance(left_out, list) else []
    if missing := [each for each in listed if each.partition(".")[0] in questions and each not in typed]:
        then = f", where the answer was {_command_scenario_printable(answer)}" if isinstance(answer, str) else ""
        texts = ", ".join(map(_command_scenario_printable, missing))
        print_command_remark(
            f"{quoted(path)} was saved without its texts{then}: type {texts}, or the answer will differ"
        )
    if isinstance(day, str) and isinstance(answer, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", day, re.ASCII) and answer:
        today = catalogue.facts.as_of
        if day != today:
            now = json.loads(catalogue.answer(Question(name, known, form="scenario")))["answer"]
            then = _command_scenario_printable(answer)
            print_command_remark(f"with the prices of {day} the answer was {then}; with those of {today} it is {now}")
    return known


def _command_scenario_printable(text: str) -> str:
    """A foreign text cut to what a message may hold."""
    return UNSHOWN.sub("", text)[:60]


def known_command_scenario_inputs(name: str, given: dict[str, str], catalogue: Catalogue) -> dict[str, str]:
    """What of a scenario names an input, under its present name."""
    inputs = find_calculator(name).inputs
    unknown = understand_inputs(inputs, given, catalogue.facts).unknown
    renamed = {renamed_input_path(inputs, key): text for key, text in given.items()}
    return {key: text for key, text in renamed.items() if key not in unknown}
