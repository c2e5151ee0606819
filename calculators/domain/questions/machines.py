"""Which machines do the work, and how long somebody is ready to wait for them."""

from __future__ import annotations

from functools import partial

from calculators.domain.units import SECONDS
from calculators.engine.declare import choice, number, pick, share

gpu = partial(pick, "gpus", label="GPU")
"""The graphics processor. Each calculator has a `default` of its own, with its `because`."""

speed = partial(
    pick,
    "speeds",
    label="Speeds of",
    default="openai/gpt-5.6-sol",
    because="a general-purpose model that somebody measured",
    help="Measurements with a method and a day are listed. Open its figures and type what you measure yourself: the "
    "median and the p95 of your own first tokens, and the tokens a second after them.",
)

waiting_target = partial(number, "Target", SECONDS, low="0.01", high=86_400)
"""The wait that should not be longer. Each calculator has a `default` of its own, with its `because`."""

waiting_target_part = partial(
    choice,
    "The target is for",
    {"first": "the first token", "whole": "the whole answer"},
    default="first",
    because="with streaming, people begin to read",
)

waiting_target_share = partial(
    share, "Share of requests that must meet it", default="0.95", because="one request in 20 may be slower"
)
