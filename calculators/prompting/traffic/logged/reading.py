"""The summary of the reader's logs: of the chosen files, or of what was pasted."""

from __future__ import annotations

from functools import lru_cache

from calculators.prompting.traffic.inputs import Inputs
from calculators.prompting.traffic.logged.breaks import (
    RECOGNIZED,
    Breaks,
    TrafficPromptCounter,
    traffic_price_breaks,
    traffic_prompt_counter,
)
from calculators.prompting.traffic.logged.use import LoggedTraffic, exact_traffic_limits
from calculators.readers.usage.intake import UsageIntake
from calculators.readers.usage.sums.summary import UsageSummary, usage_summary_from_json


def read_traffic(i: Inputs, format: str) -> LoggedTraffic:
    """The logs, beside the models of the market."""
    market = tuple(map(exact_traffic_limits, i.priced))
    if i.logs:
        return LoggedTraffic(traffic_summary_of_files(i.logs), market)
    only = "" if format == RECOGNIZED else format
    prompts = traffic_prompt_counter(i.counter.count, market)
    return LoggedTraffic(traffic_summary_of_text(i.pasted, traffic_price_breaks(market), only, prompts), market)


@lru_cache(2)
def traffic_summary_of_files(text: str) -> UsageSummary:
    """The summary in the text that the reader of files gave."""
    return usage_summary_from_json(text)


@lru_cache(2)
def traffic_summary_of_text(text: str, breaks: Breaks, only: str, prompts: TrafficPromptCounter) -> UsageSummary:
    """The summary of pasted rows, read as a file would be."""
    intake = UsageIntake(breaks.sizes, breaks.cached, breaks.pauses, only, prompts.open())
    intake.open("")
    intake.feed(text.encode("utf-8", "replace"))
    intake.close()
    return intake.summary()
