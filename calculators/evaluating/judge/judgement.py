"""The judgement of a judge in words, with the sentences behind it."""

from __future__ import annotations

from calculators.domain.verdicts import verdict_share_in_words
from calculators.engine.declare import Judgement, Range, output_value
from calculators.engine.numbers import Condition, Note, Number, Share, bare_value, both, is_known_number, note
from calculators.engine.numbers.rounding import rounded_amount
from calculators.engine.numbers.units import ONE, SHARE
from calculators.evaluating.judge.inputs import Inputs
from calculators.evaluating.judge.outputs import Outputs
from calculators.evaluating.judge.tally import JudgeTally

OPEN, ABOVE, BELOW = "open", "above", "below"

_ANSWERS = {
    (ABOVE, ABOVE): "Yes: it judges as well as you ask",
    (BELOW, BELOW): "No: it errs too often both ways",
    (BELOW, OPEN): "No: it fails too many good answers",
    (BELOW, ABOVE): "No: it fails too many good answers",
    (OPEN, BELOW): "No: it lets too many bad answers pass",
    (ABOVE, BELOW): "No: it lets too many bad answers pass",
}
"""The answer by where sensitivity and specificity lie; the rest is open."""

SWAYED = "No: the position sways its verdict"


def judge_judgement(i: Inputs, tally: JudgeTally, outputs: Outputs) -> Judgement:
    """The verdict; the exact tests against the reader's bar decide."""
    answer = _judge_answer(i, tally, outputs)
    reasons = (*_judge_label_reasons(i, tally, outputs), *_judge_rate_reasons(i, tally, outputs))
    answer = f"Example. {answer}" if tally.untouched else answer
    figures = _judge_figures(tally, outputs, sways=answer.endswith(SWAYED))
    return Judgement(answer, reasons, note(True, f"{answer}. {figures}") if figures else None)


def _judge_figures(tally: JudgeTally, outputs: Outputs, *, sways: bool) -> str:
    """What the verdict rests on, in a sentence: the two shares with their intervals; nothing where there are none."""
    if sways:
        same = rounded_amount(bare_value(outputs.position_consistency), SHARE)
        return f"It gives {same} of the answers the same verdict in both positions"
    shares = (("passes", outputs.sensitivity, "good"), ("fails", outputs.specificity, "bad"))
    words = [
        f"{does} {verdict_share_in_words(share)} of {kind} answers"
        for does, share, kind in shares
        if _is_judge_figure_known(share)
    ]
    if tally.labels is not None and tally.labels.categories and tally.labels.rows.paired:
        words = [f"agrees with people on {verdict_share_in_words(outputs.agreement)} of the answers"]
    return f"It {' and '.join(words)}" if words else ""


def _is_judge_figure_known(share: Range) -> bool:
    return is_known_number(share.likely) and is_known_number(share.low)


def _judge_answer(i: Inputs, tally: JudgeTally, outputs: Outputs) -> str:
    good, bad = bare_value(tally.counts.people_pass), bare_value(tally.counts.people_fail)
    if tally.labels is not None and tally.labels.categories and tally.labels.rows.paired:
        return "Not shown: say which labels pass"
    swayed = is_known_number(outputs.position_p_value) and bool(bare_value(outputs.position_p_value <= i.alpha))
    if swayed:
        return SWAYED
    if good + bad <= 0:
        return "Nothing to compare yet"
    if good <= 0 or bad <= 0:
        return f"Not shown: label some {'good' if good <= 0 else 'bad'} answers too"
    sides = (
        _judge_side(outputs.sensitivity.likely, output_value(outputs.sensitivity_p_value), i.bar, i.alpha),
        _judge_side(outputs.specificity.likely, output_value(outputs.specificity_p_value), i.bar, i.alpha),
    )
    return _ANSWERS.get(sides, "Not shown: too few labels to tell")


def _judge_side(share: Share | None, p_value: Share | None, bar: Share, alpha: Share) -> str:
    """Where a share is shown to lie, against the bar."""
    if not is_known_number(share) or not is_known_number(p_value) or bare_value(p_value > alpha):
        return OPEN
    return ABOVE if bare_value(share > bar) else BELOW


def _judge_label_reasons(i: Inputs, tally: JudgeTally, outputs: Outputs) -> tuple[Note, ...]:
    """What the labels say."""
    counts = tally.counts
    if bare_value(counts.labeled) <= 0:
        return (note(True, "Type the four numbers, or give rows that people and judge have labeled."),)
    lean = outputs.lean_p_value <= i.alpha
    return (
        note(tally.untouched, "These are the numbers of an example. Put in your own."),
        _judgement_rate_note(
            counts.people_pass > 0, "good", "passes", (counts.both_pass, counts.people_pass), outputs.sensitivity
        ),
        _judgement_rate_note(
            counts.people_fail > 0, "bad", "fails", (counts.both_fail, counts.people_fail), outputs.specificity
        ),
        note(
            both(counts.people_pass > 0, counts.people_fail > 0),
            "You ask for {bar} of each. The exact binomial test decides, at an alpha of {alpha}.",
            bar=(i.bar, SHARE),
            alpha=(i.alpha, SHARE),
        ),
        note(
            both(lean, counts.only_judge > counts.only_people),
            "It is more lenient than people: it alone passes {lenient}, people alone {severe}.",
            lenient=(counts.only_judge, ONE),
            severe=(counts.only_people, ONE),
        ),
        note(
            both(lean, counts.only_judge < counts.only_people),
            "It is stricter than people: people alone pass {severe}, it alone {lenient}.",
            lenient=(counts.only_judge, ONE),
            severe=(counts.only_people, ONE),
        ),
    )


def _judgement_rate_note(
    condition: Condition, kind: str, does: str, counts: tuple[Number, Number], interval: Range
) -> Note:
    part, whole = counts
    return note(
        condition,
        f"It {does} {{part}} of {{whole}} {kind} answers. The true share lies between {{low}} and {{high}}.",
        part=(part, ONE),
        whole=(whole, ONE),
        low=(interval.low, SHARE),
        high=(interval.high, SHARE),
    )


def _judge_rate_reasons(i: Inputs, tally: JudgeTally, outputs: Outputs) -> tuple[Note, ...]:
    """What the judge's pass rate is worth, what position does to it, and how many labels it takes."""
    known = is_known_number(outputs.corrected.likely)
    position = outputs.position_p_value
    sways = is_known_number(position) and bool(bare_value(position <= i.alpha))
    return (
        note(
            known,
            "It reports a pass rate of {apparent} elsewhere. Corrected, that is {likely}, between {low} and {high}.",
            apparent=(outputs.apparent, SHARE),
            likely=(outputs.corrected.likely, SHARE),
            low=(outputs.corrected.low, SHARE),
            high=(outputs.corrected.high, SHARE),
        ),
        note(
            sways,
            "Shown in both positions, {consistency} of the answers get the same verdict. Of the others, {first} pass "
            "in the first place.",
            consistency=(outputs.position_consistency, SHARE),
            first=(outputs.position_first_share, SHARE),
        ),
        note(
            both(is_known_number(outputs.labels_sensitivity), is_known_number(outputs.labels_specificity)),
            "For intervals {width} wide, label {good} good and {bad} bad answers.",
            width=(i.width, SHARE),
            good=(outputs.labels_sensitivity, ONE),
            bad=(outputs.labels_specificity, ONE),
        ),
    )
