"""Labels of people and judge, read from tables and JSON Lines: every row is in one count, and none decides by guess."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.readers import labels as room
from calculators.readers.formats import reader_formats
from calculators.readers.labels.columns import label_columns
from calculators.readers.labels.label_format import LabelFormat
from calculators.readers.labels.meaning import label_meaning
from calculators.readers.labels.reading import Labels, read_labels

TUNED = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def four(labels: Labels) -> tuple[int, ...]:
    """The four counts, people's label first."""
    pairs = [(person, judge) for person in ("pass", "fail") for judge in ("pass", "fail")]
    return tuple(labels.count(*pair) for pair in pairs)


FORMS = (
    "case,person,judge\n1,pass,pass\n2,pass,fail\n3,fail,pass\n4,fail,fail\n5,fail,fail",
    "Judge verdict\tHuman label\n1\t1\n0\t1\n1\t0\n0\t0\n0\t0\n",
    '\ufeff"id";"Expert";"LLM judge"\r\n1;"yes";"yes"\r\n2;yes;no\r\n3;no;yes\r\n\r\n4;no;no\r\n5;No;NO\r\n',
    "\n\nannotator|grader|comment\ngood|good|a\ngood|bad|b\nbad|good|c\nbad|bad|d\nbad|bad|e",
    '{"human": true, "judge": true}\n{"human": true, "judge": false}\n{"human": false, "judge": 1}\n'
    '{"human": 0, "judge": 0}\n\n{"human": "fail", "judge": "FAIL", "more": {"a": [1]}}\n',
)


@pytest.mark.parametrize("text", FORMS)
def test_every_form_gives_the_same_counts(text: str) -> None:
    labels = read_labels(text)
    assert four(labels) == (1, 1, 1, 2)
    assert labels.rows.paired == labels.rows.rows == 5 and not labels.unscored and not labels.categories


def test_the_formats_are_found_and_the_table_comes_last() -> None:
    assert list(reader_formats(room, LabelFormat)) == ["json_lines", "delimited"]


def test_rows_without_a_pair_are_counted_and_decide_nothing() -> None:
    text = "person 1,person 2,judge\npass,pass,pass\n,,pass\n,,fail\npass,,\npass,fail,pass\n,,\n?,,\na,b,c,d"
    labels = read_labels(text)
    rows = labels.rows
    assert (rows.paired, rows.only_judge, rows.only_people, rows.tied, rows.unlabeled) == (1, 2, 1, 1, 1)
    assert rows.unreadable == (9,) and rows.rows == 7
    assert four(labels) == (1, 0, 0, 0) and labels.passes_only_judge == 1 and labels.unscored == 1


def test_the_label_of_most_people_counts() -> None:
    text = "person a,person b,person c,judge\npass,pass,fail,pass\nfail,pass,fail,pass\nfail,,,fail"
    labels = read_labels(text)
    assert four(labels) == (1, 0, 1, 1) and labels.people_columns == 3
    assert labels.people is not None and labels.people.compared == 2


@pytest.mark.parametrize(
    ("passing", "expected"), [("", (0, 0, 0, 0)), ("4, 5", (1, 1, 0, 1)), ("5", (1, 0, 0, 2)), ("1", (0, 0, 1, 2))]
)
def test_grades_pass_where_the_reader_says_so(passing: str, expected: tuple[int, ...]) -> None:
    labels = read_labels("person,judge\n5,5.0\n4,3\n2,1", passing)
    assert labels.categories == (not passing) and labels.rows.paired == 3
    assert four(labels) == expected


def test_a_few_odd_words_do_not_turn_verdicts_into_categories() -> None:
    labels = read_labels("person,judge\npass,fail\nfail,unsure\npass,pass")
    assert not labels.categories and labels.unscored == 1 and four(labels) == (1, 1, 0, 0)
    assert label_meaning(["a", "b", "tie"], "").categories and label_meaning(["0", "1", "2"], "").categories
    assert not label_meaning([], "").categories


