"""The work on every model that may do it."""

from __future__ import annotations

from calculators.domain.market import Offer, market_offers
from calculators.engine.declare import RankedRow, Table, ranked_output_table
from calculators.engine.numbers import Number, bare_value, is_known_number, known, untraced, when
from calculators.prompting.models.cheapest import is_cheapest_model_candidate
from calculators.prompting.models.inputs import Inputs
from calculators.prompting.models.request import model_request_prompt, model_request_sending


def prompting_model_ranking(i: Inputs, paid: Number, per_month: Number) -> Table:
    """The work on every model that may do it, in the order asked for; `per_month` is what the reader's model costs."""
    bare = untraced(i)
    admitted_ids = {model.id for model in bare.market if is_cheapest_model_candidate(bare, model)}
    market = [model for model in i.market if model.id in admitted_ids]
    rows = []
    for offer in market_offers(market, i.model, model_request_prompt(i), model_request_sending(i), paid, i.as_of):
        model, month = offer.model, offer.month
        cells = (
            model.name,
            model.group,
            month,
            month - per_month if is_known_number(month) else None,
            model.input,
            model.output,
            model.context_window,
            offer.factor,
            when(known(model.batch_input), "yes", "no"),
            model.retires or "none",
            offer.remark,
        )
        rows.append(RankedRow(model.id, prompting_table_rank(offer, bare.sort), cells))
    return ranked_output_table(rows, own=i.model.id)


def prompting_table_rank(offer: Offer, sort: str) -> Number | str | None:
    """What a model is sorted by: a cost or a price, its announced end, or its window, the largest first."""
    model, window = offer.model, bare_value(offer.model.context_window)
    if sort == "context_window":
        return None if window is None else -window
    ranks: dict[str, Number | str | None] = {
        "cost": offer.month,
        "input": model.input,
        "output": model.output,
        "retirement": model.retires or None,
    }
    return ranks[sort]
