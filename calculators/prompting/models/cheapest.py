"""The models that may do the work, and the cheapest of them beside the reader's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from calculators.domain.billing import bill
from calculators.domain.market import Offer, market_model_plan, market_offer, market_offers
from calculators.domain.plans import MonthlyPlan, plan_payback_months
from calculators.domain.records import ModelPrice
from calculators.domain.records.ends import has_ended
from calculators.engine.declare import Judgement, is_ranking_of_zeros
from calculators.engine.facts import months_between_days
from calculators.engine.numbers import (
    Condition,
    Note,
    Number,
    bare_value,
    both,
    choose,
    either_of,
    known,
    known_or,
    name_in_note,
    named,
    opposite,
    sorted_by_number,
    untraced,
)
from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import MONTH, USD
from calculators.prompting.models.inputs import Inputs
from calculators.prompting.models.request import model_choice_paid_requests, model_choice_prompt, model_choice_sending

ENDS = "months until its announced end"
MONTHS_AHEAD = 12
"""The months over which a switch is judged."""


def is_cheapest_model_candidate(i: Inputs, model: ModelPrice) -> Condition:
    """Whether a model may do the work, by the shortlist, its provider, window, batch price and announced end."""
    window = known_or(model.context_window, 0)
    left = Constant(cheapest_model_months_left(i.as_of, model.retires), ENDS, MONTH) if model.retires else None
    return both(
        not i.shortlist or model.id in (*i.shortlist, i.model.id),
        either_of(i.provider == "any", i.provider == model.group),
        either_of(i.context_window == 0, window >= i.context_window),
        either_of(opposite(i.batch_only), known(model.batch_input)),
        i.served >= 0 if left is None else i.served <= left,
    )


def cheapest_model_months_left(first: str, second: str) -> int:
    """The months from one day to another that are over; negative once the other day has come.

    >>> cheapest_model_months_left("2026-11-21", "2027-01-14"), cheapest_model_months_left("2026-12-01", "2026-12-01")
    (1, -1)
    """
    begun = months_between_days(first, second)
    has_come = has_ended(second, first)
    return begun - 1 if has_come or second.rpartition("-")[2] < first.rpartition("-")[2] else begun


def cheapest_model_candidates(i: Inputs) -> list[Offer]:
    """The work on every model that may do it, the cheapest first; inputs untraced."""
    market = tuple(model for model in i.market if bare_value(is_cheapest_model_candidate(i, model)))
    priced = market_offers(
        market, i.model, model_choice_prompt(i), model_choice_sending(i), model_choice_paid_requests(i), i.as_of
    )
    return sorted_by_number(priced, key=lambda candidate: candidate.month)


@dataclass(frozen=True, slots=True)
class PriceChange:
    """The day from which announced prices make the work cost another amount, and that amount (USD/month)."""

    since: str
    month: Number


def model_choice_price_change(i: Inputs, model: ModelPrice, paid: Number) -> PriceChange | None:
    """The first announced change of a model's prices within 12 months that changes what the work costs there."""
    ahead = [later for begins, later in model.schedule if begins < MONTHS_AHEAD]
    if not ahead:
        return None
    prompt, sending = model_choice_prompt(i), model_choice_sending(i)
    now = bill(model, prompt, sending).total
    for later in ahead:
        then = bill(later, prompt, sending).total
        if bare_value(then) != bare_value(now):
            return PriceChange(later.since, named(f"A month from {later.since} on", then * paid))
    return None


