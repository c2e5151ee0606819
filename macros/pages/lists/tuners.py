"""Who tunes models: tables of data/tuners.yaml, a row for each provider."""

from __future__ import annotations

from functools import cache

from calculators.engine.facts import Facts
from calculators.engine.inputs.suggestions import suggest_nearest
from calculators.views.html.tags import Safe
from macros.facts import DATA
from macros.facts.forms import data_file_in_form
from macros.facts.forms.documents import read_yaml_document
from macros.facts.forms.values import STATES
from macros.facts.schema import Tuner, TunersFile
from macros.pages.lists.statements import refuse_unknown_statement_columns, statement_table

FILE = DATA / "tuners.yaml"
COLUMNS = {
    "bases": "Base models",
    "methods": "Methods",
    "billed": "How training is billed",
    "served": "How the result is served",
    "failed": "A run that fails or is stopped",
    "until": "Until when",
}


def tuners_by_id() -> dict[str, Tuner]:
    """Every provider of the file by its id, in the order of the file."""
    return tuners_file(FILE.read_bytes()).tuners


@cache
def tuners_file(content: bytes) -> TunersFile:
    """The file in its form; whoever reads the facts has checked it."""
    file = data_file_in_form(TunersFile, read_yaml_document(content, f"{DATA.name}/{FILE.name}"))
    assert file is not None, "the facts were read from this file"
    return file.form


def tuner_table(facts: Facts, state: str, columns: tuple[str, ...]) -> Safe:
    """The providers in one state, or those of all states that a column is known of; below them the day of checking."""
    if state and state not in STATES:
        raise ValueError(f"there is no state {state!r}{suggest_nearest(state, STATES)}")
    refuse_unknown_statement_columns(columns, COLUMNS, "a tuner")
    file = tuners_file(FILE.read_bytes())
    shown = [
        tuner
        for tuner in file.tuners.values()
        if (tuner.state == state if state else any(column in tuner.statements() for column in columns))
    ]
    heads = {column: COLUMNS[column] for column in columns}
    return statement_table(facts, shown, heads, file.checked, f"{state or 'every'} offer")
