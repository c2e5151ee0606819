"""Sums, quantiles and ids of logs: the same as from a list of all requests, in any order and any pieces."""

from __future__ import annotations

import json
import math
import random
import struct
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.readers.intake import id_table
from calculators.readers.intake.id_table import IdTable
from calculators.readers.usage.intake import UsageIntake
from calculators.readers.usage.request import Request
from calculators.readers.usage.sums.quantiles import usage_quantile, usage_quantile_bucket
from calculators.readers.usage.sums.summary import VERSION, Sums, usage_summary_from_json
from calculators.readers.usage.sums.tally import UsageTally

MIDNIGHT = 1_793_491_200.0
"""The first second of November 1, 2026, UTC."""


def message(number: int, **usage: int) -> dict[str, object]:
    return {"id": f"msg_{number}", "type": "message", "model": "claude-sonnet-5-5", "usage": usage}


def summary_of(data: bytes, size: int = 1 << 20) -> str:
    intake = UsageIntake((1000,), (500,))
    intake.open("log")
    for begin in range(0, len(data), size):
        intake.feed(data[begin : begin + size])
    intake.close()
    return intake.finish()


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=200), st.sampled_from([0.5, 0.9, 0.99]))
def test_a_quantile_is_at_most_one_percent_off(values: list[int], share: float) -> None:
    exact = sorted(values)[max(1, math.ceil(round(share * len(values), 9))) - 1]
    counted = usage_quantile(Counter(map(usage_quantile_bucket, values)), share)
    assert counted == pytest.approx(exact, rel=0.0101)


def test_no_value_has_no_quantile() -> None:
    assert usage_quantile({}, 0.5) is None


def test_the_table_of_ids_remembers_each_with_its_number() -> None:
    table = IdTable()
    numbers: dict[str, int] = {}
    chance = random.Random(2)
    for _ in range(30_000):
        id, number = f"request-{chance.randrange(12_000)}", chance.randrange(1 << 33)
        place = table.place_of(id)
        assert (place >= 0) == (id in numbers)
        assert place < 0 or table.number(place) == min(numbers[id], (1 << 32) - 1)
        table.set_number(place if place >= 0 else ~place, number)
        numbers[id] = number
    assert len(table) == len(numbers)
    assert sum(count for _, count in table.numbers()) == len(numbers)


