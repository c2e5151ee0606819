"""The files of a search, read and joined: at which ranks each query got its right passages, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from calculators.readers import retrieval
from calculators.readers.formats import reader_formats
from calculators.readers.retrieval.retrieval_format import JUDGMENTS, RESULTS, RetrievalFormat
from calculators.readers.retrieval.rows import RetrievalRows
from calculators.readers.strangers import RETRIEVAL, TRAINING, stranger_kind_of_text

RETRIEVAL_FORMATS = reader_formats(retrieval, RetrievalFormat)

KEPT = 8
"""How many files and evaluations are kept, as every run asks for the same."""

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class RetrievalFile:
    """What one file held: the label of its format (empty for no text), its rows, and the ranking of each query.

    `kind` is that of a file which another calculator reads.
    """

    label: str
    rows: RetrievalRows
    rankings: dict[str, list[str]]
    kind: str = ""


@lru_cache(KEPT)
def read_search_results_file(text: str) -> RetrievalFile:
    """The results of a search, with the judgments that may stand beside them; kept, as every run asks for them."""
    return _read_search_file(text, RESULTS)


@lru_cache(KEPT)
def read_search_judgments_file(text: str) -> RetrievalFile:
    """Which passages are right."""
    return _read_search_file(text, JUDGMENTS)


def _read_search_file(text: str, role: str) -> RetrievalFile:
    text = text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
    rows = RetrievalRows()
    format = next((format for format in RETRIEVAL_FORMATS.values() if format.recognizes(text)), None)
    if format is None:
        return RetrievalFile("", rows, {})
    format.read(text, role, rows)
    kind = stranger_kind_of_text(text)
    if kind == TRAINING:  # its turns would be taken for passages
        return RetrievalFile(format.label, RetrievalRows(), {}, kind)
    is_another = kind != RETRIEVAL and not (rows.results or rows.judgments)
    return RetrievalFile(format.label, rows, rows.rankings(), kind if is_another else "")


@dataclass(frozen=True, slots=True)
class SearchRanking:
    """A judged query: where its graded passages came, and what there was to find.

    `hits` are rank and grade of the retrieved passages with a grade above 0, by rank. `judged` are the ranks of all
    judged ones. `ideal` are the grades above 0 of all judged passages, the highest first. `retrieved` counts passages.
    """

    hits: tuple[tuple[int, float], ...]
    judged: tuple[int, ...]
    ideal: tuple[float, ...]
    retrieved: int

    def right(self, grade: float) -> int:
        """How many passages are right, at a grade from which on they are."""
        return len([each for each in self.ideal if each >= grade])


@dataclass(frozen=True, slots=True, eq=False)
class SearchVersion:
    """One version of the search: the rankings of all judged queries in their order, and what is left out.

    `unjudged` are the lines of queries with results and no judgment, `silent` the lines of judged ones without results.
    """

    file: RetrievalFile
    rankings: tuple[SearchRanking, ...]
    unjudged: tuple[int, ...]
    silent: tuple[int, ...]

    @property
    def depth(self) -> int:
        """The passages of the longest list."""
        return max((ranking.retrieved for ranking in self.rankings), default=0)


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """The files of a reader, read and joined. `from_results` says that A's own file names the right passages."""

    judgments: RetrievalFile
    a: SearchVersion
    b: SearchVersion | None
    from_results: bool


@lru_cache(KEPT)
def search_files_evaluation(results_a: str, results_b: str, judgments: str, condensed: bool) -> Evaluation:
    """The two versions beside the judgments; kept, as every run asks for them.

    `condensed` takes passages without a judgment out of the lists. Judgments in the file of A, as Ragas has them, count
    in place of the file of judgments. Nothing is measured without results of A.
    """
    file_a = read_search_results_file(results_a)
    from_results = bool(file_a.rows.judgments and file_a.rankings)
    judged = file_a if from_results else read_search_judgments_file(judgments)
    versions = [
        _search_version_of(file, judged, condensed) if results_a.strip() else SearchVersion(file, (), (), ())
        for file in (file_a, *([read_search_results_file(results_b)] if results_b.strip() else []))
    ]
    return Evaluation(judged, versions[0], versions[1] if len(versions) > 1 else None, from_results)


def _search_version_of(results: RetrievalFile, judged: RetrievalFile, condensed: bool) -> SearchVersion:
    rankings, silent = [], []
    for query, grades in judged.rows.judgments.items():
        passages = results.rankings.get(query, [])
        if not passages:
            silent.append(judged.rows.judged_lines[query])
        rankings.append(_search_ranking_of(passages, grades, condensed))
    unjudged = [
        results.rows.line_of_results(query)
        for query, passages in results.rankings.items()
        if passages and query not in judged.rows.judgments
    ]
    return SearchVersion(results, tuple(rankings), tuple(unjudged), tuple(silent))


def _search_ranking_of(passages: list[str], grades: dict[str, float], condensed: bool) -> SearchRanking:
    if condensed:
        passages = [passage for passage in passages if passage in grades]
    judged = [(rank, grades[passage]) for rank, passage in enumerate(passages, 1) if passage in grades]
    return SearchRanking(
        hits=tuple((rank, grade) for rank, grade in judged if grade > 0),
        judged=tuple(rank for rank, _ in judged),
        ideal=tuple(sorted((grade for grade in grades.values() if grade > 0), reverse=True)),
        retrieved=len(passages),
    )
