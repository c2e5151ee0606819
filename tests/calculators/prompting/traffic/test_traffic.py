"""What logs cost: equal to pricing each request by itself, on its own model and on every other."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest

from calculators.catalogue import CASE_CALCULATOR, CASE_QUESTIONS, Catalogue, Question
from calculators.discovery import find_calculator
from calculators.domain.billing.rates import token_rates
from calculators.domain.records import ModelPrice
from calculators.engine.declare import kinds
from calculators.prompting.traffic.logged.breaks import logged_traffic_price_breaks
from calculators.readers.usage.intake import UsageIntake
from tests.calculators.answers import answer_json
from tests.json_types import JsonObject

DAY = "2026-11-20"
LOGGED = ("claude-sonnet-5-5", "claude-haiku-4-5-20251001", "claude-opus-5")
IDS = {"claude-haiku-4-5-20251001": "anthropic/claude-haiku-4-5"} | {
    name: f"anthropic/{name}" for name in ("claude-sonnet-5-5", "claude-opus-5")
}


def log_of(number: int, seed: int) -> list[dict[str, Any]]:
    """Requests of all sizes: cached or not, in a batch or not, short and long."""
    chance = random.Random(seed)
    rows = []
    for place in range(number):
        cached = chance.choice([0, 300, 1500, 5000, 60_000])
        fresh = chance.choice([10, 700, 130_000, 210_000, 280_000, 900_000])
        written = chance.choice([0, cached])
        usage = {
            "input_tokens": fresh,
            "cache_read_input_tokens": cached - written,
            "cache_creation_input_tokens": written,
            "cache_creation": {"ephemeral_1h_input_tokens": chance.choice([0, written])},
            "output_tokens": chance.randrange(1, 4000),
            "service_tier": chance.choice(["standard", "standard", "batch"]),
        }
        answer = {"id": f"msg_{place}", "type": "message", "model": chance.choice(LOGGED), "usage": usage}
        rows.append({"time": f"{DAY}T{place % 24:02d}:00:00Z", "response": answer})
    return rows


def text_of(rows: Iterable[dict[str, Any]]) -> str:
    return "\n".join(map(json.dumps, rows))


def price_of_one(row: dict[str, Any], logged: ModelPrice, model: ModelPrice) -> Decimal:
    """One request on one model, with its own size and at the prices that the bill of a prompt takes, too."""
    usage = row["response"]["usage"]
    ratio = (model.tokenizer_factor or Decimal(1)) / (logged.tokenizer_factor or Decimal(1))
    if model.id == logged.id:
        ratio = Decimal(1)
    fresh, read = usage["input_tokens"] * ratio, usage["cache_read_input_tokens"] * ratio
    long_write = usage["cache_creation"]["ephemeral_1h_input_tokens"] * ratio
    write = usage["cache_creation_input_tokens"] * ratio - long_write
    whole = fresh + read + write + long_write
    is_short = read + write + long_write < (model.smallest_prefix or 0)
    if model.id != logged.id and (model.cached_read is None or is_short):
        fresh, read, write, long_write = whole, Decimal(0), Decimal(0), Decimal(0)
    is_long = model.long_above is not None and whole > model.long_above
    rates = token_rates(model, usage["service_tier"] == "batch")[is_long]
    extended = token_rates(model, usage["service_tier"] == "batch", "extended")[is_long]
    cost = fresh * rates.input + read * rates.cached_read + write * rates.cache_write
    cost += long_write * extended.cache_write + usage["output_tokens"] * ratio * rates.output
    return Decimal(cost) / 1_000_000


def table_of(answer: JsonObject, name: str) -> list[list[Any]]:
    """The rows of a table of the answer."""
    return next(table["rows"] for table in answer["tables"] if table["name"] == name)


@pytest.fixture(scope="module")
def market(catalogue: Catalogue) -> dict[str, ModelPrice]:
    return catalogue.facts.records("prices", ModelPrice, catalogue.facts.as_of)


@pytest.mark.parametrize("seed", range(4))
def test_the_sums_cost_what_the_requests_cost_one_by_one(
    catalogue: Catalogue, market: dict[str, ModelPrice], seed: int
) -> None:
    rows = log_of(60, seed)
    answer = answer_json(catalogue, "prompting/traffic", {"pasted": text_of(rows)})["outputs"]
    models = [market[IDS[row["response"]["model"]]] for row in rows]
    expected = sum(price_of_one(row, model, model) for row, model in zip(rows, models, strict=True))
    assert Decimal(answer["total"]["value"]) == expected


@pytest.mark.parametrize("seed", range(3))
def test_on_every_model_too(catalogue: Catalogue, market: dict[str, ModelPrice], seed: int) -> None:
    rows = log_of(40, seed)
    answer = answer_json(catalogue, "prompting/traffic", {"pasted": text_of(rows)})
    costs = {(row[0], row[1]): Decimal(row[2]) for row in table_of(answer, "ranking")}
    served = {id: model for id, model in market.items() if not "" < model.retires <= catalogue.facts.as_of}
    assert len(costs) == len(served)
    logged = [market[IDS[row["response"]["model"]]] for row in rows]
    for model in served.values():
        expected = sum(price_of_one(row, source, model) for row, source in zip(rows, logged, strict=True))
        assert costs[model.name, model.group] == pytest.approx(expected, rel=Decimal("1e-18")), model.id


def test_files_give_what_the_same_text_gives_pasted(catalogue: Catalogue) -> None:
    text = text_of(log_of(50, 9))
    reader = catalogue.file_reader("prompting/traffic", "logs")
    reader.open("log.jsonl")
    reader.feed(text.encode())
    reader.close()
    files = {"logs": reader.finish()}
    pasted = answer_json(catalogue, "prompting/traffic", {"pasted": text})["outputs"]
    assert json.loads(catalogue.answer(Question("prompting/traffic", {}, files)))["outputs"] == pasted


def test_a_month_is_taken_from_the_whole_days(catalogue: Catalogue) -> None:
    """One request on each whole day, and many on a first and a last day that are not whole."""
    rows = []
    for day, number in ((10, 7), (11, 1), (12, 1), (13, 1), (14, 9)):
        for place in range(number):
            usage = {"input_tokens": 1000, "output_tokens": 100}
            answer = {"id": f"{day}.{place}", "type": "message", "model": "claude-sonnet-5-5", "usage": usage}
            rows.append({"time": f"2026-11-{day}T10:00:00Z", "response": answer})
    outputs = answer_json(catalogue, "prompting/traffic", {"pasted": text_of(rows), "month_hours": "720"})["outputs"]
    assert (outputs["days_covered"]["value"], outputs["requests_month"]["value"]) == ("3", "30")
    assert Decimal(outputs["per_month"]["value"]) == 30 * (1000 * 2 + 100 * 10) / Decimal(1_000_000)
    typed = answer_json(catalogue, "prompting/traffic", {"pasted": text_of(rows), "days": "19", "month_hours": "720"})
    assert Decimal(typed["outputs"]["requests_month"]["value"]) == Decimal(30)


def test_whole_days_without_requests_say_nothing_of_a_month(catalogue: Catalogue) -> None:
    """Two requests, two months apart: their own days are not whole, and none came in between."""
    usage = {"input_tokens": 1000, "output_tokens": 100}
    answer = {"type": "message", "model": "claude-sonnet-5-5", "usage": usage}
    rows = [{"time": f"2026-{day}T10:00:00Z", "response": {**answer, "id": day}} for day in ("09-10", "11-09")]
    outputs = answer_json(catalogue, "prompting/traffic", {"pasted": text_of(rows)})["outputs"]
    assert outputs["requests"]["value"] == "2"
    assert [outputs[name]["value"] for name in ("per_month", "requests_month", "days_covered")] == [None] * 3


def test_without_times_there_is_no_month(catalogue: Catalogue) -> None:
    row = {"type": "message", "model": "claude-sonnet-5-5", "usage": {"input_tokens": 1000, "output_tokens": 100}}
    outputs = answer_json(catalogue, "prompting/traffic", {"pasted": json.dumps(row)})["outputs"]
    assert outputs["per_month"]["value"] is None
    assert outputs["at_the_time"]["value"] is None
    typed = answer_json(catalogue, "prompting/traffic", {"pasted": json.dumps(row), "days": "1"})["outputs"]
    assert Decimal(typed["per_month"]["value"]) == pytest.approx(Decimal("0.003") * 730 / 24)


def test_prices_of_the_days_themselves(catalogue: Catalogue, market: dict[str, ModelPrice]) -> None:
    """Sonnet 5.5 has a price since November 4; before that day its tokens have none."""
    usage = {"input_tokens": 1_000_000, "output_tokens": 0}
    rows = [
        {"time": f"2026-11-{day}", "response": {"type": "message", "model": "claude-sonnet-5-5", "usage": usage}}
        for day in ("02", "05")
    ]
    since = catalogue.facts.fact("prices:anthropic/claude-sonnet-5-5#input").since
    assert "2026-11-02" < since <= "2026-11-05"
    answer = answer_json(catalogue, "prompting/traffic", {"pasted": text_of(rows)})
    outputs, price = answer["outputs"], market["anthropic/claude-sonnet-5-5"].input
    assert Decimal(outputs["total"]["value"]) == 2 * price
    assert Decimal(outputs["at_the_time"]["value"]) == price
    assert [row[0] for row in table_of(answer, "daily")] == ["2026-11-05"]


def test_what_caching_saved(catalogue: Catalogue) -> None:
    """A million tokens read at $0.10 instead of $2, and a million written at $2.50."""
    usage = {"input_tokens": 0, "cache_read_input_tokens": 10**6, "cache_creation_input_tokens": 10**6}
    row = {"type": "message", "model": "claude-sonnet-5-5", "usage": usage | {"output_tokens": 1}}
    outputs = answer_json(catalogue, "prompting/traffic", {"pasted": json.dumps(row)})["outputs"]
    assert Decimal(outputs["caching_saved"]["value"]) == Decimal("1.9") - Decimal("0.5")


def test_names_without_a_price_are_listed_with_their_share(catalogue: Catalogue) -> None:
    rows = [
        {"type": "message", "model": name, "usage": {"input_tokens": tokens, "output_tokens": 0}}
        for name, tokens in (("claude-sonnet-5-5", 300), ("our-own-model", 100))
    ]
    answer = answer_json(catalogue, "prompting/traffic", {"pasted": text_of(rows)})
    assert answer["outputs"]["unpriced_share"]["value"] == "0.25"
    assert [row[0] for row in table_of(answer, "models")] == ["Claude Sonnet 5.5", "our-own-model"]
    assert any("“our-own-model”" in note for note in answer["notes"])


def test_a_summary_of_other_prices_is_refused(catalogue: Catalogue) -> None:
    for text, words in (
        (UsageIntake((1,), (2,)).finish(), "choose the files again"),
        ("nonsense", "cannot be typed"),
        ("[]", "cannot be typed"),
        ('{"version":1}', "cannot be typed"),
    ):
        refused = json.loads(catalogue.answer(Question("prompting/traffic", {}, {"logs": text}, form="page")))
        assert words in json.dumps(refused)


def test_the_breaks_hold_every_limit_of_every_model(catalogue: Catalogue, market: dict[str, ModelPrice]) -> None:
    breaks = logged_traffic_price_breaks(catalogue.facts)
    for model in market.values():
        for limit in (model.long_above, model.context_window):
            assert limit is None or limit in breaks.sizes
        assert model.smallest_prefix is None or model.smallest_prefix in breaks.cached


def test_the_numbers_for_other_calculators_answer_questions_that_they_ask(catalogue: Catalogue) -> None:
    rows = table_of(answer_json(catalogue, "prompting/traffic", {}), "case")
    answers = {row[0]: row[2] for row in rows}
    lengths = {name: answers.pop(name) for name in ("steps", "steps_of_nine_in_ten")}
    calculator, _, question = "agents/cost model".partition(" ")
    model = answers.pop(f"{calculator} {question}")
    assert model == answers["model"] and question in kinds(find_calculator(calculator).inputs)
    assert set(answers) <= set(CASE_QUESTIONS)
    answered = answer_json(catalogue, CASE_CALCULATOR, answers)
    assert {name: answered["inputs"][name]["value"] for name in ("requests", "turns", "model")} == {
        "requests": answers["requests"],
        "turns": "1",
        "model": answers["model"],
    }

    agent = answer_json(catalogue, calculator, {**lengths, question: model})["inputs"]
    assert agent[question]["value"] == model
    assert set(lengths) <= set(catalogue.case_names("agents/cost"))
    assert {name: agent[name]["value"] for name in lengths} == {"steps": "3", "steps_of_nine_in_ten": "3"}


def test_the_lengths_of_sessions_are_steps_of_an_agent(catalogue: Catalogue) -> None:
    """Nine sessions of 4 requests and one of 40: half have at most 4, and so have nine in ten; with two, 40."""

    def lengths(sessions: list[int], named: bool = True) -> dict[str, tuple[str, str]]:
        usage = {"input_tokens": 300, "output_tokens": 120}
        rows = [
            {
                "time": f"2026-11-10T{number // 60:02d}:{number % 60:02d}:{session:02d}Z",
                **({"conversation_id": f"c{session}"} if named else {}),
                "response": {
                    "id": f"m{session}-{number}",
                    "type": "message",
                    "model": "claude-sonnet-5-5",
                    "usage": usage,
                },
            }
            for session, count in enumerate(sessions)
            for number in range(count)
        ]
        case = table_of(answer_json(catalogue, "prompting/traffic", {"pasted": text_of(rows)}), "case")
        models.append([row[2] for row in case if row[0] == "agents/cost model"])
        return {row[0]: (row[2], row[3]) for row in case if row[0].startswith("steps")}

    models: list[list[str]] = []
    ten = "your logs, n = 10"
    assert lengths([4] * 9 + [40]) == {"steps": ("4", ten), "steps_of_nine_in_ten": ("4", ten)}
    assert lengths([4] * 8 + [40] * 2) == {"steps": ("4", ten), "steps_of_nine_in_ten": ("40", ten)}
    assert lengths([1] * 10) == lengths([4] * 10, named=False) == {}
    assert models == [["anthropic/claude-sonnet-5-5"]] * 2 + [[]] * 2


def test_the_case_costs_what_the_logs_cost(catalogue: Catalogue) -> None:
    """One model, every request alike, all from a warm cache: the month of the logs is the month of the case."""
    usage = {"input_tokens": 300, "cache_read_input_tokens": 2000, "output_tokens": 120}
    rows = [
        {
            "time": f"2026-11-{10 + number // 24:02d}T{number % 24:02d}:30:00Z",
            "response": {"id": f"m{number}", "type": "message", "model": "claude-sonnet-5-5", "usage": usage},
        }
        for number in range(120)
    ]
    answer = answer_json(catalogue, "prompting/traffic", {"pasted": text_of(rows)})
    case = {row[0]: row[2] for row in table_of(answer, "case")}
    tokens = {"counted_with": "claude-4.7"}
    month = answer_json(catalogue, CASE_CALCULATOR, case | tokens)["outputs"]["per_month"]["value"]
    assert Decimal(month) == pytest.approx(Decimal(answer["outputs"]["per_month"]["value"]), rel=Decimal("0.001"))


def test_each_day_is_paid_by_kind_at_its_own_prices(catalogue: Catalogue) -> None:
    """Sonnet 5.5 at $2, $0.10 and $10 a million since November 4: two requests on the 5th, one on the 6th.

    Before it has a price, three of $2 on the 2nd and two on the 3rd count at today's.
    """
    logged = {
        "02": (3, 10**6, 0, 0),
        "03": (2, 10**6, 0, 0),
        "05": (2, 10**6, 10**6, 10**5),
        "06": (1, 500_000, 0, 200_000),
    }
    rows = [
        {
            "time": f"2026-11-{day}T10:0{number}:00Z",
            "response": {
                "id": f"{day}.{number}",
                "type": "message",
                "model": "claude-sonnet-5-5",
                "usage": {"input_tokens": fresh, "cache_read_input_tokens": read, "output_tokens": output},
            },
        }
        for day, (requests, fresh, read, output) in logged.items()
        for number in range(requests)
    ]
    answer = answer_json(catalogue, "prompting/traffic", {"pasted": text_of(rows)})
    assert table_of(answer, "daily") == [
        ["2026-11-05", "6.2", "4", "0.2", "0", "2"],
        ["2026-11-06", "3", "1", "0", "0", "2"],
    ]
    (undated,) = [note for note in answer["notes"] if "no price of their day is known" in note]
    assert "5 requests, which cost $10.00" in undated
    assert "(2 days, 2026-11-02 to 2026-11-03)" in undated
