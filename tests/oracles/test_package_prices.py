"""Single requests over every listed model, priced by genai-prices and by the calculator: equal to the last digit."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.answering.runs import exact_run_inputs
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.questions.question import Question
from tests.calculators.settings import own_tokens
from tests.oracles.package import Request, charged, has_batch_prices, listed, upstream

BY_MODEL = pytest.mark.parametrize("id", upstream())
CACHES = ("plain", "read", "write")
COST = "prompting/cost"


def typed(id: str, request: Request, day: str) -> dict[str, str]:
    """The request as a reader would type it. Nothing is too short to be cached, as the package knows no such limit."""
    return {
        "requests": "1",
        "repeated": "0",
        "turns": "1",
        "examples": "0",
        "context": "0",
        "reasoning": "0",
        "instructions": str(request.prefix),
        "user_text": str(request.rest),
        "answer": str(request.answer),
        "caching": "no" if request.cache == "plain" else "yes",
        "found_cached": "100%" if request.cache == "read" else "0%",
        "batch": "yes" if request.batch else "no",
        "model": id,
        **own_tokens(id),
        "model.smallest_prefix": "0",
        "as_of": day,
    }


def tier(catalogue: Catalogue, id: str) -> int | None:
    """The longest prompt at the lower prices of a model, if it has two sets of prices."""
    facts = catalogue.facts.entry("prices", id)["facts"]
    return int(facts["long_above"]["values"][-1][1]) if "long_above" in facts else None


def days(catalogue: Catalogue, id: str) -> list[str]:
    """The day of the facts, and each later day on which a price of the model changes."""
    return [catalogue.facts.as_of, *catalogue.facts.changes("prices", id, catalogue.facts.as_of)]


def ways(catalogue: Catalogue, id: str) -> tuple[bool, ...]:
    """Without a batch and in one; the first alone where we have batch prices from elsewhere than the package."""
    ours = "batch_input" in catalogue.facts.entry("prices", id)["facts"]
    return (False,) if ours and not has_batch_prices(id) else (False, True)


def priced(catalogue: Catalogue, id: str, request: Request, day: str) -> tuple[Decimal, Decimal]:
    """What the calculator says for reading the prompt and for the answer."""
    calculator = find_calculator(COST)
    answer = calculator.formula(
        exact_run_inputs(understand_inputs(calculator.inputs, typed(id, request, day), catalogue.facts).need())
    )
    return answer.input_per_request, answer.output_per_request


@BY_MODEL
def test_every_way_of_sending_costs_what_the_package_charges(catalogue: Catalogue, id: str) -> None:
    """Plain, read from the cache and written to it, standard and batch, as long as a tier allows and a token longer.

    The last of them is asked for in full, as a reader would, and read from the JSON.
    """
    limit = tier(catalogue, id)
    for day in days(catalogue, id):
        for length in (limit, limit + 1) if limit else (3501,):
            for batch in ways(catalogue, id):
                for cache in CACHES:
                    request = Request(2000, length - 2000, 300, cache, batch)
                    ours, charge = priced(catalogue, id, request, day), charged(id, request, day)
                    assert ours == charge, (request, day)
    written = json.loads(catalogue.answer(Question(COST, typed(id, request, day))))["outputs"]
    assert (Decimal(written["input_per_request"]["value"]), Decimal(written["output_per_request"]["value"])) == charge
    assert Decimal(written["per_month"]["value"]) == sum(charge)


@settings(max_examples=12, deadline=None, derandomize=True, database=None)
@given(
    prompt=st.integers(1, 1_000_000),
    around=st.integers(-2000, 2000),
    near=st.booleans(),
    prefixed=st.integers(0, 100),
    answer=st.integers(0, 100_000),
    cache=st.sampled_from(CACHES),
    batch=st.booleans(),
    day_number=st.integers(0, 3),
)
def test_any_request_costs_what_the_package_charges_on_every_model(
    catalogue: Catalogue,
    prompt: int,
    around: int,
    near: bool,
    prefixed: int,
    answer: int,
    cache: str,
    batch: bool,
    day_number: int,
) -> None:
    """Any length, or one near the tier of each model; any part of it the prefix; today or after a later change."""
    for id in upstream():
        length = (tier(catalogue, id) or 4000) + around if near else prompt
        prefix = length * prefixed // 100
        request = Request(prefix, length - prefix, answer, cache, batch and ways(catalogue, id)[-1])
        known = days(catalogue, id)
        day = known[day_number % len(known)]
        assert priced(catalogue, id, request, day) == charged(id, request, day), (id, request, day)


def test_every_listed_model_is_compared(catalogue: Catalogue) -> None:
    """All but the models that the package lacks, whose prices have tests of their own in `tests/data`."""
    assert set(listed()) == set(catalogue.facts.entries("prices"))
    assert set(listed()) - set(upstream()) == {
        "google/gemini-4-carbon",
        "google/gemini-4-hydrogen",
        "google/gemini-4-neon",
        "openai/gpt-6.2-astra",
        "openai/gpt-6.2-sol",
    }
