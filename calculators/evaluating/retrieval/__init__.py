"""Does my search find the right passage?

The ranked passages of each query beside those that are right: how much the first k hold, how sure that is, whether a
second version is really better, and which k is enough. Measures and rules are those of trec_eval; nothing of the files
is shown but counts and the numbers of lines.
"""

from __future__ import annotations

from calculators.domain.units import PASSAGES, QUERIES
from calculators.engine.declare import calculator, curves, later
from calculators.engine.numbers import bare_value, choose, named, quotient, untraced
from calculators.evaluating.retrieval.inputs import EXAMPLES, REMOVED, Inputs, search_texts_that_belong_together
from calculators.evaluating.retrieval.measures import AVERAGE, GAIN, HIT, PRECISION, RECALL, RECIPROCAL
from calculators.evaluating.retrieval.meter import SearchMeter
from calculators.evaluating.retrieval.notes import search_judgement, search_remarks
from calculators.evaluating.retrieval.outputs import Outputs
from calculators.evaluating.retrieval.rankings import search_files_evaluation
from calculators.evaluating.retrieval.scores import mean_search_score
from calculators.evaluating.retrieval.tables import (
    search_file_table,
    search_measure_table,
    search_problem_table,
    search_recall_table,
)

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "search_evaluation"]


NOT_COUNTED = (
    "Whether the answers are right: only whether the right passages were found.",
    "Cases unlike those that were looked at.",
)


@calculator(chart=curves(output="curve", title="Recall over k: the share of the right passages among the first k"))
def search_evaluation(i: Inputs) -> Outputs:
    """The mean of each measure over the queries, its interval, and the paired test of two versions.

    One of two right passages is among the first two:

    >>> files = dict(results_a="q1 Q0 d3 1 0.9 a\\nq1 Q0 d1 2 0.8 a", judgments="q1 0 d1 1\\nq1 0 d2 1")
    >>> search_evaluation(sample(Inputs, **files, k=2, alpha="0.05")).recall
    Decimal('0.5')
    """
    condensed = bare_value(i.unjudged) == REMOVED
    evaluation = search_files_evaluation(*search_texts_that_belong_together(i), condensed)
    meter, a, b = SearchMeter(i), evaluation.a, evaluation.b
    alpha = named("Alpha of each comparison", i.alpha / i.comparisons)
    queries = meter.queries(a)
    recall = mean_search_score(meter, a, RECALL, "A", alpha)
    judged, shown = meter.judged(a)
    measure, difference, p_value = untraced(i.measure), None, None
    if b is not None:
        gained = meter.total(b, measure, "B") - meter.total(a, measure, "A")
        difference = quotient(gained, queries, None)
        difference = choose(i.measure == measure, difference, difference)  # both are one: the working tells the measure
        p_value = choose(i.measure == measure, *[meter.p_value(a, b, measure)] * 2)
    outputs = Outputs(
        verdict=later(lambda: search_judgement(meter, evaluation, outputs, alpha)),
        recall=recall.likely,
        recall_range=recall,
        recall_b=None if b is None else quotient(meter.total(b, RECALL, "B"), queries, None),
        difference=difference,
        p_value=p_value,
        enough_a=meter.enough(a, "A"),
        enough_b=None if b is None else meter.enough(b, "B"),
        precision=quotient(meter.total(a, PRECISION, "A"), queries, None),
        hit_rate=quotient(meter.total(a, HIT, "A"), queries, None),
        mrr=quotient(meter.total(a, RECIPROCAL, "A"), queries, None),
        map=quotient(meter.total(a, AVERAGE, "A"), queries, None),
        ndcg=quotient(meter.total(a, GAIN, "A"), queries, None),
        queries=queries,
        impossible=meter.without_right(a),
        silent=meter.count("Judged queries found without results in A", len(a.silent), QUERIES),
        unjudged=meter.count("Queries of A found without judgments", len(a.unjudged), QUERIES),
        judged_share=quotient(judged, shown, None),
        depth=meter.count("Longest list found in A", a.depth, PASSAGES, ("unjudged",)),
        measures=later(lambda: search_measure_table(meter, evaluation, alpha)),
        curve=later(lambda: search_recall_table(i, meter, evaluation)),
        files=later(lambda: search_file_table(meter, evaluation)),
        problems=later(lambda: search_problem_table(meter, evaluation)),
        notes=later(lambda: search_remarks(meter, evaluation, outputs, alpha)),
    )
    return outputs
