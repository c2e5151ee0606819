"""The diagrams of the explainers: drawn files, put into a page so that its colors hold, and two that are computed."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, localcontext
from pathlib import Path
from typing import Any

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.answering.answer import Answer
from calculators.engine.declare import Chart, Column, NumberInput, Rows, Table, kinds
from calculators.engine.inputs.suggestions import suggest_nearest
from calculators.engine.numbers import EXACT
from calculators.views.charts.curves import svg_curves
from calculators.views.charts.stacks import svg_stacks
from calculators.views.html.tags import Safe, tag
from macros.project import ROOT

FOLDER = Path(ROOT, "docs", "assets", "diagrams")
COSTS, COST_LAYERS = "costs", "cost-layers"
COMPUTED = (COSTS, COST_LAYERS)
"""What is computed rather than drawn: costs by the number of requests, and what they are paid for."""

PLANS = "choosing/break_even"

STEPS = 20
"""How many parts the axis of the requests is divided into: enough that a step of a second GPU is seen."""


def diagram(catalogue: Catalogue, name: str, caption: str, given: dict[str, str]) -> Safe:
    """A figure with the named picture and its caption; `given` are inputs of a computed one."""
    known = [*sorted(path.stem for path in FOLDER.glob("*.svg")), *COMPUTED]
    if name not in known:
        raise ValueError(f"there is no diagram {name!r}{suggest_nearest(name, known)}")
    drawers = {COSTS: cost_diagram, COST_LAYERS: cost_layer_diagram}
    picture = drawers[name](catalogue, given) if name in drawers else drawn_diagram(name)
    return tag("figure", picture, tag("figcaption", caption) if caption else None, class_=f"diagram diagram-{name}")


def drawn_diagram(name: str) -> Safe:
    """A file of the folder as one line, which Markdown leaves alone."""
    lines = Path(FOLDER, f"{name}.svg").read_text("utf-8").splitlines()
    return Safe(" ".join(line.strip() for line in lines if line.strip()))


def cost_diagram(catalogue: Catalogue, given: dict[str, str]) -> Safe:
    """What each plan of the break-even calculator costs over its months, from no requests up to those of `given`.

    Where a plan breaks even with the first, its volume is a point of its own, so that the crossing stands where it is.
    """
    calculator = find_calculator(PLANS)
    requests: NumberInput = kinds(calculator.inputs)["requests"]
    comparison: Rows = kinds(calculator.outputs)["comparison"]
    total = next(column for column in comparison.columns if column.name == "total")
    with localcontext(EXACT):
        most = catalogue.compute(calculator, given).reading.need().settings["requests"].value
        answer = _diagram_compared(catalogue, given)
        plans, tones = _diagram_plans(comparison, answer), answer.values["split"].tones
        volumes = {plan["volume"].to_integral_value(ROUND_CEILING) for plan in plans if plan["volume"] is not None}
        across = {most * step / STEPS for step in range(STEPS + 1)} | {volume for volume in volumes if volume < most}
        rows = tuple(
            (
                volume,
                *(
                    plan["total"]
                    for plan in _diagram_plans(
                        comparison, _diagram_compared(catalogue, {**given, "requests": f"{volume:f}"})
                    )
                ),
            )
            for volume in sorted(across)
        )
    columns = (
        Column("requests", requests.label, requests.unit),
        *(replace(total, label=plan["plan"]) for plan in plans),
    )
    title = f"What each plan costs over its months, by {requests.label.lower()}"
    chart = Chart("curves", "", "", "", title, "Break-even")
    return svg_curves(chart, Rows(label=title, columns=columns), Table(rows, tones=tones))


def cost_layer_diagram(catalogue: Catalogue, given: dict[str, str]) -> Safe:
    """What each plan of the break-even calculator pays for over its months: tokens, hosting and people."""
    split: Rows = kinds(find_calculator(PLANS).outputs)["split"]
    return svg_stacks(split, _diagram_compared(catalogue, given).values["split"], with_parts=True)


def _diagram_compared(catalogue: Catalogue, given: dict[str, str]) -> Answer:
    """What the calculator answers; its questions must have been understood."""
    answer = catalogue.compute(find_calculator(PLANS), given)
    answer.reading.need()
    return answer


# Any: a cell is a number or a word, by its column.
def _diagram_plans(comparison: Rows, answer: Answer) -> list[dict[str, Any]]:
    """The plans that the calculator compares, each with its cells by the names of the columns."""
    names = [column.name for column in comparison.columns]
    return [dict(zip(names, row, strict=True)) for row in answer.values["comparison"].rows]
