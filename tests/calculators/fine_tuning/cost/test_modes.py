"""Every way to serve a tuned model: each row against the answer served so, and the cheapest at a volume."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.declare import output_value
from tests.calculators.answers import answer_json
from tests.calculators.fine_tuning.cost.projects import (
    COST,
    FIREWORKS,
    MINI,
    QWEN,
    SMALL,
    ask,
    equal,
    notes_of,
    with_changes,
)

WAYS = {
    "By the token": "serverless",
    "On a rented GPU": "dedicated",
    "On hardware that you buy": "owned",
}

FEE = "By the token, with an hourly fee"


def modes(answer: Any) -> dict[str, tuple[Any, ...]]:
    """The rows of the table by their first cell."""
    return {row[0]: row[1:] for row in output_value(answer.modes).rows}


@pytest.mark.parametrize("chosen", WAYS.values())
def test_each_row_is_the_answer_served_so(catalogue: Catalogue, chosen: str) -> None:
    table = modes(ask(catalogue, with_changes(SMALL, hosting=chosen)))
    assert set(table) == {*WAYS, FEE}
    for mode in WAYS:
        offer, start, month, year, load = table[mode]
        answer = ask(catalogue, with_changes(SMALL, hosting=WAYS[mode]))
        assert offer == "Tinker, Qwen3 8B" and load == answer.average_load
        assert equal(start, answer.upfront) and equal(year, answer.first_year)
        assert equal(month, answer.hosting_per_month + answer.inference_per_month)
    assert table[FEE][0] == "Microsoft Foundry, GPT-4.1 mini"
    years = [row[3] for row in table.values()]
    assert years == sorted(years)


def test_the_readers_own_way_is_marked(catalogue: Catalogue) -> None:
    for mode, hosting in WAYS.items():
        table = output_value(ask(catalogue, with_changes(SMALL, hosting=hosting)).modes)
        assert table.rows[table.own][0] == mode


def test_a_fee_for_each_hour_beside_the_tokens_is_a_way_of_its_own(catalogue: Catalogue) -> None:
    """$1.70 for 730 hours is $1,241 a month, whatever is asked."""
    fee = {"offer.hosting": "1.7"}
    answer = ask(catalogue, with_changes(SMALL, hosting="serverless"), overrides=fee)
    assert answer.hosting_per_month == 1241
    assert equal(modes(answer)[FEE][2], 1241 + answer.inference_per_month)
    assert output_value(answer.modes).rows[output_value(answer.modes).own][0] == FEE
    token = modes(answer)["By the token"]
    assert token[0] != "Tinker, Qwen3 8B", "by the token alone, another offer is the cheapest"


def test_a_way_that_the_offer_is_not_sold_in_takes_the_cheapest_open_offer(catalogue: Catalogue) -> None:
    """OpenAI keeps the weights: a GPU of one's own takes a model whose weights are open."""
    answer = ask(catalogue, with_changes(SMALL, hosting="serverless"), MINI)
    table = modes(answer)
    assert table["By the token"][0] == "OpenAI, GPT-4.1 mini" != table["On hardware that you buy"][0]
    others = {row["offer"]: row for row in rows_of(catalogue, {"hosting": "dedicated"})}
    open_ones = [row for row in others.values() if row["served"] == "own GPU" and not row["remark"]]
    assert table["On a rented GPU"][0] in [row["offer"] for row in open_ones]
    assert modes(ask(catalogue, SMALL, FIREWORKS))["On a rented GPU"][0] == "Fireworks, up to 16B"


def rows_of(catalogue: Catalogue, typed: dict[str, str]) -> list[dict[str, Any]]:
    """The rows of the table of offers."""
    (table,) = [table for table in answer_json(catalogue, COST, typed)["tables"] if table["name"] == "offers"]
    return [dict(zip((column["name"] for column in table["columns"]), row, strict=True)) for row in table["rows"]]


