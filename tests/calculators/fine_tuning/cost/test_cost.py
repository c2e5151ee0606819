"""What fine-tuning costs, against the slow computation by hand and against what providers publish as examples."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue, load
from calculators.discovery import find_calculator
from calculators.engine.answering.runs import exact_run_inputs, float_run_inputs, traced_run_inputs
from calculators.engine.declare import output_value
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.numbers import bare_value
from calculators.engine.numbers.units import USD, USD_PER_MONTH
from calculators.fine_tuning.cost.inputs import Inputs
from calculators.fine_tuning.cost.monthly_plan import tuning_plan
from macros.facts import facts_text
from tests.calculators.answers import computed
from tests.calculators.every.working.altered import unnoticed
from tests.calculators.fine_tuning.cost.by_hand import Project, bill
from tests.calculators.fine_tuning.cost.projects import (
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
    notes_of,
    projects,
    with_changes,
)
from tests.runs import as_traced

REINFORCED, FOUNDRY = "openai/o4-mini-reinforcement", "foundry/gpt-4.1-mini"


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(project=projects(), offer=st.sampled_from(OFFERS), gpu=st.sampled_from(GPUS))
def test_any_project_costs_what_it_costs_by_hand(catalogue: Catalogue, project: Project, offer: str, gpu: str) -> None:
    agrees(ask(catalogue, project, offer, gpu), bill(project, FACTS, offer, gpu, TODAY))


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize("hosting", ["dedicated", "serverless", "owned"])
def test_every_offer_costs_what_it_costs_by_hand(catalogue: Catalogue, offer: str, hosting: str) -> None:
    project = with_changes(SMALL, hosting=hosting, requests=4_000_000)
    answer, hand = ask(catalogue, project, offer), bill(project, FACTS, offer, H100, TODAY)
    agrees(answer, hand)
    assert equal(answer.hosting_per_month * 12, hand.hosting)
    assert equal(answer.inference_per_month * 12, hand.tokens)
    assert equal(answer.upkeep_per_month * 12, hand.upkeep)
    assert (answer.replicas == 0) is (hosting == "serverless" and not offer.startswith("fireworks")) or (
        offer.startswith(("openai", "foundry", "bedrock", "coreweave"))
    )


def test_the_readers_own_figures_replace_the_published_ones(catalogue: Catalogue) -> None:
    """An hourly fee beside prices by the token, as on Azure's bill: $1.70 for 730 hours is $1,241, for 720 $1,224."""
    overrides = {"offer.training": "2", "offer.hosting": "1.7", "offer.input": "0.55", "offer.output": "2.2"}
    project = with_changes(SMALL, hosting="serverless")
    answer = ask(catalogue, project, overrides=overrides)
    agrees(answer, bill(project, FACTS, QWEN, H100, TODAY, overrides))
    assert answer.hosting_per_month == 1241 and answer.inference_per_month > 0
    thirty_days = ask(catalogue, with_changes(project, month_hours=720), overrides=overrides)
    agrees(thirty_days, bill(with_changes(project, month_hours=720), FACTS, QWEN, H100, TODAY, overrides))
    assert thirty_days.hosting_per_month == 1224


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
    text, project = changed_facts(), with_changes(SMALL, hosting=hosting)
    answer = ask(load(text), project, day="2026-11-30")
    hand = bill(project, json.loads(text), QWEN, H100, "2026-11-30")
    agrees(answer, hand)
    assert len(set(hand.months)) >= 3 and hand.months[1] != hand.months[4]
    assert equal(answer.hosting_per_month + answer.inference_per_month + answer.upkeep_per_month, hand.months[0])


def read(project: Project, offer: str, catalogue: Catalogue, day: str = TODAY) -> Inputs:
    """The inputs of the exact run."""
    typed = project.typed(offer, H100, day)
    inputs: Inputs = exact_run_inputs(understand_inputs(find_calculator(COST).inputs, typed, catalogue.facts).need())
    return inputs


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize("day", [TODAY, "2027-01-02"])
@pytest.mark.parametrize("every", [0, 1, 2, 5, 12])
def test_the_plan_is_the_same_months(catalogue: Catalogue, offer: str, day: str, every: int) -> None:
    """Over 40 months too, and its first 12 months are the first year of the answer."""
    project = with_changes(SMALL, retrain_months=every, hosting="serverless")
    inputs = read(project, offer, catalogue, day)
    for length in (1, 12, 40):
        made_plan, hand = tuning_plan(inputs, length), bill(project, FACTS, offer, H100, day, months=length)
        assert equal(made_plan.start, hand.upfront)
        assert len(made_plan.fixed) == length
        for month, paid in enumerate(hand.months):
            assert equal(made_plan.month(month, inputs.requests), paid), month
        split = made_plan.parts
        assert equal(split.work, hand.work)
        assert all(map(equal, split.upkeep, hand.upkeep_by_month))
        assert all(map(equal, split.hosting, hand.hosting_by_month))
        assert equal(made_plan.total(inputs.requests), hand.total)
    assert equal(ask(catalogue, project, offer, day=day).first_year, tuning_plan(inputs).total(inputs.requests))


