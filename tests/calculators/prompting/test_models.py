"""Which model is cheapest: rows against a sum by hand, conditions against the facts, the saving against both."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.engine.numbers import EXACT
from calculators.engine.questions.question import Question
from tests.calculators.answers import answer_json
from tests.calculators.prompting.by_hand import Prices, Work, month, months, payback, year
from tests.calculators.prompting.cost import TODAY, facts, models
from tests.calculators.settings import settings_of
from tests.json_types import JsonObject

NAME = "prompting/models"
COUNTED = ("instructions", "context", "user_text", "answer")


def ask(catalogue: Catalogue, typed: dict[str, str]) -> tuple[dict[str, Any], dict[str, JsonObject]]:
    """The outputs as fractions or words, and the rows of the table by model."""
    answer = answer_json(catalogue, NAME, settings_of(NAME) | typed)
    table = answer["tables"][-1]
    names = [column["name"] for column in table["columns"]]
    rows = {row[0]: dict(zip(names, row, strict=True)) for row in table["rows"]}
    return {name: output["value"] for name, output in answer["outputs"].items()}, rows


def notes_of(catalogue: Catalogue, typed: dict[str, str]) -> list[str]:
    """The notes of an answer."""
    sentences: list[str] = answer_json(catalogue, NAME, settings_of(NAME) | typed)["notes"]
    return sentences


def typed(work: Work, model: str, day: str = TODAY, **more: str) -> dict[str, str]:
    """A piece of work as a reader types it; examples and turns are not asked here."""
    texts = work.typed(model, day)
    return {key: texts[key] for key in texts if key not in ("turns", "examples", "example_tokens", "pause")} | more


def factor(id: str) -> Fraction:
    """A model's tokenizer factor, 1 where none is published."""
    published = models()[id]
    return Fraction(published["tokenizer_factor"]["values"][-1][1]) if "tokenizer_factor" in published else Fraction(1)


def counted_for(work: Work, typed_for: str, counted_by: str) -> Work:
    """The work with its tokens counted by another model's tokenizer."""
    share = factor(counted_by) / factor(typed_for)
    return replace(work, **{part: getattr(work, part) * share for part in COUNTED})


def id_of(name: str) -> str:
    """The id of a model by its name."""
    id: str = next(id for id, entry in facts()["collections"]["prices"].items() if entry["name"] == name)
    return id


def close(left: object, right: Fraction) -> bool:
    """Equal to 20 digits: a factor of 1 / 1.3 has no end."""
    ours = Fraction(str(left))
    return abs(ours - right) <= abs(right) / 10**20


SIZES = st.integers(0, 20_000).map(Fraction)
WORKS = st.builds(
    Work,
    requests=st.integers(0, 10**7).map(Fraction),
    repeated=st.sampled_from([Fraction(0), Fraction(1, 50), Fraction(1)]),
    instructions=SIZES,
    context=SIZES,
    user_text=SIZES,
    answer=SIZES,
    caching=st.booleans(),
    found_cached=st.sampled_from([Fraction(0), Fraction(9, 10), Fraction(1)]),
    batch=st.booleans(),
)
NAMES = st.sampled_from(sorted(models()))


@settings(max_examples=15, deadline=None, derandomize=True, database=None)
@given(work=WORKS, model=NAMES)
def test_every_row_is_the_sum_by_hand(catalogue: Catalogue, work: Work, model: str) -> None:
    outputs, rows = ask(catalogue, typed(work, model))
    assert close(outputs["per_month"], month(work, Prices(facts(), model, TODAY)))
    assert rows or Fraction(outputs["per_month"]) == 0, "only where nothing is bought, nothing is ranked"
    for name, row in rows.items():
        if row["cost"] is not None:
            id = id_of(name)
            cost = month(counted_for(work, model, id), Prices(facts(), id, TODAY))
            assert close(row["cost"], cost), name
            assert close(row["against"], cost - month(work, Prices(facts(), model, TODAY))) or cost == 0, name


