"""What fine-tuning costs, against the slow computation by hand and against what providers publish as examples."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.answer import load
from calculators.engine.inputs import understand
from calculators.engine.numbers import plain
from calculators.engine.runs import exact, floating, traced
from calculators.engine.units import USD, USD_PER_MONTH
from calculators.find import find
from calculators.fine_tuning.cost import Inputs, plan
from calculators.views.answer import made
from macros.facts import facts_text
from tests.calculators.altered import unnoticed
from tests.calculators.by_hand_fine_tuning import Project, bill
from tests.calculators.every import computed
from tests.calculators.fine_tuning_cost import (
    COST,
    FACTS,
    GPUS,
    H100,
    MINI,
    OFFERS,
    QWEN,
    SMALL,
    TODAY,
    agrees,
    ask,
    equal,
    other,
    projects,
    said,
)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(project=projects(), offer=st.sampled_from(OFFERS), gpu=st.sampled_from(GPUS))
def test_any_project_costs_what_it_costs_by_hand(catalogue, project: Project, offer: str, gpu: str) -> None:
    agrees(ask(catalogue, project, offer, gpu), bill(project, FACTS, offer, gpu, TODAY))


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize("hosting", ["dedicated", "serverless"])
def test_every_offer_costs_what_it_costs_by_hand(catalogue, offer: str, hosting: str) -> None:
    project = other(SMALL, hosting=hosting, requests=4_000_000)
    answer, hand = ask(catalogue, project, offer), bill(project, FACTS, offer, H100, TODAY)
    agrees(answer, hand)
    assert equal(answer.hosting_per_month * 12, hand.hosting)
    assert equal(answer.inference_per_month * 12, hand.tokens)
    assert equal(answer.upkeep_per_month * 12, hand.upkeep)
    assert (answer.replicas == 0) is (hosting == "serverless" and not offer.startswith("fireworks")) or (
        offer.startswith("openai")
    )


def test_the_readers_own_figures_replace_the_published_ones(catalogue) -> None:
    """A fee for each hour beside prices by the token, the shape of Azure's bill: $1.70 for 730 hours is $1,241."""
    own = {"offer.training": "2", "offer.hosting": "1.7", "offer.input": "0.55", "offer.output": "2.2"}
    project = other(SMALL, hosting="serverless")
    answer = ask(catalogue, project, own=own)
    agrees(answer, bill(project, FACTS, QWEN, H100, TODAY, own))
    assert answer.hosting_per_month == 1241 and answer.inference_per_month > 0


def changed_facts() -> str:
    """The facts with prices that change: tokens in January, the rent of the GPU in March."""
    facts = json.loads(facts_text())
    offer = facts["collections"]["tuning"][QWEN]["facts"]
    for name in ("input", "output", "cached_read"):
        offer[name]["values"].append(["2027-01-20", "5"])
    facts["collections"]["gpus"][H100]["facts"]["rent"]["values"].append(["2027-03-01", "9.5"])
    return json.dumps(facts)


@pytest.mark.parametrize("hosting", ["dedicated", "serverless"])
def test_an_announced_price_counts_from_its_month_on(hosting: str) -> None:
    text, project = changed_facts(), other(SMALL, hosting=hosting)
    answer = ask(load(text), project)
    hand = bill(project, json.loads(text), QWEN, H100, TODAY)
    agrees(answer, hand)
    assert len(set(hand.months)) >= 3 and hand.months[1] != hand.months[4]
    assert equal(answer.hosting_per_month + answer.inference_per_month + answer.upkeep_per_month, hand.months[0])


