"""Single requests over every listed model, priced by genai-prices and by the calculator: equal to the last digit."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.engine.inputs import exact, understand
from calculators.find import find
from tests.oracles.package import Request, charged, upstream

BY_MODEL = pytest.mark.parametrize("id", upstream())
CACHES = ("plain", "read", "write")
COST = "prompting/cost"


def typed(id: str, request: Request, day: str) -> dict[str, str]:
    """The request as a reader would type it. Nothing is too short to be cached, as the package knows no such limit."""
    return {
        "requests": "1", "repeated": "0", "turns": "1", "examples": "0", "context": "0", "reasoning": "0",
        "instructions": str(request.prefix), "user_text": str(request.rest), "answer": str(request.answer),
        "caching": "no" if request.cache == "plain" else "yes",
        "found_cached": "100%" if request.cache == "read" else "0%",
        "batch": "yes" if request.batch else "no",
        "model": id, "model.smallest_prefix": "0", "as_of": day,
    }  # fmt: skip


def tier(catalogue: Any, id: str) -> int | None:
    """The longest prompt at the lower prices of a model, if it has two sets of prices."""
    facts = catalogue.facts.entry("prices", id)["facts"]
    return int(facts["long_above"]["values"][-1][1]) if "long_above" in facts else None


def days(catalogue: Any, id: str) -> list[str]:
    """The day of the facts, and each later day on which a price of the model changes."""
    return [catalogue.facts.as_of, *catalogue.facts.changes("prices", id, catalogue.facts.as_of)]


@BY_MODEL
def test_the_answer_is_what_the_package_charges(catalogue, id: str) -> None:
    """Every way of sending and caching, at the length where a tier ends and one token beyond it."""
    limit = tier(catalogue, id)
    day = catalogue.facts.as_of
    for length in (limit, limit + 1) if limit else (3501,):
        for batch in (False, True):
            for cache in CACHES:
                request = Request(2000, length - 2000, 300, cache, batch)
                told = json.loads(catalogue.answer(COST, json.dumps(typed(id, request, day)), "json"))["outputs"]
                ours = Decimal(told["input_per_request"]["value"]), Decimal(told["output_per_request"]["value"])
                assert ours == charged(id, request, day), request


@BY_MODEL
@given(data=st.data())
@settings(max_examples=10, deadline=None, derandomize=True, database=None)
def test_any_request_costs_what_the_package_charges(catalogue, id: str, data: st.DataObject) -> None:
    limit = tier(catalogue, id)
    length = st.integers(1, 1_000_000)
    around = st.integers(-2000, 2000).map(lambda more: (limit or 4000) + more)
    prompt = data.draw(st.one_of(length, around), "prompt")
    prefix = data.draw(st.one_of(st.just(0), st.just(prompt), st.integers(0, prompt)), "prefix")
    request = Request(
        prefix, prompt - prefix, data.draw(st.integers(0, 100_000), "answer"),
        data.draw(st.sampled_from(CACHES), "cache"), data.draw(st.booleans(), "batch"),
    )  # fmt: skip
    day = data.draw(st.sampled_from(days(catalogue, id)), "day")
    calculator = find(COST)
    answer = calculator.formula(exact(understand(calculator.inputs, typed(id, request, day), catalogue.facts).need()))
    assert (answer.input_per_request, answer.output_per_request) == charged(id, request, day), request


def test_every_listed_model_is_compared(catalogue) -> None:
    assert set(upstream()) == set(catalogue.facts.entries("prices"))
