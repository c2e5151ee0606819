"""Costs side by side for the same requests: what one side has no amount for is left out of the other as well."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.numbers import Number, bare_value
from calculators.prompting.traffic.inputs import Inputs
from calculators.prompting.traffic.logged.measuring import TrafficMeasuring
from calculators.prompting.traffic.logged.use import ALL, LoggedTraffic, Selection
from calculators.prompting.traffic.priced import traffic_cost_elsewhere, traffic_model_cost


@dataclass(frozen=True, slots=True)
class Compared:
    """Costs of the same requests (USD).

    `elsewhere` are those that have a list price, on the model to compare with. `logged` is what the files say, and
    `listed` what list prices give for the requests that the files name a cost of.
    """

    elsewhere: Number
    logged: Decimal
    listed: Decimal


def priced_traffic_requests(use: LoggedTraffic) -> Selection:
    """The requests with a list price; all of them where none lacks one."""
    return Selection(priced=True) if use.unpriced() else ALL


def compared_traffic_costs(i: Inputs, use: LoggedTraffic, counter: TrafficMeasuring) -> Compared:
    """The costs of the requests that both sides have an amount for."""
    models = {model.id: model for model in i.priced}
    both = Selection(priced=True, logged=True) if use.has_costs_of_requests() else ALL
    listed = Decimal(0)
    for id, groups in use.by_model(both).items():
        listed += Decimal(str(bare_value(traffic_model_cost(counter, models[id], groups))))
    return Compared(
        traffic_cost_elsewhere(counter, use, i.model, i.priced, priced_traffic_requests(use)).cost,
        Decimal(str(use.sums(both).cost)),
        listed,
    )
