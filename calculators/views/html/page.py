"""What a page shows of a calculator: the whole panel at build, and afterwards only what an edit changes."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence

from calculators.engine.answering.answer import Answer
from calculators.engine.declare import Example, Lines, kinds
from calculators.engine.inputs.reading import InputReading
from calculators.engine.inputs.understanding import understand_inputs
from calculators.views.export import exported_cell_default
from calculators.views.html.form.controls import form_control_text
from calculators.views.html.form.form import form_case_file, form_examples, html_form
from calculators.views.html.form.updates import form_updates
from calculators.views.html.instruments import HtmlElsewhere, html_instruments
from calculators.views.html.result import html_headline, html_result
from calculators.views.html.tags import Safe, tag
from calculators.views.json import compact_json
from calculators.views.wording import wording_of_title

STALE = "This result belongs to the numbers before your change."

FOOT = "One or two pages to show: the answer, your numbers and what matters most."
"""What stands beside the button below the answer."""


def html_panel(
    answer: Answer,
    id: str,
    show: str,
    examples: Sequence[Example],
    situation: str = "",
    neighbors: Sequence[HtmlElsewhere] = (),
    case: Mapping[str, str] | None = None,
    keeps_case: bool = False,
    followers: Mapping[str, str] | None = None,
) -> Safe:
    """The whole calculator: title, examples, form, result; `show` is `full`, or `headline` with the form folded.

    `case` has the paths of its questions that other calculators ask too, with their names in the reader's case, and
    `followers` those of further plans that take the same answers.
    With `keeps_case` the case can be saved as a file and opened here.
    """
    title = f"{id}-title"
    instruments = html_instruments(answer, id, neighbors) if show == "full" else None
    controls: list[Safe | None] = [
        form_examples(
            examples, [control_texts(example.given, answer.reading) for example in examples], instruments is not None
        ),
        form_case_file(id) if keeps_case else None,
        html_form(answer, id),
    ]
    shown = html_headline(answer) if show == "headline" else html_result(answer)
    if show == "headline":
        controls = [
            tag(
                "details", tag("summary", "Change the numbers"), *controls, data_keep=f"{id}-form", class_="calc-change"
            )
        ]
    sections = [
        tag("div", *controls, class_="calc-questions"),
        tag(
            "div",
            tag("p", STALE, class_="calc-stale", hidden=True),
            tag("div", shown, class_="calc-result", data_result=True),
            tag("p", class_="calc-age") if "data-checked" in shown else None,
            class_="calc-answers",
        ),
    ]
    if show == "headline":
        sections.reverse()
    if instruments is not None:
        sections.append(_html_page_foot())
    return tag(
        "section",
        tag("h2", wording_of_title(answer.title, situation), id=title, class_="calc-title"),
        tag("p", class_="calc-notice", data_notice=True, role="status", hidden=True),
        tag("div", *sections, class_="calc-body"),
        instruments,
        _html_page_told(),
        tag("p", class_="calc-status", role="status", aria_live="polite"),
        tag("p", f"Prices as of {answer.reading.on}. ", tag("span", data_printed=True), class_="calc-printed"),
        class_=f"calc calc-{show}",
        id=id,
        data_calculator=answer.name,
        data_show=show,
        data_first=True if show == "full" and answer.chart and answer.chart.is_slow else None,
        data_search_exclude=True if show == "headline" else None,  # its full page is found
        data_case=html_grouped_case_names(case or {}),
        data_follows=html_grouped_case_names(followers) if followers else None,
        data_title=answer.title if situation else None,
        data_facts=answer.facts.as_of,
        data_defaults=compact_json(starts) if (starts := _html_page_defaults(answer)) else None,
        aria_labelledby=title,
    )


def _html_page_foot() -> Safe:
    """The way to the report, where the answer ends."""
    button = tag("button", "Print the report", type="button", data_do="print")
    return tag("div", button, tag("span", FOOT), class_="calc-foot")


def _html_page_told() -> Safe:
    """Where scripts say what an action came to: at the foot of the window, wherever the reader is in the calculator."""
    close = tag("button", "×", type="button", data_close=True, aria_label="Close this message")
    return tag("div", tag("div", tag("p", role="status", data_told=True), close), class_="calc-told")


def html_grouped_case_names(case: Mapping[str, str]) -> str:
    """The paths as JSON, grouped by what is before their last dot: `{"": "requests queries=requests", "tuned": "gpu"}`.

    A name in the case follows where it differs from the last part of its path.
    """
    grouped: dict[str, list[str]] = {}
    for path, name in case.items():
        owner, _, last = path.rpartition(".")
        grouped.setdefault(owner, []).append(last if last == name else f"{last}={name}")
    return compact_json({owner: " ".join(words) for owner, words in grouped.items()})


def _html_page_defaults(answer: Answer) -> dict[str, str]:
    """What the controls would hold that this page has given a value of its own, for links that do not name them."""
    reading = answer.reading
    start = understand_inputs(reading.inputs_type, {}, reading.facts)
    described = {name: kind for name, kind, _ in answer.inputs()} | dict(kinds(reading.inputs_type))
    starts = {}
    for name in reading.typed:
        owner = described.get(name.rpartition(".")[0].rpartition(".")[0])
        if isinstance(owner, Lines):
            starts[name] = exported_cell_default(owner, name)
        elif name in kinds(reading.inputs_type):
            starts[name] = form_control_text(described[name], start.settings[name])
        else:
            starts[name] = ""  # a figure of a record, which a page leaves open
    return starts


def control_texts(given: Mapping[str, str], reading: InputReading) -> dict[str, str]:
    """What an author gave as the controls will show it: numbers written out, so that nothing needs an echo."""
    understood = understand_inputs(reading.inputs_type, given, reading.facts).need()
    described = kinds(reading.inputs_type)
    return {
        name: form_control_text(described[name], understood.settings[name]) if name in described else typed
        for name, typed in given.items()
    }


def html_page_update(answer: Answer, folds: Container[str] = ()) -> str:
    """The JSON that a page needs after an edit: the new result, or what is wrong; the same bytes everywhere.

    Only the folds named have their content. The page asks for that of another when it is opened.
    """
    return _html_page_update_part(answer, lambda: html_result(answer, folds.__contains__))


def html_headline_update(answer: Answer, folds: Container[str] = ()) -> str:
    """The same for a page that shows the short result."""
    return _html_page_update_part(answer, lambda: html_headline(answer, folds.__contains__))


def html_page_refusal(problems: Iterable[str]) -> Safe:
    """A paragraph in place of a part that cannot be answered."""
    return tag("p", "; ".join(dict.fromkeys(problems)), class_="explore-refused")


def _html_page_update_part(answer: Answer, write: Callable[[], Safe]) -> str:
    problems = answer.reading.problems
    fields = form_updates(answer)
    if problems:
        return compact_json({"ok": False, "result": None, "fields": fields, "spoken": next(iter(problems.values()))})
    return compact_json({"ok": True, "result": write(), "fields": fields, "spoken": answer.spoken})