COLUMNS = {
    "Case ID": "case",
    "question_id": "case",
    "Human": "person",
    "human_2": "person",
    "Annotator B": "person",
    "label": "person",
    "gold label": "person",
    "expert1": "person",
    "judge": "judge",
    "judge_score": "judge",
    "LLM judge": "judge",
    "position": "position",
    "Order shown": "position",
    "answer length": "length",
    "word_count": "length",
    "model": "model",
    "author of the answer": "model",
}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_known_by_their_words(name: str) -> None:
    assert label_columns([name]).names(COLUMNS[name]) == (name,)


@pytest.mark.parametrize("name", ["judge model", "comment", "", "answer", "42", "score", "ground", "é"])
def test_columns_of_unclear_words_are_not_used(name: str) -> None:
    columns = label_columns([name])
    assert columns.unused == 1 or name == "ground"


def test_a_second_judge_is_not_mixed_with_the_first() -> None:
    labels = read_labels("person,judge,judge 2\npass,pass,fail")
    assert labels.unused == 1 and four(labels) == (1, 0, 0, 0)


def test_groups_are_compared_among_answers_that_people_judged_alike() -> None:
    text = "person,judge,position,words,model\npass,pass,first,10,GPT-6\npass,fail,2,20,gpt-6\nfail,pass,A,30,other\n"
    labels = read_labels(text + "fail,fail,right,40,other\nfail,fail,,,\n", "", "gpt, o9")
    assert labels.position == ((1, 1, 0, 1), (1, 1, 0, 1))
    assert labels.length == ((0, 0, 1, 2), (1, 2, 0, 0))
    assert labels.family == ((1, 2, 0, 0), (0, 0, 1, 2))
    assert read_labels(text).family is None
    assert read_labels("person,judge,length\npass,pass,7\nfail,fail,7").length is None
    assert read_labels("person,judge,position\npass,pass,0\nfail,fail,1").position == ((1, 1, 0, 0), (0, 0, 0, 1))


def test_cases_in_both_orders_need_no_people_and_just_one_verdict_in_each() -> None:
    rows = ["1,1,pass", "1,2,fail", "2,2,pass", "2,1,pass", "3,1,fail", "4,1,pass", "4,1,pass", "5,1,fail", "5,2,pass"]
    orders = read_labels("case,position,judge\n" + "\n".join(rows)).orders
    assert orders is not None
    assert (orders.both, orders.only_first, orders.only_second, orders.neither) == (1, 1, 1, 0)
    assert read_labels("case,position,judge\n1,1,pass").orders is None


def test_a_quoted_cell_may_hold_a_line_break() -> None:
    labels = read_labels('comment,person,judge\n"two\nlines",pass,pass\nplain,fail,fail\n"a,b",pass,fail,x\n')
    assert four(labels) == (1, 0, 0, 1) and labels.rows.unreadable == (5,)


@TUNED
@given(st.text(max_size=300), st.text(max_size=12), st.text(max_size=12))
def test_any_text_is_read_without_an_error(text: str, passing: str, family: str) -> None:
    for form in (text, "person,judge,position,length\n" + text, '{"person": 1}\n' + text):
        labels = read_labels(form, passing, family)
        assert sum(count for _, _, count in labels.cells) == labels.rows.paired


@TUNED
@given(st.lists(st.tuples(*[st.sampled_from(["pass", "fail", "", "?"])] * 3), max_size=40))
def test_every_row_is_in_one_count_whatever_the_format(rows: list[tuple[str, str, str]]) -> None:
    table = "\n".join(["person 1,person 2,judge", *(",".join(row) for row in rows)])
    objects = "\n".join(
        ['{"person 1": "", "person 2": "", "judge": ""}']
        + [json.dumps(dict(zip(("person 1", "person 2", "judge"), row, strict=True))) for row in rows]
    )
    read, other = read_labels(table), read_labels(objects)
    blank = sum(row == ("", "", "") for row in rows)
    assert read.rows.rows == len(rows) - blank and other.rows.rows == len(rows) + 1
    assert (read.cells, read.unscored, read.people) == (other.cells, other.unscored, other.people)
