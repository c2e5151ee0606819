"""What the cache finds and what each lifetime would cost, by hand and in answers asked one by one."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import Any

import pytest

from calculators.catalogue import Catalogue, load
from calculators.engine.declare import output_value
from calculators.engine.numbers.rounding import rounded_amount
from calculators.engine.numbers.units import USD_PER_MONTH
from macros.facts import facts_text
from tests.calculators.answers import computed
from tests.calculators.prompting.cost import ARGON, COST, ask, models, notes, rows, typed, whole
from tests.calculators.settings import SOL

FLASH = "google/gemini-3.8-flash"
"""A model whose prefix may be kept all the time, at a price by the hour."""

UNCACHED = "cohere/command-a"
OFTEN = {"model": ARGON, "instructions": 8000, "requests": 17_520, "repeated": 0, "active_hours": 730}
"""One request in two and a half minutes, to a model that keeps a prefix for five."""


def prefix_found(catalogue: Catalogue, **given: object) -> tuple[float, float, float]:
    """The share of requests that find the prefix, with its ends; a share is computed where none is given."""
    hits = computed(catalogue, COST, typed(COST, {**OFTEN, "found_cached": "", **given})).prefix_found
    return float(hits.low), float(hits.likely), float(hits.high)


def test_where_nobody_says_whether_a_read_renews_the_share_is_a_range(catalogue: Catalogue) -> None:
    """Two requests within a lifetime: 2/3 without renewal, and 1 − e⁻² with it."""
    assert prefix_found(catalogue) == pytest.approx((2 / 3, 2 / 3, 1 - math.exp(-2)))
    assert prefix_found(catalogue, caching="no") == (0, 0, 0)


@pytest.mark.parametrize(("renewal", "share"), [("yes", 1 - math.exp(-2)), ("no", 2 / 3)])
def test_what_is_said_of_renewal_leaves_one_share(renewal: str, share: float) -> None:
    changed = json.loads(facts_text())
    listed = changed["collections"]["prices"]
    stated = listed["anthropic/claude-haiku-5-5"]["facts"]["cache_renewal"]
    listed[ARGON]["facts"]["cache_renewal"] = {**stated, "values": [[stated["values"][0][0], renewal]]}
    assert prefix_found(load(json.dumps(changed))) == pytest.approx((share, share, share))


def test_a_typed_share_is_no_range(catalogue: Catalogue) -> None:
    assert prefix_found(catalogue, found_cached="40%") == (0.4, 0.4, 0.4)


def test_the_share_of_the_input_that_is_read_from_the_cache(catalogue: Catalogue) -> None:
    """Half of the requests find 6,000 of the 8,000 tokens."""
    given: dict[str, object] = {"model": SOL, "instructions": 6000, "examples": 0, "user_text": 2000}
    assert ask(catalogue, **given, found_cached="50%")["cached_share"] == Decimal("0.375")


LIFETIMES = [
    (SOL, {"usual": ("standard", "cache_minutes"), "extended": ("extended", "extended_minutes")}),
    (FLASH, {"usual": ("standard", "cache_minutes"), "kept all the time": ("stored", "")}),
]
"""The lifetimes that a model has, by their name: how each is asked for, and which figure has its minutes."""


def lifetimes(catalogue: Catalogue, given: dict[str, object]) -> Any:
    """The table of lifetimes. Any: cells hold numbers and words."""
    return output_value(computed(catalogue, COST, typed(COST, given)).lifetimes)


@pytest.mark.parametrize(("model", "sold"), LIFETIMES, ids=[model for model, _ in LIFETIMES])
def test_each_lifetime_costs_what_the_question_with_it_does(
    catalogue: Catalogue, model: str, sold: dict[str, tuple[str, str]]
) -> None:
    given: dict[str, object] = {"model": model, "instructions": 9000, "requests": 5000, "found_cached": ""}
    without = ask(catalogue, **given, caching="no")["per_month"]
    for caching in ("yes", "no"):
        none, *sold_rows = lifetimes(catalogue, {**given, "caching": caching}).rows
        assert none == ("no caching", None, None, without, 0)
        assert [row[0] for row in sold_rows] == list(sold)
        for name, minutes, hits, cost, saving in sold_rows:
            word, figure = sold[name]
            same = computed(catalogue, COST, typed(COST, {**given, "lifetime": word}))
            assert (hits, cost, saving) == (same.prefix_found.likely, same.per_month, without - cost)
            assert minutes == (Decimal(models()[model][figure]["values"][-1][1]) if figure else None)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"lifetime": "standard"}, "usual"),
        ({"lifetime": "extended"}, "extended"),
        ({"lifetime": "stored"}, "usual"),
        ({"lifetime": "extended", "caching": "no"}, "no caching"),
        ({"model": FLASH, "lifetime": "stored"}, "kept all the time"),
        ({"model": UNCACHED}, "no caching"),
    ],
)
def test_the_row_of_the_answer_is_marked(catalogue: Catalogue, given: dict[str, object], name: str) -> None:
    """A lifetime that the model has not is the usual one."""
    table = lifetimes(catalogue, {"model": SOL, "instructions": 9000, **given})
    assert table.rows[table.own][0] == name


def test_without_a_cached_price_there_is_no_lifetime_to_compare(catalogue: Catalogue) -> None:
    assert [row[0] for row in lifetimes(catalogue, {"model": UNCACHED}).rows] == ["no caching"]


HAIKU = "anthropic/claude-haiku-5-5"
RARE: dict[str, object] = {"model": HAIKU, "instructions": 50_000, "requests": 10, "found_cached": ""}
"""So few requests that each writes the prefix anew, for which the longer lifetime asks more."""
CHAT: dict[str, object] = {"model": HAIKU, "turns": 10, "pause": 20, "user_text": 2000, "answer": 2000}
"""A conversation whose turns come after twenty minutes, too late for a lifetime of five."""


def saving_note(name: str, saved: Decimal) -> str:
    """What is said of a lifetime that saves so much."""
    return f"The lifetime “{name}” would save {rounded_amount(saved, USD_PER_MONTH)} at this volume."


def lifetime_notes(catalogue: Catalogue, **given: object) -> list[str]:
    """What is said of other lifetimes."""
    return [line for line in notes(catalogue, **given).split("\n") if line.startswith("The lifetime")]


def month(catalogue: Catalogue, **given: object) -> Decimal:
    """What a month costs."""
    return ask(catalogue, **given)["per_month"]


def test_a_cheaper_lifetime_is_told_with_what_it_saves(catalogue: Catalogue) -> None:
    """Of the others, one that is not sold is no offer."""
    saved = month(catalogue, **RARE, lifetime="extended") - month(catalogue, **RARE)
    assert 0 < saved < 1
    assert lifetime_notes(catalogue, **RARE, lifetime="extended") == [saving_note("usual", saved)]
    assert lifetime_notes(catalogue, **RARE) == []


def test_nothing_is_saved_without_requests_or_a_cache(catalogue: Catalogue) -> None:
    assert lifetime_notes(catalogue, **{**RARE, "requests": 0}, lifetime="extended") == []
    assert lifetime_notes(catalogue, **RARE, lifetime="extended", caching="no") == []


@pytest.mark.parametrize("instructions", [100, 9000])
def test_a_longer_lifetime_helps_a_conversation_with_long_pauses(catalogue: Catalogue, instructions: int) -> None:
    """Also where the instructions alone are too short to be cached, as the conversation is once it has grown."""
    given = {**CHAT, "instructions": instructions, "examples": 0, "requests": 20_000, "found_cached": "50%"}
    saved = month(catalogue, **given) - month(catalogue, **given, lifetime="extended")
    assert saved > 1
    assert lifetime_notes(catalogue, **given) == [saving_note("extended", saved)]
    assert "has no such lifetime; the usual one is counted." in notes(catalogue, **given, lifetime="stored")
    assert "has no such lifetime" not in notes(catalogue, **given, lifetime="extended")


OWN: dict[str, object] = {"model": "own", "model__input": 2, "model__output": 8, "model__cached_read": 1}
"""A model of the reader's own, of which nobody says that it caches a conversation as it grows."""

