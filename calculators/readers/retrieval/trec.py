"""TREC's formats: runs, `query Q0 passage rank score tag`, and qrels, `query 0 passage grade`."""

from __future__ import annotations

from calculators.readers.retrieval.retrieval_format import JUDGMENTS, RetrievalFormat, first_retrieval_line
from calculators.readers.retrieval.rows import RetrievalRows, read_retrieval_number

RUN_COLUMNS = (5, 6)
"""Some tools leave out the tag at the end."""

QRELS_COLUMNS = 4


def _recognizes_retrieval_trec(text: str) -> bool:
    columns = first_retrieval_line(text).split()
    if len(columns) in RUN_COLUMNS:
        return read_retrieval_number(columns[4]) is not None
    return len(columns) == QRELS_COLUMNS and read_retrieval_number(columns[3]) is not None


def _read_retrieval_trec(text: str, role: str, rows: RetrievalRows) -> None:
    rows.score_first = True
    for number, line in enumerate(text.split("\n"), 1):
        columns = line.split()
        if not columns:
            continue
        if role != JUDGMENTS and len(columns) in RUN_COLUMNS:
            score = read_retrieval_number(columns[4])
            if score is None:
                rows.note("bad_score", number)
            else:
                rows.result(columns[0], columns[2], number, score, read_retrieval_number(columns[3]))
        elif len(columns) == QRELS_COLUMNS:
            grade = read_retrieval_number(columns[3])
            if grade is None:
                rows.note("bad_grade", number)
            else:
                rows.judgment(columns[0], columns[2], grade, number)
        else:
            rows.note("unreadable", number)


FORMAT = RetrievalFormat(
    label="TREC run or qrels", order=3, recognizes=_recognizes_retrieval_trec, read=_read_retrieval_trec
)
