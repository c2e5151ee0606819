"""The sizes of requests: what short ones would cost elsewhere, and how tokens and answers are spread."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from calculators.engine.declare import Table
from calculators.engine.numbers import Number, bare_value, quotient
from calculators.engine.numbers.units import REQUESTS, TOKENS
from calculators.prompting.traffic.inputs import Inputs
from calculators.prompting.traffic.logged.breaks import SHORT_PROMPTS, SIZE_CLASSES
from calculators.prompting.traffic.logged.measuring import TrafficMeasuring
from calculators.prompting.traffic.logged.tokens import TrafficTokens
from calculators.prompting.traffic.logged.use import LoggedTraffic, Selection
from calculators.prompting.traffic.savings.sending import traffic_short_prompts_saving
from calculators.readers.usage.sums.quantiles import usage_quantile_bucket
from calculators.readers.usage.sums.summary import SIZE, Sums

ANSWER_CLASSES = (50, 200, 500, 1000, 2000, 4000)
"""The tokens at which classes of answers end."""


def traffic_mixes(i: Inputs, use: LoggedTraffic, counter: TrafficMeasuring, total: Number) -> Table:
    """For each size up to which a prompt can be called short: how many there are, and what a mix costs."""
    priced = Selection(priced=True)
    whole = use.sums(priced)
    if not use.sums(Selection(up_to=SHORT_PROMPTS[-1], priced=True)).requests:
        return Table(())
    requests = counter.measured("Requests with a price", whole.requests, REQUESTS)
    tokens = counter.measured("Tokens with a price", all_traffic_tokens(whole), TOKENS)
    rows = []
    for size in SHORT_PROMPTS:
        short = use.sums(Selection(up_to=size, priced=True))
        count = counter.measured("Short requests", short.requests, REQUESTS)
        part = counter.measured("Tokens of short requests", all_traffic_tokens(short), TOKENS)
        saved = traffic_short_prompts_saving(i, use, counter, size)
        rows.append(
            (
                counter.measured("Short up to", size, TOKENS),
                quotient(count, requests),
                quotient(part, tokens),
                total - saved,
                saved,
            )
        )
    return Table(tuple(rows), own=SHORT_PROMPTS.index(int(bare_value(i.short_prompt))))


def all_traffic_tokens(sums: Sums) -> int:
    """All tokens of some requests."""
    return sums.uncached + sums.read + sums.write + sums.output


def traffic_prompt_sizes(use: LoggedTraffic, counter: TrafficMeasuring) -> Table:
    """The tokens of prompts of each size, by what is paid for them."""
    ends = [bisect_left(use.summary.breaks, size) for size in SIZE_CLASSES]
    classes = [TrafficTokens() for _ in (*SIZE_CLASSES, None)]
    for cell, sums in use.cells():
        if cell[SIZE] >= 0:
            classes[bisect_left(ends, cell[SIZE])].add(sums)
    rows = []
    for label, tokens in zip(traffic_class_labels(SIZE_CLASSES), classes, strict=True):
        counts = (tokens.all, tokens.uncached, tokens.read, tokens.write + tokens.write_long, tokens.output)
        rows.append((label, *(counter.measured(f"Tokens, prompts {label}", count, TOKENS) for count in counts)))
    return Table(trimmed_traffic_rows(rows, [tokens.all for tokens in classes]))


def traffic_answer_lengths(use: LoggedTraffic, counter: TrafficMeasuring) -> Table:
    """How many answers there are of each length."""
    ends = [usage_quantile_bucket(size) for size in ANSWER_CLASSES]
    classes = [0 for _ in (*ANSWER_CLASSES, None)]
    for bucket, count in use.summary.outputs.items():
        classes[bisect_left(ends, bucket)] += count
    answers = 0
    for count in classes:
        answers += count
    if not answers:
        return Table(())
    whole = counter.measured("Answers", answers, REQUESTS)
    counted = [counter.measured("Answers of this length", count, REQUESTS) for count in classes]
    labels = traffic_class_labels(ANSWER_CLASSES)
    rows = [(label, number, quotient(number, whole)) for label, number in zip(labels, counted, strict=True)]
    return Table(trimmed_traffic_rows(rows, classes))


def traffic_class_labels(ends: Sequence[int]) -> list[str]:
    """What the classes are called that end at these sizes, and the one above the last.

    >>> traffic_class_labels((500, 1000))
    ['up to 500', '501 to 1,000', 'above 1,000']
    """
    between = [f"{low + 1:,} to {high:,}" for low, high in pairwise(ends)]
    return [f"up to {ends[0]:,}", *between, f"above {ends[-1]:,}"]


def trimmed_traffic_rows(rows: Sequence[tuple[Any, ...]], counts: Sequence[int]) -> tuple[tuple[Any, ...], ...]:
    """The rows from the first one that counts anything to the last one."""
    filled = [place for place, count in enumerate(counts) if count]
    return tuple(rows[filled[0] : filled[-1] + 1]) if filled else ()
