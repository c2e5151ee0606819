"""How a tuned model is served, how long its offers last, and what the answer says about both."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal
from fractions import Fraction

import pytest

from calculators.catalogue import Catalogue, load
from calculators.engine.declare import output_value
from macros.facts import facts_text
from tests.calculators.answers import Results, answer_json
from tests.calculators.fine_tuning.cost.by_hand import Prices, Project, own_machines, replicas
from tests.calculators.fine_tuning.cost.projects import (
    COST,
    FACTS,
    FIREWORKS,
    H100,
    MINI,
    QWEN,
    RTX,
    SMALL,
    TODAY,
    ask,
    equal,
    notes_of,
    with_changes,
)
from tests.calculators.settings import settings_of


def test_replicas_follow_the_busiest_hour(catalogue: Catalogue) -> None:
    """One GPU answers 1,000 tokens a second: that many at the peak fit, a few more need a second GPU."""
    overrides = {"gpu.throughput_low": "1000", "gpu.throughput_high": "2000", "gpu.rent": "2"}
    full = with_changes(Project(), answer=1000, requests=262_800, peak_factor=10)
    answer = ask(catalogue, full, overrides=overrides)
    assert answer.peak_tokens_per_second == 1000 and answer.replicas == 1 and answer.hosting_per_month == 2 * 730
    assert answer.average_load == Decimal("0.1")
    more = ask(catalogue, with_changes(full, requests=262_801), overrides=overrides)
    assert more.replicas == 2 and more.fewest_replicas == 1 and more.hosting_per_month == 2 * 2 * 730
    assert "At the faster measured speed, 1 replica would do instead of 2 replicas" in notes_of(more)
    assert ask(catalogue, with_changes(full, requests=0), overrides=overrides).hosting_per_month == 2 * 730
    many = with_changes(full, requests=10**8)
    assert ask(catalogue, many, overrides=overrides).replicas == replicas(
        many, Prices(FACTS, QWEN, H100, TODAY, overrides)
    )


def test_long_prompts_count_by_the_prompt(catalogue: Catalogue) -> None:
    """16 prompt tokens take as long as an answer token: 160 of them and an answer of ten are the same work."""
    work = {"requests": 10**7, "prompt_tokens_as_answer": 16}
    by_answer = ask(catalogue, with_changes(Project(), answer=10, user_text=160, **work))
    by_prompt = ask(catalogue, with_changes(Project(), answer=10, user_text=320, **work))
    assert by_answer == dataclasses.replace(
        ask(catalogue, with_changes(Project(), answer=10, user_text=100, **work)),
        cheapest_serving=by_answer.cheapest_serving,
        breakdown=by_answer.breakdown,
        modes=by_answer.modes,
        offers=by_answer.offers,
        notes=by_answer.notes,
    )
    assert by_prompt.peak_tokens_per_second == 2 * by_answer.peak_tokens_per_second


def test_a_gpu_of_unknown_speed_is_counted_once_and_said(catalogue: Catalogue) -> None:
    answer = ask(catalogue, with_changes(SMALL, requests=10**9), gpu=RTX)
    assert answer.replicas == 1 and answer.average_load is None
    assert "The serving speed of this GPU is not known" in notes_of(answer)


def test_the_other_way_of_serving_is_told_where_it_costs_less(catalogue: Catalogue) -> None:
    assert "By the token, the same requests would cost" in notes_of(ask(catalogue))
    busy = ask(catalogue, with_changes(SMALL, hosting="serverless", requests=5 * 10**7, peak_factor=1))
    assert "On a GPU of its own, the same requests would cost" in notes_of(busy)
    assert "the same requests would cost" not in notes_of(ask(catalogue, with_changes(SMALL, hosting="serverless")))
    fireworks = ask(catalogue, with_changes(SMALL, hosting="serverless"), FIREWORKS)
    assert "No price by the token is published" in notes_of(fireworks) and fireworks.replicas == 1
    provider_hosted = ask(catalogue, SMALL, MINI)
    assert "This provider keeps the tuned weights" in notes_of(provider_hosted) and provider_hosted.replicas == 0


@pytest.mark.parametrize("every", range(14))
def test_retrainings_fall_every_so_many_months(catalogue: Catalogue, every: int) -> None:
    falls = [month for month in range(1, 12) if every and month % every == 0]
    answer = ask(catalogue, with_changes(SMALL, retrain_months=every))
    assert answer.retrainings == len(falls)
    assert equal(answer.retraining_per_year, Fraction(answer.retraining_cost) * len(falls))


def test_a_base_that_stops_within_the_year_adds_a_retraining(catalogue: Catalogue) -> None:
    """GPT-4.1 mini stops two months after November: once more, unless a retraining falls into that month anyway."""
    assert FACTS["collections"]["tuning"][MINI]["facts"]["retires"]["values"][-1][1] == "2027-01-14"
    counts = {
        every: ask(catalogue, with_changes(SMALL, retrain_months=every), MINI, day="2026-11-30").retrainings
        for every in (0, 1, 2, 6)
    }
    assert counts == {0: 1, 1: 11, 2: 5, 6: 2}
    warned = "tuned models stop on 2027-01-14. One retraining is counted in that month"
    assert warned in notes_of(ask(catalogue, SMALL, MINI))
    last_day, day_after = (ask(catalogue, SMALL, MINI, day=day) for day in ("2027-01-13", "2027-01-14"))
    assert warned in notes_of(last_day) and last_day.retrainings == 2
    assert warned not in notes_of(day_after) and day_after.retrainings == 1
    assert "tuned models stopped on 2027-01-14. These costs are history" in notes_of(day_after)


def test_closed_providers_say_since_when(catalogue: Catalogue) -> None:
    notes = notes_of(ask(catalogue, SMALL, MINI))
    assert "has been closed to new customers since 2026-05-07" in notes
    assert "no new training from 2027-01-06 on" in notes
    assert "no new training since 2027-01-06" in notes_of(ask(catalogue, SMALL, MINI, day="2027-01-06"))
    assert "no new training since 2026-10-05" in notes_of(ask(catalogue, SMALL, "prime-intellect/qwen3.5-9b"))
    assert "closed" not in notes_of(ask(catalogue)) and "no new training" not in notes_of(ask(catalogue))


def test_the_table_has_every_offer_and_those_that_are_open_first(catalogue: Catalogue) -> None:
    (table,) = [
        table for table in answer_json(catalogue, COST, settings_of(COST))["tables"] if table["name"] == "offers"
    ]
    rows = [dict(zip((column["name"] for column in table["columns"]), row, strict=True)) for row in table["rows"]]
    names = {entry["name"]: id for id, entry in FACTS["collections"]["tuning"].items()}
    assert sorted(row["offer"] for row in rows) == sorted(names)
    open_ones = [row for row in rows if row["remark"] == ""]
    assert rows[: len(open_ones)] == open_ones and len(open_ones) >= 4
    assert [row["offer"] for row in rows if "closed to new customers since 2026-05-07" in row["remark"]]
    for part in (open_ones, rows[len(open_ones) :]):
        years = [Decimal(row["year"]) for row in part]
        assert years == sorted(years)
    for row in rows:
        outputs = answer_json(catalogue, COST, settings_of(COST) | {"offer": names[row["offer"]]})["outputs"]
        assert row["year"] == outputs["first_year"]["value"] and row["training"] == outputs["cost_per_run"]["value"]
        month = Decimal(outputs["hosting_per_month"]["value"]) + Decimal(outputs["inference_per_month"]["value"])
        assert Decimal(row["month"]) == month


def test_twice_the_requests_cost_twice_as_much_by_the_token(catalogue: Catalogue) -> None:
    project = with_changes(SMALL, hosting="serverless")
    once, twice = ask(catalogue, project), ask(catalogue, with_changes(project, requests=100_000))
    assert equal(twice.inference_per_month, 2 * Fraction(once.inference_per_month)) and once.inference_per_month > 0
    assert once.inference_per_request == twice.inference_per_request
    assert ask(catalogue, with_changes(project, requests=0)).per_request is None
    assert equal(once.per_request * 50_000, once.per_month)


def test_a_file_below_the_minimum_is_told(catalogue: Catalogue) -> None:
    assert "no file with fewer than 10 examples" in notes_of(ask(catalogue, with_changes(SMALL, examples=9), MINI))
    assert "no file with fewer" not in notes_of(ask(catalogue, with_changes(SMALL, examples=10), MINI))


def test_the_default_offer_is_open_dated_and_confirmed(catalogue: Catalogue) -> None:
    answer = answer_json(catalogue, COST, {})["inputs"]
    default = FACTS["collections"]["tuning"][answer["offer"]["value"]]["facts"]
    assert not {"closed_to_new", "closes", "retires"} & set(default)
    used = [default, FACTS["collections"]["gpus"][answer["gpu"]["value"]]["facts"]]
    assert {fact["confidence"] for facts in used for fact in facts.values()} <= {"A", "B"}


def test_the_hand_knows_both_ways_of_serving() -> None:
    prices = Prices(FACTS, QWEN, H100, TODAY, {})
    assert own_machines(SMALL, prices) and not own_machines(with_changes(SMALL, hosting="serverless"), prices)


def number_in(answer: Results, words: str, name: str) -> Decimal:
    """A number in the note that begins with some words."""
    (note,) = [note for note in output_value(answer.notes) if note.words.startswith(words) and note.holds]
    amount: Decimal = note.numbers[name][0]
    return amount


def test_a_note_compares_what_both_ways_of_serving_cost(catalogue: Catalogue) -> None:
    """With many repeats; the second time with a fee for each hour beside the tokens."""
    for hosting, words, requests, overrides in (
        ("dedicated", "By the token", 50_000, {}),
        ("serverless", "On a GPU of its own", 5 * 10**7, {"offer.hosting": "0.5"}),
    ):
        project = with_changes(SMALL, hosting=hosting, repeated=Fraction(1, 2), requests=requests, peak_factor=1)
        switched = with_changes(project, hosting="serverless" if hosting == "dedicated" else "dedicated")
        answer, switched_answer = (
            ask(catalogue, project, overrides=overrides),
            ask(catalogue, switched, overrides=overrides),
        )
        for name, outputs in (("here", answer), ("there", switched_answer)):
            assert equal(number_in(answer, words, name), outputs.hosting_per_month + outputs.inference_per_month)


def test_notes_that_do_not_apply_are_silent(catalogue: Catalogue) -> None:
    by_token = notes_of(ask(catalogue, with_changes(SMALL, hosting="serverless"), gpu=RTX))
    assert "speed" not in by_token and "GPU" not in by_token and "stopped" not in by_token
    assert "faster measured speed" not in notes_of(ask(catalogue))
    assert "People's time" not in notes_of(ask(catalogue, Project())) and "People's time" in notes_of(ask(catalogue))
    at_the_limit = with_changes(SMALL, tokens_per_example=1000, max_tokens=1000)
    assert "counted as cut" not in notes_of(ask(catalogue, at_the_limit))
    assert "On a GPU of its own" not in notes_of(ask(catalogue, SMALL, MINI))


def test_the_readers_own_offer_is_marked_and_moves_down_on_the_day_it_closes() -> None:
    for day, place in (("2027-11-22", 0), (TODAY, -1)):
        facts = json.loads(facts_text())
        offer = facts["collections"]["tuning"][QWEN]["facts"]
        for price in ("training", "input", "cached_read", "output"):
            offer[price]["values"][-1][1] = "0.0001"
        offer["closes"] = {**offer["training"], "unit": "date", "values": [["2026-09-01", day]]}
        answer = ask(load(json.dumps(facts)), with_changes(SMALL, hosting="serverless"))
        table = output_value(answer.offers)
        is_open = [not row[-1] or row[-1].startswith("no new training from 2027-11-22") for row in table.rows]
        assert is_open == sorted(is_open, reverse=True)
        assert table.rows[table.own][0] == "Tinker, Qwen3 8B"
        assert (table.own == 0) is (place == 0)
        assert ("no new training since" in table.rows[table.own][-1]) is (place < 0)
