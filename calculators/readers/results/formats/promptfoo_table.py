"""Results of promptfoo as CSV: a row for each test, with a group of columns for each version.

The headings of a group repeat; the reader of tables numbers the repeats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from calculators.readers.results.columns import CASE, ERROR, INPUT, SCORE, VERSION, Cells, result_cell_text
from calculators.readers.results.result_format import ResultFormat, Row, WholeRows

_REPEATED = re.compile(r"(status|score)(?: \((\d+)\))?", re.ASCII)
_PROVIDER = re.compile(r"\[([^\]]*)\]", re.ASCII)


def _read_promptfoo_table(row: Row) -> Iterator[Cells]:
    headings = list(row)
    groups = [
        place
        for place, name in enumerate(headings)
        if name.startswith("[") and _is_promptfoo_table_status(headings, place + 1)
    ]
    variables = result_cell_text([result_cell_text(row[name]) for name in headings[: groups[0]]]) if groups else ""
    for number, place in enumerate(groups, 1):
        status = result_cell_text(row[headings[place + 1]])
        provider = _PROVIDER.match(headings[place])
        score = next((name for name in headings[place + 1 :] if _promptfoo_table_column(name) == "score"), "")
        yield {
            (CASE, "variables"): variables,
            (INPUT, "variables"): variables,
            (VERSION, "version"): f"{number}: {provider[1] if provider else 'version'}",
            (ERROR, "error"): "error" if status.upper() == "ERROR" else "",
            (SCORE, "pass"): status,
            (SCORE, "score"): result_cell_text(row.get(score)).lstrip("'"),
        }


def _promptfoo_table_column(heading: str) -> str:
    """A heading without the number of its repeat."""
    repeated = _REPEATED.fullmatch(heading)
    return repeated[1] if repeated else ""


def _is_promptfoo_table_status(headings: list[str], place: int) -> bool:
    return place < len(headings) and _promptfoo_table_column(headings[place]) == "status"


def _recognizes_promptfoo_table(row: Row, is_table: bool) -> bool:
    headings = list(row)
    return is_table and any(
        name.startswith("[") and _is_promptfoo_table_status(headings, place + 1) for place, name in enumerate(headings)
    )


FORMAT = ResultFormat(
    label="promptfoo CSV",
    order=10,
    recognizes=_recognizes_promptfoo_table,
    open_file=lambda: WholeRows(_read_promptfoo_table),
)
