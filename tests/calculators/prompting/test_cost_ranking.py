"""The ranking of all models: sorted, complete, and each row the answer that the model itself would give."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question
from tests.calculators.prompting.cost import COST, TODAY, ask, facts, notes, ranking
from tests.calculators.settings import SOL, settings_of


@pytest.mark.parametrize("given", [{}, {"user_text": "190k"}, {"batch": "yes", "turns": 9}, {"model": "zai/glm-5.3"}])
def test_the_cheapest_comes_first_and_what_does_not_fit_comes_last(
    catalogue: Catalogue, given: dict[str, object]
) -> None:
    rows = ranking(catalogue, **given)
    costs = [Decimal(row["cost"]) for row in rows.values() if row["cost"] is not None]
    assert costs == sorted(costs) and len(costs) > 30
    assert [row["cost"] is None for row in rows.values()] == [False] * len(costs) + [True] * (len(rows) - len(costs))
    mine = ask(catalogue, **given)
    for name, row in rows.items():
        assert (row["cost"] is None) == ("the prompt does not fit" in row["remark"]), name
        if row["cost"] is not None:
            assert Decimal(row["against"]) == Decimal(row["cost"]) - mine["per_month"], name


def test_a_prompt_longer_than_the_window_does_not_fit(catalogue: Catalogue) -> None:
    """The whole request counts: instructions, examples, text and answer, in each model's own tokens."""
    for text in (126_150, 126_151, 260_000, 1_100_000):
        rows = ranking(catalogue, user_text=text)
        for name, row in rows.items():
            (published,) = [
                entry["facts"] for entry in facts()["collections"]["prices"].values() if entry["name"] == name
            ]
            window = Decimal(published["context_window"]["values"][-1][1]) if "context_window" in published else None
            whole = (800 + 3 * 250 + text + 300) * Decimal(row["tokens"])
            assert (row["cost"] is None) == (window is not None and whole > window), (name, text)
            assert ("context window not known" in row["remark"]) == (window is None), name
    given = {"model": "openai/gpt-4o-mini", "instructions": 0, "examples": 0, "answer": 0, "reasoning": 0}
    told_so = "more than this model's context window of 128,000 tokens"
    assert told_so in notes(catalogue, **given, user_text=128_001)
    assert told_so not in notes(catalogue, **given, user_text=128_000)


def test_the_own_model_is_marked_and_is_the_answer(catalogue: Catalogue) -> None:
    for id in (SOL, "zai/glm-5.3"):
        name = facts()["collections"]["prices"][id]["name"]
        text = catalogue.answer(Question(COST, settings_of(COST) | {"model": id, "model.input": "3"}, form="text"))
        ranks = text.partition("The same work on every model")[2]
        (marked,) = [line for line in ranks.splitlines() if line.startswith(">")]
        assert marked.removeprefix("> ").startswith(name)
        row, mine = ranking(catalogue, model=id, model__input=3)[name], ask(catalogue, model=id, model__input=3)
        assert (Decimal(row["cost"]), Decimal(row["request"])) == (mine["per_month"], mine["per_request"])
        assert (row["against"], row["tokens"]) == ("0", "1")


def test_every_model_that_is_still_served_is_ranked_and_no_other(catalogue: Catalogue) -> None:
    prices = facts()["collections"]["prices"]
    for day in (TODAY, "2026-12-01", "2027-01-13", "2027-01-14"):
        retired = {
            entry["name"]
            for entry in prices.values()
            if "retires" in entry["facts"] and entry["facts"]["retires"]["values"][-1][1] <= day
        }
        assert set(ranking(catalogue, as_of=day)) == {entry["name"] for entry in prices.values()} - retired
        assert retired


def test_a_retired_model_is_still_computed_when_asked_for(catalogue: Catalogue) -> None:
    id = "groq/llama-3.1-8b-instant"
    assert ask(catalogue, model=id)["per_month"] > 0
    assert "on 2026-08-16" in notes(catalogue, model=id)
    text = catalogue.answer(Question(COST, {"model": id}, form="text"))
    ranks = text.partition("The same work on every model")[2]
    assert not [line for line in ranks.splitlines() if line.startswith(">")]


def test_a_row_of_the_ranking_is_the_answer_for_that_model(catalogue: Catalogue) -> None:
    """Asked for directly, with the tokens of the same text, each costs what its row says."""
    parts = {"instructions": 1000, "example_tokens": 200, "context": 2000, "user_text": 100, "answer": 400}
    rows = ranking(catalogue, **parts, counted_with="o200k", turns=4)
    compared = 0
    for id, entry in facts()["collections"]["prices"].items():
        if entry["name"] in rows:
            factor = Decimal(entry["facts"].get("tokenizer_factor", {"values": [["", "1"]]})["values"][-1][1])
            row = rows[entry["name"]]
            answer = ask(catalogue, **parts, counted_with="o200k", turns=4, model=id)
            assert (Decimal(row["cost"]), Decimal(row["tokens"])) == (answer["per_month"], factor), id
            compared += factor != 1
    assert compared > 3


def test_a_day_before_the_first_prices_is_refused_in_words(catalogue: Catalogue) -> None:
    page = json.loads(catalogue.answer(Question(COST, {"model": SOL, "as_of": "2026-11-03"}, form="page")))
    assert f"{SOL} has no figures on 2026-11-03" in page["fields"]["model"]["error"]
    for text in ("tomorrow", "2026-02-30", "21.11.2026", "2026-1-1", "20261121", "\uff12026-11-21"):
        page = json.loads(catalogue.answer(Question(COST, {"as_of": text}, form="page")))
        assert page["fields"]["as_of"]["error"] == f"Prices as of must be a day, like {TODAY}"
