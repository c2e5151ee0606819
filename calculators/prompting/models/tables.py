"""The work on every model that may do it."""

from __future__ import annotations

from calculators.domain.billing import bill
from calculators.domain.market import Offer, market_offers, market_ranked_models
from calculators.domain.records import ModelPrice
from calculators.engine.declare import RankedRow, Table, declared_row_remark
from calculators.engine.numbers import Number, bare_value, is_known_number, known, untraced, when
from calculators.engine.numbers.rounding import rounded_without_noun
from calculators.engine.numbers.units import USD_PER_MONTH
from calculators.prompting.models.cheapest import is_cheapest_model_candidate, model_choice_price_change
from calculators.prompting.models.inputs import Inputs
from calculators.prompting.models.request import model_choice_prompt, model_choice_sending


def prompting_model_ranking(i: Inputs, paid: Number, per_month: Number) -> Table:
    """The work on every model that may do it, in the order asked for; `per_month` is what the reader's model costs."""
    bare = untraced(i)
    admitted_ids = {model.id for model in bare.market if is_cheapest_model_candidate(bare, model)}
    market = [model for model in i.market if model.id in admitted_ids]
    rows = []
    for offer in market_offers(market, i.model, model_choice_prompt(i), model_choice_sending(i), paid, i.as_of):
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
            declared_row_remark(offer.remark, model_choice_change_remark(i, model, paid)),
        )
        rows.append(RankedRow(model.id, prompting_model_table_rank(offer, bare.sort), cells))
    return market_ranked_models([*i.market, i.model], rows, own=i.model.id)


def prompting_models_side_by_side_table(i: Inputs, paid: Number) -> Table:
    """What the work costs on the models of the shortlist and on the reader's own, and why; no rows without one."""
    compared = {*i.shortlist, i.model.id} if i.shortlist else set()
    market = [model for model in i.market if model.id in compared]
    prompt, sending = model_choice_prompt(i), model_choice_sending(i)
    rows = []
    for offer in market_offers(market, i.model, prompt, sending, paid, i.as_of):
        model, request = offer.model, bill(offer.model, prompt, sending)
        cells = (
            model.name,
            offer.month,
            offer.request,
            request.read,
            request.tokens["reasoning"],
            model.tokenizer or "not known",
            declared_row_remark(offer.remark, model_choice_change_remark(i, model, paid)),
        )
        rows.append(RankedRow(model.id, offer.request, cells))
    return market_ranked_models([*i.market, i.model], rows, own=i.model.id)


def model_choice_change_remark(i: Inputs, model: ModelPrice, paid: Number) -> str:
    """From which day on announced prices make the work cost another amount, and which."""
    change = model_choice_price_change(i, model, paid)
    if change is None:
        return ""
    return f"from {change.since} {rounded_without_noun(bare_value(change.month), USD_PER_MONTH)} a month"


def prompting_model_table_rank(offer: Offer, sort: str) -> Number | str | None:
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
