"""A calculator whose formula can be altered: the same code, but one operator of it does something else when told to."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import DecimalException
from functools import cache
from typing import Any

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.answering.formula_text import formula_condition, formula_text, label_in_formula
from calculators.engine.declare import CHART, Amount, DeclaredPlanInputs, Every, declared_kinds, kinds
from calculators.engine.numbers import is_traced
from calculators.engine.numbers.units import UnitError

OPERATORS: dict[type, tuple[str, Callable[[Any, Any], Any]]] = {
    ast.Add: ("+", operator.add),
    ast.Sub: ("-", operator.sub),
    ast.Mult: ("*", operator.mul),
    ast.Div: ("/", operator.truediv),
}
INSTEAD = {"+": operator.sub, "-": operator.add, "*": operator.truediv, "/": operator.mul}

NUMBER_TYPE = ("declare", "numbers", "records", "traced", "units", "words")
"""The parts of the engine that make a formula's numbers; everything else that a topic imports is formula."""


@dataclass
class Altered:
    """A copy of a calculator's formula. `active` is the operator to alter; `met` are those that met traced numbers."""

    places: list[str] = field(default_factory=list)
    met: set[int] = field(default_factory=set)
    active: int | None = None
    formula: Callable[[Any], Any] = staticmethod(lambda inputs: inputs)

    def operate(self, index: int, symbol: str, left: Any, right: Any) -> Any:
        """What stands in the copy in the place of `left symbol right`."""
        if is_traced(left, right):
            self.met.add(index)
        if index == self.active:
            return INSTEAD[symbol](left, right)
        return {sign: plain for sign, plain in OPERATORS.values()}[symbol](left, right)


class Reroute(ast.NodeTransformer):
    """Routes every operator inside a function through `Altered.operate`."""

    def __init__(self, altered: Altered, module: str) -> None:
        self.altered, self.module, self.inside = altered, module, 0

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.inside += 1
        self.generic_visit(node)
        self.inside -= 1
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        written = f"{self.module}, line {node.lineno}: {ast.unparse(node)}"
        self.generic_visit(node)
        if not self.inside or type(node.op) not in OPERATORS:
            return node
        index = len(self.altered.places)
        self.altered.places.append(written)
        symbol = OPERATORS[type(node.op)][0]
        call = ast.Call(
            ast.Name("_operate", ast.Load()), [ast.Constant(index), ast.Constant(symbol), node.left, node.right], []
        )
        return ast.copy_location(call, node)


def altered(name: str) -> Altered:
    """A copy of the calculator's own file and of the formulas that it imports, such as the bill of a request."""
    copy = _altered(name)
    copy.active = None
    copy.met.clear()
    return copy


@cache
def _altered(name: str) -> Altered:
    copy = Altered()
    top = f"calculators.{name.replace('/', '.')}"
    spaces = {module: _copy(copy, module) for module in [*_formulas(top), top]}
    for space in spaces.values():
        for word, member in list(space.items()):
            module = getattr(member, "__module__", "")
            if module in spaces and hasattr(member, "__qualname__") and word in spaces[module]:
                space[word] = spaces[module][word]
    copy.formula = next(
        candidate
        for candidate in spaces[top].values()
        if callable(candidate) and hasattr(candidate, CHART) and candidate.__module__ == top
    )
    return copy


def _formulas(module: str) -> list[str]:
    """The modules of the project that a topic file takes formulas from."""
    tree = ast.parse(inspect.getsource(importlib.import_module(module)))
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    ours = [module_name for module_name in dict.fromkeys(imported) if module_name.startswith("calculators.")]
    return [module_name for module_name in ours if module_name.split(".")[-1] not in NUMBER_TYPE]


def _copy(copy: Altered, module: str) -> dict[str, Any]:
    source = inspect.getsource(importlib.import_module(module))
    tree = ast.fix_missing_locations(Reroute(copy, module).visit(ast.parse(source)))
    space: dict[str, Any] = {"__name__": module, "_operate": copy.operate}
    exec(compile(tree, f"<altered {module}>", "exec"), space)
    return space


def with_small_markets(inputs: Any) -> Any:
    """The inputs with three entries of each collection that is used whole, parts included."""
    question_class: type = type(inputs)
    asked = declared_kinds(question_class)
    small = {name: getattr(inputs, name)[:3] for name, kind in asked.items() if isinstance(kind, Every)}
    small |= {
        name: with_small_markets(getattr(inputs, name))
        for name, kind in asked.items()
        if isinstance(kind, DeclaredPlanInputs)
    }
    return dataclasses.replace(inputs, **small)


Shown = dict[str, tuple[list[Any], list[Any]]]


def working(catalogue: Catalogue, name: str, given: Mapping[str, str], by: Altered, outputs: list[str]) -> Shown:
    """For each output its results, and all that its working shows of the computation but results and numbers.

    Three entries of each collection are market enough.
    """
    calculator = find_calculator(name)

    def formula(inputs: Any) -> Any:
        return by.formula(with_small_markets(inputs))

    answer = dataclasses.replace(catalogue.compute(calculator, given), formula=formula)
    shown: Shown = {}
    for output in outputs:
        explained = answer.workings(output)
        steps = [step for explanation in explained for step in explanation.steps]
        words = [formula_text(step.node, label_in_formula) for step in steps if step.node is not None]
        conditions = [formula_condition(condition, label_in_formula) for step in steps for condition in step.conditions]
        shown[output] = ([explanation.steps[-1].value for explanation in explained], words + conditions)
    return shown


def unnoticed(catalogue: Catalogue, name: str, given: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Alters each operator in turn: the places of those that met traced numbers, and of those no working tells of.

    A result that changes under an unchanged working fails. A unit that no longer fits is noticed even earlier.
    """
    by = altered(name)
    outputs = kinds(find_calculator(name).outputs)
    amounts = [output for output, kind in outputs.items() if isinstance(kind, Amount)]
    remaining = [output for output in outputs if output not in amounts]
    before = working(catalogue, name, given, by, amounts + remaining)
    noticed = set()
    for index in sorted(by.met):
        by.active = index
        try:
            after = working(catalogue, name, given, by, amounts)
            if all(after[output] == before[output] for output in amounts):
                after |= working(catalogue, name, given, by, remaining)
        except (UnitError, DecimalException):
            noticed.add(index)
            continue
        for output, (results, words) in after.items():
            if results != before[output][0]:
                assert words != before[output][1], f"{by.places[index]}: altered, yet {output} shows the same working"
            if words != before[output][1]:
                noticed.add(index)
    return [by.places[index] for index in sorted(by.met)], [by.places[index] for index in sorted(by.met - noticed)]
