"""An answer as JSON, for other programs: values are unrounded decimal strings."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from calculators.engine.declare import (
    Amount,
    Day,
    Document,
    File,
    Interval,
    Month,
    Outcome,
    Rows,
    Series,
    Text,
    Verdict,
    YesNo,
)
from calculators.engine.explore import Spreading
from calculators.engine.traced import Node, Traced
from calculators.engine.units import ONE
from calculators.engine.words import digits
from calculators.engine.working import by_label, by_value, written, written_condition
from calculators.views.answer import Answer, unit_of


def result(answer: Answer) -> str:
    """The whole answer: calculator, inputs, outputs, tables and notes."""
    outputs: dict[str, Any] = {}
    tables: list[dict[str, Any]] = []
    for name, kind in answer.kinds.items():
        value = answer.values[name]
        if isinstance(kind, Amount):
            outputs[name] = {"value": text(value), "unit": kind.unit.text}
        elif isinstance(kind, Interval):
            outputs[name] = {
                "value": {side: text(getattr(value, side)) for side in ("low", "likely", "high")},
                "unit": kind.unit.text,
            }
        elif isinstance(kind, Outcome | Document):
            outputs[name] = {"value": value, "unit": "text"}
        elif isinstance(kind, Verdict):
            outputs[name] = {
                "value": value.answer,
                "unit": "text",
                "reasons": [it.sentence for it in value.reasons if it.holds],
            }
            sources = [_reason_source(answer, it) for it in value.reasons if it.holds and it.fact]
            if sources:
                outputs[name]["sources"] = sources
        elif isinstance(kind, Rows):
            columns = [{"name": it.name, "unit": it.unit.text if it.unit else "text"} for it in value.columns(kind)]
            tables.append(
                {"name": name, "columns": columns, "rows": [[text(cell) for cell in row] for row in value.rows]}
            )
        elif isinstance(kind, Series):
            columns = [{"name": it.name, "unit": (it.unit or ONE).text} for it in (kind.x, kind.y)]
            tables.append({"name": name, "columns": columns, "rows": [[text(x), text(y)] for x, y in value]})
    return dumped(
        {
            "calculator": answer.name,
            "inputs": _inputs(answer),
            "outputs": outputs,
            "tables": tables,
            "notes": answer.notes,
        }
    )


def _reason_source(answer: Answer, reason: Any) -> dict[str, Any]:
    """The fact behind a reason, with its source."""
    fact = answer.facts.fact(reason.fact, answer.reading.on)
    source = answer.source_of(fact)
    told = {"fact": fact.name, "since": fact.since, "checked": fact.checked}
    return told | ({"title": source.title, "publisher": source.publisher, "url": source.url} if source else {})


def _inputs(answer: Answer) -> dict[str, Any]:
    inputs: dict[str, Any] = {}
    for name, kind, given in answer.inputs():
        unit = unit_of(kind)
        value = _beginning(given.value) if isinstance(kind, Text | File) else text(given.value)
        inputs[name] = {"value": value, "unit": unit.text if unit else _words(kind)}
        fact = answer.facts.fact(given.origin.fact, answer.reading.on) if given.origin.fact else None
        if fact:
            source = answer.source_of(fact)
            told = {"fact": fact.name, "since": fact.since, "checked": fact.checked}
            if fact.ours:
                told["ours"] = fact.ours
            elif fact.confidence:
                told["confidence"] = fact.confidence
            if source:
                told |= {"title": source.title, "publisher": source.publisher, "url": source.url}
            if fact.because:
                told["because"] = fact.because
            inputs[name]["source"] = told
    return inputs


ECHOED = 60
"""How much of a text that was pasted or read from a file is written back: who asked has it, and others need not."""


def _beginning(words: str) -> str:
    return words if len(words) <= ECHOED else f"{words[:ECHOED]}…"


def _words(kind: Any) -> str:
    """What stands for the unit of an input that is no number."""
    return {YesNo: "yes/no", Day: "date", Month: "month"}.get(type(kind), "text")


def working(answer: Answer, names: list[str]) -> str:
    """The working of the named outputs: each step in words and in exact numbers, and every term with its origin."""
    told = {}
    for name in names:
        told[name] = [
            {
                "title": it.title,
                "steps": [
                    {
                        "name": step.label,
                        "formula": "" if step.node is None else written(step.node, by_label),
                        "numbers": "" if step.node is None else written(step.node, by_value),
                        "value": text(step.value),
                        "unit": step.unit.text if step.unit else "truth",
                        "conditions": [
                            {
                                "formula": written_condition(condition, by_label),
                                "numbers": written_condition(condition, by_value),
                                "holds": condition.value,
                            }
                            for condition in step.conditions
                        ],
                    }
                    for step in it.steps
                ],
                "terms": [_term(answer, term) for term in it.terms],
            }
            for it in answer.workings(name)
        ]
    return dumped({"calculator": answer.name, "working": told})


def _term(answer: Answer, term: Node) -> dict[str, Any]:
    origin = term.origin
    told: dict[str, Any] = {"name": term.label, "value": by_value(term), "origin": origin.kind if origin else "derived"}
    if isinstance(term, Traced):
        told["unit"] = term.unit.text
    if origin and origin.because:
        told["because"] = origin.because
    if origin and origin.fact:
        told["fact"] = origin.fact
        if ours := answer.facts.fact(origin.fact, answer.reading.on).ours:
            told["ours"] = ours
    return told


def ranges(name: str, found: dict[str, Spreading], answer: Answer) -> str:
    """Every amount across the ranges, beside its exact value at the likely inputs; which ranges came ready."""
    told = {
        output: {
            "low": number(it.low),
            "likely": text(answer.values[output]),
            "high": number(it.high),
            "unit": answer.kinds[output].unit.text,
            "distribution": {"from": number(it.least), "to": number(it.most), "counts": list(it.bins)},
        }
        for output, it in found.items()
    }
    ready = {path: {"from": digits(it.low), "to": digits(it.high)} for path, it in answer.ready.items()}
    return dumped({"calculator": name, "ranges": told} | ({"ready": ready} if ready else {}))


def number(value: float) -> str:
    """A float as decimal text without an exponent."""
    return digits(Decimal(repr(value)))


def text(value: Any) -> Any:
    """A value as JSON holds it: decimals as text, truths as they are, None for no answer."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, Decimal | int):
        return digits(Decimal(value))
    return str(value)


def dumped(told: Any) -> str:
    """JSON text in the order given, readable by people."""
    return json.dumps(told, ensure_ascii=False, indent=2)


def dumped_tight(told: Any) -> str:
    """JSON text without blanks, for machines."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
