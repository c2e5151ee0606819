"""Long texts: the same as plain ones, however their bytes are cut, in little more memory than the file has bytes."""

from __future__ import annotations

import codecs
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.engine.long_text import (
    PIECE,
    LongText,
    LongTextWriter,
    long_text_end,
    long_text_holds_sign,
    long_text_pieces,
    long_text_utf8_size,
    long_text_without_byte_order_mark,
)
from calculators.readers.training.files.arrays import split_training_text
from calculators.readers.training.lines import split_training_lines

LONGEST = 10**9
SIGNS = [
    '[{"a": 1}',
    '{"b":\n[1, {"c": "]"}]}',
    '"x\\"y"',
    "\\",
    '"',
    "\n",
    "\r\n",
    " ",
    ",",
    "junk",
    "]",
    "}",
    "😀",
    "é",
]


def long_text(data: bytes, size: int, longest: int = LONGEST) -> LongText:
    """The text of a file that comes in pieces of so many bytes."""
    writer = LongTextWriter(longest)
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for begin in range(0, len(data), size):
        writer.take(decoder.decode(data[begin : begin + size]))
    writer.take(decoder.decode(b"", True))
    return writer.text()


@given(data=st.binary(max_size=60), size=st.integers(1, 9), length=st.integers(1, 70))
def test_it_is_the_text_that_the_bytes_are(data: bytes, size: int, length: int) -> None:
    plain = data.decode("utf-8", "replace")
    text = long_text(data, size)
    assert (str(text), len(text), long_text_utf8_size(text)) == (plain, len(plain), len(plain.encode()))
    assert (text[:length], long_text_end(text, length)) == (plain[:length], plain[-length:])
    assert long_text_holds_sign(text, "\ufffd") == ("\ufffd" in plain)


@pytest.mark.parametrize("mark", ["", "\ufeff", "\ufeff\ufeff"])
def test_one_mark_before_it_is_left_out(mark: str) -> None:
    text = long_text_without_byte_order_mark(long_text(f"{mark}é\n".encode(), 2))
    assert (str(text), len(text), long_text_utf8_size(text)) == (
        f"{mark[1:]}é\n",
        len(mark[1:]) + 2,
        len(mark[1:].encode()) + 3,
    )
    assert long_text_without_byte_order_mark(f"{mark}é") == f"{mark[1:]}é"


@given(parts=st.lists(st.sampled_from(SIGNS), max_size=20), size=st.integers(1, 9), takes_spread=st.booleans())
def test_it_is_split_as_a_plain_text_is(parts: list[str], size: int, takes_spread: bool) -> None:
    for plain in ("".join(parts), "[{" + "".join(parts) + "}]", "{\n" + "".join(parts)):
        text = long_text(plain.encode(), size)
        assert list(split_training_lines(long_text_pieces(text))) == list(split_training_lines([plain]))
        split, whole = (
            list(split_training_text(given_text, takes_spread=takes_spread)) for given_text in (text, plain)
        )
        assert split == whole


@pytest.mark.parametrize("opening", ["", "[", '{"a"', "{\n"])
@given(parts=st.lists(st.sampled_from(SIGNS), max_size=20))
def test_lines_are_those_of_python(opening: str, parts: list[str]) -> None:
    """An oracle: what stands between line feeds, without an empty last line."""
    plain = opening + "".join(parts)
    lines = plain.split("\n")
    assert [line for _, line in split_training_lines([plain])] == (lines if lines[-1] else lines[:-1])
    assert [number for number, _ in split_training_lines([plain])] == list(range(1, len(lines) + bool(lines[-1])))


def test_an_element_over_many_pieces_has_the_line_on_which_it_begins() -> None:
    element = '{"a": "' + "x[{" * PIECE + '"}'
    text = long_text(f"[\n{element},\n\n{element}\n]".encode(), PIECE)
    assert list(split_training_text(text, takes_spread=True)) == [(2, element), (4, element)]


def test_more_than_may_be_is_not_kept() -> None:
    text = long_text(b"abcdefghij" * 10, 10, longest=25)
    assert (len(text), str(text)) == (30, "abcdefghij" * 3)


def test_an_emoji_in_each_line_takes_no_further_memory() -> None:
    """As one text of Python, each of the letters would take four bytes: 45 MB more."""
    data = ("a line of letters and an emoji 😀\n" * 360_000).encode()
    tracemalloc.start()
    text = long_text(data, PIECE)
    for _ in split_training_lines(long_text_pieces(text)):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < len(data) + 16 * PIECE
