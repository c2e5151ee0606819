"""Reads labels from a table as spreadsheets write it: a heading, then a row a line, with commas, tabs or semicolons."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from calculators.readers.labels.label_format import LabelFormat, LabelRow

_SEPARATORS = ("\t", ";", "|", ",")


def _delimited_label_rows(text: str) -> Iterator[LabelRow]:
    """The rows below the first line that is not blank, the heading. A row with too many cells is unreadable."""
    lines = text.split("\n")
    heading = next((line for line in lines if line.strip()), "")
    separator = next((sign for sign in _SEPARATORS if sign in heading), ",")
    reader = csv.reader((line + "\n" for line in lines), delimiter=separator, skipinitialspace=True)
    names: list[str] | None = None
    begun = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = []
            yield LabelRow(begun + 1, None)
        line, begun = begun + 1, reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if names is None:
            names = [cell.strip() for cell in cells]
        elif len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            yield LabelRow(line, None)
        else:
            yield LabelRow(line, dict(zip(names, (cell.strip() for cell in cells), strict=False)))


FORMAT = LabelFormat(
    label="A table with a heading: commas, tabs or semicolons between",
    order=200,
    recognizes=lambda text: True,
    rows=_delimited_label_rows,
)
"""What no other format recognizes is read as a table."""
