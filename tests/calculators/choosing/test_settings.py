"""What a comparison hangs on: each row against the calculator asked with that setting, and the words for their span."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from calculators.catalogue import Catalogue
from calculators.choosing.break_even.settings import SERVING, Setting
from calculators.choosing.break_even.spans import break_even_deciding_setting, break_even_span_in_words
from calculators.engine.declare import output_value
from tests.calculators.answers import answer_json, computed
from tests.calculators.choosing.test_break_even import NAME, ask, rows, typed_plans

TINKER, MODEL = "tinker/qwen3-8b", "openai/gpt-4.1-mini"
PAIR = typed_plans(
    {"source": "prompting"},
    {"source": "tuned"},
    requests=100_000,
    labor_rate=100,
    people_spread=2,
    request_spread="30%",
    prompting__model=MODEL,
    prompting__examples=3,
    prompting__caching="no",
    migration_hours=0,
    tuned__offer=TINKER,
    tuned__hosting="serverless",
    tuned__gpu="l40s",
    as_of="2026-11-21",
)
NEAR = Fraction(1, 10**15)


def settings(catalogue: Catalogue, typed: dict[str, str]) -> dict[str, dict[str, str]]:
    """The rows of the table of settings, by their names."""
    return {row["setting"].partition(":")[0]: row for row in rows(catalogue, typed, "settings")}


def near(ours: str | None, expected: str | None) -> bool:
    """Equal but for the rounding of 28 digits, or both nothing."""
    if ours is None or expected is None:
        return ours is expected
    return abs(Fraction(ours) - Fraction(expected)) < NEAR * max(Fraction(1), abs(Fraction(expected)))


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("By the token", {"tuned.hosting": "serverless"}),
        ("On a rented GPU", {"tuned.hosting": "dedicated"}),
        ("On hardware that you buy", {"tuned.hosting": "owned"}),
        ("People need less time", {"labor_rate": "50"}),
        ("People need more time", {"labor_rate": "200"}),
    ],
)
def test_each_row_is_the_answer_with_that_setting(catalogue: Catalogue, name: str, changed: dict[str, str]) -> None:
    """Half the hours at the same rate cost what all hours cost at half the rate."""
    row, answer = settings(catalogue, PAIR)[name], ask(catalogue, PAIR | changed)
    (first, tuned) = rows(catalogue, PAIR | changed)
    assert near(row["total"], answer["other_total"]) and near(row["start"], tuned["start"])
    assert near(row["volume"], answer["break_even_volume"])
    assert near(row["month"], str((Fraction(tuned["total"]) - Fraction(tuned["start"])) / 12))
    assert first["plan"] == "Prompting"


def test_requests_that_cost_less_or_more_cost_so_in_both_plans(catalogue: Catalogue) -> None:
    """$100 a month and $0.01 a request against $400 and $0.004: even at 50,000, at 30 % less at 71,429."""
    plans = ({"fixed": 100, "per_request": "0.01"}, {"fixed": 400, "per_request": "0.004"})
    table = settings(catalogue, typed_plans(*plans, request_spread="30%", requests=1000))
    assert list(table) == ["As assumed", "Each request costs less", "Each request costs more"]
    assert [round(Decimal(row["volume"])) for row in table.values()] == [50_000, 71_429, 38_462]
    assert Decimal(table["Each request costs more"]["total"]) == 12 * (400 + Decimal("5.2"))
    answer = ask(catalogue, typed_plans(*plans, request_spread="30%", requests=1000))
    assert answer["break_even_span"] == "between about 38,000 and 71,000 requests a month"
    assert answer["deciding"] == "What a request costs"
    low, high = Decimal(12 * (400 + Decimal("2.8"))), Decimal(12 * (400 + Decimal("5.2")))
    assert [Decimal(answer["other_span"][end]) for end in ("low", "likely", "high")] == [low, 12 * 404, high]
    assert Decimal(answer["first_span"]["low"]) == 12 * 107


def test_a_reader_who_typed_the_costs_of_a_tuned_plan_gets_no_ways_of_serving(catalogue: Catalogue) -> None:
    assert "By the token" in settings(catalogue, PAIR)
    assert "By the token" not in settings(catalogue, PAIR | {"plans.2.fixed": "10"})
    assert "As assumed" in settings(catalogue, PAIR | {"plans.2.fixed": "10"})


def test_another_model_is_no_setting_of_the_comparison(catalogue: Catalogue) -> None:
    """What is only sold with another model may answer otherwise. The fee of a reader's own offer is its own way."""
    assert "By the token, with an hourly fee" not in settings(catalogue, PAIR)
    fee = settings(catalogue, PAIR | {"tuned.offer.hosting": "1.7"})
    assert "By the token, with an hourly fee" in fee and "By the token" not in fee
    assert list(settings(catalogue, PAIR | {"tuned.offer": "openai/gpt-4.1-mini"}))[:2] == [
        "By the token",
        "People need less time",
    ]


