"""Which plan is cheapest, and from when.

Up to four plans run side by side over the months: prompting, retrieval, fine-tuning, both, or costs of your own. A plan
has a start, a fixed cost a month and a cost for each request; each month takes the price announced for it. The first
plan is what the others are compared with. Two plans may cross more than once, so every month is looked at.
"""

from __future__ import annotations

from functools import cache

from calculators.choosing.break_even.compared_plans import compared_plans, is_rival_plan, rival_plan
from calculators.choosing.break_even.crossings import break_even_crossing, break_even_month, break_even_volume
from calculators.choosing.break_even.inputs import EXAMPLES, Inputs
from calculators.choosing.break_even.notes import break_even_judgement, break_even_remarks
from calculators.choosing.break_even.outputs import Outputs
from calculators.choosing.break_even.settings import break_even_settings
from calculators.choosing.break_even.spans import (
    break_even_cost_span,
    break_even_deciding_setting,
    break_even_end_versions,
    break_even_span,
    break_even_spans_table,
)
from calculators.choosing.break_even.tables import (
    break_even_cumulative_costs_table,
    break_even_split_table,
    break_even_table,
)
from calculators.engine.declare import Judgement, Range, Table, calculator, curves, later
from calculators.engine.numbers import choose

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "break_even_comparison"]


NOT_COUNTED = (
    "People's work that comes with every lever: contracts, security reviews, training for colleagues.",
    "The risk of depending on one provider, and the worth of an answer that comes faster.",
    "Taxes, discounts, surcharges for a region or for priority, and tools that a provider charges by the call.",
)


@calculator(chart=curves(output="cumulative", title="Paid by the end of each month", meeting="Break-even"))
def break_even_comparison(i: Inputs) -> Outputs:
    """Each plan's start, fixed costs and requests, month by month, against those of the first plan.

    $600 at the start, and $50 a month instead of $100, are even after 12 months:

    >>> plans = [dict(fixed=100), dict(start=600, fixed=50)]
    >>> break_even_comparison(sample(Inputs, plans=plans, horizon=24)).break_even_month
    Decimal('12')
    """
    plans = compared_plans(i)
    first = plans[0] if plans else None
    rival = rival_plan(i, plans)
    if first is None or rival is None:
        return Outputs(
            cheapest=Judgement(plans[0].name if plans else "There is no plan", ()),
            saving=None,
            outcome="alone",
            break_even_month=None,
            break_even_volume=None,
            break_even_span=Judgement("There is no other plan", ()),
            deciding=Judgement("There is no other plan", ()),
            first_total=first.total if first else None,
            other_total=None,
            first_span=Range(None, None, None),
            other_span=Range(None, None, None),
            first_accepted=first.accepted if first else Range(None, None, None),
            other_accepted=Range(None, None, None),
            comparison=later(lambda: break_even_table(i, plans)),
            settings=Table(()),
            split=later(lambda: break_even_split_table(plans)),
            cumulative=later(lambda: break_even_cumulative_costs_table(i, plans)),
            notes=later(lambda: break_even_remarks(i, plans, rival)),
        )
    compared = is_rival_plan(i, plans, rival)
    settings = cache(lambda: break_even_settings(i, first, rival))
    month = break_even_month(i, first, rival)
    return Outputs(
        cheapest=later(lambda: break_even_judgement(plans, first, rival)),
        saving=choose(compared, first.total - rival.total, None),
        outcome=later(lambda: break_even_crossing(first, rival)[0]),
        break_even_month=None if month is None else choose(compared, month, None),
        break_even_volume=later(lambda: choose(compared, break_even_volume(first, rival), None)),
        break_even_span=later(lambda: break_even_span(settings())),
        deciding=later(lambda: break_even_deciding_setting(settings())),
        first_total=first.total,
        other_total=choose(compared, rival.total, None),
        first_span=later(lambda: break_even_cost_span(first, break_even_end_versions(i, first))),
        other_span=later(lambda: break_even_cost_span(rival, break_even_end_versions(i, rival))),
        first_accepted=first.accepted,
        other_accepted=rival.accepted,
        comparison=later(lambda: break_even_table(i, plans)),
        settings=later(lambda: break_even_spans_table(settings(), i.horizon)),
        split=later(lambda: break_even_split_table(plans)),
        cumulative=later(lambda: break_even_cumulative_costs_table(i, plans)),
        notes=later(lambda: break_even_remarks(i, plans, rival, settings())),
    )
