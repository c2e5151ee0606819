"""Inspect's logs: JSON whole, or the parts of an `.eval` archive that say how it went and what each sample scored.

Values C, P, I and N are right, half right, wrong and without an answer. A sample without scores is unscored, not wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.results.columns import (
    CASE,
    ERROR,
    INPUT,
    RUN,
    SCORE,
    TAG,
    VERSION,
    Cells,
    is_result_name,
    result_cell_text,
)
from calculators.readers.results.result_format import ResultFormat, Row, inner_result, result_entries

GRADES = {"C": "1", "P": "0.5", "I": "0", "N": "0"}
UNFINISHED = {
    "started": "the run had not ended when this log was written",
    "cancelled": "the run was cancelled",
    "error": "the run ended with an error",
}


class _InspectLog:
    """A log, whose header comes last in an archive and first in JSON: what it says goes for all samples."""

    def __init__(self) -> None:
        self.partial = ""
        self._model = ""
        self._waiting: list[Row] = []

    def read(self, row: Row) -> Iterator[Cells]:
        if "eval" in row:
            status = result_cell_text(row.get("status", "success"))
            self.partial = UNFINISHED.get(status, "")
            self._model = result_cell_text(inner_result(row, "eval").get("model"))
            samples = [*self._waiting, *result_entries(row.get("samples"))]
            self._waiting = []
            for sample in samples:
                yield from self._cells(sample)
        elif self._model:
            yield from self._cells(row)
        else:
            self._waiting.append(row)

    def _cells(self, sample: Row) -> Iterator[Cells]:
        cells = {
            (CASE, "sample"): result_cell_text(sample.get("id")),
            (INPUT, "input"): result_cell_text(sample.get("input")),
            (VERSION, "model"): self._model,
            (RUN, "epoch"): result_cell_text(sample.get("epoch")),
            (ERROR, "error"): "error" if sample.get("error") or sample.get("invalidation") else "",
        }
        for scorer, score in inner_result(sample, "scores").items():
            content = score.get("value") if isinstance(score, dict) else score
            parts = content if isinstance(content, dict) else {"": content}
            for name, part in parts.items():
                text = result_cell_text(part)
                cells[SCORE, f"{scorer}.{name}" if name else scorer] = GRADES.get(text, text)
        tags = {name: result_cell_text(tag) for name, tag in inner_result(sample, "metadata").items()}
        yield cells | {(TAG, name): tag for name, tag in tags.items() if is_result_name(tag)}


def _recognizes_inspect_log(row: Row, is_table: bool) -> bool:
    if is_table:
        return False
    is_log = "eval" in row and ("samples" in row or "status" in row)
    return is_log or ({"id", "epoch", "scores"} <= set(row) and "input" in row)


FORMAT = ResultFormat(label="Inspect", order=11, recognizes=_recognizes_inspect_log, open_file=_InspectLog)
