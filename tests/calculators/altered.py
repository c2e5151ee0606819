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

from calculators.engine.declare import CHART, Amount, Every, Part, declared, kinds
from calculators.engine.numbers import is_traced
from calculators.engine.units import UnitError
from calculators.engine.working import by_label, written, written_condition
from calculators.find import find

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

    def operate(self, at: int, symbol: str, left: Any, right: Any) -> Any:
        """What stands in the copy in the place of `left symbol right`."""
        if is_traced(left, right):
            self.met.add(at)
        if at == self.active:
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
        at = len(self.altered.places)
        self.altered.places.append(written)
        symbol = OPERATORS[type(node.op)][0]
        call = ast.Call(
            ast.Name("_operate", ast.Load()), [ast.Constant(at), ast.Constant(symbol), node.left, node.right], []
        )
        return ast.copy_location(call, node)


def altered(name: str) -> Altered:
    """A copy of the calculator's own file and of the formulas that it imports, such as the bill of a request."""
    made = _altered(name)
    made.active = None
    made.met.clear()
    return made


@cache
def _altered(name: str) -> Altered:
    made = Altered()
    top = f"calculators.{name.replace('/', '.')}"
    spaces = {module: _copy(made, module) for module in [*_formulas(top), top]}
    for space in spaces.values():
        for word, value in list(space.items()):
            module = getattr(value, "__module__", "")
            if module in spaces and hasattr(value, "__qualname__") and word in spaces[module]:
                space[word] = spaces[module][word]
    made.formula = next(it for it in spaces[top].values() if callable(it) and hasattr(it, CHART))
    return made


def _formulas(module: str) -> list[str]:
    """The modules of the project that a topic file takes formulas from."""
    tree = ast.parse(inspect.getsource(importlib.import_module(module)))
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    ours = [it for it in dict.fromkeys(imported) if it.startswith("calculators.")]
    return [it for it in ours if it.split(".")[-1] not in NUMBER_TYPE]


def _copy(made: Altered, module: str) -> dict[str, Any]:
    source = inspect.getsource(importlib.import_module(module))
    tree = ast.fix_missing_locations(Reroute(made, module).visit(ast.parse(source)))
    space: dict[str, Any] = {"__name__": module, "_operate": made.operate}
    exec(compile(tree, f"<altered {module}>", "exec"), space)
    return space


def with_small_markets(inputs: Any) -> Any:
    """The inputs with three entries of each collection that is used whole, parts included."""
    asked = declared(type(inputs))
    small = {name: getattr(inputs, name)[:3] for name, kind in asked.items() if isinstance(kind, Every)}
    small |= {name: with_small_markets(getattr(inputs, name)) for name, kind in asked.items() if isinstance(kind, Part)}
    return dataclasses.replace(inputs, **small)


Shown = dict[str, tuple[list[Any], list[Any]]]


def working(catalogue: Any, name: str, given: Mapping[str, str], by: Altered, outputs: list[str]) -> Shown:
    """For each output its results, and all that its working shows of the computation but results and numbers.

    Three entries of each collection are market enough.
    """
    calculator = find(name)

    def formula(inputs: Any) -> Any:
        return by.formula(with_small_markets(inputs))

    answer = dataclasses.replace(catalogue.reply(calculator, given), formula=formula)
    found: Shown = {}
    for output in outputs:
        explained = answer.workings(output)
        steps = [step for one in explained for step in one.steps]
        words = [written(step.node, by_label) for step in steps if step.node is not None]
        conditions = [written_condition(condition, by_label) for step in steps for condition in step.conditions]
        found[output] = ([one.steps[-1].value for one in explained], words + conditions)
    return found


def unnoticed(catalogue: Any, name: str, given: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Alters each operator in turn: the places of those that met traced numbers, and of those no working tells of.

    A result that changes under an unchanged working fails. A unit that no longer fits is noticed even earlier.
    """
    by = altered(name)
    outputs = kinds(find(name).outputs)
    amounts = [output for output, kind in outputs.items() if isinstance(kind, Amount)]
    others = [output for output in outputs if output not in amounts]
    before = working(catalogue, name, given, by, amounts + others)
    noticed = set()
    for at in sorted(by.met):
        by.active = at
        try:
            after = working(catalogue, name, given, by, amounts)
            if all(after[output] == before[output] for output in amounts):
                after |= working(catalogue, name, given, by, others)
        except (UnitError, DecimalException):
            noticed.add(at)
            continue
        for output, (results, words) in after.items():
            if results != before[output][0]:
                assert words != before[output][1], f"{by.places[at]}: altered, yet {output} shows the same working"
            if words != before[output][1]:
                noticed.add(at)
    return [by.places[at] for at in sorted(by.met)], [by.places[at] for at in sorted(by.met - noticed)]
