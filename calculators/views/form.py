"""The form of a calculator as HTML: one labeled control for each question, disabled until a script can answer."""

from __future__ import annotations

import json
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from calculators.engine.declare import (
    Among,
    Choice,
    Day,
    Every,
    Example,
    File,
    Lines,
    Month,
    Number,
    Pick,
    Text,
    YesNo,
    kinds,
)
from calculators.engine.inputs import Given, Reading, echo, former
from calculators.engine.units import SHARE
from calculators.engine.words import grouped, quantity
from calculators.views.answer import Answer, cells
from calculators.views.html import Safe, joined, slug, tag, verbatim
from calculators.views.sources import quantity_of, sourced

WITHOUT_SCRIPTS = "This is a worked example. To change the numbers, turn on JavaScript; if it is on, reload the page."


def form(answer: Answer, id: str) -> Safe:
    """All questions in their groups, each holding what this page's scenario gives."""
    groups: dict[tuple[str, bool], list[Safe]] = {}
    for name, kind in answer.reading.asked.items():
        if not isinstance(kind, Every):
            groups.setdefault((kind.group, kind.folded), []).append(field(answer, id, name, kind))
    sets = [_group(name or "Questions", folded, fields) for (name, folded), fields in groups.items()]
    notice = tag("p", WITHOUT_SCRIPTS, class_="calc-noscript")
    return tag(
        "form",
        tag("fieldset", notice, *sets, class_="calc-fields", disabled=True),
        class_="calc-form",
        novalidate=True,
        autocomplete="off",
    )


def _group(name: str, folded: bool, fields: list[Safe]) -> Safe:
    """The questions of one group; a folded group shows only its name until it is opened."""
    grid = tag("div", *fields, class_="field-grid")
    if folded:
        inner = tag("div", grid, class_="field-group", role="group", aria_label=name)
        return tag("details", tag("summary", name), inner, class_="field-fold")
    return tag("fieldset", tag("legend", name), grid, class_="field-group")


def examples(of: tuple[Example, ...], given: list[dict[str, str]], explored: bool = False) -> Safe:
    """A button for each named situation, and one that goes back to the page's own; `explored` if instruments follow."""
    buttons = [
        tag("button", it.name, type="button", data_example=json.dumps(values, ensure_ascii=False))
        for it, values in zip(of, given, strict=True)
    ]
    reset = tag("button", "Reset", type="button", data_reset=True)
    ways = _shortcuts(reset, explored)
    return tag("div", *buttons, ways, class_="calc-examples", role="group", aria_label="Examples")


def _shortcuts(reset: Safe, explored: bool) -> Safe:
    """What goes back, and the way to what lies below the calculator, within sight of the first question."""
    ways = {"Explore": "explore", "Copy link": "link"} if explored else {}
    return tag("span", *(tag("button", it, type="button", data_do=do) for it, do in ways.items()), reset,
               class_="calc-shortcuts")  # fmt: skip


def field(answer: Answer, id: str, name: str, kind: Any) -> Safe:
    """One question: label, control, what was understood, what is wrong, and why this default."""
    if isinstance(kind, Lines):
        return _lines(answer, id, name, kind)
    given = answer.reading.given[name]
    of = f"{id}-{slug(name)}"
    control, suffix = _control(answer, of, name, kind, given)
    classes = (
        "field field-check"
        if isinstance(kind, YesNo)
        else "field field-wide"
        if isinstance(kind, Pick | Text)
        else "field"
    )
    inner = [
        tag("div", tag("label", kind.label, for_=of), _about(answer, kind), class_="field-head"),
        tag(
            "div",
            control,
            tag("span", suffix, class_="field-unit", aria_hidden="true") if suffix else None,
            class_="field-control",
        ),
        _messages(of, echo(kind, given) if given.spread else ""),
    ]
    if isinstance(kind, Pick):
        inner.append(_figures(answer, id, name, kind))
    return tag("div", *inner, class_=classes, data_field=name, data_formerly=_formerly(answer, name))


def _formerly(answer: Answer, path: str) -> str | None:
    """The names under which a link of earlier days may hold this input."""
    return " ".join(former(answer.reading.of, path)) or None


def _lines(answer: Answer, id: str, name: str, kind: Lines) -> Safe:
    """A question for several things: a table with a line each, blank ones at the end for more."""
    described = kinds(kind.of)
    heads = [tag("th", "Line", scope="col"), *(tag("th", it.label, scope="col") for it in described.values())]
    rows = []
    for at in range(1, kind.most + 1):
        row = [tag("th", str(at), scope="row")]
        for key, its in described.items():
            path = f"{name}.{at}.{key}"
            row.append(tag("td", _cell(answer, f"{id}-{slug(path)}", path, its, f"{its.label}, line {at}")))
        rows.append(tag("tr", *row))
    whole = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    return tag(
        "div",
        tag("div", tag("span", kind.label, class_="field-label"), _about(answer, kind), class_="field-head"),
        tag("div", whole, class_="table-frame", tabindex="0", role="group", aria_label=kind.label),
        class_="field field-wide",
        data_field=name,
    )


