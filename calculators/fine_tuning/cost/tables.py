"""The tables of the cost of fine-tuning: where the money goes, and the same work with every offer."""

from __future__ import annotations

from dataclasses import replace

from calculators.engine.declare import RankedRow, Table, ranked_output_table
from calculators.engine.numbers import Number, bare_value, quotient, when
from calculators.fine_tuning.cost.inputs import Inputs
from calculators.fine_tuning.cost.market.offers import is_tuning_offer_open, tuning_offer_remark
from calculators.fine_tuning.cost.serving import tuning_arrangement
from calculators.fine_tuning.cost.year import TuningYear, tuning_cost_of_year


def tuning_cost_breakdown(first: TuningYear, first_year: Number) -> Table:
    """Each part of the first year with its share; parts that cost nothing are left out."""
    parts = (
        ("Labor for the prompt", first.start.labor.prompt),
        ("Labor for examples", first.start.labor.examples),
        ("Labor for set-up", first.start.labor.setup),
        ("Training", first.start.runs),
        ("Training runs that fail", first.start.failed),
        ("Evaluation", first.start.evaluation),
        ("Hosting", first.hosting),
        ("Tokens", first.tokens),
        ("Watching and upkeep", first.upkeep),
        ("Retraining", first.retraining),
    )
    return Table(tuple((label, cost, quotient(cost, first_year)) for label, cost in parts if bare_value(cost)))


def tuning_cost_ranking(i: Inputs, own_year: TuningYear) -> Table:
    """The same work with every offer, trained by its provider: first those that anybody can take, then by cost."""
    rows = []
    for listed in i.market:
        is_own = listed.id == i.offer.id
        offer = i.offer if is_own else listed
        first = (
            own_year if is_own else tuning_cost_of_year(i, replace(tuning_arrangement(i), offer=offer, rented=False))
        )
        month = first.serving.hosting + first.serving.request * i.requests * (1 + i.repeated)
        machine = when(first.serving.owned, "own hardware", "own GPU")
        served = when(first.serving.dedicated, machine, "by the token")
        cells = (offer.name, first.start.training.run, month, first.total, served, tuning_offer_remark(i, offer))
        rows.append(RankedRow(offer.id, first.total, cells, last=not is_tuning_offer_open(i, offer)))
    return ranked_output_table(rows, own=i.offer.id)
