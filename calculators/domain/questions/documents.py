"""The documents that a task needs, and how often they change."""

from __future__ import annotations

from functools import partial

from calculators.engine.declare import choice, number, share
from calculators.engine.numbers.units import TOKENS, counted_unit

documents = partial(
    number,
    "Documents",
    counted_unit("document"),
    low=0,
    high=10**9,
    default=10_000,
    whole=True,
    each_holds="tokens_per_document",
    because="the manuals, tickets and wiki pages of a mid-sized company",
)

tokens_per_document = partial(
    number,
    "Tokens in a document",
    TOKENS,
    low=1,
    high=10**8,
    default=2000,
    because="about three pages of English text",
)

documents_changed = partial(
    share,
    "Documents changed a month",
    default="assumptions:documents-changed",
    help="All chunks of a changed document are embedded and written again.",
)

OFTEN_UNKNOWN = "unknown"
"""The word of a reader who cannot tell how often a document changes."""

changes = partial(
    choice,
    "A document changes",
    {
        OFTEN_UNKNOWN: "I do not know how often",
        "never": "never, or nearly so",
        "monthly": "about once a month",
        "weekly": "about once a week",
        "daily": "about once a day",
    },
    default=OFTEN_UNKNOWN,
    because="a share of the documents is taken to change each month",
    help="On average. A document that changed is embedded and stored anew.",
)
