"""A table with a heading, its columns parted by commas, semicolons or tabs: a line for each query and passage."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from calculators.readers.retrieval.columns import (
    PASSAGE,
    QUERY,
    read_retrieval_row,
    retrieval_column_name,
    retrieval_column_of,
)
from calculators.readers.retrieval.retrieval_format import RetrievalFormat, first_retrieval_line
from calculators.readers.retrieval.rows import RetrievalRows

LONGEST_CELL = 50_000_000
TWO = 2


def retrieval_table_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of a table's lines that hold something, each with the number of the line on which it ends."""
    heading = first_retrieval_line(text)
    separator = "\t" if "\t" in heading else max(",;", key=heading.count)
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        reader = csv.reader((f"{line}\n" for line in text.split("\n")), delimiter=separator)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    finally:
        csv.field_size_limit(before)


def _recognizes_retrieval_csv(text: str) -> bool:
    return bool(first_retrieval_line(text))


def _read_retrieval_csv(text: str, role: str, rows: RetrievalRows) -> None:
    names: list[str] = []
    for line, cells in retrieval_table_rows(text):
        if not names:
            names = [retrieval_column_name(cell) for cell in cells]
            if retrieval_column_of(names, QUERY) and retrieval_column_of(names, PASSAGE):
                continue
            names = ["query", "passage"]
            if len(cells) != TWO:  # without a heading only a query and a passage can be told apart
                rows.note("unreadable", line)
                continue
        if len(cells) > len(names):
            rows.note("unreadable", line)
            continue
        read_retrieval_row(dict(zip(names, cells, strict=False)), line, role, rows)


FORMAT = RetrievalFormat(label="CSV", order=9, recognizes=_recognizes_retrieval_csv, read=_read_retrieval_csv)
