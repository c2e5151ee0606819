"""Hosting beside an API that is paid at a tier: a batch is cheaper on both sides, every other tier at the API alone."""

from __future__ import annotations

import json
import math
from fractions import Fraction

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question
from tests.calculators.answers import Results, answer_json
from tests.calculators.choosing.plans.test_sources import hosted
from tests.calculators.choosing.test_break_even import rows
from tests.calculators.serving.self_hosting.test_self_hosting import near, toy

API = {
    "model.input": "1",
    "model.output": "4",
    "model.batch_input": "0.5",
    "model.batch_output": "2",
    "model.flex": "0.7",
}
PRICED = {name.replace(".", "__"): price for name, price in API.items()} | {"effort": "none"}
"""A dollar a million tokens read and four written, half of it in a batch."""

REQUESTS = 1000 / 10**6 + 100 * 4 / 10**6
"""A request of 1,000 tokens and an answer of 100, in dollars."""


def asked(catalogue: Catalogue, **given: str) -> Results:
    """The toy of the tests with an API that has a price, and an hour that is ten times as busy as the average."""
    return toy(catalogue, **{**PRICED, "peak_factor": "10", "late": "0.05", **given})


def test_a_batch_pays_half_at_the_api_and_needs_no_busiest_hour(catalogue: Catalogue) -> None:
    """As many replicas as have more places than there are requests at once on average."""
    requests = 400_000_000
    waited, batch = (asked(catalogue, requests=str(requests), tier=tier) for tier in ("standard", "batch"))
    assert near(waited.api_month, requests * REQUESTS)
    assert near(batch.api_month, requests * REQUESTS / 2)
    average = requests / (730 * 3600)
    assert near(batch.peak_per_second, average) and near(waited.peak_per_second, 10 * average)
    at_once = average * float(batch.whole_answer)
    assert batch.replicas == math.floor(at_once / float(batch.places)) + 1 > 1
    assert waited.replicas > 5 * batch.replicas
    assert near(batch.month, float(batch.replicas) * 2 * 730)


def test_a_batch_pays_where_the_machines_answer_all_that_they_can(catalogue: Catalogue) -> None:
    """One replica costs $1,460; at half the API's price it has to answer twice as many requests for that."""
    waited, batch = (asked(catalogue, tier=tier) for tier in ("standard", "batch"))
    assert near(waited.pays_from, 1460 / REQUESTS)
    assert near(batch.pays_from, 1460 / (REQUESTS / 2))


def test_every_other_tier_is_the_apis_alone(catalogue: Catalogue) -> None:
    waited, flex = (asked(catalogue, tier=tier) for tier in ("standard", "flex"))
    assert near(flex.api_month, float(waited.api_month) * 0.7)
    assert (flex.month, flex.replicas, flex.places) == (waited.month, waited.replicas, waited.places)


@pytest.mark.parametrize("path", ["peak_factor", "first_token", "late", "pace"])
def test_what_a_waiting_person_asks_for_is_not_asked_of_a_batch(catalogue: Catalogue, path: str) -> None:
    name, batch = "serving/self_hosting", {"tier": "batch"}
    fields = json.loads(catalogue.answer(Question(name, batch, form="page")))["fields"]
    assert fields[path].get("gone") == "yes"
    changed = answer_json(catalogue, name, batch | {path: "0.9" if path == "late" else "7"})
    default = answer_json(catalogue, name, batch)
    assert [changed[part] for part in ("outputs", "tables", "notes")] == [
        default[part] for part in ("outputs", "tables", "notes")
    ]
    assert any("Nobody waits for a batch" in sentence for sentence in default["notes"])


def test_a_comparison_of_plans_counts_the_batch_on_both_sides(catalogue: Catalogue) -> None:
    """The prompt's tier is the machines' as well."""
    (waited, served), (batched, spread) = (
        rows(catalogue, hosted() | {"prompting.tier": tier}) for tier in ("standard", "batch")
    )
    assert Fraction(batched["per_request"]) < Fraction(waited["per_request"])
    assert Fraction(spread["fixed"]) < Fraction(served["fixed"])
