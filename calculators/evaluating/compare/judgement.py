"""The judgement of a comparison in words, with the sentences behind it."""

from __future__ import annotations

import re

from calculators.domain.units import EXAMPLE_COUNT
from calculators.domain.verdicts import is_verdict_interval_apart, verdict_points_in_words, verdict_scale_in_words
from calculators.engine.declare import Judgement, output_value
from calculators.engine.numbers import (
    Condition,
    Note,
    Number,
    Share,
    bare_value,
    is_known_number,
    note,
    opposite,
    smallest,
    when,
)
from calculators.engine.numbers.rounding import rounded_amount
from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import ONE, SHARE
from calculators.evaluating.compare.inputs import Inputs
from calculators.evaluating.compare.outputs import TESTS, Outputs
from calculators.evaluating.compare.results.matched import matched_version_results
from calculators.evaluating.compare.results.source import (
    VersionSource,
    compared_versions_in_words,
    version_in_words,
)
from calculators.evaluating.compare.results.versions import VersionContest
from calculators.evaluating.compare.tally import Tally
from calculators.readers.results.evaluation import VersionResults

THOUSAND = Constant(1000, "thousand", ONE)
TYPE_SOMETHING = "Type the numbers, or paste the results."
LETTERED = (
    *("B minus A", "minus A", "score of A", "score of B", "case, A", "case, B"),
    *("A passes", "B passes", "Is B really"),
)
"""The words around the letters of the two versions in labels."""

_LETTER = re.compile(r"\b[AB]\b", re.ASCII)

UNSURE = "Not shown: it may be chance"


def version_comparison_judgement(
    i: Inputs, contest: VersionContest, tally: Tally | None, outputs: Outputs, alpha: Share
) -> Judgement:
    """The verdict; the test alone decides, and its sentence has a working. Parts of a test have none."""
    source = contest.source
    missing = _version_missing(contest)
    if missing:
        return Judgement("Nothing to compare yet", (note(True, missing),))
    parts = _version_unfinished(source) if source is not None else ()
    if parts:
        return Judgement("No verdict: a run is not whole", parts)
    if tally is None:
        return Judgement(
            _version_answer(outputs),
            _version_graded_reasons(i, contest, outputs, alpha),
            _version_headline(contest, outputs),
            _version_names(source),
            called=_version_called(contest, outputs),
        )
    if bare_value(smallest(tally.examples_a, tally.examples_b)) <= 0:
        return Judgement("Nothing to compare yet", (note(True, TYPE_SOMETHING),))
    return Judgement(
        _version_answer(outputs),
        _version_counted_reasons(i, tally, outputs, alpha),
        _version_headline(contest, outputs),
        _version_names(source),
        called=_version_called(contest, outputs),
    )


def _version_names(source: VersionSource | None) -> dict[str, str]:
    """What labels call the two versions, with their names; nothing where they have none."""
    by_letter = dict(zip("AB", compared_versions_in_words(source), strict=True))
    if all(letter == name for letter, name in by_letter.items()):
        return {}
    return {phrase: _LETTER.sub(lambda match: by_letter[match[0]], phrase) for phrase in LETTERED}


def _version_called(contest: VersionContest, outputs: Outputs) -> tuple[str, str]:
    """What the headline calls B and A; a name that begins a sentence has a capital."""
    source = contest.source
    compared = (None, None) if source is None else (source.a, source.b)
    name_a, name_b = (_version_name(version, letter) for version, letter in zip(compared, "AB", strict=True))
    return name_b if _version_answer(outputs) == UNSURE else name_b[:1].upper() + name_b[1:], name_a


def _version_missing(contest: VersionContest) -> str:
    """What there is not, where results come from a source; nothing where there is enough."""
    source = contest.source
    if source is None:
        return ""
    if source.a is None:
        return "No result was found in the files. What could not be read is listed below."
    if source.b is None and not (source.a.scores or source.a.errors):
        return "No result has a score: a number, or a word such as pass. Name its column, or choose other files."
    if source.b is None:
        only = version_in_words(source.a, "A")
        return f"Only one version was found, {only}. Add the file of another, or name the column of the version."
    if not matched_version_results(source.a, source.b, contest.meter.scoring).cases:
        return "No case has a score of both versions. The tables below say what was read, and what was left out."
    return ""


