"""Your case.

The next step, what every lever would cost in its first year, what decides, and what to measure.

The next step follows from the ladder's rules, the costs from the calculators of the levers, the waiting time and the
number of test cases from theirs. Nothing is computed here that another calculator computes: a case asks them all at
once, with one set of answers.
"""

from __future__ import annotations

from functools import cache

from calculators.choosing.break_even.crossings import break_even_volume
from calculators.choosing.break_even.spans import break_even_end_versions
from calculators.choosing.break_even.tables import break_even_ends_table
from calculators.choosing.case.inputs import EXAMPLES, Inputs
from calculators.choosing.case.levers import case_plans, case_plans_at_home, case_searches_documents, case_spans
from calculators.choosing.case.notes import case_cheapest, case_remarks
from calculators.choosing.case.outputs import Outputs
from calculators.choosing.case.step import CaseStep
from calculators.choosing.case.tables import (
    UNCOUNTED,
    case_hours_table,
    case_lever_table,
    case_uncounted_table,
    case_wait_table,
)
from calculators.choosing.case.wait import case_speed_in_words, case_waits
from calculators.engine.declare import Judgement, Table, calculator, later
from calculators.engine.numbers import choose
from calculators.evaluating import evaluation_plan
from calculators.serving import MEDIAN, SLOW

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "case"]

NOT_COUNTED = tuple(f"{matter}." for matter, *_ in UNCOUNTED)

RANGE_SAMPLES = 100
"""A run takes milliseconds, and a page waits five seconds at most."""


@calculator(samples=RANGE_SAMPLES)
def case(i: Inputs) -> Outputs:
    """The four levers over twelve months, and the ladder's rules.

    A thousand requests a month of 800 tokens in and 300 out, at $2 and $10 a million, are $4.60 a month:

    >>> request = dict(user_text=800, answer=300, model=dict(input=2, output=10))
    >>> case(sample(Inputs, requests=1000, **request)).prompting_year == Decimal("55.2")
    True
    """
    plans = case_plans(i)
    prompting, retrieval, tuned, tuned_search = plans.values()
    searches = case_searches_documents(i)
    tested = cache(lambda: evaluation_plan(i.test).paired_sample_size)
    step = cache(lambda: CaseStep(i, plans))
    every_plan = cache(lambda: {**plans, **case_plans_at_home(i)})
    versions = cache(lambda: {name: break_even_end_versions(plan.i, plan) for name, plan in every_plan().items()})
    spans = cache(lambda: case_spans(every_plan(), versions()))
    waits = cache(lambda: case_waits(i))
    wait = cache(lambda: waits()["case"])
    ends = cache(lambda: break_even_ends_table(zip(every_plan().values(), versions().values(), strict=True)))
    return Outputs(
        step=later(lambda: step().verdict(spans(), tested(), (wait().whole(MEDIAN), wait().whole(SLOW)))),
        step_year=later(lambda: step().span(spans())),
        what_to_do=later(lambda: step().what_to_do),
        next_rung=later(lambda: step().next_rung),
        measure=later(lambda: step().measure),
        cases=later(tested),
        speeds_of=later(lambda: Judgement(case_speed_in_words(i), ())),
        first_token=later(lambda: wait().first(SLOW)),
        whole_answer=later(lambda: wait().whole(SLOW)),
        cheapest=later(lambda: case_cheapest(i, every_plan())),
        levers=later(lambda: case_lever_table(i, every_plan(), spans())),
        hours=later(lambda: case_hours_table(i, every_plan())),
        ends=later(ends),
        turns=Table(()),
        changes=later(lambda: step().changes),
        waits=later(lambda: case_wait_table(i, plans, waits())),
        uncounted=later(case_uncounted_table),
        prompting_year=prompting.total,
        retrieval_year=retrieval.total,
        tuned_year=tuned.total,
        both_year=tuned_search.total,
        tuning_saves=choose(searches, retrieval.total - tuned_search.total, prompting.total - tuned.total),
        break_even_volume=later(
            lambda: choose(searches, break_even_volume(retrieval, tuned_search), break_even_volume(prompting, tuned))
        ),
        notes=later(lambda: case_remarks(i, plans, tested(), wait(), step(), ends())),
    )
