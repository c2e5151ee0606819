"""Any table or JSON Lines with a column of cases and columns of scores: what no other format recognizes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from calculators.readers.results.columns import MEASURE, SCORE, TAG, Cells, result_cell_text
from calculators.readers.results.headings import plain_result_heading, result_heading_role
from calculators.readers.results.result_format import ResultFormat, Row, WholeRows

SCORE_GROUPS = ("scores", "feedback", "metrics", "score")
TAG_GROUPS = ("metadata", "tags")


def result_table_cells(row: Row, roles: Mapping[str, str] | None = None) -> Iterator[Cells]:
    """The cells of a row by their headings; of objects within it, those that hold scores or tags.

    `roles` are what a tool's special headings mean; its columns without a known heading are measures.
    """
    cells = {}
    for name, cell in row.items():
        plain = plain_result_heading(name)
        if isinstance(cell, dict) and plain in (*SCORE_GROUPS, *TAG_GROUPS):
            role = SCORE if plain in SCORE_GROUPS else TAG
            for within, part in cell.items():
                content = part.get("score", part.get("value")) if isinstance(part, dict) else part
                cells[role, within] = result_cell_text(content)
            continue
        role = result_heading_role(name)
        if roles is not None:
            role = roles.get(plain) or role or MEASURE
        cells[role, name] = result_cell_text(cell)
    yield cells


def result_table_of(label: str, headings: str, roles: Mapping[str, str], order: int) -> ResultFormat:
    """The format of a tool whose rows show by some headings, all of them, with the columns that have special names."""
    needed = set(headings.split())

    def recognizes(row: Row, is_table: bool) -> bool:
        return needed <= {plain_result_heading(name) for name in row}

    def read(row: Row) -> Iterator[Cells]:
        return result_table_cells(row, roles)

    return ResultFormat(label=label, order=order, recognizes=recognizes, open_file=lambda: WholeRows(read))


FORMAT = ResultFormat(
    label="A table or JSON Lines",
    order=200,
    recognizes=lambda row, is_table: True,
    open_file=lambda: WholeRows(result_table_cells),
)
