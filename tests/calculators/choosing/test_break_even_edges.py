"""Plans compared at their edges: ties, volumes that grow or shrink, months asked about, and what the working says."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from calculators.catalogue import Catalogue
from calculators.choosing.break_even.compared_plans import compared_plans
from calculators.choosing.break_even.inputs import Inputs
from calculators.choosing.break_even.notes import break_even_remarks
from calculators.choosing.break_even.plan_sources import plan_source_prompted_hosting
from calculators.engine.answering.runs import exact_run_inputs
from calculators.engine.declare import output_value
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.questions.question import Working
from tests.calculators.answers import answer_json, computed
from tests.calculators.choosing.break_even_by_hand import flat, totals
from tests.calculators.choosing.test_break_even import NAME, ask, cumulative, rows, typed_plans
from tests.calculators.settings import settings_of


def conditions(catalogue: Catalogue, typed: dict[str, str], output: str) -> list[tuple[str, bool]]:
    """What decided an output, in numbers, and whether it holds."""
    (working,) = answer_json(catalogue, NAME, typed, Working())["working"][output]
    return [(condition["numbers"], condition["holds"]) for condition in working["steps"][-1]["conditions"]]


def test_the_saving_is_what_the_other_plan_costs_less(catalogue: Catalogue) -> None:
    """$100 a month against $600 and $50 a month: after 24 months $2,400 against $1,800; after 6, $600 against $900."""
    for months, saving in ((24, 600), (12, 0), (6, -300)):
        typed = typed_plans({"fixed": 100}, {"start": 600, "fixed": 50}, horizon=months)
        assert Fraction(ask(catalogue, typed)["saving"]) == saving
        assert [Fraction(row["saving"]) for row in rows(catalogue, typed)] == [0, saving]


def test_the_cheapest_is_the_one_that_costs_least_in_the_end(catalogue: Catalogue) -> None:
    """After one month and after eleven the first costs less: $10 against $101, and $110 against $111."""
    typed = typed_plans(
        {"fixed": 10, "name": "Slow"}, {"start": 100, "fixed": 1, "name": "Fast"}, {"fixed": 99, "name": "Bad"}
    )
    (cheapest,) = [answer_json(catalogue, NAME, typed)["outputs"]["cheapest"]]
    assert cheapest["value"] == "Fast"
    assert cheapest["reasons"] == ["Against Slow, Fast is cheaper from month 12."]
    assert ask(catalogue, typed | {"horizon": "11"})["cheapest"] == "Slow"


def test_one_plan_alone_has_its_own_sums(catalogue: Catalogue) -> None:
    answer = ask(catalogue, typed_plans({"fixed": 7, "per_request": "0.5", "accepted": 3, "tested": 4}, requests=10))
    assert Fraction(answer["first_total"]) == 12 * (7 + 5)
    assert Fraction(answer["first_accepted"]["likely"]) == Fraction(12, 10) / Fraction(3, 4)
    assert ask(catalogue, typed_plans())["first_total"] is None


# ---- Outcomes ----

NEVER = {
    "the same cost a request, though the volume grows": typed_plans(
        {"per_request": 1}, {"start": 100, "per_request": 1}, requests=10, growth="10%"
    ),
    "the same fixed costs, though the volume shrinks": typed_plans(
        {"fixed": 10}, {"start": 100, "fixed": 10}, requests=10, growth="-10%"
    ),
    "cheaper a request, but dearer a month at a steady volume": typed_plans(
        {"per_request": "0.01"}, {"start": 5, "fixed": 50, "per_request": "0.001"}, requests=1000
    ),
    "cheaper a month apart from requests, but dearer at a steady volume": typed_plans(
        {"fixed": 10}, {"start": 5, "per_request": "0.02"}, requests=1000
    ),
    # 3,000 requests halved eleven times are 1.5: $11.50 against $12 in the last month; $12.90 in the month before it.
    "no dearer until the very last month": typed_plans(
        {"fixed": 10, "per_request": 1}, {"start": 10_000, "fixed": 12}, requests=3000, growth="-50%"
    ),
}


@pytest.mark.parametrize("case", NEVER)
def test_what_only_gets_dearer_is_never_cheaper_at_this_volume(catalogue: Catalogue, case: str) -> None:
    """And at no other, where both cost the same at none: never beside a volume is a contradiction."""
    answer = ask(catalogue, NEVER[case])
    assert answer["outcome"] == ("never" if answer["break_even_volume"] is None else "other_volume")


def test_machines_that_cost_what_they_save_never_pay(catalogue: Catalogue) -> None:
    """Each further GPU costs as much as its requests save, so volumes run away by steps of one length: no number of
    requests is named, and asked at one volume after the other, the tuned plan costs more and more beyond the prompt.
    """
    given = {"prompting.instructions": "1200", "prompting.examples": "0", "prompting.caching": "no"}
    given |= {"plans.2.source": "tuned", "plans.3.source": "", "plans.4.source": ""}
    given |= {"prompting.model": "openai/gpt-6-luna"}
    (rented,) = [row for row in rows(catalogue, given, "settings") if row["setting"].startswith("On a rented GPU")]
    assert (rented["volume"], rented["cheaper"]) == (None, "never")
    costs = [
        ask(catalogue, given | {"tuned.hosting": "dedicated", "requests": requests})
        for requests in ("1M", "10M", "100M", "1000M", "10000M")
    ]
    gaps = [Fraction(answer["other_total"]) - Fraction(answer["first_total"]) for answer in costs]
    assert gaps[0] > 0 and gaps == sorted(gaps)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        # $50 more a month, $0.009 less a request, $5 to start: 605 ÷ (12 × $0.009) = 5,602 requests.
        (
            {"per_request": "0.01"},
            {"start": 5, "fixed": 50, "per_request": "0.001"},
            "from about 5,600 requests a month on",
        ),
        # $10 less a month, $0.02 more a request, $5 to start: 115 ÷ (12 × $0.02) = 479 requests.
        ({"fixed": 10}, {"start": 5, "per_request": "0.02"}, "up to about 480 requests a month"),
    ],
)
def test_a_plan_that_is_cheaper_at_other_volumes_says_at_which(
    catalogue: Catalogue, first: dict[str, object], second: dict[str, object], words: str
) -> None:
    row = rows(catalogue, typed_plans(first, second, requests=1000))[1]
    assert row["outcome"] == f"not cheaper at this volume, only {words}"


def test_half_a_dollar_at_the_start_is_dearer_at_the_start(catalogue: Catalogue) -> None:
    answer = ask(catalogue, typed_plans({"fixed": 100}, {"start": "0.5", "fixed": 50}))
    assert (answer["outcome"], answer["break_even_month"]) == ("from_month", "1")


def test_cheaper_before_the_first_month_and_again_for_good_is_no_single_crossing(catalogue: Catalogue) -> None:
    """$5 less at the start, $20 a month against 10, 15, 22.5 and so on: $5 and $10 more, then less for good."""
    typed = typed_plans({"start": 100, "per_request": 1}, {"start": 95, "fixed": 20}, requests=10, growth="50%")
    assert ask(catalogue, typed)["outcome"] == "crosses_back"
    assert rows(catalogue, typed)[1]["outcome"] == "cheaper by the end of months 4 to 12 only"


def test_cheaper_at_the_start_only_is_said_so(catalogue: Catalogue) -> None:
    typed = typed_plans({"start": 10, "fixed": 10}, {"fixed": 60})
    assert rows(catalogue, typed)[1]["outcome"] == "cheaper at the start only"


# ---- What decided, as the working says ----


def test_a_break_even_month_names_the_costs_before_and_after_it(catalogue: Catalogue) -> None:
    typed = typed_plans({"fixed": 100}, {"start": 600, "fixed": 50})
    assert conditions(catalogue, typed, "break_even_month") == [
        ("cheapest is cheapest", True),
        ("12 ≤ 12", True),
        ("1200 ≤ 1200", True),
        ("1150 > 1100", True),
    ]
    start = typed_plans({"fixed": 100}, {"start": 50, "fixed": 50})
    assert conditions(catalogue, start, "break_even_month")[1:] == [
        ("1 ≤ 12", True),
        ("100 ≤ 100", True),
        ("50 > 0", True),
    ]
    late = typed_plans({"fixed": 100}, {"start": 601, "fixed": 50})
    assert conditions(catalogue, late, "break_even_month")[1:] == [("1201 ≤ 1200", False)]


def test_months_with_growth_and_discount_are_worked_out_by_month(catalogue: Catalogue) -> None:
    """The costs before and after the break-even month, each against the sum month by month."""
    typed = typed_plans({"per_request": 10}, {"start": 300, "per_request": 6}, requests=1, growth="100%", discount="8%")
    first, second = flat(0, 0, 10), flat(300, 0, 6)
    sums = [totals(plan_costs, Fraction(1), Fraction(1), Fraction(8, 100)) for plan_costs in (first, second)]
    month = next(month for month in range(1, 13) if sums[1][month] <= sums[0][month])
    assert ask(catalogue, typed)["break_even_month"] == str(month)
    shown = conditions(catalogue, typed, "break_even_month")
    for (numbers, holds), months, symbol in ((shown[2], month, "≤"), (shown[3], month - 1, ">")):
        left, right = numbers.split(f" {symbol} ")
        assert holds
        assert abs(Fraction(left) - sums[1][months]) < Fraction(1, 10**15)
        assert abs(Fraction(right) - sums[0][months]) < Fraction(1, 10**15)


def test_a_volume_is_where_one_costs_more_and_each_request_less(catalogue: Catalogue) -> None:
    for fields, volume, decided in (
        ({"start": "0.5", "per_request": 1}, Fraction(1, 24), "0.5 > 0 and 12 > 0 or 0.5 < 0 and 12 < 0"),
        ({"fixed": "1.5", "per_request": 1}, Fraction(1, 2), "6 > 0 and 12 > 0 or 6 < 0 and 12 < 0"),
        ({"fixed": "0.5", "per_request": 3}, Fraction(1, 2), "-6 > 0 and -12 > 0 or -6 < 0 and -12 < 0"),
        ({"fixed": 1, "per_request": 1}, None, "0 > 0 and 12 > 0 or 0 < 0 and 12 < 0"),
        ({"fixed": 1, "per_request": 3}, None, "0 > 0 and -12 > 0 or 0 < 0 and -12 < 0"),
        ({"fixed": 2, "per_request": 2}, None, "12 > 0 and 0 > 0 or 12 < 0 and 0 < 0"),
        ({"fixed": 0, "per_request": 2}, None, "-12 > 0 and 0 > 0 or -12 < 0 and 0 < 0"),
    ):
        second = {"fixed": 1, **fields}
        typed = typed_plans({"fixed": 1, "per_request": 2}, second, requests=100)
        crossing = ask(catalogue, typed)["break_even_volume"]
        assert (None if crossing is None else Fraction(crossing).limit_denominator(10**9)) == volume, fields
        assert conditions(catalogue, typed, "break_even_volume")[1][0] == decided


PLANS = ({"fixed": 10}, {"fixed": 8}, {"fixed": 4}, {"fixed": 6})


@pytest.mark.parametrize(
    ("against", "plans", "reason"),
    [
        ("cheapest", PLANS, "48 ≤ 96 and 48 ≤ 72 or cheapest is cheapest"),
        ("3", PLANS, "3 is 3 or 48 ≤ 96 and 48 ≤ 72"),
        ("2", PLANS, "2 is 2 or 96 ≤ 48 and 96 ≤ 72"),
        ("4", PLANS[:2], "4 is cheapest"),
    ],
)
def test_why_a_plan_is_the_one_compared(
    catalogue: Catalogue, against: str, plans: tuple[dict[str, object], ...], reason: str
) -> None:
    assert conditions(catalogue, typed_plans(*plans, against=against), "saving")[0][0] == reason


def test_every_cost_of_the_comparison_is_worked_out(catalogue: Catalogue) -> None:
    typed = typed_plans({"fixed": 10}, {"fixed": 0}, {"start": 3})
    explained = answer_json(catalogue, NAME, typed, Working(("comparison",)))["working"]["comparison"]
    titles = [step["title"] for step in explained]
    for column in ("Start", "Fixed, first month", "A request", "In all", "Saved against Costs of your own"):
        assert titles.count(f"Costs of your own: {column}") == 3, column
    assert [row["start"] for row in rows(catalogue, typed)] == ["0", "0", "3"]
    assert [row["fixed"] for row in rows(catalogue, typed)] == ["10", "0", "0"]


# ---- Good answers ----


def test_no_more_answers_are_good_than_were_tested(catalogue: Catalogue) -> None:
    plan = {"per_request": 1, "tested": 50}
    typed = typed_plans(plan | {"accepted": 70}, plan, requests=10, bad_answer=3)
    answer = ask(catalogue, typed)
    assert Fraction(answer["first_accepted"]["likely"]) == 1
    assert Fraction(answer["first_total"]) == 120
    assert answer["other_accepted"]["likely"] is None, "none of 50 is good"
    assert Fraction(answer["other_total"]) == 120 * 4


def test_a_good_answer_is_counted_over_all_that_were_asked(catalogue: Catalogue) -> None:
    """With growth the months have unlike numbers of requests; without requests there is no cost of one."""
    plan = {"fixed": 100, "per_request": "0.1", "accepted": 4, "tested": 5}
    for requests, growth, months in ((40, "50%", 7), (40, "-20%", 12), (40, "100%", 3), (1, "0", 1), (30, "0", 5)):
        rate = Fraction(growth.rstrip("%")) / 100
        asked = sum(requests * (1 + rate) ** month for month in range(months))
        paid = totals(flat(0, 100, Fraction(1, 10), months), Fraction(requests), rate)[-1]
        typed = typed_plans(plan, requests=requests, growth=growth, horizon=months)
        likely = Fraction(ask(catalogue, typed)["first_accepted"]["likely"])
        assert abs(likely - paid / asked / Fraction(4, 5)) < Fraction(1, 10**18)
    assert ask(catalogue, typed_plans(plan, requests=0))["first_accepted"]["likely"] is None


# ---- What a plan is filled with ----


@pytest.mark.parametrize("growth", ["0", "0.5", "1"])
def test_servers_are_rented_for_the_volume_of_each_month(catalogue: Catalogue, growth: str) -> None:
    base, tuned = settings_of("fine_tuning/cost"), {"hosting": "dedicated", "retrain_months": "0"}
    typed = typed_plans(
        {"fixed": 1},
        {"source": "tuned"},
        requests=3_000_000,
        growth=growth,
        horizon=5,
        **{f"tuned__{name}": value for name, value in tuned.items()},
    )
    _, sums = cumulative(catalogue, typed)
    for month, (before, after) in enumerate(pairwise(sums)):
        volume = 3_000_000 * (1 + Fraction(growth)) ** month
        outputs = answer_json(catalogue, "fine_tuning/cost", base | tuned | {"requests": str(float(volume))})["outputs"]
        each = sum(Fraction(outputs[part]["value"]) for part in ("hosting_per_month", "upkeep_per_month"))
        assert abs(after - before - each) < Fraction(1, 10**15), month


def test_a_model_that_ends_on_the_day_itself_is_no_move_to_come(catalogue: Catalogue) -> None:
    """The move is paid in the month of the end, never for an end that lies behind."""
    ending = "openai/gpt-5.4-nano"
    typed = typed_plans(
        {"source": "prompting"}, {"fixed": 1}, prompting__model=ending, migration_hours=7, labor_rate=30, prompt_hours=0
    )
    for day, moves in (("2027-04-01", []), ("2027-03-31", [1]), ("2027-03-01", [1]), ("2027-02-27", [2])):
        nano, _ = cumulative(catalogue, typed | {"as_of": day})
        steps = [after - before for before, after in pairwise(nano)]
        assert [month for month, step in enumerate(steps) if step > min(steps)] == moves, day
    explained = answer_json(catalogue, NAME, typed, Working())["working"]["first_total"]
    step = next(step for step in explained[0]["steps"] if step["name"] == "Work to move to another model")
    assert (step["value"], step["unit"]) == ("210", "USD/month")


# ---- Notes ----


def notes(catalogue: Catalogue, typed: dict[str, str]) -> str:
    return " ".join(answer_json(catalogue, NAME, typed)["notes"])


def test_an_end_or_a_change_is_told_of_only_within_the_months_compared(catalogue: Catalogue) -> None:
    """GPT-5.4 nano ends five months after November 2026; the prices of Gemini 4 Argon change after one."""
    plans, november = ({"source": "prompting"}, {"fixed": 1}), "2026-11-30"
    typed = typed_plans(*plans, prompting__model="openai/gpt-5.4-nano", as_of=november)
    for months, expected in ((5, False), (6, True)):
        assert ("shuts down on 2027-04-01" in notes(catalogue, typed | {"horizon": str(months)})) is expected
    assert "within these months. The work to move to another model is counted then." in notes(catalogue, typed)
    assert "shuts down" not in notes(catalogue, typed | {"as_of": "2027-04-01"})
    typed = typed_plans(*plans, prompting__model="google/gemini-4-argon", as_of=november)
    for months, expected in ((1, False), (2, True)):
        assert ("announced to change" in notes(catalogue, typed | {"horizon": str(months)})) is expected
        counts = f"1 with the prices of {november}, {months - 1} with the prices of 2026-12-01."
        assert (counts in notes(catalogue, typed | {"horizon": str(months)})) is expected
    assert "announced to change" not in notes(catalogue, typed | {"as_of": "2026-12-01"})
    assert "announced to change" not in notes(catalogue, typed_plans({"fixed": 2}, {"fixed": 1}))


def test_notes_on_plans_and_their_tests(catalogue: Catalogue) -> None:
    tested = {"fixed": 1, "accepted": 3, "tested": 4}
    alone, some, untested = "Fill in a second plan", "Only some plans have tested", "Costs alone are compared"
    for plans, expected in (
        ((tested,), {alone}),
        (({"fixed": 1},), {alone}),
        (({"fixed": 1}, {"fixed": 2}), {untested}),
        ((tested, {"fixed": 2}), {some}),
        ((tested, {"fixed": 2}, tested), {some}),
        ((tested, tested), set()),
    ):
        text = notes(catalogue, typed_plans(*plans))
        assert {words for words in (alone, some, untested) if words in text} == expected
        assert "without any cost is left out" not in text


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("prompting", "retrieval", True),
        ("both", "tuned", True),
        ("retrieval", "both", False),
        ("prompting", "tuned", False),
        ("retrieval", "own", False),
    ],
)
def test_a_plan_without_documents_beside_one_that_searches_them_does_another_job(
    catalogue: Catalogue, first: str, second: str, expected: bool
) -> None:
    text = notes(catalogue, typed_plans({"source": first}, {"source": second, "fixed": 1}))
    assert ("does another job: compare the plans that have it" in text) is expected


def test_servers_are_told_of_where_the_plan_compared_has_them(catalogue: Catalogue) -> None:
    words = "counts with as many servers as this volume needs"
    for source, hosting, expected in (
        ("tuned", "dedicated", True),
        ("both", "dedicated", True),
        ("tuned", "serverless", False),
        ("prompting", "dedicated", False),
    ):
        typed = typed_plans({"fixed": 1}, {"source": source}, tuned__hosting=hosting)
        assert (words in notes(catalogue, typed)) is expected, (source, hosting)
    assert words not in notes(catalogue, typed_plans({"fixed": 1}, tuned__hosting="dedicated"))


def test_a_plan_asked_for_that_is_not_there_is_told_of(catalogue: Catalogue) -> None:
    for against, expected in (("cheapest", False), ("2", False), ("3", True)):
        assert (
            "There is no such plan" in notes(catalogue, typed_plans({"fixed": 2}, {"fixed": 1}, against=against))
        ) is expected


# ---- What is not there ----


def test_the_first_plan_is_not_compared_with_itself(catalogue: Catalogue) -> None:
    first, _ = rows(catalogue, typed_plans({"fixed": 2}, {"fixed": 3}))
    assert (first["outcome"], first["month"], first["volume"]) == ("the first plan", None, None)
    _, second = rows(catalogue, typed_plans({"per_request": 1}, {"start": 240, "per_request": "0.5"}, requests=50))
    assert (second["month"], Fraction(second["volume"])) == ("10", 40)


def test_the_first_plan_is_marked_as_the_one_compared_with(catalogue: Catalogue) -> None:
    assert output_value(computed(catalogue, NAME, typed_plans({"fixed": 2}, {"fixed": 3})).comparison).own == 0
    assert output_value(computed(catalogue, NAME, typed_plans()).comparison).own is None
    assert output_value(computed(catalogue, NAME, typed_plans({"fixed": 2}, {"fixed": 3})).split).own == 0
    assert output_value(computed(catalogue, NAME, typed_plans()).split).own is None


def test_a_price_that_changes_in_the_month_of_the_question_counts_from_the_next_month_on(catalogue: Catalogue) -> None:
    """The first month counts with the prices of the day of the question, and the others do not: that is said."""
    inputs = exact_run_inputs(
        understand_inputs(Inputs, typed_plans({"source": "prompting"}, {"fixed": 1}), catalogue.facts).need()
    )
    for month, expected in ((0, 1), (1, 1), (12, 0)):
        model = replace(inputs.prompting.model, schedule=((month, inputs.prompting.model),))
        changed = replace(inputs, prompting=replace(inputs.prompting, model=model))
        reasons = break_even_remarks(changed, compared_plans(changed), None)
        assert sum(reason.holds for reason in reasons if "announced to change" in reason.words) == expected


def test_machines_serve_repeats_and_write_a_token_at_least(catalogue: Catalogue) -> None:
    for answer, tokens in (("0", 1), ("1", 1), ("2", 2)):
        typed = typed_plans({"source": "hosting"}, {"fixed": 1}, requests=1000, answer=answer, repeated="5%")
        inputs = exact_run_inputs(understand_inputs(Inputs, typed, catalogue.facts).need())
        hosting = plan_source_prompted_hosting(inputs)
        assert (hosting.requests, hosting.answer) == (1050, tokens)


def test_what_a_reader_typed_is_told_apart_from_tokens(catalogue: Catalogue) -> None:
    """100, 200 and 400 requests: of $0.01 tokens each, and a bad answer in five at $2; $30 before, and $5 a month."""
    plan = {"start": 30, "fixed": 5, "per_request": "0.01", "accepted": 4, "tested": 5}
    typed = typed_plans(plan, {"per_request": 1}, requests=100, growth="100%", horizon=3, bad_answer=2)
    first, second = rows(catalogue, typed, "split")
    names = ("total", "tokens", "hosting", "people", "typed")
    assert [Fraction(first[name]) for name in names] == [332, 7, 0, 0, 325]
    assert [Fraction(second[name]) for name in names] == [700, 700, 0, 0, 0]


def test_what_a_reader_typed_in_place_of_a_calculated_cost_pays_for_nobody_knows_what(catalogue: Catalogue) -> None:
    """A typed start is no people's work before it, and a typed month neither work nor machines."""
    tuned = {"source": "tuned", "name": "Tuned"}
    prompted = {"source": "prompting"}
    dedicated = {"tuned__hosting": "dedicated"}
    split = [
        rows(catalogue, typed_plans(plan, prompted, **dedicated), "split")[0]
        for plan in (tuned, tuned | {"start": 100}, tuned | {"fixed": 5}, tuned | {"start": 100, "fixed": 5})
    ]
    people, hosting, typed = ([Fraction(row.get(name, 0)) for row in split] for name in ("people", "hosting", "typed"))
    assert people[0] > people[1] > people[3] == 0 < people[2]
    assert abs(people[1] + people[2] - people[0]) < Fraction(1, 10**15)
    assert hosting[0] == hosting[1] > 0 == hosting[2] == hosting[3]
    assert typed == [0, 100, 60, 160]


