"""The rows of a file of labels as judged answers: what people say, what the judge says, and what is known of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculators.readers.labels.columns import LabelColumns
from calculators.readers.labels.meaning import LabelMeaning

FIRST, SECOND = "first", "second"
_FIRST_WORDS = frozenset(("first", "1st", "a", "left", "top"))
_SECOND_WORDS = frozenset(("second", "2nd", "b", "right", "bottom"))
_LENGTH = re.compile(r"\d{1,12}(\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedAnswer:
    """One row. `people` are the labels of people that can be read, `person` the one that most of them gave.

    `person` and `judge` are empty where there is no such label; `tied` says that people are split evenly. Position,
    length and model are empty or None where the row does not say.
    """

    case: str
    people: tuple[str, ...]
    person: str
    tied: bool
    judge: str
    unscored: int
    position: str
    length: Decimal | None
    model: str


def judged_label_answer(
    cells: Mapping[str, str], columns: LabelColumns, meaning: LabelMeaning, positions: Mapping[str, str]
) -> JudgedAnswer:
    """A row read by the columns of its file. `unscored` counts labels that are there but say nothing readable."""
    people_cells = [cells.get(name, "") for name in columns.names("person")]
    people = tuple(label for label in map(meaning.read, people_cells) if label)
    judge_cells = [cells.get(name, "") for name in columns.names("judge")]
    judge = "".join(meaning.read(label) for label in judge_cells)
    person, tied = _label_majority(people)
    return JudgedAnswer(
        case=_label_only(cells, columns, "case"),
        people=people,
        person=person,
        tied=tied,
        judge=judge,
        unscored=len([label for label in (*people_cells, *judge_cells) if label.strip() and not meaning.read(label)]),
        position=positions.get(_label_only(cells, columns, "position").lower(), ""),
        length=_label_length(_label_only(cells, columns, "length")),
        model=_label_only(cells, columns, "model").lower(),
    )


def _label_only(cells: Mapping[str, str], columns: LabelColumns, role: str) -> str:
    return "".join(cells.get(name, "") for name in columns.names(role)).strip()


def _label_majority(labels: Sequence[str]) -> tuple[str, bool]:
    """The label that most people gave, and whether two labels share that place."""
    ranked = Counter(labels).most_common(2)
    if not ranked:
        return "", False
    tied = len(ranked) > 1 and ranked[0][1] == ranked[1][1]
    return "" if tied else ranked[0][0], tied


def _label_length(cell: str) -> Decimal | None:
    plain = cell.replace(",", "")
    return Decimal(plain) if _LENGTH.fullmatch(plain) else None


def label_position_words(cells: Sequence[str]) -> dict[str, str]:
    """What each word of a column of positions stands for: numbers count from 0 if a 0 occurs, else from 1."""
    words = {cell.strip().lower() for cell in cells}
    numbers = {"0": FIRST, "1": SECOND} if "0" in words else {"1": FIRST, "2": SECOND}
    return numbers | dict.fromkeys(_FIRST_WORDS, FIRST) | dict.fromkeys(_SECOND_WORDS, SECOND)
