"""What is trained, on what, and how often."""

from __future__ import annotations

from functools import partial

from calculators.domain.units import EPOCHS, EXAMPLE_COUNT
from calculators.engine.declare import number, pick
from calculators.engine.numbers.units import TOKENS

offer = partial(pick, "tuning", label="Model to tune", default="tinker/qwen3-8b")
"""The model that is trained, and who trains it. Each calculator gives its own `because`."""

training_examples = partial(number, "Training examples", EXAMPLE_COUNT, low=0, high=10**9, default=500)
"""Each calculator gives its own `because`."""

training_example_tokens = partial(number, "Tokens in an example", TOKENS, low=0, high=10**8, default=1000)
"""Tokens of an example in a training file: a whole prompt with its answer. Each calculator gives its own `because`."""

epochs = partial(number, "Epochs", EPOCHS, low=0, high=1000, default=3)
"""Each calculator gives its own `because`."""
