"""How fast a model answers, as somebody measured it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from calculators.domain.units import SECONDS, TOKENS_PER_SECOND
from calculators.engine.declare import figure
from calculators.engine.records import Record


@dataclass(frozen=True, kw_only=True)
class ModelSpeed(Record):
    """The time to the first token of a short prompt, and the tokens read and written a second."""

    needs: ClassVar[tuple[tuple[str, ...], ...]] = (("first_token",),)

    first_token: Decimal | None = figure(
        "First token of a short prompt, median", SECONDS, high=3600, counts="for the first token"
    )
    first_token_p95: Decimal | None = figure(
        "First token of a short prompt, p95", SECONDS, high=3600, counts="where it lies above the median"
    )
    writing: Decimal | None = figure(
        "Tokens written a second", TOKENS_PER_SECOND, low="0.1", high=10**6, counts="where anything is written"
    )
    reading: Decimal | None = figure(
        "Prompt tokens read a second", TOKENS_PER_SECOND, low=1, high=10**7, counts="where there is a prompt"
    )
