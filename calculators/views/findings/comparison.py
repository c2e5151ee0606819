"""Compare: two scenarios of a calculator side by side."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from calculators.engine.answering.answer import Answer
from calculators.engine.answering.headline import headline_text
from calculators.engine.declare import Amount, Column, Figure, Interval, NumberInput, Outcome, Rows, Table, Verdict
from calculators.engine.inputs.reading import Setting
from calculators.engine.numbers.rounding import NOTHING, rounded_amount, unrounded_digits
from calculators.views.export import exported_setting_in_words
from calculators.views.findings.report import Report

Inputs = Mapping[str, tuple[object, Setting]]
"""The kind of each input and what was given, by its path."""

Plain = dict[str, list[object]]
"""What two scenarios have under a name."""

Row = tuple[str, ...]


def comparison_finding(answer: Answer, neighbor: Answer, names: tuple[str, str] = ("A", "B")) -> Report:
    """The scenario A and another, B, side by side under their names: the inputs and outputs that differ."""
    first, second = names
    inputs, input_rows = _comparison_finding_inputs(answer, neighbor)
    outputs, output_rows = _comparison_finding_outputs(answer, neighbor)
    columns = (
        Column("what", "What"),
        Column("a", first),
        Column("b", second),
        Column("difference", f"{second} against {first}"),
    )
    kind = answer.kinds[answer.scalar]
    a, b = (headline_text(kind, scenario.values[scenario.scalar]) for scenario in (answer, neighbor))
    sentence = f"“{kind.label}”: {a} in {first}, {b} in {second}."
    table = Table((*input_rows, *output_rows))
    return Report(
        sentence,
        Rows(label=f"{first} and {second}", columns=columns),
        table,
        {"inputs": inputs, "outputs": outputs},
    )


def _comparison_finding_inputs(answer: Answer, neighbor: Answer) -> tuple[Plain, list[Row]]:
    """The inputs that differ, as plain data and as rows."""
    plain: Plain = {}
    rows: list[Row] = []
    scenarios: list[tuple[Answer, Inputs]] = [
        (scenario, {name: (kind, given) for name, kind, given in scenario.inputs()}) for scenario in (answer, neighbor)
    ]
    (_, a_inputs), (_, b_inputs) = scenarios
    for name in dict.fromkeys([*a_inputs, *b_inputs]):
        kind = (a_inputs.get(name) or b_inputs[name])[0]
        a, b = (inputs[name][1].value if name in inputs else None for _, inputs in scenarios)
        if a == b:
            continue
        label = answer.variables[name].label if name in answer.variables else str(getattr(kind, "label", name))
        shown = [
            _comparison_finding_words(scenario, name, kind, given)
            + _comparison_finding_mark(scenario, inputs.get(name))
            for given, (scenario, inputs) in zip((a, b), scenarios, strict=True)
        ]
        rows.append((label, *shown, _comparison_finding_difference(kind, a, b)))
        plain[name] = [_comparison_finding_digits(a), _comparison_finding_digits(b)]
    return plain, rows


def _comparison_finding_outputs(answer: Answer, neighbor: Answer) -> tuple[Plain, list[Row]]:
    """All amounts, and other outputs that differ: as plain data, which holds the amounts alone, and as rows."""
    plain: Plain = {}
    rows: list[Row] = []
    for name, kind in answer.kinds.items():
        if not isinstance(kind, Amount | Interval | Outcome | Verdict):
            continue
        a, b = answer.values[name], neighbor.values[name]
        shown = headline_text(kind, a), headline_text(kind, b)
        if name == answer.headline and isinstance(kind, Verdict):
            shown = answer.headline_words, neighbor.headline_words
        if isinstance(kind, Amount):
            rows.append((kind.label, *shown, _comparison_finding_difference(kind, a, b)))
            plain[name] = [_comparison_finding_digits(a), _comparison_finding_digits(b)]
        elif shown[0] != shown[1]:
            rows.append((kind.label, *shown, ""))
    return plain, rows


def _comparison_finding_words(answer: Answer, name: str, kind: object, given: object) -> str:
    return exported_setting_in_words(answer, name, kind, given) or NOTHING if given is not None else NOTHING


def _comparison_finding_mark(answer: Answer, entry: tuple[object, Setting] | None) -> str:
    """What says that an input is a company's own figure."""
    origin = entry[1].origin if entry else None
    is_company_figure = origin and origin.kind == "fact" and origin.fact
    return answer.facts.fact(origin.fact, answer.reading.on).mark if origin and is_company_figure else ""


def _comparison_finding_difference(kind: object, a: object, b: object) -> str:
    if not isinstance(a, Decimal) or not isinstance(b, Decimal):
        return ""
    assert isinstance(kind, NumberInput | Figure | Amount)
    sign = "+" if b > a else ""
    return f"{sign}{rounded_amount(b - a, kind.unit)}"


def _comparison_finding_digits(given: object) -> object:
    return unrounded_digits(given) if isinstance(given, Decimal) else given
