"""A headline in words says whether it has a working, so that no edit takes a traced run to find that there is none."""

from __future__ import annotations

from decimal import localcontext

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import calculator_names, find_calculator
from calculators.engine.answering.runs import traced_run_inputs
from calculators.engine.answering.working import answer_workings
from calculators.engine.declare import Verdict, kinds, output_value
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.numbers import EXACT


def headline_verdicts() -> dict[str, Verdict]:
    """The headlines that are verdicts, by the name of the calculator."""
    headlines = {name: kinds((calculator := find_calculator(name)).outputs)[calculator.headline] for name in NAMES}
    return {name: kind for name, kind in headlines.items() if isinstance(kind, Verdict)}


NAMES = calculator_names()


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", headline_verdicts())
def test_a_verdict_has_a_working_unless_it_is_given_by_rules(name: str, catalogue: Catalogue) -> None:
    """In a traced run with the defaults and with each example."""
    calculator, kind = find_calculator(name), headline_verdicts()[name]
    for given in ({}, *(example.given for example in calculator.examples)):
        reading = understand_inputs(calculator.inputs, given, catalogue.facts).need()
        with localcontext(EXACT):
            outputs = calculator.formula(traced_run_inputs(reading))
            workings = answer_workings(kind, output_value(getattr(outputs, calculator.headline)))
        assert bool(workings) is not kind.by_rules, given
