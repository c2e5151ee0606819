"""The formats of retrieval: each way of writing the same search gives the same answer, and what is odd is named."""

from __future__ import annotations

import json

import pytest

from calculators.evaluating.retrieval.rankings import (
    RETRIEVAL_FORMATS,
    RetrievalFile,
    read_search_judgments_file,
    read_search_results_file,
)
from calculators.readers.retrieval.ragas import read_retrieval_ragas_list

RANKING = {"q1": ["d3", "d1", "d2"], "q2": ["d7"]}
GRADES = {"q1": {"d1": 2.0, "d2": 0.0}, "q2": {"d7": 1.0}}

RUNS = {
    "TREC": "q1 Q0 d3 1 0.9 t\nq1 Q0 d1 2 0.8 t\nq1 Q0 d2 3 0.7 t\nq2 Q0 d7 1 0.9 t\n",
    "TREC in any order": "q2\tQ0\td7\t1\t9\tt\r\nq1\tQ0\td2\t3\t7\tt\r\nq1\tQ0\td3\t1\t9\tt\r\nq1\tQ0\td1\t2\t8\tt",
    "TREC without tags": "q1 Q0 d3 1 9e-1\nq1 Q0 d1 2 8e-1\nq1 Q0 d2 3 .7\nq2 Q0 d7 1 9",
    "CSV by rank": "query_id,doc_id,rank\nq1,d1,2\nq1,d3,1\nq1,d2,3\nq2,d7,1",
    "CSV by score": "qid;docid;score\nq1;d1;0.5\nq1;d3;0.9\nq1;d2;-1\nq2;d7;0",
    "CSV by distance": "Query ID,Passage ID,Distance\nq1,d1,0.5\nq1,d3,0.1\nq1,d2,0.7\nq2,d7,0",
    "CSV in its order": '"query","passage"\n"q1","d3"\n"q1","d1"\n\n"q1","d2"\n"q2","d7"\n',
    "CSV without a heading": "q1,d3\nq1,d1\nq1,d2\nq2,d7\n",
    "TSV": "\ufeffquery-id\tcorpus-id\tscore\nq1\td3\t3\nq1\td1\t2\nq1\td2\t1\nq2\td7\t1",
    "JSON Lines of lists": '{"query_id": "q1", "ranked": ["d3", "d1", "d2"]}\n{"id": "q2", "results": [{"id": "d7"}]}',
    "JSON Lines of scores": '{"qid": "q1", "hits": {"d1": 2, "d2": 1, "d3": 3}}\n{"qid": "q2", "hits": {"d7": 0.5}}',
    "JSON Lines of pairs": "\n".join(
        json.dumps({"query": query, "doc_id": passage, "rank": rank})
        for query, passages in RANKING.items()
        for rank, passage in enumerate(passages, 1)
    ),
    "a list of JSON": json.dumps(
        [{"query_id": "q1", "retrieved": ["d3", "d1", "d2"]}, {"query_id": "q2", "retrieved": ["d7"]}], indent=1
    ),
    "one object of lists": json.dumps(RANKING),
    "one object of scores": json.dumps({"q1": {"d1": 2.5, "d2": 1.5, "d3": 3.5}, "q2": {"d7": 1}}, indent=2),
    "Ragas by ids": "user_input,retrieved_context_ids,reference_context_ids,retrieved_contexts\n"
    "q1,\"['d3', 'd1', 'd2']\",['d1'],\"['text']\"\nq2,['d7'],['d7'],[]",
    "Ragas by texts": '{"user_input": "q1", "retrieved_contexts": ["d3", "d1", "d2"]}\n'
    '{"user_input": "q2", "retrieved_contexts": ["d7"]}',
}

QRELS = {
    "TREC": "q1 0 d1 2\nq1 0 d2 0\nq2 0 d7 1",
    "CSV": "query_id,doc_id,relevance\nq1,d1,2\nq1,d2,0\nq2,d7,1",
    "BEIR": "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq2\td7\t1",
    "CSV of words": "question;chunk;grade\nq1;d1;2\nq1;d2;no\nq2;d7;Yes",
    "JSON Lines": '{"query_id": "q1", "relevant": {"d1": 2, "d2": 0}}\n{"query_id": "q2", "relevant": ["d7"]}',
    "JSON Lines with grades": '{"query_id": "q1", "relevant": [{"id": "d1", "grade": 2}, {"id": "d2", "grade": 0}]}\n'
    '{"query_id": "q2", "relevant": [{"id": "d7"}]}',
    "one object": json.dumps({"q1": {"d1": 2, "d2": 0}, "q2": {"d7": 1}}),
}


def problems(file: RetrievalFile) -> dict[str, tuple[int, list[int]]]:
    return {name: (lines.count, lines.lines) for name, lines in file.rows.problems.items()}


@pytest.mark.parametrize("text", RUNS.values(), ids=list(RUNS))
def test_each_way_of_writing_results_gives_the_same_rankings(text: str) -> None:
    file = read_search_results_file(text)
    assert file.rankings == RANKING
    assert problems(file) == {}


@pytest.mark.parametrize("text", QRELS.values(), ids=list(QRELS))
def test_each_way_of_writing_judgments_gives_the_same_grades(text: str) -> None:
    file = read_search_judgments_file(text)
    assert file.rows.judgments == GRADES
    assert problems(file) == {} and file.rankings == {}


def test_the_formats_are_tried_in_their_order() -> None:
    assert list(RETRIEVAL_FORMATS) == ["ragas", "json_lines", "trec", "csv"]
    assert (
        read_search_results_file(RUNS["Ragas by ids"]).label
        == read_search_results_file(RUNS["Ragas by texts"]).label
        == "Ragas data set"
    )
    assert read_search_results_file(RUNS["TSV"]).label == "CSV"
    assert (read_search_results_file(" \n").label, read_search_results_file("").rankings) == ("", {})


