"""Plans compared at their edges: ties, volumes that grow or shrink, months asked about, and what the working says."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from calculators.choosing.break_even import Inputs, contenders, remarks
from calculators.engine.inputs import understand
from calculators.engine.runs import exact
from calculators.views.answer import made
from tests.calculators.by_hand_break_even import flat, totals
from tests.calculators.every import computed, told
from tests.calculators.test_choosing_break_even import NAME, ask, cumulative, own, rows


def conditions(catalogue: Any, typed: dict[str, str], output: str) -> list[tuple[str, bool]]:
    """What decided an output, in numbers, and whether it holds."""
    (working,) = told(catalogue, NAME, typed, "working")["working"][output]
    return [(it["numbers"], it["holds"]) for it in working["steps"][-1]["conditions"]]


def test_the_saving_is_what_the_other_plan_costs_less(catalogue) -> None:
    """$100 a month against $600 and $50 a month: after 24 months $2,400 against $1,800; after 6, $600 against $900."""
    for months, saving in ((24, 600), (12, 0), (6, -300)):
        typed = own({"fixed": 100}, {"start": 600, "fixed": 50}, horizon=months)
        assert Fraction(ask(catalogue, typed)["saving"]) == saving
        assert [Fraction(row["saving"]) for row in rows(catalogue, typed)] == [0, saving]


def test_the_cheapest_is_the_one_that_costs_least_in_the_end(catalogue) -> None:
    """After one month and after eleven the first costs less: $10 against $101, and $110 against $111."""
    typed = own({"fixed": 10, "name": "Slow"}, {"start": 100, "fixed": 1, "name": "Fast"}, {"fixed": 99, "name": "Bad"})
    (cheapest,) = [told(catalogue, NAME, typed)["outputs"]["cheapest"]]
    assert cheapest["value"] == "Fast"
    assert cheapest["reasons"] == ["Against Slow, Fast is cheaper from month 12."]
    assert ask(catalogue, typed | {"horizon": "11"})["cheapest"] == "Slow"


def test_one_plan_alone_has_its_own_sums(catalogue) -> None:
    answer = ask(catalogue, own({"fixed": 7, "per_request": "0.5", "accepted": 3, "tested": 4}, requests=10))
    assert Fraction(answer["first_total"]) == 12 * (7 + 5)
    assert Fraction(answer["first_accepted"]["likely"]) == Fraction(12, 10) / Fraction(3, 4)
    assert ask(catalogue, own())["first_total"] is None


# ---- Outcomes ----

NEVER = {
    "the same cost a request, though the volume grows": own(
        {"per_request": 1}, {"start": 100, "per_request": 1}, requests=10, growth="10%"
    ),
    "the same fixed costs, though the volume shrinks": own(
        {"fixed": 10}, {"start": 100, "fixed": 10}, requests=10, growth="-10%"
    ),
    "cheaper a request, but dearer a month at a steady volume": own(
        {"per_request": "0.01"}, {"start": 5, "fixed": 50, "per_request": "0.001"}, requests=1000
    ),
    "cheaper a month apart from requests, but dearer at a steady volume": own(
        {"fixed": 10}, {"start": 5, "per_request": "0.02"}, requests=1000
    ),
    # 3,000 requests halved eleven times are 1.5: $11.50 against $12 in the last month; $12.90 in the month before it.
    "no dearer until the very last month": own(
        {"fixed": 10, "per_request": 1}, {"start": 10_000, "fixed": 12}, requests=3000, growth="-50%"
    ),
}


@pytest.mark.parametrize("case", NEVER)
def test_what_only_gets_dearer_is_never_cheaper(catalogue, case: str) -> None:
    assert ask(catalogue, NEVER[case])["outcome"] == "never"


def test_half_a_dollar_at_the_start_is_dearer_at_the_start(catalogue) -> None:
    answer = ask(catalogue, own({"fixed": 100}, {"start": "0.5", "fixed": 50}))
    assert (answer["outcome"], answer["break_even_month"]) == ("from_month", "1")


def test_cheaper_before_the_first_month_and_again_for_good_is_no_single_crossing(catalogue) -> None:
    """$5 less at the start, $20 a month against 10, 15, 22.5 and so on: $5 and $10 more, then less for good."""
    typed = own({"start": 100, "per_request": 1}, {"start": 95, "fixed": 20}, requests=10, growth="50%")
    assert ask(catalogue, typed)["outcome"] == "crosses_back"
    assert rows(catalogue, typed)[1]["outcome"] == "cheaper by the end of months 4 to 12 only"


def test_cheaper_at_the_start_only_is_said_so(catalogue) -> None:
    typed = own({"start": 10, "fixed": 10}, {"fixed": 60})
    assert rows(catalogue, typed)[1]["outcome"] == "cheaper at the start only"


# ---- What decided, as the working says ----


def test_a_break_even_month_names_the_costs_before_and_after_it(catalogue) -> None:
    typed = own({"fixed": 100}, {"start": 600, "fixed": 50})
    assert conditions(catalogue, typed, "break_even_month") == [
        ("cheapest is cheapest", True), ("12 ≤ 12", True), ("1200 ≤ 1200", True), ("1150 > 1100", True)
    ]  # fmt: skip
    start = own({"fixed": 100}, {"start": 50, "fixed": 50})
    assert conditions(catalogue, start, "break_even_month")[1:] == [
        ("1 ≤ 12", True), ("100 ≤ 100", True), ("50 > 0", True)
    ]  # fmt: skip
    late = own({"fixed": 100}, {"start": 601, "fixed": 50})
    assert conditions(catalogue, late, "break_even_month")[1:] == [("1201 ≤ 1200", False)]


def test_months_with_growth_and_discount_are_worked_out_by_month(catalogue) -> None:
    """The costs before and after the break-even month, each against the sum month by month."""
    typed = own({"per_request": 10}, {"start": 300, "per_request": 6}, requests=1, growth="100%", discount="8%")
    first, other = flat(0, 0, 10), flat(300, 0, 6)
    sums = [totals(it, Fraction(1), Fraction(1), Fraction(8, 100)) for it in (first, other)]
    month = next(month for month in range(1, 13) if sums[1][month] <= sums[0][month])
    assert ask(catalogue, typed)["break_even_month"] == str(month)
    found = conditions(catalogue, typed, "break_even_month")
    for (numbers, holds), at, symbol in ((found[2], month, "≤"), (found[3], month - 1, ">")):
        left, right = numbers.split(f" {symbol} ")
        assert holds
        assert abs(Fraction(left) - sums[1][at]) < Fraction(1, 10**15)
        assert abs(Fraction(right) - sums[0][at]) < Fraction(1, 10**15)


def test_a_volume_is_where_one_costs_more_and_each_request_less(catalogue) -> None:
    for other, volume, decided in (
        ({"start": "0.5", "per_request": 1}, Fraction(1, 24), "0.5 > 0 and 12 > 0 or 0.5 < 0 and 12 < 0"),
        ({"fixed": "1.5", "per_request": 1}, Fraction(1, 2), "6 > 0 and 12 > 0 or 6 < 0 and 12 < 0"),
        ({"fixed": "0.5", "per_request": 3}, Fraction(1, 2), "-6 > 0 and -12 > 0 or -6 < 0 and -12 < 0"),
        ({"fixed": 1, "per_request": 1}, None, "0 > 0 and 12 > 0 or 0 < 0 and 12 < 0"),
        ({"fixed": 1, "per_request": 3}, None, "0 > 0 and -12 > 0 or 0 < 0 and -12 < 0"),
        ({"fixed": 2, "per_request": 2}, None, "12 > 0 and 0 > 0 or 12 < 0 and 0 < 0"),
        ({"fixed": 0, "per_request": 2}, None, "-12 > 0 and 0 > 0 or -12 < 0 and 0 < 0"),
    ):
        its = {"fixed": 1, **other}
        typed = own({"fixed": 1, "per_request": 2}, its, requests=100)
        found = ask(catalogue, typed)["break_even_volume"]
        assert (None if found is None else Fraction(found).limit_denominator(10**9)) == volume, other
        assert conditions(catalogue, typed, "break_even_volume")[1][0] == decided


PLANS = ({"fixed": 10}, {"fixed": 8}, {"fixed": 4}, {"fixed": 6})


@pytest.mark.parametrize(
    ("against", "plans", "said"),
    [
        ("cheapest", PLANS, "48 ≤ 96 and 48 ≤ 72 or cheapest is cheapest"),
        ("3", PLANS, "3 is 3 or 48 ≤ 96 and 48 ≤ 72"),
        ("2", PLANS, "2 is 2 or 96 ≤ 48 and 96 ≤ 72"),
        ("4", PLANS[:2], "4 is cheapest"),
    ],
)
def test_why_a_plan_is_the_one_compared(catalogue, against: str, plans: tuple[dict[str, object], ...], said) -> None:
    assert conditions(catalogue, own(*plans, against=against), "saving")[0][0] == said


def test_every_cost_of_the_comparison_is_worked_out(catalogue) -> None:
    typed = own({"fixed": 10}, {"source": "own"}, {"start": 3})
    explained = told(catalogue, NAME, typed, "working comparison")["working"]["comparison"]
    titles = [it["title"] for it in explained]
    for column in ("Start", "Fixed, first month", "A request", "In all", "Saved against the first"):
        assert titles.count(f"Costs of your own: {column}") == 3, column
    assert [row["start"] for row in rows(catalogue, typed)] == ["0", "0", "3"]
    assert [row["fixed"] for row in rows(catalogue, typed)] == ["10", "0", "0"]


# ---- Good answers ----


def test_no_more_answers_are_good_than_were_tested(catalogue) -> None:
    plan = {"per_request": 1, "tested": 50}
    typed = own(plan | {"accepted": 70}, plan, requests=10, bad_answer=3)
    answer = ask(catalogue, typed)
    assert Fraction(answer["first_accepted"]["likely"]) == 1
    assert Fraction(answer["first_total"]) == 120
    assert answer["other_accepted"]["likely"] is None, "none of 50 is good"
    assert Fraction(answer["other_total"]) == 120 * 4


def test_a_good_answer_is_counted_over_all_that_were_asked(catalogue) -> None:
    """With growth the months have unlike numbers of requests; without requests there is no cost of one."""
    plan = {"fixed": 100, "per_request": "0.1", "accepted": 4, "tested": 5}
    for requests, growth, months in ((40, "50%", 7), (40, "-20%", 12), (40, "100%", 3), (1, "0", 1), (30, "0", 5)):
        rate = Fraction(growth.rstrip("%")) / 100
        asked = sum(requests * (1 + rate) ** month for month in range(months))
        paid = totals(flat(0, 100, Fraction(1, 10), months), Fraction(requests), rate)[-1]
        typed = own(plan, requests=requests, growth=growth, horizon=months)
        likely = Fraction(ask(catalogue, typed)["first_accepted"]["likely"])
        assert abs(likely - paid / asked / Fraction(4, 5)) < Fraction(1, 10**18)
    assert ask(catalogue, own(plan, requests=0))["first_accepted"]["likely"] is None


# ---- What a plan is filled with ----


@pytest.mark.parametrize("growth", ["0", "0.5", "1"])
def test_servers_are_rented_for_the_volume_of_each_month(catalogue, growth: str) -> None:
    tuned = {"hosting": "dedicated", "retrain_months": "0"}
    typed = own({"fixed": 1}, {"source": "tuned"}, requests=3_000_000, growth=growth, horizon=5,
                **{f"tuned__{name}": value for name, value in tuned.items()})  # fmt: skip
    _, found = cumulative(catalogue, typed)
    for month, (before, after) in enumerate(pairwise(found)):
        volume = 3_000_000 * (1 + Fraction(growth)) ** month
        its = told(catalogue, "fine_tuning/cost", tuned | {"requests": str(float(volume))})["outputs"]
        each = sum(Fraction(its[part]["value"]) for part in ("hosting_per_month", "upkeep_per_month"))
        assert abs(after - before - each) < Fraction(1, 10**15), month


def test_a_model_that_ends_on_the_day_itself_is_no_move_to_come(catalogue) -> None:
    """The move is paid in the month of the end, never for an end that lies behind."""
    ending = "openai/gpt-5.4-nano"
    typed = own({"source": "prompting"}, {"fixed": 1}, prompting__model=ending, migration_hours=7, labor_rate=30)
    for day, moves in (("2027-04-01", []), ("2027-03-31", [1]), ("2027-03-01", [1]), ("2027-02-27", [2])):
        nano, _ = cumulative(catalogue, typed | {"as_of": day})
        steps = [after - before for before, after in pairwise(nano)]
        assert [month for month, step in enumerate(steps) if step > min(steps)] == moves, day
    explained = told(catalogue, NAME, typed, "working")["working"]["first_total"]
    step = next(it for it in explained[0]["steps"] if it["name"] == "Work to move to another model")
    assert (step["value"], step["unit"]) == ("210", "USD/month")


# ---- Notes ----


def notes(catalogue: Any, typed: dict[str, str]) -> str:
    return " ".join(told(catalogue, NAME, typed)["notes"])


def test_an_end_or_a_change_is_told_of_only_within_the_months_compared(catalogue) -> None:
    """GPT-5.4 nano ends five months after November 2026; the prices of Gemini 4 Argon change after one."""
    typed = own({"source": "prompting"}, {"fixed": 1}, prompting__model="openai/gpt-5.4-nano")
    for months, said in ((5, False), (6, True)):
        assert ("shuts down on 2027-04-01" in notes(catalogue, typed | {"horizon": str(months)})) is said
    assert "within these months. The work to move to another model is counted then." in notes(catalogue, typed)
    assert "shuts down" not in notes(catalogue, typed | {"as_of": "2027-04-01"})
    typed = own({"source": "prompting"}, {"fixed": 1}, prompting__model="google/gemini-4-argon")
    for months, said in ((1, False), (2, True)):
        assert ("announced to change" in notes(catalogue, typed | {"horizon": str(months)})) is said
    assert "announced to change" not in notes(catalogue, typed | {"as_of": "2026-12-01"})
    assert "announced to change" not in notes(catalogue, own({"fixed": 2}, {"fixed": 1}))


def test_notes_on_plans_and_their_tests(catalogue) -> None:
    tested = {"fixed": 1, "accepted": 3, "tested": 4}
    alone, some, untested = "Fill in a second plan", "Only some plans have tested", "Costs alone are compared"
    for plans, expected in (
        ((tested,), {alone}), (({"fixed": 1},), {alone}), (({"fixed": 1}, {"fixed": 2}), {untested}),
        ((tested, {"fixed": 2}), {some}), ((tested, {"fixed": 2}, tested), {some}), ((tested, tested), set()),
    ):  # fmt: skip
        said = notes(catalogue, own(*plans))
        assert {words for words in (alone, some, untested) if words in said} == expected


def test_servers_are_told_of_where_the_plan_compared_has_them(catalogue) -> None:
    words = "counts with as many servers as this volume needs"
    for source, hosting, said in (
        ("tuned", "dedicated", True), ("both", "dedicated", True), ("tuned", "serverless", False),
        ("prompting", "dedicated", False),
    ):  # fmt: skip
        typed = own({"fixed": 1}, {"source": source}, tuned__hosting=hosting)
        assert (words in notes(catalogue, typed)) is said, (source, hosting)
    assert words not in notes(catalogue, own({"fixed": 1}, tuned__hosting="dedicated"))


def test_a_plan_asked_for_that_is_not_there_is_told_of(catalogue) -> None:
    for against, said in (("cheapest", False), ("2", False), ("3", True)):
        assert ("There is no such plan" in notes(catalogue, own({"fixed": 2}, {"fixed": 1}, against=against))) is said


# ---- What is not there ----


def test_the_first_plan_is_not_compared_with_itself(catalogue) -> None:
    first, _ = rows(catalogue, own({"fixed": 2}, {"fixed": 3}))
    assert (first["outcome"], first["month"], first["volume"]) == ("the first plan", None, None)


def test_the_first_plan_is_marked_as_the_one_compared_with(catalogue) -> None:
    assert made(computed(catalogue, NAME, own({"fixed": 2}, {"fixed": 3})).comparison).own == 0
    assert made(computed(catalogue, NAME, own()).comparison).own is None


def test_a_price_that_changes_in_the_month_of_the_question_is_no_change_to_come(catalogue) -> None:
    """The first month counts with the prices of the day of the question."""
    inputs = exact(understand(Inputs, own({"source": "prompting"}, {"fixed": 1}), catalogue.facts).need())
    for month, said in ((0, 0), (1, 1)):
        model = replace(inputs.prompting.model, schedule=((month, inputs.prompting.model),))
        changed = replace(inputs, prompting=replace(inputs.prompting, model=model))
        found = remarks(changed, contenders(changed), None)
        assert sum(it.holds for it in found if "announced to change" in it.words) == said
