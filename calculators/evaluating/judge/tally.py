"""The labels in numbers, typed or read from rows, as formulas take them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.agreement import AgreementCell, Confusion, PeopleAgreement, Stratum, agreement_confusion
from calculators.domain.statistics import normal_quantile, p_value_formula_count
from calculators.engine.declare import kinds
from calculators.engine.numbers import Number, named, smallest, untraced
from calculators.evaluating.judge.inputs import Inputs
from calculators.readers.labels.groups import LabelStrata
from calculators.readers.labels.meaning import FAIL, PASS
from calculators.readers.labels.reading import Labels, read_labels

TYPED = {
    (PASS, PASS): ("both_pass", "Both pass, in the rows"),
    (PASS, FAIL): ("only_people", "Only people pass, in the rows"),
    (FAIL, PASS): ("only_judge", "Only the judge passes, in the rows"),
    (FAIL, FAIL): ("both_fail", "Both fail, in the rows"),
}
"""The question for each pair of labels, people's first, and what its count is called when rows are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeTally:
    """All counts as numbers of the run; `labels` is what was read, None where the four numbers were typed.

    `cells` are the pairs of labels of whatever categories, `counts` those of pass and fail. `untouched` says that the
    numbers are those of the illustration that the page starts with.
    """

    labels: Labels | None
    untouched: bool
    cells: tuple[AgreementCell, ...]
    counts: Confusion
    passes: Number
    judged: Number
    z: Number
    tail: Number

    def counted(self, label: str, count: int | Decimal) -> Number:
        """A count from the rows as a number of the run."""
        return p_value_formula_count(label, count, self.judged)  # type: ignore[arg-type]  # a sum may be a Decimal


def judge_tally(i: Inputs) -> JudgeTally:
    """What the reader typed or gave as rows, as one set of numbers."""
    rows = i.label_file or i.label_text
    labels = read_labels(rows, i.passing, i.family) if rows.strip() else None
    four = {names: getattr(i, field) for names, (field, _) in TYPED.items()}
    if labels is not None:
        four = {
            names: p_value_formula_count(label, labels.count(*names), i.judged) for names, (_, label) in TYPED.items()
        }
    cells: list[AgreementCell] = [(person, judge, count) for (person, judge), count in four.items()]
    if labels is not None and labels.categories:
        cells = [
            (person, judge, p_value_formula_count(f"Cases of pair {place} of labels", count, i.judged))
            for place, (person, judge, count) in enumerate(labels.cells, 1)
        ]
    tail = named("Half of alpha", i.alpha / 2)
    return JudgeTally(
        labels=labels,
        untouched=labels is None and _is_judge_illustration(i),
        cells=tuple(cells),
        counts=agreement_confusion(*(four[names] for names in TYPED)),
        passes=named("Passes counted", smallest(i.passes, i.judged)),
        judged=i.judged,
        z=named("z of alpha", normal_quantile(tail)),
        tail=tail,
    )


def _is_judge_illustration(i: Inputs) -> bool:
    """Whether the four numbers are still those that the page starts with."""
    typed = untraced(i)
    return all(getattr(typed, field) == kinds(Inputs)[field].default for field, _ in TYPED.values())


def judge_label_strata(tally: JudgeTally, group: str, counts: LabelStrata) -> tuple[Stratum, ...]:
    """The counts by which one group is compared with the others, as numbers of the run."""
    return tuple(
        (
            tally.counted(f"{group} that the judge passes, people {verdict}", passes),
            tally.counted(f"{group}, people {verdict}", size),
            tally.counted(f"Others that the judge passes, people {verdict}", other_passes),
            tally.counted(f"Others, people {verdict}", other_size),
        )
        for verdict, (passes, size, other_passes, other_size) in zip((PASS, FAIL), counts, strict=True)
    )


def judge_people_sums(tally: JudgeTally) -> PeopleAgreement | None:
    """What the labels of several people add up to, where there are several."""
    return tally.labels.people if tally.labels is not None else None
