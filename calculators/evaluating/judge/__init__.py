"""Can I trust my LLM judge?

People and the judge label the same answers. People are taken to be right, so the labels tell how often the judge passes
what is good (sensitivity) and fails what is bad (specificity). With both, the pass rate that the judge reports where
nobody labels is turned back into the true one, with an interval that carries the doubt about both samples.
"""

from __future__ import annotations

from calculators.engine.declare import bars, calculator, later
from calculators.evaluating.judge.inputs import EXAMPLES, Inputs
from calculators.evaluating.judge.judgement import judge_judgement
from calculators.evaluating.judge.measures import (
    judge_corrected_measures,
    judge_labels_to_collect,
    judge_two_label_measures,
)
from calculators.evaluating.judge.notes import judge_remarks
from calculators.evaluating.judge.outputs import Outputs
from calculators.evaluating.judge.row_measures import judge_people_measures, judge_position_measures
from calculators.evaluating.judge.tables import judge_bias_table, judge_label_row_table, judge_rate_table
from calculators.evaluating.judge.tally import judge_tally

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "judge_check"]


NOT_COUNTED = (
    "Mistakes of the people whose labels the judge is held against.",
    "Cases unlike those that were looked at.",
)


@calculator(chart=bars(output="rates", by="rate", column="share", title="Pass rates"))
def judge_check(i: Inputs) -> Outputs:
    """How far judge and people agree, and what the judge's pass rate is worth.

    With 9 of 10 good answers passed and 8 of 10 bad ones failed, 71 passes of 100 come from (0.71 + 0.8 − 1) ÷ 0.7:

    >>> labels = dict(both_pass=9, only_people=1, only_judge=2, both_fail=8)
    >>> judged = dict(passes=71, judged=100, bar="0.8", alpha="0.05", width="0.1")
    >>> judge_check(sample(Inputs, **labels, **judged)).corrected.likely.quantize(Decimal("0.0001"))
    Decimal('0.7286')
    """
    tally = judge_tally(i)
    outputs = Outputs(
        verdict=later(lambda: judge_judgement(i, tally, outputs)),
        **judge_two_label_measures(i, tally),
        **judge_corrected_measures(tally),
        **judge_labels_to_collect(i, tally),
        **judge_people_measures(tally),
        **judge_position_measures(tally),
        rates=later(lambda: judge_rate_table(tally, outputs)),
        biases=later(lambda: judge_bias_table(tally)),
        rows=later(lambda: judge_label_row_table(tally)),
        notes=later(lambda: judge_remarks(i, tally, outputs)),
    )
    return outputs
