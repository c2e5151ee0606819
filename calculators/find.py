"""Finds the calculators: every file of a topic folder that holds a marked formula. There is no list to keep."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pkgutil import iter_modules
from typing import Any

import calculators
from calculators.engine.declare import CHART, Amount, Chart, Example, kinds
from calculators.engine.suggest import nearest

_NOT_TOPICS = ("engine", "views")
_SHARED = "shared"


class UnknownCalculator(LookupError):
    """No calculator has that name."""


@dataclass(frozen=True, slots=True)
class Calculator:
    """One calculator: its name is its path, such as `prompting/cost`, its title the first line of its file."""

    name: str
    title: str
    inputs: type
    outputs: type
    formula: Callable[[Any], Any]
    examples: tuple[Example, ...]
    chart: Chart | None
    plan: Callable[..., Any] | None

    @property
    def headline(self) -> str:
        """The name of the output that comes first."""
        described = kinds(self.outputs)
        return next(
            (name for name, kind in described.items() if getattr(kind, "headline", False)), next(iter(described))
        )

    @property
    def amounts(self) -> dict[str, Amount]:
        """The outputs that are single numbers."""
        return {name: kind for name, kind in kinds(self.outputs).items() if isinstance(kind, Amount)}


@cache
def names() -> tuple[str, ...]:
    """The names of all calculators, sorted: a package that is no part of the engine is a topic; nothing is imported."""
    (here,) = calculators.__path__
    topics = [topic.name for topic in iter_modules([here]) if topic.ispkg]
    found = [(topic, module.name) for topic in topics for module in iter_modules([f"{here}/{topic}"])]
    return tuple(sorted(f"{topic}/{name}" for topic, name in found if is_calculator(topic, name)))


def is_calculator(topic: str, name: str) -> bool:
    """Whether a file of that folder and name would be one."""
    return topic not in _NOT_TOPICS and name != _SHARED and not name.startswith("_")


@cache
def find(name: str) -> Calculator:
    """The calculator of that name; UnknownCalculator names the nearest one."""
    if name not in names():
        raise UnknownCalculator(f"there is no calculator {name[:60]!r}{nearest(name[:60], names())}")
    module = importlib.import_module(f"calculators.{name.replace('/', '.')}")
    formula = next(it for it in vars(module).values() if callable(it) and hasattr(it, CHART))
    title = (module.__doc__ or name).strip().splitlines()[0].rstrip(".")
    examples = tuple(getattr(module, "EXAMPLES", ()))
    (chart,) = getattr(formula, CHART)
    plan = getattr(module, "plan", None)
    return Calculator(name, title, module.Inputs, module.Outputs, formula, examples, chart, plan)
