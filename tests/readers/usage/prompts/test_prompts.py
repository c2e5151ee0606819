"""Prompts without counts: their tokens as tiktoken counts them, and the beginning that they share."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.readers.usage.intake import UsageIntake
from calculators.readers.usage.prompts.counting import LENGTHS, UsagePromptCounting
from calculators.readers.usage.sums.summary import Sums, UsageSummary
from tests.readers.usage.reading import requests_in

SECRET = "CANARY-2b9e"
TURN = [{"role": "system", "content": "Answer briefly."}, {"role": "user", "content": f"Who was {SECRET}?"}]
GEMINI = {
    "systemInstruction": {"parts": [{"text": "Answer briefly."}]},
    "contents": [{"role": "user", "parts": [{"text": f"Who was {SECRET}?"}]}],
}
ANTHROPIC = {"model": "claude-sonnet-5-5", "max_tokens": 9, "system": "Answer briefly.", "messages": TURN[1:]}

INPUTS: dict[str, list[dict[str, Any]]] = {
    "openai_batch_input": [
        {"custom_id": "a", "method": "POST", "url": "/v1/x", "body": {"model": "gpt-5-mini", "messages": TURN}},
        {
            "custom_id": "b",
            "method": "POST",
            "url": "/v1/responses",
            "body": {"model": "gpt-5-mini", "instructions": "Answer briefly.", "input": f"Who was {SECRET}?"},
        },
    ],
    "anthropic_batch_input": [
        {"custom_id": "a", "params": ANTHROPIC},
        {"requests": [{"custom_id": "b", "params": ANTHROPIC}]},
    ],
    "gemini_batch_input": [{"key": "a", "request": GEMINI}, {"request": {**GEMINI, "model": "gemini-3.8-flash"}}],
    "prompt_log": [
        {"time": "2026-11-20T10:00:00Z", "model": "gpt-5-mini", "messages": TURN},
        {"model": "gpt-5-mini", "messages": [*TURN, {"role": "assistant", "content": "A canary."}]},
        {**GEMINI, "model": "gemini-3.8-flash"},
        {"prompt": ["Answer briefly.", f"Who was {SECRET}?"]},
    ],
}
EACH = [(name, row) for name, rows in INPUTS.items() for row in rows]


def words(text: str, encoding: str) -> int:
    """A counter that a reader can follow."""
    return len(text.split())


def summary_of(rows: list[dict[str, Any]], factor: str = "1") -> UsageSummary:
    intake = UsageIntake((1000,), (500,), prompts=UsagePromptCounting(words, lambda name, provider: Decimal(factor)))
    intake.open("log")
    intake.feed("\n".join(map(json.dumps, rows)).encode())
    intake.close()
    return intake.summary()


def sums_of(summary: UsageSummary) -> Sums:
    total = Sums()
    for sums in summary.cells.values():
        for name in ("requests", "uncached", "unanswered", "counted", "shared", "shared_first", "without_tokens"):
            setattr(total, name, getattr(total, name) + getattr(sums, name))
    return total


@pytest.mark.parametrize(("name", "row"), EACH, ids=[f"{name}-{place}" for place, (name, _) in enumerate(EACH)])
def test_a_prompt_is_read_whatever_it_is_called(name: str, row: dict[str, Any]) -> None:
    """Two texts of two and three words, each with three tokens of the format, and three for the answer."""
    (request,), skipped = requests_in(json.dumps(row), name)
    assert not skipped
    assert request.texts == ("Answer briefly.", f"Who was {SECRET}?")
    assert request.tier == ("batch" if "batch" in name else "standard")
    sums = sums_of(summary_of([row]))
    assert (sums.requests, sums.unanswered, sums.uncached, sums.counted) == (1, 1, 14, 14)
    assert sums_of(summary_of([row], factor="1.5")).uncached == 21


def test_a_row_with_an_answer_and_its_counts_is_no_prompt() -> None:
    usage = {"input_tokens": 900, "cache_read_input_tokens": 0, "output_tokens": 100}
    answer = {"id": "m", "type": "message", "model": "claude-sonnet-5-5", "usage": usage}
    summary = summary_of([{"messages": TURN, "response": answer}])
    assert summary.formats == {"anthropic_messages": 1}
    assert (sums_of(summary).uncached, sums_of(summary).counted) == (900, 0)


def test_what_is_not_text_is_named_and_what_holds_no_text_left_out() -> None:
    picture = {
        "role": "user",
        "content": [{"type": "image_url", "image_url": {"url": "x"}}, {"type": "text", "text": "?"}],
    }
    summary = summary_of([{"messages": [picture]}, {"messages": []}, {"custom_id": "a", "url": "", "body": 7}])
    assert {why: reason.count for why, reason in summary.remarks.items()} == {
        "it holds more than text, such as a picture, whose tokens are not counted": 1
    }
    assert {why: reason.count for why, reason in summary.skipped.items()} == {"it holds no prompt": 2}


def test_without_a_counter_a_prompt_is_left_out() -> None:
    intake = UsageIntake()
    intake.open("log")
    intake.feed(json.dumps(INPUTS["prompt_log"][0]).encode())
    intake.close()
    assert list(intake.summary().skipped) == ["its prompt cannot be counted here"]


@pytest.mark.parametrize("start", [500, 1024, 1500, 4000, 30_000])
def test_the_shared_beginning_is_at_most_a_fifth_too_short(start: int) -> None:
    """Prompts of one beginning of random letters and an end of their own."""
    chance = random.Random(start)
    fixed = "".join(chance.choice("abcdefgh ") for _ in range(start))
    rows = [{"prompt": f"{fixed} {number:04d} " + "x " * (300 + number)} for number in range(40)]
    counted = UsagePromptCounting(lambda text, encoding: len(text), lambda name, provider: Decimal(1))
    intake = UsageIntake(prompts=counted)
    intake.open("log")
    intake.feed("\n".join(map(json.dumps, rows)).encode())
    intake.close()
    sums, least = sums_of(intake.summary()), LENGTHS[0]
    known = max((length for length in LENGTHS if length <= start + 2), default=0)
    assert start < least or known >= 0.79 * start
    assert sums.shared == pytest.approx(39 * known, rel=0.02)
    assert sums.shared_first == pytest.approx(known, rel=0.02)


def test_prompts_for_different_models_share_nothing() -> None:
    rows = [{"model": f"m{number}", "prompt": "word " * 1000} for number in range(5)]
    assert sums_of(summary_of(rows)).shared == 0
    assert sums_of(summary_of([*rows, *rows])).shared > 0


def test_memory_is_bounded_whatever_the_prompts_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once many beginnings are kept, a longer one is kept only where the shorter one came before; then none."""
    monkeypatch.setattr("calculators.readers.usage.prompts.counting.MANY_BEGINNINGS", 100)
    monkeypatch.setattr("calculators.readers.usage.prompts.counting.MOST_BEGINNINGS", 300)
    counting = UsagePromptCounting(words, lambda name, provider: Decimal(1))
    fixed = "the same beginning " * 600
    for number in range(1000):
        for text in (f"{number} " + "other " * 2000, f"{fixed}{number}"):
            (request,), _ = requests_in(json.dumps({"prompt": text}))
            counting.complete(request)
    assert request.shared > 0
    assert request.texts == ()
    assert len(counting._seen) <= 301


