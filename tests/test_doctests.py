"""The examples in docstrings give what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from decimal import Decimal, localcontext

import pytest

import calculators
from calculators.engine.numbers import EXACT

MODULES = sorted(it.name for it in pkgutil.walk_packages(calculators.__path__, "calculators."))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_give_what_they_say(name: str) -> None:
    module = importlib.import_module(name)
    runner = doctest.DocTestRunner(optionflags=doctest.FAIL_FAST)
    with localcontext(EXACT):
        for it in doctest.DocTestFinder(recurse=True).find(module, globs={**vars(module), "Decimal": Decimal}):
            runner.run(it)
    assert runner.failures == 0, name


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder()
    counts = [len(it.examples) for name in MODULES for it in finder.find(importlib.import_module(name))]
    assert sum(counts) > 20
