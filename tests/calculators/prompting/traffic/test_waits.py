"""Times that a log holds: shown by size, and handed on to the calculator of waits as a model of the reader's own."""

from __future__ import annotations

import json
import math
import random
from statistics import NormalDist, median

import pytest

from calculators.catalogue import Catalogue
from calculators.prompting.traffic.logged.waits import FEWEST
from calculators.readers.usage.intake import UsageIntake
from calculators.readers.usage.sums.summary import usage_summary_from_json
from calculators.readers.usage.sums.times import MOST_MODELS, UsageTimes, usage_times_from_rows
from tests.calculators.answers import answer_json
from tests.json_types import JsonObject

FIRST, SPREAD, READING, WRITING = 0.4, 1.5, 5000, 80
"""The model of the log: the median and the p95 against it of its first token, and tokens a second."""

P95 = NormalDist().inv_cdf(0.95)


def observation(number: int, read: int, output: int, first: float, **more: object) -> JsonObject:
    """An observation of Langfuse of a request that read so many tokens, 1,000 more from a cache."""
    begin = 1_793_520_000_000 + 60_000 * number
    last = first + (output - 1) / WRITING
    usage = {"input": read, "input_cached_tokens": 1000, "output": output, "total": read + 1000 + output}
    row: JsonObject = {
        "id": f"o{number}",
        "traceId": f"t{number}",
        "type": "GENERATION",
        "startTime": begin,
        "completionStartTime": begin + round(first * 1000),
        "endTime": begin + round(last * 1000),
        "model": "gpt-6.1-sol",
        "usageDetails": usage,
    }
    return row | more


def log(count: int, sizes: tuple[int, ...] = (300, 20_000)) -> list[JsonObject]:
    """Requests with prompts of these sizes in turn."""
    dice = random.Random(20)
    rows = []
    for number in range(count):
        read, output = sizes[number % len(sizes)], dice.choice((60, 250, 900))
        waited = FIRST * math.exp(dice.gauss(0, math.log(SPREAD) / P95)) + read / READING
        rows.append(observation(number, read, output, waited))
    return rows


def traffic(catalogue: Catalogue, rows: list[JsonObject]) -> JsonObject:
    """What the logs come to."""
    return answer_json(catalogue, "prompting/traffic", {"pasted": "\n".join(map(json.dumps, rows))})


def table(answer: JsonObject, name: str) -> list[list[str]]:
    """The rows of a table."""
    (rows,) = [listed["rows"] for listed in answer["tables"] if listed["name"] == name]
    return list(rows)


def speeds(answer: JsonObject) -> dict[str, str]:
    """What is handed on about speed."""
    return {row[0]: row[2] for row in table(answer, "case") if row[0].partition(".")[0] == "speed"}


def test_the_speeds_of_the_log_come_back(catalogue: Catalogue) -> None:
    answer = traffic(catalogue, log(800))
    measured = speeds(answer)
    assert measured["speed"] == "own"
    assert float(measured["speed.first_token"]) == pytest.approx(FIRST, rel=0.06)
    assert float(measured["speed.first_token_p95"]) == pytest.approx(FIRST * SPREAD, rel=0.08)
    assert float(measured["speed.reading"]) == pytest.approx(READING, rel=0.05)
    assert float(measured["speed.writing"]) == pytest.approx(WRITING, rel=0.02)
    assert {row[3] for row in table(answer, "case") if row[0].startswith("speed")} == {"your logs, n = 800"}


def test_they_fill_the_calculator_of_waits_and_give_the_waits_of_the_log(catalogue: Catalogue) -> None:
    """The names are those of the case, and the first token of a prompt of the log's size is that of the log."""
    assert catalogue.case_names("serving/latency")["speed"] == "speed"
    rows = log(800)
    measured = speeds(traffic(catalogue, rows))
    nothing = {f"around.{stage}": "0" for stage in ("network", "retrieval", "rerank")}
    asked = nothing | {"prompt": "20000", "reasoning": "0", "speeds.cached": "0", "tries.failed": "0"}
    asked |= {"speeds.speed_spread": "1"}
    wait = answer_json(catalogue, "serving/latency", measured | asked)["outputs"]
    waited = sorted((row["completionStartTime"] - row["startTime"]) / 1000 for row in rows[1::2])
    assert float(wait["first_p50"]["value"]) == pytest.approx(median(waited), rel=0.02)
    assert float(wait["first_p95"]["value"]) == pytest.approx(waited[math.ceil(0.95 * len(waited)) - 1], rel=0.03)


