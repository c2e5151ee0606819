"""Which model is cheapest, at its edges: months to the day, one candidate, none with room, own prices, notes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue, load
from calculators.engine.answering.runs import exact_run_inputs
from calculators.engine.declare import output_value
from calculators.engine.inputs.understanding import understand_inputs
from calculators.prompting.models.cheapest import CheapestModel, model_choice_price_change
from calculators.prompting.models.inputs import Inputs
from calculators.prompting.models.notes import _prompting_model_switch_note, prompting_model_remarks
from macros.facts import facts_text
from tests.calculators.answers import answer_json, computed
from tests.calculators.prompting.by_hand import Prices
from tests.calculators.prompting.cost import TODAY, facts, models
from tests.calculators.prompting.test_models import NAME, NAMES, ask, close, factor, notes_of
from tests.calculators.settings import SOL, own_tokens, settings_of
from tests.json_types import JsonObject

ENTRIES: JsonObject = facts()["collections"]["prices"]


def last(id: str, name: str, otherwise: str = "") -> str:
    """The last value of a figure of a model."""
    published = models().get(id, {})
    return str(published[name]["values"][-1][1]) if name in published else otherwise


SERVED = [id for id in ENTRIES if not "" < last(id, "retires") <= TODAY]


@pytest.mark.parametrize(("day", "listed"), [("2026-12-13", True), ("2026-12-14", True), ("2026-12-15", False)])
def test_a_month_is_over_on_the_same_day_of_the_next(catalogue: Catalogue, day: str, listed: bool) -> None:
    assert last("openai/gpt-4.1", "retires") == "2027-01-14"
    _, rows = ask(catalogue, {"as_of": day, "served": "1"})
    assert ("GPT-4.1" in rows) is listed


def test_a_model_whose_window_nobody_publishes_has_none_that_is_large_enough() -> None:
    changed = json.loads(facts_text())
    del changed["collections"]["prices"][SOL]["facts"]["context_window"]
    catalogue, name = load(json.dumps(changed)), ENTRIES[SOL]["name"]
    assert name in ask(catalogue, {"context_window": "0"})[1]
    assert name not in ask(catalogue, {"context_window": "1"})[1]


def test_the_only_candidate_is_the_cheapest(catalogue: Catalogue) -> None:
    """The one of its maker with the largest window."""
    conditions = []
    for group in {ENTRIES[id]["group"] for id in SERVED}:
        windows = {id: int(last(id, "context_window", "0")) for id in SERVED if ENTRIES[id]["group"] == group}
        largest = [id for id, window in windows.items() if window == max(windows.values())]
        if len(largest) == 1:
            conditions.append((largest[0], {"provider": group, "context_window": str(windows[largest[0]])}))
    assert conditions
    for id, typed in conditions:
        outputs, rows = ask(catalogue, typed)
        assert list(rows) == [ENTRIES[id]["name"]]
        assert outputs["cheapest"] == f"{ENTRIES[id]['name']} from {ENTRIES[id]['group']}"


def test_where_no_model_has_room_none_is_the_cheapest(catalogue: Catalogue) -> None:
    outputs, _ = ask(catalogue, {"provider": "OpenAI", "user_text": "1000M"})
    assert outputs["cheapest"] == "none of the listed models may do it"


def test_the_prices_that_are_typed_count_for_the_cheapest_too(catalogue: Catalogue) -> None:
    outputs, rows = ask(catalogue, {"model": SOL, **FREE})
    assert outputs["cheapest"].startswith(ENTRIES[SOL]["name"])
    assert Fraction(outputs["cheapest_per_month"]) == 0
    assert outputs["saving"] is outputs["payback"] is None
    assert next(iter(rows)) == ENTRIES[SOL]["name"]


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(
    model=NAMES,
    provider=st.sampled_from(["any", "OpenAI", "Google", "Cohere", "Groq"]),
    window=st.sampled_from([0, 1, 400_000]),
    batch=st.booleans(),
    text=st.sampled_from([150, 100_000, 2_000_000]),
)
def test_each_note_is_made_where_it_holds_and_nowhere_else(
    catalogue: Catalogue, model: str, provider: str, window: int, batch: bool, text: int
) -> None:
    typed = {
        "model": model,
        **own_tokens(model),
        "provider": provider,
        "context_window": str(window),
        "batch_only": "yes" if batch else "no",
        "user_text": str(text),
        "instructions": "0",
        "context": "0",
        "answer": "300",
    }
    outputs, rows = ask(catalogue, typed)
    name, (cheapest,) = (
        ENTRIES[model]["name"],
        [id for id, entry in ENTRIES.items() if outputs["cheapest"] == f"{entry['name']} from {entry['group']}"]
        or [""],
    )

    def changes(id: str) -> bool:
        dated = [day for fact in models().get(id, {}).values() for day, _ in fact["values"]]
        return any(TODAY < day < f"{int(TODAY[:4]) + 1}{TODAY[4:7]}" for day in dated)

    end, own_end = last(cheapest, "retires"), last(model, "retires")
    meets = (
        provider in ("any", ENTRIES[model]["group"])
        and int(last(model, "context_window", "0")) >= window
        and (not batch or "batch_input" in models()[model])
        and model in SERVED
    )
    expected = {
        f"Your conditions leave {len(rows)} of the {len(SERVED)} models that are sold today": len(rows) < len(SERVED),
        f"{name}, which you use now, does not meet": not meets,
        "You already use the cheapest": cheapest == model,
        "The prompt and its answer do not fit": text + 300 > int(last(model, "context_window", str(10**12))),
        "Reasoning cannot be switched off": last(model, "default_effort") != "" and last(model, "reasoning_none") == "",
        f"{name} was shut down on": "" < own_end <= TODAY and not ENTRIES[model]["note"],
        f"Prices of {name} are announced": changes(model),
        f"Prices of {outputs['cheapest']} are announced": changes(cheapest) and cheapest != model,
        f"{outputs['cheapest']} shuts down on {end}.": end > TODAY,
        "A switch saves": Decimal(outputs["saving"] or 0) > 0 > Decimal(outputs["saving_per_year"] or 0),
        "Price is all that is compared here": cheapest not in ("", model),
    }
    notes = notes_of(catalogue, typed)
    assert [begin for begin in expected if any(words.startswith(begin) for words in notes)] == [
        begin for begin, holds in expected.items() if holds
    ]
    assert len(notes) == sum(expected.values())


def test_a_model_counts_as_served_until_the_day_before_it_ends(catalogue: Catalogue) -> None:
    for day in ("2027-01-13", "2027-01-14"):
        typed = {"as_of": day, "provider": "OpenAI"}
        served = [id for id in ENTRIES if not "" < last(id, "retires") <= day]
        ids = [id for id in served if ENTRIES[id]["group"] == "OpenAI"]
        _, rows = ask(catalogue, typed)
        assert set(rows) == {ENTRIES[id]["name"] for id in ids}
        note = notes_of(catalogue, typed)[0]
        assert note == f"Your conditions leave {len(ids)} of the {len(served)} models that are sold today."


@pytest.mark.parametrize(("since", "announced"), [("2027-10-01", True), ("2027-11-01", False)])
def test_a_change_of_price_is_announced_within_twelve_months(since: str, announced: bool) -> None:
    """November 2026 is the first of them, so October 2027 is the last."""
    changed = json.loads(facts_text())
    changed["collections"]["prices"]["cohere/command-r7b"]["facts"]["input"]["values"].append([since, "99"])
    notes = notes_of(load(json.dumps(changed)), {"provider": "Cohere", "as_of": "2026-11-30"})
    assert any(words.endswith(f"are announced to change on {since}.") for words in notes) is announced


@pytest.mark.parametrize("model", [SOL, "cohere/command-r7b"])
def test_the_own_model_is_marked(catalogue: Catalogue, model: str) -> None:
    table: Any = output_value(computed(catalogue, NAME, {"model": model}).models)
    assert table.rows[table.own][0] == ENTRIES[model]["name"]
    assert output_value(computed(catalogue, NAME, {"model": model, "provider": "Google"}).models).own is None


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(
    model=NAMES,
    batch=st.booleans(),
    caching=st.booleans(),
    instructions=st.sampled_from([0, 1, 1024, 5000, 150_000]),
    text=st.sampled_from([0, 100_000, 250_000, 900_000]),
)
def test_the_remarks_of_the_rows_hold_by_hand(
    catalogue: Catalogue, model: str, batch: bool, caching: bool, instructions: int, text: int
) -> None:
    typed = {
        "model": model,
        **own_tokens(model),
        "batch": "yes" if batch else "no",
        "caching": "yes" if caching else "no",
        "instructions": str(instructions),
        "user_text": str(text),
        "context": "0",
        "answer": "300",
    }
    _, rows = ask(catalogue, typed)
    assert set(rows) == {ENTRIES[id]["name"] for id in SERVED}
    for id in SERVED:
        figures = Prices(facts(), id, TODAY).figures
        share, end = factor(id) / factor(model), last(id, "retires")
        prefix, prompt = instructions * share, (instructions + text) * share
        cached = caching and "cached_read" in figures and prefix >= figures.get("smallest_prefix", 0)
        size, first = last(id, "size"), ENTRIES[id]["name"] == next(iter(rows)) and id != model
        small = size != "" and Decimal(size.split()[0]) < 10
        expected = {
            f"small: {size}": small,
            "the prompt does not fit": prompt + 300 * share > figures.get("context_window", 10**12),
            "no batch price": batch and "batch_input" not in figures,
            "prefix not cached": caching and prefix > 0 and not cached,
            "long-prompt price": prompt > figures.get("long_above", 10**12),
            "context window not known": "context_window" not in figures,
            f"shuts down on {end}": end > TODAY,
            "size not known": first and size == "",
            "not ranked by quality": first and (small or size == ""),
        }
        row = rows[ENTRIES[id]["name"]]
        announced = {day for fact in models()[id].values() for day, _ in fact["values"] if day > TODAY}
        phrases = row["remark"].split("; ") if row["remark"] else []
        changes = [words for words in phrases if re.fullmatch(r"from [\d-]+ \$[\d,.]+ a month", words)]
        assert {words.split()[1] for words in changes} <= announced and len(changes) <= 1, id
        remark = "; ".join(words for words in phrases if words not in changes)
        assert remark == "; ".join(words for words, holds in expected.items() if holds), id
        assert (row["cost"] is None) is expected["the prompt does not fit"]
        assert close(row["tokens"], share)


FREE = {"model.input": "0", "model.output": "0", "model.cached_read": "0", "model.cache_write": "0"}


def test_the_end_of_the_cheapest_model_is_told(catalogue: Catalogue) -> None:
    notes = notes_of(catalogue, {"model": "openai/gpt-4.1", **FREE})
    assert "GPT-4.1 from OpenAI shuts down on 2027-01-14." in notes


def test_a_prompt_may_fill_the_window_with_its_answer(catalogue: Catalogue) -> None:
    left = int(last("openai/gpt-4o-mini", "context_window")) - 300
    given = {"model": "openai/gpt-4o-mini", "instructions": "0", "context": "0", "answer": "300"}
    for text, fits in ((left, True), (left + 1, False)):
        notes = notes_of(catalogue, {**given, "user_text": str(text)})
        assert any(words.startswith("The prompt and its answer do not fit") for words in notes) is not fits


def side_by_side(catalogue: Catalogue, typed: dict[str, str]) -> dict[str, JsonObject]:
    """The rows of the comparison of a shortlist, by model."""
    tables = answer_json(catalogue, NAME, settings_of(NAME) | typed)["tables"]
    table = next(table for table in tables if table["name"] == "side_by_side")
    names = [column["name"] for column in table["columns"]]
    return {row[0]: dict(zip(names, row, strict=True)) for row in table["rows"]}


@pytest.mark.parametrize("ids", [["openai/gpt-6-luna"], ["mistral/ministral-3b-2512", "anthropic/claude-opus-5-5"]])
def test_a_shortlist_leaves_its_models_and_the_own_one(catalogue: Catalogue, ids: list[str]) -> None:
    """The rows that are left say the same as among all models."""
    whole, everywhere = ask(catalogue, {})
    outputs, rows = ask(catalogue, {"shortlist": ",".join(ids)})
    names = {ENTRIES[id]["name"] for id in [*ids, SOL]}
    assert set(rows) == set(side_by_side(catalogue, {"shortlist": ",".join(ids)})) == names
    for name, row in rows.items():
        assert row["cost"] == everywhere[name]["cost"]
    cheapest = min(rows.values(), key=lambda row: Decimal(row["cost"]))
    assert outputs["cheapest"].startswith(cheapest["model"])
    assert outputs["per_month"] == whole["per_month"]


def test_models_side_by_side_pay_for_what_their_rows_say(catalogue: Catalogue) -> None:
    """A month is its requests, and a model with the same tokenizer and no hidden reasoning costs what its tokens do."""
    typed = {"requests": "1000", "repeated": "0", "caching": "no", "instructions": "2000", "context": "0"}
    typed |= {"user_text": "0", "answer": "500", "shortlist": "mistral/ministral-3b-2512"}
    row = side_by_side(catalogue, typed)["Ministral 3 3B"]
    factor = ask(catalogue, typed)[1]["Ministral 3 3B"]["tokens"]
    tokens = {part: Decimal(typed[part]) * Decimal(factor) for part in ("instructions", "answer")}
    prices = {name: Decimal(last("mistral/ministral-3b-2512", name)) for name in ("input", "output")}
    by_hand = (tokens["instructions"] * prices["input"] + tokens["answer"] * prices["output"]) / 10**6
    assert Decimal(row["request"]) == by_hand and Decimal(row["cost"]) == 1000 * by_hand
    assert (row["cached"], row["reasoning"]) == ("0", "0")
    assert row["tokenizer"] == last("mistral/ministral-3b-2512", "tokenizer")


def test_a_shortlisted_model_that_meets_no_other_condition_is_still_set_beside(catalogue: Catalogue) -> None:
    typed = {"shortlist": "mistral/ministral-3b-2512", "provider": "OpenAI"}
    assert "Ministral 3 3B" not in ask(catalogue, typed)[1]
    assert "Ministral 3 3B" in side_by_side(catalogue, typed)
    assert side_by_side(catalogue, {}) == {}


def test_a_shortlist_says_which_of_its_models_are_no_longer_sold(catalogue: Catalogue) -> None:
    """By the day that is asked about: on the one before the end the same model is ranked."""
    retired, day = "openai/gpt-4.1", date.fromisoformat(last("openai/gpt-4.1", "retires"))
    words = f"No longer sold and left out of the ranking: GPT-4.1, shut down on {day}."
    for asked, ended in ((day, True), (day - timedelta(days=1), False)):
        typed = {"shortlist": f"{retired},openai/gpt-6-luna", "as_of": str(asked)}
        assert (words in notes_of(catalogue, typed)) is ended
        assert ("GPT-4.1" not in ask(catalogue, typed)[1]) is ended
    assert not any("No longer sold" in note for note in notes_of(catalogue, {"as_of": str(day)}))


def test_what_is_side_by_side_is_not_in_the_table_of_all_models(catalogue: Catalogue) -> None:
    """Both name the models and what a month costs, by which they are sorted, and remark on them; nothing else twice."""
    tables = answer_json(catalogue, NAME, {"shortlist": "openai/gpt-6-luna"})["tables"]
    columns = {table["name"]: {column["name"] for column in table["columns"]} for table in tables}
    assert columns["side_by_side"] & columns["models"] == {"model", "cost", "remark"}


def test_the_headline_calls_its_models_and_days_by_name(catalogue: Catalogue) -> None:
    """In the order in which they stand there: a link has its figures, and no digit of a name."""
    argon, opus = "google/gemini-4-argon", "anthropic/claude-opus-5"
    changing = {"model": opus, **own_tokens(opus), "shortlist": argon, "as_of": "2026-11-21"}
    alone = {"model": SOL, "shortlist": SOL}
    for typed, expected in (
        ({"model": SOL, **FREE}, 2),
        (alone, 1),
        (changing, [f"{ENTRIES[argon]['name']} from Google", "2026-12-01", ENTRIES[opus]["name"]]),
    ):
        headline = output_value(computed(catalogue, NAME, settings_of(NAME) | typed).cheapest)
        sentence, called = headline.amounts.words, list(headline.called)
        places = [sentence.index(name) for name in called]
        assert places == sorted(places)
        assert called == expected if isinstance(expected, list) else len(called) == expected


@pytest.mark.parametrize(("month", "is_told"), [(1, True), (11, True), (12, False)])
def test_a_change_of_price_counts_within_the_twelve_months(catalogue: Catalogue, month: int, is_told: bool) -> None:
    """The months are counted from 0, the first one."""
    inputs = exact_run_inputs(understand_inputs(Inputs, settings_of(NAME), catalogue.facts).need())
    dearer = replace(inputs.model, input=inputs.model.input * 2, since="2027-10-01", schedule=())
    change = model_choice_price_change(inputs, replace(inputs.model, schedule=((month, dearer),)), Decimal(1))
    assert (change is not None) is is_told


@pytest.mark.parametrize("typed", [FREE, {"shortlist": f"{SOL},anthropic/claude-opus-5"}])
def test_where_the_cheapest_is_in_use_the_next_is_told_of(catalogue: Catalogue, typed: dict[str, str]) -> None:
    """The first of several thousand tokens' prices at nothing, and one of two that both have theirs."""
    outputs, rows = ask(catalogue, {"model": SOL, **typed})
    cheapest, following = list(rows)[:2]
    assert cheapest == ENTRIES[SOL]["name"]
    headline = output_value(computed(catalogue, NAME, settings_of(NAME) | {"model": SOL, **typed}).cheapest)
    assert f": the cheapest of {len(rows)}; the next, {following}, costs {{more}} more" in headline.amounts.words
    more = Fraction(rows[following]["cost"]) - Fraction(outputs["cheapest_per_month"])
    assert more > 0
    assert Fraction(headline.amounts.numbers["more"][0]) == more


