"""The first list: what the installed genai-prices says a model costs on a day. Nothing else imports that package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from importlib.metadata import version

from genai_prices.types import ModelInfo, ModelPrice, Provider, StartDateConstraint, TieredPrices

from macros.refresh.listed import STANDARD, ListedPrice

PACKAGE = "genai-prices"
BATCH = {"processing": "batch"}
PEAK, CALM = time(2), time(12)
"""An hour, in UTC, at which peak prices hold, and one at which they do not."""

_AMOUNTS = ("input_mtok", "cache_read_mtok", "cache_write_mtok", "cache_write_1h_mtok", "output_mtok")
_KEYS = dict(zip(STANDARD, _AMOUNTS, strict=True))
"""What the list calls a price. Of longer lifetimes it knows an hour alone."""

Price = tuple[Decimal, Decimal | None]
"""A price, and that of long prompts where there is one."""


@dataclass(frozen=True)
class FirstPriceList:
    """The list: its version and its providers, in the package's own form."""

    version: str
    providers: Sequence[Provider]

    def find(self, model: ListedPrice) -> ModelInfo | None:
        """The entry with exactly the model's id; one that the list calls deprecated only for a model kept for logs."""
        provider, id = model.first
        entries = (entry for each in self.providers if each.id == provider for entry in each.models if entry.id == id)
        return next((entry for entry in entries if not entry.deprecated or model.kind == "older"), None)


def installed_first_list() -> FirstPriceList:
    """The list in the installed package."""
    from genai_prices.data import providers

    return FirstPriceList(version(PACKAGE), providers)


def first_list_prices(model: ListedPrice, entry: ModelInfo, day: date) -> dict[str, Price]:
    """Every price of a model on a day, in US dollars for a million tokens."""
    moment = datetime.combine(day, PEAK if model.is_peak else CALM, UTC)
    by_figure = _first_list_model_prices("", entry.get_prices(moment), model)
    variants = [variant for variant in entry.price_variants or () if variant.when == BATCH]
    if any(variant.constraint is None or variant.constraint.active(moment) for variant in variants):
        by_figure |= _first_list_model_prices("batch_", entry.get_prices(moment, BATCH), model)
    return by_figure


def _first_list_model_prices(prefix: str, listed_price: ModelPrice, model: ListedPrice) -> dict[str, Price]:
    # An embedding has no answer to pay for, whatever the list says there.
    keys = STANDARD if model.kind != "embedding" else STANDARD[:1]
    amounts = {f"{prefix}{key}": getattr(listed_price, _KEYS[key]) for key in keys}
    return {key: _first_list_price(amount, model.limit) for key, amount in amounts.items() if amount is not None}


def _first_list_price(amount: Decimal | TieredPrices, limit: int | None) -> Price:
    """What two prices a model has beyond its limit; a list without a tier has one price for all lengths."""
    if isinstance(amount, TieredPrices):
        return amount.base, amount.tiers[-1].price if limit else None
    return amount, amount if limit else None


def first_list_limits(model: ListedPrice, entry: ModelInfo, day: date) -> list[int]:
    """The lengths of a prompt above which the list has other prices, ascending."""
    standard = entry.get_prices(datetime.combine(day, CALM, UTC))
    amounts = [getattr(standard, key) for key in _KEYS.values()]
    return sorted({tier.start for amount in amounts if isinstance(amount, TieredPrices) for tier in amount.tiers})


def first_list_starts(entry: ModelInfo) -> set[date]:
    """The days on which the list has a price begin."""
    dated = [period.constraint for period in entry.prices] if isinstance(entry.prices, list) else []
    dated += [variant.constraint for variant in entry.price_variants or () if variant.when == BATCH]
    return {constraint.start_date for constraint in dated if isinstance(constraint, StartDateConstraint)}
