"""Counting tokens in a formula: the one function handed in from outside, and what a count becomes in each run."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculators.engine.traced import Origin, Traced
from calculators.engine.units import Unit

Count = Callable[[str, str], int]
"""Counts the tokens of a text in an encoding; nothing in the text is taken as a special token."""

ENCODINGS = {
    "o200k_base": "o200k_base: GPT-4o and newer models of OpenAI",
    "cl100k_base": "cl100k_base: GPT-4 and GPT-3.5",
}
"""The tokenizers that can be counted exactly; both libraries read them from the same published ranks."""

LONGEST_RUN = 1000
"""A run of signs of one kind without a break that is longer is counted in pieces of this length.

No language writes such words. The time to merge one grows with its square, and a count may be off by a token a piece.
"""

_WINDOW = LONGEST_RUN // 2
_SIGNS = r"!-/:-@\[-`{-~\u2000-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20"
_RUNS = re.compile(rf"\s+|[{_SIGNS}]+|[^\s{_SIGNS}]+")
"""Blanks, punctuation (also that of Chinese and Japanese), and all the rest."""

_COUNTER = "counter"


class NoCounter(RuntimeError):
    """A formula counts tokens where nobody handed in what counts them."""


@dataclass(frozen=True, slots=True)
class Counter:
    """What a formula counts tokens with. It stands among the inputs, because a formula has no other way in.

    `number` makes a count a number of the run: a Decimal, a traced number or a float.
    """

    count: Count
    number: Callable[[str, Any, Unit], Any] = dataclasses.field(compare=False)

    def __call__(self, text: str, encoding: str) -> int:
        """How many tokens a text has; a sign that is no character counts as the sign for an unreadable one."""
        try:
            text.encode()
        except UnicodeEncodeError:
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if not _has_long_run(text):
            return self.count(text, encoding)
        return sum(self.count(piece, encoding) for piece in pieces(text))

    def measured(self, label: str, value: int, unit: Unit) -> Any:
        """Something counted in the reader's text, as a number of the run with its name and unit."""
        return self.number(label, value, unit)

    def as_floats(self) -> Counter:
        """The same for a run with floats."""
        return dataclasses.replace(self, number=_float)


def exact_counter(count: Count | None) -> Counter:
    """What the exact run counts with."""
    return Counter(count or _missing, _decimal)


def traced_counter(count: Count | None) -> Counter:
    """What the traced run counts with."""
    return Counter(count or _missing, _traced)


def counter() -> Any:
    """A field of `Inputs` that counts tokens. It asks nothing, so it has no kind."""
    return dataclasses.field(metadata={_COUNTER: True})


def counters(of: type) -> list[str]:
    """The names of the fields that count tokens."""
    return [field.name for field in dataclasses.fields(of) if _COUNTER in field.metadata]


def _has_long_run(text: str) -> bool:
    """Whether a run may be too long: such a run fills at least one window whole."""
    return any(
        len(run[0]) >= _WINDOW for at in range(0, len(text), _WINDOW) if (run := _RUNS.match(text, at, at + _WINDOW))
    )


def pieces(text: str) -> list[str]:
    """The text cut only where one run of signs of a kind is too long.

    >>> [len(piece) for piece in pieces("one " + "a" * 2300 + " two")]
    [1004, 1000, 304]
    """
    found, begin = [], 0
    for run in _RUNS.finditer(text):
        for cut in range(run.start() + LONGEST_RUN, run.end(), LONGEST_RUN):
            found.append(text[begin:cut])
            begin = cut
    return [*found, text[begin:]]


def _decimal(label: str, value: int, unit: Unit) -> Decimal:
    return Decimal(value)


def _traced(label: str, value: int, unit: Unit) -> Traced:
    return Traced(Decimal(value), unit, label=label, origin=Origin("derived", because="counted in your text"))


def _float(label: str, value: int, unit: Unit) -> float:
    return float(value)


def _missing(text: str, encoding: str) -> int:
    raise NoCounter("this calculator counts tokens: hand a function that does to load()")