def read(project: Project, offer: str, catalogue: Any, day: str = TODAY) -> Inputs:
    """The inputs of the exact run."""
    typed = project.typed(offer, H100, day)
    inputs: Inputs = exact(understand(find(COST).inputs, typed, catalogue.facts).need())
    return inputs


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize("day", [TODAY, "2027-01-02"])
@pytest.mark.parametrize("every", [0, 1, 2, 5, 12])
def test_the_plan_is_the_same_months(catalogue, offer: str, day: str, every: int) -> None:
    """Over 40 months too, and its first 12 months are the first year of the answer."""
    project = other(SMALL, retrain_months=every, hosting="serverless")
    inputs = read(project, offer, catalogue, day)
    for length in (1, 12, 40):
        made_plan, hand = plan(inputs, length), bill(project, FACTS, offer, H100, day, months=length)
        assert equal(made_plan.start, hand.upfront)
        assert len(made_plan.fixed) == length
        for month, paid in enumerate(hand.months):
            assert equal(made_plan.month(month, inputs.requests), paid), month
        assert equal(made_plan.total(inputs.requests), hand.total)
    assert equal(ask(catalogue, project, offer, day=day).first_year, plan(inputs).total(inputs.requests))


def test_the_plan_is_the_same_in_every_run(catalogue) -> None:
    """Traced with the units of a plan, and near enough with floats."""
    reading = understand(Inputs, SMALL.typed(MINI, H100, TODAY), catalogue.facts).need()
    exactly, tracing, near = (plan(run(reading), 14) for run in (exact, traced, floating))
    assert tracing.start.unit == USD and plain(tracing.start) == exactly.start
    assert {it.unit for it in tracing.fixed} == {USD_PER_MONTH} and {it.unit for it in tracing.per_request} == {USD}
    assert [plain(it) for it in tracing.fixed] == list(exactly.fixed) and len(set(exactly.fixed)) == 2
    assert [plain(it) for it in tracing.per_request] == list(exactly.per_request)
    assert near.fixed == pytest.approx([float(it) for it in exactly.fixed])


def test_a_plan_whose_volume_grows_rents_more_machines(catalogue) -> None:
    inputs = read(SMALL, QWEN, catalogue)
    volumes = [Decimal(50_000 * 10**month) for month in range(4)]
    grown = plan(inputs, 4, volumes)
    for month, volume in enumerate(volumes):
        hand = bill(other(SMALL, requests=Fraction(volume)), FACTS, QWEN, H100, TODAY)
        assert equal(grown.fixed[month], hand.hosting / 12 + hand.upkeep / 12)
    assert grown.fixed[0] == grown.fixed[1] < grown.fixed[3]


def test_examples_are_cut_at_the_limit(catalogue) -> None:
    """Lengths 100, 300, 800 and 5,000 with a limit of 1,000: 2,200 tokens are trained in each of two epochs."""
    lengths, limit = [100, 300, 800, 5000], 1000
    fitting = [length for length in lengths if length <= limit]
    project = other(
        SMALL, examples=len(lengths), tokens_per_example=Fraction(sum(fitting), len(fitting)), max_tokens=limit,
        truncated=Fraction(1, 4), epochs=2,
    )  # fmt: skip
    answer = ask(catalogue, project)
    assert answer.training_tokens == 2 * sum(min(length, limit) for length in lengths)
    assert "25% of the examples are cut at 1,000 tokens" in said(answer)
    assert "cut at" not in said(ask(catalogue))
    too_long = ask(catalogue, other(SMALL, tokens_per_example=5000, max_tokens=1000, epochs=1))
    assert too_long.training_tokens == 500 * 1000
    assert "every example is counted as cut" in said(too_long)


@pytest.mark.parametrize(
    ("bills", "price", "cost"),
    [("1", "0.46", "7.36"), ("0", "0.46", "6.9")],
)
def test_the_published_example_of_a_bill_with_validation(catalogue, bills: str, price: str, cost: str) -> None:
    """Ori: 5 million tokens, 3 epochs and a million of validation cost $7.36 at $0.46; unbilled they cost less."""
    project = other(Project(), examples=5, tokens_per_example=10**6, epochs=3, validation_examples=1, validations=1)
    answer = ask(catalogue, project, own={"offer.training": price, "offer.bills_validation": bills})
    assert answer.training_cost == Decimal(cost)
    assert answer.training_tokens == 15 * 10**6 and answer.validation_tokens == 10**6


