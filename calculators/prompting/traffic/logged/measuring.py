"""Numbers that were counted in the logs, as numbers of a run whose working names how the logs were read."""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.answering.counting import TokenCounter
from calculators.engine.numbers import Number, choose
from calculators.engine.numbers.units import REQUESTS, Unit
from calculators.prompting.traffic.inputs import Inputs


class TrafficMeasuring:
    """Makes counts numbers of the run. The format that was asked for decides them, so a working names it."""

    def __init__(self, i: Inputs, format: str) -> None:
        self._i, self._format = i, format
        self._counter: TokenCounter = i.counter

    def measured(self, label: str, number: int | Decimal, unit: Unit) -> Number:
        """A number with its name and unit."""
        counted: Number = self._counter.number(label, number, unit)  # type: ignore[arg-type]  # an amount of money is no whole number
        return choose(self._i.format == self._format, counted, counted)  # both are one

    def answers(self, label: str, requests: int) -> Number:
        """The tokens of answers that no log holds."""
        return self.measured(label, requests, REQUESTS) * self._i.answer
