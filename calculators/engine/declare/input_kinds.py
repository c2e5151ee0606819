"""The kinds of questions: what a calculator can ask, and what each question carries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Protocol

from calculators.engine.annotations import annotated_parameter_class
from calculators.engine.long_text import AnyText
from calculators.engine.numbers.units import Unit
from calculators.engine.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class InputKind:
    """What every question has: a label, a group in the form, a sentence of help; a folded group opens on request.

    `only_if` names another question and the words of which one must answer it for this one to be asked at all:
    `("caching", "yes")`, for a number `("subagents", "> 0")` or `("gpus", "> 1")`, or `("plans.source", "agent")` for a
    cell that some line has to hold. Else the form has no such question, and its default counts. `plan_if` is the same
    for all questions of a plan that is asked in part, and is taken from there. `unless` names questions for
    data of the reader's: where one of them is answered, that data counts in place of this question.
    `formerly` holds the names that the question once had: a link or a scenario file from then still opens.
    """

    label: str
    help: str = ""
    group: str = ""
    folded: bool = False
    only_if: tuple[str, ...] = ()
    plan_if: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()

    @property
    def conditions(self) -> list[tuple[str, ...]]:
        """All that has to hold for the question to be asked."""
        return [condition for condition in (self.only_if, self.plan_if) if condition]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberInput(InputKind):
    """A quantity between two bounds. `default` is a number with its `because`, the name of a fact, or None: left open.

    What may be left open is taken from elsewhere unless it is typed, such as a cost from another calculator.
    `each_holds` names the question for the text in each of the things that are counted: all their text may be typed in
    their place.
    """

    unit: Unit
    low: Decimal
    high: Decimal
    default: Decimal | str | None
    because: str = ""
    whole: bool = False
    each_holds: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(InputKind):
    """One of several words; `options` maps each word to its label.

    `former_words` are those that answered the question when it was another one, each with the option it means now.
    """

    options: Mapping[str, str]
    default: str
    because: str
    former_words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo(InputKind):
    """Yes or no."""

    default: bool
    because: str


LONGEST_LINE = 200
"""A text of at most so many characters gets one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(InputKind):
    """Free text of limited length; it never enters a link or an error message.

    `offers` gives, for questions by their names, what their answers offer as this text, such as the columns of a file;
    the first question that is answered counts.
    """

    default: str = ""
    longest: int = 100_000
    offers: Mapping[str, Callable[[str], Sequence[str]]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_line(self) -> bool:
        """Whether it is a name or a sentence, which gets one line and has no line ends."""
        return self.longest <= LONGEST_LINE


@dataclass(frozen=True, slots=True, kw_only=True)
class File(InputKind):
    """The text of a file that a reader chooses; a terminal takes its path. Nothing chosen is the empty text."""

    longest: int


class DeclaredFileReader(Protocol):
    """What reads files of any size in pieces: each is opened, fed with its bytes and closed; `finish` gives a text.

    What is full takes nothing more.
    """

    @property
    def is_full(self) -> bool: ...

    def open(self, name: str) -> None: ...

    def feed(self, data: bytes) -> None: ...

    def close(self) -> None: ...

    def finish(self) -> AnyText: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Files(File):
    """Files of any number and size, which a reader sums up; what is given is the text of their summary.

    Where `is_whole` is true, the reader does not sum them up: it keeps the text of one of them.

    `open_reader` takes the facts of the build, and then the answers to the questions that `read_by` names: those that
    decide how the files are read. `refusal` says what is wrong with a text that is no summary of this build, and is
    empty for one that is. A terminal takes the path of a file or of a folder. `told` says in a few words what the files
    of a summary came to, which stands below the question.
    """

    open_reader: Callable[..., DeclaredFileReader]
    refusal: Callable[[str, Any], str]
    read_by: tuple[str, ...] = ()
    is_whole: bool = False
    told: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Month(InputKind):
    """A calendar month, written 2026-11; the value is that text."""

    default: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(InputKind):
    """Several alike things, such as tasks; `line_type` is a dataclass of numbers, choices, yes-or-noes and texts.

    A cell is named `tasks.2.runs`, lines counted from 1; a line with nothing in it is left out. The value is a tuple of
    instances of `line_type`.
    """

    line_type: type
    most: int
    default: tuple[Mapping[str, str], ...]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(InputKind):
    """A calendar day, written 2026-11-21; the default is the day of the facts themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick(InputKind):
    """One record of a collection of facts, such as a model with its prices; each of its figures can be overridden."""

    collection: str
    default: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Several(InputKind):
    """Any number of records of a collection, such as a shortlist of models; the value is a tuple of their ids.

    They are typed as ids or names with commas between them. Nothing typed is the empty tuple, which leaves none out.
    """

    collection: str
    record: type[Record]


@dataclass(frozen=True, slots=True, kw_only=True)
class Among(InputKind):
    """One group of a collection, such as a provider; the value is its name, or `any`."""

    collection: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Every(InputKind):
    """All records of a collection, as they stand: nothing to ask, but listed under the result as used."""

    collection: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredPlanInputs(InputKind):
    """All questions of another calculator, asked here under a name of their own: `tuned.epochs`.

    `plan` is the other calculator's function; its first parameter says which questions. `shared` maps those of them
    that are not asked again to the questions here that answer them. With `asked`, only those of that name are asked,
    and the rest holds the other calculator's defaults; of all records that it lists, none. `only_if` is a condition
    of all its questions, beside their own.
    """

    plan: Callable[..., object]
    shared: Mapping[str, str]
    asked: tuple[str, ...] = ()

    @property
    def inputs(self) -> type:
        """The other calculator's `Inputs`."""
        return annotated_parameter_class(self.plan)

    def is_asked(self, question: str) -> bool:
        """Whether a question of the other calculator is one of this one's, too."""
        return question not in self.shared and (not self.asked or question in self.asked)
