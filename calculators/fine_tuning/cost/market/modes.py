"""Every way in which a tuned model is sold, each with what it costs, and the one that costs least at this volume."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from calculators.domain.records import TuningOffer
from calculators.domain.units import KW, USD_PER_KWH
from calculators.engine.declare import Judgement, RankedRow, Table, ranked_output_table
from calculators.engine.numbers import (
    Number,
    bare_exchanged_word,
    bare_value,
    is_known_number,
    note,
    sorted_by_number,
    untraced,
)
from calculators.engine.numbers.rounding import rounded_amount, unrounded_quantity
from calculators.engine.numbers.units import HOUR, MONTH, ONE, SHARE, USD
from calculators.fine_tuning.cost.inputs import Inputs
from calculators.fine_tuning.cost.market.offers import is_tuning_offer_open
from calculators.fine_tuning.cost.serving import (
    Serving,
    tuned_model_serving,
    tuning_arrangement,
    tuning_serves_open_weights,
)
from calculators.fine_tuning.cost.year import TuningYear, tuning_cost_of_year

LEAST_LOAD = Decimal("0.001")
"""The smallest share of a machine's speed that is written as a number."""

MODES = {
    "token": ("By the token", "serverless"),
    "fee": ("By the token, with an hourly fee", "serverless"),
    "rented": ("On a rented GPU", "dedicated"),
    "bought": ("On hardware that you buy", "owned"),
}
"""What each way of serving is called, and the answer to "Where the tuned model runs" that asks for it."""


@dataclass(frozen=True, slots=True)
class TuningServingMode:
    """One way of serving: the questions answered so, with an offer that is sold so, and its first year.

    `is_own` says that the reader's own answer counts with it.
    """

    key: str
    inputs: Inputs
    year: TuningYear
    is_own: bool

    @property
    def name(self) -> str:
        """What it is called, with the offer."""
        return f"{MODES[self.key][0]}: {self.inputs.offer.name}"


def tuning_serving_modes(i: Inputs) -> list[TuningServingMode]:
    """Every way that is sold: with the reader's offer where that is sold so, else with the cheapest open one."""
    own = tuning_mode_in_use(i.offer, tuned_model_serving(i, tuning_arrangement(i), i.requests))
    modes = []
    for key, (_, word) in MODES.items():
        hosting, provider = bare_exchanged_word(i.hosting, word), bare_exchanged_word(i.training_on, "provider")
        rented_training = bare_value(i.training_on) == "gpus"
        if key in tuning_modes_of_offer(i.offer, in_hand=rented_training):
            questions = [replace(i, hosting=hosting)]
        else:
            sold = [
                offer for offer in i.market if is_tuning_offer_open(i, offer) and key in tuning_modes_of_offer(offer)
            ]
            questions = [replace(i, hosting=hosting, offer=offer, training_on=provider) for offer in sold]
        years = [
            TuningServingMode(key, asked, tuning_cost_of_year(asked, tuning_arrangement(asked)), is_own=key == own)
            for asked in questions
        ]
        modes += sorted_by_number(years, key=lambda mode: mode.year.total)[:1]
    return modes


def tuning_modes_of_offer(offer: TuningOffer, *, in_hand: bool = False) -> set[str]:
    """The ways in which a model tuned with this offer can be served; `in_hand` says that it was trained elsewhere."""
    by_token, by_hour = is_known_number(offer.output), is_known_number(offer.hosting)
    open_weights = in_hand or bool(bare_value(tuning_serves_open_weights(offer)))
    return {
        *({"fee" if by_hour else "token"} if by_token else ()),
        *({"rented"} if open_weights or (by_hour and not by_token) else ()),
        *({"bought"} if open_weights else ()),
    }


def tuning_mode_in_use(offer: TuningOffer, serving: Serving) -> str:
    """The way that the reader's answer counts with."""
    if bare_value(serving.dedicated):
        return "bought" if bare_value(serving.owned) else "rented"
    return "fee" if is_known_number(offer.hosting) else "token"


def _tuning_load_in_words(load: Number) -> str:
    """How busy machines are; never 0% where they answer something."""
    share = bare_value(load)
    return (
        f"less than {unrounded_quantity(LEAST_LOAD, SHARE)}" if 0 < share < LEAST_LOAD else rounded_amount(share, SHARE)
    )


def tuning_serving_in_words(i: Inputs) -> str:
    """What serving a tuned model is counted with: machines, their price, hours and load, or prices of tokens."""
    asked = untraced(i)
    offer, gpu = asked.offer, asked.gpu
    serving = tuned_model_serving(asked, tuning_arrangement(asked), asked.requests)
    hours = f"{unrounded_quantity(asked.month_hours, HOUR)} a month"
    if not serving.dedicated:
        prices = {"read": offer.input, "read from a cache": offer.cached_read, "written": offer.output}
        known_prices = {word: price for word, price in prices.items() if is_known_number(price)}
        tokens = ", ".join(f"{unrounded_quantity(price, USD)} {word}" for word, price in known_prices.items())
        fee = (
            f", and {unrounded_quantity(offer.hosting, USD)} an hour, {hours}" if is_known_number(offer.hosting) else ""
        )
        return f"a million tokens: {tokens}{fee}"
    load = "" if serving.load is None else f", at {_tuning_load_in_words(serving.load)} of its speed on average"
    part = "" if asked.machine_share == 1 else f", of which {unrounded_quantity(asked.machine_share, SHARE)} counts"
    machines = f"{rounded_amount(serving.replicas, ONE)} × {gpu.name}"
    if serving.owned:
        price = (
            f"{unrounded_quantity(asked.hardware_price, USD)} over {unrounded_quantity(asked.hardware_life, MONTH)}, "
            f"{unrounded_quantity(asked.hardware_power, KW)} at {unrounded_quantity(asked.power_price, USD_PER_KWH)}"
        )
        return f"{machines}, {price}, {hours}{load}{part}"
    rent = offer.hosting if is_known_number(offer.hosting) else gpu.rent
    return f"{machines} at {unrounded_quantity(rent, USD)} an hour, {hours}{load}{part}"


def tuning_cost_modes(i: Inputs, first: TuningYear) -> Table:
    """The first year of each way of serving, the cheapest first."""
    rows = []
    for mode in tuning_serving_modes(i):
        year, asked = mode.year, mode.inputs
        month = year.serving.hosting + year.serving.request * i.requests * (1 + i.repeated)
        cells = (MODES[mode.key][0], asked.offer.name, year.start.total, month, year.total, year.serving.load)
        rows.append(RankedRow(mode.key, year.total, cells))
    return ranked_output_table(rows, own=tuning_mode_in_use(i.offer, first.serving))


def cheapest_tuned_serving(i: Inputs) -> Judgement:
    """The way of serving that costs least in the first year, and by how much."""
    best, *others = sorted_by_number(tuning_serving_modes(i), key=lambda mode: mode.year.total)
    saved = others[0].year.total - best.year.total if others else 0
    return Judgement(
        MODES[best.key][0],
        (note(bool(others), "The next way costs {saved} more in the first year.", saved=(saved, USD)),),
    )
