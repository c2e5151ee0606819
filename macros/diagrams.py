"""The diagrams of the explainers: drawn files, put into a page so that its colors hold, and one that is computed."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, localcontext
from pathlib import Path
from typing import Any

from calculators.answer import Catalogue
from calculators.engine.declare import Chart, Column, Rows, Table, kinds
from calculators.engine.numbers import EXACT
from calculators.engine.suggest import nearest
from calculators.find import find
from calculators.views.chart import curves
from calculators.views.html import Safe, tag
from macros.catalogue import ROOT

FOLDER = Path(ROOT, "docs", "assets", "diagrams")
COMPUTED = "costs"
PLANS = "choosing/break_even"

STEPS = 20
"""How many parts the axis of the requests is divided into: enough that a step of a second GPU is seen."""


def diagram(catalogue: Catalogue, name: str, caption: str, given: dict[str, str]) -> Safe:
    """A figure with the named picture and its caption; `given` are inputs of the computed one."""
    known = sorted(path.stem for path in FOLDER.glob("*.svg"))
    if name not in (*known, COMPUTED):
        raise ValueError(f"there is no diagram {name!r}{nearest(name, [*known, COMPUTED])}")
    picture = costs(catalogue, given) if name == COMPUTED else drawn(name)
    return tag("figure", picture, tag("figcaption", caption) if caption else None, class_=f"diagram diagram-{name}")


def drawn(name: str) -> Safe:
    """A file of the folder as one line, which Markdown leaves alone."""
    lines = Path(FOLDER, f"{name}.svg").read_text("utf-8").splitlines()
    return Safe(" ".join(line.strip() for line in lines if line.strip()))


def costs(catalogue: Catalogue, given: dict[str, str]) -> Safe:
    """What each plan of the break-even calculator costs over its months, from no requests up to those of `given`.

    Where a plan breaks even with the first, its volume is a point of its own, so that the crossing stands where it is.
    """
    calculator = find(PLANS)
    requests: Any = kinds(calculator.inputs)["requests"]
    comparison: Any = kinds(calculator.outputs)["comparison"]
    total = next(column for column in comparison.columns if column.name == "total")
    with localcontext(EXACT):
        most = catalogue.reply(calculator, given).reading.need().given["requests"].value
        plans = _plans(catalogue, comparison, given)
        volumes = {it["volume"].to_integral_value(ROUND_CEILING) for it in plans if it["volume"] is not None}
        across = {most * step / STEPS for step in range(STEPS + 1)} | {it for it in volumes if it < most}
        rows = tuple(
            (at, *(it["total"] for it in _plans(catalogue, comparison, {**given, "requests": f"{at:f}"})))
            for at in sorted(across)
        )
    columns = (Column("requests", requests.label, requests.unit), *(replace(total, label=it["plan"]) for it in plans))
    title = f"What each plan costs over its months, by {requests.label.lower()}"
    return curves(Chart("curves", "", "", "", title), Rows(label=title, columns=columns), Table(rows))


def _plans(catalogue: Catalogue, comparison: Rows, given: dict[str, str]) -> list[dict[str, Any]]:
    """The plans that the calculator compares, each with its cells by the names of the columns."""
    answer = catalogue.reply(find(PLANS), given)
    answer.reading.need()
    names = [column.name for column in comparison.columns]
    return [dict(zip(names, row, strict=True)) for row in answer.values["comparison"].rows]
