"""Rows are the same whatever the pieces in which a file comes, and what is no row is named with its line."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.readers.intake.decoding import IntakeDecoding
from calculators.readers.intake.rows import BAD_JSON, CUT_OFF, NO_OBJECT, TOO_DEEP, TOO_LONG, IntakeRows

Taken = list[tuple[int, dict[str, Any], bool]]
Faults = list[tuple[int, str]]


def rows_of(text: str, size: int = 1 << 20) -> tuple[Taken, Faults]:
    taken: Taken = []
    faults: Faults = []
    rows = IntakeRows(lambda *row: taken.append(row), lambda *fault: faults.append(fault))
    for begin in range(0, len(text), size):
        rows.feed(text[begin : begin + size])
    rows.finish()
    return taken, faults


def rows_together(text: str, size: int) -> tuple[list[tuple[int, dict[str, Any]]], Faults]:
    """The same of rows that are taken together."""
    taken: list[tuple[int, dict[str, Any]]] = []
    faults: Faults = []

    def take_rows(lines: Sequence[int], rows: list[Any], headings: Any) -> bool:
        taken.extend(zip(lines, rows, strict=True))
        return True

    rows = IntakeRows(lambda *row: None, lambda *fault: faults.append(fault), take_rows)
    for begin in range(0, len(text), size):
        rows.feed(text[begin : begin + size])
    rows.finish()
    return taken, faults


A, B = {"a": 1, "text": 'with "quotes", {braces} and \\ ü'}, {"b": [{"c": None}, []]}

CASES: dict[str, tuple[str, list[tuple[int, dict[str, Any]]], Faults]] = {
    "lines": (f"{json.dumps(A)}\n\n{json.dumps(B)}\n", [(1, A), (3, B)], []),
    "windows lines": (f"{json.dumps(A)}\r\n{json.dumps(B)}\r\n", [(1, A), (2, B)], []),
    "no last line end": (f"{json.dumps(A)}\n{json.dumps(B)}", [(1, A), (2, B)], []),
    "commas at line ends": (f"{json.dumps(A)},\n{json.dumps(B)}\n", [(1, A), (2, B)], []),
    "a broken line": (f"{json.dumps(A)}\n{{broken\n{json.dumps(B)}\n", [(1, A), (3, B)], [(2, BAD_JSON)]),
    "a broken first line": (f"half of it}}\n{json.dumps(A)}\n", [(2, A)], [(1, BAD_JSON)]),
    "an object over two lines": (f'{json.dumps(A)}\n{{"a":\n1}}\n', [(1, A)], [(2, BAD_JSON), (3, BAD_JSON)]),
    "more behind an object": (f'{json.dumps(A)}\n{{"a": 1}} 2\n', [(1, A)], [(2, BAD_JSON)]),
    "a cut last line": (f"{json.dumps(A)}\n{json.dumps(B)[:5]}", [(1, A)], [(2, BAD_JSON)]),
    "a bare value": (f"{json.dumps(A)}\n7\n", [(1, A)], [(2, NO_OBJECT)]),
    "nonsense numbers": (f'{json.dumps(A)}\n{{"a": NaN}}\n', [(1, A)], [(2, BAD_JSON)]),
    "one object": (json.dumps(A), [(1, A)], []),
    "a list": (json.dumps([A, B]), [(1, A), (1, B)], []),
    "a list over lines": (json.dumps([A, B], indent=1), [(2, A), (6, B)], []),
    "objects over lines": ("\n".join(json.dumps(row, indent=2) for row in (A, B)), [(1, A), (5, B)], []),
    "a cut list": (json.dumps([A, B])[:-4], [(1, A)], [(1, CUT_OFF)]),
    "lists on lines": (f"{json.dumps(A)}\n{json.dumps([A, B])}\n", [(1, A), (2, A), (2, B)], []),
    "nothing": ("", [], []),
    "blank lines": ("\n\n  \n", [], []),
}


@pytest.mark.parametrize("size", [1, 3, 50, 1 << 20])
@pytest.mark.parametrize("name", CASES)
def test_json(name: str, size: int) -> None:
    text, expected, faults = CASES[name]
    assert rows_of(text, size) == ([(line, row, False) for line, row in expected], faults)
    assert rows_together(text, size) == (expected, faults)


@pytest.mark.parametrize("size", [1, 3, 1 << 20])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables(separator: str, size: int) -> None:
    lines = ["Day ,Model,Note", '2026-11-01,one,"two', 'lines, ""quoted"""', "", ",,", "2026-11-02,two,x,extra", "3"]
    text = "\n".join(lines).replace(",", separator) + "\n"
    rows = [
        (2, {"day": "2026-11-01", "model": "one", "note": f'two\nlines{separator} "quoted"'}, True),
        (6, {"day": "2026-11-02", "model": "two", "note": "x"}, True),
        (7, {"day": "3"}, True),
    ]
    assert rows_of(text, size) == (rows, [])


@given(st.text(alphabet='"",,, ab\t', max_size=24), st.integers(1, 30))
@settings(max_examples=500, deadline=None)
def test_cells_of_a_line_are_those_that_the_csv_module_gives(line: str, size: int) -> None:
    """Also where quotes are not around whole cells; a line whose last quote is open goes on in the next."""
    taken, faults = rows_of(f"one,two,three\n{line}\n", size)
    if line.count('"') % 2 == 0:
        cells = next(csv.reader([line]), [])
        expected = [dict(zip(("one", "two", "three"), cells, strict=False))] if "".join(cells).strip() else []
        assert ([row for _, row, _ in taken], faults) == (expected, [])


