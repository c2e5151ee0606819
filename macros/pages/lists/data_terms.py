"""What providers do with their customers' texts: a table of data/data_terms.yaml, a row for each provider."""

from __future__ import annotations

from functools import cache

from calculators.engine.facts import Facts
from calculators.views.html.tags import Safe
from macros.facts import DATA
from macros.facts.forms import data_file_in_form
from macros.facts.forms.documents import read_yaml_document
from macros.facts.schema import DataTerms, DataTermsFile
from macros.pages.lists.statements import refuse_unknown_statement_columns, statement_table

FILE = DATA / "data_terms.yaml"
COLUMNS = {
    "kept": "What is kept, and how long",
    "trained": "Training on your texts",
    "zero": "Keeping nothing",
    "region": "Where it is processed",
    "agreement": "Agreements",
}


def data_terms_by_id() -> dict[str, DataTerms]:
    """Every provider of the file by its id, in the order of the file."""
    return data_terms_file(FILE.read_bytes()).providers


@cache
def data_terms_file(content: bytes) -> DataTermsFile:
    """The file in its form; whoever reads the facts has checked it."""
    file = data_file_in_form(DataTermsFile, read_yaml_document(content, f"{DATA.name}/{FILE.name}"))
    assert file is not None, "the facts were read from this file"
    return file.form


def data_terms_table(facts: Facts, columns: tuple[str, ...]) -> Safe:
    """The providers of which one of the columns is known; below them the day of checking."""
    refuse_unknown_statement_columns(columns, COLUMNS, "a provider")
    file = data_terms_file(FILE.read_bytes())
    known = [terms for terms in file.providers.values() if any(column in terms.statements() for column in columns)]
    return statement_table(facts, known, {key: COLUMNS[key] for key in columns}, file.checked, "terms for data")
