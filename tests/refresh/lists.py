"""Small recordings of both lists, and a data folder of three models to hold against them."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from genai_prices.types import (
    ClauseEquals,
    ConditionalPrice,
    ModelInfo,
    ModelPrice,
    PriceVariant,
    Provider,
    StartDateConstraint,
    Tier,
    TieredPrices,
)

from macros.refresh.first import FirstPriceList
from tests.json_types import JsonObject

HERE = Path(__file__).parent
VERSION = "0.2.3"
KEYS = {"input": "input_mtok", "cached_read": "cache_read_mtok", "output": "output_mtok"}


def first(version: str = VERSION, **models: Any) -> FirstPriceList:
    """The recorded first list; `models` replaces what it says of a model, or takes it away with None."""
    entries = json.loads((HERE / "first.json").read_text("utf-8"))
    entries |= {name.replace("_", "-"): entry for name, entry in models.items()}
    return FirstPriceList(
        version,
        [Provider("acme", "Acme", "acme", models=[_model(id, entry) for id, entry in entries.items() if entry])],
    )


def _model(id: str, entry: JsonObject) -> ModelInfo:
    dated = [ConditionalPrice(_from(period), prices=_price(period)) for period in entry["prices"]]
    variants = [PriceVariant({"processing": "batch"}, _price(batch), _from(batch)) for batch in entry.get("batch", [])]
    return ModelInfo(
        id, ClauseEquals(id), prices=dated, price_variants=variants or None, deprecated=entry.get("deprecated")
    )


def _from(entry: JsonObject) -> StartDateConstraint | None:
    return StartDateConstraint(date.fromisoformat(entry["from"])) if "from" in entry else None


def _price(entry: JsonObject) -> ModelPrice:
    return ModelPrice(**{KEYS[key]: _amount(amount) for key, amount in entry.items() if key in KEYS})


def _amount(amount: Any) -> Any:
    if isinstance(amount, str):
        return Decimal(amount)
    return TieredPrices(
        Decimal(amount["base"]), [Tier(int(start), Decimal(price)) for start, price in amount["tiers"].items()]
    )


def second_rows() -> dict[str, Any]:
    """The recorded rows of the second list, as its file has them."""
    rows: JsonObject = json.loads((HERE / "second.json").read_text("utf-8"), parse_float=Decimal)
    return rows
