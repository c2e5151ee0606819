"""Logs of OpenAI Evals: a line that says what is tested, one for each event, and the report at the end."""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.results.columns import CASE, ERROR, SCORE, VERSION, Cells, result_cell_text
from calculators.readers.results.result_format import ResultFormat, Row, inner_result


class _OpenaiEvalsLog:
    """The events of one run; without a report at the end it did not finish."""

    def __init__(self) -> None:
        self.partial = "the log has no final report, so the run did not end"
        self._version = ""

    def read(self, row: Row) -> Iterator[Cells]:
        if "final_report" in row:
            self.partial = ""
            return
        functions = inner_result(row, "spec").get("completion_fns")
        if isinstance(functions, list):
            self._version = ", ".join(result_cell_text(name) for name in functions)
            return
        kind, data = row.get("type"), inner_result(row, "data")
        cells = {(CASE, "sample"): result_cell_text(row.get("sample_id")), (VERSION, "version"): self._version}
        if kind == "match":
            yield cells | {(SCORE, "match"): result_cell_text(data.get("correct"))}
        elif kind == "metrics":
            yield cells | {
                (SCORE, name): result_cell_text(score) for name, score in data.items() if isinstance(score, int | float)
            }
        elif kind == "error":
            yield cells | {(ERROR, "error"): "error"}


def _recognizes_openai_evals(row: Row, is_table: bool) -> bool:
    return not is_table and (
        "completion_fns" in inner_result(row, "spec") or {"run_id", "event_id", "type"} <= set(row)
    )


FORMAT = ResultFormat(label="OpenAI Evals", order=13, recognizes=_recognizes_openai_evals, open_file=_OpenaiEvalsLog)
