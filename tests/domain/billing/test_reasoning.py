"""The hidden tokens of a request: what the model does by default, and what it does when asked for another effort."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.domain.billing.reasoning import EFFORTS, hidden_reasoning, reasoning_effort_of_request
from calculators.domain.records import ModelPrice


def thinker(default: str = "medium", **tokens: int) -> ModelPrice:
    """A model that takes these efforts, each with its hidden tokens."""
    counts: dict[str, Any] = {f"reasoning_{effort}": Decimal(count) for effort, count in tokens.items()}
    return ModelPrice(default_effort=default, **counts)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("default", "medium"),
        ("none", "low"),
        ("minimal", "low"),
        ("low", "low"),
        ("medium", "medium"),
        ("high", "medium"),
        ("xhigh", "medium"),
        ("max", "max"),
    ],
)
def test_an_effort_that_a_model_does_not_take(asked: str, answered: str) -> None:
    """Low, medium and maximum are offered: the next lower one serves, and the lowest where there is no lower one."""
    model = thinker(low=40, medium=100, max=900)
    assert reasoning_effort_of_request(model, asked) == answered
    assert hidden_reasoning(model, asked) == {"low": 40, "medium": 100, "max": 900}[answered]


def test_a_model_asked_to_reason_does_so_where_it_can() -> None:
    switch = thinker("none", none=0, high=240)
    assert [hidden_reasoning(switch, effort) for effort in ("default", "none", "low", "max")] == [0, 0, 240, 240]
    never = thinker("none", none=0)
    assert [hidden_reasoning(never, effort) for effort in EFFORTS] == [0] * len(EFFORTS)


def test_the_next_lower_effort_may_be_the_least() -> None:
    """Asked for low effort, a model of minimal and high effort thinks little rather than much."""
    assert reasoning_effort_of_request(thinker("high", minimal=20, high=900), "low") == "minimal"


def test_models_are_compared_at_the_effort_of_the_readers_own() -> None:
    assert hidden_reasoning(thinker("high", low=10, medium=20, high=30), "default", "low") == 10
    assert hidden_reasoning(ModelPrice(), "default", "low") == 0
    assert reasoning_effort_of_request(ModelPrice(), "default") == ""


def test_every_listed_model_says_how_it_reasons(catalogue: Catalogue) -> None:
    """A default effort that it takes, more tokens with more effort, and a range around each count."""
    for id, model in catalogue.facts.records("prices", ModelPrice, catalogue.facts.as_of).items():
        counts = [getattr(model, f"reasoning_{effort}") for effort in EFFORTS]
        assert model.default_effort, id
        assert getattr(model, f"reasoning_{model.default_effort}") is not None, id
        offered = [count for count in counts if count is not None]
        assert offered == sorted(offered), id
        for effort in EFFORTS:
            if getattr(model, f"reasoning_{effort}"):
                fact = catalogue.facts.fact(f"prices:{id}#reasoning_{effort}")
                low, high = map(Decimal, fact.range)
                assert low <= Decimal(fact.value) <= high and fact.because, (id, effort)


def test_models_that_always_reason_cannot_be_told_not_to(catalogue: Catalogue) -> None:
    """As their makers say: GPT-6.1 Sol, Claude Opus 5.5 and Gemini 3.8 Flash; GPT-4.1 never does."""
    models = catalogue.facts.records("prices", ModelPrice, catalogue.facts.as_of)
    for id in ("openai/gpt-6.1-sol", "anthropic/claude-opus-5-5", "google/gemini-3.8-flash"):
        assert models[id].reasoning_none is None and hidden_reasoning(models[id], "none") > 0
    assert hidden_reasoning(models["openai/gpt-4.1"], "max") == 0