def test_the_plan_is_the_same_in_every_run(catalogue: Catalogue) -> None:
    """Traced with the units of a plan, and near enough with floats."""
    reading = understand_inputs(Inputs, SMALL.typed(MINI, H100, TODAY), catalogue.facts).need()
    exactly, tracing, near = (
        tuning_plan(run(reading), 14) for run in (exact_run_inputs, traced_run_inputs, float_run_inputs)
    )
    assert as_traced(tracing.start).unit == USD and bare_value(tracing.start) == exactly.start
    assert {as_traced(cost).unit for cost in tracing.fixed} == {USD_PER_MONTH}
    assert {as_traced(cost).unit for cost in tracing.per_request} == {USD}
    assert [bare_value(cost) for cost in tracing.fixed] == list(exactly.fixed) and len(set(exactly.fixed)) == 2
    assert [bare_value(cost) for cost in tracing.per_request] == list(exactly.per_request)
    assert near.fixed == pytest.approx([float(cost) for cost in exactly.fixed])


def test_a_plan_whose_volume_grows_rents_more_machines(catalogue: Catalogue) -> None:
    inputs = read(SMALL, QWEN, catalogue)
    volumes = [Decimal(50_000 * 10**month) for month in range(4)]
    grown = tuning_plan(inputs, 4, volumes)
    for month, volume in enumerate(volumes):
        hand = bill(with_changes(SMALL, requests=Fraction(volume)), FACTS, QWEN, H100, TODAY)
        assert equal(grown.fixed[month], hand.hosting / 12 + hand.upkeep / 12)
    assert grown.fixed[0] == grown.fixed[1] < grown.fixed[3]


def test_examples_are_cut_at_the_limit(catalogue: Catalogue) -> None:
    """Lengths 100, 300, 800 and 5,000 with a limit of 1,000: 2,200 tokens are trained in each of two epochs."""
    lengths, limit = [100, 300, 800, 5000], 1000
    fitting = [length for length in lengths if length <= limit]
    project = with_changes(
        SMALL,
        examples=len(lengths),
        tokens_per_example=Fraction(sum(fitting), len(fitting)),
        max_tokens=limit,
        truncated=Fraction(1, 4),
        epochs=2,
    )
    answer = ask(catalogue, project)
    assert answer.training_tokens == 2 * sum(min(length, limit) for length in lengths)
    assert "25% of the examples are cut at 1,000 tokens" in notes_of(answer)
    assert "cut at" not in notes_of(ask(catalogue))
    too_long = ask(catalogue, with_changes(SMALL, tokens_per_example=5000, max_tokens=1000, epochs=1))
    assert too_long.training_tokens == 500 * 1000
    assert "every example is counted as cut" in notes_of(too_long)


@pytest.mark.parametrize(
    ("bills", "price", "cost"),
    [("1", "0.46", "7.36"), ("0", "0.46", "6.9")],
)
def test_the_published_example_of_a_bill_with_validation(
    catalogue: Catalogue, bills: str, price: str, cost: str
) -> None:
    """Ori: 5 million tokens, 3 epochs and a million of validation cost $7.36 at $0.46; unbilled they cost less."""
    project = with_changes(
        Project(), examples=5, tokens_per_example=10**6, epochs=3, validation_examples=1, validations=1
    )
    answer = ask(catalogue, project, overrides={"offer.training": price, "offer.bills_validation": bills})
    assert answer.training_cost == Decimal(cost)
    assert answer.training_tokens == 15 * 10**6 and answer.validation_tokens == 10**6


def test_the_published_example_of_a_large_job(catalogue: Catalogue) -> None:
    """Together: context 8,192 × batch 8 × 1,000 steps are about 65.5 million tokens, ten validations 10 million."""
    project = with_changes(
        Project(),
        examples=8 * 1000,
        tokens_per_example=8192,
        max_tokens=8192,
        validations=10,
        validation_examples=Fraction(10**6, 8192),
    )
    answer = ask(catalogue, project, overrides={"offer.training": "1", "offer.bills_validation": "1"})
    assert round(answer.training_tokens, -5) == 65_500_000
    assert equal(answer.training_cost, Fraction(8 * 1000 * 8192 + 10**7, 10**6))


