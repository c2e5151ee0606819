"""What an edit changes beside the controls of a form."""

from __future__ import annotations

from calculators.engine.answering.answer import Answer
from calculators.engine.declare import Every, InputKind, Lines, Pick, Several, Text, kinds
from calculators.engine.facts import Fact
from calculators.engine.inputs.compound_controls import input_line_cells
from calculators.engine.inputs.controls import SEPARATOR
from calculators.engine.inputs.echo import echo_of_inputs
from calculators.engine.inputs.questions import is_input_asked
from calculators.engine.inputs.reading import OWN_NAME, OWN_NAME_QUESTION, InputReading
from calculators.views.html.form.folds import (
    Topics,
    form_answered_questions,
    form_assumed_topics,
    form_fold_updates,
    form_folded_topics,
)
from calculators.views.html.sources import html_source, html_source_quantity
from calculators.views.html.tags import Safe, joined_html, tag

MOST_FOLDS = 8
"""With more folds than these, a form has them all in one."""

ASSUMPTIONS, OTHERS = ":assumptions", ":others"
"""The names under which a form shows how many of its folded questions, and of those in the further fold, were answered.

No input is called so.
"""

Update = dict[str, str]
"""What was understood of a control (`echo`), what is wrong (`error`), the figure that it replaces (`published`).

Of a question that does not apply, that it is `gone`. What is published of a folded topic is the line of its values.
"""


def form_updates(answer: Answer) -> dict[str, Update]:
    """The update of every control of the form, by its name."""
    reading = answer.reading
    changed: dict[str, Update] = {}
    for name, kind in kinds(reading.inputs_type).items():
        if isinstance(kind, Every):
            continue
        if isinstance(kind, Lines):
            changed |= {path: _form_update(reading, path, cell) for path, cell in input_line_cells(name, kind)}
            continue
        changed[name] = _form_update(reading, name, kind)
        if isinstance(kind, Pick) and name in reading.settings:
            changed[f"{name}.{OWN_NAME}"] = _form_update(reading, f"{name}.{OWN_NAME}", OWN_NAME_QUESTION)
            published = form_published_figures(answer, name)
            for key, figure in kinds(reading.record_type(name)).items():
                if figure.is_number:
                    path = f"{name}.{key}"
                    changed[path] = {**_form_update(reading, path, figure.question), "published": published[key]}
    for name, kind in reading.questions.items():
        if name in changed and not is_input_asked(reading, name, kind):
            changed[name]["gone"] = "yes"
    changed |= form_fold_updates(answer)
    if form_has_nested_folds(reading):
        changed |= {name: {"echo": words, "error": ""} for name, words in form_assumptions(reading).items()}
    return changed


def form_has_nested_folds(reading: InputReading) -> bool:
    """Whether the form has so many folds that they stand in one; those whose questions all hang on others are apart."""
    topics = form_folded_topics(reading).values()
    apart = [questions for questions in topics if all(kind.conditions for kind in questions.values())]
    return len(topics) - len(apart) > MOST_FOLDS


def form_assumptions(reading: InputReading) -> dict[str, str]:
    """For each fold of folds how many questions it has, and how many of them hold another answer than their default.

    Where some questions lead, the others have a further fold of their own within the first, which counts what was
    changed there as well.
    """
    leading, others = form_assumed_topics(reading)
    answered = form_answered_questions(reading)
    if not leading:
        return {ASSUMPTIONS: _form_count(others, answered)}
    changed = len(_form_changed_names(others, answered))
    within = f"; {changed} of all others changed" if changed else ""
    return {ASSUMPTIONS: f"{_form_count(leading, answered)}{within}", OTHERS: _form_count(others, answered)}


def _form_count(topics: Topics, answered: frozenset[str]) -> str:
    asked = [name for questions in topics.values() for name in questions]
    changed = _form_changed_names(topics, answered)
    return f"{len(asked)}, {f'{len(changed)} changed' if changed else 'all default'}"


def _form_changed_names(topics: Topics, answered: frozenset[str]) -> list[str]:
    """The folded questions that hold another answer than their default."""
    return [name for questions in topics.values() for name in questions if name in answered]


def _form_update(reading: InputReading, path: str, kind: InputKind) -> Update:
    given = reading.settings.get(path)
    if given and isinstance(kind, Several):
        return {"echo": _form_update_chosen(reading, kind, given.value), "error": ""}
    update = {"echo": echo_of_inputs(kind, given) if given else "", "error": reading.problems.get(path, "")}
    if isinstance(kind, Text) and kind.offers:
        update["published"] = _form_update_offers(reading, kind)
    return update


def _form_update_offers(reading: InputReading, kind: Text) -> Safe:
    """A button for each text that the answer to another question offers; `take` in `form.js` fills it in."""
    for name, offer in kind.offers.items():
        if name in reading.settings and (text := reading.settings[name].value):
            buttons = [tag("button", offered, type="button", data_offered=True) for offered in offer(text)]
            return joined_html(*buttons) if buttons else Safe("")
    return Safe("")


def _form_update_chosen(reading: InputReading, kind: Several, ids: str) -> str:
    """The names of the records that are chosen, as a list shows few of them at a time; empty where none is."""
    entries = reading.facts.entries(kind.collection)
    names = [entries[id]["name"] for id in ids.split(SEPARATOR)] if ids else []
    return f"{len(names)} chosen: {', '.join(names)}" if names else ""


def form_published_figures(answer: Answer, name: str) -> dict[str, Safe]:
    """The published value of each figure of a picked record with its source, or that there is none.

    Of an own record nothing is published. The same record is on the page after most edits, so it is written once.
    """
    reading = answer.reading
    record, picked = reading.record_type(name), reading.settings[name].value
    key = ("published figures", kinds(reading.inputs_type)[name].collection, record, picked, reading.on)

    def written() -> dict[str, Safe]:
        figures = [field for field, figure in kinds(record).items() if figure.is_number]
        if name not in answer.published:
            return dict.fromkeys(figures, Safe("yours to type"))
        return {field: _form_published_figure(answer, answer.published[name].get(field)) for field in figures}

    return reading.facts.computed_once(key, written)


def _form_published_figure(answer: Answer, fact: Fact | None) -> Safe:
    if fact is None:
        return Safe("not published")
    return joined_html(tag("strong", html_source_quantity(fact), translate="no"), " ", html_source(answer, fact))
