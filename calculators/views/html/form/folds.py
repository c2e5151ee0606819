"""The line of a folded topic: its name, what in it was changed, and the values of its first questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate

from calculators.engine.answering.answer import Answer
from calculators.engine.declare import (
    LEADING,
    Choice,
    Every,
    File,
    Files,
    InputKind,
    Lines,
    NumberInput,
    Pick,
    Several,
    Text,
    YesNo,
)
from calculators.engine.inputs.controls import SEPARATOR
from calculators.engine.inputs.questions import is_input_asked
from calculators.engine.inputs.reading import InputReading, Setting
from calculators.engine.numbers.rounding import grouped_number, unrounded_quantity
from calculators.engine.records import OWN_RECORD
from calculators.views.html.tags import Safe, joined_html, tag

MOST_VALUES = 3
"""How many values of a topic its line shows."""

Topics = Mapping[str, Mapping[str, InputKind]]
"""The folded questions by topic, each by its name."""


def form_folded_topics(reading: InputReading) -> Topics:
    """The topics of a form that are folded away, in the order of their first questions."""
    topics: dict[str, dict[str, InputKind]] = {}
    for name, kind in reading.questions.items():
        if kind.folded and not isinstance(kind, Every):
            topics.setdefault(kind.group, {})[name] = kind
    return topics


def form_assumed_topics(reading: InputReading) -> tuple[Topics, Topics]:
    """The folded questions that a calculator declares to lead its assumptions, as they move its answer most; and all
    others, which are all where none leads.
    """
    first = frozenset(getattr(reading.inputs_type, LEADING, ()))
    leading: dict[str, dict[str, InputKind]] = {}
    others: dict[str, dict[str, InputKind]] = {}
    for topic, questions in form_folded_topics(reading).items():
        for name, kind in questions.items():
            (leading if name in first else others).setdefault(topic, {})[name] = kind
    return leading, others


def form_answered_questions(reading: InputReading) -> frozenset[str]:
    """What holds another answer than its default, typed, linked or measured, and whatever has such a figure or cell."""
    typed = (path for path, setting in reading.settings.items() if setting.origin.kind == "typed")
    return frozenset(owner for path in typed for owner in accumulate(path.split("."), "{}.{}".format))


def form_fold_line(answer: Answer, questions: Mapping[str, InputKind], answered: frozenset[str]) -> Safe:
    """The line beside the name of a topic: `2 changed · Prompt caching: no · 4 more`. Changed values come first."""
    reading = answer.reading
    asked = {name: kind for name, kind in questions.items() if is_input_asked(reading, name, kind)}
    changed = [name for name in asked if name in answered]
    ordered = [*changed, *(name for name in asked if name not in changed)]
    values = [words for name in ordered for words in _form_fold_labeled_value(answer, name, asked[name])]
    more = [f"{len(values) - MOST_VALUES} more"] if len(values) > MOST_VALUES else []
    shown = " · ".join([*values[:MOST_VALUES], *more])
    mark = tag("strong", f"{len(changed)} changed") if changed else None
    return joined_html(mark, " · " if mark and shown else "", shown)


def _form_fold_labeled_value(answer: Answer, name: str, kind: InputKind) -> Iterator[str]:
    """A question and its value in a few words; nothing for one that is open or a text, or says nothing of its files."""
    given = answer.reading.settings.get(name)
    if isinstance(kind, Files) and kind.told and given and given.value:
        yield f"{kind.label}: {kind.told(given.value)}"
    if given is None or given.value is None or isinstance(kind, Lines | Text | File):
        return
    yield f"{kind.label}: {_form_fold_words(answer, kind, given)}"


def _form_fold_words(answer: Answer, kind: InputKind, given: Setting) -> str:
    match kind:
        case NumberInput():
            if given.spread:
                return given.typed
            is_named = kind.unit.noun and kind.unit.noun in kind.label.lower()
            return grouped_number(given.value) if is_named else unrounded_quantity(given.value, kind.unit)
        case YesNo():
            return "yes" if given.value else "no"
        case Choice():
            return kind.options[given.value]
        case Several():
            return f"{len(given.value.split(SEPARATOR))} chosen" if given.value else "none chosen"
        case Pick():
            return (
                "your own"
                if given.value == OWN_RECORD
                else str(answer.facts.entry(kind.collection, given.value)["name"])
            )
    return str(given.value)


TOPIC = ":fold "
"""Before the name of a topic, the name under which a form shows its line; no input is called so."""


def form_fold_updates(answer: Answer) -> dict[str, dict[str, str]]:
    """The line of each folded topic, by the name under which a form shows it."""
    answered = form_answered_questions(answer.reading)
    _, others = form_assumed_topics(answer.reading)
    return {
        f"{TOPIC}{topic}": {"echo": "", "error": "", "published": form_fold_line(answer, questions, answered)}
        for topic, questions in others.items()
    }
