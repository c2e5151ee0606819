"""An answer as JSON, for other programs: values are unrounded decimal strings."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators.engine.answering.answer import Answer
from calculators.engine.answering.formula_text import (
    formula_condition,
    formula_text,
    label_in_formula,
    value_in_formula,
)
from calculators.engine.declare import (
    Amount,
    Day,
    Document,
    File,
    FileCopy,
    Interval,
    Month,
    Outcome,
    Rows,
    Series,
    Text,
    Verdict,
    YesNo,
    declared_figure_unit,
)
from calculators.engine.facts import Fact, Source
from calculators.engine.long_text import AnyText
from calculators.engine.numbers.rounding import unrounded_digits
from calculators.engine.numbers.traced import Node, Traced
from calculators.engine.numbers.units import ONE

if TYPE_CHECKING:
    from calculators.engine.questions.ranges import Spreading

JsonObject = dict[str, Any]  # What `json` takes has no closed type.


def json_result(answer: Answer) -> str:
    """The whole answer: calculator, inputs, outputs, tables and notes."""
    outputs = {name: output for name in answer.kinds if (output := _json_output(answer, name))}
    tables = [table for name in answer.kinds if (table := _json_table(answer, name))]
    return indented_json(
        {
            "calculator": answer.name,
            "inputs": _json_inputs(answer),
            "outputs": outputs,
            "tables": tables,
            "notes": answer.notes,
        }
    )


def _json_output(answer: Answer, name: str) -> JsonObject | None:
    """An output that is no table; nothing for tables and findings, nor for files, which are made on request."""
    kind = answer.kinds[name]
    if isinstance(kind, FileCopy):
        return None
    output = answer.values[name]
    match kind:
        case Amount():
            return {"value": json_cell(output), "unit": kind.unit.text}
        case Interval():
            ends = {side: json_cell(getattr(output, side, None)) for side in ("low", "likely", "high")}
            return {"value": ends, "unit": kind.unit.text}
        case Outcome() | Document():
            return {"value": output, "unit": "text"}
        case Verdict():
            reasons = [reason for reason in output.reasons if reason.holds]
            verdict = {"value": output.answer, "unit": "text", "reasons": [reason.sentence for reason in reasons]}
            if output.amounts is not None:
                verdict["sentence"] = answer.headline_words if name == answer.headline else output.amounts.sentence
            sources = [_json_reason_source(answer, reason.fact) for reason in reasons if reason.fact]
            return verdict | ({"sources": sources} if sources else {})
    return None


def _json_table(answer: Answer, name: str) -> JsonObject | None:
    """A table, or the points of a series as one; nothing for other outputs."""
    kind = answer.kinds[name]
    if not isinstance(kind, Rows | Series):
        return None
    output = answer.values[name]
    if isinstance(kind, Rows):
        columns = [
            {"name": column.name, "unit": column.unit.text if column.unit else "text"}
            for column in output.columns(kind)
        ]
        return {"name": name, "columns": columns, "rows": [[json_cell(cell) for cell in row] for row in output.rows]}
    columns = [{"name": column.name, "unit": (column.unit or ONE).text} for column in (kind.x_axis, kind.y_axis)]
    return {"name": name, "columns": columns, "rows": [[json_cell(cell) for cell in point] for point in output]}


def _json_reason_source(answer: Answer, name: str) -> JsonObject:
    """The fact behind a reason, with its source."""
    fact = answer.facts.fact(name, answer.reading.on)
    return _json_dated(fact) | _json_sourced(answer.source_of(fact))


def _json_dated(fact: Fact) -> JsonObject:
    return {"fact": fact.name, "since": fact.since, "checked": fact.checked}


def _json_sourced(source: Source | None) -> JsonObject:
    return {"title": source.title, "publisher": source.publisher, "url": source.url} if source else {}


def _json_inputs(answer: Answer) -> JsonObject:
    inputs: dict[str, JsonObject] = {}
    for name, kind, given in answer.inputs():
        unit = declared_figure_unit(kind)
        shown = _json_beginning(given.value) if isinstance(kind, Text | File) else json_cell(given.value)
        inputs[name] = {"value": shown, "unit": unit.text if unit else _json_words(kind)}
        if given.origin.kind == "scaled":
            inputs[name] |= {"origin": "scaled", "because": given.origin.because}
        if given.origin.fact:
            inputs[name]["source"] = _json_origin(answer, given.origin.fact)
    return inputs


def _json_origin(answer: Answer, name: str) -> JsonObject:
    """The fact that a question starts with: its days, who vouches for it, its source and its reason."""
    fact = answer.facts.fact(name, answer.reading.on)
    origin = _json_dated(fact)
    if fact.ours:
        origin["ours"] = fact.ours
    elif fact.confidence:
        origin["confidence"] = fact.confidence
    origin |= _json_sourced(answer.source_of(fact))
    return origin | ({"because": fact.because} if fact.because else {})


ECHOED = 60
"""How much of a text that was pasted or read from a file is written back: who asked has it, and others need not."""


def _json_beginning(words: AnyText) -> str:
    return words[:ECHOED] if len(words) <= ECHOED else f"{words[:ECHOED]}…"


def _json_words(kind: object) -> str:
    """What stands for the unit of an input that is no number."""
    return {YesNo: "yes/no", Day: "date", Month: "month"}.get(type(kind), "text")


def json_working(answer: Answer, names: list[str]) -> str:
    """The working of the named outputs: each step in words and in exact numbers, and every term with its origin."""
    explained = {}
    for name in names:
        explained[name] = [
            {
                "title": part.title,
                "steps": [
                    {
                        "name": step.label,
                        "formula": "" if step.node is None else formula_text(step.node, label_in_formula),
                        "numbers": "" if step.node is None else formula_text(step.node, value_in_formula),
                        "value": json_cell(step.value),
                        "unit": step.unit.text if step.unit else "truth",
                        "conditions": [
                            {
                                "formula": formula_condition(condition, label_in_formula),
                                "numbers": formula_condition(condition, value_in_formula),
                                "holds": condition.value,
                            }
                            for condition in step.conditions
                        ],
                    }
                    for step in part.steps
                ],
                "terms": [_json_term(answer, term) for term in part.terms],
            }
            for part in answer.workings(name)
        ]
    return indented_json({"calculator": answer.name, "working": explained})


def _json_term(answer: Answer, term: Node) -> JsonObject:
    origin = term.origin
    described: JsonObject = {
        "name": term.label,
        "value": value_in_formula(term),
        "origin": origin.kind if origin else "derived",
    }
    if isinstance(term, Traced):
        described["unit"] = term.unit.text
    if origin and origin.because:
        described["because"] = origin.because
    if origin and origin.fact:
        described["fact"] = origin.fact
        if ours := answer.facts.fact(origin.fact, answer.reading.on).ours:
            described["ours"] = ours
    return described


def json_ranges(answer: Answer, spreadings: dict[str, Spreading]) -> str:
    """Every amount across the ranges, beside its exact value at the likely inputs; which ranges came ready."""
    amounts = {
        output: {
            "low": _json_number(spreading.low),
            "likely": json_cell(answer.values[output]),
            "high": _json_number(spreading.high),
            "unit": answer.kinds[output].unit.text,
            "distribution": {
                "from": _json_number(spreading.least),
                "to": _json_number(spreading.most),
                "counts": list(spreading.bins),
            },
        }
        for output, spreading in spreadings.items()
    }
    ready = {
        path: {"from": unrounded_digits(spreading.low), "to": unrounded_digits(spreading.high)}
        for path, spreading in answer.ready.items()
    }
    return indented_json({"calculator": answer.name, "ranges": amounts} | ({"ready": ready} if ready else {}))


def _json_number(amount: float) -> str:
    """A float as decimal text without an exponent."""
    return unrounded_digits(Decimal(repr(amount)))


def json_cell(cell: object) -> str | bool | None:
    """A cell as JSON holds it: decimals as text, truths as they are, None for no answer."""
    if isinstance(cell, bool) or cell is None:
        return cell
    if isinstance(cell, Decimal | int):
        return unrounded_digits(Decimal(cell))
    return str(cell)


def indented_json(content: object) -> str:
    """JSON text in the order given, readable by people."""
    return json.dumps(content, ensure_ascii=False, indent=2)


def compact_json(content: object) -> str:
    """JSON text without blanks, for machines."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
