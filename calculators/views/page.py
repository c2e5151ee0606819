"""What a page shows of a calculator: the whole panel at build, and afterwards only what an edit changes."""

from __future__ import annotations

from collections.abc import Sequence

from calculators.engine.declare import Example, Lines, kinds
from calculators.engine.inputs import Reading, understand
from calculators.views import carry, form, result
from calculators.views.answer import Answer
from calculators.views.explore import Elsewhere, explore
from calculators.views.html import Safe, tag
from calculators.views.json import dumped_tight

STALE = "This result belongs to the numbers before your change."


def panel(
    answer: Answer, id: str, show: str, examples: tuple[Example, ...], of: str = "", others: Sequence[Elsewhere] = ()
) -> Safe:
    """The whole calculator: title, examples, form, result; `show` is `full`, or `headline` with the form folded."""
    title = f"{id}-title"
    instruments = explore(answer, id, others) if show == "full" else None
    controls: list[Safe | None] = [
        form.examples(examples, [_controls(it, answer.reading) for it in examples], instruments is not None),
        form.form(answer, id),
    ]
    shown = result.headline(answer) if show == "headline" else result.result(answer)
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
            class_="calc-answers",
        ),
    ]
    if show == "headline":
        sections.reverse()
    return tag(
        "section",
        tag("h2", f"{answer.title}: {of}" if of else answer.title, id=title, class_="calc-title"),
        tag("p", class_="calc-notice", data_notice=True, role="status", hidden=True),
        tag("div", *sections, class_="calc-body"),
        instruments,
        tag("p", class_="calc-status", role="status", aria_live="polite"),
        tag("p", f"Prices as of {answer.reading.on}. ", tag("span", data_printed=True), class_="calc-printed"),
        class_=f"calc calc-{show}",
        id=id,
        data_calculator=answer.name,
        data_show=show,
        data_search_exclude=True if show == "headline" else None,  # its full page is found
        data_facts=answer.facts.as_of,
        data_defaults=dumped_tight(starts) if (starts := _defaults(answer)) else None,
        aria_labelledby=title,
    )


def _defaults(answer: Answer) -> dict[str, str]:
    """What the controls would hold that this page has given a value of its own, for links that do not name them."""
    reading = answer.reading
    start = understand(reading.of, {}, reading.facts)
    described = {name: kind for name, kind, _ in answer.inputs()} | dict(kinds(reading.of))
    found = {}
    for name in reading.typed:
        owner = described.get(name.rpartition(".")[0].rpartition(".")[0])
        if isinstance(owner, Lines):
            found[name] = carry.starts_with(owner, name)
        elif name in kinds(reading.of):
            found[name] = form.written(described[name], start.given[name])
        else:
            found[name] = ""  # a figure of a record, which a page leaves open
    return found


def _controls(example: Example, reading: Reading) -> dict[str, str]:
    """An example as the controls will show it: numbers written out, so that nothing needs an echo."""
    understood = understand(reading.of, example.given, reading.facts).need()
    described = kinds(reading.of)
    return {
        name: form.written(described[name], understood.given[name]) if name in described else typed
        for name, typed in example.given.items()
    }


SHOWS = {"result": result.result, "headline": result.headline, "sight": result.sight}
"""What a page may show of an answer: all of it, the short result, or all that is not folded away."""


def update(answer: Answer, shows: str) -> str:
    """The JSON that a page needs after an edit: the new result, or what is wrong; the same bytes everywhere."""
    problems = answer.reading.problems
    fields = form.fields(answer)
    if problems:
        return dumped_tight({"ok": False, "result": None, "fields": fields, "spoken": next(iter(problems.values()))})
    return dumped_tight({"ok": True, "result": SHOWS[shows](answer), "fields": fields, "spoken": answer.spoken})
