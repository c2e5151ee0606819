"""What prompting/cost says beside its figures: each note where it holds by hand, and nowhere else; edges of caching."""

from __future__ import annotations

import dataclasses
import json
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue, load
from calculators.engine.declare import output_value
from macros.facts import facts_text
from tests.calculators.answers import computed
from tests.calculators.prompting.by_hand import Prices, Work, month, request
from tests.calculators.prompting.cost import ARGON, COST, TIERED, TODAY, ask, equal, facts, models, notes, ranking
from tests.calculators.prompting.test_cost import works
from tests.calculators.settings import SOL


def by_hand(work: Work, id: str) -> dict[str, bool]:
    """How each note begins, and whether it holds."""
    entry, prices = facts()["collections"]["prices"][id], Prices(facts(), id, TODAY)
    figures, name = prices.figures, entry["name"]
    dated = [since for fact in entry["facts"].values() for since, _ in fact["values"]]
    words = {key: fact["values"][-1][1] for key, fact in entry["facts"].items() if fact["unit"] in ("date", "text")}
    ends, next_year = words.get("retires", ""), f"{int(TODAY[:4]) + 1}{TODAY[4:7]}"
    fixed = work.instructions + work.examples * work.example_tokens
    turn = fixed + work.context + work.user_text + (work.turns - 1) * (work.user_text + work.answer)
    wanted = work.caching and fixed > 0
    published, least = "cached_read" in figures, figures.get("smallest_prefix", Fraction(0))
    cached = wanted and published and fixed >= least
    plain, cached_cost = (request(dataclasses.replace(work, caching=caching), prices) for caching in (False, True))
    conversation = work.caching and published and work.turns > 1
    stored = month(work, prices) > stored_month(work, prices) if "cache_storage" in figures else False
    return {
        "Mark the end of the newest message": conversation and words.get("history_caching") == "breakpoints",
        "The conversation is cached as it grows": conversation and words.get("history_caching") == "automatic",
        "Earlier turns are counted": conversation and "history_caching" not in words,
        "The context is taken to come last": conversation and work.context > 0,
        "Reasoning cannot be switched off": work.reasoning == 0
        and "default_effort" in words
        and "reasoning_none" not in figures,
        "The lifetime “kept all the time” would save": cached and stored and work.requests > 0,
        "The fixed prefix of": wanted and published and fixed < least,
        "The smallest cacheable prefix": cached and "smallest_prefix" not in figures,
        "No cached price is published": wanted and not published,
        "Caching costs more than it saves": work.caching and plain < cached_cost and work.requests > 0,
        "Prompt caching would save": not work.caching and cached_cost < plain and work.requests > 0,
        "This model has no batch price": work.batch and "batch_input" not in figures,
        "{share} of the requests are longer": turn > figures.get("long_above", 10**12),
        "The longest request needs": turn + work.answer + work.reasoning > figures.get("context_window", 10**12),
        f"Prices of {name} are announced": any(TODAY < since < next_year for since in dated),
        "With 0 requests a month there is nothing to price": work.requests == 0,
        f"{name} shuts down on": ends > TODAY and not entry["note"],
        f"{name} was shut down on": "" < ends <= TODAY and not entry["note"],
        f"Prices of {name} differ by hour": "hours" in words,
        **({entry["note"]: True} if entry["note"] else {}),
    }


def stored_month(work: Work, prices: Prices) -> Fraction:
    """A month where every request reads the prefix, which is paid by the hour."""
    fixed = work.instructions + work.examples * work.example_tokens
    found = dataclasses.replace(work, found_cached=Fraction(1))
    return month(found, prices) + fixed * prices.figures["cache_storage"] * 730 / 10**6


def filling(id: str, name: str, more: int = 0) -> Work:
    """One turn of only instructions, as many as a figure of the model says, or a few more."""
    return Work(instructions=Prices(facts(), id, TODAY).figures[name] + more)