def test_what_is_too_long_or_too_deep_is_named_and_what_follows_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("calculators.readers.intake.rows.LONGEST_ROW", 500)
    long, deep = json.dumps({"text": "x" * 800}), '{"a":' + "[" * 300 + "]" * 300 + "}"
    for size in (1, 64, 1 << 20):
        assert rows_of(f'{{"a": 1}}\n{long}\n{{"b": 2}}\n', size) == (
            [(1, {"a": 1}, False), (3, {"b": 2}, False)],
            [(2, TOO_LONG)],
        )
        assert rows_of(f'[{{"a": 1}},\n{long},\n{{"b": 2}}]', size) == (
            [(1, {"a": 1}, False), (3, {"b": 2}, False)],
            [(2, TOO_LONG)],
        )
        assert rows_of(f'[{{"a": 1}},\n{deep},\n{{"b": 2}}]', size) == (
            [(1, {"a": 1}, False), (3, {"b": 2}, False)],
            [(2, TOO_DEEP)],
        )
    monkeypatch.undo()
    assert rows_of(f'{{"a": 1}}\n{deep}\n') == ([(1, {"a": 1}, False)], [(2, TOO_DEEP)])
    assert rows_of('{"a": 1}\n' + "[" * 100_000 + "\n")[1] == [(2, TOO_DEEP)]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.text(max_size=3), JSON_VALUES, max_size=3), min_size=1, max_size=5), st.data())
@settings(max_examples=100, deadline=None)
def test_any_objects_come_back_in_every_shape(rows: list[dict[str, Any]], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 40))
    for text in (
        "\n".join(map(json.dumps, rows)),
        json.dumps(rows),
        json.dumps(rows, indent=1, ensure_ascii=False),
        "".join(json.dumps(row, indent=1) for row in rows),
    ):
        assert [row for _, row, _ in rows_of(text, size)[0]] == rows


@given(st.text(alphabet='{}[]",:\\ab1 \n', max_size=60), st.integers(1, 20))
@settings(max_examples=300, deadline=None)
def test_nonsense_never_breaks_it_and_pieces_do_not_matter(text: str, size: int) -> None:
    assert rows_of(text, size) == rows_of(text)


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_comes_out_of_its_encoding(encoding: str, size: int) -> None:
    text = "año, 漢字, 😀\n" * 3
    parts: list[str] = []
    decoding = IntakeDecoding(parts.append)
    data = text.encode(encoding)
    for begin in range(0, len(data), size):
        decoding.feed(data[begin : begin + size])
    decoding.finish()
    assert "".join(parts) == text


def test_bytes_that_are_no_text_become_the_sign_for_it() -> None:
    parts: list[str] = []
    decoding = IntakeDecoding(parts.append)
    decoding.feed(b"a\xffb")
    decoding.finish()
    assert "".join(parts) == "a\ufffdb"


LONG, DEEP = json.dumps({"text": "word " * 600}), '{"a": ' + "[" * 250 + "]" * 250 + "}"
MANY = json.dumps({"a": [{}] * 150})
LINES = [
    json.dumps(A),
    json.dumps(B),
    LONG,
    LONG,
    DEEP,
    MANY,
    "[1]",
    "[{}]",
    "{}",
    '{"a":',
    "1}",
    '{"a": [',
    "2]}",
    '"}"',
]
LINES += ["", " ", "7", " {}", "{} ", "{},", "{}\r", "{},\r", "{}{}", "{},{}", '{"a": NaN}', '{"a": "\t"}', "{}, {}"]


def lines_one_by_one(lines: list[str]) -> tuple[list[tuple[int, dict[str, Any]]], Faults]:
    """What each line is, read alone with `json.loads`."""
    taken: list[tuple[int, dict[str, Any]]] = []
    faults: Faults = []
    for number, line in enumerate(lines, 1):
        text = line.strip(" \t\r").rstrip(", \t")
        if not text:
            continue
        try:
            read = json.loads(text, parse_constant=int)
        except ValueError:
            faults.append((number, BAD_JSON))
            continue
        if line == DEEP:
            faults.append((number, TOO_DEEP))
        elif isinstance(read, dict):
            taken.append((number, read))
        elif isinstance(read, list):
            taken += [(number, row) for row in read if isinstance(row, dict)]
            faults += [(number, NO_OBJECT) for row in read if not isinstance(row, dict)]
        else:
            faults.append((number, NO_OBJECT))
    return taken, faults


@pytest.mark.parametrize("size", [1000, 1 << 20])
@given(st.lists(st.sampled_from(LINES), max_size=40))
def test_lines_that_are_read_together_are_what_each_is_alone(size: int, lines: list[str]) -> None:
    lines = [json.dumps(A), *lines]
    text = "\n".join([*lines, ""])
    expected, faults = lines_one_by_one(lines)
    assert rows_together(text, size) == (expected, faults)
    assert rows_of(text, size) == ([(line, row, False) for line, row in expected], faults)