def test_the_table_shows_medians_and_slow_requests_by_size(catalogue: Catalogue) -> None:
    rows = log(400)
    waits = {row[0]: row for row in table(traffic(catalogue, rows), "waits")}
    assert list(waits) == [
        "First token, prompt up to 500 tokens",
        "First token, prompt 8,001 to 32,000 tokens",
        "Whole answer, up to 100 tokens",
        "Whole answer, 101 to 300 tokens",
        "Whole answer, 301 to 1,000 tokens",
    ]
    short = sorted((row["endTime"] - row["startTime"]) / 1000 for row in rows if row["usageDetails"]["output"] == 60)
    _, model, count, middle, slow = waits["Whole answer, up to 100 tokens"]
    assert (model, int(count)) == ("gpt-6.1-sol", len(short))
    assert float(middle) == pytest.approx(short[math.ceil(len(short) / 2) - 1], rel=0.0101, abs=0.006)
    assert float(slow) == pytest.approx(short[math.ceil(0.95 * len(short)) - 1], rel=0.0101, abs=0.006)


def test_a_single_size_of_prompts_gives_no_speed_of_reading(catalogue: Catalogue) -> None:
    """Then the first token holds what it took to read them."""
    measured = speeds(traffic(catalogue, log(200, (450,))))
    assert "speed.reading" not in measured
    assert float(measured["speed.first_token"]) == pytest.approx(FIRST + 450 / READING, rel=0.08)


@pytest.mark.parametrize(
    "more",
    [
        {"level": "ERROR"},
        {"usageDetails": {"input": 300, "output": 60, "output_reasoning_tokens": 40, "total": 400}},
        {"completionStartTime": None},
    ],
    ids=["failed", "reasoned", "no first token"],
)
def test_what_has_no_usable_first_token_is_not_handed_on(catalogue: Catalogue, more: JsonObject) -> None:
    assert speeds(traffic(catalogue, [row | more for row in log(100, (300,))])) == {}


def test_a_few_requests_hand_nothing_on(catalogue: Catalogue) -> None:
    assert speeds(traffic(catalogue, log(FEWEST - 1, (300,)))) == {}
    assert speeds(traffic(catalogue, log(FEWEST, (300,)))) != {}


def test_the_model_with_most_times_counts(catalogue: Catalogue) -> None:
    """Another model, ten times as slow, changes nothing of what is handed on."""
    rows = log(100, (300,))
    others = [observation(1000 + number, 300, 60, 4.0, model="gpt-6-luna") for number in range(40)]
    assert speeds(traffic(catalogue, rows + others)) == speeds(traffic(catalogue, rows))


def test_times_survive_as_text_and_in_any_order() -> None:
    texts = []
    for rows in (log(60), log(60)[::-1]):
        intake = UsageIntake((1000,), (500,))
        intake.open("log")
        intake.feed("\n".join(map(json.dumps, rows)).encode())
        intake.close()
        summary = usage_summary_from_json(intake.finish())
        texts.append(json.dumps(summary.times.to_rows()))
    assert texts[0] == texts[1] and len(texts[0]) > 200
    assert json.dumps(usage_times_from_rows(**json.loads(texts[0])).to_rows()) == texts[0]


def test_many_models_share_one_name() -> None:
    from calculators.readers.usage.request import Request

    times = UsageTimes()
    for number in range(2 * MOST_MODELS):
        times.add(Request(model=f"m{number}", seconds=1.0, output=5))
    assert len({model for model, _, _ in times.whole}) == MOST_MODELS + 1