def test_no_answer_is_bad_where_none_was_tested(catalogue: Catalogue) -> None:
    plan = {"per_request": 1, "accepted": 0, "tested": 0}
    assert Fraction(ask(catalogue, typed_plans(plan, requests=10, bad_answer=3))["first_total"]) == 120


def test_the_cheapest_other_plan_is_the_one_of_the_last_month(catalogue: Catalogue) -> None:
    """After eleven months $111 against $110, after twelve $112 against $120."""
    typed = typed_plans({"fixed": 50}, {"start": 100, "fixed": 1}, {"fixed": 10})
    assert Fraction(ask(catalogue, typed)["other_total"]) == 112
    assert Fraction(ask(catalogue, typed | {"horizon": "11"})["other_total"]) == 110


def test_volumes_are_told_of_where_it_is_not_cheaper_within_these_months(catalogue: Catalogue) -> None:
    """Over months of 1, 1.1, 1.21 … requests, 21.38 in all, $9 each are saved: $11,200 take 58.2 times as many."""
    typed = typed_plans(
        {"per_request": 10, "name": "Slow"},
        {"start": 10_000, "fixed": 100, "per_request": 1, "name": "Fast"},
        requests=1,
        growth="10%",
    )
    cheapest = answer_json(catalogue, NAME, typed)["outputs"]["cheapest"]
    assert cheapest["sentence"] == "Slow $213.84 · next: Fast $11,221"
    assert cheapest["reasons"] == [
        "Against Slow, Fast is not cheaper within these months. "
        "At other volumes it is: from about 58 requests a month on."
    ]


