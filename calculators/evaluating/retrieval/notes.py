"""The judgement of a search, and what a reader should know about it."""

from __future__ import annotations

from calculators.domain.exact_tests.sign_flips import EXACT_FLIPS
from calculators.domain.units import COMPARISONS, PASSAGES, QUERIES
from calculators.domain.verdicts import verdict_points_in_words, verdict_share_in_words
from calculators.engine.declare import Judgement
from calculators.engine.numbers import (
    Note,
    Number,
    Share,
    bare_value,
    both,
    is_known_number,
    note,
    opposite,
    quotient,
    when,
    whole_number,
)
from calculators.engine.numbers.rounding import grouped_number, rounded_amount
from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import ONE, SHARE
from calculators.evaluating.retrieval.inputs import LEFT_OUT
from calculators.evaluating.retrieval.measures import MEASURES, RECALL
from calculators.evaluating.retrieval.meter import SearchMeter
from calculators.evaluating.retrieval.outputs import Outputs
from calculators.evaluating.retrieval.rankings import Evaluation
from calculators.evaluating.retrieval.scores import mean_search_difference, mean_search_score
from calculators.readers.strangers import STRANGERS, stranger_note

THOUSAND = Constant(1000, "thousand", ONE)
RAGAS = "Ragas"


def search_judgement(meter: SearchMeter, evaluation: Evaluation, outputs: Outputs, alpha: Share) -> Judgement:
    """The verdict in words: how much one version finds, or whether two differ in the measure that decides."""
    i, a, b = meter.i, evaluation.a, evaluation.b
    if not is_known_number(outputs.recall):
        return Judgement("Nothing to measure yet", _missing_of_search(evaluation))
    measure = bare_value(i.measure)
    score = mean_search_score(meter, a, measure, "A", alpha)
    of_a = note(
        outputs.queries > 0,
        MEASURES[measure] + " of A is {score} on {queries}. With {confidence} confidence, it lies between {low} and "
        "{high} on all queries like these.",
        score=(score.likely, SHARE),
        queries=(outputs.queries, QUERIES),
        confidence=(1 - alpha, SHARE),
        low=(score.low, SHARE),
        high=(score.high, SHARE),
    )
    if b is None:
        share = rounded_amount(bare_value(outputs.recall), SHARE)
        amounts = note(True, f"{_search_measure(meter)} {verdict_share_in_words(score)}")
        return Judgement(f"{share} are among the first {grouped_number(bare_value(i.k))}", (of_a,), amounts)
    assert outputs.p_value is not None
    sure = outputs.p_value <= alpha
    shown, gained = bare_value(sure), bare_value(outputs.difference)
    difference = mean_search_difference(meter, a, b, measure, alpha)
    score_b = quotient(meter.total(b, measure, "B"), outputs.queries, None)
    better, worse = meter.changed(a, b, measure)
    of_both = [rounded_amount(bare_value(share), SHARE) for share in (score_b, score.likely)]
    step, course = (
        verdict_points_in_words(difference, outputs.p_value, is_shown=shown),
        when(gained is not None and gained > 0, "better", "worse"),
    )
    return Judgement(
        when(shown, f"B is {course} than A", "Not shown: it may be chance"),
        (
            note(
                outputs.queries > 0,
                MEASURES[measure] + " on {queries}: A {score_a}, B {score_b}.",
                queries=(outputs.queries, QUERIES),
                score_a=(score.likely, SHARE),
                score_b=(score_b, SHARE),
            ),
            note(
                True,
                "B is better on {better} and worse on {worse}; on the others they are level.",
                better=(better, QUERIES),
                worse=(worse, QUERIES),
            ),
            note(
                sure if shown else opposite(sure),
                "If both were equally good, chance alone would set them at least as far apart "
                + when(outputs.p_value * THOUSAND < 1, "less than once in a thousand tests", "{p} of the time")
                + when(shown, ", within the {alpha} that you accept.", ", more than the {alpha} that you accept."),
                p=(outputs.p_value, SHARE),
                alpha=(alpha, SHARE),
            ),
            note(
                True,
                "With {confidence} confidence, B minus A lies between {low} and {high}.",
                confidence=(1 - alpha, SHARE),
                low=(difference.low, SHARE),
                high=(difference.high, SHARE),
            ),
        ),
        note(
            True,
            when(
                shown,
                f"Version B is {course} than version A: {_search_measure(meter)} {' against '.join(of_both)}, {step}",
                f"Not shown, it may be chance: {_search_measure(meter)} of version B {of_both[0]}, of version A "
                f"{of_both[1]}, {step}",
            ),
        ),
    )


