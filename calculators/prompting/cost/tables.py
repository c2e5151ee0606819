"""The tables of the cost of a prompt: its parts, and the same work on every model."""

from __future__ import annotations

from calculators.domain.billing import Bill
from calculators.domain.market import market_offers, market_ranked_models
from calculators.engine.declare import RankedRow, Table
from calculators.engine.numbers import Number, bare_value, is_known_number, quotient
from calculators.prompting.cost.inputs import Inputs
from calculators.prompting.cost.request import prompt_cost_request, prompt_cost_sending

LABELS = {
    "instructions": "Fixed instructions",
    "examples": "Examples",
    "history": "Earlier turns, sent again",
    "context": "Retrieved or pasted context",
    "user_text": "The user's text",
    "answer": "Answer",
    "reasoning": "Hidden reasoning",
}
"""What each part of a request is called, in the order in which it is sent and answered."""


def prompt_cost_breakdown(request: Bill, paid: Number, per_month: Number) -> Table:
    """Each part of a request with its tokens, its cost a month and its share; parts without tokens are left out."""
    rows: list[tuple[str, Number | None, Number, Number]] = []
    for part, label in LABELS.items():
        cost = getattr(request, part) * paid
        if bare_value(request.tokens[part]):
            rows.append((label, request.tokens[part], cost, quotient(cost, per_month)))
    if not isinstance(request.storage, int):
        cost = request.storage * paid
        rows.append(("Keeping the instructions, by the hour", None, cost, quotient(cost, per_month)))
    return Table(tuple(rows))


def prompt_cost_ranking(i: Inputs, paid: Number, per_month: Number) -> Table:
    """The same work on every model still served that day, the cheapest first, tokens converted by each one's factor.

    `per_month` is what the work costs on the reader's model.
    """
    rows = []
    for offer in market_offers(i.market, i.model, prompt_cost_request(i), prompt_cost_sending(i), paid, i.as_of):
        model, month = offer.model, offer.month
        against = month - per_month if is_known_number(month) else None
        cells = (model.name, model.group, month, offer.request, against, offer.factor, offer.remark)
        rows.append(RankedRow(model.id, month, cells))
    return market_ranked_models([*i.market, i.model], rows, own=i.model.id)
