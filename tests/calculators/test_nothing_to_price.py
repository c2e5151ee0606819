"""Where nothing is bought, no table ranks models at $0, and a sentence says what to type."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.declare import Rows, kinds
from calculators.engine.questions.question import Question
from tests.calculators.answers import NAMES, answer_json

EMPTY = {
    "prompting/traffic": {"pasted": "zebra"},
    "prompting/cost": {"requests": "0"},
    "prompting/models": {"requests": "0"},
    "agents/cost": {"tasks": "0"},
    "rag/cost": {"queries": "0", "documents": "0"},
    "fine_tuning/dataset": {"training_text": "zebra"},
}
"""Questions about no work at all, by the calculators that rank prices."""

NOTHING = "Nothing to price: each of them comes to 0."
RANKED = {
    name: {table: kind for table, kind in kinds(find_calculator(name).outputs).items() if isinstance(kind, Rows)}
    for name in NAMES
}


def is_ranking(kind: Rows) -> bool:
    """Whether a table may rank records by a price: it has their names and what each costs."""
    names = [column.name for column in kind.columns]
    return bool({"model", "gpu", "store"} & set(names)) and "cost" in names


@pytest.mark.parametrize("name", EMPTY)
def test_nothing_is_ranked_at_no_cost(catalogue: Catalogue, name: str) -> None:
    answer = answer_json(catalogue, name, EMPTY[name])
    for table in answer["tables"]:
        names = [column["name"] for column in table["columns"]]
        if is_ranking(RANKED[name][table["name"]]):
            costs = {Decimal(row[names.index("cost")] or 0) for row in table["rows"]}
            assert costs != {Decimal(0)}, table["name"]
    assert NOTHING in json.loads(catalogue.answer(Question(name, EMPTY[name], form="page")))["result"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("prompting/traffic", "No request was found, so there is nothing to price."),
        ("prompting/cost", "With 0 requests a month there is nothing to price."),
        ("prompting/models", "With 0 requests a month there is nothing to price."),
        ("agents/cost", "With 0 tasks a month there is nothing to price."),
    ],
)
def test_a_sentence_says_that_there_is_nothing_to_price(catalogue: Catalogue, name: str, words: str) -> None:
    assert any(note.startswith(words) for note in answer_json(catalogue, name, EMPTY[name])["notes"])
    assert words not in str(answer_json(catalogue, name, {})["notes"])


def test_no_model_is_cheapest_for_no_work(catalogue: Catalogue) -> None:
    outputs = answer_json(catalogue, "prompting/models", EMPTY["prompting/models"])["outputs"]
    assert outputs["cheapest"]["value"] == "nothing to price"
    assert outputs["cheapest_per_month"]["value"] is outputs["saving"]["value"] is None


def test_logs_without_a_request_have_no_amounts(catalogue: Catalogue) -> None:
    outputs = answer_json(catalogue, "prompting/traffic", EMPTY["prompting/traffic"])["outputs"]
    for name in ("per_month", "total", "elsewhere", "caching_saved", "batch_saving", "cache_saving", "mix_saving"):
        assert outputs[name]["value"] is None, name
    page = json.loads(catalogue.answer(Question("prompting/traffic", EMPTY["prompting/traffic"], form="page")))
    assert "$0" not in page["result"]


def test_documents_that_never_change_are_ranked_by_what_they_cost_once(catalogue: Catalogue) -> None:
    given = {"queries": "0", "documents": "1000", "documents_changed": "0%"}
    tables = answer_json(catalogue, "rag/cost", given)["tables"]
    (rows,) = [table["rows"] for table in tables if table["name"] == "embedding_models"]
    once = [Decimal(row[3]) for row in rows]
    assert once == sorted(once) and once[0] > 0


@pytest.mark.parametrize("name", ["prompting/cost", "prompting/models"])
def test_one_request_a_year_is_ranked(catalogue: Catalogue, name: str) -> None:
    tables = answer_json(catalogue, name, {"requests": "0.1"})["tables"]
    assert any(len(table["rows"]) > 20 for table in tables)


UNANSWERED = '{"custom_id": "a", "result": {"type": "errored", "error": {"type": "invalid_request"}}}'
UNREAD = '{"hello": "world"}'


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [
        (
            f"{UNREAD}\n{UNREAD}\n{UNREAD}",
            "No request was found, so there is nothing to price. Read: 3 rows. What was left out, and why, is below.",
        ),
        (
            f"{UNANSWERED}\n{UNANSWERED}",
            "No request has tokens, so there is nothing to price. Read: 2 rows with 2 requests, 2 of which failed.",
        ),
    ],
    ids=["no request", "failed requests"],
)
def test_logs_without_tokens_are_told_of_in_one_sentence(catalogue: Catalogue, pasted: str, sentence: str) -> None:
    """Every table that has no row is gone, but for those that say why, and no row of zeros is offered to others."""
    given = {"pasted": pasted}
    assert answer_json(catalogue, "prompting/traffic", given)["notes"].count(sentence) == 1
    page = json.loads(catalogue.answer(Question("prompting/traffic", given, form="page")))["result"]
    empty = re.findall(r"<h3>([^<]*)</h3><p>(Nothing[^<]*)</p></section>", page)
    assert set(empty) <= {
        ("The same requests on every model", NOTHING),
        ("What was left out, or does not add up", "Nothing."),
    }
    assert "$0" not in page and "data-case=" not in page


TRAINING = '{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}'


@pytest.mark.parametrize(
    ("pasted", "times"), [(UNREAD, 1), ("kind,words\na,12\nb,13", 1), (UNANSWERED, 0), (TRAINING, 0)]
)
def test_a_log_that_nobody_knows_is_told_which_columns_it_needs(catalogue: Catalogue, pasted: str, times: int) -> None:
    """What is read by another calculator, or answered with errors, needs no other columns. Those that are named do."""
    notes = answer_json(catalogue, "prompting/traffic", {"pasted": pasted})["notes"]
    sentences = [note for note in notes if note.startswith("A log of your own is read")]
    assert len(sentences) == times
    for sentence in sentences:
        heads = re.findall("“(.+?)”", sentence)
        table = f"{','.join(heads)}\ngpt-5,1200,300\n"
        read = answer_json(catalogue, "prompting/traffic", {"pasted": table})
        assert read["outputs"]["requests"]["value"] == "1" and len(heads) == 3
