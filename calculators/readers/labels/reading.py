"""Reads labels of any format, and counts what people and judge say; nothing of the text itself is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from calculators.domain.agreement import PeopleAgreement, people_agreement_sums
from calculators.readers import labels
from calculators.readers.formats import reader_formats
from calculators.readers.labels.answers import JudgedAnswer, judged_label_answer, label_position_words
from calculators.readers.labels.columns import label_columns
from calculators.readers.labels.groups import (
    BothOrders,
    LabelStrata,
    label_rows_in_both_orders,
    label_strata_by_family,
    label_strata_by_length,
    label_strata_by_position,
)
from calculators.readers.labels.label_format import LabelFormat
from calculators.readers.labels.meaning import FAIL, PASS, label_meaning

LABEL_FORMATS = reader_formats(labels, LabelFormat)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRows:
    """How many rows a file has, and what became of each: every row is in one of these counts."""

    paired: int
    only_judge: int
    only_people: int
    tied: int
    unlabeled: int
    unreadable: tuple[int, ...]

    @property
    def rows(self) -> int:
        """All rows, the unreadable ones too."""
        others = self.paired + self.only_judge + self.only_people + self.tied + self.unlabeled
        return others + len(self.unreadable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What a file of labels adds up to.

    `cells` count the labels that people and judge gave to the same answers. `categories` says that they stand for
    themselves, so that nothing passes or fails. `columns` are the roles that a column has, `unused` the other columns.
    `unscored` labels are there but neither pass nor fail, `passes_only_judge` are passes among `only_judge`.
    """

    rows: LabelRows
    columns: frozenset[str]
    unused: int
    people_columns: int
    categories: bool
    cells: tuple[tuple[str, str, int], ...]
    passes_only_judge: int
    unscored: int
    repeated: int
    people: PeopleAgreement | None
    position: LabelStrata | None
    length: LabelStrata | None
    family: LabelStrata | None
    orders: BothOrders | None

    def count(self, person: str, judge: str) -> int:
        """How many answers got these two labels."""
        return sum(count for first, second, count in self.cells if (first, second) == (person, judge))


@lru_cache(4)
def read_labels(text: str, passing: str = "", family: str = "") -> Labels:
    """Reads the labels of a text. `passing` names the labels that pass, `family` the models like the judge.

    >>> read_labels("person,judge\\npass,pass\\nfail,pass\\nfail,fail").count("fail", "pass")
    1
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    chosen = next(format for format in LABEL_FORMATS.values() if format.recognizes(plain))
    rows = list(chosen.rows(plain))
    readable = [row.cells for row in rows if row.cells is not None]
    columns = label_columns(name for cells in readable for name in cells)
    labeled = (*columns.names("person"), *columns.names("judge"))
    meaning = label_meaning((cells.get(name, "") for cells in readable for name in labeled), passing)
    positions = label_position_words([cells.get(name, "") for cells in readable for name in columns.names("position")])
    answers = [judged_label_answer(cells, columns, meaning, positions) for cells in readable]
    paired = [answer for answer in answers if answer.person and answer.judge]
    only_judge = [answer for answer in answers if answer.judge and not answer.people]
    cases = Counter(answer.case for answer in paired if answer.case)
    verdicts = not meaning.categories
    return Labels(
        rows=LabelRows(
            paired=len(paired),
            only_judge=len(only_judge),
            only_people=len([answer for answer in answers if answer.people and not answer.judge]),
            tied=len([answer for answer in answers if answer.tied and answer.judge]),
            unlabeled=len([answer for answer in answers if not answer.people and not answer.judge]),
            unreadable=tuple(row.line for row in rows if row.cells is None),
        ),
        columns=frozenset(columns.by_role),
        unused=columns.unused,
        people_columns=len(columns.names("person")),
        categories=meaning.categories,
        cells=_label_cells(paired, verdicts),
        passes_only_judge=[answer.judge for answer in only_judge].count(PASS) if verdicts else 0,
        unscored=sum(answer.unscored for answer in answers),
        repeated=sum(count for count in cases.values() if count > 1),
        people=_label_people(answers, len(columns.names("person"))),
        position=label_strata_by_position(paired) if verdicts else None,
        length=label_strata_by_length(paired) if verdicts else None,
        family=label_strata_by_family(paired, family.lower().replace(",", " ").split()) if verdicts else None,
        orders=label_rows_in_both_orders(answers) if verdicts else None,
    )


def _label_cells(paired: Sequence[JudgedAnswer], verdicts: bool) -> tuple[tuple[str, str, int], ...]:
    """The counts of all pairs of labels that occur; of pass and fail all four, in their usual order."""
    counts = Counter((answer.person, answer.judge) for answer in paired)
    names = [(person, judge) for person in (PASS, FAIL) for judge in (PASS, FAIL)] if verdicts else sorted(counts)
    return tuple((person, judge, counts[person, judge]) for person, judge in names)


def _label_people(answers: Sequence[JudgedAnswer], people: int) -> PeopleAgreement | None:
    """Agreement among people, where a file has two columns of them or more and a case has two labels."""
    if people <= 1:
        return None
    sums = people_agreement_sums([answer.people for answer in answers])
    return sums if sums.compared else None
