"""What the evaluation of a search asks: its results, the right passages, and how they are measured."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain import questions
from calculators.domain.units import PASSAGES
from calculators.engine.declare import choice, example, file, number, share, text
from calculators.engine.long_text import texts_without_samples
from calculators.engine.numbers.units import ONE
from calculators.evaluating.retrieval.measures import EXPONENTIAL, LINEAR, MEASURES, RECALL
from calculators.evaluating.retrieval.samples import JUDGMENTS, RAGAS, RERANKED, SAMPLES, SEARCH

LARGEST_FILE = 50_000_000
LARGEST_PASTE = 1_000_000
NOT_RELEVANT, REMOVED = "not_relevant", "removed"
LEFT_OUT, ZERO = "left_out", "zero"


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The results of one or two versions, the right passages, and the measure."""

    results_a_file: str = file(
        "Results of the search",
        longest=LARGEST_FILE,
        group="The search (A)",
        help="For each query the ids of the passages, the best first: a TREC run, CSV, JSON Lines, or a Ragas set. "
        "It is read in this browser tab and sent nowhere.",
    )
    results_a: str = text(
        "Or paste them",
        unless=("results_a_file",),
        default=SEARCH,
        longest=LARGEST_PASTE,
        group="The search (A)",
        help="Up to a million characters; a chosen file comes first. What you paste stays in this browser tab.",
    )
    results_b_file: str = file(
        "Results of the other version",
        longest=LARGEST_FILE,
        group="Another version (B), if there is one",
        help="The same queries with a reranker, another embedding model, or other chunks.",
    )
    results_b: str = text(
        "Or paste them",
        unless=("results_b_file",),
        longest=LARGEST_PASTE,
        group="Another version (B), if there is one",
        help="What you paste stays in this browser tab.",
    )
    judgments_file: str = file(
        "Judgments",
        longest=LARGEST_FILE,
        group="The right passages",
        help="For each query the ids of the passages that are right, with a grade if you have one: TREC qrels, CSV, or "
        "JSON Lines. Where A's own file names the right passages, as Ragas does, those count.",
    )
    judgments: str = text(
        "Or paste them",
        unless=("judgments_file",),
        default=JUDGMENTS,
        longest=LARGEST_PASTE,
        group="The right passages",
        help="What you paste stays in this browser tab.",
    )
    k: Decimal = number(
        "Passages that count, k",
        PASSAGES,
        low=1,
        high=10_000,
        default=5,
        whole=True,
        group="How it is measured",
        because="as many chunks as the cost of retrieval starts with",
        help="The first k of each list, such as those that go into the prompt. Later ones do not count.",
    )
    measure: str = choice(
        "Measure of the verdict",
        MEASURES,
        default=RECALL,
        group="How it is measured",
        because="a passage that is not in the prompt cannot help the answer",
        help="All measures are in the table. Choose the one that decides before you look.",
    )
    enough: Decimal = share(
        "Share of the recall that is enough",
        default="0.95",
        group="How it is measured",
        folded=True,
        because="a guess: the last twentieth often takes more passages than all before",
        help="Of the recall that the whole lists reach.",
    )
    relevant_from: Decimal = number(
        "Right from grade",
        ONE,
        low="0.01",
        high=100,
        default=1,
        group="How it is measured",
        folded=True,
        because="the rule of trec_eval: any grade from 1 on",
        help="For judgments with several grades. nDCG uses the grades themselves.",
    )
    gain: str = choice(
        "Gain of a grade in nDCG",
        {LINEAR: "The grade", EXPONENTIAL: "2 to the grade, minus 1"},
        default=LINEAR,
        group="How it is measured",
        folded=True,
        because="what trec_eval, pytrec_eval and ir_measures do unless told otherwise",
        help="With grades of 0 and 1 both are the same.",
    )
    unjudged: str = choice(
        "Passages without a judgment",
        {NOT_RELEVANT: "Count as wrong", REMOVED: "Are taken out of the lists"},
        default=NOT_RELEVANT,
        group="How it is measured",
        folded=True,
        because="the rule of trec_eval",
        help="Count them as wrong for the low end, take them out for the high end.",
    )
    impossible: str = choice(
        "Queries without a right passage",
        {LEFT_OUT: "Are left out", ZERO: "Count as 0"},
        default=LEFT_OUT,
        group="How it is measured",
        folded=True,
        because="no search can find what is not there; trec_eval counts them as 0",
    )
    alpha: Decimal = questions.alpha(
        group="How sure",
        folded=True,
        help="The chance of a false alarm that you accept. Intervals hold with the rest, such as 95%.",
    )
    comparisons: Decimal = questions.comparisons(
        group="How sure",
        folded=True,
        help="How many versions or settings you tried before you picked B. Alpha is divided by it (Bonferroni).",
    )


EXAMPLES = [
    example("A search alone, graded", relevant_from=2, measure="ndcg"),
    example("With and without a reranker", results_b=RERANKED),
    example("A Ragas data set", results_a=RAGAS, k=3),
]


def search_texts_that_belong_together(i: Inputs) -> tuple[str, str, str]:
    """The results of A, those of B and the judgments; no sample counts beside a text of the reader's own."""
    texts = [i.results_a_file or i.results_a, i.results_b_file or i.results_b, i.judgments_file or i.judgments]
    results_a, results_b, judgments = texts_without_samples(texts, SAMPLES)
    return results_a, results_b, judgments
