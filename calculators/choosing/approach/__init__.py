"""Which lever to pull: prompting, retrieval or fine-tuning.

The advice comes from rules in the data, each with its reason and source. They stand on a ladder from the cheapest lever
to the costliest; the verdict is the lowest rung that a rule favors and none rules out. Whether the task is ready for
fine-tuning is a ladder of its own, whose verdict is one of the answers. Four answers need arithmetic; it is done here.
"""

from __future__ import annotations

from calculators.choosing.approach.advice import ApproachAdvice
from calculators.choosing.approach.cascade import (
    cascade_costs,
    cascade_outcome,
    cascade_pays_from,
)
from calculators.choosing.approach.inputs import EXAMPLES, Inputs
from calculators.choosing.approach.notes import approach_contradiction_notes, approach_open_offers_note
from calculators.choosing.approach.outputs import Outputs
from calculators.engine.declare import calculator, later, steps
from calculators.engine.numbers import bare_value, both, choose, opposite, untraced

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "approach"]


NOT_COUNTED = (
    "What each lever costs: the break-even puts amounts to them.",
    "Cases unlike those that were looked at.",
)


@calculator(chart=steps(output="steps", title="The ladder, and where you are on it"))
def approach(i: Inputs) -> Outputs:
    """Quotients become answers; the rules do the rest. None is shown where it decides nothing.

    Volume and stability decide nothing where nothing is measured or nobody trains, and the rates of a small model first
    only where the answers are good enough and cost too much.

    >>> given = dict(requests=50_000, break_even_requests=200_000, test_set=True, result="reached", provider="open")
    >>> approach(sample(Inputs, **given)).volume_ratio
    Decimal('0.25')
    """
    volume_ratio = i.requests / i.break_even_requests
    stable_intervals = i.stable_months / i.retraining_months
    could_train = both(i.test_set, opposite(i.result == "unmeasured"), i.provider == "open")
    too_costly = both(i.result == "reached", opposite(i.cost_and_latency == "fine"))
    rates = i if bare_value(too_costly) else untraced(i)  # the rules alone need them then: no working shows them
    cost, good = cascade_outcome(rates)
    computed = {
        "volume_ratio": volume_ratio,
        "stable_intervals": stable_intervals,
        "cascade_cost": cost,
        "cascade_quality": good / rates.cascade_target,
    }
    advice = ApproachAdvice(i, {name: untraced(number) for name, number in computed.items()})
    return Outputs(
        verdict=later(lambda: advice.verdict),
        what_to_do=later(lambda: advice.what_to_do),
        next_rung=later(lambda: advice.next_rung),
        readiness=later(lambda: advice.readiness),
        volume_ratio=choose(could_train, volume_ratio, None),
        stable_intervals=choose(could_train, stable_intervals, None),
        cascade_cost=choose(too_costly, cost, None),
        cascade_good=choose(too_costly, good, None),
        cascade_pays_from=choose(too_costly, cascade_pays_from(cascade_costs(rates)), None),
        steps=later(lambda: advice.steps),
        changes=later(lambda: advice.changes),
        ladder=later(lambda: advice.ladder),
        notes=later(lambda: (*approach_contradiction_notes(i), *advice.waivers, approach_open_offers_note(i.offers))),
    )