@pytest.mark.parametrize("is_whole", [True, False])
def test_ids_that_differ_in_one_letter_have_digests_that_differ(
    is_whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where Python's own hash has 32 bits: 200,000 ids would share one of those four or five times."""
    monkeypatch.setattr(id_table, "IS_HASH_WHOLE", is_whole)
    digests = {id_table.id_digest(f"msg_{number:06d}") for number in range(200_000)}
    assert len(digests) == 200_000
    assert all(0 < digest < 1 << 64 for digest in digests)


def hash_of_web_assembly(text: str) -> int:
    """Python's hash of 32 bits: FNV, four bytes at a time, then the rest one by one."""
    data, state = text.encode(), 0x12345678 ^ (ord(text[0]) << 7)
    blocks = (len(data) - 1) // 4
    for number in (*struct.unpack_from(f"<{blocks}I", data), *data[4 * blocks :]):
        state = (state * 1_000_003 ^ number) % (1 << 32)
    return (state ^ len(data) ^ 0x9ABCDEF0) % (1 << 32)


@pytest.mark.parametrize("shape", ["talk-%d", "msg_%06d", "%032x", "chatcmpl-%d/claude-sonnet-5-5"])
def test_ids_do_not_crowd_in_a_browser(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all places were as likely, 4,000 ids in 8,192 places would each pass half a place that is taken."""
    monkeypatch.setattr(id_table, "IS_HASH_WHOLE", False)
    monkeypatch.setattr(id_table, "hash", hash_of_web_assembly, raising=False)
    passed, places = 0, set()
    for digest in id_table.id_digests([shape % number for number in range(4000)]):
        place = digest % 8192
        while place in places:
            passed, place = passed + 1, (place + 1) % 8192
        places.add(place)
    assert passed < 4000


def test_half_a_character_in_an_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(id_table, "IS_HASH_WHOLE", False)
    ids = ["a\ud800", "a\ud801", "a"]
    assert len(set(id_table.id_digests(ids))) == 3
    assert id_table.id_digests(ids) == [*map(id_table.id_digest, ids)]


def test_of_rows_of_one_request_the_largest_output_counts() -> None:
    tally = UsageTally()
    for output in (3, 3, 240, 100):
        tally.add(Request(id="a", model="m", uncached=4, read=30_000, write=1200, output=output), "1")
    tally.add(Request(id="b", model="m", uncached=1, read=0, write=0, output=5), "5")
    summary = tally.finish()
    (sums,) = summary.cells.values()
    assert (sums.requests, sums.uncached, sums.read, sums.write, sums.output) == (2, 5, 30_000, 1200, 245)
    assert summary.duplicates == 3
    assert summary.outputs == {usage_quantile_bucket(240): 1, usage_quantile_bucket(5): 1}


def test_rows_without_an_id_are_requests_of_their_own() -> None:
    tally = UsageTally()
    for _ in range(2):
        tally.add(Request(model="m", uncached=4, output=1), "1")
    (sums,) = tally.finish().cells.values()
    assert (sums.requests, sums.without_cache) == (2, 2)


def test_a_request_belongs_to_its_day_model_tier_and_sizes() -> None:
    tally = UsageTally((1000, 2000), (500,))
    for size, cached in ((1000, 0), (1001, 500), (2001, 499)):
        tally.add(Request(time=MIDNIGHT + 90_000, model="m", uncached=size - cached, read=cached, output=1), "1")
    cells = {(cell[0], cell[4], cell[5]) for cell in tally.finish().cells}
    day = int(MIDNIGHT // 86_400) + 1
    assert cells == {(day, 0, 0), (day, 1, 1), (day, 2, 0)}


def test_a_row_of_many_requests_counts_at_their_mean_size_and_one_without_a_number_says_so() -> None:
    tally = UsageTally((1000,))
    tally.add(Request(requests=5, model="m", uncached=4000, read=500, output=10), "1")
    tally.add(Request(requests=None, model="m", uncached=900, read=0, output=10), "2")
    tally.add(Request(requests=0, model="m", uncached=9000, read=0, output=10), "3")
    summary = tally.finish()
    assert {cell[4]: sums.requests for cell, sums in summary.cells.items()} == {0: 5, -1: 0, 1: 0}
    assert (summary.summed_rows, summary.uncounted_rows, summary.inputs) == (1, 1, {})


def test_what_is_unknown_is_counted_as_unknown() -> None:
    tally = UsageTally()
    tally.add(Request(model="m"), "1")
    tally.add(Request(model="m", uncached=10, output=2, failed=True, cost=0.5), "2")
    tally.add(Request(model="m", uncached=10, read=0, output=2, reasoning=1), "3")
    (sums,) = tally.finish().cells.values()
    assert sums == Sums(
        requests=3,
        uncached=20,
        output=4,
        reasoning=1,
        cost=0.5,
        with_cost=1,
        failed=1,
        without_tokens=1,
        without_cache=1,
        without_reasoning=2,
    )


def test_answers_of_a_gateways_own_cache_are_counted_apart() -> None:
    tally = UsageTally()
    tally.add(Request(model="m", uncached=10, output=2, from_proxy=True), "1")
    summary = tally.finish()
    assert (summary.cells, summary.proxy_hits) == ({}, 1)


def test_conversations_hours_and_active_hours() -> None:
    tally = UsageTally()
    for number in range(7):
        conversation = "" if number == 6 else "long" if number < 4 else f"short{number}"
        tally.add(Request(time=MIDNIGHT + number * 1800, conversation=conversation, uncached=1, output=1), "1")
    summary = tally.finish()
    assert summary.turns == {1: 2, 4: 1}
    assert summary.hours[:5] == [2, 2, 2, 1, 0]
    assert summary.active_hours == 4


@pytest.mark.parametrize("size", [1, 100, 5000])
def test_pieces_do_not_matter(size: int) -> None:
    data = "\n".join(json.dumps(message(number, input_tokens=number * 50, output_tokens=7)) for number in range(60))
    assert summary_of(data.encode(), size) == summary_of(data.encode())


def test_the_order_of_rows_does_not_matter_to_what_they_come_to() -> None:
    chance = random.Random(3)
    rows = [json.dumps(message(n % 50, input_tokens=n % 50 * 50, output_tokens=n % 9)) for n in range(80)]
    first = usage_summary_from_json(summary_of("\n".join(rows).encode()))
    for _ in range(5):
        chance.shuffle(rows)
        assert usage_summary_from_json(summary_of("\n".join(rows).encode())) == first


def test_a_summary_comes_back_from_its_text() -> None:
    data = json.dumps(message(1, input_tokens=9, output_tokens=7)).encode() + b"\nbroken\n{}\n"
    text = summary_of(data)
    assert usage_summary_from_json(text).to_json() == text
    with pytest.raises(ValueError, match="version"):
        usage_summary_from_json(text.replace(f'"version":{VERSION}', '"version":0'))


def test_every_row_is_counted_or_named() -> None:
    rows = [json.dumps(message(1, input_tokens=9, output_tokens=7)), "broken", "{}", '{"usage": 7}', "7"]
    summary = usage_summary_from_json(summary_of("\n".join(rows).encode()))
    assert summary.rows == 5
    assert summary.formats == {"anthropic_messages": 1}
    assert {why: (reason.count, reason.lines) for why, reason in summary.skipped.items()} == {
        "it is not valid JSON": (1, ["2"]),
        "it is not a request in a known format": (2, ["3", "4"]),
        "it is not an object": (1, ["5"]),
    }


def test_lines_of_several_files_are_told_apart_without_their_names() -> None:
    intake = UsageIntake()
    for _ in range(2):
        intake.open("a secret name.jsonl")
        intake.feed(b'{"a": 1}\nbroken')
        intake.close()
    text = intake.finish()
    assert usage_summary_from_json(text).skipped["it is not valid JSON"].lines == ["2", "2:2"]
    assert "secret" not in text


def test_a_file_that_is_refused_leaves_the_others() -> None:
    intake = UsageIntake()
    for data in (b"PAR1" + bytes(40), json.dumps(message(1, input_tokens=9, output_tokens=7)).encode()):
        intake.open("log")
        intake.feed(data)
        intake.feed(b"\n")
        intake.close()
    summary = intake.summary()
    assert summary.formats == {"anthropic_messages": 1}
    assert [why for why in summary.skipped if "Parquet" in why]


def test_the_text_of_requests_is_nowhere_in_the_summary() -> None:
    secret = "CANARY-7f3a"
    row = message(1, input_tokens=9, output_tokens=7) | {"content": [{"type": "text", "text": secret}], secret: secret}
    row["id"] = secret
    data = "\n".join(
        [json.dumps(row), json.dumps({"conversation_id": secret, "response": row}), secret, f'{{"{secret}']
    )
    assert secret not in summary_of(data.encode())
