"""The reader's case for a page: the text of a file that holds it, or what a file that was opened holds."""

from __future__ import annotations

from calculators.engine.facts import Facts
from calculators.engine.questions.question import Keep, Open, Question
from calculators.views.case_files import (
    MEASURED,
    Asked,
    Entry,
    Names,
    NoCase,
    case_file_entries,
    case_file_from_entries,
    case_file_from_text,
    case_file_text,
)
from calculators.views.json import compact_json

NAMED = 3
"""How many things that were left out are named."""


def kept_case_file_text(question: Question, asked: Asked, names: Names, facts: Facts) -> str:
    """The file of the case that a page keeps."""
    assert isinstance(question.ask, Keep)
    entries = {
        name: Entry(text, f"{MEASURED}{question.measured[name]}" if name in question.measured else "")
        for name, text in question.given.items()
    }
    return case_file_text(case_file_from_entries(question.ask.name, entries, names))


def opened_case_file_json(question: Question, asked: Asked, names: Names, facts: Facts) -> str:
    """What a page keeps of a file: `{"entries": {…}, "name": …, "said": …}`, or what is wrong as its `error`."""
    assert isinstance(question.ask, Open)
    try:
        case = case_file_from_text(question.ask.text, asked)
    except NoCase as problem:
        return compact_json({"error": f"This file {problem}. Nothing was changed.".replace("?.", "?")})
    entries, left = case_file_entries(case, asked, names, facts)
    if not entries:
        return compact_json({"error": "Nothing in this file was understood. Nothing was changed."})
    answers = {
        name: {"text": entry.text, **({"from": entry.measured.removeprefix(MEASURED)} if entry.measured else {})}
        for name, entry in entries.items()
    }
    return compact_json(
        {"entries": answers, "name": case.name, "said": _case_file_sentence(case.name, len(answers), left)}
    )


def _case_file_sentence(name: str, count: int, left: list[str]) -> str:
    """One or two sentences: which case was opened, and what was left out of it."""
    opened = f"{f'The case “{name}”' if name else 'The case of this file'} is open: {count} answer{'s' * (count != 1)}."
    if not left:
        return opened
    more = f" and {len(left) - NAMED} more" if len(left) > NAMED else ""
    return f"{opened} Left out, as texts, not understood or said twice: {', '.join(left[:NAMED])}{more}."
