"""Sentences of an answer that hold under a condition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calculators.engine.numbers.bare import bare_value
from calculators.engine.numbers.intervals import rounded_ends
from calculators.engine.numbers.rounding import rounded_amount
from calculators.engine.numbers.types import RunCondition, RunNumber
from calculators.engine.numbers.units import Unit


def when(condition: RunCondition, words: str, otherwise: str = "") -> str:
    """Words that depend on a condition, for a text cell of a table."""
    return words if bare_value(condition) else otherwise


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence that holds under a condition; `{names}` in it are filled with numbers when it is written.

    `fact` names the fact whose source stands behind the sentence, if there is one. `is_error` is true of what the
    reader should fix. `page` is the address of the page that the sentence names in quotes, as seen from the page of a
    calculator. `rests_on` names the inputs that it follows from, where it is a reason that may rest on a question which
    nobody answered.
    """

    condition: RunCondition
    words: str
    numbers: dict[str, tuple[RunNumber | None, Unit]]
    fact: str = ""
    is_error: bool = False
    page: str = ""
    rests_on: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the sentence is true for these inputs."""
        return bool(bare_value(self.condition))

    @property
    def sentence(self) -> str:
        """The sentence with its numbers, rounded for reading; `{low}` and `{high}` are the ends of an interval."""
        return self.written({})

    def written(self, instead: Mapping[str, str]) -> str:
        """The sentence, with some of its numbers in other words."""
        if not self.numbers:
            return self.words
        bare = {name: bare_value(number) for name, (number, _) in self.numbers.items()}
        rounded = {name: rounded_amount(bare[name], unit) for name, (_, unit) in self.numbers.items()}  # type: ignore[arg-type]  # no sentence is written of a run on a tape
        if bare.get("low") is not None and bare.get("high") is not None:
            ends = rounded_ends(bare["low"], bare["high"], self.numbers["low"][1])  # type: ignore[arg-type]
            rounded |= zip(("low", "high"), ends, strict=True)
        return self.words.format(**{**rounded, **instead})


def name_in_note(name: str) -> str:
    """A name within a sentence whose words in braces are filled with numbers.

    >>> name_in_note("{new}")
    '(new)'
    """
    return name.replace("{", "(").replace("}", ")")


def note(
    condition: RunCondition, words: str, *, is_error: bool = False, **numbers: tuple[RunNumber | None, Unit]
) -> Note:
    """A sentence for the reader that appears only where the condition holds; its numbers come with their units."""
    return Note(condition, words, numbers, is_error=is_error)
