"""JSON: a line for each query with its lists, a line for each pair, or one object of queries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from calculators.engine.nesting import is_json_nested_too_deep
from calculators.readers.retrieval.columns import (
    PASSAGE,
    QUERY,
    RETRIEVED,
    RIGHT,
    SCORE,
    read_retrieval_row,
    retrieval_column_grade,
    retrieval_column_name,
    retrieval_column_of,
)
from calculators.readers.retrieval.retrieval_format import JUDGMENTS, RetrievalFormat, first_retrieval_line
from calculators.readers.retrieval.rows import RetrievalRows, read_retrieval_number


class _NoNumber(ValueError):
    """JSON knows no NaN and no Infinity; Python's reader does."""


def _refuse_retrieval_json(constant: str) -> float:
    raise _NoNumber(constant)


_DECODER = json.JSONDecoder(parse_constant=_refuse_retrieval_json)


def parse_retrieval_json(text: str) -> object:
    """What a text of JSON holds; None where it is none, or is nested too deep to be read safely."""
    if is_json_nested_too_deep(text):
        return None
    try:
        parsed: object = _DECODER.decode(text)
    except ValueError:
        return None
    return parsed


def retrieval_json_entries(text: str) -> Iterator[tuple[int, object]]:
    """The entries of JSON Lines, of a list or of one object, each with its line; None where one cannot be read."""
    lines = text.split("\n")
    filled = [number for number, line in enumerate(lines, 1) if line.strip()]
    first = lines[filled[0] - 1].strip() if filled else ""
    if first.startswith("[") or (first.startswith("{") and parse_retrieval_json(first) is None):
        whole = parse_retrieval_json(text.strip())
        if isinstance(whole, list):
            yield from enumerate(whole, 1)
            return
        if isinstance(whole, dict):
            yield 1, whole
            return
    for number in filled:
        yield number, parse_retrieval_json(lines[number - 1].strip())


def retrieval_json_text(cell: object) -> str:
    """An id, a number or a word of JSON as text; empty for anything else.

    >>> retrieval_json_text(7), retrieval_json_text(True), retrieval_json_text(None)
    ('7', 'true', '')
    """
    if isinstance(cell, str):
        return cell.strip()
    return json.dumps(cell) if isinstance(cell, int | float) else ""


def _recognizes_retrieval_json(text: str) -> bool:
    return first_retrieval_line(text).startswith(("{", "["))


def _read_retrieval_json(text: str, role: str, rows: RetrievalRows) -> None:
    for line, entry in retrieval_json_entries(text):
        if not isinstance(entry, dict):
            rows.note("unreadable", line)
            continue
        cells = {retrieval_column_name(name): cell for name, cell in entry.items()}
        right = next((cells[name] for name in RIGHT if isinstance(cells.get(name), list | dict)), None)
        query = retrieval_column_of(cells, QUERY) or ("id" if "id" in cells else "")
        if query and (retrieval_column_of(cells, RETRIEVED) or right is not None):
            retrieved = cells.get(retrieval_column_of(cells, RETRIEVED), []) if role != JUDGMENTS else None
            _read_retrieval_json_lists(retrieval_json_text(cells[query]), retrieved, right, line, rows)
        elif query and retrieval_column_of(cells, PASSAGE):
            read_retrieval_row({name: retrieval_json_text(cell) for name, cell in cells.items()}, line, role, rows)
        elif not (query or retrieval_column_of(cells, (*RETRIEVED, *RIGHT))) and all(
            isinstance(cell, list | dict) for cell in entry.values()
        ):
            for name, cell in entry.items():
                retrieved, right = (None, cell) if role == JUDGMENTS else (cell, None)
                _read_retrieval_json_lists(name.strip(), retrieved, right, line, rows)
        else:
            rows.note("no_id", line)


def _read_retrieval_json_lists(query: str, retrieved: object, right: object, line: int, rows: RetrievalRows) -> None:
    """Reads the passages of one query: a list in its order, or an object of passages with their scores or grades."""
    if retrieved is not None:
        rows.answered_query(query)
    if right is not None:
        rows.judged_query(query, line)
    for passage, score in _retrieval_json_pairs(retrieved):
        number = read_retrieval_number(score)
        if isinstance(retrieved, Mapping) and number is None:
            rows.note("bad_score", line)
        else:
            rows.result(query, passage, line, number if isinstance(retrieved, Mapping) else None)
    for passage, grade in _retrieval_json_pairs(right):
        judged = retrieval_column_grade(grade if grade or isinstance(right, Mapping) else "1")
        if judged is None:
            rows.note("bad_grade", line)
        else:
            rows.judgment(query, passage, judged, line)


def _retrieval_json_pairs(passages: object) -> Iterator[tuple[str, str]]:
    """The passages of a list or an object, each with what stands beside it, or nothing."""
    if isinstance(passages, Mapping):
        yield from ((name.strip(), retrieval_json_text(cell)) for name, cell in passages.items())
    for entry in passages if isinstance(passages, list) else []:
        if isinstance(entry, dict):
            cells = {retrieval_column_name(name): retrieval_json_text(cell) for name, cell in entry.items()}
            beside = cells.get(retrieval_column_of(cells, ("grade", "relevance", *SCORE)), "")
            yield cells.get(retrieval_column_of(cells, (*PASSAGE, "id")), ""), beside
        else:
            yield retrieval_json_text(entry), ""


FORMAT = RetrievalFormat(
    label="JSON or JSON Lines", order=2, recognizes=_recognizes_retrieval_json, read=_read_retrieval_json
)
