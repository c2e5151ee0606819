"""A log that people write themselves: a line for each request, with its model and its counts beside each other.

There is no standard for it, so each count is looked for under the names that providers, gateways and their libraries
use, however they are written: `prompt_tokens`, `promptTokens` and `Prompt tokens` are the same. Cached tokens are
inside the prompt, as with most providers, unless they have Anthropic's names or are more than the prompt. Reasoning is
inside the output.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from calculators.readers.usage.cells import (
    Value,
    usage_amount_in,
    usage_count_in,
    usage_name_in,
    usage_seconds_in,
    usage_seconds_of_milliseconds,
)
from calculators.readers.usage.columns.request_columns import RequestColumns, usage_request_columns
from calculators.readers.usage.columns.row_columns import (
    OddRows,
    RowColumns,
    uncached_usage_columns,
    usage_column_of,
    usage_seconds_of_millisecond_columns,
)
from calculators.readers.usage.request import STANDARD, TIERS, Request, SkippedRow, uncached_usage_of_prompt
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

PROMPT, OUTPUT, MODEL, READ, WRITE, REASONING = "prompt", "output", "model", "read", "write", "reasoning"
TIME, ID, CONVERSATION, PROVIDER, TIER, COST = "time", "id", "conversation", "provider", "tier", "cost"
STATUS, SECONDS, MILLISECONDS, FIRST_MILLISECONDS = "status", "seconds", "milliseconds", "first milliseconds"
ROLES: Mapping[str, str] = {
    PROMPT: "prompt tokens, input tokens, tokens in, tokens input, tokens prompt, prompt token count, "
    "input token count, num prompt tokens, num input tokens, n prompt tokens, n input tokens, in tokens, input, prompt",
    OUTPUT: "completion tokens, output tokens, tokens out, tokens output, tokens completion, completion token count, "
    "output token count, candidates token count, num completion tokens, num output tokens, n completion tokens, "
    "n output tokens, generated tokens, out tokens, output, completion",
    MODEL: "model, model name, model id, llm, llm model, deployment, engine",
    READ: "cached tokens, cached input tokens, cached prompt tokens, cache read tokens, cached content token count, "
    "cache read input tokens, prompt cached tokens, input cached tokens",
    WRITE: "cache creation input tokens, cache creation tokens, cache write tokens",
    REASONING: "reasoning tokens, thinking tokens, thoughts token count, hidden tokens",
    TIME: "timestamp, time, created at, created, ts, date, datetime, started at, start time, request time, logged at",
    ID: "request id, id, call id, completion id, message id, generation id",
    CONVERSATION: "conversation id, conversation, session id, session, thread id, chat id, trace id",
    PROVIDER: "provider, vendor",
    TIER: "service tier, tier",
    COST: "cost, cost usd, total cost, usd, price, spend",
    STATUS: "status, status code, http status, response status",
    SECONDS: "duration seconds, duration s, latency seconds, latency s, elapsed seconds",
    MILLISECONDS: "duration ms, latency ms, elapsed ms, response time ms, total time ms",
    FIRST_MILLISECONDS: "time to first token ms, ttft ms, first token ms",
}
"""What a heading says, by the words that it may have, the likeliest first."""

OFTEN_TEXTS = frozenset({"input", "prompt", "output", "completion"})
"""Headings under which most files have texts: they say tokens only where they have counts."""

BESIDE = frozenset({"cachereadinputtokens", "cachecreationinputtokens"})
"""Anthropic's names: its prompt does not include these tokens."""

OF_OTHERS = frozenset(
    {"usage", "metadata", "call_type", "native_tokens_prompt", "request_created_at", "byok_usage_inference"}
    | {"generation_id", "requests", "num_model_requests", "token_type", "spans", "run_type", "span_id", "datetime_utc"}
)
"""Keys of formats with a reader of their own, and of sums of many requests."""

FAILURES = frozenset({"error", "failed", "failure", "timeout", "cancelled", "canceled"})
_FAILURE = re.compile("[45][0-9][0-9]")
"""Words of failed requests, and their numbers in HTTP."""

MOST_HEADINGS = 200
"""More keys than a line has that somebody wrote by hand."""

SHORTEST_NUMBER = 10
"""Digits of a number that may be an id."""

MOST_SHAPES = 1000
"""So many lists of keys are remembered."""

_SIGNS = re.compile(r"[\W_]+", re.ASCII)
_DIGITS = re.compile(r"[0-9]+")


