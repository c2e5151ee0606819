"""Logs of OpenAI Evals: a line that says what is tested, one for each event, and the report at the end."""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.results.columns import CASE, ERROR, SCORE, VERSION, Cells, cell_text
from calculators.readers.results.result_format import ResultFormat, Row, inner


class _Log:
    """The events of one run; without a report at the end it did not finish."""

    def __init__(self) -> None:
        self.partial = "the log has no final report, so the run did not end"
        self._version = ""

    def read(self, row: Row) -> Iterator[Cells]:
        if "final_report" in row:
            self.partial = ""
            return
        functions = inner(row, "spec").get("completion_fns")
        if isinstance(functions, list):
            self._version = ", ".join(cell_text(name) for name in functions)
            return
        kind, data = row.get("type"), inner(row, "data")
        cells = {(CASE, "sample"): cell_text(row.get("sample_id")), (VERSION, "version"): self._version}
        if kind == "match":
            yield cells | {(SCORE, "match"): cell_text(data.get("correct"))}
        elif kind == "metrics":
            yield cells | {
                (SCORE, name): cell_text(score) for name, score in data.items() if isinstance(score, int | float)
            }
        elif kind == "error":
            yield cells | {(ERROR, "error"): "error"}


def _recognizes(row: Row, is_table: bool) -> bool:
    return not is_table and ("completion_fns" in inner(row, "spec") or {"run_id", "event_id", "type"} <= set(row))


FORMAT = ResultFormat(label="OpenAI Evals", order=13, recognizes=_recognizes, open_file=_Log)
