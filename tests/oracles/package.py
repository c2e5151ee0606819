"""What genai-prices, a package that this project did not write, charges for one request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml
from genai_prices import Usage, calc_price
from genai_prices.data import providers

PRICES = Path(__file__).resolve().parents[2] / "data" / "prices"


@dataclass(frozen=True, slots=True)
class Request:
    """One request: a prefix that is read from the cache, written to it or neither (`plain`), the rest, the answer."""

    prefix: int
    rest: int
    answer: int
    cache: str
    batch: bool


@cache
def upstream() -> dict[str, tuple[str, str]]:
    """For each of our model ids in genai-prices the provider and the model there, as data/prices says."""
    return {id: names for id, names in listed().items() if names in _package()}


@cache
def listed() -> dict[str, tuple[str, str]]:
    """The same for every model of ours that can be picked, whether the package has it or not."""
    models = {}
    for path in sorted(PRICES.glob("*.yaml")):
        file = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        for short, model in file["models"].items():
            if model.get("kind", "inference") == "inference":
                provider = file.get("upstream_provider", path.stem)
                models[f"{path.stem}/{short}"] = (provider, model.get("upstream", short))
    return models


@cache
def _package() -> dict[tuple[str, str], bool]:
    """Every model of the package, and whether it has prices of a batch."""
    return {
        (provider.id, model.id): any(variant.when == {"processing": "batch"} for variant in model.price_variants or ())
        for provider in providers
        for model in provider.models
    }


def has_batch_prices(id: str) -> bool:
    """Whether the package has prices of a batch for one of our models; without them it charges the standard ones."""
    return _package()[upstream()[id]]


def charged(id: str, request: Request, day: str) -> tuple[Decimal, Decimal]:
    """What the package charges for reading the prompt and for the answer, in US dollars.

    Prices that differ by hour are asked for at an hour of the entry: 02:00 UTC is a peak hour, noon is none.
    """
    provider, model = upstream()[id]
    hour = 2 if id.endswith("-peak") else 12
    cost = calc_price(
        Usage(
            input_tokens=request.prefix + request.rest,
            cache_read_tokens=request.prefix if request.cache == "read" else 0,
            cache_write_tokens=request.prefix if request.cache == "write" else 0,
            output_tokens=request.answer,
        ),
        model,
        provider_id=provider,
        genai_request_timestamp=datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC),
        price_context={"processing": "batch"} if request.batch else None,
    )
    assert cost.model.id == model, f"genai-prices took {cost.model.id} for {id}"
    return cost.input_price, cost.output_price
