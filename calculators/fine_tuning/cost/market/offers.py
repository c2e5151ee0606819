"""Until when, and for whom, an offer to tune a model is open."""

from __future__ import annotations

from calculators.domain.records import TuningOffer
from calculators.domain.records.ends import has_ended
from calculators.engine.declare import declared_row_remark
from calculators.fine_tuning.cost.inputs import Inputs


def is_tuning_offer_open(i: Inputs, offer: TuningOffer) -> bool:
    """Whether anybody can begin to train there on that day."""
    return not any(has_ended(day, i.as_of) for day in (offer.closed_to_new, offer.closes, offer.retires))


def tuning_offer_remark(i: Inputs, offer: TuningOffer) -> str:
    """Until when one can train and use the model, and for whom."""
    return declared_row_remark(
        f"closed to new customers since {offer.closed_to_new}" if offer.closed_to_new else "",
        tuning_offer_deadline(i, offer.closes, "no new training since {}", "no new training from {}"),
        tuning_offer_deadline(i, offer.retires, "stopped on {}", "stops on {}"),
    )


def tuning_offer_deadline(i: Inputs, day: str, past: str, future: str) -> str:
    """A sentence about a day that is over or still to come; nothing where there is no such day."""
    return (past if has_ended(day, i.as_of) else future).format(day) if day else ""
