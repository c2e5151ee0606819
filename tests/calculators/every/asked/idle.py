"""Finds questions that are shown although the answer to another question has made them idle.

A question is idle under an answer to another one if no sampled change of it changes the result there, but some change
does under another answer. It should then be gone: `only_if` in its declaration says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from calculators.catalogue import Catalogue
from calculators.discovery import Calculator, find_calculator
from calculators.engine.answering.runs import exact_run_inputs
from calculators.engine.declare import (
    Amount,
    Choice,
    Findings,
    InputKind,
    Kind,
    NumberInput,
    OutputValue,
    Pick,
    Verdict,
    YesNo,
    kinds,
    output_value,
)
from calculators.engine.facts import Facts
from calculators.engine.inputs.questions import is_input_asked
from calculators.engine.inputs.reading import InputReading
from calculators.engine.inputs.understanding import understand_inputs

Given = Mapping[str, str]

LONGEST = 2_000
"""Examples with a longer text are left out: what is read from a file takes no part in conditions."""

MIXED = 4
"""How many mixtures of other answers are tried beside the defaults and the examples."""


class Run:
    """The outputs of one run, each made when it is first compared; `outputs` is None where there is no answer."""

    def __init__(self, calculator: Calculator, reading: InputReading) -> None:
        self._declared = kinds(calculator.outputs)
        self._shown: dict[str, object] = {}
        self.outputs: object | None
        try:
            self.outputs = calculator.formula(exact_run_inputs(reading))
        except (ArithmeticError, ValueError):
            self.outputs = None

    def shown(self, name: str) -> object:
        """What a reader sees of an output."""
        if name not in self._shown:
            self._shown[name] = _shown(self._declared[name], getattr(self.outputs, name))
        return self._shown[name]

    def is_alike(self, neighbor: Run) -> bool:
        """Whether two runs have the same outputs; amounts are looked at first, as they are made at once."""
        if self.outputs is None or neighbor.outputs is None:
            return self.outputs is neighbor.outputs
        named = sorted(self._declared, key=lambda name: not isinstance(self._declared[name], Amount))
        return all(
            self.shown(name) == neighbor.shown(name)
            for name in named
            if not getattr(self._declared[name], "turning", "")
        )


@dataclass(frozen=True, slots=True)
class Probe:
    """Asks one calculator again and again, and nothing twice."""

    calculator: Calculator
    facts: Facts
    questions: dict[str, InputKind]
    _known: dict[tuple[frozenset[tuple[str, str]], str], bool | None] = field(default_factory=dict)

    def read(self, given: Given) -> InputReading | None:
        """What is understood; None where something given is refused."""
        reading = understand_inputs(self.calculator.inputs, dict(given), self.facts)
        return None if reading.problems else reading

    def changes(self, given: Given, paths: list[str]) -> dict[str, bool]:
        """Whether some other answer to each question changes the result; a question that is not shown is absent."""
        key = frozenset(given.items())
        new = [path for path in paths if (key, path) not in self._known]
        reading = self.read(given) if new else None
        before = Run(self.calculator, reading) if reading else None
        for path in new:
            self._known[key, path] = None
            if reading and before and is_input_asked(reading, path, self.questions[path]):
                self._known[key, path] = any(
                    changed is not None and not before.is_alike(Run(self.calculator, changed))
                    for changed in self._others(given, path)
                )
        known = ((path, self._known[key, path]) for path in paths)
        return {path: result for path, result in known if result is not None}

    def _others(self, given: Given, path: str) -> Iterator[InputReading | None]:
        return (self.read({**given, path: text}) for text in different_answers(self.questions[path], self.facts))

    def bases(self) -> Iterator[dict[str, str]]:
        """The defaults, the examples, and mixtures of other answers, which differ from calculator to calculator."""
        yield {}
        for example in self.calculator.examples:
            if sum(map(len, example.given.values())) <= LONGEST:
                yield dict(example.given)
        chance = Random(self.calculator.name)
        for _ in range(MIXED):
            mixture = {}
            for path, kind in self.questions.items():
                others = different_answers(kind, self.facts)
                if others and chance.random() < 1 / 2:
                    mixture[path] = chance.choice(others)
            yield mixture


def _shown(kind: Kind, output: OutputValue) -> object:
    made = output_value(output)
    if isinstance(kind, Findings):
        return [note.sentence for note in made if note.holds]
    if isinstance(kind, Verdict):
        return made.answer, [note.sentence for note in made.reasons if note.holds]
    return made


def different_answers(kind: InputKind, facts: Facts) -> list[str]:
    """Answers that differ from the default."""
    if isinstance(kind, Choice):
        return [word for word in kind.options if word != kind.default]
    if isinstance(kind, YesNo):
        return ["no" if kind.default else "yes"]
    if isinstance(kind, Pick):
        return [record for record in facts.entries(kind.collection) if record != kind.default][:2]
    assert isinstance(kind, NumberInput)
    start = Decimal(facts.fact(kind.default).value) if isinstance(kind.default, str) else kind.default or Decimal(0)
    numbers = {start * 2, start + 1, start / 2, kind.low, kind.high}
    inside = (number.to_integral_value() if kind.whole else number for number in sorted(numbers - {start}))
    return [format(number, "f") for number in inside if kind.low <= number <= kind.high and number != start]


def _default(kind: InputKind) -> str:
    """The word that a choice starts with."""
    if isinstance(kind, YesNo):
        return "yes" if kind.default else "no"
    return kind.default if isinstance(kind, Choice) else ""


def owner_answers(kind: InputKind, facts: Facts) -> list[str]:
    """The answers of a question on which others may hang: the words of a choice; of a number that begins at 0, two.

    What makes a product of other numbers 0 is no state of things where it has to be typed: nobody asks for 0 epochs.
    """
    if isinstance(kind, Choice):
        return list(kind.options)
    if isinstance(kind, NumberInput) and kind.default == 0 == kind.low:
        return ["0", *different_answers(kind, facts)[:1]]
    return ["yes", "no"] if isinstance(kind, YesNo) else []


def idle_questions(catalogue: Catalogue, name: str) -> dict[str, list[str]]:
    """By question, the answers to others, as `caching=no`, under which it is shown and changes nothing.

    Questions of plans are looked at where they are declared.
    """
    calculator, answered = find_calculator(name), NumberInput | Choice | YesNo | Pick
    listed = kinds(calculator.inputs).items()
    questions = {path: kind for path, kind in listed if isinstance(kind, answered) and "." not in path}
    probe = Probe(calculator, catalogue.facts, questions)
    owners = {path: owner_answers(kind, probe.facts) for path, kind in questions.items()}
    live: dict[str, set[str]] = {path: set() for path in questions}
    shown: dict[str, set[str]] = {path: set() for path in questions}
    for base in probe.bases():
        for owner, words in owners.items():
            for word in words:
                answer, given = f"{owner}={word}", {**base, owner: word}
                if word == _default(questions[owner]):
                    given.pop(owner)
                waiting = [path for path in questions if answer not in live[path] and path != owner]
                for path, is_live in probe.changes(given, waiting).items():
                    shown[path].add(answer)
                    if is_live:
                        live[path].add(answer)
    idle = {
        path: [
            answer
            for owner, words in owners.items()
            if any(f"{owner}={word}" in live[path] for word in words)
            for answer in (f"{owner}={word}" for word in words)
            if answer in shown[path] - live[path]
        ]
        for path in questions
    }
    return {path: answers for path, answers in idle.items() if answers}