def _missing_of_search(evaluation: Evaluation) -> tuple[Note, ...]:
    """What the reader has to bring before there is something to measure."""
    no_results, no_judgments = not evaluation.a.file.rankings, not evaluation.judgments.rows.judgments
    return (
        note(
            no_results,
            "The results of your search (A) are missing. Choose their file or paste them: for each query, the ids of "
            "the passages that it finds, the best first.",
        ),
        note(
            no_judgments,
            "The judgments are missing. Choose their file or paste them: for each query, the ids of the passages that "
            "are right.",
        ),
        note(not (no_results or no_judgments), "No query has both results and a right passage."),
    )


def _search_measure(meter: SearchMeter) -> str:
    """The measure of the verdict with its k, as people who evaluate searches write it: `recall@5`, `nDCG@5`."""
    name = MEASURES[bare_value(meter.i.measure)]
    written = name.lower() if name == name.capitalize() else name
    return f"{written}@{grouped_number(bare_value(meter.i.k))}"


def search_remarks(meter: SearchMeter, evaluation: Evaluation, outputs: Outputs, alpha: Share) -> tuple[Note, ...]:
    """What a reader should know about this answer."""
    i, a, b = meter.i, evaluation.a, evaluation.b
    left_out = outputs.impossible
    zeros = quotient(meter.total(a, RECALL, "A"), outputs.queries + left_out)
    strangers = bool(a.rankings) and len(a.silent) == len(a.rankings) and bool(a.file.rankings)
    versions = [("A", outputs.enough_a, a)] + ([("B", outputs.enough_b, b)] if b is not None else [])
    files = {"results": a.file, "other results": b.file if b else None, "judgments": evaluation.judgments}
    return (
        *(
            stranger_note(f"The file of {role} is left out: {STRANGERS[file.kind].sentence}.", STRANGERS[file.kind])
            for role, file in files.items()
            if file and file.kind
        ),
        note(
            bool(a.file.rows.judgments and not a.file.rankings),
            "The file of A holds judgments and no results of a search. Give it as the judgments, and the file of your "
            "search as the results.",
            is_error=True,
        ),
        note(
            strangers,
            "None of the queries of A is a judged one. Do both files call the queries by the same ids?",
        ),
        note(
            evaluation.from_results and bool((i.judgments_file or i.judgments).strip()),
            "The file of A names the right passages itself. They count, and the other judgments are not used.",
        ),
        note(
            any(file.label.startswith(RAGAS) for file in (a.file, evaluation.judgments)),
            "In a Ragas data set without ids, passages are compared by their text, word for word.",
        ),
        note(
            both(i.impossible == LEFT_OUT, left_out > 0),
            "Left out, as no passage is right for them: {left_out}. Counted as 0, as trec_eval does, they would "
            "take recall to {zeros}.",
            left_out=(left_out, QUERIES),
            zeros=(zeros, SHARE),
        ),
        note(
            outputs.silent > 0,
            "Judged, but without results in A: {silent}. They count as 0.",
            silent=(outputs.silent, QUERIES),
        ),
        note(
            outputs.unjudged > 0,
            "In A, but not judged: {unjudged}. They are left out.",
            unjudged=(outputs.unjudged, QUERIES),
        ),
        note(
            both(outputs.depth > 0, outputs.depth < i.k),
            "The longest list of A has {depth}, fewer than k. The missing ones count as wrong.",
            depth=(outputs.depth, PASSAGES),
        ),
        *(_is_search_recall_growing(meter, letter, enough, version.depth) for letter, enough, version in versions),
        note(
            i.comparisons > 1,
            "B is held to an alpha of {alpha}, because the best of {comparisons} looks good by luck.",
            alpha=(alpha, SHARE),
            comparisons=(i.comparisons, COMPARISONS),
        ),
        *_search_test_notes(meter, evaluation),
    )


def _is_search_recall_growing(meter: SearchMeter, letter: str, enough: Number | None, depth: int) -> Note:
    """Whether the lists end before the recall does."""
    longest = meter.count(f"Longest list, {letter}", depth, PASSAGES)
    if not is_known_number(enough) or depth <= 1:
        return note(False, "")
    return note(
        enough >= longest,
        f"The recall of {letter} still grows at the end of the lists. Have the search give longer lists and measure "
        "again: more may be needed.",
    )


def _search_test_notes(meter: SearchMeter, evaluation: Evaluation) -> tuple[Note, ...]:
    """By which test the p-value of the verdict came about, where it was not counted out."""
    if evaluation.b is None:
        return ()
    better, worse = meter.changed(evaluation.a, evaluation.b, bare_value(meter.i.measure))
    most = whole_number(EXACT_FLIPS, "Differences that are flipped in every way", QUERIES, better)
    return (
        note(
            better + worse > most,
            "The versions differ on more than {most}, too many to flip all signs. Unless all differences are equally "
            "large, the p-value is that of the paired t-test.",
            most=(most, QUERIES),
        ),
    )
