"""DeepEval's test runs: a document with test cases, each with the scores of its metrics."""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.results.columns import CASE, ERROR, INPUT, SCORE, TAG, Cells, cell_text, is_name
from calculators.readers.results.result_format import ResultFormat, Row, WholeRows, entries, inner


def _listed(row: Row) -> list[Row]:
    return [*entries(row.get("testCases", row.get("test_cases"))), *entries(row.get("conversationalTestCases"))]


def _read(row: Row) -> Iterator[Cells]:
    """A metric that failed to run has no score, and what it says of success says nothing."""
    for case in _listed(row):
        measured = entries(case.get("metricsData", case.get("metrics_data")))
        failed = any(metric.get("error") and metric.get("score") is None for metric in measured)
        cells = {
            (CASE, "case"): cell_text(case.get("name") or case.get("input")),
            (INPUT, "input"): cell_text(case.get("input")),
            (ERROR, "error"): "error" if failed or case.get("success") is None else "",
            (SCORE, "success"): cell_text(case.get("success")),
        }
        cells |= {(SCORE, cell_text(metric.get("name"))): cell_text(metric.get("score")) for metric in measured}
        details = inner(case, "additionalMetadata") or inner(case, "metadata")
        tags = {name: cell_text(tag) for name, tag in details.items()}
        yield cells | {(TAG, name): tag for name, tag in tags.items() if is_name(tag)}


def _recognizes(row: Row, is_table: bool) -> bool:
    return not is_table and any("metricsData" in case or "metrics_data" in case for case in _listed(row))


FORMAT = ResultFormat(label="DeepEval", order=14, recognizes=_recognizes, open_file=lambda: WholeRows(_read))