def _cell(answer: Answer, of: str, path: str, kind: Any, label: str) -> Safe:
    """One control of a line with its messages; its label is spoken, the column heading is seen."""
    given = answer.reading.given.get(path)
    shown = written(kind, given) if given else ""
    described = f"{of}-echo {of}-error"
    if isinstance(kind, Choice | YesNo):
        words = kind.options if isinstance(kind, Choice) else {"yes": "yes", "no": "no"}
        options = [tag("option", it, value=word, selected=word == shown) for word, it in {"": "", **words}.items()]
        control = tag("select", *options, id=of, name=path, aria_label=label, aria_describedby=described)
    else:
        mode = "decimal" if isinstance(kind, Number) else None
        control = tag(
            "input", type="text", inputmode=mode, id=of, name=path, value=shown, aria_label=label,
            aria_describedby=described,
        )  # fmt: skip
    return tag(
        "div",
        tag("div", control, class_="field-control"),
        _messages(of),
        class_="field",
        data_field=path,
        data_formerly=_formerly(answer, path),
    )


def _messages(of: str, echoed: str = "") -> Safe:
    """Room below a control for what was understood and for what is wrong."""
    return joined(
        tag("p", echoed, class_="field-echo", id=f"{of}-echo"),
        tag("p", class_="field-error", id=f"{of}-error", hidden=True),
    )


def written(kind: Any, given: Given) -> str:
    """A value as it stands in its control: written out, so that it needs no echo; a range as it was typed."""
    if given.spread:
        return given.typed
    if given.value is None:
        return ""
    if isinstance(kind, Number):
        return quantity(given.value, SHARE) if kind.unit is SHARE else grouped(given.value).replace("−", "-")
    if isinstance(kind, YesNo):
        return "yes" if given.value else "no"
    return str(given.value)


def _control(answer: Answer, of: str, name: str, kind: Any, given: Given) -> tuple[Safe, str]:
    described = f"{of}-echo {of}-error"
    if isinstance(kind, Choice):
        options = [
            tag("option", label, value=word, selected=word == given.value) for word, label in kind.options.items()
        ]
        return tag("select", *options, id=of, name=name, aria_describedby=described), ""
    if isinstance(kind, Among):
        groups = {"any": "any", **{group: group for group in answer.facts.groups(kind.collection)}}
        options = [tag("option", label, value=word, selected=word == given.value) for word, label in groups.items()]
        return tag("select", *options, id=of, name=name, aria_describedby=described), ""
    if isinstance(kind, YesNo):
        return tag("input", type="checkbox", id=of, name=name, checked=given.value, aria_describedby=described), ""
    if isinstance(kind, Pick):
        return _records(answer, of, name, kind, given, described), ""
    if isinstance(kind, Text):
        longest = str(kind.longest)
        inner = verbatim(given.value)
        attributes = {"id": of, "name": name, "rows": "4", "data_longest": longest, "aria_describedby": described}
        return tag("textarea", inner, **attributes), ""
    if isinstance(kind, File):
        longest = str(kind.longest)
        control = tag("input", type="file", id=of, name=name, data_longest=longest, aria_describedby=described)
        return control, _most(kind.longest)
    if isinstance(kind, Day | Month):
        control = tag(
            "input", type="text", inputmode="numeric", id=of, name=name, value=str(given.value),
            aria_describedby=described,
        )  # fmt: skip
        return control, "YYYY-MM-DD" if isinstance(kind, Day) else "YYYY-MM"
    noun = "" if kind.unit is SHARE else kind.unit.noun or kind.unit.text
    suffix = "" if noun in ("", "1", "%") else noun if "/" in noun or noun.endswith(("s", "S", "B")) else f"{noun}s"
    value = written(kind, given)
    control = tag("input", type="text", inputmode="decimal", id=of, name=name, value=value, aria_describedby=described)
    return control, suffix


def _most(characters: int) -> str:
    """The limit of a file. A character takes a byte or more, so a file of so many bytes is never too long."""
    millions, rest = divmod(Decimal(characters), 10**6)
    return f"at most {grouped(Decimal(characters))} characters" if rest else f"at most {grouped(millions)} MB"


def _records(answer: Answer, of: str, name: str, kind: Pick, given: Given, described: str) -> Safe:
    """A drop-down of all records, grouped by seller."""
    groups: dict[str, list[Safe]] = {}
    for id, entry in answer.facts.entries(kind.collection).items():
        groups.setdefault(entry["group"], []).append(tag("option", entry["name"], value=id, selected=id == given.value))
    inner = [tag("optgroup", *options, label=group) for group, options in groups.items()]
    return tag("select", *inner, id=of, name=name, data_clears=f"{name}.", aria_describedby=described, translate="no")


