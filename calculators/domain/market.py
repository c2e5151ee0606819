"""The same work on every model: what calculators rank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from calculators.domain.billing import Prompt, Sending, bill
from calculators.domain.billing.reasoning import EFFORTS, MODEL_DEFAULT, reasoning_effort_of_request
from calculators.domain.billing.tiers import MULTIPLES, is_tier_sold
from calculators.domain.model_notes import model_first_place_remark
from calculators.domain.plans import MonthlyPlan, shared_plan_months
from calculators.domain.records import ModelPrice
from calculators.domain.records.ends import has_ended
from calculators.engine.declare import RankedRow, Table, declared_row_remark, ranked_output_table
from calculators.engine.numbers import (
    Number,
    Share,
    bare_value,
    both,
    choose,
    known,
    known_or,
    named,
    opposite,
    quotient,
    when,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """One model's cost of the work, of a request (USD) and of a month (USD/month), None where the prompt does not fit.

    `factor` is how many of its tokens make one that was counted; `remark` says what is not quite the same.
    """

    model: ModelPrice
    request: Number | None
    month: Number | None
    factor: Number
    remark: str


def market_offers(
    market: Iterable[ModelPrice], picked: ModelPrice, prompt: Prompt, sending: Sending, paid: Number, as_of: str
) -> Iterator[Offer]:
    """The work on every model still served that day, its tokens converted to those that each model counts.

    `picked` is the model that the reader picked, whose prices the reader may have changed. `paid` is the number of
    requests paid for in a month.
    """
    for model in market_served_models(market, picked, as_of):
        yield market_offer(model, prompt, sending, paid, as_of)


def market_served_models(market: Iterable[ModelPrice], picked: ModelPrice, as_of: str) -> Iterator[ModelPrice]:
    """The models still served that day, the one that the reader picked as the reader has changed it."""
    for listed in market:
        if not has_ended(listed.retires, as_of):
            yield picked if listed.id == picked.id else listed


def market_offer(model: ModelPrice, prompt: Prompt, sending: Sending, paid: Number, as_of: str) -> Offer:
    """The work on one model."""
    request, tokenizer = bill(model, prompt, sending), prompt.counted_with
    fits = request.whole <= known_or(model.context_window, request.whole)
    return Offer(
        model=model,
        request=choose(fits, request.total, None),
        month=choose(fits, request.total * paid, None),
        factor=quotient(
            known_or(model.tokenizer_factor, 1), known_or(tokenizer.tokenizer_factor if tokenizer else None, 1)
        ),
        remark=declared_row_remark(
            when(opposite(fits), "the prompt does not fit"),
            when(both(sending.batch, opposite(known(model.batch_input))), "no batch price"),
            market_tier_remark(model, sending.tier),
            when(both(sending.caching, request.prefix > 0, opposite(request.cached)), "prefix not cached"),
            when(request.above > 0, "long-prompt price"),
            when(opposite(known(model.context_window)), "context window not known"),
            f"shuts down on {model.retires}" if model.retires > as_of else "",
            when(
                opposite(known(prompt.reasoning)), market_effort_remark(model, sending.effort, sending.default_effort)
            ),
        ),
    )


def market_ranked_models(market: Iterable[ModelPrice], rows: Iterable[RankedRow], *, own: str) -> Table:
    """A ranking of models; each row ends with its remark, in which a small model is called so.

    The model that comes first gets a word more, unless it is the reader's own or known to be large: no ranking says how
    good it is. The market may hold other models, too.
    """
    models = {model.id: model for model in market}
    marked = [
        replace(row, cells=(*row.cells[:-1], declared_row_remark(models[row.id].mark, row.cells[-1]))) for row in rows
    ]
    ranking = ranked_output_table(marked, own=own)
    if not ranking.rows or ranking.own == 0:
        return ranking
    first = next(row for row in marked if row.cells is ranking.rows[0])
    *cells, remark = first.cells
    word = model_first_place_remark(models[first.id])
    return replace(ranking, rows=((*cells, declared_row_remark(remark, word)), *ranking.rows[1:]))


def market_tier_remark(model: ModelPrice, tier: str) -> str:
    """That a model is not sold at the tier that was asked for; a batch is said elsewhere."""
    asked = bare_value(tier)
    return f"no {asked} tier" if asked in MULTIPLES and not is_tier_sold(model, tier) else ""


def market_effort_remark(model: ModelPrice, effort: str, default_effort: str) -> str:
    """At which effort a model reasons, where that is not the effort asked for; or its own default, where none was."""
    asked: str = bare_value(effort)
    asked = default_effort if asked == MODEL_DEFAULT else asked
    given = reasoning_effort_of_request(model, effort, default_effort)
    if not given or not asked:
        return ""
    if given != asked:
        return "does not reason" if given == "none" else f"reasons at {EFFORTS[given]}"
    differs = bare_value(effort) == MODEL_DEFAULT and model.default_effort not in ("", given)
    return f"at {EFFORTS[given]}, {EFFORTS[model.default_effort]} by default" if differs else ""


def market_model_plan(
    model: ModelPrice,
    prompt: Prompt,
    sending: Sending,
    repeated: Share,
    months: int,
) -> MonthlyPlan:
    """Some months of prompting a model: nothing to start, nothing fixed, a price for each request, repeats included."""

    def request(monthly_model: ModelPrice) -> Number:
        cost = bill(monthly_model, prompt, sending).total
        return named("A request, repeats included", cost * (1 + repeated))

    return MonthlyPlan(
        name=f"Prompting {model.name}",
        start=0,
        fixed=(0,) * months,
        per_request=shared_plan_months(request, map(model.in_month, range(months))),
    )
