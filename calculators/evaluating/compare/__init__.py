"""Whether B is really better than A.

Two versions were tested, and one got more right. Where both answered the same examples, only those on which they differ
tell them apart: McNemar's exact test asks how often a fair coin would fall so unevenly. Where each answered examples of
its own, Fisher's exact test asks how often chance alone would deal the right answers so unevenly. Graded scores and
repeated runs are compared case by case: all ways to flip the signs of the differences are counted. All are two-sided.
"""

from __future__ import annotations

from calculators.domain.statistics import (
    absolute_score_difference,
    independent_sample_size,
    newcombe_interval,
    newcombe_pair_correlation,
    normal_quantile,
    paired_sample_size,
    wilson_interval,
)
from calculators.engine.declare import Range, calculator, later
from calculators.engine.numbers import (
    Condition,
    Number,
    Share,
    bare_value,
    both,
    ceil,
    choose,
    is_known_number,
    largest,
    named,
    opposite,
    quotient,
    smallest,
    when,
)
from calculators.evaluating.compare.inputs import EXAMPLES, Inputs
from calculators.evaluating.compare.judgement import version_comparison_judgement
from calculators.evaluating.compare.notes import version_comparison_remarks
from calculators.evaluating.compare.outputs import FISHER, MCNEMAR, Outputs
from calculators.evaluating.compare.results.graded import Measures, version_graded_measures
from calculators.evaluating.compare.results.matched import is_version_counted, matched_version_results
from calculators.evaluating.compare.results.meter import VersionMeter
from calculators.evaluating.compare.results.source import VersionSource, version_results_source
from calculators.evaluating.compare.results.versions import VersionContest
from calculators.evaluating.compare.tables import (
    version_column_table,
    version_left_out_table,
    version_mark_table,
    version_row_table,
    version_slice_table,
    version_summary_table,
    version_table,
    version_tries_table,
)
from calculators.evaluating.compare.tally import Tally, version_tally

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "version_comparison"]


NOT_COUNTED = (
    "What each version costs, and how large a difference matters to you.",
    "Cases unlike those that were looked at.",
)


@calculator()
def version_comparison(i: Inputs) -> Outputs:
    """The exact test, the intervals, and the examples that would settle it.

    Of 128 ways in which seven coins fall, 2 × (1 + 7) are as uneven as one against six:

    >>> results = dict(both_right=10, only_a=1, only_b=6, both_wrong=3)
    >>> version_comparison(sample(Inputs, **results, alpha="0.05", power="0.8")).p_value == Decimal("0.125")
    True
    """
    source, meter = version_results_source(i), VersionMeter(i)
    contest = VersionContest(meter, source)
    alpha = named("Alpha of each comparison", i.alpha / i.comparisons)
    alpha_interval = contest.alpha_of_intervals(alpha)
    tally = None
    if source is not None and _is_version_graded(source, meter):
        measures = version_graded_measures(i, meter, source, alpha_interval)
    else:
        tally = version_tally(i, source)
        measures = version_counted_measures(i, tally, alpha_interval)
    if measures["more_examples"] is not None:  # what this test shows needs no more of them
        decides = measures["p_value"] if contest.p_value_holm is None else contest.p_value_holm
        measures["more_examples"] = choose(decides <= alpha, None, measures["more_examples"])
    outputs = Outputs(
        verdict=later(lambda: version_comparison_judgement(i, contest, tally, outputs, alpha_interval)),
        **measures,
        p_value_holm=contest.p_value_holm,
        p_value_shared=contest.p_value_shared,
        p_value_differ=contest.p_value_differ,
        alpha_each=alpha,
        versions=later(lambda: version_table(contest, alpha_interval)),
        alone=later(lambda: version_summary_table(contest)),
        tries=later(lambda: version_tries_table(contest, alpha_interval)),
        slices=later(lambda: version_slice_table(contest)),
        marks=later(lambda: version_mark_table(contest)),
        rows=later(lambda: version_row_table(contest)),
        columns=later(lambda: version_column_table(contest)),
        left_out=later(lambda: version_left_out_table(contest)),
        notes=later(lambda: version_comparison_remarks(i, contest, tally, outputs)),
    )
    return outputs


def _is_version_graded(source: VersionSource, meter: VersionMeter) -> bool:
    """Whether some case of both versions has a grade, or several runs."""
    if source.a is None or source.b is None:
        return False
    return not is_version_counted(matched_version_results(source.a, source.b, meter.scoring))


def version_counted_measures(i: Inputs, tally: Tally, alpha: Share) -> Measures:
    """What counts of right and wrong answers say; `alpha` is that of the intervals."""
    z_alpha, z_power = (
        named("z of alpha", normal_quantile(alpha / 2)),
        named("z of power", normal_quantile(1 - i.power)),
    )
    score_a, score_b = quotient(tally.right_a, tally.examples_a), quotient(tally.right_b, tally.examples_b)
    discordant = quotient(tally.only_a + tally.only_b, tally.examples_a)
    answered = smallest(tally.examples_a, tally.examples_b)
    empty = answered <= 0
    size = choose(
        tally.paired,
        paired_sample_size(discordant, absolute_score_difference(score_a, score_b), z_alpha, z_power),
        independent_sample_size(score_a, score_b, z_alpha, z_power),
    )
    size = choose(empty, None, size)
    needed = ceil(size) if is_known_number(size) else None
    difference = _version_difference(tally, z_alpha, empty, choose(empty, None, score_b - score_a))
    return {
        "p_value": tally.p_value,
        "difference": difference,
        "score_a": wilson_interval(tally.right_a, tally.examples_a, z_alpha),
        "score_b": wilson_interval(tally.right_b, tally.examples_b, z_alpha),
        "needed": needed,
        "test": when(tally.paired, MCNEMAR, FISHER),
        "more_examples": None if needed is None else largest(0, needed - answered),
        "measured_difference": difference.likely,
        "discordant": choose(both(tally.paired, opposite(empty)), discordant, None),
        **dict.fromkeys(_GRADED_ONLY),
    }


_GRADED_ONLY = (
    *("mean_a", "mean_b", "mean_difference", "cases", "bootstrap_low", "bootstrap_high", "case_variance", "clusters"),
    *("design_effect",),
    *("run_variance_a", "run_variance_b", "error_now", "error_more_runs", "error_more_cases", "p_value_t"),
    *("p_value_ranks", "difference_spread", "correlation"),
)
"""The outputs that counts of right and wrong do not have."""


def _version_difference(tally: Tally, z_alpha: Number, empty: Condition, measured: Number | None) -> Range:
    """B minus A with Newcombe's interval: paired results go right and wrong together, independent ones do not.

    Where one version has no examples the difference may be anything.
    """
    if bare_value(empty):
        return Range(0 * z_alpha - 1, measured, 0 * z_alpha + 1)
    correlation = newcombe_pair_correlation(tally.both_right, tally.only_a, tally.only_b, tally.both_wrong)
    scores = tally.right_a, tally.examples_a, tally.right_b, tally.examples_b
    low, high = newcombe_interval(*scores, z_alpha, choose(tally.paired, correlation, 0))
    return Range(low, measured, high)
