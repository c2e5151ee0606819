"""The command `calculators`: the same answers as on the pages, as text or JSON."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from macros.command.misuse import Misuse, print_command_remark

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from calculators.engine.questions.question import Ask
    from macros.command.options import Written


MANY = 200_000
"""Objects that may be made before Python looks for cycles among them: more than an answer makes."""


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; 0 is an answer, 2 a command that cannot be answered: one message on the error stream."""
    if arguments is not None:
        return _run_command_line(arguments)
    from macros.cache import CACHE
    from macros.cache.methods import keep_dataclass_methods

    gc.set_threshold(MANY)
    keep_methods = keep_dataclass_methods(CACHE)
    status = _run_command_line(sys.argv[1:])
    keep_methods()
    gc.freeze()  # otherwise Python looks once more for cycles in all that is loaded, just before it ends
    return status


def _run_command_line(arguments: list[str]) -> int:
    from macros.facts.problems import FactsError

    try:
        print(run_command(arguments), end="")
    except (Misuse, FactsError) as error:
        print_command_remark(str(error))
        return 2
    except BrokenPipeError:
        sys.stderr.close()
    return 0


def run_command(arguments: list[str]) -> str:
    """What the command prints.

    Raises:
        Misuse: the command cannot be answered.
        FactsError: the data has mistakes.
    """
    from macros.command.options import USAGE, Beside, Written, parse_command_options

    options = parse_command_options(arguments)
    if not options.words and not options.wants_list:
        if arguments and not options.wants_help:
            raise Misuse("name a calculator, or ask for --list")
        return USAGE
    if options.words[:1] == ["new"]:
        return _command_new(options.words[1:], len(arguments))
    if options.words[:1] == ["case"]:
        return _command_case(options.words[1:], "json" if options.as_json else options.form, options.save)
    from calculators.discovery import find_calculator
    from calculators.engine.questions.question import Compare, Result, question_scenario_names
    from macros.project import project_catalogue

    calculators = project_catalogue()
    if options.wants_list:
        return "".join(f"{name}  {find_calculator(name).title}\n" for name in calculators.names)
    name, *inputs = options.words
    _refuse_unknown_in_command(name)
    if options.wants_help:
        from macros.command.help import command_help_on_inputs

        return command_help_on_inputs(find_calculator(name), calculators.facts)
    typed = _command_typed(inputs)
    beside = _command_example(name, options.example)
    if options.start:
        from macros.command.scenarios import load_command_scenario_file

        beside |= load_command_scenario_file(options.start, name, calculators, typed)
    given = beside
    if typed:
        from calculators.engine.inputs.renames import inputs_typed_over
        from macros.command.files import with_command_files

        given = inputs_typed_over(find_calculator(name).inputs, beside, with_command_files(name, typed, beside))
    for written in options.written:
        _write_command_copy(calculators, name, given, written)
    ask = options.ask.copy if isinstance(options.ask, Written) else options.ask
    if isinstance(ask, Beside):
        ask = Compare(given, question_scenario_names([Path(ask.path).stem, "Now"]))
    if options.report:
        _write_command_report(options.report, name, given, calculators)
    if options.save:
        from macros.command.scenarios import save_command_scenario_file

        save_command_scenario_file(options.save, _command_answer(calculators, name, given, "scenario", Result()))
        _print_command_omissions(calculators, name, given)
    elif options.form in ("command", "python", "markdown"):
        _print_command_omissions(calculators, name, given)
    if options.compared:
        from macros.command.scenarios import load_command_scenario_file

        given = load_command_scenario_file(options.compared, name, calculators)
    return _command_answer(calculators, name, given, "json" if options.as_json else options.form, ask)


def _command_new(names: list[str], typed: int) -> str:
    """Begins a calculator; `typed` counts all words of the command line, options included."""
    from macros.command import scaffold

    if len(names) != 1 or typed != 2:
        raise Misuse("new takes the name of one calculator, like: calculators new rag/latency")
    try:
        return scaffold.scaffold_calculator(names[0])
    except scaffold.Refused as error:
        raise Misuse(str(error)) from None