@pytest.mark.parametrize(
    ("saving", "year", "is_told"),
    [
        ("0.5", "-0.5", True),
        ("0.5", "0", False),
        ("0.5", "0.5", False),
        ("0", "-0.5", False),
        ("-0.5", "-0.5", False),
        (None, "-0.5", False),
        ("0.5", None, False),
    ],
)
def test_a_switch_that_saves_today_and_loses_over_the_year_is_told_of(
    saving: str | None, year: str | None, is_told: bool
) -> None:
    """At any amount, and with the whole of the loss."""
    amounts = [None if amount is None else Decimal(amount) for amount in (saving, year)]
    cheapest: Any = SimpleNamespace(saving=amounts[0], saving_per_year=amounts[1], change=None, switch=Decimal(8))
    asked: Any = SimpleNamespace(switching_hours=Decimal(2), labor_rate=Decimal(4))  # Any: what the note asks of them
    remark = _prompting_model_switch_note(asked, cheapest)
    assert remark.holds is is_told
    if is_told:
        assert remark.numbers["loss"][0] == Decimal("0.5")


def test_the_price_that_comes_is_told_of_beside_a_loss() -> None:
    change = SimpleNamespace(since="2027-01-01", month=Decimal(9))
    cheapest: Any = SimpleNamespace(
        saving=Decimal(1), saving_per_year=Decimal(-1), change=change, switch=Decimal(8)
    )  # Any: what the note asks of them
    asked: Any = SimpleNamespace(switching_hours=Decimal(2), labor_rate=Decimal(4))
    remark = _prompting_model_switch_note(asked, cheapest)
    assert "and from 2027-01-01 on the cheapest costs {then} a month" in remark.words
    assert remark.numbers["then"][0] == 9