def test_a_tuned_plan_that_reads_what_is_found_is_served_in_every_way_too(catalogue: Catalogue) -> None:
    both = PAIR | {"plans.2.source": "both"}
    row, answer = settings(catalogue, both)["On a rented GPU"], ask(catalogue, both | {"tuned.hosting": "dedicated"})
    assert near(row["total"], answer["other_total"])


def test_the_cheapest_way_to_serve_is_named(catalogue: Catalogue) -> None:
    notes = " ".join(answer_json(catalogue, NAME, PAIR)["notes"])
    assert "Cheapest way to serve at this volume: By the token: Tinker, Qwen3 8B." in notes
    assert notes.count("Cheapest way to serve") == 1
    single = answer_json(catalogue, NAME, PAIR | {"tuned.offer": "openai/gpt-4.1-mini"})["notes"]
    assert "Cheapest way to serve" not in " ".join(single)
    rented = answer_json(catalogue, NAME, PAIR | {"tuned.hosting": "dedicated"})
    total = Decimal(ask(catalogue, PAIR)["other_total"])
    assert f"The plan would then come to ${total:,.0f}." in " ".join(rented["notes"])
    busy = PAIR | {"requests": "100M", "tuned.peak_factor": "1"}
    assert "at this volume: On" in " ".join(answer_json(catalogue, NAME, busy)["notes"])


SETTING = Setting(
    varies="", name="", start=Decimal(0), total=Decimal(0), first_total=Decimal(0), volume=None, ending="never"
)


def crossing(volume: int, ending: str = "from", varies: str = "") -> Setting:
    """A setting in which both cost the same at a volume."""
    return replace(SETTING, volume=Decimal(volume), ending=ending, varies=varies)


ANY, NEVER = replace(SETTING, ending="any", total=Decimal(7)), SETTING


@pytest.mark.parametrize(
    ("listed", "words"),
    [
        (
            [crossing(203_904), crossing(545_475), crossing(300_000)],
            "between about 200,000 and 550,000 requests a month",
        ),
        ([crossing(203_904)], "at about 200,000 requests a month"),
        ([crossing(203_904), crossing(199_000)], "at about 200,000 requests a month"),
        ([ANY, crossing(545_475)], "between 0 and 550,000 requests a month"),
        ([ANY, ANY], "at any volume"),
        ([NEVER, NEVER], "at no volume"),
        ([NEVER, crossing(203_904)], "from about 200,000 requests a month on, or never"),
        ([NEVER, ANY], "at any volume, or never"),
        ([NEVER, ANY, crossing(203_904)], "at any volume, or never"),
        ([NEVER, crossing(545_475), crossing(203_904)], "from about 200,000 requests a month on, or never"),
        ([crossing(5, "up to"), NEVER], "only at low volumes"),
    ],
)
def test_a_span_in_words(listed: list[Setting], words: str) -> None:
    assert break_even_span_in_words(listed) == words


def test_what_decides_moves_the_break_even_furthest() -> None:
    own = replace(crossing(100), is_own=True)
    hours = [crossing(50, varies="Hours"), crossing(200, varies="Hours")]
    prices = [crossing(90, varies="Prices"), crossing(110, varies="Prices")]
    verdict = break_even_deciding_setting([own, *hours, *prices])
    assert verdict.answer == "Hours"
    assert "breaks even between about 50 and 200 requests a month" in verdict.reasons[0].sentence
    never = replace(NEVER, varies="Prices")
    assert break_even_deciding_setting([own, *hours, *prices, never]).answer == "Prices", (
        "never is further than any volume"
    )
    served = replace(own, varies=SERVING)
    assert break_even_deciding_setting([served, *hours]).answer == "Hours"
    assert break_even_deciding_setting([own]).answer == "Nothing: the break-even stays where it is"


# ---- What each plan pays for ----