def _version_unfinished(source: VersionSource) -> tuple[Note, ...]:
    """The versions whose files are a part of a test."""
    return tuple(
        note(True, f"{version_in_words(version, letter)} is a part of a test: {version.partial}. The rest is below.")
        for letter, version in (("A", source.a), ("B", source.b))
        if version is not None and version.partial
    )


def _version_deciding(outputs: Outputs) -> Number:
    """The p-value that decides: where there are several versions, the corrected one."""
    p_value = outputs.p_value if outputs.p_value_holm is None else outputs.p_value_holm
    assert p_value is not None
    return p_value


def _is_version_sure(outputs: Outputs) -> Condition:
    return _version_deciding(outputs) <= outputs.alpha_each


def _version_answer(outputs: Outputs) -> str:
    measured = bare_value(outputs.measured_difference)
    return when(
        bare_value(_is_version_sure(outputs)),
        when(is_known_number(measured) and measured > 0, "B is better than A", "B is worse than A"),
        UNSURE,
    )


def _version_headline(contest: VersionContest, outputs: Outputs) -> Note:
    """The verdict with the scores of both and their difference: what is not shown begins with saying so."""
    answer, (name_b, name_a) = _version_answer(outputs), _version_called(contest, outputs)
    b, a, difference = _version_scores(outputs)
    if answer == UNSURE:
        return note(True, f"Not shown, it may be chance: {name_b} {b}, {name_a} {a}, {difference}")
    course = answer.removeprefix("B is ").partition(" ")[0]
    return note(True, f"{name_b} is {course} than {name_a}: {b} against {a}, {difference}")


def _version_name(version: VersionResults | None, letter: str) -> str:
    """What a version is called within a sentence: its own name, or else its letter."""
    if version_in_words(version, letter) == letter or version is None:
        return f"version {letter}"
    return version.name


def _version_scores(outputs: Outputs) -> tuple[str, str, str]:
    """The scores of B and of A, and B minus A: shares in points, grades on their scale."""
    shares = [bare_value(score.likely) for score in (outputs.score_b, outputs.score_a)]
    means = [bare_value(mean) for mean in (outputs.mean_b, outputs.mean_a)]
    p_value, shown = _version_deciding(outputs), bool(bare_value(_is_version_sure(outputs)))
    if None in means or means == shares:
        b, a = (rounded_amount(share, SHARE) for share in shares)
        return b, a, verdict_points_in_words(outputs.difference, p_value, is_shown=shown)
    b, a = (rounded_amount(mean, ONE) for mean in means)
    return b, a, verdict_scale_in_words(outputs.difference, p_value, is_shown=shown)


def _version_chance(outputs: Outputs) -> Note:
    """How often chance alone does as much."""
    sure, p_value = _is_version_sure(outputs), _version_deciding(outputs)
    shown = bare_value(sure)
    return note(
        sure if shown else opposite(sure),
        "If both were equally good, chance alone would set them at least as far apart "
        + when(p_value * THOUSAND < 1, "less than once in a thousand tests", "{p} of the time")
        + when(outputs.p_value_holm is None, "", ", corrected for the number of versions")
        + when(shown, ", within the {alpha} that you accept.", ", more than the {alpha} that you accept."),
        p=(p_value, SHARE),
        alpha=(outputs.alpha_each, SHARE),
    )


def _version_parting(outputs: Outputs) -> Note:
    """Which of the two decides, where the test and the interval say different things."""
    shown = bool(bare_value(_is_version_sure(outputs)))
    return note(
        is_verdict_interval_apart(outputs.difference, is_shown=shown),
        TESTS[outputs.test]
        + " decides. The interval is computed in another way, so near the edge it may "
        + when(shown, "hold 0 although a difference is shown.", "leave out 0 although no difference is shown."),
    )


