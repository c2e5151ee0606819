"""A worked example as it is put to a calculator: what to type, and which output each of its results belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calculators.engine.questions.question import Solve


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to a calculator. `outputs` maps an expected result to the output it is compared with.

    A result that is a list has its place in brackets: `uncached_usd[0]`. An output that is an interval is named with
    its side, `difference.low`. Where the result is told in words, the output is named with our word for it,
    `outcome=never`. Where `solve` is set, every result is a value of the input that it changes.
    """

    calculator: str
    given: Mapping[str, str]
    outputs: Mapping[str, str]
    solve: Solve | None = None
