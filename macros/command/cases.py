"""Case files in the terminal: answered, or written again as a page would save them."""

from __future__ import annotations

import json
from pathlib import Path

from calculators.catalogue import Catalogue
from calculators.discovery import calculator_names
from calculators.engine.inputs.shared_questions import shared_answers
from calculators.engine.inputs.suggestions import quoted
from calculators.engine.inputs.understanding import LONGEST_SOURCE
from calculators.engine.questions.question import Question
from calculators.views.case_files import (
    Case,
    NoCase,
    case_file_entries,
    case_file_from_entries,
    case_file_from_text,
    case_file_text,
)
from macros.command.misuse import Misuse, print_command_remark, unreadable_file_words
from macros.command.scenarios import known_command_scenario_inputs, save_command_scenario_file


def command_case_file_answers(path: str, catalogue: Catalogue, form: str) -> str:
    """The answer to a case, then those of the other calculators that the file holds inputs of.

    Raises:
        Misuse: the file holds no case, or one of its calculators cannot be answered.
    """
    case = load_command_case_file(path)
    texts = []
    for name, inputs in case.calculators.items():
        known = known_command_scenario_inputs(name, dict(inputs.given), catalogue)
        asked = shared_answers(known, catalogue.case_names(name), catalogue.case_followers(name))
        if len(known) < len(inputs.given):
            print_command_remark(f"a part of {quoted(path)} was not understood and left out: {name}")
        answer = catalogue.answer(Question(name, asked, form=form, measured=inputs.measured))
        sources = [f"  {path}: {source[:LONGEST_SOURCE]}" for path, source in inputs.measured.items() if path in known]
        said = "\n".join(["", "Measured", *sources, ""]) if sources and form == "text" else ""
        texts.append(answer + said)
    if form == "json":
        answers = [json.loads(text) for text in texts]
        return json.dumps({"case": case.name, "answers": answers}, ensure_ascii=False) + "\n"
    heading = [f"Case: {case.name}\n"] if case.name else []
    return "\n".join([*heading, *texts])


def save_command_case_file(path: str, to: str, catalogue: Catalogue) -> None:
    """Writes the case of a file to another, as the page of the case saves it after opening the first.

    Raises:
        Misuse: the file holds no case, or the other cannot be written.
    """
    case = load_command_case_file(path)
    entries, left = case_file_entries(case, catalogue.inputs, catalogue.all_case_names, catalogue.facts)
    if left:
        print_command_remark(f"left out of {quoted(to)}, as texts or not understood: {', '.join(left)}")
    save_command_scenario_file(to, case_file_text(case_file_from_entries(case.name, entries, catalogue.all_case_names)))


def load_command_case_file(path: str) -> Case:
    """What a case file holds.

    Raises:
        Misuse: the file cannot be read, or holds no case.
    """
    try:
        return case_file_from_text(Path(path).read_text("utf-8"), calculator_names())
    except NoCase as error:
        raise Misuse(f"the file {quoted(path)} {error}") from None
    except (OSError, ValueError) as error:
        raise Misuse(f"the file {quoted(path)} {unreadable_file_words(error)}") from None