def test_the_cheapest_way_turns_with_the_volume(catalogue: Catalogue) -> None:
    few, many = (
        ask(catalogue, with_changes(SMALL, hosting="serverless", requests=requests, peak_factor=1))
        for requests in (1000, 10**8)
    )
    assert output_value(few.cheapest_serving).answer == "By the token"
    assert output_value(many.cheapest_serving).answer in ("On a rented GPU", "On hardware that you buy")
    first, second = sorted(row[3] for row in modes(few).values())[:2]
    (reason,) = output_value(few.cheapest_serving).reasons
    assert reason.holds and equal(reason.numbers["saved"][0], second - first)


def test_bought_hardware_costs_its_part_of_the_price_its_power_and_somebodys_hours(catalogue: Catalogue) -> None:
    """$7,200 over 36 months is $200; half a kilowatt for 730 hours at $0.20 is $73."""
    bought = with_changes(SMALL, hosting="owned", hardware_price=7200, hardware_life=36, requests=1)
    powered = with_changes(bought, hardware_power=Fraction(1, 2), power_price=Fraction(1, 5), hardware_hours=3)
    answer = ask(catalogue, powered)
    assert equal(answer.hosting_per_month, 273)
    assert equal(answer.upkeep_per_month, (3 + 4) * 100)
    assert ask(catalogue, with_changes(powered, hosting="dedicated")).upkeep_per_month == 400
    assert equal(
        ask(catalogue, with_changes(powered, machine_share=Fraction(1, 4))).hosting_per_month, Fraction(273, 4)
    )


def test_weights_that_the_provider_keeps_run_on_no_hardware_of_ones_own(catalogue: Catalogue) -> None:
    owned = with_changes(SMALL, hosting="owned")
    words = "Its provider's machine is counted"
    assert words in notes_of(ask(catalogue, owned, FIREWORKS))
    rented = ask(catalogue, with_changes(SMALL, hosting="dedicated"), FIREWORKS)
    assert ask(catalogue, owned, FIREWORKS).hosting_per_month == rented.hosting_per_month
    assert words not in notes_of(ask(catalogue, owned, QWEN))
    trained_elsewhere = ask(catalogue, with_changes(owned, training_on="gpus"), FIREWORKS)
    assert equal(trained_elsewhere.hosting_per_month, 273)


def test_no_people_means_no_labor_anywhere(catalogue: Catalogue) -> None:
    """24 hours for the prompt, 500 examples at 4 minutes, 40 hours of set-up; 800 answers graded in a minute each."""
    for hosting in WAYS.values():
        answer, worked = (
            ask(catalogue, with_changes(SMALL, hosting=hosting, people=people)) for people in ("no", "yes")
        )
        assert answer.labor == answer.upkeep_per_month == 0
        assert answer.upfront == answer.training_cost + answer.failed_cost + answer.evaluation_cost
        assert equal(worked.labor, (24 + Fraction(500 * 4, 60) + 40) * 100)
        assert equal(worked.evaluation_cost - answer.evaluation_cost, Fraction(800 * 100, 60))


@pytest.mark.parametrize(
    ("offer", "tokens"),
    [("bedrock/nova-2-lite", "0.00078"), ("coreweave/qwen3-14b", "0.000071"), ("coreweave/llama-3.1-8b", "0.000088")],
)
def test_offers_at_amazon_and_coreweave_are_served_by_the_token(catalogue: Catalogue, offer: str, tokens: str) -> None:
    """A request of 100 tokens in and 300 out, such as 100 × $0.30 and 300 × $2.50 a million for Nova 2 Lite."""
    given = {"offer": offer, "instructions": "0", "context": "0", "user_text": "100", "answer": "300"}
    outputs = answer_json(catalogue, "fine_tuning/cost", given)["outputs"]
    assert Fraction(outputs["inference_per_request"]["value"]) == Fraction(tokens)
    assert outputs["cheapest_serving"]["value"] == "By the token"
