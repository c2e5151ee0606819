"""People's work: whether it counts, what an hour of it costs, and the hours that every lever takes."""

from __future__ import annotations

from functools import partial

from calculators.engine.declare import number, yes_no
from calculators.engine.numbers.units import HOUR, ONE, USD_PER_HOUR

people = partial(
    yes_no,
    "Count people's work",
    default=True,
    because="most of what a lever costs in its first year is somebody's time",
    help="No leaves people's time out of every plan, so that only what is bought is compared.",
)

labor_rate = partial(
    number,
    label="Rate of labor",
    unit=USD_PER_HOUR,
    low=0,
    high=10_000,
    default="assumptions:labor-rate",
)

prompt_hours = partial(
    number,
    "Writing and testing the prompt",
    HOUR,
    low=0,
    high=10**6,
    default="assumptions:prompt-hours",
    help="Before the start: collecting cases, writing, trying, and correcting.",
)
"""Every lever needs a prompt: the tuned model is compared with one, and retrieval fills one."""

migration_hours = partial(
    number,
    "Work to move to another model",
    HOUR,
    low=0,
    high=100_000,
    default=24,
    because="three days to adapt the prompt, run the test set and watch the first week",
    help="Paid in the month in which a prompted model shuts down.",
)

people_spread = partial(
    number,
    "People's hours may be off by a factor of",
    ONE,
    low=1,
    high=10,
    default="assumptions:people-spread",
    help="Where the range of the break-even comes from: all hours divided by it, and multiplied.",
)
