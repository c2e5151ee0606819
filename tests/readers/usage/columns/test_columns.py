"""What is read column by column is the same as cell by cell: values, ids, texts of JSON, and lines of a table."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from calculators.readers.intake import id_table
from calculators.readers.intake.id_table import LARGEST_NUMBER, IdTable, id_digest, id_digests
from calculators.readers.intake.marked_rows import ROW_MARK, ROW_MARK_BETWEEN, objects_of_marked_text
from calculators.readers.intake.quoted_cells import cells_of_lines
from calculators.readers.intake.rows import IntakeRows
from calculators.readers.usage.cells import usage_amount_in, usage_count_in, usage_name_in, usage_seconds_in
from calculators.readers.usage.columns.row_columns import (
    OddRows,
    usage_amounts_in,
    usage_counts_in,
    usage_names_in,
    usage_objects_of_texts,
    usage_times_in,
)
from calculators.readers.usage.request import SkippedRow
from calculators.readers.usage.sums import columns as sums_columns
from calculators.readers.usage.sums import tally as sums_tally
from tests.readers.usage.columns.test_same_as_rows import check_same
from tests.readers.usage.synthetic.formats import WRITERS
from tests.readers.usage.synthetic.traffic import PLAIN, traffic

CELLS = {
    "none": st.none(),
    "counts": st.integers(-2, 10**16),
    "texts of counts": st.integers(0, 10**16).map(str),
    "amounts": st.floats(-10, 1e13),
    "infinite": st.sampled_from([1e999, -1e999]),
    "truths": st.booleans(),
    "texts": st.sampled_from(["", " ", "Included", "$3", "1,000", "1.0", "²", "١٢", "nan", " a ", "b" * 300]),
    "days": st.dates().map(str),
    "times": st.datetimes().map(lambda time: time.isoformat()),
    "zoned": st.datetimes(timezones=st.timezones()).map(lambda time: time.isoformat()),
    "whole seconds": st.builds(
        lambda time, end: f"{time:%Y-%m-%dT%H:%M:%S}{end}",
        st.datetimes(datetime(1969, 12, 31), datetime(2100, 1, 1)),
        st.sampled_from(["Z", "Z", "", "+02:00", "+00:00:30"]),
    ),
    "nearly whole seconds": st.sampled_from(
        ["2026-10-05T08+10:00", "2026-10-05T08:00:60Z", "2026-10-05T24:00:00Z", "2026-10-05T08:00:05Z"]
    ),
    "odd times": st.sampled_from(["1790123112345", "1790123112345678901", "2026-11-10T00:00:00Z", "2026-11-10é00:00"]),
    "objects": st.sampled_from([{}, {"a": 1}, [], [1]]),
}
COLUMNS = st.sampled_from(sorted(CELLS)).flatmap(lambda kind: st.lists(CELLS[kind], min_size=1, max_size=8))
MIXED = st.lists(st.one_of(*CELLS.values()), min_size=1, max_size=8)

BOTH: list[tuple[Callable[[list[Any]], list[Any]], Callable[[Any], Any]]] = [
    (usage_counts_in, usage_count_in),
    (usage_amounts_in, usage_amount_in),
    (usage_times_in, usage_seconds_in),
    (usage_names_in, usage_name_in),
]


def outcome(read: Callable[[], list[Any]]) -> list[tuple[type, Any]] | str:
    """What is read with the kind of each value, or that some cell is refused."""
    try:
        return [(type(value), value) for value in read()]
    except SkippedRow:
        return "refused"


@pytest.mark.parametrize(("all_at_once", "each"), BOTH)
@given(values=COLUMNS | MIXED)
@example(values=["20261110T000000Z"])
@example(values=["2026-11-10T00:00:00", "2026-11-10T00:00:00Z"])
@example(values=[True, 1])
@example(values=["1", "²"])
def test_a_column_is_read_as_its_cells_are(
    all_at_once: Callable[[list[Any]], list[Any]], each: Callable[[Any], Any], values: list[Any]
) -> None:
    assert outcome(lambda: all_at_once(list(values))) == outcome(lambda: [each(value) for value in values])


@pytest.mark.parametrize("is_whole", [True, False])
def test_ids_have_the_same_digests_together(is_whole: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(id_table, "IS_HASH_WHOLE", is_whole)
    ids = [f"msg_{number}" for number in range(1000)]
    assert id_digests(ids) == [id_digest(id) for id in ids]


@given(ids=st.lists(st.sampled_from("abcdef"), max_size=30), begin=st.integers(0, 30))
def test_ids_that_repeat_are_known(ids: list[str], begin: int) -> None:
    numbers = [7 * place % 11 for place in range(len(ids))]
    table, expected = IdTable(), []
    largest: dict[str, int] = {}
    repeats = table.repeated(id_digests(ids[:begin]), numbers[:begin])
    repeats += [
        (place + len(ids[:begin]), number) for place, number in table.repeated(id_digests(ids[begin:]), numbers[begin:])
    ]
    for place, (id, number) in enumerate(zip(ids, numbers, strict=True)):
        if id in largest:
            expected.append((place, largest[id]))
        largest[id] = max(largest.get(id, 0), number)
    assert repeats == expected


def test_a_table_of_ids_grows_before_it_is_full() -> None:
    table = IdTable()
    digests = id_digests([f"msg_{number}" for number in range(20_000)])
    assert table.repeated(digests, [LARGEST_NUMBER + 5] * 20_000) == []
    assert len(table) == 20_000 <= table.room * 3 // 4
    assert table.repeated(digests[:2], [0, 0]) == [(0, LARGEST_NUMBER), (1, LARGEST_NUMBER)]


PART = st.sampled_from(
    ["{}", '{"a": 1}', "{", "}", '{"a": [', "]}", ", ", str(ROW_MARK), '"', "7.340187340182e12", "1"]
)


@given(texts=st.lists(st.lists(PART, max_size=4).map("".join), min_size=1, max_size=4))
@example(texts=['{}, 7.340187340182e12, {"a": [{}', "{}]}"])
@example(texts=['{"a": {}}, {"b": [{}', '{}]}, {"c": 3}'])
def test_texts_that_are_parsed_at_once_are_whole(texts: list[str]) -> None:
    try:
        expected = [json.loads(text) for text in texts]
    except ValueError:
        expected = []
    rows = objects_of_marked_text(ROW_MARK_BETWEEN.join(texts), len(texts), vars(json.JSONDecoder())["scan_once"])
    assert rows in ([], expected)
    if rows:
        assert all(type(row) is dict for row in rows)


def test_texts_of_objects_are_parsed_at_once() -> None:
    assert usage_objects_of_texts(['{"input": 3}', ' {"input": 4} ']) == [{"input": 3}, {"input": 4}]
    for odd in ("[]", "", "x", '{"a": 1} {}', f'{{"a": {ROW_MARK}}}'):
        with pytest.raises(OddRows):
            usage_objects_of_texts(["{}", odd])


LINE = st.text(st.sampled_from('ab,"\r \x00;'), max_size=8)


@given(lines=st.lists(LINE, min_size=1, max_size=6))
def test_lines_that_are_cut_at_once_have_the_same_cells(lines: list[str]) -> None:
    rows = cells_of_lines("".join(f"{line}\n" for line in lines), ",")
    for line, cells in zip(lines, rows, strict=False):
        assert cells_of_line(line) == ([cells] if any(map(str.strip, cells)) else [])


def cells_of_line(line: str) -> list[list[str]]:
    """The cells of a line that comes alone; none where all of them are empty."""
    rows: list[list[str]] = []
    cutter = IntakeRows(lambda _line, row, _is_table: rows.append(list(row.values())), lambda *_: None)
    cutter.feed("h1,h2,h3,h4,h5,h6,h7,h8,h9\n")
    cutter.feed(line)
    cutter.finish()
    return rows


def test_with_too_many_cells_requests_are_counted_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their days and models are no longer told apart, whichever way they are read."""
    for module in (sums_columns, sums_tally):
        monkeypatch.setattr(module, "MANY_CELLS", 5)
    assert check_same(WRITERS["cursor"](traffic(PLAIN, requests=100)), monkeypatch) == 100


def test_requests_without_ids_and_times_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    log = WRITERS["openrouter_activity"](traffic(PLAIN, requests=40)).replace("id-", "").replace("2026-11-10", "")
    assert check_same(log, monkeypatch) == 40