@settings(max_examples=15, deadline=None, derandomize=True, database=None)
@given(work=WORKS, model=NAMES)
def test_the_saving_is_the_difference_to_the_cheapest(catalogue: Catalogue, work: Work, model: str) -> None:
    outputs, rows = ask(catalogue, typed(work, model, switching_hours="8", labor_rate="50"))
    costs = [Fraction(row["cost"]) for row in rows.values() if row["cost"] is not None]
    if not costs:
        assert (outputs["cheapest"], outputs["cheapest_per_month"]) == ("nothing to price", None)
        assert Fraction(outputs["per_month"]) == 0
        return
    assert Fraction(outputs["cheapest_per_month"]) == min(costs)
    saving = Fraction(outputs["per_month"]) - min(costs)
    cheapest_month = Decimal(outputs["cheapest_per_month"])
    first = next(iter(rows))
    assert outputs["cheapest"].startswith(first)
    cheapest = id_of(first)
    if cheapest == model:  # there is nothing to switch to: what the next costs more is said instead
        assert {outputs[name] for name in ("saving", "saving_per_year", "payback")} == {None}
        after = [cost for cost in costs if cost != min(costs)] if costs.count(min(costs)) == 1 else [min(costs)]
        assert abs(Fraction(outputs["next_costs"]) - (min(after) - min(costs))) < Fraction(1, 10**15)
        return
    assert outputs["next_costs"] is None
    assert Decimal(outputs["saving"]) == EXACT.subtract(Decimal(outputs["per_month"]), cheapest_month)
    staying = months(work, facts(), model, TODAY)
    switching = months(counted_for(work, model, cheapest), facts(), cheapest, TODAY)
    savings = [before - after for before, after in zip(staying, switching, strict=True)]
    paid = payback(savings, Fraction(400)) if saving > 0 else None
    if paid is None:
        assert outputs["payback"] is None
    else:
        assert abs(Fraction(outputs["payback"]) - paid) < Fraction(1, 10**15) * paid
    saved = year(work, facts(), model, TODAY) - year(counted_for(work, model, cheapest), facts(), cheapest, TODAY) - 400
    assert abs(Fraction(outputs["saving_per_year"]) - saved) <= (abs(saved) + 400) / 10**20


def test_a_price_that_doubles_pays_a_switch_back_sooner(catalogue: Catalogue) -> None:
    """Gemini 3.6 Flash doubles on 2027-01-01: two months save little, the others about twice as much."""
    given = {"model": "google/gemini-3.6-flash", "requests": "50000", "switching_hours": "16", "labor_rate": "100"}
    outputs, _ = ask(catalogue, given | {"as_of": "2026-11-30"})
    saving, paid = Fraction(outputs["saving"]), Fraction(outputs["payback"])
    later = (Fraction(outputs["saving_per_year"]) + 1600 - 2 * saving) / 10
    assert later > Fraction(19, 10) * saving
    assert close(paid, 2 + (1600 - 2 * saving) / later)
    assert paid < Fraction(2, 3) * 1600 / saving


def test_who_uses_the_cheapest_model_has_no_switch_to_pay_for(catalogue: Catalogue) -> None:
    outputs, rows = ask(catalogue, {"provider": "Cohere", "model": "cohere/command-r7b"})
    assert next(iter(rows)) == "Command R7B"
    assert (outputs["saving"], outputs["saving_per_year"], outputs["payback"]) == (None, None, None)


def test_each_condition_leaves_the_models_that_meet_it(catalogue: Catalogue) -> None:
    entries = facts()["collections"]["prices"]
    served = {
        id: entry
        for id, entry in entries.items()
        if not ("retires" in entry["facts"] and entry["facts"]["retires"]["values"][-1][1] <= TODAY)
    }

    def window(entry: Any) -> int:
        return int(entry["facts"]["context_window"]["values"][-1][1]) if "context_window" in entry["facts"] else 0

    def ends(entry: Any) -> str:
        return str(entry["facts"]["retires"]["values"][-1][1]) if "retires" in entry["facts"] else "9999-12-31"

    conditions: list[tuple[dict[str, str], Callable[[Any], bool]]] = [
        ({"provider": "Mistral"}, lambda entry: entry["group"] == "Mistral"),
        ({"provider": "together ai"}, lambda entry: entry["group"] == "Together AI"),
        ({"context_window": "400k"}, lambda entry: window(entry) >= 400_000),
        ({"batch_only": "yes"}, lambda entry: "batch_input" in entry["facts"]),
        ({"served": "1"}, lambda entry: ends(entry) >= "2026-12-21"),
        ({"served": "2"}, lambda entry: ends(entry) >= "2027-01-21"),
        (
            {"served": "12", "provider": "OpenAI"},
            lambda entry: entry["group"] == "OpenAI" and ends(entry) >= "2027-11-21",
        ),
    ]
    for given_, holds in conditions:
        _, rows = ask(catalogue, given_)
        wanted = {entry["name"] for entry in served.values() if holds(entry)}
        assert set(rows) == wanted, given_
        assert 0 < len(wanted) < len(served), given_


