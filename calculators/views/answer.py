"""An answer ready to be written: the calculator, what was understood, and the values of its outputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from calculators.engine.asked import Asked
from calculators.engine.declare import Amount, Chart, Figure, Findings, Later, Lines, Number, Pick, kinds
from calculators.engine.explore import along
from calculators.engine.facts import Fact, Facts, Source
from calculators.engine.inputs import Reading
from calculators.engine.read import Spread
from calculators.engine.runs import exact, traced
from calculators.engine.traced import Node
from calculators.engine.uncertain import uncertain
from calculators.engine.words import NOTHING, amount, bare, quantity
from calculators.engine.working import Working, leaves, workings

READY = "You typed no range, so the numbers vary that are guesses or that sellers ask differently"
"""What is said above the ranges that came ready, before their number."""


class Values(dict[str, Any]):
    """A calculator's outputs by name; one that was left for later is made when it is first asked for."""

    def __init__(self, outputs: Any) -> None:
        super().__init__()
        self._outputs = outputs

    def __missing__(self, name: str) -> Any:
        self[name] = made(getattr(self._outputs, name))
        return self[name]


@dataclass(frozen=True)
class Answer:
    """One question answered; whatever a view needs is asked of it here."""

    name: str
    title: str
    headline: str
    formula: Any
    outputs: type
    chart: Chart | None
    reading: Reading

    @property
    def facts(self) -> Facts:
        """The facts that the answer was computed with."""
        return self.reading.facts

    @cached_property
    def kinds(self) -> Mapping[str, Any]:
        """The kinds of the outputs by name."""
        return kinds(self.outputs)

    @cached_property
    def values(self) -> Values:
        """Every output of the exact run, unrounded."""
        return Values(self.formula(exact(self.reading)))

    @cached_property
    def notes(self) -> list[str]:
        """The findings that hold, in words."""
        return [
            it.sentence
            for name, kind in self.kinds.items()
            if isinstance(kind, Findings)
            for it in self.values[name]
            if it.holds
        ]

    @cached_property
    def _traced(self) -> Any:
        return self.formula(traced(self.reading))

    def workings(self, name: str) -> list[Working]:
        """The workings of one output, from the traced run."""
        return workings(self.kinds[name], made(getattr(self._traced, name)))

    @cached_property
    def used(self) -> list[Fact]:
        """The facts behind the single numbers of the answer, in the order in which the formula met them."""
        found: dict[str, Fact] = {}
        roots = [made(getattr(self._traced, name)) for name, kind in self.kinds.items() if isinstance(kind, Amount)]
        for term in leaves(roots):
            fact = self.fact_of(term)
            if fact:
                found.setdefault(fact.name, fact)
        return list(found.values())

    def fact_of(self, term: Node) -> Fact | None:
        """The fact that a number of the working came from."""
        if term.origin is None or not term.origin.fact:
            return None
        return self.facts.fact(term.origin.fact, self.reading.on)

    @cached_property
    def published(self) -> dict[str, dict[str, Fact]]:
        """The published figures of every picked record, by the input's name."""
        reading = self.reading
        return {
            name: reading.facts.figures(
                kind.collection, reading.given[name].value, reading.record_type(name), reading.on
            )
            for name, kind in kinds(reading.of).items()
            if isinstance(kind, Pick) and name in reading.given
        }

    def source_of(self, fact: Fact) -> Source | None:
        """The source of a fact; our own assumptions may have none but their reason."""
        return self.facts.sources.get(fact.source)

    def inputs(self) -> Iterator[tuple[str, Any, Any]]:
        """Every understood input: name, kind (or record figure) and what was given; figures come after their record."""
        described = kinds(self.reading.of)
        for name, kind in described.items():
            if name not in self.reading.given:
                continue
            if isinstance(kind, Lines):
                for path, its in cells(name, kind):
                    if path in self.reading.given and self.reading.given[path].value is not None:
                        yield path, its, self.reading.given[path]
                continue
            yield name, kind, self.reading.given[name]
            if isinstance(kind, Pick):
                for figure, its in kinds(self.reading.record_type(name)).items():
                    given = self.reading.given.get(f"{name}.{figure}")
                    if given and given.value is not None:
                        yield f"{name}.{figure}", its, given

    @cached_property
    def asked(self) -> dict[str, Asked]:
        """Every number that was asked for, by name, as the instruments vary it."""
        found = {}
        for name, kind, given in self.inputs():
            its = kind.question if isinstance(kind, Figure) and kind.is_number else kind
            if isinstance(its, Number) and isinstance(given.value, Decimal):
                label = self._full_label(name, kind)
                found[name] = Asked(name, label, its.unit, its.low, its.high, its.whole, given, its)
        return found

    @cached_property
    def ready(self) -> dict[str, Spread]:
        """The ranges that come ready, by input; none where the reader typed one."""
        if any(given.spread for given in self.reading.given.values()):
            return {}
        return uncertain(self.asked, self.facts, self.reading.on)

    def ready_told(self) -> list[str]:
        """Every range that came ready, in words."""
        asked = ((self.asked[path], it) for path, it in self.ready.items())
        return [f"{its.label}: {quantity(it.low, its.unit)} to {quantity(it.high, its.unit)}" for its, it in asked]

    def _full_label(self, name: str, kind: Any) -> str:
        """What an input is called beside all others: with its record, its line and the part it belongs to."""
        described = kinds(self.reading.of)
        if name in described:
            return f"{kind.group}: {kind.label}" if kind.folded else str(kind.label)
        owner = name.rpartition(".")[0]
        if owner in described:
            return f"{self._full_label(owner, described[owner])}: {kind.label}"
        lines, _, at = owner.rpartition(".")
        return f"{self._full_label(lines, described[lines])} {at}: {kind.label}"

    @property
    def scalar(self) -> str:
        """The number that the instruments look at: the headline, or the first amount where the headline is none."""
        amounts = [name for name, kind in self.kinds.items() if isinstance(kind, Amount)]
        if not amounts or isinstance(self.kinds[self.headline], Amount):
            return self.headline
        return amounts[0]

    def line(self) -> list[tuple[float, float]]:
        """The points of the line that the page draws, from the float run."""
        assert self.chart is not None
        return along(self.formula, self.reading, self.chart.by, self.chart.of)

    @property
    def spoken(self) -> str:
        """One short sentence for a live region."""
        kind = self.kinds[self.headline]
        return f"{kind.label}: {headline_text(kind, self.values[self.headline])}"


def cells(name: str, kind: Lines) -> Iterator[tuple[str, Any]]:
    """Every cell of a question for several things: its path and its kind, line after line."""
    for at in range(1, kind.most + 1):
        for field, its in kinds(kind.of).items():
            yield f"{name}.{at}.{field}", its


def made(value: Any) -> Any:
    """An output, made now if it was left for later."""
    return value.make() if isinstance(value, Later) else value


def headline_text(kind: Any, value: Any) -> str:
    """A scalar output in words; money goes without its `per month`, which the label says."""
    if isinstance(kind, Amount):
        return bare(value, kind.unit) if ("USD", 1) in kind.unit.powers else amount(value, kind.unit)
    if hasattr(kind, "options"):
        return str(kind.options[value])
    if hasattr(value, "likely"):
        if value.likely is None:
            return NOTHING
        return f"{amount(value.low, kind.unit)} to {amount(value.high, kind.unit)}"
    return str(getattr(value, "answer", value))


def unit_of(kind: Any) -> Any:
    """The unit of a number or figure; None for words."""
    return kind.unit if isinstance(kind, Number | Figure) else None