def test_the_parts_of_each_plan_add_up_and_are_what_they_say(catalogue: Catalogue) -> None:
    typed = {"prompting.model": MODEL, "tuned.offer": TINKER, "tuned.hosting": "dedicated", "labor_rate": "100"}
    typed |= {"prompt_hours": "10", "prompting.prompt_upkeep_hours": "2", "migration_hours": "0"}
    table = {row["plan"]: row for row in rows(catalogue, typed, "split")}
    for row in table.values():
        parts = [Fraction(row[part]) for part in ("tokens", "hosting", "people")]
        assert abs(sum(parts) - Fraction(row["total"])) < NEAR * 10**6 and min(parts) >= 0
    assert Fraction(table["Prompting"]["people"]) == (10 + 12 * 2) * 100
    assert Fraction(table["Prompting"]["hosting"]) == 0 < Fraction(table["Retrieval"]["hosting"])
    tuned = answer_json(
        catalogue,
        "fine_tuning/cost",
        {"requests": "100k", "prompt_hours": "10", "offer": TINKER, "hosting": "dedicated"},
    )["outputs"]
    assert near(table["Fine-tuning"]["hosting"], str(12 * Fraction(tuned["hosting_per_month"]["value"])))
    without = {row["plan"]: row for row in rows(catalogue, typed | {"people": "no"}, "split")}
    for name, row in without.items():
        assert Fraction(row["people"]) == 0
        assert near(str(Fraction(table[name]["total"]) - Fraction(table[name]["people"])), row["total"])


def test_the_move_to_another_model_is_peoples_work(catalogue: Catalogue) -> None:
    typed = typed_plans(
        {"source": "prompting"},
        prompting__model="openai/gpt-5.4-nano",
        prompt_hours=0,
        labor_rate=30,
        migration_hours=7,
    )
    typed |= {"prompting.prompt_upkeep_hours": "0"}
    (row,) = rows(catalogue, typed, "split")
    assert Fraction(row["people"]) == 210
    (row,) = rows(catalogue, typed | {"people": "no"}, "split")
    assert Fraction(row["people"]) == 0


def test_typed_costs_are_shown_as_typed(catalogue: Catalogue) -> None:
    plan = {"start": 7, "fixed": 3, "per_request": "0.5", "accepted": 80, "tested": 100}
    table = rows(catalogue, typed_plans(plan, {"fixed": 1}, requests=10, bad_answer="2"), "split")
    assert Fraction(table[0]["typed"]) == 7 + 12 * 3 + 12 * 10 * Fraction(20, 100) * 2
    assert Fraction(table[0]["tokens"]) == 12 * 10 * Fraction(1, 2)
    assert [Fraction(row["people"]) for row in table] == [0, 0]
    assert "typed" not in rows(catalogue, {}, "split")[0]


def test_what_decides_is_what_moves_the_break_even_furthest() -> None:
    """Where a change makes it never break even, that is further than any volume."""
    assumed, nothing = replace(crossing(1000), is_own=True), "Nothing: the break-even stays where it is"
    near_by, below = crossing(1001, varies="Near"), crossing(400, varies="Below")
    lost, far = replace(NEVER, varies="Lost"), crossing(900_000, varies="Far")
    for listed, decides in (
        ([assumed, crossing(1000, varies="Still")], nothing),
        ([replace(NEVER, is_own=True), lost], nothing),
        ([assumed, replace(near_by, volume=Decimal("1000.5"))], "Near"),
        ([assumed, near_by, below], "Below"),
        ([assumed, below, far], "Far"),
        ([assumed, lost, far], "Lost"),
    ):
        assert break_even_deciding_setting(listed).answer == decides
    (reason,) = break_even_deciding_setting([assumed, far]).reasons
    assert reason.holds
    assert reason.words == (
        "Far decides most. With that alone changed, the other plan breaks even "
        "between about 1,000 and 900,000 requests a month."
    )


def test_what_one_plan_alone_pays_for_is_a_setting_too(catalogue: Catalogue) -> None:
    """People work on the prompt of the first; the other one is paid by the month."""
    typed = typed_plans({"source": "prompting"}, {"fixed": 400}, request_spread="30%", people_spread=2)
    work = ["People need less time", "People need more time"]
    assert list(settings(catalogue, typed)) == [
        "As assumed",
        *work,
        "Each request costs less",
        "Each request costs more",
    ]
    assert output_value(computed(catalogue, NAME, typed).settings).own == 0


def test_a_range_has_the_least_work_with_the_cheapest_requests_and_the_most_with_the_dearest(
    catalogue: Catalogue,
) -> None:
    typed = typed_plans({"source": "prompting"}, {"fixed": 400}, request_spread="30%", people_spread=4)
    (split, _), answer = rows(catalogue, typed, "split"), ask(catalogue, typed)
    total, people, tokens = (Fraction(split[name]) for name in ("total", "people", "tokens"))
    assert people > 0 < tokens and total == people + tokens
    assert near(answer["first_span"]["low"], str(people / 4 + tokens * 7 / 10))
    assert near(answer["first_span"]["high"], str(people * 4 + tokens * 13 / 10))
