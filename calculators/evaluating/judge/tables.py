"""The tables of the check: pass rates, groups that the judge may favor, and what became of the rows."""

from __future__ import annotations

from calculators.domain.agreement import Stratum, agreement_stratified_difference, agreement_stratified_interval
from calculators.domain.statistics import stratified_p_value_formula, wilson_interval
from calculators.engine.declare import Cell, Table
from calculators.engine.numbers import Number, is_known_number, named, quotient, sum_of_numbers
from calculators.evaluating.judge.outputs import Outputs
from calculators.evaluating.judge.tally import JudgeTally, judge_label_strata

GROUPS = {
    "position": ("First position", "Second position"),
    "length": ("Longer answers", "Shorter answers"),
    "family": ("The judge's family", "Other families"),
}
"""The kinds of bias that a file of labels can show: the group that may be favored, and the others."""

_MISSING = {
    "position": "Position: not known",
    "length": "Length: not known",
    "family": "Family: not known",
}
"""What the table says where the rows cannot show a kind of bias."""


def judge_rate_table(tally: JudgeTally, outputs: Outputs) -> Table:
    """The pass rates that are known, each with its interval."""
    counts, z = tally.counts, tally.z
    apparent = wilson_interval(tally.passes, tally.judged, z)
    people = wilson_interval(counts.people_pass, counts.labeled, z)
    judge = wilson_interval(counts.judge_pass, counts.labeled, z)
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Judge, where nobody labels", apparent.likely, apparent.low, apparent.high),
        ("Corrected for its mistakes", outputs.corrected.likely, outputs.corrected.low, outputs.corrected.high),
        ("Prediction-powered", outputs.powered, outputs.powered_low, outputs.powered_high),
        ("People, labeled answers", people.likely, people.low, people.high),
        ("Judge, labeled answers", judge.likely, judge.low, judge.high),
    )
    return Table(tuple(row for row in rows if is_known_number(row[1])))


def judge_bias_table(tally: JudgeTally) -> Table:
    """Each group that a column tells apart, and below it the others; a line for each kind of bias that cannot show."""
    rows: list[tuple[Cell, ...]] = []
    for bias, names in GROUPS.items():
        counts = getattr(tally.labels, bias) if tally.labels is not None else None
        if counts is None:
            rows.append((_MISSING[bias], None, None, None, None, None, None, None))
        else:
            rows += _judge_table_rows(judge_label_strata(tally, names[0], counts), names, tally.z)
    return Table(tuple(rows))


def _judge_table_rows(strata: tuple[Stratum, ...], names: tuple[str, str], z: Number) -> list[tuple[Cell, ...]]:
    excess = agreement_stratified_difference(strata)
    low, high = agreement_stratified_interval(strata, z)
    compares = is_known_number(excess)
    p_value = stratified_p_value_formula(strata) if compares else None
    favor: tuple[Cell, ...] = (excess, low, high, p_value) if compares else (None, None, None, None)
    return [
        (names[0], *favor, *_judge_table_shares(strata, 0)),
        (names[1], None, None, None, None, *_judge_table_shares(strata, 2)),
    ]


def _judge_table_shares(strata: tuple[Stratum, ...], side: int) -> tuple[Cell, ...]:
    """Size, people's pass rate and the judge's, of the group (0) or of the others (2)."""
    size = named("Answers of the group", sum_of_numbers(stratum[side + 1] for stratum in strata))
    passes = sum_of_numbers(stratum[side] for stratum in strata)
    return size, quotient(strata[0][side + 1], size, None), quotient(passes, size, None)


def judge_label_row_table(tally: JudgeTally) -> Table:
    """Every row of the file in one of a few kinds."""
    if tally.labels is None:
        return Table((("Typed, not read", tally.counts.labeled, "everything but bias"),))
    rows = tally.labels.rows
    kinds = (
        ("Labeled by people and judge", rows.paired, "everything"),
        ("By the judge only", rows.only_judge, "position, where it is in both"),
        ("By people only", rows.only_people, "agreement of people"),
        ("People split evenly", rows.tied, "agreement of people"),
        ("No label that can be read", rows.unlabeled, "nothing"),
        ("Unreadable", len(rows.unreadable), "nothing"),
    )
    return Table(tuple((kind, tally.counted(kind, number), use) for kind, number, use in kinds))