def test_no_text_of_a_prompt_is_kept() -> None:
    rows = [row for rows in INPUTS.values() for row in rows]
    long = {"model": "m", "messages": [{"role": "user", "content": f"{SECRET} " * 500}]}
    assert SECRET not in summary_of([*rows, long, long]).to_json()


def outputs_of(catalogue: Catalogue, rows: list[dict[str, Any]], **given: str) -> dict[str, Any]:
    text = catalogue.answer_json(
        json.dumps({"calculator": "prompting/traffic", "given": {"pasted": "\n".join(map(json.dumps, rows)), **given}})
    )
    outputs: dict[str, Any] = json.loads(text)["outputs"]
    return outputs


def test_an_input_of_a_batch_costs_its_tokens_and_the_answers_that_are_typed(catalogue: Catalogue) -> None:
    """GPT-5 mini counts with o200k, as tiktoken does: $0.125 a million in and $1 out, in a batch."""
    text = "Sort these words: pear, apple, fig. " * 50
    rows = [
        {
            "custom_id": str(number),
            "method": "POST",
            "url": "/v1/chat/completions",
            "body": {"model": "gpt-5-mini", "messages": [{"role": "user", "content": f"{number} {text}"}]},
        }
        for number in range(10)
    ]
    count = catalogue.facts.count_tokens
    assert count is not None
    tokens = sum(count(f"{number} {text}", "o200k_base") + 6 for number in range(10))
    outputs = outputs_of(catalogue, rows, answer="200")
    expected = (tokens * Decimal("0.125") + 10 * 200 * Decimal(1)) / 1_000_000
    assert Decimal(outputs["total"]["value"]) == expected
    assert outputs["in_doubt"]["value"] == "0"


def test_for_another_tokenizer_the_cost_has_a_range(catalogue: Catalogue) -> None:
    """Sonnet 5.5: only the prompt is in doubt, by the share that is asked for."""
    rows = [{"model": "claude-sonnet-5-5", "prompt": "What is the plan for today? " * 40}]
    outputs = outputs_of(catalogue, rows, answer="0", tokenizer_spread="10%")
    assert Decimal(outputs["in_doubt"]["value"]) == Decimal(outputs["total"]["value"]) / 10 > 0


def test_a_measured_beginning_is_priced_as_if_it_were_cached(catalogue: Catalogue) -> None:
    """Nine of ten requests would read it at $0.10 in place of $2, and one would write it at $2.50."""
    fixed = "You are the help desk of a public library. " * 400
    rows = [{"model": "claude-sonnet-5-5", "prompt": f"{fixed}{number}"} for number in range(10)]
    outputs = outputs_of(catalogue, rows, answer="0")
    assert catalogue.facts.count_tokens is not None
    saved = Decimal(outputs["cache_saving"]["value"]) * 1_000_000
    nine_of_ten, factor = saved / (9 * Decimal("1.9") - Decimal("0.5")), Decimal("1.3")
    counted = catalogue.facts.count_tokens(fixed, "o200k_base") * factor
    assert Decimal("0.7") * counted < nine_of_ten <= Decimal("1.1") * counted
    short = [{"model": "claude-sonnet-5-5", "prompt": f"{fixed[:1500]}{number}"} for number in range(10)]
    assert outputs_of(catalogue, short, answer="0")["cache_saving"]["value"] == "0"
