"""A question with its label, its control, its messages and its help; a question for several things as a table."""

from __future__ import annotations

from calculators.engine.answering.answer import Answer
from calculators.engine.declare import (
    Among,
    Choice,
    Day,
    Figure,
    InputKind,
    Lines,
    Month,
    NumberInput,
    Pick,
    Several,
    Text,
    YesNo,
    kinds,
)
from calculators.engine.inputs.echo import echo_of_inputs
from calculators.engine.inputs.questions import is_input_asked
from calculators.engine.inputs.reading import OWN_NAME, OWN_NAME_QUESTION
from calculators.engine.inputs.renames import input_paths_before_rename
from calculators.views.html.form.controls import (
    form_control,
    form_control_text,
    form_number_keys,
    form_options,
)
from calculators.views.html.form.field_help import form_help
from calculators.views.html.form.updates import form_published_figures
from calculators.views.html.tags import Safe, html_slug, joined_html, tag, verbatim_html
from calculators.views.wording import wording_of_alternative_units_in_short

CLEARED = "Your own figures were cleared: they belonged to another choice."
KEEPING = "A click alone drops the other choices: hold Ctrl or ⌘ to keep them."
"""How a list of which any number can be chosen behaves in every browser."""
TICKS = "Search keeps them without a key, and takes several names, with commas between them."
REPLACE = "Type your own figure to replace a published one, for example a negotiated price."


def form_field(answer: Answer, id: str, name: str, kind: InputKind) -> Safe:
    """One question: label, control, what was understood, what is wrong, and why this default."""
    if isinstance(kind, Lines):
        return _form_field_lines(answer, id, name, kind)
    given = answer.reading.settings[name]
    control_id = f"{id}-{html_slug(name)}"
    echoed = echo_of_inputs(kind, given) if given.spread else ""
    shown, unit = form_control(answer, control_id, name, kind, given, f"{control_id}-echo" if echoed else None)
    suffix = tag("span", unit, class_="field-unit", aria_hidden="true") if unit else None
    inner = [
        tag("div", tag("label", kind.label, for_=control_id), form_help(answer, kind), class_="field-head"),
        tag("div", shown, suffix, class_="field-control"),
        _form_field_echo(control_id, echoed, _form_field_hint(answer, kind)),
    ]
    if isinstance(kind, Several):
        hint = f"{KEEPING} {TICKS}" if kind.record.glance else KEEPING
        inner.append(tag("p", hint, class_="field-help"))
    if isinstance(kind, Text) and kind.offers:
        inner.append(tag("p", class_="field-published field-offers"))
    if isinstance(kind, Pick):
        inner.append(_form_field_figures(answer, id, name, kind))
    is_gone = not is_input_asked(answer.reading, name, kind)
    former = _form_field_former_names(answer, name)
    return tag(
        "div", *inner, class_=_form_field_classes(answer, kind), data_field=name, data_formerly=former, hidden=is_gone
    )


MOST_BESIDE = 3
"""How many questions a line of a table has that needs no more than half of a page's width."""

CELL_ROWS = "3"
"""The rows of a longer text in a cell, where a browser does not make it as high as the text needs."""

LONGEST_BESIDE = 17
"""Characters of the longest option that a list shows whole when another field stands beside it."""


def _form_field_classes(answer: Answer, kind: InputKind) -> str:
    if isinstance(kind, YesNo):
        return "field field-check"
    if isinstance(kind, Choice | Among):
        longest = max(map(len, form_options(answer, kind).values()))
        return "field field-wide" if longest > LONGEST_BESIDE else "field"
    if isinstance(kind, Day | Month):
        return "field field-day"
    return "field field-wide" if isinstance(kind, Pick | Several | Text) else "field"


def _form_field_former_names(answer: Answer, path: str) -> str | None:
    """The names under which a link of earlier days may hold this input."""
    return " ".join(input_paths_before_rename(answer.reading.inputs_type, path)) or None


def _form_field_echo(control_id: str, echoed: str = "", hint: str = "") -> Safe:
    """Room below a control for what was understood; `showField` in `answer.js` adds what is wrong.

    As long as it is empty, a style shows the hint there.
    """
    return tag("p", echoed, class_="field-echo", id=f"{control_id}-echo" if echoed else None, data_hint=hint or None)


def _form_field_hint(answer: Answer, kind: InputKind) -> str:
    """What else may be typed in place of the unit, in a few words: a page's help says it in a sentence."""
    return wording_of_alternative_units_in_short(kind, answer.facts) if isinstance(kind, NumberInput) else ""


