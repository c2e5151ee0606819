"""The documents that a task needs, and how often they change."""

from __future__ import annotations

from functools import partial

from calculators.engine.declare import number, share
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