def flat_usage_heading_name(heading: str) -> str:
    """A heading without what different writers put between its words.

    >>> flat_usage_heading_name("Prompt tokens"), flat_usage_heading_name("promptTokens")
    ('prompttokens', 'prompttokens')
    """
    return _SIGNS.sub("", heading).lower()


NAMES = {
    flat_usage_heading_name(words): (rank, role)
    for role, listed in ROLES.items()
    for rank, words in enumerate(listed.split(", "))
}


def flat_usage_marks(words: str) -> Iterator[str]:
    """The ways in which a heading is written.

    >>> " ".join(flat_usage_marks("tokens in"))
    'tokens_in Tokens_In tokens-in Tokens-In tokensin TokensIn tokens in Tokens In tokensIn Tokens in'
    """
    parts = words.split()
    titles = [part.title() for part in parts]
    for sign in ("_", "-", "", " "):
        yield from (sign.join(parts), sign.join(titles))
    yield from ("".join([parts[0], *titles[1:]]), words.capitalize())


MARKS = tuple(dict.fromkeys(mark for words in ROLES[PROMPT].split(", ") for mark in flat_usage_marks(words)))


@lru_cache(MOST_SHAPES)
def _headings_of_keys(keys: tuple[str, ...]) -> dict[str, str]:
    """Which of some keys say what, by role; nothing where they are not those of a request with its model and counts."""
    if len(keys) > MOST_HEADINGS or not OF_OTHERS.isdisjoint(keys):
        return {}
    ranked: dict[str, tuple[int, str]] = {}
    for key in keys:
        rank, role = NAMES.get(flat_usage_heading_name(key), (0, ""))
        if role and (role not in ranked or rank < ranked[role][0]):
            ranked[role] = rank, key
    return {role: key for role, (_, key) in ranked.items()} if {PROMPT, OUTPUT, MODEL} <= ranked.keys() else {}


def flat_usage_headings(row: Row) -> dict[str, str]:
    """Which keys of a row say what, by role; nothing where the row is of another kind."""
    keys = tuple(row)
    often_texts = _often_texts_of_keys(keys)
    return {} if often_texts and not _are_flat_usage_counts(map(row.get, often_texts)) else _headings_of_keys(keys)


@lru_cache(MOST_SHAPES)
def _often_texts_of_keys(keys: tuple[str, ...]) -> list[str]:
    """The keys of counts under which other files have texts."""
    headings = _headings_of_keys(keys)
    counts = [headings[role] for role in (PROMPT, OUTPUT) if role in headings]
    return [key for key in counts if flat_usage_heading_name(key) in OFTEN_TEXTS]


def _are_flat_usage_counts(cells: Iterable[Value]) -> bool:
    """Whether cells have counts, of which some may be empty.

    >>> _are_flat_usage_counts(["120", ""]), _are_flat_usage_counts(["120", "Yes."]), _are_flat_usage_counts(["", None])
    (True, False, False)
    """
    try:
        counts = set(map(usage_count_in, cells))
    except SkippedRow:
        return False
    return counts != {None}


def is_flat_usage(row: Row) -> bool:
    """Whether a row has a model, a prompt and an output beside each other."""
    return bool(flat_usage_headings(row))


def flat_usage_requests(row: Row) -> list[Request]:
    """The request of a row.

    Raises:
        SkippedRow: a count is no count.
    """
    headings = flat_usage_headings(row)
    cells = {role: row.get(key) for role, key in headings.items()}
    prompt, read, write = (usage_count_in(cells.get(role)) for role in (PROMPT, READ, WRITE))
    is_beside = _flat_usage_is_beside(headings) or (prompt is not None and prompt < (read or 0) + (write or 0))
    seconds, milliseconds = usage_amount_in(cells.get(SECONDS)), usage_amount_in(cells.get(MILLISECONDS))
    return [
        Request(
            time=usage_seconds_in(cells.get(TIME)),
            id=_flat_usage_id(usage_name_in(cells.get(ID))),
            conversation=usage_name_in(cells.get(CONVERSATION)),
            model=usage_name_in(cells.get(MODEL)),
            provider=usage_name_in(cells.get(PROVIDER)).lower(),
            tier=TIERS.get(usage_name_in(cells.get(TIER)).lower(), STANDARD),
            uncached=prompt if is_beside else uncached_usage_of_prompt(prompt, read, write),
            read=read,
            write=write,
            output=usage_count_in(cells.get(OUTPUT)),
            reasoning=usage_count_in(cells.get(REASONING)),
            cost=usage_amount_in(cells.get(COST)),
            failed=_flat_usage_has_failed(usage_name_in(cells.get(STATUS))),
            seconds=_flat_usage_seconds(seconds, milliseconds),
            first_token_seconds=usage_seconds_of_milliseconds(usage_amount_in(cells.get(FIRST_MILLISECONDS))),
        )
    ]