def _figures(answer: Answer, id: str, name: str, kind: Pick) -> Safe:
    """The figures of the picked record, each with its source and room for the reader's own."""
    rows = []
    for figure, described in kinds(answer.reading.record_type(name)).items():
        if not described.is_number:
            continue
        path = f"{name}.{figure}"
        given = answer.reading.given[path]
        own = given.typed
        of = f"{id}-{slug(path)}"
        control = tag(
            "input", type="text", inputmode="decimal", id=of, name=path, value=own, data_optional=True,
            aria_describedby=f"{of}-published {of}-echo {of}-error",
        )  # fmt: skip
        rows.append(
            tag(
                "div",
                tag("label", described.label, for_=of),
                tag("p", published(answer, path), class_="field-published", id=f"{of}-published"),
                tag("div", control, class_="field-control"),
                _messages(of),
                class_="field figure",
                data_field=path,
                data_formerly=_formerly(answer, path),
            )
        )
    told = "Type your own figure to replace a published one, for example a negotiated price."
    cleared = "Your own figures were cleared: they belonged to another choice."
    return joined(
        tag("p", cleared, class_="field-cleared", data_cleared=True, hidden=True),
        tag(
            "details",
            tag("summary", "Prices and limits of this model" if kind.collection == "prices" else "Its figures"),
            tag("p", told, class_="field-help"),
            tag("div", *rows, class_="figure-grid"),
            data_keep=f"{id}-figures",
        ),
    )


def published(answer: Answer, path: str) -> Safe:
    """The published value of a figure with its source, or that there is none."""
    name, _, figure = path.rpartition(".")
    fact = answer.published[name].get(figure)
    if fact is None:
        return Safe("not published")
    return joined(tag("strong", quantity_of(fact), translate="no"), " ", sourced(answer, fact))


def _about(answer: Answer, kind: Any) -> Safe:
    """What a question means, why it starts with its value and what it may be, one tap away."""
    parts = [it for it in (kind.help, _default(answer, kind), _bounds(kind)) if it]
    if not parts:
        return Safe("")
    told = joined(*(piece for part in parts for piece in (" ", part)))
    return tag("details", tag("summary", "?", aria_label=f"About {kind.label}"), tag("p", told), class_="field-about")


def _default(answer: Answer, kind: Any) -> str:
    """The value a question starts with and its reason, or its source where it is a fact."""
    if isinstance(kind, Number) and isinstance(kind.default, str):
        fact = answer.facts.fact(kind.default)
        told = joined(f"Starts at {quantity_of(fact)}, ", sourced(answer, fact), "" if fact.because else ".")
        ends = [quantity(Decimal(end), kind.unit) for end in fact.range]
        return joined(told, f" It may well lie between {ends[0]} and {ends[1]}.") if ends else told
    if isinstance(kind, Number):
        return f"Starts at {quantity(kind.default, kind.unit)}: {kind.because}."
    if isinstance(kind, YesNo):
        return f"Starts with {'yes' if kind.default else 'no'}: {kind.because}."
    if isinstance(kind, Lines):
        return f"Starts as it is: {kind.because}."
    if isinstance(kind, Month):
        return f"Starts with {kind.default}: {kind.because}."
    if isinstance(kind, Choice):
        return f"Starts with {kind.options[kind.default]}: {kind.because}."
    if isinstance(kind, Among):
        return "Starts with any."
    if isinstance(kind, Pick):
        return f"Starts with {answer.facts.entry(kind.collection, kind.default)['name']}: {kind.because}."
    return ""


def _bounds(kind: Any) -> str:
    """The bounds of a number in words."""
    if not isinstance(kind, Number):
        return ""
    low, high = quantity(kind.low, kind.unit), quantity(kind.high, kind.unit)
    return f"From {low} to {high}, or a range such as {about(kind)}."


def about(kind: Number) -> str:
    """A range that could be typed, about what the question starts with."""
    start = kind.default if isinstance(kind.default, Decimal) and kind.default else min(kind.low + 1, kind.high)
    low, high = start * Decimal("0.8"), start * Decimal("1.2")
    if kind.whole:
        low, high = low.to_integral_value(ROUND_FLOOR), high.to_integral_value(ROUND_CEILING)
    ends = max(low, kind.low), min(high, kind.high)
    return "..".join(quantity(it, SHARE) if kind.unit is SHARE else grouped(it) for it in ends)


def fields(answer: Answer) -> dict[str, dict[str, str]]:
    """For every control of the form: what was understood, what is wrong, and the published figure under an override."""
    reading = answer.reading
    told: dict[str, dict[str, str]] = {}
    for name, kind in kinds(reading.of).items():
        if isinstance(kind, Every):
            continue
        if isinstance(kind, Lines):
            told |= {path: _field(reading, path, its) for path, its in cells(name, kind)}
            continue
        told[name] = _field(reading, name, kind)
        if isinstance(kind, Pick) and name in reading.given:
            for figure, described in kinds(reading.record_type(name)).items():
                if described.is_number:
                    path = f"{name}.{figure}"
                    told[path] = {**_field(reading, path, described.question), "published": published(answer, path)}
    return told


def _field(reading: Reading, path: str, kind: Any) -> dict[str, str]:
    """What was understood of one control and what is wrong with it."""
    given = reading.given.get(path)
    return {"echo": echo(kind, given) if given else "", "error": reading.problems.get(path, "")}
