"""All questions of a calculator in their groups, and the examples above them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from calculators.engine.answering.answer import Answer
from calculators.engine.declare import Every, Example, InputKind
from calculators.views.html.form.fields import form_field
from calculators.views.html.form.folds import (
    TOPIC,
    Topics,
    form_answered_questions,
    form_assumed_topics,
    form_fold_line,
)
from calculators.views.html.form.updates import ASSUMPTIONS, OTHERS, form_assumptions, form_has_nested_folds
from calculators.views.html.tags import Safe, tag

WITHOUT_SCRIPTS = "This is a worked example. To change the numbers, turn on JavaScript; if it is on, reload the page."


def html_form(answer: Answer, id: str) -> Safe:
    """All questions in their groups, each holding what this page's scenario gives."""
    groups: dict[str, list[Safe]] = {}
    firsts: dict[str, str] = {}
    for name, kind in answer.reading.questions.items():
        if not isinstance(kind, Every) and not kind.folded:
            groups.setdefault(kind.group, []).append(form_field(answer, id, name, kind))
            firsts.setdefault(kind.group, kind.label)
    sets = [_form_group(name or "Questions", fields, is_said=firsts[name] == name) for name, fields in groups.items()]
    answered = form_answered_questions(answer.reading)
    leading, others = form_assumed_topics(answer.reading)
    folds = [_form_fold(answer, id, name, questions, answered) for name, questions in others.items()]
    sets += [_assumptions_in_form(answer, id, leading, folds)] if form_has_nested_folds(answer.reading) else folds
    notice = tag("p", WITHOUT_SCRIPTS, class_="calc-noscript")
    fields = tag("fieldset", notice, *sets, class_="calc-fields", disabled=True)
    # WebKit empties each control of a form that says `autocomplete=off` when it shows a kept page again.
    return tag("form", fields, class_="calc-form", novalidate=True)


def _form_group(name: str, fields: list[Safe], *, is_said: bool) -> Safe:
    """The questions of one group; a name that its first question says again is not seen twice."""
    legend = tag("legend", name, class_="is-said" if is_said else None)
    return tag("fieldset", legend, tag("div", *fields, class_="field-grid"), class_="field-group")


def _form_fold(
    answer: Answer, id: str, topic: str, questions: Mapping[str, InputKind], answered: frozenset[str]
) -> Safe:
    """The folded questions of one topic; until it is opened, it shows its name and a line of its values."""
    fields = [form_field(answer, id, name, kind) for name, kind in questions.items()]
    inner = tag("div", tag("div", *fields, class_="field-grid"), class_="field-group", role="group", aria_label=topic)
    line = tag("span", form_fold_line(answer, questions, answered), class_="field-published")
    name = tag("span", tag("span", topic), line, class_="field fold-line", data_field=f"{TOPIC}{topic}")
    return tag("details", tag("summary", name), inner, class_="field-fold")


def _assumptions_in_form(answer: Answer, id: str, leading: Topics, folds: list[Safe]) -> Safe:
    """All folds of a form in one; questions that lead are shown in it at once, and the others in a further fold."""
    groups = [
        _form_group(topic, [form_field(answer, id, name, kind) for name, kind in questions.items()], is_said=False)
        for topic, questions in leading.items()
    ]
    counts = form_assumptions(answer.reading)
    inner = [*groups, _form_fold_of_folds(OTHERS, "All others", counts[OTHERS], folds)] if leading else folds
    return _form_fold_of_folds(ASSUMPTIONS, "Assumptions", counts[ASSUMPTIONS], inner)


def _form_fold_of_folds(name: str, label: str, count: str, inner: list[Safe]) -> Safe:
    """A fold with others in it, which says how many questions it has and how many of them were answered."""
    words = tag("span", f"{label} (", tag("span", count, class_="field-echo"), ")", class_="field", data_field=name)
    return tag("details", tag("summary", words), *inner, class_="field-fold fold-of-folds")


def form_examples(situations: Sequence[Example], controls: Sequence[dict[str, str]], explored: bool = False) -> Safe:
    """A button for each named situation, which fills the controls, and one that goes back to the page's own.

    `explored` if instruments follow below the calculator.
    """
    buttons = [
        tag(
            "button",
            situation.name,
            type="button",
            aria_pressed="false",
            data_example=json.dumps(texts, ensure_ascii=False),
        )
        for situation, texts in zip(situations, controls, strict=True)
    ]
    row = tag("span", *buttons, class_="calc-situations") if buttons else None
    return tag("div", row, _form_shortcuts(explored), class_="calc-examples", role="group", aria_label="Examples")


def _form_shortcuts(explored: bool) -> Safe:
    """What goes back, and the way to what lies below the calculator, within sight of the first question."""
    actions = {"Share": "send", "Print": "print", "Explore": "explore", "Copy link": "link"} if explored else {}
    buttons = [tag("button", label, type="button", data_do=action) for label, action in actions.items()]
    reset = tag("button", "Reset", type="button", data_reset=True)
    undo = tag("button", "Undo", type="button", data_undo=True, hidden=True)
    return tag("span", *buttons, reset, undo, class_="calc-shortcuts")


CASE_FILE = "A file keeps the numbers and choices of all calculators for longer than this tab: no texts, nothing else."


def form_case_file(id: str) -> Safe:
    """What saves the reader's case as a file and opens one, in a fold; a script shows it."""
    name = tag("input", type="text", id=f"{id}-case-name", maxlength="60", autocomplete="off", data_case_name=True)
    file = tag("input", type="file", id=f"{id}-case", accept=".json,application/json", data_case_open=True)
    controls = tag(
        "div",
        tag("label", tag("span", "Name of the case, if you like"), name),
        tag("button", "Save as a file", type="button", data_case_save=True),
        tag("label", tag("span", "Open a case file, or drop it anywhere on the calculator"), file),
        class_="case-controls",
    )
    summary = tag("summary", "Save or open your case as a file")
    return tag("details", summary, tag("p", CASE_FILE), controls, class_="calc-file", hidden=True)
