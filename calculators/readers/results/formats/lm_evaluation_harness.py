"""Samples of lm-evaluation-harness: a line for each document and each filter of its answers."""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.results.columns import CASE, INPUT, SCORE, Cells, result_cell_text
from calculators.readers.results.result_format import ResultFormat, Row, WholeRows


def _read_lm_harness(row: Row) -> Iterator[Cells]:
    """A filter makes another score of the same answer, so that each has a column of its own."""
    filter = result_cell_text(row.get("filter"))
    measures = row.get("metrics")
    names = [name for name in measures if isinstance(name, str)] if isinstance(measures, list) else []
    cells = {
        (CASE, "document"): result_cell_text(row.get("doc_hash") or row.get("doc_id")),
        (INPUT, "prompt"): result_cell_text(row.get("prompt_hash") or row.get("arguments")),
    }
    for name in names:
        measured = row.get(name)
        text = "" if isinstance(measured, list | dict) else result_cell_text(measured)
        cells[SCORE, f"{name}, {filter}" if filter not in ("", "none") else name] = text
    yield cells


def _recognizes_lm_harness(row: Row, is_table: bool) -> bool:
    return not is_table and "doc_id" in row and ("filtered_resps" in row or "resps" in row)


FORMAT = ResultFormat(
    label="lm-evaluation-harness",
    order=12,
    recognizes=_recognizes_lm_harness,
    open_file=lambda: WholeRows(_read_lm_harness),
)
