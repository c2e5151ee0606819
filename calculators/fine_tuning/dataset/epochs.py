"""How many epochs OpenAI picks for a training file when nobody says."""

from __future__ import annotations

from calculators.engine.numbers import Number, choose, floor, largest, quotient, smallest
from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import ONE

TARGET_EPOCHS = Constant(3, "epochs aimed at", ONE)


FEWEST_SEEN = Constant(100, "examples seen at the least", ONE)


MOST_SEEN = Constant(25_000, "examples seen at the most", ONE)


MOST_EPOCHS = Constant(25, "epochs at the most", ONE)
"""The rule by which OpenAI's notebook expects the number of epochs to be chosen."""


def default_epochs_of_dataset(examples: Number) -> Number:
    """How often a training job goes through the file if nobody says: three times, but see 100 to 25,000 examples."""
    few = smallest(MOST_EPOCHS, floor(quotient(FEWEST_SEEN, examples)))
    many = largest(1, floor(quotient(MOST_SEEN, examples)))
    aimed = examples * TARGET_EPOCHS
    return choose(aimed < FEWEST_SEEN, few, choose(aimed > MOST_SEEN, many, TARGET_EPOCHS))
