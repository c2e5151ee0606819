"""The page of who tunes what: every row has a source and a day, unknown cells say so, no provider is missing."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
import yaml

from macros.facts import DATA
from macros.facts.forms.values import STATES
from macros.pages.lists.tuners import COLUMNS, FILE, tuners_by_id
from macros.pages.writer import MacroWriter
from macros.project import ROOT, project_catalogue

PAGE = ROOT / "docs" / "cost" / "who-tunes-what.md"
CALL = re.compile(r"\{\{ tuners\((.*?)\) \}\}")


def writer() -> MacroWriter:
    return MacroWriter(project_catalogue())


def rows(table: str) -> list[list[str]]:
    """The cells of each row, as text."""
    body = table.split("<tbody>")[1].split("</tbody>")[0]
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in body.split("<tr>")[1:])
    return [[unescape(re.sub(r"<[^>]+>", "", cell)) for cell in row] for row in cells]


@pytest.mark.parametrize("state", STATES)
def test_every_row_has_what_the_file_says_with_its_sources_and_their_days(state: str) -> None:
    data = yaml.load(FILE.read_text("utf-8"), yaml.CSafeLoader)["tuners"]
    expected = {tuner["name"]: tuner for tuner in data.values() if tuner["state"] == state}
    table = rows(writer().tuners(state, *COLUMNS))
    assert [row[0] for row in table] == list(expected)
    sources = yaml.load((DATA / "sources.yaml").read_text("utf-8"), yaml.CSafeLoader)["sources"]
    for name, *cells in table:
        tuner = expected[name]
        assert set(cells) != {"unknown"}
        for key, cell in zip(COLUMNS, cells, strict=True):
            if key not in tuner:
                assert cell == "unknown"
                continue
            source = sources[tuner[key]["source"]]
            assert cell.startswith(f"{tuner[key]['text']} {source['publisher']}, ")
            assert cell.endswith(f"read\N{NO-BREAK SPACE}{source['accessed']}")


def test_a_table_of_any_state_has_only_the_rows_that_say_something() -> None:
    table = rows(writer().tuners("", "failed"))
    assert len(table) > 2
    assert all(row[1] != "unknown" for row in table)


def test_the_page_shows_every_provider_and_every_column() -> None:
    calls = [yaml.safe_load(f"[{call}]") for call in CALL.findall(PAGE.read_text("utf-8"))]
    assert {state for state, *_ in calls} == {"", *STATES}
    assert {column for _, *columns in calls for column in columns} == set(COLUMNS)
    shown = {row[0] for state, *columns in calls for row in rows(writer().tuners(state, *columns))}
    assert shown == {tuner.name for tuner in tuners_by_id().values()}


def test_an_offer_is_open_only_before_its_end() -> None:
    """The days that the calculators know of OpenAI's offers and the words of this file agree."""
    entries = yaml.load((DATA / "tuning.yaml").read_text("utf-8"), yaml.CSafeLoader)["entries"]
    tuning = entries["openai/gpt-4.1"]["facts"]
    told = tuners_by_id()["openai"]
    assert told.state == "closing" and told.until
    for key in ("closed_to_new", "closes", "retires"):
        day = tuning[key]["values"][-1]["value"]
        assert isinstance(day, date) and day.isoformat() in told.until.text


def test_a_state_or_a_column_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="no state 'opn'; did you mean 'open'"):
        writer().tuners("opn", "bases")
    with pytest.raises(ValueError, match="no column 'base'; did you mean 'bases'"):
        writer().tuners("open", "base")
