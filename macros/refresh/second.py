"""The second opinion: the rows of LiteLLM's published price list that are listed here, kept as a small extract.

The list is a JSON file inside the package's wheel. It is read out of the wheel; the package is never installed. The
extract holds our names and US dollars for a million tokens, so that comparing needs no network.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from macros.refresh.listed import FIGURES, Listed

PACKAGE = "litellm"
FILE = "second_opinion.json"
LARGEST = 50_000
"""Bytes that the extract may have."""

_LISTS = ("model_prices_and_context_window.json", "model_prices_and_context_window_backup.json")
_KEYS = {
    "input": "input_cost_per_token",
    "cached_read": "cache_read_input_token_cost",
    "cache_write": "cache_creation_input_token_cost",
    "output": "output_cost_per_token",
}
_ABOVE = re.compile(r"input_cost_per_token_above_(\d+)k_tokens")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Opinion:
    """What the second list says of one model."""

    key: str
    prices: dict[str, Decimal] = field(default_factory=dict)
    source: str = ""
    retires: str = ""


@dataclass(frozen=True)
class Second:
    """The kept extract: the version of the list and its rows by our ids."""

    version: str
    opinions: dict[str, Opinion]


def load(data: Path) -> Second:
    """The extract as it was kept."""
    told = json.loads((data / FILE).read_text("utf-8"), parse_float=Decimal)
    rows = {
        id: Opinion(
            row["key"],
            {name: Decimal(text) for name, text in row["prices"].items()},
            row.get("source", ""),
            row.get("retires", ""),
        )
        for id, row in told["models"].items()
    }
    return Second(told["version"], rows)


def keep(data: Path, second: Second) -> None:
    """Write the extract, one model a line."""
    rows = [f"    {json.dumps(id)}: {json.dumps(_told(it))}" for id, it in sorted(second.opinions.items())]
    head = f'{{\n  "package": {json.dumps(PACKAGE)},\n  "version": {json.dumps(second.version)},\n  "models": {{\n'
    text = head + ",\n".join(rows) + "\n  }\n}\n"
    if len(text) > LARGEST:
        raise ValueError(f"the extract would have {len(text)} bytes; {LARGEST} is the most: keep fewer figures")
    (data / FILE).write_text(text, "utf-8")


def _told(it: Opinion) -> dict[str, Any]:
    prices = {name: format(value.normalize(), "f") for name, value in it.prices.items()}
    told: dict[str, Any] = {"key": it.key, "prices": prices}
    return told | {key: text for key, text in (("source", it.source), ("retires", it.retires)) if text}


def from_wheel(wheel: Path, models: Sequence[Listed]) -> Second:
    """The rows of the models in the list inside a wheel."""
    version = wheel.name.split("-")[1]
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.rpartition("/")[2] in _LISTS]
        if not names:
            raise ValueError(f"{wheel.name} holds no price list; the package may have moved it: see {__name__}")
        rows = json.loads(archive.read(names[0]), parse_float=Decimal)
    return extract(rows, version, models)


def extract(rows: dict[str, Any], version: str, models: Sequence[Listed]) -> Second:
    """The opinions on the models in a published list; a model that it does not have is left out."""
    found = {}
    for model in models:
        provider, keys = model.second
        for key in keys:
            row = rows.get(key)
            if isinstance(row, dict) and provider in ("", row.get("litellm_provider")):
                found[model.id] = _opinion(key, row, model)
                break
    return Second(version, found)


def _opinion(key: str, row: dict[str, Any], model: Listed) -> Opinion:
    # Where a seller has peak hours, the list has those as the usual prices and the others beside them.
    calm = row.get("off_peak_pricing") if not model.is_peak else None
    prices = _prices({**row, **calm} if isinstance(calm, dict) else row, model)
    retires = str(row.get("deprecation_date") or "")
    return Opinion(key, prices, str(row.get("source") or ""), retires if _DAY.fullmatch(retires) else "")


def _prices(row: dict[str, Any], model: Listed) -> dict[str, Decimal]:
    """The prices of a row for a million tokens. A zero stands for a price that there is not."""
    above = next((f"_above_{found[1]}k_tokens" for found in map(_ABOVE.fullmatch, row) if found), "")
    lengths = {"": "", "long_": above} if model.limit and above else {"": ""}
    prices = {}
    for figure in FIGURES:
        batch = figure.startswith("batch_")
        for prefix, length in lengths.items():
            value = row.get(_KEYS[figure.removeprefix("batch_")] + length + ("_batches" if batch else ""))
            if isinstance(value, Decimal | int) and value > 0:
                prices[prefix + figure] = Decimal(value) * 1_000_000
    return prices
