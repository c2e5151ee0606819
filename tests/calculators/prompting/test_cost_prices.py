"""Long-prompt tiers and caches: the two places where the price of a token depends on the rest of the prompt."""

from __future__ import annotations

from fractions import Fraction

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.every.working.altered import unnoticed
from tests.calculators.prompting.by_hand import Prices
from tests.calculators.prompting.cost import (
    CACHED,
    COST,
    TIERED,
    TODAY,
    WITH_TIER,
    ask,
    equal,
    facts,
    models,
    notes,
    typed,
    whole,
)

HAIR = Fraction(1, 10**20)


@pytest.mark.parametrize("id", WITH_TIER)
def test_one_token_over_the_tier_prices_the_whole_request_anew(catalogue: Catalogue, id: str) -> None:
    """Ten thousand tokens of answer; the prompt as long as the limit allows, and one token longer."""
    figures = Prices(facts(), id, TODAY).figures
    limit = figures["long_above"]
    same: dict[str, object] = {"model": id, "instructions": 0, "examples": 0, "answer": 10_000}
    below, above = ask(catalogue, **same, user_text=limit), ask(catalogue, **same, user_text=limit + 1)
    assert equal(below["per_request"], (limit * figures["input"] + 10_000 * figures["output"]) / 10**6)
    assert equal(above["per_request"], ((limit + 1) * figures["long_input"] + 10_000 * figures["long_output"]) / 10**6)
    told_so = "100% of the requests are longer than"
    assert told_so in notes(catalogue, **same, user_text=limit + 1)
    assert told_so not in notes(catalogue, **same, user_text=limit)


def test_cached_tokens_count_towards_the_tier(catalogue: Catalogue) -> None:
    limit = int(models()[TIERED]["long_above"]["values"][-1][1])
    given = {"model": TIERED, "examples": 0, "found_cached": "100%", "answer": 0, "instructions": 60_000}
    below, above = ask(catalogue, **given, user_text=limit - 60_000), ask(catalogue, **given, user_text=limit - 59_999)
    assert above["input_per_request"] > 4 * below["input_per_request"]


def test_the_operators_of_the_tier_show_in_the_working(catalogue: Catalogue) -> None:
    """A conversation that grows over the limit takes the branch that short prompts do not show."""
    met, unseen = unnoticed(catalogue, COST, typed(COST, {"model": TIERED, "turns": 30, "context": "95k"}))
    assert met and not unseen


@pytest.mark.parametrize("id", [id for id in CACHED if "smallest_prefix" in models()[id]])
def test_a_prefix_below_the_minimum_costs_what_it_costs_without_caching(catalogue: Catalogue, id: str) -> None:
    least = int(models()[id]["smallest_prefix"]["values"][-1][1])
    given = {"model": id, "examples": 0, "requests": 1000, "found_cached": "100%"}
    short = ask(catalogue, **given, instructions=least - 1)
    assert short == ask(catalogue, **given, instructions=least - 1, caching="no")
    assert short["caching_saves"] == 0
    told_so = "is shorter than this model's smallest cacheable prefix of"
    assert told_so in notes(catalogue, **given, instructions=least - 1)
    assert told_so not in notes(catalogue, **given, instructions=least)
    assert ask(catalogue, **given, instructions=least)["per_month"] < short["per_month"]


def test_instructions_and_examples_together_are_the_prefix(catalogue: Catalogue) -> None:
    assert ask(catalogue, instructions=24, examples=4, example_tokens=250)["caching_saves"] > 0
    assert ask(catalogue, instructions=23, examples=4, example_tokens=250)["caching_saves"] == 0


def test_an_unpublished_minimum_and_an_unpublished_cached_price_are_said(catalogue: Catalogue) -> None:
    assert "smallest cacheable prefix of this model is not published" in notes(catalogue, model="meta/muse-spark-1.3")
    assert "No cached price is published for this model" in notes(catalogue, model="cohere/command-a")
    assert ask(catalogue, model="cohere/command-a") == ask(catalogue, model="cohere/command-a", caching="no")


@pytest.mark.parametrize("batch", ["no", "yes"])
def test_what_caching_saves_is_the_difference_of_two_answers(catalogue: Catalogue, batch: str) -> None:
    for turns in (1, 5):
        with_it = ask(catalogue, batch=batch, turns=turns)
        without = ask(catalogue, batch=batch, turns=turns, caching="no")
        assert with_it["caching_saves"] == without["per_month"] - with_it["per_month"] > 0
        assert without["caching_saves"] == 0
    saved = ask(catalogue, batch=batch)["caching_saves"]
    assert f"Prompt caching would save ${saved:,.2f} per month." in notes(catalogue, batch=batch, caching="no")


@pytest.mark.parametrize("id", CACHED)
def test_caching_pays_from_the_share_and_the_reuses_that_are_named(catalogue: Catalogue, id: str) -> None:
    """At that very share caching costs what it saves; one write and the named reuses cost what plain reading costs."""
    same: dict[str, object] = {"model": id, "instructions": 8000, "requests": 1}
    answer = ask(catalogue, **same)
    prices = Prices(facts(), id, TODAY)
    plain, read, write = (
        prices.price(kind, batch=False, long=False) for kind in ("input", "cached_read", "cache_write")
    )
    share, reuses = Fraction(answer["caching_pays_from"]), Fraction(answer["reuses_to_pay"])
    if write > plain:
        assert abs(share * read + (1 - share) * write - plain) < HAIR
        assert abs(write + reuses * read - (1 + reuses) * plain) < HAIR
        exact = f"{answer['caching_pays_from']:f}"
        assert abs(ask(catalogue, **same, found_cached=exact)["caching_saves"]) < HAIR
    else:
        assert share == reuses == 0
    assert answer["whole_reuses_to_pay"] - 1 < answer["reuses_to_pay"] <= answer["whole_reuses_to_pay"]


@pytest.mark.parametrize(
    "overrides", [{"cached_read": "5"}, {"cached_read": "2.2"}, {"cached_read": "3", "cache_write": "2"}]
)
def test_a_cache_that_never_pays_names_no_share_and_no_reuses(catalogue: Catalogue, overrides: dict[str, str]) -> None:
    """Reading from the cache costs more than reading plain ($2), so no share and no number of reuses can pay."""
    answer = whole(catalogue, **{f"model__{name}": text for name, text in overrides.items()})["outputs"]
    for output in ("caching_pays_from", "reuses_to_pay", "whole_reuses_to_pay"):
        assert answer[output]["value"] is None, output


def test_a_dear_cache_is_said(catalogue: Catalogue) -> None:
    assert "Caching costs more than it saves here" in notes(catalogue, found_cached="10%")
    assert ask(catalogue, found_cached="10%")["caching_saves"] < 0
