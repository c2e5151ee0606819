"""Which machines do the work."""

from __future__ import annotations

from functools import partial

from calculators.engine.declare import pick

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
