"""The first list: what the installed genai-prices says a model costs on a day. Nothing else imports that package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from importlib.metadata import version

from genai_prices.types import ModelInfo, ModelPrice, Provider, StartDateConstraint, TieredPrices

from macros.refresh.listed import STANDARD, Listed

PACKAGE = "genai-prices"
BATCH = {"processing": "batch"}
PEAK, CALM = time(2), time(12)
"""An hour, in UTC, at which peak prices hold, and one at which they do not."""

_KEYS = {
    "input": "input_mtok", "cached_read": "cache_read_mtok", "cache_write": "cache_write_mtok", "output": "output_mtok",
}  # fmt: skip

Price = tuple[Decimal, Decimal | None]
"""A price, and that of long prompts where there is one."""


@dataclass(frozen=True)
class First:
    """The list: its version and its providers, in the package's own form."""

    version: str
    providers: Sequence[Provider]

    def find(self, model: Listed) -> ModelInfo | None:
        """The entry with exactly the model's id, unless the list calls it deprecated."""
        provider, id = model.first
        found = (it for each in self.providers if each.id == provider for it in each.models if it.id == id)
        return next((it for it in found if not it.deprecated), None)


def installed() -> First:
    """The list in the installed package."""
    from genai_prices.data import providers

    return First(version(PACKAGE), providers)


def prices(model: Listed, info: ModelInfo, day: date) -> dict[str, Price]:
    """Every price of a model on a day, in US dollars for a million tokens."""
    moment = datetime.combine(day, PEAK if model.is_peak else CALM, UTC)
    found = _prices("", info.get_prices(moment), model)
    variants = [it for it in info.price_variants or () if it.when == BATCH]
    if any(it.constraint is None or it.constraint.active(moment) for it in variants):
        found |= _prices("batch_", info.get_prices(moment, BATCH), model)
    return found


def _prices(prefix: str, of: ModelPrice, model: Listed) -> dict[str, Price]:
    # An embedding has no answer to pay for, whatever the list says there.
    keys = STANDARD if model.kind == "inference" else STANDARD[:1]
    amounts = {f"{prefix}{key}": getattr(of, _KEYS[key]) for key in keys}
    return {key: _price(it, model.limit) for key, it in amounts.items() if it is not None}


def _price(amount: Decimal | TieredPrices, limit: int | None) -> Price:
    """What two prices a model has beyond its limit; a list without a tier has one price for all lengths."""
    if isinstance(amount, TieredPrices):
        return amount.base, amount.tiers[-1].price if limit else None
    return amount, amount if limit else None


def limits(model: Listed, info: ModelInfo, day: date) -> list[int]:
    """The lengths of a prompt above which the list has other prices, ascending."""
    standard = info.get_prices(datetime.combine(day, CALM, UTC))
    amounts = [getattr(standard, key) for key in _KEYS.values()]
    return sorted({tier.start for it in amounts if isinstance(it, TieredPrices) for tier in it.tiers})


def starts(info: ModelInfo) -> set[date]:
    """The days on which the list has a price begin."""
    dated = [it.constraint for it in info.prices] if isinstance(info.prices, list) else []
    dated += [it.constraint for it in info.price_variants or () if it.when == BATCH]
    return {it.start_date for it in dated if isinstance(it, StartDateConstraint)}
