"""The values of answers that have several parts, and of those that are made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from calculators.engine.declare.tables import Table
from calculators.engine.numbers import Note

T = TypeVar("T")
OutputValue: TypeAlias = Any  # a number, a table, notes or another value: the kind of the output says which


@dataclass(frozen=True, slots=True)
class Range:
    """The value of an `Interval`; all None where the question has no answer."""

    low: Any  # each a Number, or None: the formula that makes a range knows which
    likely: Any
    high: Any


@dataclass(frozen=True, slots=True)
class Judgement:
    """The value of a `Verdict`: the answer and the `Note`s that led to it.

    As a headline it is written as `amounts` says, where there are any: `Prompting $1,403 · next: Retrieval $4,200`.
    `names` are the names of things that labels of the same answer can only call `the first plan`. `spans` has, by the
    names of numbers in `amounts`, the outputs that they are: where a reader types ranges, those of these stand there.
    `rests_on` names the amount that stands behind words, which a report then asks for what moves it. `called` are the
    names of things within the headline, in order: a link has its figures, and no digit of a name.
    """

    answer: str
    reasons: tuple[Note, ...]
    amounts: Note | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, str] = field(default_factory=dict)
    rests_on: str = ""
    called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CopiedFiles:
    """The value of a `FileCopy`: what writes its files and what is changed in them, each only when it is asked for.

    `pieces` gives the bytes of a file by its name, one part after another, none where there is nothing to write. What
    `changes` gives is a sentence that sums the changes up, and a table that lists them with their lines.

    Two of them count as equal: whether a typed figure acts is asked of answers, and none acts on a copy.
    """

    pieces: Callable[[str], Iterator[bytes]] = field(compare=False)
    changes: Callable[[], tuple[str, Table]] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Later(Generic[T]):
    """An output not made yet."""

    make: Callable[[], T]


def later(make: Callable[[], T]) -> T:
    """An output made only when asked for: ranges and sweeps run the formula a thousand times without its tables."""
    return Later(make)  # type: ignore[return-value]


def output_value(output: T) -> T:
    """An output of a formula, made now if it was left for later."""
    return output.make() if isinstance(output, Later) else output
