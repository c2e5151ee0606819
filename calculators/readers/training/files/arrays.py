"""Splits a file that is one JSON array, or objects over several lines, without parsing all of it at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from calculators.engine.long_text import PIECE, AnyText, long_text_end, long_text_pieces
from calculators.readers.intake.signs import REPEATED
from calculators.readers.training.lines import split_training_lines

_BEGINS = re.compile(r"\s*\[\s*\{")
_TOKEN = re.compile(r'(?s)"(?:[^"\\]++|\\.?)' + REPEATED + r'(?:(")|\Z)|[\[\]{}]')
"""A string, whose second quote is a group, or a bracket."""

_BETWEEN = " \t\r\n,[]"
_TAIL = 200
_SPREAD = re.compile(r"\s*\{\s*\n")


def is_training_array(text: AnyText) -> bool:
    """Whether a text looks like one array of objects from its first to its last bracket."""
    return bool(_BEGINS.match(text[:PIECE])) and long_text_end(text, _TAIL).rstrip().endswith("]")


def is_multiline_training_object(text: AnyText) -> bool:
    """Whether a text begins with an object that is written over several lines."""
    return bool(_SPREAD.match(text[:PIECE]))


def split_training_array(text: AnyText, level: int = 1) -> Iterator[tuple[int, str]]:
    """The elements of an array, each with the number of the line in which it begins; then the lines after the array.

    With `level` 0, the objects of a text that is no array.

    What stands between two elements and is neither is an element of its own, so that nothing is passed over.

    >>> list(split_training_array('[{"a": "]"},\\n {"b": [1]} ]'))
    [(1, '{"a": "]"}'), (2, '{"b": [1]}')]
    """
    pieces = long_text_pieces(text)
    depth, number, begin = 0, 1, -1
    waiting, read, end, counted = "", 0, 0, 0  # the text from the last element on, and places in it
    for piece in chain(pieces, [None]):
        waiting += piece or ""
        for token in _TOKEN.finditer(waiting, read):
            read = token.start()
            if token[0][0] == '"':
                if piece is not None and not token[1]:
                    break  # the string may go on in the next piece
            elif token[0] in "[{":
                if depth == level:
                    begin = token.start()
                    if between := waiting[end:begin].strip(_BETWEEN):
                        place = waiting.index(between, end)
                        number += waiting.count("\n", counted, place)
                        counted = place
                        yield number, between
                    number += waiting.count("\n", counted, begin)
                    counted = begin
                depth += 1
            else:
                depth -= 1
                if depth == level and begin >= 0:
                    end = token.end()
                    yield number, waiting[begin:end]
                    begin = -1
                elif depth < level:
                    number += waiting.count("\n", counted, token.end())
                    for later, line in split_training_lines(chain([waiting[token.end() :]], pieces)):
                        if line.strip():
                            yield number + later - 1, line
                    return
            read = token.end()
        else:
            read = len(waiting)
        first = begin if begin >= 0 else end
        number += waiting.count("\n", counted, first)
        waiting = waiting[first:]
        read, begin, end, counted = read - first, min(begin, 0), max(end - first, 0), max(counted - first, 0)
    if begin >= 0:
        yield number, waiting


def is_packed_training_array(text: AnyText) -> bool:
    """Whether a text is an array of which the first two elements begin on one line, as programs write it.

    The number of their line would not tell them apart, so such elements are known by their places in the array.
    """
    return is_training_array(text) and _are_on_one_line(list(islice(split_training_array(text), 2)))


def _are_on_one_line(first: Sequence[tuple[int, str]]) -> bool:
    return len(first) > len({number for number, _ in first})


def has_training_lines(text: AnyText, *, takes_spread: bool) -> bool:
    """Whether a text has an example a line, and is neither an array nor objects written over several lines."""
    return not is_training_array(text) and not (takes_spread and is_multiline_training_object(text))


def split_training_text(text: AnyText, *, takes_spread: bool) -> Iterator[tuple[int, str]]:
    """The lines of a file, the elements of its array, or objects written over several lines where a format has them.

    Each has the number of the line in which it begins, or its place in an array that is written on one line.
    """
    if is_training_array(text):
        elements = split_training_array(text)
        first = list(islice(elements, 2))
        every = chain(first, elements)
        return enumerate((element for _, element in every), 1) if _are_on_one_line(first) else every
    if takes_spread and is_multiline_training_object(text):
        return split_training_array(text, level=0)
    return split_training_lines(long_text_pieces(text))
