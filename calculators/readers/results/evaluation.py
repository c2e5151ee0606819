"""Results of all versions, paired: which scores each version got on each case, and what cannot be paired."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from calculators.readers.results.columns import (
    ABSENT,
    CASE,
    EMPTY,
    ERROR,
    FAILURES,
    INPUT,
    OTHER,
    RUN,
    SCORE,
    TAG,
    UNKNOWN,
    VERSION,
    ResultColumn,
    ResultTable,
    read_result_score,
)
from calculators.readers.results.headings import settle_result_versions
from calculators.readers.results.summary import LeftOut, ResultSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns that the reader names, in place of those that are recognized; empty for these."""

    case: str = ""
    version: str = ""
    score: str = ""
    slices: str = ""
    clusters: str = ""


@dataclass(slots=True, eq=False)
class VersionResults:
    """The results of one version: the scores of each case, one for each run, and the rows without a score.

    Cases are codes. `errors` are the rows of runs that failed, by case; `unscored` counts rows without a score that did
    not fail. `partial` says why its file is only a part of a test. `clusters` has the code of each case's cluster,
    where the reader names their column; it is the same for all versions.
    """

    name: str
    file: int
    partial: str
    scores: dict[int, list[float]] = field(default_factory=dict)
    errors: dict[int, int] = field(default_factory=dict)
    inputs: dict[int, int] = field(default_factory=dict)
    unscored: int = 0
    clusters: dict[int, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """The rows with a score."""
        return sum(map(len, self.scores.values()))


@dataclass(slots=True, eq=False)
class Evaluation:
    """All versions in the order of the files. `scores` are the names of the scores, `score` the one that counts.

    `slices` has, for the tag that divides the cases, the name of each case's slice. `unknown` are names of columns that
    the reader typed and no file has. `paired_by` says what names a case: its id, its input, or its row.
    """

    versions: list[VersionResults]
    tables: list[ResultTable]
    left_out: list[LeftOut]
    scores: list[str]
    score: str
    tags: list[str]
    tag: str
    slices: dict[int, str]
    unknown: list[str]
    paired_by: str


BY_ID, BY_INPUT, BY_ROW = "its id", "its input", "its row"


def result_evaluation(summary: ResultSummary, columns: Columns) -> Evaluation:
    """The results in a summary, by the columns that are recognized or that the reader names."""
    tables = [_named_result_table(table, columns) for table in summary.tables]
    names = _result_names(tables, lambda column: column.role == SCORE)
    score = _result_named(columns.score, names) or next(iter(names), "")
    tags = _result_names(tables, lambda column: column.role in (TAG, VERSION, RUN))
    everything = _result_names(tables, lambda column: True)
    tag = _result_named(columns.slices, everything) or next(
        iter(_result_names(tables, lambda column: column.role == TAG)), ""
    )
    typed = (columns.case, columns.version, columns.score, columns.slices, columns.clusters)
    unknown = [name.strip() for name in typed if name.strip() and not _result_named(name, everything)]
    paired_by = _result_best_key(tables, columns, score)
    versions: dict[tuple[str, int], VersionResults] = {}
    slices: dict[int, str] = {}
    clusters: dict[int, int] = {}
    for number, table in enumerate(tables):
        reading = _EvaluationReading(table, columns, score, paired_by)
        cut = next((column for column in table.columns if column.name == tag), None)
        together = _result_column(table, columns.clusters)
        for row in range(table.rows):
            case = reading.case(row)
            if case < 0:
                continue
            if cut is not None and cut.codes[row] in cut.texts:
                slices.setdefault(case, cut.texts[cut.codes[row]])
            if together is not None:
                clusters.setdefault(case, together.codes[row] if together.codes[row] >= 0 else -1 - case)
            for name, code, text in reading.results(row):
                key = name, number
                if key not in versions:
                    versions[key] = VersionResults(name, number, table.partial, clusters=clusters)
                _take_result(versions[key], case, code, text, reading, row)
    listed = list(versions.values())
    _tell_results_apart(listed, tables)
    return Evaluation(
        listed,
        tables,
        summary.left_out,
        names,
        score,
        [name for name in tags if name != tag],
        tag,
        slices,
        unknown,
        paired_by,
    )


def _take_result(
    version: VersionResults, case: int, code: int, text: str, reading: _EvaluationReading, row: int
) -> None:
    """Takes one result; a cell that is not there says nothing, a blank one that there is no score."""
    version.inputs.setdefault(case, reading.input(row))
    score = read_result_score(text)
    if reading.failed(row) or text.strip().casefold() in FAILURES:
        version.errors[case] = version.errors.get(case, 0) + 1
    elif score is not None:
        version.scores.setdefault(case, []).append(score)
    elif code != ABSENT or reading.has_no_score(row):
        version.unscored += 1


class _EvaluationReading:
    """The columns of one table by their use."""

    def __init__(self, table: ResultTable, columns: Columns, score: str, paired_by: str) -> None:
        self._table = table
        self._case = _result_key_column(table, columns, paired_by)
        self._input = next(iter(table.with_role(INPUT)), None)
        self._error = table.with_role(ERROR)
        named = _result_column(table, columns.version)
        others = [named, _result_column(table, columns.slices), _result_column(table, columns.clusters)]
        self._version = named or next(iter(table.with_role(VERSION)), None)
        self._all_scores = table.with_role(SCORE)
        chosen = _result_column(table, columns.score) or next(
            (one for one in self._all_scores if one.name == score), None
        )
        self._wide = (
            []
            if chosen is not None
            else [column for column in table.with_role(UNKNOWN) if column not in (self._case, *others)]
        )
        self._score = chosen

    def case(self, row: int) -> int:
        """The code of the row's case; negative for none."""
        return row if self._case is None else self._case.codes[row]

    def input(self, row: int) -> int:
        """The code of the row's input."""
        return EMPTY if self._input is None else self._input.codes[row]

    def failed(self, row: int) -> bool:
        """Whether the row says that the run failed."""
        return any(column.codes[row] >= 0 for column in self._error)

    def has_no_score(self, row: int) -> bool:
        """Whether the row has none of the scores, whatever their names."""
        return all(column.codes[row] == ABSENT for column in self._all_scores)

    def results(self, row: int) -> Iterator[tuple[str, int, str]]:
        """The version of each result in the row, and its cell."""
        if self._wide:
            for column in self._wide:
                yield column.name, column.codes[row], column.texts.get(column.codes[row], "")
            return
        code = ABSENT if self._score is None else self._score.codes[row]
        text = "" if self._score is None else self._score.texts.get(code, "")
        yield self._name(row), code, text

    def _name(self, row: int) -> str:
        if self._version is None:
            return self._table.name
        code = self._version.codes[row]
        return self._version.texts.get(code, f"version {code}") if code >= 0 else self._table.name


def _named_result_table(table: ResultTable, columns: Columns) -> ResultTable:
    """A table with the columns used as the reader names them; what was taken for the case or version is not used then.

    Beside a column of versions, columns whose use no heading says are scores, and no results of versions.
    """
    typed = {CASE: columns.case, VERSION: columns.version, SCORE: columns.score}
    named = {column.name: role for role, name in typed.items() if (column := _result_column(table, name)) is not None}
    if not named:
        return table
    replaced = {role for role in named.values() if role != SCORE}
    described = [
        replace(column, role=named.get(column.name, OTHER if column.role in replaced else column.role))
        for column in table.columns
    ]
    renamed = replace(table, columns=described)
    settle_result_versions(renamed)
    if renamed.with_role(VERSION):
        for column in renamed.with_role(UNKNOWN):
            column.role = SCORE
    return renamed


def _result_column(table: ResultTable, typed: str) -> ResultColumn | None:
    """The column that a reader names."""
    return next((column for column in table.columns if typed.strip() and _same_result(column.name, typed)), None)


def _same_result(name: str, typed: str) -> bool:
    return name.strip().casefold() == typed.strip().casefold()


def _result_named(typed: str, names: list[str]) -> str:
    return next((name for name in names if typed.strip() and _same_result(name, typed)), "")


def _result_names(tables: list[ResultTable], wanted: Callable[[ResultColumn], bool]) -> list[str]:
    """The names of some columns of all tables, each once."""
    return list(dict.fromkeys(column.name for table in tables for column in table.columns if wanted(column)))


def _result_key_column(table: ResultTable, columns: Columns, paired_by: str) -> ResultColumn | None:
    """The column that names the case; None where the row itself does."""
    typed = _result_column(table, columns.case)
    if typed is not None or paired_by == BY_ROW:
        return typed
    return next(iter(table.with_role(CASE if paired_by == BY_ID else INPUT)), None)


def _result_best_key(tables: list[ResultTable], columns: Columns, score: str) -> str:
    """What pairs more cases of the tables: ids or inputs; ids where both do as well, rows where there is neither."""
    if columns.case.strip():
        return BY_ID
    found = {}
    for key, role in ((BY_ID, CASE), (BY_INPUT, INPUT)):
        keyed = [set(table.with_role(role)[0].codes) - {EMPTY, ABSENT} for table in tables if table.with_role(role)]
        if len(keyed) == len(tables) and any(keyed):
            found[key] = len(set.intersection(*keyed))
    return max(found, key=lambda key: found[key]) if found else BY_ROW


def _tell_results_apart(versions: list[VersionResults], tables: list[ResultTable]) -> None:
    """Versions of the same name in several files are called by the file as well, those without any by a number."""
    names = [version.name for version in versions]
    for number, version in enumerate(versions, 1):
        if names.count(version.name) > 1:
            file = tables[version.file].name
            version.name = f"{version.name} ({file})" if file and file != version.name else f"{version.name} ({number})"
    for number, version in enumerate(versions, 1):
        version.name = version.name or f"Version {number}"


def result_inputs_that_differ(first: VersionResults, second: VersionResults) -> int:
    """How many cases of the same name have another input in the two versions."""
    return len(
        [
            case
            for case in first.inputs.keys() & second.inputs.keys()
            if min(first.inputs[case], second.inputs[case]) >= 0 and first.inputs[case] != second.inputs[case]
        ]
    )
