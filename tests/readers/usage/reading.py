"""Reads a small log for a test, row by row, and adds up what its requests say."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from calculators.readers.usage.recognition import UsageRowSorter
from calculators.readers.usage.request import Request, SkippedRow


def rows_of_log(text: str) -> tuple[list[dict[str, Any]], bool]:
    """The rows of a small log and whether it is a table: JSON, a list of it, JSON Lines, or CSV."""
    if text.lstrip("\ufeff \n")[:1] in ("{", "["):
        decoder, rows, place, text = json.JSONDecoder(), [], 0, text.strip("\ufeff \n")
        while place < len(text):
            value, place = decoder.raw_decode(text, place)
            rows += value if isinstance(value, list) else [value]
            while place < len(text) and text[place].isspace():
                place += 1
        return rows, False
    table = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    return [{(key or "").strip().lower(): cell for key, cell in row.items()} for row in table], True


def requests_in(text: str, expected_format: str = "") -> tuple[list[Request], list[str]]:
    """The requests of a small log, and why rows were skipped; every row read must be of the expected format."""
    rows, is_table = rows_of_log(text)
    sorter = UsageRowSorter(is_table)
    requests: list[Request] = []
    skipped: list[str] = []
    for row in rows:
        try:
            requests += sorter.requests(row)
        except SkippedRow as reason:
            skipped.append(str(reason))
    skipped += sorter.skipped_within
    if expected_format:
        assert set(sorter.counts) == {expected_format}, sorter.counts
    return requests, skipped


def one_of_each(requests: list[Request]) -> list[Request]:
    """The requests without duplicates: of those with the same id the one with the largest output."""
    by_id: dict[str, Request] = {}
    for number, request in enumerate(requests):
        id = request.id or f"#{number}"
        if id not in by_id or (request.output or 0) > (by_id[id].output or 0):
            by_id[id] = request
    return list(by_id.values())


def totals(requests: list[Request]) -> dict[str, int | None]:
    """The sums over requests without duplicates; None where no request says anything."""
    singles = one_of_each(requests)
    fields = ("requests", "uncached", "read", "write", "output", "reasoning")
    values = {field: [getattr(request, field) for request in singles] for field in fields}
    return {
        field: sum(known) if (known := [value for value in column if value is not None]) else None
        for field, column in values.items()
    }


def json_lines(*rows: Any) -> str:
    """A log of JSON, a row on each line."""
    return "\n".join(json.dumps(row) for row in rows)
