"""The names under which tools write a query, a passage, its rank, its score and its grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from calculators.readers.retrieval.retrieval_format import JUDGMENTS
from calculators.readers.retrieval.rows import RetrievalRows, read_retrieval_number

QUERY = ("query_id", "qid", "queryid", "question_id", "topic_id", "topic", "query", "question", "user_input")
PASSAGE = (
    *("passage_id", "pid", "doc_id", "docid", "document_id", "docno", "corpus_id", "chunk_id", "node_id"),
    *("passage", "doc", "document", "chunk", "context"),
)
RANK = ["rank", "position"]
SCORE = ["score", "similarity", "sim", "relevance_score"]
DISTANCE = ["distance"]
GRADE = ["grade", "relevance", "rel", "relevant", "label", "judgment", "judgement", "qrel"]
RETRIEVED = ["retrieved", "retrieved_ids", "retrieved_doc_ids", "results", "ranking", "ranked", "hits"]
RIGHT = ["relevant", "relevant_ids", "relevant_docs", "relevant_doc_ids", "expected", "expected_ids", "gold", "qrels"]

WORDS = {"true": 1.0, "yes": 1.0, "relevant": 1.0, "false": 0.0, "no": 0.0, "irrelevant": 0.0}
"""Grades that are written as words."""


def retrieval_column_name(heading: str) -> str:
    """A heading as it is compared.

    >>> retrieval_column_name(" Query-ID ")
    'query_id'
    """
    return heading.strip().lower().replace("-", "_").replace(" ", "_")


def retrieval_column_of(names: Iterable[str], known: Iterable[str]) -> str:
    """The first of the known names that a file has; empty where it has none."""
    present = set(names)
    return next((name for name in known if name in present), "")


def retrieval_column_grade(text: str) -> float | None:
    """A grade, as a number or a word; None for anything else.

    >>> retrieval_column_grade("2"), retrieval_column_grade("Yes"), retrieval_column_grade("maybe")
    (2.0, 1.0, None)
    """
    number = read_retrieval_number(text)
    return WORDS.get(text.strip().lower()) if number is None else number


def read_retrieval_row(cells: Mapping[str, str], line: int, role: str, rows: RetrievalRows) -> None:
    """Reads a line about one query and one passage: a result, a judgment, or both.

    In a file of judgments a score is the grade, as in BEIR, where no other column is; without either the passage is
    right. A distance is a score with its sign turned.
    """
    query, passage = (cells.get(retrieval_column_of(cells, names), "").strip() for names in (QUERY, PASSAGE))
    rank, score, distance, grade = (
        cells.get(retrieval_column_of(cells, names), "").strip() for names in (RANK, SCORE, DISTANCE, GRADE)
    )
    if role == JUDGMENTS:
        grade = grade or score or "1"
    if grade:
        judged = retrieval_column_grade(grade)
        if judged is None:
            rows.note("bad_grade", line)
        else:
            rows.judgment(query, passage, judged, line)
    if role == JUDGMENTS:
        return
    if not (rank or score or distance) and any(name in cells for name in (*RANK, *SCORE, *DISTANCE)):
        rows.answered_query(query)  # a judged passage that the search did not give
        return
    number, place = read_retrieval_number(score or distance), read_retrieval_number(rank)
    if (number is None and (score or distance)) or (place is None and rank):
        rows.note("bad_score", line)
        return
    rows.result(query, passage, line, -number if number is not None and not score else number, place)
