"""Tells by its beginning what a file is that another calculator reads: results of a test, logs, rankings, examples."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from calculators.engine.long_text import AnyText
from calculators.engine.nesting import is_json_nested_too_deep
from calculators.engine.numbers import Note
from calculators.readers.results.columns import SCORE, VERSION
from calculators.readers.results.headings import plain_result_heading, result_heading_role
from calculators.readers.retrieval import trec
from calculators.readers.retrieval.columns import PASSAGE, QUERY, RANK, retrieval_column_of

Row: TypeAlias = Mapping[str, object]
"""An object of JSON, or a line of a table by its headings."""

RESULTS, USAGE, RETRIEVAL, TRAINING, LABELS = "results", "usage", "retrieval", "training", "labels"
COUNTS = "counts"


@dataclass(frozen=True, slots=True)
class Stranger:
    """What a kind of file is called, the page that reads it, and its address as seen from another calculator's page."""

    what: str
    title: str
    page: str
    does: str = "reads"

    @property
    def sentence(self) -> str:
        """What is said of such a file in one sentence, without its point.

        >>> STRANGERS["training"].sentence
        'it looks like examples to train on, which “Is my training file good?” reads'
        """
        return f"it looks like {self.what}{', which' if self.does == 'reads' else '.'} “{self.title}” {self.does}"


DO = "../../do/"

STRANGERS = {
    RESULTS: Stranger("results of a test", "Is B really better than A?", f"{DO}compare-two-versions/"),
    USAGE: Stranger("a log of requests", "What your own requests cost", "../../cost/your-requests/"),
    RETRIEVAL: Stranger("results of a search", "Does my search find the right passage?", f"{DO}evaluate-retrieval/"),
    TRAINING: Stranger("examples to train on", "Is my training file good?", f"{DO}prepare-a-dataset/"),
    LABELS: Stranger("labels of people and a judge", "Can I trust my LLM judge?", f"{DO}check-a-judge/"),
    COUNTS: Stranger(
        "counts under names of your own",
        "How do I sum up usage where my logs are?",
        f"{DO}usage-queries/",
        does="lists the names that can be read",
    ),
}
"""The kinds of files that calculators read, with their pages."""

LOOKED_AT = 100_000
"""So many characters of a file are looked at."""

_USE = ("usage", "usagemetadata", "usage_metadata", "resourcespans", "token_usage")
_PAIRS = (("prompt", "completion"), ("instruction", "output"), ("chosen", "rejected"), ("input", "preferred_output"))
_ANSWERED = ("usage", "response", "custom_id", "choices", "score", "scores")
"""Keys beside messages that no example to train on has."""

_PEOPLE = frozenset({"person", "people", "human", "expert", "annotator", "rater", "reviewer"})
_JUDGING = frozenset({"judge", "grader", "autograder"})
"""Words of headings: a column “llm” beside one of people may as well hold the answers of a model."""

_ANSWERING = ("assistant", "model", "gpt")
_IDS = tuple(name for name in PASSAGE if "id" in name.split("_")[-1] or name == "docno")


def stranger_note(words: str, stranger: Stranger, *, is_counted: bool = False) -> Note:
    """Words that name the page which reads a file, with a link to it: to fix first, unless the file was counted."""
    return Note(True, words, {}, is_error=not is_counted, page=stranger.page)


def stranger_kind_of_text(text: AnyText) -> str:
    """The kind of file that a text is, by its first row; empty where none is clear.

    >>> stranger_kind_of_text("case,version,score\\nc1,new,1"), stranger_kind_of_text("q1 Q0 d7 1 0.9 bm25")
    ('results', 'retrieval')
    >>> stranger_kind_of_text('{"model": "m", "usage": {"input_tokens": 3}}'), stranger_kind_of_text("Dear reader,")
    ('usage', '')
    """
    beginning = str(text[:LOOKED_AT]).lstrip("\ufeff \r\n\t")
    if beginning[:1] in ("{", "["):
        row = _first_json_object(beginning.lstrip("[ \r\n\t"))
        return stranger_kind_of_row(row, is_table=False) if row else ""
    heading = next(iter(beginning.splitlines()), "").strip()
    separator = "\t" if "\t" in heading else max(",;", key=heading.count)
    return stranger_kind_of_row(dict.fromkeys(next(csv.reader([heading], delimiter=separator), [])), is_table=True)


def _first_json_object(text: str) -> Row | None:
    """The first object of a text that begins with one; None where it is cut or no JSON."""
    line = text.partition("\n")[0].rstrip(" \r,]")
    for part in (line, text):
        try:
            row = None if is_json_nested_too_deep(part) else json.JSONDecoder().raw_decode(part)[0]
        except ValueError:
            continue
        if isinstance(row, dict):
            return row
    return None


def stranger_kind_of_row(row: Row, is_table: bool) -> str:
    """The kind of file that has such a first row; empty where none is clear. Of a table, the headings decide alone."""
    names = [plain_result_heading(name) for name in row]
    if is_table and len(names) <= 1:
        return RETRIEVAL if trec.FORMAT.recognizes("".join(row)) else ""
    if all(name in names for name in ("evalid", "results")) or all(name in names for name in ("eval", "samples")):
        return RESULTS  # of promptfoo, and of Inspect
    roles = [result_heading_role(name) for name in names]
    if SCORE in roles and VERSION in roles:
        return RESULTS
    passage = _IDS if RANK[0] not in names else PASSAGE
    if retrieval_column_of(names, QUERY) and retrieval_column_of(names, passage):
        return RETRIEVAL
    if SCORE in roles:
        return RESULTS
    words = {word for name in names for word in name.split("_")}
    if words & _PEOPLE and words & _JUDGING:
        return LABELS
    inner = [part for part in row.values() if isinstance(part, dict)]
    if any(is_usage_heading(name) for part in (row, *inner) for name in part):
        return USAGE
    return TRAINING if not is_table and _is_training_example(row, names) else ""


def is_usage_heading(name: str) -> bool:
    """Whether a column or a key is named like counts of tokens.

    >>> is_usage_heading("Prompt Tokens"), is_usage_heading("model")
    (True, False)
    """
    plain = plain_result_heading(name)
    return plain in _USE or "tokens" in plain.split("_")


def _is_training_example(row: Row, names: list[str]) -> bool:
    if any(name in names for name in _ANSWERED):
        return False
    if any(all(name in names for name in pair) for pair in _PAIRS):
        return True
    turns = next((row[key] for key in ("messages", "conversations", "contents") if isinstance(row.get(key), list)), [])
    last = turns[-1] if isinstance(turns, list) and turns else None
    return isinstance(last, dict) and (last.get("role") or last.get("from")) in _ANSWERING
