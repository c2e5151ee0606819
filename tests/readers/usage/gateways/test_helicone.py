"""Helicone's export: whose prompt may include the cache or not, which is said."""

from __future__ import annotations

import pytest

from calculators.readers.usage.gateways.helicone import CACHE_REMARK
from calculators.readers.usage.request import Request
from tests.readers.usage.example_rows import HELICONE, refusal_of, request_of


def test_a_request() -> None:
    assert request_of(HELICONE, "helicone") == Request(
        time=1791187200.0,
        id="h-909",
        conversation="s-2",
        model="gpt-5-mini",
        provider="openai",
        uncached=300,
        read=700,
        write=0,
        output=60,
        cost=0.0005,
        seconds=1.5,
        first_token_seconds=0.3,
        remark=CACHE_REMARK,
    )


@pytest.mark.parametrize("provider", ["ANTHROPIC", "BEDROCK", "AWS"])
def test_some_providers_count_the_cache_beside_the_prompt(provider: str) -> None:
    request = request_of(HELICONE | {"provider": provider})
    assert (request.uncached, request.read) == (1000, 700)


def test_a_prompt_below_its_cached_tokens_does_not_include_them() -> None:
    request = request_of(HELICONE | {"prompt_tokens": 20})
    assert (request.uncached, request.read) == (20, 700)


def test_without_cached_tokens_nothing_is_doubtful() -> None:
    request = request_of(HELICONE | {"prompt_cache_read_tokens": None, "prompt_cache_write_tokens": None})
    assert (request.uncached, request.read, request.remark) == (1000, None, "")


def test_its_own_cache() -> None:
    assert request_of(HELICONE | {"cache_reference_id": "h-900"}).from_proxy
    assert not request_of(HELICONE).from_proxy


@pytest.mark.parametrize(("status", "failed"), [(200, False), (429, True), (500, True), (-3, True), (None, False)])
def test_failures(status: object, failed: bool) -> None:
    assert request_of(HELICONE | {"response_status": status}).failed is failed


def test_the_older_name_of_the_cost() -> None:
    assert request_of(HELICONE | {"costUSD": None, "cost": 0.25}).cost == 0.25


def test_a_count_that_is_none_is_refused() -> None:
    assert refusal_of(HELICONE | {"prompt_tokens": "many"}) == "a count is not a whole number"