def _form_field_lines(answer: Answer, id: str, name: str, kind: Lines) -> Safe:
    """A question for several things: a table with a line each, blank ones at the end for more."""
    columns = kinds(kind.line_type)
    singular = kind.label.removesuffix("s")
    heads = [tag("th", singular, scope="col"), *(tag("th", column.label, scope="col") for column in columns.values())]
    rows = []
    for number in range(1, kind.most + 1):
        row = [tag("th", str(number), scope="row", data_label=singular)]
        for key, column in columns.items():
            path, label = f"{name}.{number}.{key}", f"{column.label}, line {number}"
            cell = _form_field_cell(answer, f"{id}-{html_slug(path)}", path, column, label)
            row.append(tag("td", cell, data_label=column.label))
        rows.append(tag("tr", *row))
    whole = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    return tag(
        "div",
        tag("div", tag("span", kind.label, class_="field-label"), form_help(answer, kind), class_="field-head"),
        tag("div", whole, class_="table-frame", tabindex="0", role="group", aria_label=kind.label),
        class_="field field-wide field-lines" if len(columns) > MOST_BESIDE else "field field-wide",
        data_field=name,
    )


def _form_field_cell(answer: Answer, control_id: str, path: str, kind: InputKind, label: str) -> Safe:
    """One control of a line with its messages; its label is spoken, the column heading is seen."""
    given = answer.reading.settings.get(path)
    shown = form_control_text(kind, given) if given else ""
    if isinstance(kind, Choice | YesNo):
        words = kind.options if isinstance(kind, Choice) else {"yes": "yes", "no": "no"}
        options = [tag("option", text, value=word, selected=word == shown) for word, text in {"": "", **words}.items()]
        box = tag("select", *options, id=control_id, name=path, aria_label=label)
    elif isinstance(kind, Text):
        box = tag(
            "textarea",
            verbatim_html(shown),
            id=control_id,
            name=path,
            rows="1" if kind.is_line else CELL_ROWS,
            autocomplete="off",  # no browser keeps a pasted text on its disk
            placeholder=" ",  # as below
            data_longest=None if kind.is_line else str(kind.longest),
            aria_label=label,
        )
    else:
        box = tag(
            "input",
            type="text",
            inputmode=form_number_keys(answer, kind) if isinstance(kind, NumberInput) else None,
            id=control_id,
            name=path,
            value=shown,
            placeholder=" ",  # by which a style tells that it is empty
            aria_label=label,
        )
    return tag(
        "div",
        tag("div", box, class_="field-control"),
        _form_field_echo(control_id),
        class_="field",
        data_field=path,
        data_formerly=_form_field_former_names(answer, path),
    )


def _form_field_figures(answer: Answer, id: str, name: str, kind: Pick) -> Safe:
    """The figures of the picked record, each with its source and room for the reader's own."""
    record_type = answer.reading.record_type(name)
    figures = kinds(record_type)
    rows = [
        _form_field_figure(answer, id, f"{name}.{key}", figure) for key, figure in figures.items() if figure.is_number
    ]
    rows.insert(0, _form_field_own_name(answer, id, f"{name}.{OWN_NAME}"))
    record = record_type.called if record_type.called.isupper() else record_type.called.lower()
    summary = "Prices and limits of this model" if kind.collection == "prices" else f"Figures of this {record}"
    fold = tag(
        "details",
        tag("summary", summary),
        tag("p", REPLACE, class_="field-help"),
        tag("div", *rows, class_="figure-grid"),
        data_keep=f"{id}-figures",
    )
    return joined_html(tag("p", CLEARED, class_="field-cleared", data_cleared=True, hidden=True), fold)


def _form_field_own_name(answer: Answer, id: str, path: str) -> Safe:
    """The name of a record of the reader's own; a style shows it only while one is picked."""
    control_id, given = f"{id}-{html_slug(path)}", answer.reading.settings.get(path)
    box = tag(
        "input",
        type="text",
        id=control_id,
        name=path,
        value=given.typed if given else "",
        maxlength=str(OWN_NAME_QUESTION.longest),
        autocomplete="off",
        data_optional=True,
    )
    return tag(
        "div",
        tag("label", OWN_NAME_QUESTION.label, for_=control_id),
        tag("div", box, class_="field-control"),
        _form_field_echo(control_id),
        class_="field figure own-name",
        data_field=path,
    )


def _form_field_figure(answer: Answer, id: str, path: str, figure: Figure) -> Safe:
    """One figure of a record: what is published, and an empty control beside it."""
    control_id, given = f"{id}-{html_slug(path)}", answer.reading.settings[path]
    owner, _, field = path.rpartition(".")
    echoed = echo_of_inputs(figure.question, given) if given.origin.kind == "scaled" else ""
    box = tag(
        "input",
        type="text",
        inputmode="decimal",
        id=control_id,
        name=path,
        value=given.typed,
        data_optional=True,
        aria_describedby=f"{control_id}-echo" if echoed else None,
    )
    return tag(
        "div",
        tag("label", figure.label, for_=control_id),
        tag("p", form_published_figures(answer, owner)[field], class_="field-published"),
        tag("div", box, class_="field-control"),
        _form_field_echo(control_id, echoed),
        class_="field figure",
        data_field=path,
        data_formerly=_form_field_former_names(answer, path),
    )
