"""What could be saved: each change equal to pricing the requests one by one, with and without it."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.domain.records import ModelPrice
from tests.calculators.answers import answer_json
from tests.calculators.prompting.traffic.test_traffic import IDS, log_of, market, price_of_one, table_of, text_of

__all__ = ["market"]

SMALL = "openai/gpt-6-luna"


@pytest.mark.parametrize("tokens", ["500", "2000", "8000"])
def test_short_prompts_alone_move_to_the_other_model(
    catalogue: Catalogue, market: dict[str, ModelPrice], tokens: str
) -> None:
    rows = log_of(80, 5)
    answer = answer_json(
        catalogue, "prompting/traffic", {"pasted": text_of(rows), "model": SMALL, "short_prompt": tokens}
    )
    expected, short = Decimal(0), 0
    for row in rows:
        usage, own = row["response"]["usage"], market[IDS[row["response"]["model"]]]
        size = usage["input_tokens"] + usage["cache_read_input_tokens"] + usage["cache_creation_input_tokens"]
        if size <= int(tokens):
            expected += price_of_one(row, own, own) - price_of_one(row, own, market[SMALL])
            short += 1
    assert short
    assert Decimal(answer["outputs"]["mix_saving"]["value"]) == pytest.approx(expected, rel=Decimal("1e-18"))
    mixes = {row[0]: row for row in table_of(answer, "mixes")}
    assert Decimal(mixes[tokens][1]) == pytest.approx(Decimal(short) / 80)
    total = Decimal(answer["outputs"]["total"]["value"])
    assert Decimal(mixes[tokens][3]) == pytest.approx(total - expected, rel=Decimal("1e-18"))


def test_names_without_a_price_are_in_no_mix(catalogue: Catalogue) -> None:
    usage = {"input_tokens": 300, "output_tokens": 10}
    rows = [{"type": "message", "model": name, "usage": usage} for name in ("claude-sonnet-5-5", "our-own-model")]
    known = answer_json(catalogue, "prompting/traffic", {"pasted": text_of(rows[:1]), "model": SMALL})["outputs"]
    both = answer_json(catalogue, "prompting/traffic", {"pasted": text_of(rows), "model": SMALL})["outputs"]
    assert both["mix_saving"] == known["mix_saving"]
    assert Decimal(known["mix_saving"]["value"]) > 0


def test_names_without_a_price_are_in_no_comparison(catalogue: Catalogue) -> None:
    """What they cost now is unknown, so that what they would cost elsewhere must not be set against it."""
    usage = {"input_tokens": 300, "output_tokens": 10}
    rows = [{"type": "message", "model": name, "usage": usage} for name in ("claude-sonnet-5-5", "our-own-model")]
    known = answer_json(catalogue, "prompting/traffic", {"pasted": text_of(rows[:1]), "model": SMALL})
    both = answer_json(catalogue, "prompting/traffic", {"pasted": text_of(rows), "model": SMALL})
    saved, cost = (
        {row[0]: row[1] for row in table_of(answer, "savings")}["All requests on GPT-6 Luna"]
        for answer in (both, known)
    )
    assert Decimal(saved) == pytest.approx(Decimal(cost))
    against, alone = ({row[0]: row for row in table_of(answer, "ranking")}["GPT-6 Luna"] for answer in (both, known))
    assert Decimal(against[3]) == pytest.approx(Decimal(alone[3]))
    assert Decimal(against[2]) > Decimal(alone[2])


@pytest.mark.parametrize(
    ("cost", "said"), [("0.0025", "more than"), ("0.0001", "less than"), ("0.15", "100 times what"), ("0.0015", "")]
)
def test_the_cost_in_the_files_is_compared_for_the_requests_that_have_one(
    catalogue: Catalogue, market: dict[str, ModelPrice], cost: str, said: str
) -> None:
    """A second request has no cost, and a third no price: neither is in the comparison."""
    line = {"type": "assistant", "sessionId": "s", "parentUuid": None, "timestamp": "2026-11-20T08:00:00Z"}
    model = market["anthropic/claude-sonnet-5-5"]
    tokens = Decimal("0.0015") * 1_000_000 / (model.input or 1)
    usage = {"input_tokens": int(tokens), "output_tokens": 0}
    names = (("a", "claude-sonnet-5-5", cost), ("b", "claude-opus-4-8", None), ("c", "our-own-model", "9"))
    rows = [
        line
        | {"message": {"id": id, "model": name, "usage": usage}}
        | ({"costUSD": float(logged)} if logged is not None else {})
        for id, name, logged in names
    ]
    notes = " ".join(answer_json(catalogue, "prompting/traffic", {"pasted": text_of(rows)})["notes"])
    assert ("list prices give" in notes) == bool(said)
    assert f"{said} list prices give" in notes or not said


def test_what_has_no_price_at_all_costs_an_unknown_amount(catalogue: Catalogue) -> None:
    row = {"type": "message", "model": "our-own-model", "usage": {"input_tokens": 300, "output_tokens": 10}}
    answer = answer_json(catalogue, "prompting/traffic", {"pasted": text_of([row]), "days": "10"})
    assert [answer["outputs"][name]["value"] for name in ("total", "per_month", "per_request")] == [None] * 3
    assert Decimal(answer["outputs"]["elsewhere"]["value"]) > 0
    assert table_of(answer, "savings") == []
    assert not any("saves anything" in note for note in answer["notes"])


def test_sums_without_a_number_of_requests_are_not_short(catalogue: Catalogue) -> None:
    """A report says nothing of sizes, so that no part of it can be called short."""
    report = (
        "usage_date_utc,model_version,usage_type,usage_input_tokens_no_cache,usage_input_tokens_cache_read,"
        "usage_output_tokens\n2026-11-05,claude-sonnet-5-5,standard,900,0,100\n"
    )
    answer = answer_json(catalogue, "prompting/traffic", {"pasted": report, "model": SMALL})
    assert answer["outputs"]["mix_saving"]["value"] == "0"
    assert table_of(answer, "mixes") == []


def conversation(*turns: tuple[str, int, int]) -> str:
    """A conversation with Sonnet 5.5: the time of day of each turn, and what was read from and written to the cache."""
    return text_of(
        {
            "time": f"2026-11-20T{time}:00Z",
            "conversation_id": "c1",
            "response": {
                "id": f"m{time}",
                "type": "message",
                "model": "claude-sonnet-5-5",
                "usage": {
                    "input_tokens": 5,
                    "cache_read_input_tokens": read,
                    "cache_creation_input_tokens": write,
                    "output_tokens": 50,
                },
            },
        }
        for time, read, write in turns
    )


TURNS = (("08:00", 0, 10_000), ("08:10", 0, 12_000), ("08:12", 12_000, 500), ("10:00", 0, 13_000))
"""Ten minutes are too long for the usual lifetime of five; nearly two hours are too long for the extended one."""


def test_what_a_longer_lifetime_would_save(catalogue: Catalogue) -> None:
    """10,000 of the 12,000 tokens that were written at 08:10 would still have been there.

    Sonnet 5.5: reading costs $0.10, writing for five minutes $2.50 and for an hour $4 a million tokens.
    """
    answer = answer_json(catalogue, "prompting/traffic", {"pasted": conversation(*TURNS)})
    written = 10_000 + 12_000 + 500 + 13_000
    expected = (10_000 * (Decimal(4) - Decimal("0.1")) - written * (Decimal(4) - Decimal("2.5"))) / 1_000_000
    assert Decimal(answer["outputs"]["lifetime_saving"]["value"]) == expected


def test_pauses_are_not_told_of_rows_out_of_order_nor_without_conversations(catalogue: Catalogue) -> None:
    backwards = answer_json(catalogue, "prompting/traffic", {"pasted": conversation(*reversed(TURNS))})
    assert backwards["outputs"]["lifetime_saving"]["value"] == "0"
    assert any("Out of order within their conversation: 3 requests" in note for note in backwards["notes"])
    alone = [json.loads(line) for line in conversation(*TURNS).split("\n")]
    for row in alone:
        del row["conversation_id"]
    answer = answer_json(catalogue, "prompting/traffic", {"pasted": text_of(alone)})
    assert answer["outputs"]["lifetime_saving"]["value"] is None


def test_the_changes_stand_in_order_and_the_largest_is_told_with_what_it_needs(catalogue: Catalogue) -> None:
    answer = answer_json(
        catalogue, "prompting/traffic", {"pasted": text_of(log_of(60, 2)), "model": SMALL, "can_wait": "50%"}
    )
    rows = table_of(answer, "savings")
    saved = [Decimal(row[1]) for row in rows]
    assert saved == sorted(saved, reverse=True)
    assert all(row[3].startswith("It needs ") for row in rows)
    assert {Decimal(answer["outputs"][name]["value"]) for name in ("mix_saving", "batch_saving")} <= set(saved)
    (largest,) = [note for note in answer["notes"] if note.startswith("The largest saving here is")]
    assert rows[0][3] in largest


def test_tokens_and_answers_are_spread_over_their_sizes(catalogue: Catalogue) -> None:
    rows = log_of(90, 8)
    answer = answer_json(catalogue, "prompting/traffic", {"pasted": text_of(rows)})
    inputs = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
    usages = [row["response"]["usage"] for row in rows]
    above = [usage for usage in usages if sum(usage[name] for name in inputs) > 256_000]
    spread = table_of(answer, "prompt_tokens")
    assert spread[-1][0] == "above 256,000"
    assert Decimal(spread[-1][1]) == sum(sum(usage[name] for name in (*inputs, "output_tokens")) for usage in above)
    assert [sum(map(Decimal, row[2:])) for row in spread] == [Decimal(row[1]) for row in spread]
    answers = table_of(answer, "answer_lengths")
    assert sum(Decimal(row[1]) for row in answers) == 90
    assert sum(Decimal(row[2]) for row in answers) == pytest.approx(1)
    longest = len([usage for usage in usages if usage["output_tokens"] > 2000])
    assert sum(Decimal(row[1]) for row in answers[-1:]) == pytest.approx(longest, abs=1)
