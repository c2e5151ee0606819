"""Each example is recognized as its own format, and no value of a row breaks a reader."""

from __future__ import annotations

import copy
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.readers.usage.recognition import USAGE_FORMATS
from calculators.readers.usage.request import Request, SkippedRow
from tests.readers.usage import report_examples, session_examples, trace_examples
from tests.readers.usage.reading import requests_in, rows_of_log

EXAMPLES = {**report_examples.EXAMPLES, **session_examples.EXAMPLES, **trace_examples.EXAMPLES}
COUNTS = ("requests", "uncached", "read", "write", "write_long", "output", "reasoning")
STRANGE: list[Any] = [
    math.nan,
    math.inf,
    -math.inf,
    -3,
    2.5,
    10**400,
    1e300,
    True,
    None,
    "",
    "many",
    "-4",
    "nan",
    "\uff11\uff12",
    "{",
    '{"input": [1]}',
    "9999-99-99",
    "0001-01-01T00:00:00+23:59",
    [],
    {},
    [[]],
    [None],
    {"a": {"b": "c"}},
]
"""Values that no reader expects where they come."""


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_recognized_as_its_format(name: str) -> None:
    """No other format may come first, and only the general shape of a message may recognize it as well."""
    rows, is_table = rows_of_log(EXAMPLES[name])
    for row in rows:
        recognized = [
            other for other, format in USAGE_FORMATS.items() if format.is_table == is_table and format.recognizes(row)
        ]
        assert recognized[0] == name
        assert set(recognized[1:]) <= {"anthropic_messages"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_skips_nothing(name: str) -> None:
    requests, skipped = requests_in(EXAMPLES[name], name)
    assert requests and not skipped
    assert all(request.time is not None for request in requests) or name in ("vercel", "claude_code_results")


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values within a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, held in inner for place in places(held, (*path, key)))]


@pytest.mark.parametrize("name", EXAMPLES)
@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_strange_values_are_skipped_with_a_reason(name: str, data: st.DataObject) -> None:
    rows = copy.deepcopy(rows_of_log(EXAMPLES[name])[0])
    for _ in range(data.draw(st.integers(1, 3))):
        *above, last = data.draw(st.sampled_from([path for path in places(rows) if len(path) > 1]))
        held: Any = rows
        for key in above:
            held = held[key]
        held[last] = copy.deepcopy(data.draw(st.sampled_from(STRANGE)))
    format = USAGE_FORMATS[name]
    reader = format.open_file()
    for row in rows:
        if not format.recognizes(row):
            continue
        try:
            outcomes = list(reader(row))
        except SkippedRow as reason:
            outcomes = [reason]
        for outcome in outcomes:
            if isinstance(outcome, SkippedRow):
                assert str(outcome)
            else:
                check(outcome)


def check(request: Request) -> None:
    """What holds for every request: counts are whole and not below zero, and amounts are finite."""
    for field in COUNTS:
        count = getattr(request, field)
        assert count is None or (type(count) is int and count >= 0), field
    for amount in (request.time, request.cost, request.seconds, request.first_token_seconds):
        assert amount is None or math.isfinite(amount)
    for text in (request.id, request.conversation, request.model, request.provider, request.tier):
        assert isinstance(text, str)
