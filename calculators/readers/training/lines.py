"""Reads JSON Lines, a line at a time; nothing hostile in them breaks this."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NoReturn, TypeAlias

from calculators.engine.nesting import is_json_nested_too_deep

LONGEST_LINE = 1_000_000
LONGEST_EXCERPT = 40
"""How much of an unknown key or role is shown; nothing else of the text is."""

JsonObject: TypeAlias = dict[str, object]

_HALF = re.compile("[\ud800-\udfff]")
_HALF_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")
"""Half of a character that needs two, and the beginning of one that is written as an escape."""


@dataclass(slots=True)
class TrainingLine:
    """One line of a file: the names of the rules it breaks, each with a few words of detail, and its messages.

    `length` are the characters of the line. `places` has the number of the message that breaks a rule first, from 1.
    `tools` are the definitions that the example gives, as short JSON, `rejected` the other answer of a pair, whose
    preferred one ends the messages. Where `is_usual` is true, each message is a role and a text alone, a whole call or
    its result, and there is no other answer: most examples are so.
    """

    number: int
    length: int = 0
    problems: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    system: str = ""
    messages: list[JsonObject] = field(default_factory=list)
    rejected: list[JsonObject] = field(default_factory=list)
    tools: str = ""
    is_usual: bool = False

    def note(self, rule: str, detail: str = "", message: int = 0) -> None:
        """Notes a rule that the line breaks; the first place counts."""
        if rule not in self.problems:
            self.problems[rule] = detail
            if message:
                self.places[rule] = message


class Unparsable(ValueError):
    """A line breaks a rule, so that it cannot be parsed."""

    def __init__(self, rule: str, detail: str = "") -> None:
        super().__init__(rule)
        self.rule, self.detail = rule, detail


class _NoNumber(ValueError):
    """JSON knows no NaN and no Infinity; Python's reader does."""


def _refuse_training_line(constant: str) -> NoReturn:
    raise _NoNumber(constant)


_DECODER = json.JSONDecoder(parse_constant=_refuse_training_line)
_scan_json: Callable[[str, int], tuple[object, int]] = vars(_DECODER)["scan_once"]
"""Reads a value at a place of a text; what is around it takes a tenth longer."""


def split_training_lines(pieces: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines of a text that comes in pieces, with their numbers, from 1; the end of the text ends the last one.

    >>> list(split_training_lines(["a\\nb", "c\\n"]))
    [(1, 'a'), (2, 'bc')]
    """
    number = 1
    begun: list[str] = []
    for piece in pieces:
        first, *lines = piece.split("\n")
        begun.append(first)
        if lines:
            yield number, "".join(begun)
            begun = [lines.pop()]
            yield from enumerate(lines, number + 1)
            number += len(lines) + 1
    if last := "".join(begun):
        yield number, last


def parse_training_line(line: TrainingLine, text: str) -> object:
    """What the text of a line holds as JSON; what is wrong with it but can still be read is noted in `line`.

    Raises:
        Unparsable: the text breaks a rule that leaves nothing to read.
    """
    if len(text) > LONGEST_LINE:
        raise Unparsable("nul" if "\0" in text else "long_line")
    is_ascii = text.isascii()
    if not is_ascii and "\ufffd" in text:
        line.problems["unreadable"] = ""
    if is_json_nested_too_deep(text):
        raise Unparsable("nul" if "\0" in text else "deep")
    try:
        parsed = _training_line_parsed(text)
    except _NoNumber as error:
        raise Unparsable("not_a_number", training_line_excerpt(str(error))) from None
    except (ValueError, StopIteration):  # JSON has no NUL, so it is looked for here alone
        raise Unparsable("nul" if "\0" in text else "not_json") from None
    if (not is_ascii and _holds_half(text)) or (
        ("\\ud" in text or "\\uD" in text)
        and _HALF_ESCAPED.search(text)
        and _holds_half(json.dumps(parsed, ensure_ascii=False))
    ):
        line.problems["half_character"] = ""
    return parsed


def _holds_half(text: str) -> bool:
    """Whether a text has half of a character: encoding it takes a tenth of the time of a search."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _training_line_parsed(text: str) -> object:
    """What a text holds as JSON; most lines begin and end with it, which saves looking for blanks."""
    if text[:1] == "{":
        parsed, end = _scan_json(text, 0)
        if end == len(text):
            return parsed
    return _DECODER.decode(text)


def training_line_excerpt(name: object) -> str:
    """The beginning of a key or a role, safe to write anywhere."""
    words = name if isinstance(name, str) else json.dumps(name, ensure_ascii=False)[:LONGEST_EXCERPT]
    words = " ".join(_HALF.sub("\ufffd", words[:LONGEST_EXCERPT]).split())
    return f"“{words}”" if len(words) < LONGEST_EXCERPT else f"“{words}…”"
