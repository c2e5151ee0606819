"""What a reader of the check of a judge should know: about the rows, and about what the numbers can bear."""

from __future__ import annotations

from collections.abc import Iterator

from calculators.domain.agreement import agreement_stratified_difference
from calculators.domain.statistics import stratified_p_value_formula
from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.declare import output_value
from calculators.engine.numbers import Note, both, is_known_number, note
from calculators.engine.numbers.units import SHARE
from calculators.evaluating.judge.inputs import Inputs
from calculators.evaluating.judge.measures import is_judge_measured_above_chance
from calculators.evaluating.judge.outputs import Outputs
from calculators.evaluating.judge.tables import GROUPS
from calculators.evaluating.judge.tally import JudgeTally, judge_label_strata
from calculators.readers.labels.reading import Labels
from calculators.readers.strangers import LABELS, STRANGERS, stranger_kind_of_text, stranger_note

LISTED = 20
"""How many numbers of unreadable lines are listed."""


def judge_remarks(i: Inputs, tally: JudgeTally, outputs: Outputs) -> tuple[Note, ...]:
    """The remarks that hold for this answer."""
    return (
        *_judge_rate_remarks(i, tally, outputs),
        *_judge_bias_remarks(i, tally),
        *_judge_stranger_remarks(i, tally.labels),
        *(note(True, sentence) for sentence in (_judge_row_remarks(tally.labels) if tally.labels is not None else ())),
    )


def _judge_rate_remarks(i: Inputs, tally: JudgeTally, outputs: Outputs) -> Iterator[Note]:
    counts = tally.counts
    labeled = both(counts.people_pass > 0, counts.people_fail > 0)
    yield note(
        both(labeled, not is_judge_measured_above_chance(counts)),
        "The judge passes bad answers as often as good ones. Nothing follows from its pass rate.",
    )
    raw = outputs.corrected_raw
    if is_known_number(raw):
        yield note(
            raw > 1,
            "The judge passes more than its mistakes allow, so the corrected rate stops at 100%. Chance does that, or "
            "answers unlike the labeled ones.",
        )
        yield note(
            raw < 0,
            "The judge passes fewer than its mistakes allow, so the corrected rate stops at 0. Chance does that, or "
            "answers unlike the labeled ones.",
        )
    for name, right, answers, interval in (
        ("good", counts.both_pass, counts.people_pass, outputs.sensitivity),
        ("bad", counts.both_fail, counts.people_fail, outputs.specificity),
    ):
        yield note(
            both(answers > 0, right >= answers),
            f"It made no mistake on {{answers}} that are {name}. Its true share may still be as low as {{low}}.",
            answers=(answers, EXAMPLE_COUNT),
            low=(interval.low, SHARE),
        )
    rows = tally.labels.rows if tally.labels is not None and not tally.labels.categories else None
    yield note(
        both(bool(rows and rows.paired and not rows.only_judge), i.judged <= 0),
        "To correct a pass rate, type how many answers it is of, and how many of them the judge passes, under "
        "“Judged, without labels”.",
    )
    yield note(i.passes > i.judged, "More passes than answers judged: every answer is counted as passed.")
    yield note(
        both(
            labeled,
            i.judged > 0,
            not is_known_number(output_value(outputs.labels_needed)),
            is_judge_measured_above_chance(counts),
        ),
        "Endless labels would not make the corrected rate that sure: let the judge judge more answers.",
    )


def _judge_bias_remarks(i: Inputs, tally: JudgeTally) -> Iterator[Note]:
    """A sentence for each group that the judge is shown to favor, or to disfavor."""
    for bias, (group, others) in GROUPS.items():
        counts = getattr(tally.labels, bias) if tally.labels is not None else None
        if counts is None:
            continue
        strata = judge_label_strata(tally, group, counts)
        excess = agreement_stratified_difference(strata)
        if is_known_number(excess):
            shown = stratified_p_value_formula(strata) <= i.alpha
            yield note(
                both(shown, excess > 0),
                f"{group}: among answers that people judged alike, the judge passes {{excess}} more of them than of "
                f"{others.lower()}.",
                excess=(excess, SHARE),
            )
            yield note(
                both(shown, excess < 0),
                f"{group}: among answers that people judged alike, the judge passes {{excess}} fewer of them than of "
                f"{others.lower()}.",
                excess=(-excess, SHARE),
            )


def _judge_stranger_remarks(i: Inputs, labels: Labels | None) -> Iterator[Note]:
    """That a file without columns of labels is one that another calculator reads."""
    if labels is None or labels.columns & {"person", "judge"}:
        return
    stranger = STRANGERS.get(stranger_kind_of_text(i.label_file or i.label_text))
    if stranger is not None and stranger is not STRANGERS[LABELS]:
        yield stranger_note(f"No label is read: {stranger.sentence}.", stranger)


def _judge_row_remarks(labels: Labels) -> Iterator[str]:
    """What the rows lack, what is left out of them, and what may mislead in them."""
    rows = labels.rows
    for role, heading in (("person", "person"), ("judge", "judge")):
        if role not in labels.columns:
            yield f"No column named {heading} is found. The first line of a table has the names of the columns."
    if labels.categories and rows.paired:
        yield "These labels do not say what passes, so agreement and kappa are all that follows. Name those that pass."
    if rows.unreadable:
        listed = ", ".join(str(line) for line in rows.unreadable[:LISTED])
        more = f" and {len(rows.unreadable) - LISTED:,} more" if len(rows.unreadable) > LISTED else ""
        yield f"Lines that cannot be read and count nowhere: {listed}{more}."
    if labels.unscored:
        yield f"Labels that neither pass nor fail, taken as missing: {labels.unscored:,}."
    if rows.tied:
        yield f"Answers on which people are split evenly, so that no label is theirs: {rows.tied:,}."
    if rows.only_judge and not labels.categories:
        yield (
            f"Answers that only the judge labeled: {rows.only_judge:,}, of which it passes "
            f"{labels.passes_only_judge:,}. Type both numbers above to correct that rate."
        )
    if labels.repeated:
        yield (
            f"Rows that share their case with another one: {labels.repeated:,}. They are not independent, so the "
            "intervals are too narrow."
        )
    if "model" in labels.columns and labels.family is None and not labels.categories:
        yield "To see whether the judge favors its family, type a word of its models' names that the column model has."
    if labels.unused:
        yield f"Columns that are not used: {labels.unused:,}."
