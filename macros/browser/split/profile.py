"""What calculators use of the interpreter, noted by `python3 make.py profile` and kept in `profile.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.browser.split.webassembly import WasmModule

NAMES_DATA = re.compile(
    rb"(?=(?:\x41(?=[\x80-\xff]*[\x00-\x3f])|[\x28-\x3e][\x00-\x04])([\x80-\xff]{1,4}[\x00-\x7f]))", re.DOTALL
)
"""A byte that might push a number of at least 0, or two that might load or store, and the address after them."""


@dataclass(frozen=True)
class InterpreterProfile:
    """The functions that calculators call, counted from the first that is not imported; the ranges of data that none of
    these uses; and the numbers in those ranges that these functions name but that are no addresses.
    """

    functions: frozenset[int]
    ranges: tuple[range, ...]
    numbers: frozenset[int]

    def data_addresses(self, module: WasmModule) -> list[int]:
        """The addresses in the ranges that the functions seem to use: instructions are not decoded."""
        addresses = self.numbers_named(module) - self.numbers
        return sorted(number for number in addresses if any(number in data for data in self.ranges))

    def numbers_named(self, module: WasmModule, functions: Iterable[int] | None = None) -> set[int]:
        """All that might be an address in these functions, or in those of the profile."""
        operands: set[bytes] = set()
        for index in self.functions if functions is None else functions:
            operands.update(NAMES_DATA.findall(module.bodies[index]))
        return {number_of_profiled_function(digits) for digits in operands}

    def json(self) -> str:
        """The profile in JSON: functions as runs, addresses and numbers in hexadecimal digits.

        >>> print(InterpreterProfile(frozenset({1, 2, 3, 9}), (range(16, 32),), frozenset({17})).json(), end="")
        {
          "functions": "1-3 9",
          "data": "10-20",
          "numbers": "11"
        }
        """
        ranges = " ".join(f"{data.start:x}-{data.stop:x}" for data in self.ranges)
        numbers = " ".join(f"{number:x}" for number in sorted(self.numbers))
        runs = " ".join(_profile_runs(sorted(self.functions)))
        return json.dumps({"functions": runs, "data": ranges, "numbers": numbers}, indent=2) + "\n"


def read_profile(text: str) -> InterpreterProfile:
    """A profile as it was written."""
    fields = json.loads(text)
    low_high = [run.split("-") for run in fields["data"].split()]
    return InterpreterProfile(
        frozenset(index for run in fields["functions"].split() for index in _profile_run(run)),
        tuple(range(int(low, 16), int(high, 16)) for low, high in low_high),
        frozenset(int(number, 16) for number in fields["numbers"].split()),
    )


def number_of_profiled_function(digits: bytes) -> int:
    """The number of at least 0 that LEB128 digits say."""
    return sum((digit & 127) << 7 * place for place, digit in enumerate(digits))


def _profile_run(text: str) -> Iterable[int]:
    low, _, high = text.partition("-")
    return range(int(low), int(high or low) + 1)


def _profile_runs(numbers: list[int]) -> Iterator[str]:
    begin = 0
    for end in range(1, len(numbers) + 1):
        if end == len(numbers) or numbers[end] != numbers[end - 1] + 1:
            low, high = numbers[begin], numbers[end - 1]
            yield f"{low}-{high}" if high > low else f"{low}"
            begin = end