def test_a_model_that_no_plan_uses_may_end_or_change_in_silence(catalogue: Catalogue) -> None:
    plans = ({"fixed": 1}, {"fixed": 2})
    for model in ("openai/gpt-5.4-nano", "google/gemini-4-argon"):
        typed = typed_plans(*plans, prompting__model=model, retrieval__model=model, as_of="2026-11-30")
        assert not any(words in notes(catalogue, typed) for words in ("shuts down", "announced to change"))


def test_an_agent_is_told_of_once(catalogue: Catalogue) -> None:
    for plans, times in ((("agent", "agent"), 1), (("agent", "prompting"), 1), (("prompting", "tuned"), 0)):
        typed = typed_plans(*({"source": source} for source in plans), agent__steps=4, agent__failed="20%")
        assert notes(catalogue, typed).count("An agent does each request as one task") == times


def test_machines_are_told_of_only_where_a_plan_has_them(catalogue: Catalogue) -> None:
    """A small model fits on the GPU that is asked for; a GPU without a known speed is nothing to other plans."""
    unknown = {"hosting__gpu": "own", "hosting__gpu__memory": "80", "hosting__gpu__rent": "2"}
    small = typed_plans(
        {"source": "hosting"}, {"source": "hosting"}, hosting__gpu="h100-sxm", hosting__architecture="llama-3.1-8b"
    )
    assert "does not fit" not in notes(catalogue, small) and "cannot be counted" not in notes(catalogue, small)
    assert "cannot be counted" not in notes(catalogue, typed_plans({"fixed": 1}, {"fixed": 2}, **unknown))
    assert "cannot be counted" in notes(catalogue, typed_plans({"source": "hosting"}, {"source": "hosting"}, **unknown))


def test_the_sentence_of_the_cheapest_names_the_ranges_of_the_plans_compared(catalogue: Catalogue) -> None:
    """The least is that of the other plan or of the first; a third plan has no range among the outputs."""
    for plans, spans in (
        (({"fixed": 2}, {"fixed": 1}), {"least": "other_total", "more": "first_total"}),
        (({"fixed": 1}, {"fixed": 2}), {"least": "first_total", "more": "other_total"}),
        (({"fixed": 3}, {"fixed": 1}, {"fixed": 2}), {"least": "other_total"}),
    ):
        assert output_value(computed(catalogue, NAME, typed_plans(*plans)).cheapest).spans == spans
