"""Splits a file that is one JSON array, or objects over several lines, without parsing all of it at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from calculators.readers.training.lines import split_training_lines

_BEGINS = re.compile(r"\s*\[\s*\{")
_TOKEN = re.compile(r'(?s)"(?:[^"\\]++|\\.?)*+(?:"|\Z)|[\[\]{}]')
_BETWEEN = " \t\r\n,[]"
_TAIL = 200
_SPREAD = re.compile(r"\s*\{\s*\n")


def is_training_array(text: str) -> bool:
    """Whether a text looks like one array of objects from its first to its last bracket."""
    return bool(_BEGINS.match(text)) and text[-_TAIL:].rstrip().endswith("]")


def is_spread_object(text: str) -> bool:
    """Whether a text begins with an object that is written over several lines."""
    return bool(_SPREAD.match(text))


def split_training_array(text: str, level: int = 1) -> Iterator[tuple[int, str]]:
    """The elements of an array, each with the number of the line in which it begins; then the lines after the array.

    With `level` 0, the objects of a text that is no array.

    What stands between two elements and is neither is an element of its own, so that nothing is passed over.

    >>> list(split_training_array('[{"a": "]"},\\n {"b": [1]} ]'))
    [(1, '{"a": "]"}'), (2, '{"b": [1]}')]
    """
    depth, number, counted, begin, end = 0, 1, 0, -1, 0
    for token in _TOKEN.finditer(text):
        if token[0][0] == '"':
            continue
        if token[0] in "[{":
            if depth == level:
                begin = token.start()
                if between := text[end:begin].strip(_BETWEEN):
                    place = text.index(between, end)
                    number += text.count("\n", counted, place)
                    counted = place
                    yield number, between
                number += text.count("\n", counted, begin)
                counted = begin
            depth += 1
            continue
        depth -= 1
        if depth == level and begin >= 0:
            end = token.end()
            yield number, text[begin:end]
            begin = -1
        elif depth < level:
            number += text.count("\n", counted, token.end())
            for later, line in split_training_lines(text[token.end() :]):
                if line.strip():
                    yield number + later - 1, line
            return
    if begin >= 0:
        yield number, text[begin:]


def split_training_text(text: str, *, takes_spread: bool) -> Iterator[tuple[int, str]]:
    """The lines of a file, the elements of its array, or objects written over several lines where a format has them."""
    if is_training_array(text):
        return split_training_array(text)
    if takes_spread and is_spread_object(text):
        return split_training_array(text, level=0)
    return split_training_lines(text)
