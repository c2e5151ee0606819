"""Ragas's data sets, as CSV or JSON Lines: for each question the passages retrieved, and those that are right.

Passages are compared by `retrieved_context_ids` and `reference_context_ids` where both are there, else by their text,
word for word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from calculators.readers.retrieval.columns import retrieval_column_name
from calculators.readers.retrieval.csv import retrieval_table_rows
from calculators.readers.retrieval.json_lines import parse_retrieval_json, retrieval_json_entries, retrieval_json_text
from calculators.readers.retrieval.retrieval_format import JUDGMENTS, RetrievalFormat, first_retrieval_line
from calculators.readers.retrieval.rows import RetrievalRows

RETRIEVED_TEXTS, RIGHT_TEXTS = "retrieved_contexts", "reference_contexts"
RETRIEVED_IDS, RIGHT_IDS = "retrieved_context_ids", "reference_context_ids"
COLUMNS = (RETRIEVED_TEXTS, RIGHT_TEXTS, RETRIEVED_IDS, RIGHT_IDS)
QUESTION = "user_input"

_ENTRY = re.compile(r"""'((?:[^'\\]++|\\.)*)'|"((?:[^"\\]++|\\.)*)"|([^\s,\[\]'"]+)""", re.DOTALL | re.ASCII)
_BETWEEN = re.compile(r"[\s,]*", re.ASCII)
_ESCAPED_QUOTE = re.compile(r"""\\(['"\\])""")
_BLANKS = re.compile(r"\s+", re.ASCII)


def _recognizes_retrieval_ragas(text: str) -> bool:
    heading = first_retrieval_line(text)
    if heading.startswith(("{", "[")):
        return any(f'"{name}"' in heading for name in COLUMNS) or any(
            f'"{name}"' in text[:LONGEST_START] for name in COLUMNS
        )
    return any(name in [retrieval_column_name(cell) for cell in re.split("[,;\t]", heading)] for name in COLUMNS)


LONGEST_START = 10_000


def _read_retrieval_ragas(text: str, role: str, rows: RetrievalRows) -> None:
    if first_retrieval_line(text).startswith(("{", "[")):
        for line, entry in retrieval_json_entries(text):
            if isinstance(entry, dict):
                _read_retrieval_ragas_question(entry, line, role, rows)
            else:
                rows.note("unreadable", line)
        return
    names: list[str] = []
    for line, cells in retrieval_table_rows(text):
        if names and len(cells) <= len(names):
            _read_retrieval_ragas_question(dict(zip(names, cells, strict=False)), line, role, rows)
        elif names:
            rows.note("unreadable", line)
        names = names or [retrieval_column_name(cell) for cell in cells]


def _read_retrieval_ragas_question(cells: Mapping[str, object], line: int, role: str, rows: RetrievalRows) -> None:
    """Reads one question; a list that is empty or missing holds nothing."""
    query = _retrieval_ragas_plain(retrieval_json_text(cells.get(QUESTION)))
    by_id = bool(cells.get(RETRIEVED_IDS)) and bool(cells.get(RIGHT_IDS))
    by_id = by_id or not (cells.get(RETRIEVED_TEXTS) or cells.get(RIGHT_TEXTS))
    retrieved = read_retrieval_ragas_list(cells.get(RETRIEVED_IDS if by_id else RETRIEVED_TEXTS))
    right = read_retrieval_ragas_list(cells.get(RIGHT_IDS if by_id else RIGHT_TEXTS))
    if retrieved is None or right is None:
        rows.note("unreadable", line)
        return
    if not query:
        rows.note("no_id", line)
        return
    if any(name in cells for name in (RIGHT_IDS, RIGHT_TEXTS)):
        rows.judged_query(query, line)
    if role != JUDGMENTS:
        rows.answered_query(query)
        for passage in retrieved:
            rows.result(query, _retrieval_ragas_plain(passage), line)
    for passage in dict.fromkeys(map(_retrieval_ragas_plain, right)):
        rows.judgment(query, passage, 1.0, line)


def read_retrieval_ragas_list(cell: object) -> list[str] | None:
    """A list of texts: of JSON, or as Python or numpy write one into a cell. None where it is no list.

    >>> [read_retrieval_ragas_list(cell) for cell in ("['a, b', \\"it's\\"]", '["a"]', "", "a")]
    [['a, b', "it's"], ['a'], [], None]
    """
    if cell is None or cell == "":
        return []
    if isinstance(cell, list):
        return [retrieval_json_text(entry) for entry in cell]
    text = retrieval_json_text(cell)
    parsed = parse_retrieval_json(text) if text.startswith("[") else None
    if isinstance(parsed, list):
        return [retrieval_json_text(entry) for entry in parsed]
    if not (text.startswith("[") and text.endswith("]")):
        return None
    entries: list[str] = []
    place = 1
    while True:
        between = _BETWEEN.match(text, place, len(text) - 1)
        place = between.end() if between else place
        if place == len(text) - 1:
            return entries
        entry = _ENTRY.match(text, place, len(text) - 1)
        if entry is None:
            return None
        entries.append(_ESCAPED_QUOTE.sub(r"\1", next(part for part in entry.groups() if part is not None)))
        place = entry.end()


def _retrieval_ragas_plain(text: str) -> str:
    """A text by which passages are compared: runs of blanks are one."""
    return _BLANKS.sub(" ", text).strip(" ")


FORMAT = RetrievalFormat(
    label="Ragas data set", order=1, recognizes=_recognizes_retrieval_ragas, read=_read_retrieval_ragas
)
