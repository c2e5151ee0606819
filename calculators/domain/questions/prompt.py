"""What a request holds, and what comes back."""

from __future__ import annotations

from functools import partial

from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.declare import number, pick, share
from calculators.engine.numbers.units import TOKENS

instructions = partial(
    number,
    "Fixed instructions",
    TOKENS,
    low=0,
    high=10**9,
    default=800,
    because="a system prompt of about 600 English words",
)

examples = partial(number, "Examples", EXAMPLE_COUNT, low=0, high=10_000)
"""Examples in a prompt. Each calculator has a `default` of its own."""

example_tokens = partial(
    number,
    "Tokens in an example",
    TOKENS,
    low=0,
    high=10**8,
    default=250,
    because="a short question with its answer",
)
"""Tokens of an example in a prompt."""

context = partial(
    number,
    "Retrieved or pasted context",
    TOKENS,
    low=0,
    high=10**9,
    default=0,
    because="no retrieval",
    help="Text that differs with each request, so it is never read from the cache.",
)

user_text = partial(
    number,
    "The user's text",
    TOKENS,
    low=0,
    high=10**9,
    default=150,
    because="about a hundred words",
)

answer = partial(
    number,
    "Answer",
    TOKENS,
    low=0,
    high=10**9,
    default=300,
    because="two or three paragraphs",
)

reasoning = partial(
    number,
    "Hidden reasoning",
    TOKENS,
    low=0,
    high=10**9,
    default=None,
    because="what the model does at the chosen effort",
    help="Tokens that you do not see and that are billed as output. Leave it empty to take the model's own.",
)

counted_with = partial(
    pick,
    "tokenizers",
    label="Tokens counted with",
    default="o200k",
    because="OpenAI's tokenizer, with which this site counts texts",
    help="Token counts belong to a tokenizer. A model that counts with another one is billed for as many tokens as it "
    "makes of the same text.",
)

tokenizer_spread = partial(share, "Other tokenizers differ by", default="assumptions:tokenizer-spread")
