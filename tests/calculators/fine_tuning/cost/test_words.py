"""What serving a tuned model is counted with, in words, and the ways in which an offer is sold, by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.domain.records import TuningOffer
from calculators.engine.answering.runs import exact_run_inputs
from calculators.engine.inputs.understanding import understand_inputs
from calculators.fine_tuning.cost.inputs import Inputs
from calculators.fine_tuning.cost.market.modes import (
    cheapest_tuned_serving,
    tuning_modes_of_offer,
    tuning_serving_in_words,
    tuning_serving_modes,
)
from tests.calculators.fine_tuning.cost.projects import FACTS, FIREWORKS, GPUS, H100, MINI, QWEN, SMALL, TODAY
from tests.calculators.fine_tuning.cost.projects import with_changes as project_with

PRICES = {"offer.input": "1", "offer.cached_read": "0.25", "offer.output": "3"}
UNMEASURED = next(gpu for gpu in GPUS if "throughput_low" not in FACTS["collections"]["gpus"][gpu]["facts"])


def asked(catalogue: Catalogue, offer: str = QWEN, gpu: str = H100, **changed: Any) -> Inputs:
    """The small project as inputs; figures of the offer and the GPU are given with their path, as `offer.input`."""
    figures = {path: str(figure) for path, figure in changed.items() if "." in path}
    project = project_with(SMALL, **{path: change for path, change in changed.items() if "." not in path})
    typed = project.typed(offer, gpu, TODAY, figures)
    inputs: Inputs = exact_run_inputs(understand_inputs(Inputs, typed, catalogue.facts).need())
    return inputs


def test_prices_of_tokens_in_words(catalogue: Catalogue) -> None:
    tokens = "a million tokens: $1 read, $0.25 read from a cache, $3 written"
    given: dict[str, Any] = {"hosting": "serverless", **PRICES}
    assert tuning_serving_in_words(asked(catalogue, **given)) == tokens
    with_fee = tuning_serving_in_words(asked(catalogue, **{**given, "offer.hosting": 7}))
    assert with_fee == f"{tokens}, and $7 an hour, 730 hours a month"


@pytest.mark.parametrize(
    ("requests", "load"), [(0, "0%"), (2627, "less than 0.1%"), (2628, "0.1%"), (1_314_000, "50%")]
)
def test_how_busy_a_machine_is_in_words(catalogue: Catalogue, requests: int, load: str) -> None:
    """2,628 answers of 300 tokens in 2,628,000 seconds are 0.3 tokens a second, of 300."""
    given: dict[str, Any] = {"requests": requests, "repeated": 0, "answer": 300, "peak_factor": 1}
    speed: dict[str, Any] = {"gpu.throughput_low": 300, "gpu.throughput_high": 600, "gpu.rent": 2}
    words = tuning_serving_in_words(asked(catalogue, **given, prompt_tokens_as_answer=1000, **speed))
    assert words.startswith("1 × ")
    assert words.endswith(f" at $2 an hour, 730 hours a month, at {load} of its speed on average")


def test_machines_in_words(catalogue: Catalogue) -> None:
    """The provider's price of an hour comes before the rent of a GPU, and a part of a machine is told."""
    rented: dict[str, Any] = {"gpu.rent": 2}
    whole = tuning_serving_in_words(asked(catalogue, gpu=UNMEASURED, **rented))
    assert whole.endswith(" at $2 an hour, 730 hours a month")
    part = tuning_serving_in_words(asked(catalogue, gpu=UNMEASURED, machine_share=Decimal("0.25"), **rented))
    assert part == f"{whole}, of which 25% counts"
    hosted = tuning_serving_in_words(asked(catalogue, gpu=UNMEASURED, **{**rented, "offer.hosting": 7}))
    assert hosted.endswith(" at $7 an hour, 730 hours a month")


@pytest.mark.parametrize(
    ("known", "modes"),
    [
        ({"output": 1}, {"token"}),
        ({"output": 1, "hosting": 2}, {"fee"}),
        ({"hosting": 2}, {"rented"}),
        ({"own_weights": 1}, {"rented", "bought"}),
        ({"output": 1, "own_weights": 1}, {"token", "rented", "bought"}),
        ({"own_weights": 0}, set()),
    ],
)
def test_the_ways_in_which_an_offer_is_sold(known: dict[str, int], modes: set[str]) -> None:
    offer = TuningOffer(**{name: Decimal(figure) for name, figure in known.items()})  # type: ignore[arg-type]
    assert tuning_modes_of_offer(offer) == modes
    assert tuning_modes_of_offer(offer, in_hand=True) == {*modes, "rented", "bought"}


@pytest.mark.parametrize(("hosting", "key"), [("serverless", "token"), ("dedicated", "rented"), ("owned", "bought")])
def test_each_way_is_there_once_and_one_is_the_readers(catalogue: Catalogue, hosting: str, key: str) -> None:
    modes = tuning_serving_modes(asked(catalogue, hosting=hosting))
    assert [mode.key for mode in modes] == ["token", "fee", "rented", "bought"]
    assert [mode.key for mode in modes if mode.is_own] == [key]
    elsewhere = tuning_serving_modes(asked(catalogue, MINI, hosting=hosting))
    assert [mode.key for mode in elsewhere] == ["token", "fee", "rented", "bought"]
    assert modes[0].name == "By the token: Tinker, Qwen3 8B"


def test_the_cheapest_of_one_way_saves_nothing(catalogue: Catalogue) -> None:
    only = cheapest_tuned_serving(replace(asked(catalogue, MINI, hosting="serverless"), market=()))
    assert only.answer == "By the token" and not any(reason.holds for reason in only.reasons)
    assert cheapest_tuned_serving(asked(catalogue, FIREWORKS)).reasons[0].holds