def test_a_published_estimate_was_a_thousand_times_too_high(catalogue: Catalogue) -> None:
    """A package's own description has 3,072,000,000 tokens for 2,000 examples of 512 tokens in 3 epochs."""
    published = 3_072_000_000
    answer = ask(catalogue, with_changes(Project(), examples=2000, tokens_per_example=512, epochs=3))
    assert answer.training_tokens == 2000 * 512 * 3
    assert answer.training_tokens * 1000 == published != answer.training_tokens


@pytest.mark.parametrize(
    ("offer", "training_on", "paid"),
    [(REINFORCED, "provider", 0), (FOUNDRY, "provider", 0), (QWEN, "provider", 1), (REINFORCED, "gpus", 1)],
)
def test_a_run_that_fails_is_an_expense_of_its_own(
    catalogue: Catalogue, offer: str, training_on: str, paid: int
) -> None:
    """Half of each run of two hours is done when it fails; OpenAI billed no lost hour, and Microsoft no failed job."""
    project = with_changes(
        Project(), training_hours=2, training_on=training_on, gpu_rent=3, examples=1000, tokens_per_example=1000, runs=1
    )
    without, with_failed = (ask(catalogue, with_changes(project, failed_runs=runs), offer) for runs in (0, 4))
    assert without.failed_cost == 0 and with_failed.training_cost == without.training_cost
    assert equal(with_failed.failed_cost, 4 * Fraction(1, 2) * paid * Fraction(without.cost_per_run))
    assert equal(with_failed.upfront, Fraction(without.upfront) + Fraction(with_failed.failed_cost))
    rows = {row[0] for row in output_value(with_failed.breakdown).rows}
    assert ("Training runs that fail" in rows) is bool(paid and without.cost_per_run)
    assert ("bills no run that fails" in notes_of(with_failed)) is (not paid)
    assert "bills no run that fails" not in notes_of(without)


def test_validation_is_billed_where_the_provider_bills_it(catalogue: Catalogue) -> None:
    unknown = "Whether validation tokens are billed is not known"
    more = with_changes(SMALL, validation_examples=500)
    assert ask(catalogue, more, MINI).training_cost == ask(catalogue, SMALL, MINI).training_cost
    assert unknown not in notes_of(ask(catalogue, more, MINI))
    assert ask(catalogue, more).training_cost > ask(catalogue).training_cost
    assert unknown in notes_of(ask(catalogue))
    assert unknown not in notes_of(ask(catalogue, with_changes(SMALL, validations=0)))


def test_training_by_the_hour_and_on_rented_gpus(catalogue: Catalogue) -> None:
    hourly = ask(catalogue, with_changes(SMALL, training_hours=4, runs=1), "openai/o4-mini-reinforcement")
    assert hourly.training_cost == 400
    rented = ask(
        catalogue, with_changes(SMALL, training_on="gpus", training_hours=9, training_gpus=8, gpu_rent=2, runs=5)
    )
    assert rented.training_cost == 9 * 8 * 2 * 5
    assert "needs open weights" not in notes_of(rented)
    closed = ask(catalogue, with_changes(SMALL, training_on="gpus"), MINI)
    assert "needs open weights" in notes_of(closed)
    elsewhere = ask(catalogue, with_changes(SMALL, training_on="gpus", hosting="serverless"))
    assert "Ask whether it serves a model trained elsewhere" in notes_of(elsewhere) and elsewhere.replicas == 0


def test_the_parts_add_up_to_the_first_year(catalogue: Catalogue) -> None:
    for example in find_calculator(COST).examples:
        answer = computed(catalogue, COST, example.given)
        rows = output_value(answer.breakdown).rows
        assert equal(sum(row[1] for row in rows), answer.first_year)
        assert equal(sum(row[2] for row in rows), Fraction(1))
        assert equal(answer.upfront + 12 * answer.per_month, answer.first_year)


@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(project=projects(), offer=st.sampled_from(OFFERS), more=st.integers(1, 900))
def test_more_of_anything_never_costs_less(catalogue: Catalogue, project: Project, offer: str, more: int) -> None:
    before = ask(catalogue, project, offer).first_year
    for name in ("requests", "answer", "user_text", "examples", "epochs", "runs", "labor_rate", "test_examples"):
        grown = with_changes(project, **{name: getattr(project, name) + more})
        assert ask(catalogue, grown, offer).first_year >= before, name


@pytest.mark.parametrize(
    "given",
    [
        {"hosting": "serverless", "instructions": "2000", "offer": MINI},
        {"training_on": "gpus", "truncated": "20%", "requests": "20M"},
    ],
)
def test_the_operators_of_other_branches_show_in_the_working(catalogue: Catalogue, given: dict[str, str]) -> None:
    met, unseen = unnoticed(catalogue, COST, given)
    assert met and len(unseen) * 4 <= len(met), unseen
