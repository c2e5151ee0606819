"""The names of the columns in what a reader brings, to choose from where one was misread."""

from __future__ import annotations

from functools import lru_cache

from calculators.readers.results.intake import read_results_text
from calculators.readers.results.pasted import is_pasted_results_table
from calculators.readers.results.summary import ResultSummary, result_summary_from_json

MOST_OFFERED = 24
"""Columns that are offered; JSON may have hundreds."""


@lru_cache(1)
def result_column_names(summary: str) -> tuple[str, ...]:
    """The names of the columns of all files in the text of a summary, each once."""
    return _summary_column_names(result_summary_from_json(summary))


@lru_cache(1)
def pasted_result_column_names(pasted: str) -> tuple[str, ...]:
    """The names of the columns of a pasted table; none where pairs were pasted.

    >>> pasted_result_column_names("id,old,new\\n1,1,0")
    ('id', 'old', 'new')
    """
    return _summary_column_names(read_results_text(pasted)) if is_pasted_results_table(pasted) else ()


def _summary_column_names(summary: ResultSummary) -> tuple[str, ...]:
    names = dict.fromkeys(column.name for table in summary.tables for column in table.columns)
    return tuple(names)[:MOST_OFFERED]
