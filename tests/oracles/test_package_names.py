"""Names that genai-prices knows, found by both: never another model than the package finds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from genai_prices.data import providers

from calculators.catalogue import Catalogue
from calculators.domain.records import ModelPrice
from calculators.domain.records.model_names import model_of_logged_name
from tests.oracles.package import upstream

ELSEWHERE = ("aws",)
"""Providers whose entries are not ours: Bedrock sells the models of makers, which are priced by the maker's entry."""

ENDINGS = ("", "-20260101", "-2026-01-01", "-latest", "@20260101")


def literals(match: object) -> Iterator[str]:
    """The texts in the package's own rules for a name."""
    for key in ("or_", "and_"):
        for part in getattr(match, key, ()):
            yield from literals(part)
    for key in ("equals", "starts_with"):
        if text := getattr(match, key, ""):
            yield text


@pytest.fixture(scope="module")
def market(catalogue: Catalogue) -> list[ModelPrice]:
    """All models on the day of the facts."""
    return list(catalogue.facts.records("prices", ModelPrice, catalogue.facts.as_of).values())


@pytest.mark.parametrize("provider_id", sorted({provider for provider, _ in upstream().values()} - set(ELSEWHERE)))
def test_a_name_never_finds_another_model(market: list[ModelPrice], provider_id: str) -> None:
    """A name that the package gives to a model that is not listed here finds none, or the one listed at its price."""
    ours: dict[tuple[str, str], set[str]] = {}
    for id, names in upstream().items():
        ours.setdefault(names, set()).add(id)
    provider = next(each for each in providers if each.id == provider_id)
    checked = 0
    for model in provider.models:
        for text in {model.id, *literals(model.match)}:
            for name in (text + ending for ending in ENDINGS):
                theirs = provider.find_model(name)
                found = model_of_logged_name(name, provider_id, market)
                if theirs is None or found is None or found.group != _group(market, ours, provider_id):
                    continue
                assert found.id in ours.get((provider_id, theirs.id), set()), (name, theirs.id, found.id)
                checked += 1
    assert checked


def _group(market: list[ModelPrice], ours: dict[tuple[str, str], set[str]], provider_id: str) -> str:
    """The name of a provider on pages."""
    ids = {id for (provider, _), listed in ours.items() if provider == provider_id for id in listed}
    return next(model.group for model in market if model.id in ids)