class CheapestModel:
    """The cheapest model beside the reader's own; everything None where no model may do the work."""

    def __init__(self, i: Inputs, paid: Number, per_month: Number) -> None:
        self.i, self.paid, self.per_month = i, paid, per_month

    @cached_property
    def model(self) -> ModelPrice | None:
        """The cheapest model, with the numbers of this run; None where none may do the work, or none has room."""
        return self._with_numbers_of_run(self._priced[0]) if self._priced else None

    def _with_numbers_of_run(self, offer: Offer) -> ModelPrice:
        if offer.model.id == self.i.model.id:
            return self.i.model
        return next(model for model in self.i.market if model.id == offer.model.id)

    @property
    def name(self) -> str:
        """What it is called, with its provider."""
        if self._offers and not self._priced:
            return "nothing to price"
        return f"{self.model.name} from {self.model.group}" if self.model else "none of the listed models may do it"

    @property
    def judgement(self) -> Judgement:
        """The cheapest model with what the work costs there, beside the model in use."""
        model = self.model
        if model is None:
            return Judgement(self.name, ())
        name = name_in_note(self.name)
        change, in_use = self.change, name_in_note(self.i.model.name)
        begins = f", from {change.since} {{then}}" if change else ""
        words = f"{name}, {{month}} a month{begins}; {in_use} in use, {{now}}"
        called = [name, *([change.since] if change else []), in_use]
        if self.is_own:
            words = f"{name}, in use, {{month}} a month{self._ahead}"
            called = [name, *(name_in_note(offer.model.name) for offer in self._priced[1:2])]
        costs = {"month": self.month, "now": self.per_month, "more": self.next_costs}
        costs |= {"then": change.month} if change else {}
        amounts = Note(True, words, {cost: (number, USD) for cost, number in costs.items()})
        return Judgement(self.name, (), amounts, called=tuple(called))

    @cached_property
    def change(self) -> PriceChange | None:
        """The first announced change that makes another month of the cheapest model's, within the 12 months."""
        return None if self.model is None else model_choice_price_change(self.i, self.model, self.paid)

    @property
    def is_own(self) -> bool:
        """Whether the cheapest is the model in use."""
        return self.model is not None and self.model.id == self.i.model.id

    @cached_property
    def _offers(self) -> list[Offer]:
        """The models that may do the work and have room for it, the cheapest first."""
        return [offer for offer in cheapest_model_candidates(untraced(self.i)) if offer.month is not None]

    @property
    def _priced(self) -> list[Offer]:
        """The same; none where there is no work, as each of several costs nothing and none is the cheapest."""
        return [] if is_ranking_of_zeros(offer.month for offer in self._offers) else self._offers

    @property
    def _ahead(self) -> str:
        """Where the cheapest is in use: among how many, and what the next costs more."""
        others = self._priced[1:]
        if not others:
            return ", the only one that may do it"
        after, costs = name_in_note(others[0].model.name), "{more} more" if bare_value(self.next_costs) else "as much"
        return f": the cheapest of {len(self._priced)}; the next, {after}, costs {costs}"

    @cached_property
    def next_costs(self) -> Number | None:
        """What the next model costs more a month than the one in use, where that is the cheapest (USD/month)."""
        if not self.is_own or self.month is None or len(self._priced) < 2:
            return None
        month = self._month_on(self._with_numbers_of_run(self._priced[1]))
        return None if month is None else month - self.month

    @cached_property
    def month(self) -> Number | None:
        """What the work costs there a month (USD/month)."""
        return None if self.model is None else named("The cheapest costs a month", self._month_on(self.model))

    def _month_on(self, model: ModelPrice) -> Number | None:
        """What the work costs a month on a model, where that may do it (USD/month)."""
        i = self.i
        priced = market_offer(model, model_choice_prompt(i), model_choice_sending(i), self.paid, i.as_of)
        month: Number | None = choose(is_cheapest_model_candidate(i, model), priced.month, None)
        return month

    @cached_property
    def saving(self) -> Number | None:
        """What a switch saves a month (USD/month); None where the cheapest is in use."""
        return None if self.month is None or self.is_own else self.per_month - self.month

    @cached_property
    def switch(self) -> Number:
        """What the switch itself costs, once (USD)."""
        return named("Work to switch", self.i.switching_hours * self.i.labor_rate)

    @cached_property
    def staying(self) -> MonthlyPlan:
        """12 months of the work on the model in use, at the prices that are announced."""
        return self._year_on(self.i.model)

    @cached_property
    def switching(self) -> MonthlyPlan | None:
        """The same on the cheapest model; None where that is in use, or no model may do the work."""
        return None if self.model is None or self.is_own else self._year_on(self.model)

    def _year_on(self, model: ModelPrice) -> MonthlyPlan:
        i = self.i
        return market_model_plan(model, model_choice_prompt(i), model_choice_sending(i), i.repeated, MONTHS_AHEAD)

    @cached_property
    def saving_per_year(self) -> Number | None:
        """What the switch saves in 12 months, announced prices and its own cost counted (USD); None without one."""
        if self.model is None or self.switching is None:
            return None
        i = self.i
        saved: Number = self.staying.total(i.requests) - self.switching.total(i.requests) - self.switch
        # Both branches are the same: the working names the conditions that left this model as the cheapest.
        return choose(is_cheapest_model_candidate(i, self.model), saved, saved)

    @cached_property
    def payback(self) -> Number | None:
        """After how many months the saving has paid for the switch, announced prices counted."""
        if self.saving is None or self.switching is None:
            return None
        paid = plan_payback_months(self.staying, self.switching, self.i.requests, self.switch)
        return choose(self.saving > 0, paid, None)
