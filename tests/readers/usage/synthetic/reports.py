"""Writes traffic as reports sum it up: by the day, or a row for each request."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import groupby

from tests.readers.usage.synthetic.gateways import table
from tests.readers.usage.synthetic.traffic import MODEL, Sent

DAY = 86_400


def by_day(requests: list[Sent]) -> list[list[Sent]]:
    """The requests of each day, also of a day without any."""
    return [list(parts) for _, parts in groupby(requests, key=lambda sent: sent.day)]


def total(requests: list[Sent], name: str) -> int:
    """The sum of a count."""
    return sum(getattr(sent, name) for sent in requests)


def iso(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).isoformat()


def openai_report(requests: list[Sent]) -> str:
    buckets = [
        {
            "object": "bucket",
            "start_time": day[0].midnight,
            "end_time": day[0].midnight + DAY,
            "results": [
                {
                    "object": "organization.usage.completions.result",
                    "input_tokens": total(day, "prompt"),
                    "input_cached_tokens": total(day, "read"),
                    "input_cache_write_tokens": total(day, "write"),
                    "output_tokens": total(day, "output"),
                    "num_model_requests": len(day),
                    "model": MODEL,
                    "batch": False,
                }
            ],
        }
        for day in by_day(requests)
    ]
    return json.dumps({"object": "page", "data": buckets, "has_more": False}, indent=2)


def openai_usage_table(requests: list[Sent]) -> str:
    headings = (
        "start_time,end_time,num_model_requests,model,batch,service_tier,input_tokens,output_tokens,"
        "input_cached_tokens,input_cache_write_tokens"
    )
    rows = []
    for day in by_day(requests):
        begin, counts = day[0].midnight, [float(total(day, name)) for name in ("prompt", "output", "read", "write")]
        rows.append((begin, begin + DAY, float(len(day)), MODEL, "FALSE", "default", *counts))
    return table(headings.split(","), rows)


def anthropic_report(requests: list[Sent]) -> str:
    buckets = [
        {
            "starting_at": iso(day[0].midnight),
            "ending_at": iso(day[0].midnight + DAY),
            "results": [
                {
                    "uncached_input_tokens": total(day, "uncached"),
                    "cache_creation": {
                        "ephemeral_1h_input_tokens": total(day, "long"),
                        "ephemeral_5m_input_tokens": total(day, "write") - total(day, "long"),
                    },
                    "cache_read_input_tokens": total(day, "read"),
                    "output_tokens": total(day, "output"),
                    "model": MODEL,
                    "service_tier": "standard",
                }
            ],
        }
        for day in by_day(requests)
    ]
    return json.dumps({"data": buckets, "has_more": False})


def anthropic_usage_table(requests: list[Sent]) -> str:
    headings = (
        "usage_date_utc,model_version,usage_type,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,"
        "usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens"
    )
    rows = []
    for day in by_day(requests):
        short = total(day, "write") - total(day, "long")
        counts = (total(day, "uncached"), short, total(day, "long"), total(day, "read"), total(day, "output"))
        rows.append((day[0].day, MODEL, "standard", *counts))
    return table(headings.split(","), rows)


def cursor(requests: list[Sent]) -> str:
    headings = (
        "Date,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,"
        "Total Tokens,Cost"
    )
    return table(
        headings.split(","),
        [
            (s.time, "On-Demand", MODEL, "No", s.write, s.uncached, s.read, s.output, s.total, "Included")
            for s in requests
        ],
    )


def openrouter_days(requests: list[Sent]) -> str:
    days = [
        {
            "date": day[0].day,
            "model": f"anthropic/{MODEL}",
            "model_permaslug": f"anthropic/{MODEL}",
            "endpoint_id": "e1",
            "provider_name": "Anthropic",
            "usage": 0.02,
            "byok_usage_inference": 0,
            "requests": len(day),
            "prompt_tokens": total(day, "prompt"),
            "completion_tokens": total(day, "output"),
            "reasoning_tokens": total(day, "reasoning"),
        }
        for day in by_day(requests)
    ]
    return json.dumps({"data": days})


def sums(requests: list[Sent]) -> str:
    headings = (
        "day,model,provider,requests,uncached_tokens,cache_read_tokens,cache_write_tokens,cache_write_1h_tokens,"
        "output_tokens,reasoning_tokens"
    )
    names = ("uncached", "read", "write", "long", "output", "reasoning")
    rows = [
        (day[0].day, MODEL, "anthropic", len(day), *(total(day, name) for name in names)) for day in by_day(requests)
    ]
    return table(headings.split(","), rows)


WRITERS = {
    "anthropic_report": anthropic_report,
    "anthropic_usage_table": anthropic_usage_table,
    "cursor": cursor,
    "openai_report": openai_report,
    "openai_usage_table": openai_usage_table,
    "openrouter_days": openrouter_days,
    "sums": sums,
}
