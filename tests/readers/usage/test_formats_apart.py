"""Every row of answers and gateways belongs to one format, and no value in a row ends a reading but by a refusal."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.readers.usage.recognition import USAGE_FORMATS, UsageRowSorter
from calculators.readers.usage.request import Request, SkippedRow
from tests.readers.usage.example_rows import EXAMPLES, activity
from tests.readers.usage.reading import rows_of_log
from tests.readers.usage.synthetic.formats import WRITERS
from tests.readers.usage.synthetic.traffic import PLAIN, traffic

ROWS = [(name, row) for name, rows in EXAMPLES.items() for row in rows]
TABLE_ROW = {key: cell for line in csv.DictReader(io.StringIO(activity())) for key, cell in line.items()}

ODD = st.sampled_from(
    [math.nan, math.inf, -1, -0.5, 10**400, 1e300, True, "", "many", "nan", "-3", "1e999", "\uff19", "²", [], {}]
)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | ODD,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=8), part, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{name}-{number}" for number, (name, _) in enumerate(ROWS)])
def test_a_row_is_recognized_by_its_format_alone(name: str, row: dict[str, Any]) -> None:
    recognized = [other for other, format in USAGE_FORMATS.items() if not format.is_table and format.recognizes(row)]
    assert recognized == [name]


def test_a_line_of_a_table_is_recognized_by_its_format_alone() -> None:
    names = [name for name, format in USAGE_FORMATS.items() if format.is_table and format.recognizes(TABLE_ROW)]
    assert names == ["openrouter_activity"]


def places(part: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values within a row."""
    if isinstance(part, dict):
        return [path, *(deeper for key, value in part.items() for deeper in places(value, (*path, key)))]
    if isinstance(part, list):
        return [path, *(deeper for index, value in enumerate(part) for deeper in places(value, (*path, index)))]
    return [path]


def put(part: Any, path: tuple[Any, ...], value: object) -> Any:
    """A copy of a row with another value in one place."""
    if not path:
        return value
    copy = list(part) if isinstance(part, list) else dict(part)
    copy[path[0]] = put(part[path[0]], path[1:], value)
    return copy


def check_reading(row: dict[str, Any], is_table: bool) -> None:
    """The row is read or refused; what is read can be added up and compared."""
    try:
        requests = list(UsageRowSorter(is_table).requests(row))
    except SkippedRow as reason:
        assert str(reason)
        return
    for request in requests:
        assert isinstance(request, Request)
        for count in (request.uncached, request.read, request.write, request.write_long, request.output):
            assert count is None or (type(count) is int and count >= 0)
        for amount in (request.time, request.cost, request.seconds, request.first_token_seconds):
            assert amount is None or math.isfinite(amount)
        assert all(isinstance(name, str) for name in (request.id, request.model, request.conversation, request.tier))
        float(request.output or 0)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{name}-{number}" for number, (name, _) in enumerate(ROWS)])
def test_no_value_anywhere_breaks_a_reader(name: str, row: dict[str, Any], data: st.DataObject) -> None:
    changed = row
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from([place for place in places(changed) if place]))
        changed = put(changed, path, data.draw(JSON_VALUES))
    check_reading(changed, is_table=False)


@settings(max_examples=100, deadline=None)
@given(cells=st.dictionaries(st.sampled_from(sorted(TABLE_ROW)), st.text(max_size=12) | st.none(), max_size=5))
def test_no_cell_breaks_the_reader_of_a_table(cells: dict[str, str | None]) -> None:
    check_reading(TABLE_ROW | cells, is_table=True)


@settings(max_examples=100, deadline=None)
@given(row=st.dictionaries(st.sampled_from(["usage", "type", "id", "response", "result", "object"]), JSON_VALUES))
def test_no_row_breaks_the_recognition(row: dict[str, Any]) -> None:
    check_reading(row, is_table=False)


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{name}-{number}" for number, (name, _) in enumerate(ROWS)])
def test_reading_does_not_change_a_row(name: str, row: dict[str, Any]) -> None:
    before = json.dumps(row)
    list(UsageRowSorter(False).requests(row))
    assert json.dumps(row) == before


WRITTEN = [(name, write(traffic(PLAIN, requests=2))) for name, write in WRITERS.items()]


@pytest.mark.parametrize(("name", "text"), WRITTEN, ids=[name for name, _ in WRITTEN])
def test_no_format_recognizes_a_row_without_one_of_its_marks(name: str, text: str) -> None:
    """The marks are asked first, so a format with too few of them would miss rows."""
    rows, _ = rows_of_log(text)
    for row in rows:
        for format in USAGE_FORMATS.values():
            unmarked = {key: value for key, value in row.items() if key not in format.marks}
            assert not format.recognizes(unmarked)
            assert not format.recognizes(row) or len(unmarked) < len(row)


def test_two_rows_of_one_shape_may_be_of_two_formats() -> None:
    """Only the name of the model tells whose counts these are."""
    usage = {"input_tokens": 900, "output_tokens": 10}
    sorter = UsageRowSorter(False)
    (claude,) = sorter.requests({"model": "claude-sonnet-5-5", "usage": usage})
    assert claude.provider == "anthropic"
    with pytest.raises(SkippedRow):
        sorter.requests({"model": "another-model", "usage": usage})
