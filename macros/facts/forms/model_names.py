"""The file that says what logs call a model where no rule finds it by its id or by its name on pages.

A name becomes a fact of its model, beside its prices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from calculators.domain.records import ModelPrice
from calculators.domain.records.model_names import model_of_logged_name
from calculators.engine.facts.loaded import DatedFact
from calculators.engine.inputs.suggestions import suggest_nearest
from macros.facts.entries import fact_of_data_entry
from macros.facts.forms import DataTable, Mistake
from macros.facts.forms.values import Day, Key, Name, Words
from macros.facts.problems import quoted_data

MODEL_NAMES = "model_names.yaml"


class ModelName(DataTable):
    """The model that a name means, and who says so."""

    model: Name
    source: Name
    checked: Day | None = None
    because: Words = ""


class ModelNamesFile(DataTable):
    """data/model_names.yaml."""

    checked: Day
    names: dict[Key, ModelName]


def model_names_file_facts(file: ModelNamesFile, id: str, first: str) -> dict[str, DatedFact]:
    """The fact of one model that holds all its names, from its first day on; none where it has no other name."""
    entries = {name: entry for name, entry in file.names.items() if entry.model == id}
    if not entries:
        return {}
    about = next(iter(entries.values()))
    return {
        "names": fact_of_data_entry(
            "text", [(first, " ".join(entries))], about.source, about.checked or file.checked, about.because
        )
    }


def model_names_file_mistakes(file: ModelNamesFile, priced: Sequence[str]) -> Iterator[Mistake]:
    """Models that have no prices, and names that are found without the file; nothing where no models are known."""
    market = [ModelPrice(id=id, input=Decimal(0), output=Decimal(0)) for id in priced]
    for name, entry in file.names.items():
        if priced and entry.model not in priced:
            advice = suggest_nearest(entry.model, priced) or "; add its prices, or delete the name"
            yield Mistake(("names", name, "model"), f"{quoted_data(entry.model)} has no prices in data/prices{advice}")
        elif model := model_of_logged_name(name, entry.model.partition("/")[0], market):
            message = f"{quoted_data(name)} is found as {model.id} by its name; delete the line"
            yield Mistake(("names", name), message, of_key=True)
