"""How much is asked."""

from __future__ import annotations

from functools import partial

from calculators.engine.declare import number, share
from calculators.engine.numbers.units import REQUESTS_PER_MONTH

requests = partial(
    number,
    label="Requests a month",
    unit=REQUESTS_PER_MONTH,
    low=0,
    high=10**12,
    default=50_000,
    because="about 1,600 a day, a help desk of medium size",
    help="Each call to the model counts, also each turn of a conversation.",
)
"""One volume for all calculators, so that their answers can be held against each other; retrieval calls it queries."""

repeated = partial(
    share,
    "Repeated or failed",
    default="assumptions:repeated-requests",
    help="Requests sent again after a failure or a bad answer. They are paid for as well.",
)

request_spread = partial(
    share,
    "A request may cost less or more by",
    default="assumptions:request-spread",
    help="In all plans that are paid by the request.",
)