FIRST_TURNS = "Earlier turns are counted at the full input price."


def test_earlier_turns_are_spoken_of_where_there_are_some_and_a_cache(catalogue: Catalogue) -> None:
    """A model without any cached price has a note of its own, and the first turn has none before it."""
    assert FIRST_TURNS in notes(catalogue, **OWN, turns=2)
    assert FIRST_TURNS not in notes(catalogue, **OWN, turns=1)
    assert FIRST_TURNS not in notes(catalogue, **OWN, turns=2, caching="no")
    assert FIRST_TURNS not in notes(catalogue, model=UNCACHED, turns=2)


def test_a_single_token_of_context_is_never_cached(catalogue: Catalogue) -> None:
    last = "The context is taken to come last"
    assert last in notes(catalogue, model=HAIKU, turns=2, context=1)
    assert last not in notes(catalogue, model=HAIKU, turns=2, context=0)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"model": HAIKU, "turns": 1}, "provider caches nothing and does not say so."),
        ({"model": HAIKU, "turns": 2}, "provider caches nothing before a conversation has grown that long"),
        ({**OWN, "model__smallest_prefix": 512, "turns": 2}, "provider caches nothing and does not say so."),
    ],
)
def test_a_short_prefix_is_cached_later_where_the_conversation_is(
    catalogue: Catalogue, given: dict[str, object], words: str
) -> None:
    text = notes(catalogue, **given, instructions=511, examples=0)
    assert text.count("is shorter than this model's smallest cacheable prefix of 512 tokens.") == 1
    assert words in text


def test_without_a_published_minimum_no_prefix_is_too_short(catalogue: Catalogue) -> None:
    """Not even half of a token, which a range or an average may come to."""
    unknown = next(id for id, known in models().items() if "cached_read" in known and "smallest_prefix" not in known)
    assert "smallest cacheable prefix of" in notes(catalogue, model=unknown, instructions=1, examples=0)
    assert "is shorter than" not in notes(catalogue, model=unknown, instructions="0.5", examples=0)


def test_each_part_of_the_breakdown_has_its_share_of_the_month(catalogue: Catalogue) -> None:
    answer = whole(catalogue, model=FLASH, lifetime="stored", instructions=5000, context=300, requests=1000)
    month_cost = Decimal(answer["outputs"]["per_month"]["value"])
    parts = rows(answer, "breakdown").values()
    assert len(parts) == 6
    for part in parts:
        assert abs(Decimal(part["share"]) - Decimal(part["cost"]) / month_cost) < Decimal(10) ** -20
