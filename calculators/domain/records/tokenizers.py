"""What tokens are counted with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from calculators.engine.declare import figure
from calculators.engine.numbers.units import ONE
from calculators.engine.records import Record


@dataclass(frozen=True, kw_only=True)
class Tokenizer(Record):
    """A tokenizer: how many tokens it makes of a text for each token that OpenAI's o200k makes of it."""

    called: ClassVar[str] = "Tokenizer"
    own_name: ClassVar[str] = "Your own tokenizer"
    needs: ClassVar[tuple[tuple[str, ...], ...]] = (("tokenizer_factor",),)

    tokenizer_factor: Decimal | None = figure(
        "Tokens for each token of o200k",
        ONE,
        low="0.01",
        high=100,
        counts="where the model counts with another tokenizer",
    )
