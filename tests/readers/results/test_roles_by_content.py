"""Columns whose headings say nothing, or mislead: their cells tell cases, versions and scores apart."""

from __future__ import annotations

import pytest

from calculators.readers.results.column_names import pasted_result_column_names, result_column_names
from calculators.readers.results.evaluation import Evaluation
from tests.readers.results.result_files import evaluation, summary_text

CASES = 40
SCORES = {
    "old": [int(case % 3 > 0) for case in range(CASES)],
    "new": [int(case % 8 > 0) for case in range(CASES)],
}


def table(heading: str, key: str = "T-{}", separator: str = ";", skipped: int = 0) -> str:
    """A line for each case and version; of the new version every so many cases are left out."""
    rows = [heading.replace(";", separator)]
    for case in range(CASES):
        for version, scores in SCORES.items():
            if not (skipped and version == "new" and case % skipped == 0):
                rows.append(separator.join((key.format(1000 + case), version, str(scores[case]))))
    return "\n".join(rows)


def right(read: Evaluation) -> dict[str, float]:
    """The sum of the scores of each version."""
    return {version.name: float(sum(map(sum, version.scores.values()))) for version in read.versions}


EXPECTED = {version: float(sum(scores)) for version, scores in SCORES.items()}


@pytest.mark.parametrize("key", ["T-{}", "{}"], ids=["names", "numbers"])
@pytest.mark.parametrize(
    "heading",
    [
        "Ticket-ID;Prompt;Bestanden",
        "Ticket-ID;Prompt;Passed",
        "Fall;Fassung;Punkte",
        "Nummer;Fassung;Bestanden",
        "a;b;c",
        "question;setup;ok",
    ],
)
def test_versions_are_the_names_that_tell_the_rows_of_a_case_apart(heading: str, key: str) -> None:
    read = evaluation(("results.csv", table(heading, key)))
    assert right(read) == EXPECTED
    assert all(len(version.scores) == CASES for version in read.versions)


def test_a_tag_of_cases_is_no_version() -> None:
    rows = ["fall,thema,alt,neu", *(f"c{case},{'odd' if case % 2 else 'even'},1,0" for case in range(CASES))]
    read = evaluation(("results.csv", "\n".join(rows)))
    assert [version.name for version in read.versions] == ["alt", "neu"] and read.tag == "thema"


@pytest.mark.parametrize(
    "named",
    [
        {"version": "b"},
        {"version": "b", "case": "a"},
        {"version": "B", "score": "c"},
        {"version": "b", "case": "a", "score": "c"},
    ],
)
def test_a_column_that_is_named_acts_at_once_and_keeps_the_names_of_versions(named: dict[str, str]) -> None:
    text = table("a;b;c", skipped=3)
    misread = evaluation(("results.csv", text))
    assert [version.name for version in misread.versions] == ["c"], "else nothing is to be corrected"
    read = evaluation(("results.csv", text), **named)
    of_new = float(sum(score for case, score in enumerate(SCORES["new"]) if case % 3))
    assert right(read) == {"old": EXPECTED["old"], "new": of_new}
    assert [column.role for column in read.tables[0].columns] == ["case", "version", "score"]


def test_inputs_of_cases_are_not_kept() -> None:
    rows = ["id,prompt,version,passed"]
    rows += [f"{case},What is {case}?,{version},1" for case in range(CASES) for version in SCORES]
    assert "What is" not in summary_text(("results.csv", "\n".join(rows)))


def test_the_columns_of_a_file_and_of_a_pasted_table_are_offered() -> None:
    text = table("Ticket-ID;Prompt;Bestanden")
    assert result_column_names(summary_text(("results.csv", text))) == ("ticket-id", "prompt", "bestanden")
    assert pasted_result_column_names(text.replace(";", ",")) == ("ticket-id", "prompt", "bestanden")
    assert pasted_result_column_names("1,0\n0,1") == ()