def _flat_usage_id(name: str) -> str:
    """An id; nothing for the number of a line, which is that of another request in another file.

    >>> _flat_usage_id("17"), _flat_usage_id("msg_17")
    ('', 'msg_17')
    """
    return "" if len(name) < SHORTEST_NUMBER and _DIGITS.fullmatch(name) else name


def _flat_usage_is_beside(headings: Mapping[str, str]) -> bool:
    """Whether cached tokens have names of a provider whose prompt does not include them."""
    return any(flat_usage_heading_name(headings.get(role, "")) in BESIDE for role in (READ, WRITE))


def _flat_usage_seconds(seconds: float | None, milliseconds: float | None) -> float | None:
    """How long an answer took, in seconds; None where no count says so, or one below zero.

    >>> _flat_usage_seconds(None, 900.0), _flat_usage_seconds(2.0, None), _flat_usage_seconds(-1.0, None)
    (0.9, 2.0, None)
    """
    waited = usage_seconds_of_milliseconds(milliseconds)
    return seconds if waited is None and seconds is not None and seconds >= 0 else waited


def _flat_usage_has_failed(status: str) -> bool:
    """Whether a status is that of a failure, in words or as a number.

    >>> [_flat_usage_has_failed(status) for status in ("500", "Error", "200", "ok", "")]
    [True, True, False, False, False]
    """
    return status.lower() in FAILURES or _FAILURE.fullmatch(status) is not None


def flat_usage_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many rows.

    Raises:
        SkippedRow: some of them have to be read one by one.
    """
    headings = _headings_of_keys(rows.keys)
    often_texts = _often_texts_of_keys(rows.keys)
    if often_texts and not all(map(_are_flat_usage_counts, zip(*map(rows.values, often_texts), strict=True))):
        raise OddRows
    prompts, read, write = (
        rows.counts(headings[role]) if role in headings else rows.nothing() for role in (PROMPT, READ, WRITE)
    )
    uncached = prompts if _flat_usage_is_beside(headings) else uncached_usage_columns(prompts, read, write)
    counts = {role: rows.counts(headings[role]) for role in (OUTPUT, REASONING) if role in headings}
    names = {
        role: rows.names(headings[role]) for role in (ID, CONVERSATION, MODEL, PROVIDER, STATUS) if role in headings
    }
    known: dict[str, list[Any]] = {**counts, **{role: column for role, column in names.items() if role != STATUS}}
    if ID in known:
        known[ID] = usage_column_of(_flat_usage_id, names[ID])
    if PROVIDER in known:
        known[PROVIDER] = [name.lower() for name in names[PROVIDER]]
    if STATUS in names:
        known["failed"] = usage_column_of(_flat_usage_has_failed, names[STATUS])
    if TIME in headings:
        known[TIME] = rows.times(headings[TIME])
    if TIER in headings:
        known[TIER] = rows.tiers(headings[TIER])
    if COST in headings:
        known[COST] = rows.amounts(headings[COST])
    if SECONDS in headings or MILLISECONDS in headings:
        waits = [
            rows.amounts(headings[role]) if role in headings else rows.nothing() for role in (SECONDS, MILLISECONDS)
        ]
        known[SECONDS] = list(map(_flat_usage_seconds, *waits))
    if FIRST_MILLISECONDS in headings:
        known["first_token_seconds"] = usage_seconds_of_millisecond_columns(rows.amounts(headings[FIRST_MILLISECONDS]))
    return usage_request_columns(len(rows), uncached=uncached, read=read, write=write, **known)


def open_flat_usage_file() -> RowReader:
    """Rows are read one by one."""
    return flat_usage_requests


FORMAT = UsageFormat(
    label="A log with a line for each request",
    order=200,
    recognizes=is_flat_usage,
    marks=MARKS,
    open_file=open_flat_usage_file,
    read_columns=flat_usage_columns,
    is_told_by_keys=True,
)
