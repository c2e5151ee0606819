"""What a prompt costs over turns, months and volume, against the slow computation that prices each turn by itself."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from tests.calculators.answers import computed
from tests.calculators.prompting.by_hand import Prices, Work, month, request, year
from tests.calculators.prompting.cost import (
    ARGON,
    CHANGING,
    COST,
    TIERED,
    TODAY,
    WITH_TIER,
    ask,
    equal,
    facts,
    models,
    notes,
    notes_of,
    rows,
    whole,
    with_changes,
    worked,
)

SHORT = with_changes(Work(), instructions=5000, user_text=150, answer=300)
EVERY_SIZE = st.one_of(st.integers(0, 3000), st.integers(0, 200_000), st.just(0)).map(Fraction)


@st.composite
def works(draw: st.DrawFn) -> Work:
    """Any work of everyday size."""
    shares = st.integers(0, 100).map(lambda percent: Fraction(percent, 100))
    sizes = {part: draw(EVERY_SIZE) for part in ("instructions", "context", "user_text", "answer", "reasoning")}
    return Work(
        **sizes,
        requests=Fraction(draw(st.integers(0, 10**6))),
        repeated=draw(shares),
        turns=draw(st.integers(1, 60)),
        examples=Fraction(draw(st.integers(0, 10))),
        example_tokens=Fraction(draw(st.integers(0, 800))),
        caching=draw(st.booleans()),
        found_cached=draw(shares),
        batch=draw(st.booleans()),
    )


@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(work=works(), id=st.one_of(st.sampled_from(WITH_TIER), st.sampled_from(list(models()))))
def test_any_conversation_costs_the_sum_of_its_turns(catalogue: Catalogue, work: Work, id: str) -> None:
    answer = worked(catalogue, work, id)
    prices = Prices(facts(), id, TODAY)
    assert equal(answer["per_request"], request(work, prices))
    assert equal(answer["per_month"], month(work, prices))
    assert equal(answer["per_year"], year(work, facts(), id, TODAY))


CHAT = with_changes(Work(), turns=40, context=80_000, user_text=500, answer=700, requests=40_000)


@pytest.mark.parametrize("id", [*WITH_TIER, "openai/gpt-4.1"])
def test_a_conversation_that_grows_over_the_tier(catalogue: Catalogue, id: str) -> None:
    """Turns up to the limit at one price, the turns beyond it at the other, wherever the limit falls."""
    for instructions in (0, 19_500, 120_000, 191_000, 400_000):
        work = with_changes(CHAT, instructions=instructions)
        exact = request(work, Prices(facts(), id, TODAY))
        assert equal(worked(catalogue, work, id)["per_request"], exact), instructions


def test_a_turn_as_long_as_the_limit_is_still_below_it(catalogue: Catalogue) -> None:
    """Turns that add 1,000 tokens each reach the limit exactly; with one token more, one turn fewer stays below."""
    for more, above in ((0, 49), (1, 50)):
        work = with_changes(Work(), turns=100, instructions=600, context=49_000 + more, user_text=400, answer=600)
        answer = worked(catalogue, work, TIERED)
        assert equal(answer["per_request"], request(work, Prices(facts(), TIERED, TODAY)))
        told_so = f"{above}% of the requests are longer than 100,000 tokens"
        assert told_so in notes_of(computed(catalogue, COST, work.typed(TIERED, TODAY)))


def test_without_turns_nothing_is_sent_again(catalogue: Catalogue) -> None:
    single, many = ask(catalogue, turns=1), ask(catalogue, turns=3)
    assert many["prompt_tokens"] - single["prompt_tokens"] == 450
    assert single["prompt_tokens"] == 800 + 3 * 250 + 150


def test_a_scheduled_change_counts_from_its_month_on(catalogue: Catalogue) -> None:
    """The introductory price ends on 2026-11-30: one month at the old price, eleven at twice as much."""
    old, new = (ask(catalogue, model=ARGON, as_of=day) for day in ("2026-11-30", "2026-12-01"))
    assert new["per_month"] == 2 * old["per_month"]
    assert old["per_year"] == old["per_month"] + 11 * new["per_month"]
    assert new["per_year"] == 12 * new["per_month"]
    before = notes(catalogue, model=ARGON, as_of="2026-11-30")
    assert "announced to change on 2026-12-01" in before
    assert "this one included: 1 with the prices of 2026-11-30, 11 with the prices of 2026-12-01." in before
    assert "announced" not in notes(catalogue, model=ARGON, as_of="2026-12-01")


@pytest.mark.parametrize("id", CHANGING)
def test_the_year_is_the_sum_of_its_months(catalogue: Catalogue, id: str) -> None:
    work = with_changes(SHORT, repeated=Fraction(1, 50))
    first = facts()["collections"]["prices"][id]["facts"]["input"]["values"][0][0]
    days = ("2026-11-04", TODAY, "2026-11-30", "2026-12-01", "2026-12-31", "2027-01-01", "2028-02-29")
    for day in (day for day in days if day >= first):
        answer = worked(catalogue, work, id, day)
        assert equal(answer["per_month"], month(work, Prices(facts(), id, day))), day
        assert equal(answer["per_year"], year(work, facts(), id, day)), day


@pytest.mark.parametrize("day", ["2026-10-14", "2026-10-19", "2026-10-20", "2026-10-28", "2026-10-29"])
def test_a_change_later_in_the_first_month_leaves_that_month_alone(catalogue: Catalogue, day: str) -> None:
    """Month 0 keeps the prices of the day itself, also where they change before the month is over."""
    id = "mistral/mistral-large-4"
    answer = worked(catalogue, SHORT, id, day)
    assert equal(answer["per_month"], month(SHORT, Prices(facts(), id, day)))
    assert equal(answer["per_year"], year(SHORT, facts(), id, day))


def test_the_readers_own_prices_hold_in_every_month(catalogue: Catalogue) -> None:
    work = SHORT
    for overrides in ({"input": "3"}, {"input": "3", "output": "7", "cached_read": "0.5"}):
        answer = worked(catalogue, work, ARGON, TODAY, overrides)
        assert equal(answer["per_month"], month(work, Prices(facts(), ARGON, TODAY, overrides)))
        assert equal(answer["per_year"], year(work, facts(), ARGON, TODAY, overrides))
    assert answer["per_year"] == 12 * answer["per_month"]


@settings(max_examples=20, deadline=None, derandomize=True, database=None)
@given(work=works(), id=st.sampled_from(list(models())))
def test_twice_the_requests_cost_twice_as_much(catalogue: Catalogue, work: Work, id: str) -> None:
    once, twice = worked(catalogue, work, id), worked(catalogue, with_changes(work, requests=2 * work.requests), id)
    for output in ("per_month", "per_year", "overhead", "caching_saves"):
        assert equal(twice[output], 2 * Fraction(once[output])), output
    assert twice["per_request"] == once["per_request"]
    assert min(twice["per_year"], twice["per_month"], twice["overhead"], twice["prompt_tokens"]) >= 0


def test_no_requests_cost_nothing(catalogue: Catalogue) -> None:
    answer = ask(catalogue, requests=0)
    assert answer["per_month"] == answer["per_year"] == answer["overhead"] == answer["caching_saves"] == 0
    assert answer["per_request"] > 0
    for found_cached in ("0%", "100%"):
        written = whole(catalogue, requests=0, found_cached=found_cached)["outputs"]
        assert {written[name]["value"] for name in ("per_month", "per_year", "caching_saves")} == {"0"}


def test_the_overhead_is_what_an_empty_prefix_would_not_cost(catalogue: Catalogue) -> None:
    for caching in ("yes", "no"):
        whole, bare = ask(catalogue, caching=caching), ask(catalogue, caching=caching, instructions=0, examples=0)
        assert whole["overhead"] == whole["per_month"] - bare["per_month"] > 0


def test_reading_and_writing_make_the_request(catalogue: Catalogue) -> None:
    answer, quiet = ask(catalogue, reasoning=500), ask(catalogue)
    assert answer["per_request"] == answer["input_per_request"] + answer["output_per_request"]
    assert answer["output_per_request"] - quiet["output_per_request"] == Decimal(500 * 10) / 10**6
    assert answer["input_per_request"] == quiet["input_per_request"]


def test_every_part_with_tokens_is_in_the_breakdown(catalogue: Catalogue) -> None:
    parts = rows(whole(catalogue, turns=3, context="4k", reasoning=100), "breakdown")
    assert [Decimal(row["tokens"]) for row in parts.values()] == [800, 750, 450, 4000, 150, 300, 100]
    assert list(rows(whole(catalogue), "breakdown")) == ["Fixed instructions", "Examples", "The user's text", "Answer"]


def test_what_is_kept_by_the_hour_is_a_part_of_the_breakdown(catalogue: Catalogue) -> None:
    stored = whole(catalogue, model="google/gemini-3.8-flash", instructions="5000", lifetime="stored")
    parts = rows(stored, "breakdown")
    assert Decimal(parts["Keeping the instructions, by the hour"]["cost"]) == Decimal(5750) / 10**6 / 2 * 730
    per_month = Decimal(stored["outputs"]["per_month"]["value"])
    assert abs(sum(Decimal(row["cost"]) for row in parts.values()) - per_month) < Decimal(10) ** -15
