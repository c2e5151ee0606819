"""What the cache finds and what each lifetime would cost, in figures computed by hand and in answers asked one by one."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import Any

import pytest

from calculators.catalogue import Catalogue, load
from calculators.engine.declare import output_value
from macros.facts import facts_text
from tests.calculators.answers import computed
from tests.calculators.prompting.cost import ARGON, COST, ask, models, typed
from tests.calculators.settings import SOL

FLASH = "google/gemini-3.8-flash"
"""A model whose prefix may be kept all the time, at a price by the hour."""

UNCACHED = "cohere/command-a"
OFTEN = {"model": ARGON, "instructions": 8000, "requests": 17_520, "repeated": 0, "active_hours": 730}
"""One request in two and a half minutes, to a model that keeps a prefix for five."""


def prefix_found(catalogue: Catalogue, **given: object) -> tuple[float, float, float]:
    """The share of requests that find the prefix, with its ends; a share is computed where none is given."""
    found = computed(catalogue, COST, typed(COST, {**OFTEN, "found_cached": "", **given})).prefix_found
    return float(found.low), float(found.likely), float(found.high)


def test_where_nobody_says_whether_a_read_renews_the_share_is_a_range(catalogue: Catalogue) -> None:
    """Two requests within a lifetime: 2/3 without renewal, and 1 − e⁻² with it."""
    assert prefix_found(catalogue) == pytest.approx((2 / 3, 2 / 3, 1 - math.exp(-2)))
    assert prefix_found(catalogue, caching="no") == (0, 0, 0)


@pytest.mark.parametrize(("renewal", "found"), [("yes", 1 - math.exp(-2)), ("no", 2 / 3)])
def test_what_is_said_of_renewal_leaves_one_share(renewal: str, found: float) -> None:
    changed = json.loads(facts_text())
    listed = changed["collections"]["prices"]
    said = listed["anthropic/claude-haiku-5-5"]["facts"]["cache_renewal"]
    listed[ARGON]["facts"]["cache_renewal"] = {**said, "values": [[said["values"][0][0], renewal]]}
    assert prefix_found(load(json.dumps(changed))) == pytest.approx((found, found, found))


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
        none, *others = lifetimes(catalogue, {**given, "caching": caching}).rows
        assert none == ("no caching", None, None, without, 0)
        assert [row[0] for row in others] == list(sold)
        for name, minutes, found, cost, saving in others:
            word, figure = sold[name]
            same = computed(catalogue, COST, typed(COST, {**given, "lifetime": word}))
            assert (found, cost, saving) == (same.prefix_found.likely, same.per_month, without - cost)
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
