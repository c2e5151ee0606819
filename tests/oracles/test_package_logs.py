"""Requests from logs on every listed model, priced by genai-prices and by the sums of logs: equal to the last digit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.domain.records import ModelPrice
from calculators.domain.records.model_names import model_of_logged_name
from tests.calculators.answers import answer_json
from tests.oracles.package import Request, charged, has_batch_prices, upstream
from tests.oracles.test_package_prices import tier, ways

HEADINGS = "day,model,provider,tier,requests,uncached_tokens,cache_read_tokens,cache_write_tokens,output_tokens"
NOT_LOGGED = ("-peak", "-off-peak", "off-peak")
"""Prices by the hour: a log has one name for both."""


def logged(id: str, request: Request, day: str) -> str:
    """A line of sums for one request, by the provider's own name of the model."""
    provider, _, name = id.partition("/")
    kind = "batch" if request.batch else "standard"
    read = request.prefix if request.cache == "read" else 0
    written = request.prefix if request.cache == "write" else 0
    plain = request.rest + (request.prefix if request.cache == "plain" else 0)
    return f"{day},{name},{provider},{kind},1,{plain},{read},{written},{request.answer}"


@pytest.mark.one_in(4)
@pytest.mark.parametrize("id", upstream())
def test_a_logged_request_costs_what_the_package_charges(catalogue: Catalogue, id: str) -> None:
    day = catalogue.facts.as_of
    market = tuple(catalogue.facts.records("prices", ModelPrice, day).values())
    provider, _, name = id.partition("/")
    model = model_of_logged_name(name, provider, market)
    if model is None or model.id != id:
        assert id.endswith(NOT_LOGGED), f"{name} of {provider} is found as {model and model.id}"
        return
    long = tier(catalogue, id)
    rests = [3000, *([long + 1000] if long else [])]
    for batch in ways(catalogue, id):
        if batch and not has_batch_prices(id):
            continue
        for cache in ("plain", "read", "write"):
            for rest in rests:
                request = Request(2000, rest, 700, cache, batch)
                table = f"{HEADINGS}\n{logged(id, request, day)}"
                answer = answer_json(catalogue, "prompting/traffic", {"pasted": table})["outputs"]
                assert Decimal(answer["total"]["value"]) == sum(charged(id, request, day)), (cache, rest, batch)