def test_the_published_example_of_a_large_job(catalogue) -> None:
    """Together: context 8,192 × batch 8 × 1,000 steps are about 65.5 million tokens, ten validations 10 million."""
    project = other(
        Project(), examples=8 * 1000, tokens_per_example=8192, max_tokens=8192, validations=10,
        validation_examples=Fraction(10**6, 8192),
    )  # fmt: skip
    answer = ask(catalogue, project, own={"offer.training": "1", "offer.bills_validation": "1"})
    assert round(answer.training_tokens, -5) == 65_500_000
    assert equal(answer.training_cost, Fraction(8 * 1000 * 8192 + 10**7, 10**6))


def test_a_published_estimate_was_a_thousand_times_too_high(catalogue) -> None:
    """A package's own description has 3,072,000,000 tokens for 2,000 examples of 512 tokens in 3 epochs."""
    published = 3_072_000_000
    answer = ask(catalogue, other(Project(), examples=2000, tokens_per_example=512, epochs=3))
    assert answer.training_tokens == 2000 * 512 * 3
    assert answer.training_tokens * 1000 == published != answer.training_tokens


def test_validation_is_billed_where_the_provider_bills_it(catalogue) -> None:
    unknown = "Whether validation tokens are billed is not known"
    more = other(SMALL, validation_examples=500)
    assert ask(catalogue, more, MINI).training_cost == ask(catalogue, SMALL, MINI).training_cost
    assert unknown not in said(ask(catalogue, more, MINI))
    assert ask(catalogue, more).training_cost > ask(catalogue).training_cost
    assert unknown in said(ask(catalogue))
    assert unknown not in said(ask(catalogue, other(SMALL, validations=0)))


def test_training_by_the_hour_and_on_rented_gpus(catalogue) -> None:
    hourly = ask(catalogue, other(SMALL, training_hours=4, runs=1), "openai/o4-mini-reinforcement")
    assert hourly.training_cost == 400
    rented = ask(catalogue, other(SMALL, training_on="gpus", training_hours=9, training_gpus=8, gpu_rent=2, runs=5))
    assert rented.training_cost == 9 * 8 * 2 * 5
    assert "needs open weights" not in said(rented)
    closed = ask(catalogue, other(SMALL, training_on="gpus"), MINI)
    assert "needs open weights" in said(closed)
    elsewhere = ask(catalogue, other(SMALL, training_on="gpus", hosting="serverless"))
    assert "Ask whether it serves a model trained elsewhere" in said(elsewhere) and elsewhere.replicas == 0


def test_the_parts_add_up_to_the_first_year(catalogue) -> None:
    for example in find(COST).examples:
        answer = computed(catalogue, COST, example.given)
        rows = made(answer.breakdown).rows
        assert equal(sum(row[1] for row in rows), answer.first_year)
        assert equal(sum(row[2] for row in rows), Fraction(1))
        assert equal(answer.upfront + 12 * answer.per_month, answer.first_year)


@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(project=projects(), offer=st.sampled_from(OFFERS), more=st.integers(1, 900))
def test_more_of_anything_never_costs_less(catalogue, project: Project, offer: str, more: int) -> None:
    before = ask(catalogue, project, offer).first_year
    for name in ("requests", "answer", "user_text", "examples", "epochs", "runs", "labor_rate", "test_examples"):
        grown = other(project, **{name: getattr(project, name) + more})
        assert ask(catalogue, grown, offer).first_year >= before, name


@pytest.mark.parametrize(
    "given",
    [
        {"hosting": "serverless", "instructions": "2000", "offer": MINI},
        {"training_on": "gpus", "truncated": "20%", "requests": "20M"},
    ],
)
def test_the_operators_of_other_branches_show_in_the_working(catalogue, given: dict[str, str]) -> None:
    met, unseen = unnoticed(catalogue, COST, given)
    assert met and len(unseen) * 4 <= len(met), unseen
