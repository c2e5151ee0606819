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

from macros.refresh.first import First

HERE = Path(__file__).parent
VERSION = "0.2.3"
KEYS = {"input": "input_mtok", "cached_read": "cache_read_mtok", "output": "output_mtok"}


def first(version: str = VERSION, **models: Any) -> First:
    """The recorded first list; `models` replaces what it says of a model, or takes it away with None."""
    told = json.loads((HERE / "first.json").read_text("utf-8"))
    told |= {name.replace("_", "-"): it for name, it in models.items()}
    return First(version, [Provider("acme", "Acme", "acme", models=[_model(id, it) for id, it in told.items() if it])])


def _model(id: str, told: dict[str, Any]) -> ModelInfo:
    dated = [ConditionalPrice(_from(it), prices=_price(it)) for it in told["prices"]]
    variants = [PriceVariant({"processing": "batch"}, _price(it), _from(it)) for it in told.get("batch", [])]
    return ModelInfo(
        id, ClauseEquals(id), prices=dated, price_variants=variants or None, deprecated=told.get("deprecated")
    )


def _from(it: dict[str, Any]) -> StartDateConstraint | None:
    return StartDateConstraint(date.fromisoformat(it["from"])) if "from" in it else None


def _price(it: dict[str, Any]) -> ModelPrice:
    return ModelPrice(**{KEYS[key]: _amount(amount) for key, amount in it.items() if key in KEYS})


def _amount(told: Any) -> Any:
    if isinstance(told, str):
        return Decimal(told)
    return TieredPrices(Decimal(told["base"]), [Tier(int(start), Decimal(it)) for start, it in told["tiers"].items()])


def second_rows() -> dict[str, Any]:
    """The recorded rows of the second list, as its file has them."""
    rows: dict[str, Any] = json.loads((HERE / "second.json").read_text("utf-8"), parse_float=Decimal)
    return rows
