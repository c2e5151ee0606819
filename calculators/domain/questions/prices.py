"""What is paid for: the model, and on which day."""

from __future__ import annotations

from functools import partial

from calculators.engine.declare import day, pick

model = partial(
    pick,
    "prices",
    label="Model",
    default="openai/gpt-6.2-sol",
    because="a general-purpose model from the middle of its maker's range",
)

as_of = partial(day, label="Prices as of", help="Prices in force on that day.")