def _version_settling(i: Inputs, outputs: Outputs, answered: Number) -> tuple[Note, ...]:
    """What would settle it, where nothing is shown."""
    more = outputs.more_examples if is_known_number(outputs.more_examples) else None
    missing = 0 if more is None else bare_value(more)
    needed = answered if more is None else answered + more
    return (
        note(
            not bare_value(_is_version_sure(outputs)) and missing > 0,
            "If these rates are the true ones, {needed} would show it with a chance of {power}: {missing} more.",
            needed=(needed, EXAMPLE_COUNT),
            power=(i.power, SHARE),
            missing=(more, ONE),
        ),
        note(outputs.needed is None, "Both scored the same, so no number of examples follows from these rates."),
    )


def _version_counted_reasons(i: Inputs, tally: Tally, outputs: Outputs, alpha: Share) -> tuple[Note, ...]:
    paired, (name_a, name_b) = bare_value(tally.paired), compared_versions_in_words(tally.source)
    return (
        note(
            True,
            f"{name_a} got {{right_a}} of {{examples_a}} right, {name_b} {{right_b}} of {{examples_b}}.",
            right_a=(tally.right_a, ONE),
            examples_a=(tally.examples_a, ONE),
            right_b=(tally.right_b, ONE),
            examples_b=(tally.examples_b, ONE),
        ),
        note(
            paired,
            f"Only the examples on which they differ count: {{only_b}} for {name_b}, {{only_a}} for {name_a}.",
            only_a=(tally.only_a, ONE),
            only_b=(tally.only_b, ONE),
        ),
        _version_chance(outputs),
        note(
            True,
            "With {confidence} confidence, "
            + f"{name_b} minus {name_a} lies between "
            + "{low} and {high} (Newcombe's interval for "
            + when(paired, "paired results).", "independent samples)."),
            confidence=(1 - alpha, SHARE),
            low=(outputs.difference.low, SHARE),
            high=(outputs.difference.high, SHARE),
        ),
        _version_parting(outputs),
        *_version_settling(i, outputs, smallest(tally.examples_a, tally.examples_b)),
    )


def _version_strays(outputs: Outputs) -> bool:
    """Whether differences stray, so that an interval can rest on how far."""
    error = output_value(outputs.error_now)
    return is_known_number(error) and bare_value(error) > 0


def _version_graded_reasons(i: Inputs, contest: VersionContest, outputs: Outputs, alpha: Share) -> tuple[Note, ...]:
    source = contest.source
    assert source is not None and source.b is not None and outputs.cases is not None
    pair, (name_a, name_b) = contest.pair(source.b), compared_versions_in_words(source)
    better = pair.number(
        f"Cases on which {name_b} is better", lambda matched: len([s for s in matched.differences if s > 0])
    )
    worse = pair.number(
        f"Cases on which {name_b} is worse", lambda matched: len([s for s in matched.differences if s < 0])
    )
    low, high = output_value(outputs.bootstrap_low), output_value(outputs.bootstrap_high)
    return (
        note(
            True,
            f"On {{cases}}, {name_a} scores {{mean_a}} on average, {name_b} {{mean_b}}. {name_b} is better on "
            "{better} and worse on {worse}.",
            cases=(outputs.cases, EXAMPLE_COUNT),
            mean_a=(outputs.mean_a, ONE),
            mean_b=(outputs.mean_b, ONE),
            better=(better, ONE),
            worse=(worse, ONE),
        ),
        _version_chance(outputs),
        note(
            True,
            "With {confidence} confidence, "
            + f"{name_b} minus {name_a} lies between "
            + "{low} and {high} "
            + when(_version_strays(outputs), "(Student's interval).", "(Hoeffding's interval)."),
            confidence=(1 - alpha, SHARE),
            low=(outputs.difference.low, SHARE),
            high=(outputs.difference.high, SHARE),
        ),
        note(
            is_known_number(low) and is_known_number(high),
            "The bootstrap, which assumes less, gives {low} to {high}.",
            low=(low, SHARE),
            high=(high, SHARE),
        ),
        _version_parting(outputs),
        *_version_settling(i, outputs, outputs.cases),
    )
