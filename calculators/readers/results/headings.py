"""What the column of a table holds, by its heading, and where that says nothing by its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from calculators.readers.results.columns import (
    CASE,
    ERROR,
    INPUT,
    LONGEST_NAME,
    MEASURE,
    MOST_VERSIONS,
    NEARLY_ALL,
    OTHER,
    RUN,
    SCORE,
    TAG,
    UNKNOWN,
    VERSION,
    ResultColumn,
    ResultTable,
)

HEADINGS = {
    CASE: "id case case_id caseid test test_id testcase test_case sample sample_id example example_id "
    "reference_example_id dataset_item_id datasetitemid item item_id question_id qid task_id row_id row key uid "
    "nr number fall fall_id beispiel cas caso",
    INPUT: "input inputs question prompt query user_input instruction text",
    VERSION: "version model variant experiment experiment_name system candidate arm config provider run_name "
    "dataset_run_name datasetrunname prompt_version session_name",
    RUN: "run epoch repeat repetition trial attempt seed run_index iteration repeat_index",
    ERROR: "error errors exception error_message",
    SCORE: "score scores pass passed success correct is_correct result accuracy acc grade rating verdict exact_match",
}
ROLES = {heading: role for role, headings in HEADINGS.items() for heading in headings.split()}
PREFIXES = ("score", "scores", "feedback", "metric", "metrics")
"""Before a dot or a blank, they say that the rest is the name of a score."""

_OTHERS = (
    "latency latencyms latency_ms duration cost total_cost tokens total_tokens prompt_tokens completion_tokens time "
    "timestamp start_time end_time created created_at date output outputs response answer expected reference target "
    "retrieved_contexts reference_contexts contexts metadata span_id root_span_id trace_id index line"
)
OTHERS = frozenset(_OTHERS.split(" "))
"""Columns of texts and numbers that are no scores."""

_ID = re.compile(r"(?:^|_)(?:ids?|no|nr|num)$", re.ASCII)
"""How the heading of a column ends that names what a row is about, such as `ticket_id`."""

_SIGNS = re.compile(r"[^a-z0-9.]+", re.ASCII)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
MOST_TAGS = 30
FEWEST_COUNTED = 4
"""Rows of which one column may be a count; three scores rise by one now and then."""


def plain_result_heading(heading: str) -> str:
    """A heading as it is compared.

    >>> plain_result_heading(" Test-Case ID ")
    'test_case_id'
    """
    return _SIGNS.sub("_", heading.strip().lower()).strip("_")


def result_heading_role(heading: str) -> str:
    """What a column of this heading holds; `UNKNOWN` where that hangs on its cells."""
    plain = plain_result_heading(heading)
    prefix, dot, _ = plain.partition(".")
    if dot and prefix in PREFIXES:
        return SCORE
    return OTHER if plain in OTHERS else ROLES.get(plain, UNKNOWN)


def settle_result_roles(table: ResultTable) -> None:
    """Gives each column of unknown content its role, from all of its cells.

    Numbers beside a column of versions or of scores are scores, else the results of a version of their own, whose name
    is the heading: such columns are left `UNKNOWN`, also where a few of their cells are no score. Few short texts that
    recur are a tag. Where no heading names the case, the first column of other texts does. What a heading calls inputs
    are names of versions where few of them recur and tell the rows of a case apart.
    """
    for column in table.columns:
        if column.role == SCORE and not (column.is_readable() or column.is_nearly_readable()):
            column.role = UNKNOWN
        if column.role == RUN and column.distinct == table.rows > MOST_TAGS:
            column.role = UNKNOWN
    settle_result_numbering(table)
    settle_result_versions(table)
    has_score = bool(table.with_role(VERSION) or table.with_role(SCORE))
    for column in [*table.with_role(MEASURE), *table.with_role(UNKNOWN)]:
        is_nearly = column.is_nearly_readable() and not (has_score and column.role == UNKNOWN)
        if column.is_readable() or is_nearly:
            column.role = SCORE if has_score or column.role == MEASURE else UNKNOWN
        elif is_result_tag_column(column, table.rows):
            column.role = TAG
        elif not (table.with_role(CASE) or table.with_role(INPUT)):
            column.role, column.texts = CASE, {}
        else:
            column.role, column.texts = OTHER, {}


def settle_result_versions(table: ResultTable) -> None:
    """Where no heading is of versions, takes the column whose few names tell the rows of each case apart.

    A tag has one name for all rows of a case, and a version has a row of its own. Where no heading names the case
    either, one that ends as ids do names it.
    """
    if table.with_role(VERSION):
        return
    names = [column for column in table.columns if column.role in (UNKNOWN, INPUT) and column.has_few_names()]
    candidates = [column for column in names if not column.is_readable()]
    unknown = [key for key in table.with_role(UNKNOWN) if key.distinct > MOST_VERSIONS or not key.is_readable()]
    unknown.sort(key=lambda column: not _ID.search(plain_result_heading(column.name)))
    keys = [*table.with_role(CASE), *unknown, *table.with_role(INPUT)]
    runs = [column.codes for column in table.with_role(RUN)]
    pairs = ((key, column) for key in keys for column in candidates if key is not column)
    key, version = next((pair for pair in pairs if is_result_version_column(*pair, runs)), (None, None))
    if key is None or version is None:
        return
    version.role = VERSION
    if key.role == UNKNOWN:
        key.role, key.texts = CASE, {}


def is_result_version_column(key: ResultColumn, column: ResultColumn, runs: Sequence[Sequence[int]] = ()) -> bool:
    """Whether a column tells the rows of each case (and run) apart by their names, and nearly all cases have all."""
    rows = [row for row in range(len(key.codes)) if key.codes[row] >= 0 and column.codes[row] >= 0]
    results = {(key.codes[row], column.codes[row], *(codes[row] for codes in runs)) for row in rows}
    cells = {(key.codes[row], column.codes[row]) for row in rows}
    full = len({case for case, _ in cells}) * column.distinct
    return len(results) == len(rows) and full - len(cells) <= full // NEARLY_ALL


def settle_result_numbering(table: ResultTable) -> None:
    """Takes a column that counts the rows as the case, where no heading names one and other columns are left to read.

    Its heading may be in any language, and no scores of a test rise by one from row to row.
    """
    unknown = table.with_role(UNKNOWN)
    rivals = [*table.with_role(MEASURE), *table.with_role(SCORE), *unknown[1:]]
    if not unknown or not rivals or table.with_role(CASE) or table.with_role(INPUT) or table.rows < FEWEST_COUNTED:
        return
    column = unknown[0]
    texts = [column.texts.get(code, "") for code in column.codes]
    if _COUNT.fullmatch(texts[0]) and texts == [str(int(texts[0]) + place) for place in range(table.rows)]:
        column.role, column.texts = CASE, {}


def is_result_tag_column(column: ResultColumn, rows: int) -> bool:
    """Whether a column divides the rows into a few groups with names."""
    names = [text for text in column.texts.values() if len(text) <= LONGEST_NAME]
    return not column.hidden and 1 < len(names) <= min(MOST_TAGS, max(2, rows // 2))
