"""Objects of a stream: guessing where one ends finds the same ones as looking at each sign."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from calculators.engine.nesting import DEEPEST
from calculators.readers.intake import objects
from calculators.readers.intake.objects import IntakeObjectScanner, TooLarge
from calculators.readers.intake.rows import parsed_intake_row
from tests.daily import examples

LONGEST = 60
VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=8) | st.sampled_from(["}\n", "{\n", '"', "],", "\n }"]),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=4), part, max_size=3),
    max_leaves=6,
)
OBJECTS = st.dictionaries(st.text(max_size=4), VALUES, max_size=3)
JUNK = st.sampled_from(["{", "}", "[", "]", "\n", "\n}", "\n {\n", "},", '"', "\\", "x", " ", '{"a": NaN}', "{\n}\n}"])


def objects_of(text: str, size: int, *, can_guess: bool, longest: int = LONGEST) -> list[object]:
    """What is found in a text that comes in pieces of a size, with the lines."""
    scanner = IntakeObjectScanner(longest, DEEPEST, parsed_intake_row)
    scanner._can_guess = can_guess
    pieces = [text[begin : begin + size] for begin in range(0, len(text), size)]
    return [each for piece in pieces for each in scanner.feed(piece)]


@given(
    rows=st.lists(OBJECTS, max_size=5),
    indent=st.sampled_from([None, 0, 1, 4]),
    is_list=st.booleans(),
    line_end=st.sampled_from(["\n", "\r\n"]),
    size=st.integers(1, 200),
)
def test_written_in_any_way(
    rows: list[dict[str, object]], indent: int | None, is_list: bool, line_end: str, size: int
) -> None:
    texts = [json.dumps(row, indent=indent) for row in rows]
    text = json.dumps(rows, indent=indent) if is_list else f",{line_end}".join(texts)
    text = text.replace("\n", line_end)
    assert objects_of(text, size, can_guess=True) == objects_of(text, size, can_guess=False)


@given(parts=st.lists(JUNK | OBJECTS.map(lambda row: json.dumps(row, indent=1)), max_size=12), size=st.integers(1, 99))
@example(parts=["[\n", '{"a": 1}\n', "{\n", ' "b": {\n', "}}\n]"], size=99)
def test_whatever_stands_between(parts: list[str], size: int) -> None:
    text = "".join(parts)
    assert objects_of(text, size, can_guess=True) == objects_of(text, size, can_guess=False)


@examples(30, at_night=300)
@given(parts=st.lists(JUNK | OBJECTS.map(lambda row: json.dumps(row, indent=1)), max_size=12), size=st.integers(1, 99))
@example(parts=['{"a": "x', "\\", "\\", "\\", '"', 'x"}'], size=1)
def test_pieces_are_read_as_the_whole(parts: list[str], size: int) -> None:
    text = "".join(parts)
    whole = objects_of(text, len(text) or 1, can_guess=False, longest=10**6)
    assert objects_of(text, size, can_guess=False, longest=10**6) == whole


@pytest.mark.parametrize("can_guess", (True, False))
@pytest.mark.parametrize("size", (1, 4, 99))
def test_text_beside_the_objects_is_named_once_with_its_line(size: int, can_guess: bool) -> None:
    text = '[{"a": 1}, 3, "{}", null,\n{"a": 2}\n,\n {"a": 3}]\nEnd\nof log'
    found: list[object] = [(1, {"a": 1}), (1, None), (2, {"a": 2}), (4, {"a": 3})]
    assert objects_of(text, size, can_guess=can_guess) == found
    scanner = IntakeObjectScanner(LONGEST, DEEPEST, parsed_intake_row)
    assert [*scanner.feed(text)] == found and scanner.text_line == 5


class Noting:
    """A pattern that notes the places from which it was asked to match or to search."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern, self.places = pattern, Counter[int]()

    def match(self, text: str, place: int) -> re.Match[str] | None:
        self.places[place] += 1
        return self.pattern.match(text, place)

    def search(self, text: str, place: int) -> re.Match[str] | None:
        self.places[place] += 1
        return self.pattern.search(text, place)


def test_a_long_text_is_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """From its beginning at each piece, a text of 33 million characters would take ten seconds."""
    noting = [Noting(objects._MARK), Noting(objects._SIGN_IN_STRING)]
    for name, pattern in zip(("_MARK", "_SIGN_IN_STRING"), noting, strict=True):
        monkeypatch.setattr(objects, name, pattern)
    text = json.dumps({"a": 'x\\\n"' * 2000, "b": 1})
    assert objects_of(text, 101, can_guess=True, longest=len(text)) == [(1, json.loads(text))]
    marks, signs = (set(pattern.places.values()) for pattern in noting)
    assert marks == {1} and signs == {1, 2}, "twice is where a piece ends in an escape"


def test_depth_counts_whether_an_end_is_guessed_or_not() -> None:
    fits, too_deep = ('{"a":' + "[" * depth + "]" * depth + "}" for depth in (DEEPEST - 2, DEEPEST))
    for text in (f"[\n{fits},\n{too_deep},\n{fits}\n]", f"{fits}\n{too_deep}\n{fits}"):
        for can_guess in (True, False):
            scanner = IntakeObjectScanner(10**6, DEEPEST, parsed_intake_row)
            scanner._can_guess = can_guess
            results = [each for _, each in scanner.feed(text)]
            assert [type(each) for each in results] == [dict, TooLarge, dict]
