"""Which plan is cheapest, and from when: the five ways to end, months that differ, and sums by hand."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from tests.calculators.answers import answer_json
from tests.calculators.choosing.break_even_by_hand import Costs, cheaper_by, flat, totals
from tests.calculators.prompting.by_hand import Prices, Work, request
from tests.calculators.prompting.cost import facts
from tests.calculators.settings import SOL, settings_of
from tests.json_types import JsonObject

NAME = "choosing/break_even"
PARTS = ("start", "fixed", "per_request", "accepted", "tested", "name")


def typed_plans(*plans: Mapping[str, object], **more: object) -> dict[str, str]:
    """Plans as a reader types them, and nothing else but the settings."""
    typed = settings_of(NAME)
    for number in range(1, 5):
        plan = plans[number - 1] if number <= len(plans) else None
        typed[f"plans.{number}.source"] = "" if plan is None else str(plan.get("source", "own"))
        for part, content in (plan or {}).items():
            typed[f"plans.{number}.{part}"] = str(content)
    return typed | {name.replace("__", "."): str(value) for name, value in more.items()}


def ask(catalogue: Catalogue, typed: dict[str, str]) -> JsonObject:
    """The outputs by name."""
    return {name: output["value"] for name, output in answer_json(catalogue, NAME, typed)["outputs"].items()}


def rows(catalogue: Catalogue, typed: dict[str, str], table: str = "comparison") -> list[JsonObject]:
    """The rows of a table."""
    (matching,) = [listed for listed in answer_json(catalogue, NAME, typed)["tables"] if listed["name"] == table]
    names = [column["name"] for column in matching["columns"]]
    return [dict(zip(names, row, strict=True)) for row in matching["rows"]]


def cumulative(catalogue: Catalogue, typed: dict[str, str]) -> list[list[Fraction]]:
    """What each plan has cost, plan by plan."""
    table_rows = rows(catalogue, typed, "cumulative")
    plans = [name for name in table_rows[0] if name != "month"]
    return [[Fraction(row[plan]) for row in table_rows] for plan in plans]


# ---- The five ways to end, each at a month that is counted by hand ----

ENDINGS = {
    "from a month on": (typed_plans({"fixed": 100}, {"start": 600, "fixed": 50}), "from_month", "12"),
    "from the first month": (typed_plans({"fixed": 100}, {"start": 50, "fixed": 50}), "from_month", "1"),
    "a month too late": (typed_plans({"fixed": 100}, {"start": 601, "fixed": 50}), "not_within_horizon", None),
    "just in time": (typed_plans({"fixed": 100}, {"start": 601, "fixed": 50}, horizon=13), "from_month", "13"),
    "cheaper from the start": (typed_plans({"fixed": 100}, {"fixed": 50}), "from_start", "0"),
    "the same": (typed_plans({"fixed": 50}, {"fixed": 50}), "from_start", "0"),
    "parallel": (typed_plans({"fixed": 50}, {"start": 100, "fixed": 50}), "never", None),
    "dearer in everything": (typed_plans({"fixed": 50}, {"fixed": 60}), "never", None),
    "cheaper at the start, dearer at once": (
        typed_plans({"start": 10, "fixed": 10}, {"fixed": 60}),
        "crosses_back",
        None,
    ),
    "cheaper at the start, dearer later": (
        typed_plans({"start": 100, "fixed": 10}, {"fixed": 60}),
        "crosses_back",
        "1",
    ),
    # 100 + 10 a request against 300 + 6 a request; doubling requests: 1, 2, 4, 8 … so 110, 230, 370 against 306, 618 …
    "doubling requests": (
        typed_plans({"per_request": 10}, {"start": 300, "per_request": 6}, requests=1, growth="100%"),
        "from_month",
        "7",
    ),
    # It saves 100 a month but costs 1 a request more: 100 + 40 saved, then 20, and 20 is the start; then it turns.
    "a double crossing": (
        typed_plans({"fixed": 100}, {"start": 30, "per_request": 1}, requests=40, growth="50%"),
        "crosses_back",
        "1",
    ),
    "dearer, but catching up with a growing volume": (
        typed_plans({"per_request": 10}, {"start": 10_000, "fixed": 100, "per_request": 1}, requests=1, growth="10%"),
        "not_within_horizon",
        None,
    ),
    "dearer for ever with a shrinking volume": (
        typed_plans({"per_request": 10}, {"start": 1000, "fixed": 20, "per_request": 1}, requests=10, growth="-50%"),
        "other_volume",
        None,
    ),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_way_to_end(catalogue: Catalogue, ending: str) -> None:
    typed, outcome, month = ENDINGS[ending]
    answer = ask(catalogue, typed)
    assert (answer["outcome"], answer["break_even_month"]) == (outcome, month)


def test_the_double_crossing_is_two_crossings(catalogue: Catalogue) -> None:
    typed, _, _ = ENDINGS["a double crossing"]
    first, second = cumulative(catalogue, typed)
    signs = [alternative <= ours for ours, alternative in zip(first, second, strict=True)]
    assert signs[0] is False and signs[1] is True and signs[-1] is False
    assert cheaper_by(first, second) == [1, 2, 3, 4]
    assert "months 1 to 4 only" in rows(catalogue, typed)[1]["outcome"]


def test_every_outcome_is_met() -> None:
    assert {outcome for _, outcome, _ in ENDINGS.values()} == {
        "from_month",
        "from_start",
        "never",
        "other_volume",
        "not_within_horizon",
        "crosses_back",
    }


# ---- Months that differ ----

WORK = Work(
    requests=Fraction(50_000),
    repeated=Fraction(2, 100),
    instructions=Fraction(800),
    examples=Fraction(3),
    example_tokens=Fraction(250),
    user_text=Fraction(150),
    answer=Fraction(300),
)


def a_request(model: str, day: str) -> Fraction:
    """A request of the default prompt, repeats included, on a day."""
    return request(WORK, Prices(facts(), model, day)) * Fraction(102, 100)


def test_a_price_changes_in_the_second_month(catalogue: Catalogue) -> None:
    """Gemini 4 Argon doubles on 2026-12-01: the month of the question has the old price, all later ones the new."""
    model = "google/gemini-4-argon"
    before, after = a_request(model, "2026-11-21"), a_request(model, "2026-12-31")
    assert before < after
    fixed = (before + after) / 2 * WORK.requests
    typed = typed_plans(
        {"source": "prompting"},
        {"fixed": float(fixed)},
        prompting__model=model,
        people="no",
        as_of="2026-11-30",
    )
    argon, flat_plan = cumulative(catalogue, typed)
    assert argon[1] == before * WORK.requests
    assert argon[2] == (before + after) * WORK.requests
    assert argon[12] == (before + 11 * after) * WORK.requests
    # Dearer in the first month, even by the second, cheaper from then on. Equal months would never cross.
    answer = ask(catalogue, typed | {"plans.2.fixed": str(float(fixed) - 1)})
    assert (answer["outcome"], answer["break_even_month"]) == ("from_month", "2")
    assert flat_plan[1] > argon[1]


def test_a_model_shuts_down_in_the_sixth_month(catalogue: Catalogue) -> None:
    """GPT-5.4 nano ends on 2027-04-01, five months after November: the move is paid in that month."""
    idle = {"prompt_hours": 0, "prompting__prompt_upkeep_hours": 0, "labor_rate": 30, "as_of": "2026-11-30"}
    typed = typed_plans(
        {"source": "prompting"}, {"fixed": 1}, prompting__model="openai/gpt-5.4-nano", migration_hours=7, **idle
    )
    nano, _ = cumulative(catalogue, typed)
    steps = [after - before for before, after in itertools.pairwise(nano)]
    each = a_request("openai/gpt-5.4-nano", "2026-11-21") * WORK.requests
    assert steps == [each + (210 if month == 5 else 0) for month in range(12)]
    assert "shuts down on 2027-04-01, within these months" in " ".join(answer_json(catalogue, NAME, typed)["notes"])
    # Without the move, the plan of one's own would not be cheaper in time.
    plan = {"start": float(each * 6), "fixed": 0}
    with_move = ask(
        catalogue,
        typed_plans({"source": "prompting"}, plan, prompting__model="openai/gpt-5.4-nano", migration_hours=7, **idle),
    )
    assert with_move["break_even_month"] == "6"
    without = ask(
        catalogue,
        typed_plans(
            {"source": "prompting"},
            plan | {"start": float(each * 6 + 1)},
            prompting__model="openai/gpt-5.4-nano",
            migration_hours=0,
            **idle,
        ),
    )
    assert without["break_even_month"] == "7"


def test_a_tuned_model_is_trained_again_when_its_base_ends(catalogue: Catalogue) -> None:
    """GPT-4.1 mini ends on 2027-01-14, two months after November."""
    tuning = {"tuned__offer": "openai/gpt-4.1-mini", "tuned__retrain_months": 0}
    typed = typed_plans({"fixed": 1}, {"source": "tuned"}, as_of="2026-11-30", **tuning)
    notes = " ".join(answer_json(catalogue, NAME, typed)["notes"])
    assert "shuts down on 2027-01-14, within these months. A retraining on another base is counted then." in notes
    _, tuned = cumulative(catalogue, typed)
    steps = [after - before for before, after in itertools.pairwise(tuned)]
    assert steps[2] > steps[1] == steps[0] and all(step == steps[0] for step in steps[3:])


# ---- Sums by hand ----

MONEY = st.integers(0, 10**6).map(lambda cents: Fraction(cents, 100))
EACH = st.integers(0, 10**6).map(lambda tiny: Fraction(tiny, 10**7))
PLAN = st.tuples(MONEY, MONEY, EACH)


def text(fraction: Fraction) -> str:
    """A fraction with a short decimal, in full."""
    return format(Decimal(fraction.numerator) / Decimal(fraction.denominator), "f")


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    plans=st.lists(PLAN, min_size=2, max_size=4),
    requests=st.integers(0, 10**7),
    growth=st.sampled_from([0, 0, Fraction(5, 100), Fraction(-20, 100), Fraction(1, 2)]),
    discount=st.sampled_from([0, 0, Fraction(8, 100), 1]),
    months=st.integers(1, 60),
)
def test_the_months_are_the_sums_by_hand(
    catalogue: Catalogue,
    plans: list[tuple[Fraction, Fraction, Fraction]],
    requests: int,
    growth: int | Fraction,
    discount: int | Fraction,
    months: int,
) -> None:
    costs = [flat(start, fixed, each, months) for start, fixed, each in plans]
    typed = typed_plans(
        *({"start": text(start), "fixed": text(fixed), "per_request": text(each)} for start, fixed, each in plans),
        requests=requests,
        growth=text(Fraction(growth)),
        discount=text(Fraction(discount)),
        horizon=months,
    )
    expected = [totals(plan_costs, Fraction(requests), Fraction(growth), Fraction(discount)) for plan_costs in costs]
    for ours, by_hand in zip(cumulative(catalogue, typed), expected, strict=True):
        assert all(abs(a - b) <= abs(b) / 10**20 for a, b in zip(ours, by_hand, strict=True))
    answer, table = ask(catalogue, typed), rows(catalogue, typed)
    ends = [sums[-1] for sums in expected]
    for row, end in zip(table, ends, strict=True):
        assert abs(Fraction(row["total"]) - end) <= end / 10**20
    assert abs(Fraction(answer["first_total"]) - ends[0]) <= ends[0] / 10**20
    assert abs(Fraction(answer["other_total"]) - min(ends[1:])) <= min(ends[1:]) / 10**20
    near = [abs(end - ends[0]) > ends[0] / 10**9 for end in ends[1:]]
    for row, sums, clear in zip(table[1:], expected[1:], near, strict=True):
        cheaper = cheaper_by(expected[0], sums)
        if clear and cheaper and "start" not in row["outcome"]:
            assert row["month"] == str(cheaper[0])
    fixed_and_served(catalogue, costs, typed, Fraction(growth), Fraction(discount))


def fixed_and_served(
    catalogue: Catalogue, costs: list[Costs], typed: dict[str, str], growth: Fraction, discount: Fraction
) -> None:
    """At the break-even volume both plans cost the same; where there is none, one of them costs less at any volume."""
    first = costs[0]
    for row, second in zip(rows(catalogue, typed)[1:], costs[1:], strict=True):
        idle = [totals(plan_costs, Fraction(0), growth, discount)[-1] for plan_costs in (first, second)]
        busy = [totals(plan_costs, Fraction(1), growth, discount)[-1] for plan_costs in (first, second)]
        more, less = idle[1] - idle[0], (busy[0] - idle[0]) - (busy[1] - idle[1])
        if row["volume"] is None:
            assert more * less <= 0 or abs(more) < Fraction(1, 10**9)
        else:
            ends = [totals(plan_costs, Fraction(row["volume"]), growth, discount)[-1] for plan_costs in (first, second)]
            assert abs(ends[0] - ends[1]) <= (ends[0] + ends[1]) / 10**12


# ---- What a plan is filled with ----


def test_each_filled_plan_is_its_calculators_answer(catalogue: Catalogue) -> None:
    shared = {"requests": "70000", "user_text": "90", "answer": "210", "people": "no"}
    asked = settings_of("prompting/cost") | shared
    month = answer_json(catalogue, "prompting/cost", asked)["outputs"]["per_month"]["value"]
    typed = typed_plans({"source": "prompting"}, {"source": "retrieval"}, {"source": "tuned"}, **shared)
    prompted, searched, tuned = cumulative(catalogue, typed)
    assert prompted[0] == 0 and prompted[1] == Fraction(month)
    retrieval = settings_of("rag/cost") | {"queries": "70000", "query_tokens": "90", "answer": "210", "people": "no"}
    outputs = answer_json(catalogue, "rag/cost", retrieval)["outputs"]
    assert abs(searched[1] - searched[0] - Fraction(outputs["per_month"]["value"])) < Fraction(1, 10**15)
    assert tuned[12] > tuned[0] > 0
    project = settings_of("fine_tuning/cost") | shared
    year = answer_json(catalogue, "fine_tuning/cost", project)["outputs"]["first_year"]["value"]
    assert abs(tuned[12] - Fraction(year)) < Fraction(1, 10**15)


def test_both_is_fine_tuning_that_reads_what_retrieval_finds(catalogue: Catalogue) -> None:
    """Five chunks of 500 tokens in each prompt: the tuned plan with that context, and retrieval without its answer."""
    typed = typed_plans({"source": "both"}, {"source": "tuned"}, tuned__hosting="serverless", people="no")
    both, _ = cumulative(catalogue, typed)
    _, tuned = cumulative(
        catalogue,
        typed_plans({"fixed": 1}, {"source": "tuned"}, tuned__context=2500, tuned__hosting="serverless", people="no"),
    )
    searched = settings_of("rag/cost") | {"queries": "50000", "query_tokens": "150"}
    search = answer_json(catalogue, "rag/cost", searched)["outputs"]
    model = sum(
        Fraction(search[part]["value"]) for part in ("context_per_query", "prompt_per_query", "answer_per_query")
    )
    monthly = Fraction(search["per_month"]["value"]) - model * 51_000
    assert abs((both[1] - both[0]) - (tuned[1] - tuned[0]) - monthly) < Fraction(1, 10**15)


def test_what_is_typed_takes_the_place_of_what_is_calculated(catalogue: Catalogue) -> None:
    first, second = cumulative(
        catalogue,
        typed_plans(
            {"source": "prompting", "per_request": "0.5"},
            {"source": "prompting", "start": 9, "fixed": 3},
            requests=10,
            people="no",
        ),
    )
    each = a_request(SOL, "2026-11-21")
    assert first == [Fraction(5 * month) for month in range(13)]
    assert second == [9 + (3 + 10 * each) * month for month in range(13)]


def test_a_good_answer_costs_more_where_fewer_are_good(catalogue: Catalogue) -> None:
    plan = {"per_request": "0.08", "accepted": 80, "tested": 100}
    typed = typed_plans(plan, plan | {"accepted": 40}, requests=1000, bad_answer="0.5")
    answer = ask(catalogue, typed)
    each = Fraction("0.08") + Fraction(20, 100) * Fraction("0.5")
    assert Fraction(answer["first_total"]) == each * 12_000
    assert abs(Fraction(answer["first_accepted"]["likely"]) - each / Fraction(80, 100)) < Fraction(1, 10**20)
    # Wilson's interval of 80 of 100 at 95 %, from statsmodels: 0.7111708 to 0.8666331.
    assert float(answer["first_accepted"]["low"]) == pytest.approx(float(each) / 0.8666331, rel=1e-6)
    assert float(answer["first_accepted"]["high"]) == pytest.approx(float(each) / 0.7111708, rel=1e-6)
    assert Fraction(answer["other_accepted"]["likely"]) > Fraction(answer["first_accepted"]["high"])
    assert ask(catalogue, typed_plans({"fixed": 1}, {"fixed": 2}))["first_accepted"]["likely"] is None


# ---- Edges ----


def test_one_plan_or_none_is_no_comparison(catalogue: Catalogue) -> None:
    for plans, name in (((), "There is no plan"), (({"fixed": 1, "name": "Mine"},), "Mine")):
        typed = typed_plans(*plans)
        answer = ask(catalogue, typed)
        assert (answer["outcome"], answer["saving"], answer["break_even_month"]) == ("alone", None, None)
        assert answer["cheapest"] == name
        assert "Fill in a second plan" in " ".join(answer_json(catalogue, NAME, typed)["notes"])


def test_the_plan_asked_for_is_compared(catalogue: Catalogue) -> None:
    plans = ({"fixed": 10}, {"fixed": 8}, {"fixed": 4}, {"fixed": 6})
    for against, total in (("cheapest", "48"), ("2", "96"), ("3", "48"), ("4", "72")):
        assert ask(catalogue, typed_plans(*plans, against=against))["other_total"] == total
    typed = typed_plans(*plans[:2], against="4")
    assert ask(catalogue, typed)["other_total"] == "96"
    assert "There is no such plan" in " ".join(answer_json(catalogue, NAME, typed)["notes"])
