"""How requests are sent."""

from __future__ import annotations

from functools import partial

from calculators.domain.billing.caching import LIFETIMES
from calculators.domain.billing.reasoning import EFFORTS, MODEL_DEFAULT
from calculators.domain.billing.tiers import BATCH, STANDARD, TIERS
from calculators.domain.units import HOURS_A_MONTH
from calculators.engine.declare import choice, number, yes_no
from calculators.engine.numbers.units import SHARE

caching = partial(
    yes_no,
    "Prompt caching",
    default=True,
    because="providers cache a long enough prefix by themselves or on request",
)

found_cached = partial(
    number,
    "Requests that find the prefix cached",
    SHARE,
    low=0,
    high=1,
    default=None,
    because="follows from the requests a month and the cache lifetime",
    help="Leave it empty to compute it. Your provider reports the cached tokens of each request.",
)

lifetime = partial(
    choice,
    "Cache lifetime",
    LIFETIMES,
    default="standard",
    because="the one that providers give without being asked",
    help="How long a prefix is kept. A model without the lifetime that you choose has its usual one.",
)

active_hours = partial(
    number,
    "Hours with traffic",
    HOURS_A_MONTH,
    low="0.1",
    high=744,
    default=730,
    because="around the clock: 24 hours on 365/12 days",
    help="Requests are taken to come at random within them. Office hours are about 174: 8 hours on 5 days a week.",
)

effort = partial(
    choice,
    "Reasoning effort",
    {MODEL_DEFAULT: "the model's default", **EFFORTS},
    default=MODEL_DEFAULT,
    because="what a request gets that names no effort",
    help="A model that does not take it answers at the next lower effort that it takes, else at the next higher.",
)

tier = partial(
    choice,
    "Service tier",
    TIERS,
    default=STANDARD,
    because="what a request gets that names no tier",
    help="Each has its price where the provider sells it for the model; a model without it is priced as standard, and "
    "says which it has.",
    formerly=("batch",),
    former_words={"yes": BATCH, "no": STANDARD},
)