def test_a_table_can_hold_results_and_judgments() -> None:
    """A line of a right passage that the search did not give has no rank."""
    file = read_search_results_file("query,doc,rank,relevant\nq1,d3,1,0\nq1,d1,2,1\nq1,d9,,1\nq2,d5,,1")
    assert file.rankings == {"q1": ["d3", "d1"], "q2": []}
    assert file.rows.judgments == {"q1": {"d3": 0, "d1": 1, "d9": 1}, "q2": {"d5": 1}}


def test_ragas_names_the_right_passages_itself() -> None:
    text = "user_input,retrieved_contexts,reference_contexts\n" + (
        '"How, then?","[\'a,  b\', ""it\'s""]","[\'a, b\']"\nWhy?,[],\nWho?,,[\'x\']\n'
    )
    file = read_search_results_file(text)
    assert file.rankings == {"How, then?": ["a, b", "it's"], "Why?": [], "Who?": []}
    assert file.rows.judgments == {"How, then?": {"a, b": 1}, "Why?": {}, "Who?": {"x": 1}}
    assert read_search_judgments_file(text).rows.judgments == file.rows.judgments


@pytest.mark.parametrize(
    ("cell", "entries"),
    [
        ("['a' 'b']", ["a", "b"]),
        ("['a',\n 'b\\'s']", ["a", "b's"]),
        ('["a [1]", "b]"]', ["a [1]", "b]"]),
        ("[12, 15]", ["12", "15"]),
        ("[]", []),
        ("[ ]", []),
        ("['a'", None),
        ("['a", None),
        ("['a]", None),
        ("nothing", None),
        (["a", 3], ["a", "3"]),
        (None, []),
    ],
)
def test_a_list_in_a_cell(cell: object, entries: list[str] | None) -> None:
    assert read_retrieval_ragas_list(cell) == entries


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        (
            "q1 Q0 d1 1 0.9 t\nq1 Q0 d2 2 high t\nq1 Q0\n\nq1 Q0 d3 3 0.1 t",
            {"bad_score": (1, [2]), "unreadable": (1, [3])},
        ),
        ("q1 Q0 d1 1 0.9 t\nq1 Q0 d2 2 nan t", {"bad_score": (1, [2])}),
        ("q1 Q0 d1 1 0.5 t\nq1 Q0 d2 2 0.9 t", {"against_score": (1, [1])}),
        ("q1 Q0 d1 1 0.9 t\nq1 Q0 d1 2 0.8 t", {"twice": (1, [2])}),
        (
            "query,doc,score\nq1,d1,x\n,d2,1\nq1,,1\nq1,d1,1,2,3",
            {"bad_score": (1, [2]), "no_id": (2, [3, 4]), "unreadable": (1, [5])},
        ),
        ("a,b,c\nq1,d1,1", {"unreadable": (2, [1, 2])}),
        (
            '{"query": "q", "retrieved": ["d"]}\n{"query": \n[1]\n{"retrieved": ["d"]}',
            {"unreadable": (2, [2, 3]), "no_id": (1, [4])},
        ),
        (
            '{"query": "q", "hits": {"d": "x"}}\n{"query": "q", "hits": [null, "e"]}',
            {"bad_score": (1, [1]), "no_id": (1, [2])},
        ),
        ("[" * 3000, {"unreadable": (1, [1])}),
        ("user_input,retrieved_contexts\nq,a\n,['b']\nq,['c'],d", {"unreadable": (2, [2, 4]), "no_id": (1, [3])}),
    ],
)
def test_what_cannot_be_read_is_named(text: str, noted: dict[str, tuple[int, list[int]]]) -> None:
    assert problems(read_search_results_file(text)) == noted


@pytest.mark.parametrize(
    ("text", "noted", "grades"),
    [
        ("q 0 d 1\nq 0 d 2", {"judged_twice": (1, [2])}, {"d": 1}),
        ("q 0 d -2\nq 0 e 1", {"negative": (1, [1])}, {"d": 0, "e": 1}),
        ("q 0 d 1\nq 0 e good", {"bad_grade": (1, [2])}, {"d": 1}),
        ("q 0 d 1\nq Q0 e 1 0.5 t", {"unreadable": (1, [2])}, {"d": 1}),
        ('{"query": "q", "relevant": {"d": 1, "e": null}}', {"bad_grade": (1, [1])}, {"d": 1}),
        ("query,doc,label\nq,d,1\nq,e,perhaps", {"bad_grade": (1, [3])}, {"d": 1}),
    ],
)
def test_judgments_that_are_odd_are_named(
    text: str, noted: dict[str, tuple[int, list[int]]], grades: dict[str, float]
) -> None:
    file = read_search_judgments_file(text)
    assert problems(file) == noted and file.rows.judgments == {"q": grades}


def test_only_the_first_lines_of_a_problem_are_kept() -> None:
    lines = problems(read_search_results_file("q Q0 d 1 0.5 t\n" + "what?\n" * 100))["unreadable"]
    assert lines == (100, list(range(2, 22)))


def test_a_cell_longer_than_pythons_limit_is_read_and_the_limit_stays() -> None:
    import csv

    before = csv.field_size_limit()
    passage = "x" * 200_000
    file = read_search_results_file(f"user_input,retrieved_contexts\nq,\"['{passage}']\"")
    assert file.rankings == {"q": [passage]} and csv.field_size_limit() == before
