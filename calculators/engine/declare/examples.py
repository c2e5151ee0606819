"""What makes a formula a calculator, and the named situations it comes with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

from calculators.engine.declare.charts import Chart

Formula: TypeAlias = Callable[[Any], Any]  # from a calculator's own Inputs to its own Outputs
AnyFormula = TypeVar("AnyFormula", bound=Formula)


@dataclass(frozen=True, slots=True)
class Example:
    """A named situation: the inputs that differ from the defaults, as a reader would type them."""

    name: str
    given: Mapping[str, str]


def example(name: str, **given: object) -> Example:
    """A named situation; figures of a record are written with `__` for the dot: `model__input="2"`."""
    return Example(name, MappingProxyType({key.replace("__", "."): str(text) for key, text in given.items()}))


CHART = "__calculator_chart__"

LEADING = "LEADING"
"""The attribute of a class of inputs that lists the folded questions which a form of many folds shows first."""

SAMPLES = 1000
"""How often ranges run a formula, unless it asks for less."""

RANGE_SAMPLES = "range_samples"
"""The mark of a formula that holds how often."""


def calculator(*, chart: Chart | None = None, samples: int = SAMPLES) -> Callable[[AnyFormula], AnyFormula]:
    """Marks the one formula of a topic file; discovery finds it by this mark.

    `samples` is how often ranges run it: fewer for one that takes milliseconds.
    """

    def mark(formula: AnyFormula) -> AnyFormula:
        setattr(formula, CHART, (chart,))
        setattr(formula, RANGE_SAMPLES, samples)
        return formula

    return mark
