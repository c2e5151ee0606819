"""The page of data terms: every cell has a source, a day and a confidence, and unknown cells say so."""

from __future__ import annotations

import re

import pytest
import yaml

from macros.facts import DATA
from macros.pages.lists.data_terms import COLUMNS, FILE
from macros.pages.writer import MacroWriter
from macros.project import ROOT, project_catalogue
from tests.site.content.test_tuners import rows

PAGE = ROOT / "docs" / "decide" / "data-terms.md"


def test_every_cell_has_its_words_its_source_and_its_day() -> None:
    providers = yaml.load(FILE.read_text("utf-8"), yaml.CSafeLoader)["providers"]
    sources = yaml.load((DATA / "sources.yaml").read_text("utf-8"), yaml.CSafeLoader)["sources"]
    table = rows(MacroWriter(project_catalogue()).data_terms(*COLUMNS))
    assert [row[0] for row in table] == [provider["name"] for provider in providers.values()]
    for (_, *cells), provider in zip(table, providers.values(), strict=True):
        for key, cell in zip(COLUMNS, cells, strict=True):
            told = provider.get(key)
            if told is None:
                assert cell == "unknown"
                continue
            source = sources[told["source"]]
            quoted = "quoted by " if told["confidence"] == "B" else ""
            assert cell.startswith(f"{told['text']} {quoted}{source['publisher']}, ")
            assert cell.endswith(f"read\N{NO-BREAK SPACE}{source['accessed']}")


def test_a_table_leaves_out_whom_it_knows_nothing_of() -> None:
    table = rows(MacroWriter(project_catalogue()).data_terms("trained"))
    assert "Mistral AI" not in {row[0] for row in table} and "unknown" not in {row[1] for row in table}


def test_the_page_shows_every_column() -> None:
    shown = re.findall(r'"(\w+)"', " ".join(re.findall(r"data_terms\((.*?)\)", PAGE.read_text("utf-8"))))
    assert set(shown) == set(COLUMNS)


def test_a_column_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="no column 'keep'; did you mean 'kept'"):
        MacroWriter(project_catalogue()).data_terms("keep")
