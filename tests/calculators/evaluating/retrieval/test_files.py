"""Whole files: what was read and left out is counted, nothing of a text is shown, and a large file is read at once."""

from __future__ import annotations

import json
from decimal import Decimal
from time import process_time

from calculators.catalogue import Catalogue
from calculators.engine.declare import output_value
from calculators.engine.questions.question import Question
from calculators.evaluating.retrieval.rankings import (
    read_search_judgments_file,
    read_search_results_file,
    search_files_evaluation,
)
from tests.calculators.answers import computed
from tests.calculators.evaluating.retrieval.searches import NAME, sentences

QRELS = "q1 0 d1 1\nq2 0 d2 1\nq3 0 d3 0\nq4 0 d4 1"
RUN = "q1 Q0 d1 1 0.9 t\nq1 Q0 d1 2 0.8 t\nq2 Q0 d2 2 0.9 t\nq2 Q0 x 1 0.5 t\nq9 Q0 d1 1 1 t\nwhat?"


def test_everything_that_is_left_out_is_counted_and_placed(catalogue: Catalogue) -> None:
    answer = computed(catalogue, NAME, {"results_a": RUN, "judgments": QRELS})
    assert (answer.queries, answer.impossible, answer.silent, answer.unjudged) == (3, 1, 2, 1)
    assert output_value(answer.problems).rows == (
        ("A", "Lines that cannot be read", 1, "6", "left out"),
        ("A", "Passages listed twice for a query", 1, "2", "the better rank counts, and ranks are numbered anew"),
        ("A", "Queries whose ranks contradict their scores", 1, "3", "the scores count, as in trec_eval"),
        ("A", "Queries without judgments", 1, "5", "left out of every measure"),
        ("Judgments", "Queries without results in A", 2, "3, 4", "count as 0"),
    )
    assert output_value(answer.files).rows == (
        ("A", "TREC run or qrels", 3, 4),
        ("Judgments", "TREC run or qrels", 4, 4),
    )
    words = sentences(answer.notes)
    assert "Judged, but without results in A: 2 queries. They count as 0." in words
    assert "In A, but not judged: 1 query. They are left out." in words
    assert any(
        "no passage is right for them: 1 query. Counted as 0, as trec_eval does, they would take recall to 50%." in each
        for each in words
    )


def test_what_queries_without_a_right_passage_would_change_is_what_they_do(catalogue: Catalogue) -> None:
    answer = computed(catalogue, NAME, {"results_a": RUN, "judgments": QRELS, "impossible": "zero"})
    assert answer.recall == Decimal("0.5") and answer.queries == 4


def test_files_of_two_tests_are_noticed(catalogue: Catalogue) -> None:
    answer = computed(catalogue, NAME, {"results_a": RUN.replace("q", "query-"), "judgments": QRELS})
    assert any("None of the queries of A is a judged one" in words for words in sentences(answer.notes))


def test_a_chosen_file_comes_before_what_is_pasted(catalogue: Catalogue) -> None:
    pasted = {"results_a": "q1 Q0 x 1 1 t", "results_b": "q1 Q0 x 1 1 t", "judgments": "q1 0 y 1"}
    files = {"results_a_file": RUN, "results_b_file": RUN, "judgments_file": QRELS}
    answer = computed(catalogue, NAME, pasted | files)
    assert answer.recall == answer.recall_b == Decimal(2) / 3


def test_the_right_passages_in_the_file_of_a_come_first(catalogue: Catalogue) -> None:
    text = '{"query_id": "q1", "retrieved": ["x", "d5"], "relevant": ["d5"]}'
    answer = computed(catalogue, NAME, {"results_a": text, "judgments": QRELS})
    assert (answer.mrr, answer.queries) == (Decimal("0.5"), 1)
    assert any("names the right passages itself" in words for words in sentences(answer.notes))
    alone = computed(catalogue, NAME, {"results_a": text, "judgments": ""})
    assert not any("names the right passages itself" in words for words in sentences(alone.notes))


def test_nothing_of_a_text_is_shown(catalogue: Catalogue) -> None:
    """Neither ids nor the lines that cannot be read, in any form of the answer."""
    run = RUN.replace("q", "secretquery").replace("d1", "secretdoc").replace("what?", "secretline")
    texts = {"results_a": run, "results_b": run, "judgments": QRELS.replace("q", "secretquery")}
    for form in ("text", "json", "html", "page", "markdown", "csv", "scenario"):
        shown = catalogue.answer(Question(NAME, texts, form=form))
        if form == "page":  # fields are given back to the reader who typed them
            shown = json.loads(shown)["result"]
        if form == "json":
            shown = json.dumps({name: part for name, part in json.loads(shown).items() if name != "inputs"})
        assert "secret" not in shown, form


def test_a_thousand_queries_of_a_hundred_passages_are_read_and_answered_at_once(catalogue: Catalogue) -> None:
    """Well below a second of processor time here; ten times that would be noticed."""
    run = "\n".join(
        f"q{query} Q0 d{query}-{rank} {rank} {1 / rank:.6f} t" for query in range(1000) for rank in range(1, 101)
    )
    other = run.replace("-7 7 ", "-7 0 ").replace(" 0.142857 ", " 2.0 ")
    qrels = "\n".join(f"q{query} 0 d{query}-{7 + query % 5} 1" for query in range(1000))
    for kept in (read_search_results_file, read_search_judgments_file, search_files_evaluation):
        kept.cache_clear()
    begin = process_time()
    answer = json.loads(
        catalogue.answer(
            Question(NAME, {"results_a_file": run, "results_b_file": other, "judgments_file": qrels, "k": "10"})
        )
    )
    spent = process_time() - begin
    assert answer["outputs"]["recall"]["value"] == "0.8"
    assert spent < 4, spent
