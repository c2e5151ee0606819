"""Which tasks deserve work on their prompt, and later perhaps fine-tuning.

A task is worth the work when much is at stake in it every month: the part of its prompt that each run pays for again,
and the hours that people spend on the prompt. It must run often enough to be measured, and stay as it is for long
enough. The tasks are ranked by what is at stake, those worth the work first; each says why it stands where it does.
"""

from __future__ import annotations

from calculators.choosing.candidates.inputs import EXAMPLES, Inputs
from calculators.choosing.candidates.notes import candidate_remarks, first_candidate_judgement
from calculators.choosing.candidates.outputs import Outputs
from calculators.choosing.candidates.stakes import candidate_stake, total_candidate_stake
from calculators.choosing.candidates.tables import candidate_ranking
from calculators.engine.declare import calculator, later
from calculators.engine.numbers import choose, months, named, quotient

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "candidate_tasks"]


NOT_COUNTED = (
    "The answers and the user's own text: they differ with each run, and no work on the prompt saves them for certain.",
    "What a wrong answer of a task costs.",
)


@calculator()
def candidate_tasks(i: Inputs) -> Outputs:
    """For each task the repeated prompt, at its price, and the hours of work on it, at the rate of labor.

    1,000 runs of 4,000 tokens at $2 a million are $8, and 90 minutes at $100 an hour $150:

    >>> tasks = [dict(runs=1000, prompt_tokens=4000, minutes=90)]
    >>> candidate_tasks(sample(Inputs, tasks=tasks, labor_rate=100, model=dict(input=2))).at_stake == 158
    True
    """
    threshold = named("Least at stake", i.least_hours * i.labor_rate / months(1))
    stakes = [candidate_stake(i, task, f"Task {number}", threshold) for number, task in enumerate(i.tasks, 1)]
    at_stake = named(
        "At stake", total_candidate_stake(threshold, [choose(stake.worth, stake.total, 0) for stake in stakes])
    )
    prompts = named("All repeated prompts", total_candidate_stake(threshold, [stake.prompt for stake in stakes]))
    work = named("All work on prompts", total_candidate_stake(threshold, [stake.work for stake in stakes]))
    return Outputs(
        at_stake=at_stake,
        begin_with=later(lambda: first_candidate_judgement(stakes)),
        share_worth=quotient(at_stake, prompts + work),
        prompts=prompts,
        work=work,
        threshold=threshold,
        ranking=later(lambda: candidate_ranking(stakes)),
        notes=later(lambda: candidate_remarks(stakes)),
    )
