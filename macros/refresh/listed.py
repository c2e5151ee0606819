"""The models of data/prices/ as their files list them, with the place of everything in the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from macros.facts.forms import DataFormFile, DataTable, data_file_in_form
from macros.facts.forms.documents import DataPath, Position, YamlDocument, read_yaml_document
from macros.facts.schema import Knowledge, Model, ModelsFile, PriceFile, SourcesFile

STANDARD = ("input", "cached_read", "cache_write", "extended_write", "output")
FIGURES = (*STANDARD, *(f"batch_{name}" for name in STANDARD))
"""The prices of a model in the order in which its file lists them."""

KNOWN = "models.yaml"
SOURCES = "sources.yaml"
F = TypeVar("F", bound=DataTable)


@dataclass(frozen=True, order=True, slots=True)
class ListedPriceLine:
    """A price from a day on; `long` is that of long prompts, where the model has one."""

    since: date
    value: Decimal
    long: Decimal | None = None

    @property
    def price(self) -> tuple[Decimal, Decimal | None]:
        """What is compared: both prices."""
        return self.value, self.long


@dataclass(frozen=True)
class ListedPrice:
    """One model of ours: where its file says so, what it is called elsewhere, and what it costs."""

    id: str
    file: str
    group: str
    name: str
    first: tuple[str, str]
    """Provider and model in the first list."""
    second: tuple[str, tuple[str, ...]]
    """The provider in the second list and the keys that the model may have there; any provider where that is empty."""
    kind: str
    limit: int | None
    url: str
    retires: date | None
    accepted: dict[str, str]
    lines: dict[str, tuple[ListedPriceLine, ...]]
    document: YamlDocument
    path: DataPath
    """The way to its prices in the file."""

    @property
    def is_peak(self) -> bool:
        """Whether these are the prices of peak hours."""
        return self.id.endswith("-peak")

    def line(self, figure: str, day: date) -> ListedPriceLine | None:
        """The line in force on a day."""
        return listed_price_in_force(self.lines.get(figure, ()), day)

    def position(self, figure: str, index: int) -> Position:
        """Where one of the lines of a figure stands in the file."""
        return self.document.positions[(*self.path, figure, index)]

    def indent(self, figure: str) -> str:
        """The spaces before the name of a figure in the file."""
        _, column = self.document.key_positions[(*self.path, figure)]
        return " " * (column - 1)


def listed_price_in_force(lines: tuple[ListedPriceLine, ...], day: date) -> ListedPriceLine | None:
    """The last of the lines that began by then."""
    return next((line for line in reversed(lines) if line.since <= day), None)


def listed_price_models(folder: Path) -> list[ListedPrice]:
    """Every model with a price. The files are taken to be valid: `facts_text` says what is wrong with them."""
    known = _listed_price_file(folder / KNOWN, ModelsFile).form
    sources = _listed_price_file(folder / SOURCES, SourcesFile).form
    models: list[ListedPrice] = []
    for path in sorted((folder / "prices").glob("*.yaml")):
        file = _listed_price_file(path, PriceFile)
        url = sources.sources[file.form.source].url if file.form.source in sources.sources else ""
        for short, model in file.form.models.items():
            knowledge = known.models.get(f"{path.stem}/{short}", Knowledge())
            models.append(_listed_price(path.name, file, short, model, knowledge, url))
    return models


def _listed_price(
    name: str, file: DataFormFile[PriceFile], short: str, model: Model, known: Knowledge, url: str
) -> ListedPrice:
    seller = name.removesuffix(".yaml")
    upstream = model.upstream or short
    return ListedPrice(
        id=f"{seller}/{short}",
        file=f"prices/{name}",
        group=file.form.provider,
        name=model.name,
        first=(file.form.upstream_provider or seller, upstream),
        second=_listed_price_second(file.form.second_provider or seller, model.second, short, upstream),
        kind=model.kind,
        limit=int(model.long_prompt_above) if model.long_prompt_above else None,
        url=url,
        retires=date.fromisoformat(known.retires.value) if known.retires else None,
        accepted=dict(model.accepted),
        lines={
            figure: tuple(
                ListedPriceLine(
                    date.fromisoformat(line.since), Decimal(line.value), Decimal(line.long) if line.long else None
                )
                for line in lines
            )
            for figure, lines in model.prices.lines().items()
        },
        document=file.document,
        path=("models", short, "prices"),
    )


def _listed_price_second(provider: str, key: str | None, *names: str) -> tuple[str, tuple[str, ...]]:
    return ("", (key,)) if key else (provider, (*(f"{provider}/{name}" for name in names), *names))


def _listed_price_file(path: Path, form: type[F]) -> DataFormFile[F]:
    document = read_yaml_document(path.read_bytes(), path.name)
    file = data_file_in_form(form, document)
    if file is None or document.problems or file.problems:
        raise ValueError(f"{path}: this is not a data file; run `calculators --list`, which says what is wrong")
    return file
