"""How the worked examples about prompts are put to `prompting/cost`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from calculators.engine.questions.question import Solve
from tests.calculators.settings import SOL, own_tokens
from tests.oracles.asked import Asked

AREAS = ("cache_breakeven", "implied_volume", "prompt_cost", "prompt_overhead")
NO_SHARE = "0%"
EVERY = "100%"


def asked(outputs: Mapping[str, str], **given: object) -> Asked:
    """One plain request to prompting/cost, but for what is given; `model__input` stands for `model.input`."""
    plain = {
        "requests": "1",
        "repeated": NO_SHARE,
        "turns": "1",
        "instructions": "0",
        "examples": "0",
        "context": "0",
        "user_text": "0",
        "answer": "0",
        "reasoning": "0",
        "caching": "no",
        "found_cached": "90%",
        "batch": "no",
        "as_of": "2026-11-21",
    }
    typed = {name.replace("__", "."): str(text) for name, text in given.items()}
    return Asked("prompting/cost", own_tokens(typed.get("model", "")) | plain | typed, outputs)


def spent(outputs: Mapping[str, str], **given: object) -> Asked:
    """How many requests a month cost $8,000 in six months, at $30 a million tokens."""
    return replace(
        asked(outputs, model=PLAIN, model__input=30, **given), solve=Solve("per_month", str(8000 / 6), "requests")
    )


INPUT = {"input_usd": "input_per_request"}
OUTPUT = {"output_usd": "output_per_request"}
TOTAL = {"total_usd": "per_request"}

SONNET = "anthropic/claude-sonnet-5-5"
PLAIN = "openai/gpt-4.1"
"""A listed model without a long-prompt tier, for cases whose own model is no longer listed: its prices are typed."""

MAPPED: dict[str, list[Asked]] = {
    "P01": [asked(INPUT | OUTPUT | TOTAL, model=SOL, user_text=3500, answer=300)],
    "P04b": [asked(INPUT | OUTPUT | TOTAL, model=SOL, user_text=272001, answer=1000)],
    "P05b": [asked(TOTAL, model="anthropic/claude-haiku-5-5", user_text=100001, answer=1000)],
    "P06a": [asked(TOTAL, model=SONNET, instructions=5000, user_text=500, answer=400)],
    "P06b": [
        asked(
            INPUT | TOTAL,
            model=SONNET,
            instructions=5000,
            user_text=500,
            answer=400,
            caching="yes",
            found_cached=NO_SHARE,
        )
    ],
    "P06c": [
        asked(
            INPUT | TOTAL, model=SONNET, instructions=5000, user_text=500, answer=400, caching="yes", found_cached=EVERY
        )
    ],
    # Keeping a prefix for an hour is a price that is not listed: twice the input price, typed.
    "P06d": [
        asked(
            INPUT | TOTAL,
            model=SONNET,
            instructions=5000,
            user_text=500,
            answer=400,
            caching="yes",
            found_cached=NO_SHARE,
            model__cache_write=4,
        )
    ],
    "P06e": [
        asked(
            TOTAL,
            model=SONNET,
            instructions=5000,
            user_text=500,
            answer=400,
            caching="yes",
            found_cached=NO_SHARE,
            batch="yes",
        )
    ],
    "P07": [
        asked(
            INPUT | OUTPUT | TOTAL,
            model=PLAIN,
            model__input=3,
            model__cached_read="0.3",
            model__cache_write="3.75",
            model__output=15,
            instructions=4735,
            user_text=5,
            answer=255,
            caching="yes",
            found_cached=NO_SHARE,
        )
    ],
    "P08": [asked(TOTAL, model=PLAIN, model__input=1, model__output=4, user_text="1M", answer="1M")],
    "P10b": [asked(TOTAL, model="google/gemini-3.8-flash", as_of="2027-01-01", user_text="1M", answer="1M")],
    "P11a": [asked(TOTAL, model="deepseek/deepseek-flash-peak", as_of="2026-11-20", user_text="1M", answer="1M")],
    "P12a": [
        asked(
            INPUT | OUTPUT | TOTAL,
            model="google/gemini-2.5-flash",
            instructions="500k",
            user_text="500k",
            answer="100k",
            caching="yes",
            found_cached=EVERY,
            batch="yes",
        )
    ],
    "P19": [
        asked({"uncached_usd[0]": "overhead"}, model=SOL, requests="100k", instructions=2000),
        asked({"uncached_usd[1]": "overhead"}, model=SOL, requests="100k", instructions=5000),
        asked(
            {"cached_usd[0]": "overhead"},
            model=SOL,
            requests="100k",
            instructions=2000,
            caching="yes",
            found_cached=EVERY,
        ),
        asked(
            {"cached_usd[1]": "overhead"},
            model=SOL,
            requests="100k",
            instructions=5000,
            caching="yes",
            found_cached=EVERY,
        ),
    ],
    "P21": [
        asked({"uncached_usd[0]": "overhead"}, model=PLAIN, model__input=30, requests="100k", instructions=2000),
        asked({"uncached_usd[1]": "overhead"}, model=PLAIN, model__input=30, requests="100k", instructions=5000),
    ],
    "P23": [
        asked(
            {"min_extra_reads": "reuses_to_pay", "integer_reads": "whole_reuses_to_pay"},
            model=PLAIN,
            model__input=1,
            model__cache_write=2,
            model__cached_read="0.1",
            caching="yes",
        )
    ],
    # What is spent is given and the requests are asked for: the calculator solves for them.
    "X07": [
        spent({"calls_per_month[0]": "requests"}, instructions=2000),
        spent({"calls_per_month[1]": "requests"}, instructions=5000),
    ],
}

NOT_ASKED = {
    "P17": "It adds a fee for each hour of a hosted session. The calculator counts tokens; no input is such a fee.",
}
"""Cases of an area that has a calculator, which yet ask what it does not compute, with the reason."""