def test_hidden_reasoning_is_told_of_where_there_is_some_that_nobody_typed(catalogue: Catalogue) -> None:
    beginning = f"{ENTRIES[SOL]['name']} is taken to write"
    alone = {"model": SOL, "shortlist": SOL, "effort": "high", "reasoning": ""}
    for typed, expected in ((alone, True), (alone | {"reasoning": "100"}, False)):
        assert any(sentence.startswith(beginning) for sentence in notes_of(catalogue, typed)) is expected
    never = {"model": "openai/gpt-4.1", "shortlist": "openai/gpt-4.1", "effort": "high", "reasoning": ""}
    assert not any("is taken to write" in sentence for sentence in notes_of(catalogue, never))


@pytest.mark.parametrize(
    ("typed", "is_told"),
    [
        ({"instructions": "1"}, True),
        ({"instructions": "0"}, False),
        ({"instructions": "1", "caching": "no"}, False),
    ],
)
def test_a_missing_price_of_the_cache_is_told_of_where_it_is_asked_for(
    catalogue: Catalogue, typed: dict[str, str], is_told: bool
) -> None:
    without = next(id for id in SERVED if not last(id, "cached_read"))
    sentences = notes_of(catalogue, {"model": without, **own_tokens(without), "caching": "yes", **typed})
    assert any(sentence.startswith("No cached price is published for this model.") for sentence in sentences) is is_told


@pytest.mark.parametrize(("month", "is_told"), [(11, True), (12, False)])
def test_a_change_of_ones_own_price_is_told_of_within_the_twelve_months(
    catalogue: Catalogue, month: int, is_told: bool
) -> None:
    inputs = exact_run_inputs(understand_inputs(Inputs, settings_of(NAME), catalogue.facts).need())
    dearer = replace(inputs.model, input=inputs.model.input * 2, since="2027-10-01", schedule=())
    changing = replace(inputs, model=replace(inputs.model, schedule=((month, dearer),)))
    remarks = prompting_model_remarks(changing, CheapestModel(changing, Decimal(1), Decimal(1)))
    holding = [remark for remark in remarks if "announced to change" in remark.words and remark.holds]
    assert any(changing.model.name in remark.words for remark in holding) is is_told