def test_the_rows_stand_in_the_order_asked_for(catalogue: Catalogue) -> None:
    for sort, column, sign in (
        ("cost", "cost", 1),
        ("input", "input", 1),
        ("output", "output", 1),
        ("context_window", "context_window", -1),
    ):
        _, rows = ask(catalogue, {"sort": sort})
        values = [sign * Fraction(row[column]) for row in rows.values() if row[column] is not None]
        assert values == sorted(values) and len(values) > 30, sort
    _, rows = ask(catalogue, {"sort": "retirement"})
    ends = [row["retires"] for row in rows.values()]
    known = [end for end in ends if end != "none"]
    assert known == sorted(known) and known == ends[: len(known)] and known


def test_where_no_model_may_do_it_nothing_is_claimed(catalogue: Catalogue) -> None:
    outputs, rows = ask(catalogue, {"provider": "Cohere", "batch_only": "yes"})
    assert rows == {}
    assert outputs["cheapest"] == "none of the listed models may do it"
    assert {outputs[name] for name in ("cheapest_per_month", "saving", "saving_per_year", "payback")} == {None}
    text = catalogue.answer(Question(NAME, {"provider": "nobody"}, form="page"))
    assert "Provider must be one of any, Amazon, Anthropic" in text


def test_the_notes_tell_of_conditions_changes_and_ends(catalogue: Catalogue) -> None:
    def notes(**typed: str) -> str:
        return " ".join(notes_of(catalogue, typed))

    assert "does not meet your own conditions" in notes(provider="Mistral")
    assert "does not meet your own conditions" not in notes(provider="OpenAI")
    only = {"provider": "Cohere", "model": "cohere/command-r7b"}
    assert "You already use the cheapest model" in notes(**only)
    assert "do not fit into the context window of GPT-4o mini" in notes(model="openai/gpt-4o-mini", user_text="200k")
    doubled = notes(
        provider="Google", context_window="1M", sort="cost", batch_only="yes", model="google/gemini-4-argon"
    )
    assert "announced to change" in doubled or "shuts down on" in doubled or "Run your own test set" in doubled


@pytest.mark.parametrize(
    ("given", "cheapest", "model_in_use"),
    [
        ({}, "Nova Micro from Amazon", "GPT-6.2 Sol in use"),
        ({"shortlist": "openai/gpt-6-luna,openai/gpt-6.1-sol"}, "GPT-6 Luna from OpenAI", "GPT-6.2 Sol in use"),
        ({"model": "openai/gpt-6-luna", "shortlist": "openai/gpt-6-luna"}, "GPT-6 Luna from OpenAI", ""),
    ],
)
def test_the_headline_is_the_cheapest_of_those_that_may_do_it(
    catalogue: Catalogue, given: dict[str, str], cheapest: str, model_in_use: str
) -> None:
    """Not what a model costs that the reader may never have chosen."""
    spoken = json.loads(catalogue.answer(Question("prompting/models", given, form="page")))["spoken"]
    amount = json.loads(catalogue.answer(Question("prompting/models", given)))["outputs"]["cheapest_per_month"]["value"]
    label = "Cheapest model for this work" if given else "Cheapest model for this work, in an example"
    place = "" if model_in_use else "in use, "
    assert spoken.startswith(f"{label}: {cheapest}, {place}${Decimal(amount):,.2f} a month")
    assert (model_in_use in spoken) if model_in_use else (";" not in spoken)


@pytest.mark.parametrize("shortlist", ["", "openai/gpt-6-luna,openai/gpt-6.1-sol"])
def test_the_ranking_stays_beside_the_questions_however_few_models_are_ranked(
    catalogue: Catalogue, shortlist: str
) -> None:
    page = catalogue.answer(Question("prompting/models", {"shortlist": shortlist}, form="html"))
    assert page.index("chart-bars") < page.index('class="result-more"')
    assert page.count("chart-bars") == 1


def test_the_model_in_use_is_not_called_the_readers_choice(catalogue: Catalogue) -> None:
    page = catalogue.answer(Question("prompting/models", {}, form="html"))
    assert "GPT-6.2 Sol (in use)" in page and "GPT-6.2 Sol, in use, comes" in page
    assert "your choice" not in page and "yours</span>" not in page
