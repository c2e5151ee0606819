"""The models of data/prices/ as their files list them, with the place of everything in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from macros.facts_yaml import Node, Rows, Table, read

STANDARD = ("input", "cached_read", "cache_write", "output")
FIGURES = (*STANDARD, *(f"batch_{name}" for name in STANDARD))
"""The prices of a model in the order in which its file lists them."""

KNOWN = "models.yaml"
SOURCES = "sources.yaml"


@dataclass(frozen=True, order=True, slots=True)
class Line:
    """A price from a day on; `long` is that of long prompts, where the model has one."""

    since: date
    value: Decimal
    long: Decimal | None = None

    @property
    def price(self) -> tuple[Decimal, Decimal | None]:
        """What is compared: both prices."""
        return self.value, self.long


@dataclass(frozen=True)
class Listed:
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
    lines: dict[str, tuple[Line, ...]]
    places: Table
    """The node of its prices in the file."""

    @property
    def is_peak(self) -> bool:
        """Whether these are the prices of peak hours."""
        return self.id.endswith("-peak")

    def held(self, figure: str, day: date) -> Line | None:
        """The line in force on a day."""
        return in_force(self.lines.get(figure, ()), day)


def in_force(lines: tuple[Line, ...], day: date) -> Line | None:
    """The last of the lines that began by then."""
    return next((line for line in reversed(lines) if line.since <= day), None)


def listed(data: Path) -> list[Listed]:
    """Every model with a price. The files are taken to be valid: `facts_text` says what is wrong with them."""
    known = _table(_root(data / KNOWN), "models")
    sources = _table(_root(data / SOURCES), "sources")
    return [
        _listed(path.name, file, short, model, known, sources)
        for path in sorted((data / "prices").glob("*.yaml"))
        for file in [_root(path)]
        for short, model in _tables(_table(file, "models"))
    ]


def _listed(name: str, file: Table, short: str, model: Table, known: Table, sources: Table) -> Listed:
    seller = name.removesuffix(".yaml")
    id = f"{seller}/{short}"
    upstream = model.text("upstream") or short
    limit = model.text("long_prompt_above")
    retires = _table(_table(known, id), "retires").text("value")
    prices = _table(model, "prices")
    return Listed(
        id=id,
        file=f"prices/{name}",
        group=file.text("provider"),
        name=model.text("name"),
        first=(file.text("upstream_provider") or seller, upstream),
        second=_second(file.text("second_provider") or seller, model.text("second"), short, upstream),
        kind=model.text("kind") or "inference",
        limit=int(limit) if limit else None,
        url=_table(sources, file.text("source")).text("url"),
        retires=date.fromisoformat(retires) if retires else None,
        accepted={key: _table(model, "accepted").text(key) for key in _table(model, "accepted").entries},
        lines={figure: tuple(_lines(rows)) for figure, rows in prices.entries.items()},
        places=prices,
    )


def _second(provider: str, key: str, *names: str) -> tuple[str, tuple[str, ...]]:
    return ("", (key,)) if key else (provider, (*(f"{provider}/{name}" for name in names), *names))


def _lines(rows: Node) -> Iterator[Line]:
    for it in rows.items if isinstance(rows, Rows) else ():
        if isinstance(it, Table):
            long = it.text("long")
            yield Line(date.fromisoformat(it.text("from")), Decimal(it.text("value")), Decimal(long) if long else None)


def _root(path: Path) -> Table:
    root, problems = read(path.read_bytes(), path.name)
    if problems or not isinstance(root, Table):
        raise ValueError(f"{path}: this is not a data file; run `calculators --list`, which says what is wrong")
    return root


def _table(node: Table, key: str) -> Table:
    found = node.entries.get(key)
    return found if isinstance(found, Table) else Table(0, 0)


def _tables(node: Table) -> Iterator[tuple[str, Table]]:
    return ((key, it) for key, it in node.entries.items() if isinstance(it, Table))
