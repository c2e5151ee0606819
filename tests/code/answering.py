"""Answers questions and reads command lines with the standard library alone, so that any Python can run it.

`python answering.py < asked.json`: facts, questions and command lines in JSON, as `test_other_pythons` writes them.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from calculators.catalogue import Catalogue, load
from calculators.discovery import UnknownCalculator, find_calculator
from calculators.engine.facts import FactError
from calculators.engine.inputs.numerals import Refused
from calculators.engine.questions.points import PointEvaluator
from calculators.engine.questions.question import Unanswerable
from calculators.engine.questions.variables import Asked
from macros.command.misuse import Misuse
from macros.command.options import parse_command_options

REFUSALS = (FactError, Refused, Unanswerable, UnknownCalculator)
SHARES = (0.7, 0.9, 1.3)


def words(text: str, encoding: str) -> int:
    """A count that every Python makes alike, in place of the tokens, whose counter is no part of Python."""
    return len(text.split(" "))


def reply(catalogue: Catalogue, question: str) -> str:
    """The answer to a question in JSON, or the message that refuses it."""
    try:
        return catalogue.answer_json(question)
    except REFUSALS as error:
        return f"{type(error).__name__}: {error}"


def floats(catalogue: Catalogue, name: str, given: dict[str, str]) -> str:
    """The amounts of a calculator as floats, not yet rounded, at a few points around its numbers."""
    calculator = find_calculator(name)
    answer = catalogue.compute(calculator, given)
    varied = list(answer.variables.values())
    evaluator = PointEvaluator(
        answer.formula, list(calculator.amounts), [number.path for number in varied], answer.reading
    )
    points = zip(*map(places, varied), strict=True)
    return repr([evaluator.evaluate_alone(point) for point in points])


def places(number: Asked) -> list[float]:
    """A number as it is given and some around it, within its bounds; zero moves up a little."""
    given, low, high = map(float, (number.given.value, number.low, number.high))
    chosen = [given, *(min(max(given * share, low), high) or low + (high - low) * share / 300 for share in SHARES)]
    return [float(round(place)) for place in chosen] if number.whole else chosen


def understood(line: list[str]) -> str:
    """What a command line says, or the message that refuses it."""
    try:
        return repr(dataclasses.asdict(parse_command_options(line)))
    except Misuse as error:
        return f"Misuse: {error}"


def all_replies(text: str) -> list[str]:
    """The replies in the order of what is asked."""
    asked = json.loads(text)
    catalogue = load(asked["facts"], words)
    replies = [reply(catalogue, question) for question in asked["questions"]]
    replies += [floats(catalogue, name, given) for name, given in asked["floats"]]
    return [*replies, *map(understood, asked["lines"])]


if __name__ == "__main__":
    json.dump(all_replies(sys.stdin.read()), sys.stdout)
