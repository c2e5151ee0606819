"""The examples in docstrings give what they say, and each shows the very thing that its docstring describes."""

from __future__ import annotations

import ast
import doctest
import importlib
from collections.abc import Iterator
from decimal import Decimal, localcontext
from types import ModuleType

import pytest

from calculators import discovery
from calculators.engine.numbers import EXACT
from tests.conftest import ROOT
from tests.sample import sample

MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for package in ("calculators", "macros")
    for path in (ROOT / package).rglob("*.py")
    if ">>>" in path.read_text("utf-8")
)
PROVIDED = {"Decimal": Decimal, "sample": sample}
"""What every example may use without saying where it comes from."""


def examples(module: ModuleType) -> Iterator[doctest.DocTest]:
    """The docstrings of a module that hold examples."""
    finder = doctest.DocTestFinder()
    return (test for test in finder.find(module, globs={**vars(module), **PROVIDED}) if test.examples)


def names(test: doctest.DocTest) -> set[str]:
    """The names that the examples of one docstring use."""
    nodes = [node for example in test.examples for node in ast.walk(ast.parse(example.source))]
    variables = {node.id for node in nodes if isinstance(node, ast.Name)}
    return variables | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def owners(test: doctest.DocTest, module: ModuleType) -> set[str]:
    """What an example may show: a function; a class, one of its objects, its method; of a module, anything public."""
    if test.name == module.__name__:
        return {name for name in vars(module) if not name.startswith("_")}
    owner, *methods = test.name.removeprefix(f"{module.__name__}.").split(".")
    kind = getattr(module, owner)
    objects = {name for name, member in vars(module).items() if isinstance(kind, type) and isinstance(member, kind)}
    return {owner, *methods, *objects}


def strangers(module: ModuleType) -> list[str]:
    """The docstrings whose examples show something else."""
    return [test.name for test in examples(module) if not names(test) & owners(test, module)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_give_what_they_say(name: str) -> None:
    module = importlib.import_module(name)
    runner = doctest.DocTestRunner(optionflags=doctest.FAIL_FAST)
    with localcontext(EXACT):
        for test in examples(module):
            runner.run(test)
    assert runner.failures == 0, name


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_call_what_they_describe(name: str) -> None:
    assert strangers(importlib.import_module(name)) == []


def test_an_example_of_something_else_is_noticed() -> None:
    module = ModuleType("planted")
    code = 'def cost():\n    """What it costs.\n\n    >>> 5 * 500 * 2\n    5000\n    """\n'
    exec(compile(code, "planted.py", "exec"), module.__dict__)
    assert strangers(module) == ["planted.cost"]
    exec(compile(code.replace(">>> 5 * 500 * 2", ">>> cost()"), "planted.py", "exec"), module.__dict__)
    assert strangers(module) == []


def test_every_formula_has_an_example() -> None:
    formulas = [discovery.find_calculator(name).formula for name in discovery.calculator_names()]
    assert [formula.__qualname__ for formula in formulas if ">>>" not in (formula.__doc__ or "")] == []
