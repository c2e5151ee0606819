"""DeepEval's test runs: a document with test cases, each with the scores of its metrics."""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.results.columns import CASE, ERROR, INPUT, SCORE, TAG, Cells, is_result_name, result_cell_text
from calculators.readers.results.result_format import ResultFormat, Row, WholeRows, inner_result, result_entries


def _deepeval_listed(row: Row) -> list[Row]:
    return [
        *result_entries(row.get("testCases", row.get("test_cases"))),
        *result_entries(row.get("conversationalTestCases")),
    ]


def _read_deepeval(row: Row) -> Iterator[Cells]:
    """A metric that failed to run has no score, and what it says of success says nothing."""
    for case in _deepeval_listed(row):
        measured = result_entries(case.get("metricsData", case.get("metrics_data")))
        failed = any(metric.get("error") and metric.get("score") is None for metric in measured)
        cells = {
            (CASE, "case"): result_cell_text(case.get("name") or case.get("input")),
            (INPUT, "input"): result_cell_text(case.get("input")),
            (ERROR, "error"): "error" if failed or case.get("success") is None else "",
            (SCORE, "success"): result_cell_text(case.get("success")),
        }
        cells |= {
            (SCORE, result_cell_text(metric.get("name"))): result_cell_text(metric.get("score")) for metric in measured
        }
        details = inner_result(case, "additionalMetadata") or inner_result(case, "metadata")
        tags = {name: result_cell_text(tag) for name, tag in details.items()}
        yield cells | {(TAG, name): tag for name, tag in tags.items() if is_result_name(tag)}


def _recognizes_deepeval(row: Row, is_table: bool) -> bool:
    return not is_table and any("metricsData" in case or "metrics_data" in case for case in _deepeval_listed(row))


FORMAT = ResultFormat(
    label="DeepEval", order=14, recognizes=_recognizes_deepeval, open_file=lambda: WholeRows(_read_deepeval)
)
