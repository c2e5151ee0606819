"""The same work on every model: what two calculators of this topic rank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from calculators.engine.billing import Prompt, Sending, bill
from calculators.engine.numbers import both, choose, known, known_or, named, opposite, quotient, when
from calculators.engine.plans import Plan
from calculators.engine.records import ModelPrice


@dataclass(frozen=True, slots=True)
class Offer:
    """One model's cost of the work, None where the prompt does not fit; `remark` says what is not quite the same."""

    model: ModelPrice
    request: Any
    month: Any
    factor: Any
    remark: str


def offers(
    market: Iterable[ModelPrice], own: ModelPrice, prompt: Prompt, sending: Sending, paid: Any, as_of: str
) -> Iterator[Offer]:
    """The work on every model still served that day, its tokens converted from those of the reader's own model.

    `paid` is the number of requests paid for in a month.
    """
    for listed in market:
        if "" < listed.retires <= as_of:
            continue
        is_own = listed.id == own.id
        yield offer(own if is_own else listed, own, prompt, sending, paid, as_of)


def offer(model: ModelPrice, own: ModelPrice, prompt: Prompt, sending: Sending, paid: Any, as_of: str) -> Offer:
    """The work on one model."""
    theirs = bill(model, prompt, sending, None if model.id == own.id else own)
    fits = theirs.whole <= known_or(model.context_window, theirs.whole)
    words = [
        when(opposite(fits), "the prompt does not fit"),
        when(both(sending.batch, opposite(known(model.batch_input))), "no batch price"),
        when(both(sending.caching, theirs.prefix > 0, opposite(theirs.cached)), "prefix not cached"),
        when(theirs.above > 0, "long-prompt price"),
        when(opposite(known(model.context_window)), "context window not known"),
        f"shuts down on {model.retires}" if model.retires > as_of else "",
    ]
    return Offer(
        model=model,
        request=choose(fits, theirs.total, None),
        month=choose(fits, theirs.total * paid, None),
        factor=quotient(known_or(model.tokenizer_factor, 1), known_or(own.tokenizer_factor, 1)),
        remark="; ".join(word for word in words if word),
    )


def plan_for(
    model: ModelPrice, prompt: Prompt, sending: Sending, repeated: Any, months: int, own: ModelPrice | None = None
) -> Plan:
    """Some months of prompting a model: nothing to start, nothing fixed, a price for each request, repeats included.

    `own` is the model whose tokens the prompt was counted in, where that is another one.
    """
    costs: dict[int, Any] = {}
    in_months = [model.in_month(month) for month in range(months)]
    for it in in_months:
        if id(it) not in costs:
            total = bill(it, prompt, sending, own).total
            costs[id(it)] = named("A request, repeats included", total * (1 + repeated))
    return Plan(
        name=f"Prompting {model.name}",
        start=0,
        fixed=(0,) * months,
        per_request=tuple(costs[id(it)] for it in in_months),
    )
