"""Finds the calculators: each module or package of a topic is one. There is no list to keep."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.machinery import PathFinder

import calculators
from calculators.engine.declare import CHART, Amount, Chart, Example, Formula, kinds
from calculators.engine.inputs.suggestions import quoted, suggest_nearest

SHARED_PACKAGES = ("domain", "engine", "readers", "views")
"""The packages that are no topics."""

_NAME = r"[a-z]\w*/[a-z]\w*"
"""A topic and a module or package of it."""


class UnknownCalculator(LookupError):
    """No calculator has that name."""


@dataclass(frozen=True, slots=True)
class Calculator:
    """One calculator: its name is its path, such as `prompting/cost`, its title the first line of its file."""

    name: str
    title: str
    inputs: type
    outputs: type
    formula: Formula
    examples: tuple[Example, ...]
    chart: Chart | None
    plan: Callable[..., object] | None
    not_counted: tuple[str, ...]

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


def calculator_names() -> tuple[str, ...]:
    """The names of all calculators that are here, sorted; nothing is imported. A browser may add some later."""
    return tuple(sorted(name for topic in _discovered_topics() for name in _discovered_names_in(topic)))


def _discovered_topics() -> list[str]:
    from pkgutil import iter_modules  # slow: who asks one calculator needs no list

    (folder,) = calculators.__path__
    return [package.name for package in iter_modules([folder]) if package.ispkg and is_topic(package.name)]


def _discovered_names_in(topic: str) -> list[str]:
    from pkgutil import iter_modules

    (folder,) = calculators.__path__
    return [f"{topic}/{module.name}" for module in iter_modules([f"{folder}/{topic}"])]


def _is_calculator(name: str) -> bool:
    """Whether there is a calculator of that name; only the folder of its topic is read."""
    topic = name.partition("/")[0]
    if not (re.fullmatch(_NAME, name, re.ASCII) and is_topic(topic)):
        return False
    package = PathFinder.find_spec(f"calculators.{topic}", calculators.__path__)
    folders = package.submodule_search_locations if package and package.origin else None
    spec = PathFinder.find_spec(f"calculators.{name.replace('/', '.')}", folders) if folders else None
    return spec is not None and spec.origin is not None


def is_topic(package: str) -> bool:
    """Whether a package below `calculators` holds calculators."""
    return package not in SHARED_PACKAGES


@cache
def find_calculator(name: str) -> Calculator:
    """The calculator of that name; UnknownCalculator names the nearest one.

    A calculator may ask others: its formula is the one that its own module defines.
    """
    if not _is_calculator(name):
        raise UnknownCalculator(
            f"there is no calculator {quoted(name[:60])}{suggest_nearest(name[:60], calculator_names())}"
        )
    module = importlib.import_module(f"calculators.{name.replace('/', '.')}")
    formula = next(
        member
        for member in vars(module).values()
        if callable(member) and hasattr(member, CHART) and member.__module__ == module.__name__
    )
    title = (module.__doc__ or name).strip().splitlines()[0].rstrip(".")
    examples = tuple(getattr(module, "EXAMPLES", ()))
    (chart,) = getattr(formula, CHART)
    plan = getattr(module, "plan", None)
    not_counted = tuple(getattr(module, "NOT_COUNTED", ()))
    return Calculator(name, title, module.Inputs, module.Outputs, formula, examples, chart, plan, not_counted)