UNCACHED = next(id for id, published in models().items() if "cached_read" not in published)
WRITES = next(id for id, published in models().items() if "cache_write" in published)
SMALL = SOL
WINDOWED = "openai/gpt-4o-mini"


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(work=works(), id=st.sampled_from(list(models())))
@example(work=Work(), id=UNCACHED)
@example(work=Work(instructions=Fraction(1)), id=UNCACHED)
@example(work=Work(instructions=Fraction(1), caching=False), id=UNCACHED)
@example(work=Work(), id=SMALL)
@example(work=Work(instructions=Fraction(1)), id=SMALL)
@example(work=Work(instructions=Fraction(1), caching=False), id=SMALL)
@example(work=filling(SMALL, "smallest_prefix"), id=SMALL)
@example(work=filling(TIERED, "long_above"), id=TIERED)
@example(work=filling(TIERED, "long_above", 1), id=TIERED)
@example(work=filling(WINDOWED, "context_window"), id=WINDOWED)
@example(work=filling(WINDOWED, "context_window", 1), id=WINDOWED)
@example(work=Work(instructions=Fraction(50_000), found_cached=Fraction(0)), id=WRITES)
@example(work=Work(instructions=Fraction(50_000), found_cached=Fraction(0), caching=False), id=WRITES)
@example(work=Work(instructions=Fraction(50_000), requests=Fraction(0), caching=False), id=SMALL)
def test_each_note_is_made_where_it_holds_and_nowhere_else(catalogue: Catalogue, work: Work, id: str) -> None:
    sentences = [
        note.words for note in output_value(computed(catalogue, COST, work.typed(id, TODAY)).notes) if note.holds
    ]
    hand = by_hand(work, id)
    assert [begin for begin in hand if any(words.startswith(begin) for words in sentences)] == [
        begin for begin, holds in hand.items() if holds
    ]
    assert len(sentences) == sum(hand.values())


@pytest.mark.parametrize(("since", "announced"), [("2027-10-01", True), ("2027-11-01", False)])
def test_a_change_of_price_is_announced_within_twelve_months(since: str, announced: bool) -> None:
    """November 2026 is the first of them, so October 2027 is the last; of two changes the later may be too late."""
    changed = json.loads(facts_text())
    changed["collections"]["prices"][SMALL]["facts"]["input"]["values"].append([since, "99"])
    changed["collections"]["prices"][ARGON]["facts"]["input"]["values"].append([since, "99"])
    catalogue = load(json.dumps(changed))
    small, argon = (notes(catalogue, model=model, as_of="2026-11-30") for model in (SMALL, ARGON))
    assert (f"announced to change on {since}." in small) is announced
    assert ("announced to change" in small) is announced
    later = f" and {since}" if announced else ""
    assert f"announced to change on 2026-12-01{later}." in argon


def test_caching_that_saves_nothing_never_pays(catalogue: Catalogue) -> None:
    same = ask(catalogue, model=SMALL, model__input="3", model__cached_read="3", model__cache_write="4")
    assert not {"caching_pays_from", "reuses_to_pay", "whole_reuses_to_pay"} & set(same)
    assert "reuses_to_pay" not in ask(catalogue, model=UNCACHED)


def test_a_cache_that_is_cheap_to_write_pays_at_once(catalogue: Catalogue) -> None:
    """Where writing costs less than reading plainly there is nothing to pay back."""
    cheap = ask(catalogue, model=SMALL, model__input="3", model__cached_read="1", model__cache_write="2")
    assert cheap["reuses_to_pay"] == cheap["whole_reuses_to_pay"] == cheap["caching_pays_from"] == 0
    dear = ask(catalogue, model=SMALL, model__input="3", model__cached_read="1", model__cache_write="6")
    assert equal(dear["reuses_to_pay"], Fraction(3, 2)) and dear["whole_reuses_to_pay"] == 2
    assert equal(dear["caching_pays_from"], Fraction(3, 5))


def test_models_that_cost_the_same_keep_the_order_of_the_data(catalogue: Catalogue) -> None:
    """Without a request none costs anything."""
    listed = [entry["name"] for entry in facts()["collections"]["prices"].values()]
    places = [listed.index(name) for name, row in ranking(catalogue, requests=0).items() if row["cost"] is not None]
    assert places == sorted(places)


def test_a_model_is_shut_down_from_its_last_day_on(catalogue: Catalogue) -> None:
    assert models()["openai/gpt-4.1"]["retires"]["values"][-1][1] == "2027-01-14"
    for day, words in (("2027-01-13", "GPT-4.1 shuts down on"), ("2027-01-14", "GPT-4.1 was shut down on")):
        lines = notes(catalogue, model="openai/gpt-4.1", as_of=day).split("\n")
        assert [line for line in lines if "down on" in line] == [f"{words} 2027-01-14."]


def test_a_smallest_prefix_is_no_matter_where_nothing_is_cached(catalogue: Catalogue) -> None:
    text = notes(catalogue, model=UNCACHED, model__smallest_prefix=50_000)
    assert "The fixed prefix of" not in text and "No cached price is published" in text
