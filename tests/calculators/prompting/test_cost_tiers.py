"""Bills at each tier of service, computed by hand from the price pages of two providers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Working
from tests.calculators.answers import answer_json
from tests.calculators.prompting.cost import COST, ask, notes, ranking, typed, whole

REQUEST = {"requests": 1000, "repeated": "0", "instructions": 0, "examples": 0, "user_text": 2000, "answer": 500}
"""Two million tokens in and half a million out, without hidden reasoning."""


@pytest.mark.parametrize(
    ("model", "tier", "bill"),
    [
        # $2 and $10 a million, halved in a batch and at flex, doubled at priority and fast.
        ("openai/gpt-6.1-sol", "standard", "9"),
        ("openai/gpt-6.1-sol", "batch", "4.5"),
        ("openai/gpt-6.1-sol", "flex", "4.5"),
        ("openai/gpt-6.1-sol", "priority", "18"),
        ("openai/gpt-6.1-sol", "fast", "18"),
        # $4 and $20 a million, doubled in fast mode.
        ("anthropic/claude-opus-5-5", "standard", "18"),
        ("anthropic/claude-opus-5-5", "batch", "9"),
        ("anthropic/claude-opus-5-5", "fast", "36"),
        # $0.75 and $3.75 a million until the end of 2026; 1.8 times as much at priority.
        ("google/gemini-3.8-flash", "standard", "3.375"),
        ("google/gemini-3.8-flash", "flex", "1.6875"),
        ("google/gemini-3.8-flash", "priority", "6.075"),
        # GPT-5 mini costs $0.25 and $2, and 1.8 times as much at priority.
        ("openai/gpt-5-mini", "fast", "2.7"),
    ],
)
def test_a_month_at_a_tier(catalogue: Catalogue, model: str, tier: str, bill: str) -> None:
    assert ask(catalogue, **REQUEST, model=model, tier=tier)["per_month"] == Decimal(bill)


def test_flex_leaves_the_cached_price_of_gemini_2_5_as_it_is(catalogue: Catalogue) -> None:
    """A thousand requests that find 4,000 tokens in the cache, at $0.03 a million, and 1,000 more at half of $0.30."""
    given = {**REQUEST, "instructions": 4000, "user_text": 1000, "answer": 0, "found_cached": "100%"}
    month = ask(catalogue, **given, model="google/gemini-2.5-flash", tier="flex")["per_month"]
    assert month == Decimal("0.12") + Decimal("0.15")


def test_long_prompts_are_multiplied_too(catalogue: Catalogue) -> None:
    """300,000 tokens at $4 instead of $2, and 500 at $15 instead of $10; twice as much at the fast tier."""
    one = ask(catalogue, **{**REQUEST, "user_text": 300_000}, model="openai/gpt-6.1-sol", tier="fast")["per_request"]
    assert one == 2 * (Decimal("1.2") + Decimal("0.0075"))


def test_a_tier_that_is_not_sold_is_said_with_what_is(catalogue: Catalogue) -> None:
    said = notes(catalogue, model="anthropic/claude-haiku-5-5", tier="flex")
    assert "No price of the flex tier is known for Claude Haiku 5.5, which has standard and batch." in said
    given = {**REQUEST, "model": "anthropic/claude-haiku-5-5"}
    assert ask(catalogue, **given, tier="flex") == ask(catalogue, **given)


def test_the_ranking_says_which_models_lack_the_tier(catalogue: Catalogue) -> None:
    rows = ranking(catalogue, **REQUEST, model="openai/gpt-6.1-sol", tier="fast")
    assert rows["Claude Haiku 5.5"]["remark"].startswith("no fast tier")
    assert "no fast tier" not in rows["Claude Opus 5.5"]["remark"]
    standard = ranking(catalogue, **REQUEST, model="openai/gpt-6.1-sol")
    assert Decimal(rows["Claude Opus 5.5"]["cost"]) == 2 * Decimal(standard["Claude Opus 5.5"]["cost"])
    assert rows["Claude Haiku 5.5"]["cost"] == standard["Claude Haiku 5.5"]["cost"]


def test_a_multiple_of_your_own_counts(catalogue: Catalogue) -> None:
    assert ask(catalogue, **REQUEST, model="openai/gpt-6.1-sol", tier="fast", model__fast=3)["per_month"] == 27


def test_a_typed_price_moves_the_tier_with_it(catalogue: Catalogue) -> None:
    given = {**REQUEST, "model": "openai/gpt-6.1-sol", "model__input": 4, "tier": "fast"}
    assert ask(catalogue, **given)["per_month"] == 2 * (8 + 5)


def test_the_working_names_the_tier(catalogue: Catalogue) -> None:
    given = typed(COST, {**REQUEST, "model": "openai/gpt-6.1-sol", "tier": "fast"})
    working = str(answer_json(catalogue, COST, given, Working(("per_month",)))["working"])
    assert "Fast, times the standard price" in working and "Service tier" in working


@pytest.mark.parametrize(("formerly", "now"), [("yes", "batch"), ("no", "standard")])
def test_a_link_from_the_time_of_the_batch_question_still_opens(catalogue: Catalogue, formerly: str, now: str) -> None:
    answers = [whole(catalogue, **REQUEST, **{name: word}) for name, word in (("batch", formerly), ("tier", now))]
    assert answers[0]["outputs"] == answers[1]["outputs"]
