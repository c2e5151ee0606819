"""Prompts of a log that are longer than a model's window: which models say so, and what part of the tokens they are."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.domain.records import ModelPrice
from calculators.engine.answering.runs import exact_run_inputs
from calculators.engine.inputs.understanding import understand_inputs
from calculators.prompting.traffic.inputs import Inputs
from calculators.prompting.traffic.logged.measuring import TrafficMeasuring
from calculators.prompting.traffic.logged.reading import read_traffic
from calculators.prompting.traffic.priced import traffic_cost_elsewhere
from tests.calculators.answers import answer_json
from tests.calculators.prompting.traffic.test_traffic import IDS, log_of, market, table_of, text_of

__all__ = ["market"]


def test_a_model_says_where_some_prompts_do_not_fit(catalogue: Catalogue, market: dict[str, ModelPrice]) -> None:
    """One by one, each prompt in the tokens of the other model."""
    rows = log_of(40, 1)
    remarks = {
        (row[0], row[1]): row[-1]
        for row in table_of(answer_json(catalogue, "prompting/traffic", {"pasted": text_of(rows)}), "ranking")
    }
    outcomes: set[bool] = set()
    for model in market.values():
        if (model.name, model.group) not in remarks or model.context_window is None:
            continue
        fits = True
        for row in rows:
            usage, logged = row["response"]["usage"], market[IDS[row["response"]["model"]]]
            ratio = (model.tokenizer_factor or Decimal(1)) / (logged.tokenizer_factor or Decimal(1))
            names = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
            prompt = sum(usage[name] for name in names) * (1 if model.id == logged.id else ratio)
            fits &= prompt <= model.context_window
        assert ("some prompts do not fit" in remarks[model.name, model.group]) is not fits, model.id
        outcomes.add(fits)
    assert outcomes == {True, False}


@pytest.mark.parametrize(
    ("prompts", "share"),
    [
        ([100, 150_000], Decimal(150_050) / 150_200),
        ([150_000, 100, 100], Decimal(150_050) / 150_350),
        ([150_000, 300_000, 700], Decimal(450_100) / 450_850),
        ([100, 200], Decimal(0)),
        ([150_000], Decimal(1)),
    ],
)
def test_what_part_of_the_tokens_a_window_cannot_hold(catalogue: Catalogue, prompts: list[int], share: Decimal) -> None:
    """GPT-4o mini holds 128,000 tokens; each request has an answer of 50, and all were counted by its tokenizer."""
    rows = [
        {"id": f"r{place}", "object": "chat.completion", "created": 1_763_000_000 + place, "model": "gpt-4o-2024-08-06"}
        | {"usage": {"prompt_tokens": tokens, "completion_tokens": 50, "total_tokens": tokens + 50}}
        | {"choices": [{"index": 0, "finish_reason": "stop", "message": {}}]}
        for place, tokens in enumerate(prompts)
    ]
    given = {"pasted": "\n".join(map(json.dumps, rows)), "model": "openai/gpt-4o-mini"}
    inputs = exact_run_inputs(understand_inputs(Inputs, given, catalogue.facts).need())
    use, counter = read_traffic(inputs, inputs.format), TrafficMeasuring(inputs, inputs.format)
    elsewhere = traffic_cost_elsewhere(counter, use, inputs.model, inputs.priced)
    assert elsewhere.beyond_window == pytest.approx(share)