def _command_case(paths: list[str], form: str, saved: str) -> str:
    """Answers a case file, and writes it anew where that is asked."""
    from calculators.engine.facts import FactError
    from calculators.engine.inputs.numerals import Refused
    from calculators.engine.questions.question import Unanswerable
    from macros.command.cases import command_case_file_answers, save_command_case_file
    from macros.project import project_catalogue

    if len(paths) != 1:
        raise Misuse("case takes the path of one case file, like: calculators case help-desk.json")
    try:
        if saved:
            save_command_case_file(paths[0], saved, project_catalogue())
        return command_case_file_answers(paths[0], project_catalogue(), form)
    except (Refused, Unanswerable, FactError) as error:
        raise Misuse(str(error)) from None


def _refuse_unknown_in_command(name: str) -> None:
    from calculators.discovery import UnknownCalculator, find_calculator

    try:
        find_calculator(name)
    except UnknownCalculator as error:
        raise Misuse(f"{error} (calculators --list shows all)") from None


def _command_typed(words: list[str]) -> dict[str, str]:
    from calculators.engine.inputs.suggestions import quoted

    given: dict[str, str] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals:
            raise Misuse(f"{quoted(word)} is no input: write it like requests=100k")
        if name in given:
            raise Misuse(f"{name} is given twice")
        given[name] = text
    return given


def _command_example(name: str, title: str) -> dict[str, str]:
    """The inputs of a calculator's example; none without a title."""
    from calculators.discovery import find_calculator
    from calculators.engine.inputs.suggestions import quoted, suggest_nearest

    if not title:
        return {}
    examples = {example.name: example.given for example in find_calculator(name).examples}
    if title not in examples:
        suggestion = suggest_nearest(title, examples)
        raise Misuse(f"{name} has no example {quoted(title)}{suggestion} Its examples: {'; '.join(examples)}")
    return dict(examples[title])


def _print_command_omissions(calculators: Catalogue, name: str, given: dict[str, str]) -> None:
    """Says on the error stream which texts a question is carried away without."""
    from calculators.discovery import find_calculator
    from calculators.engine.inputs.understanding import understand_inputs
    from calculators.views.export import exported_left_out_sentence

    reading = understand_inputs(find_calculator(name).inputs, given, calculators.facts)
    if not reading.problems and (sentence := exported_left_out_sentence(reading)):
        print_command_remark(sentence)


def _write_command_copy(calculators: Catalogue, name: str, given: dict[str, str], written: Written) -> None:
    from calculators.engine.facts import FactError
    from calculators.engine.inputs.numerals import Refused
    from calculators.engine.questions.question import Question, Unanswerable
    from macros.command.copies import write_copied_command_file

    try:
        pieces = calculators.file_pieces(Question(name, given, ask=written.copy, form="file"))
    except (Refused, Unanswerable, FactError) as error:
        raise Misuse(str(error)) from None
    write_copied_command_file(written.copy.file, written.path, pieces)


def _write_command_report(path: str, name: str, given: dict[str, str], calculators: Catalogue) -> None:
    from calculators.engine.facts import FactError
    from calculators.engine.inputs.numerals import Refused
    from macros.command.report import write_command_report_file

    try:
        write_command_report_file(path, name, given, calculators)
    except (Refused, FactError) as error:
        raise Misuse(str(error)) from None


def _command_answer(calculators: Catalogue, name: str, given: dict[str, str], form: str, ask: Ask) -> str:
    text = _command_answer_text(calculators, name, given, form, ask)
    return text if text.endswith("\n") else f"{text}\n"


def _command_answer_text(calculators: Catalogue, name: str, given: dict[str, str], form: str, ask: Ask) -> str:
    from calculators.engine.facts import FactError
    from calculators.engine.inputs.numerals import Refused
    from calculators.engine.questions.question import Question, Unanswerable

    try:
        return calculators.answer(Question(name, given, ask=ask, form=form))
    except (Refused, Unanswerable, FactError) as error:
        raise Misuse(str(error)) from None
