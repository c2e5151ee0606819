"""Reads JSON Lines, a line at a time; nothing hostile in them breaks this."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from operator import itemgetter
from typing import NoReturn, TypeAlias

from calculators.engine.nesting import is_json_nested_too_deep

LONGEST_LINE = 1_000_000
LONGEST_EXCERPT = 40
"""How much of an unknown key or role is shown; nothing else of the text is."""

JsonObject: TypeAlias = dict[str, object]

Speech: TypeAlias = tuple[str, ...]
"""A role and its text, then the id, the name and the arguments of each call."""

TrainingProblems: TypeAlias = tuple[tuple[str, str, int], ...]
"""Rules that a line breaks, each with a detail and the number of a message, or 0."""

NOT_JSON = object()
_parsed_of, _end_of = itemgetter(0), itemgetter(1)
_HALF = re.compile("[\ud800-\udfff]")
_HALF_ESCAPED = re.compile(
    r"\\\\u|\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F]"
)
"""Half of a character that needs two, and what may be one among escapes: neighbors of an escaped backslash, too."""


@dataclass(slots=True)
class TrainingLine:
    """One line of a file: the names of the rules it breaks, each with a few words of detail, and its messages.

    `length` are the characters of the line. `places` has the number of the message that breaks a rule first, from 1.
    `tools` are the definitions that the example gives, as short JSON, `rejected` the other answer of a pair, whose
    preferred one ends the messages. `speeches` are those of a usual conversation, in which each message is a role and a
    text alone, a whole call or its result, and there is no other answer.
    """

    number: int
    length: int = 0
    problems: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    system: str = ""
    messages: list[JsonObject] = field(default_factory=list)
    rejected: list[JsonObject] = field(default_factory=list)
    tools: str = ""
    speeches: list[Speech] | None = None

    def note(self, rule: str, detail: str = "", message: int = 0) -> None:
        """Notes a rule that the line breaks; the first place counts."""
        if rule not in self.problems:
            self.problems[rule] = detail
            if message:
                self.places[rule] = message

    def all_problems(self) -> TrainingProblems:
        """The names of the rules, each with its detail and the number of the message, or 0."""
        return tuple([(rule, detail, self.places.get(rule, 0)) for rule, detail in self.problems.items()])


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
    for number, lines in listed_training_lines(pieces):
        yield from enumerate(lines, number)


def listed_training_lines(pieces: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """The same lines in lists, as many as end in a piece, each with the number of its first line."""
    number = 1
    begun: list[str] = []
    for piece in pieces:
        lines = piece.split("\n")
        begun.append(lines[0])
        if len(lines) > 1:
            lines[0] = "".join(begun)
            begun = [lines.pop()]
            yield number, lines
            number += len(lines)
    if last := "".join(begun):
        yield number, [last]


def parse_training_line(line: TrainingLine, text: str) -> object:
    """What the text of a line holds as JSON; what is wrong with it but can still be read is noted in `line`.

    Raises:
        Unparsable: the text breaks a rule that leaves nothing to read.
    """
    parsed = scan_training_line(line, text)
    note_half_training_character(line, text, parsed)
    return parsed


def scan_training_line(line: TrainingLine, text: str) -> object:
    """The same, but half of a character is not looked for.

    Raises:
        Unparsable: the text breaks a rule that leaves nothing to read.
    """
    if len(text) > LONGEST_LINE:
        raise Unparsable("nul" if "\0" in text else "long_line")
    if not text.isascii() and "\ufffd" in text:
        line.problems["unreadable"] = ""
    if is_json_nested_too_deep(text):
        raise Unparsable("nul" if "\0" in text else "deep")
    try:
        return training_json(text)
    except _NoNumber as error:
        raise Unparsable("not_a_number", training_line_excerpt(str(error))) from None
    except (ValueError, StopIteration):  # JSON has no NUL, so it is looked for here alone
        raise Unparsable("nul" if "\0" in text else "not_json") from None


def note_half_training_character(line: TrainingLine, text: str, parsed: object) -> None:
    """Notes in `line` that its text, or what it holds, has half of a character."""
    if (not text.isascii() and holds_half_training_character(text)) or (
        "\\u" in text
        and ("\\ud" in text or "\\uD" in text)
        and _HALF_ESCAPED.search(text)
        and holds_half_training_character(json.dumps(parsed, ensure_ascii=False))
    ):
        line.problems["half_character"] = ""


def holds_half_training_character(text: str) -> bool:
    """Whether a text has half of a character: encoding it takes a tenth of the time of a search."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def hold_half_training_character(texts: Iterable[str]) -> bool:
    """Whether one of some texts has half of a character; most have nothing but ASCII and are not encoded."""
    return holds_half_training_character("".join([text for text in texts if not text.isascii()]))


def training_json(text: str) -> object:
    """What a text holds as JSON; most begin and end with it, which saves looking for blanks.

    Raises:
        ValueError: it holds none.
        StopIteration: it holds only the beginning of one.
    """
    if text[:1] == "{":
        parsed, end = _scan_json(text, 0)
        if end == len(text):
            return parsed
    return _DECODER.decode(text)


def scanned_training_texts(texts: Sequence[str], constants: list[str]) -> list[object] | None:
    """What each text holds as JSON, from its first character to its last; None where one holds none.

    NaN and its like are no JSON. Those that are met are put in a list, and `NOT_JSON` is in their place.
    """

    def noted(constant: str) -> object:
        constants.append(constant)
        return NOT_JSON

    scan: Callable[[str, int], tuple[object, int]] = vars(json.JSONDecoder(parse_constant=noted))["scan_once"]
    try:
        scanned = list(map(scan, texts, repeat(0)))  # a text that ends too early ends the list
    except ValueError:
        return None
    if len(scanned) != len(texts) or list(map(_end_of, scanned)) != list(map(len, texts)):
        return None
    return list(map(_parsed_of, scanned))


def training_line_excerpt(name: object) -> str:
    """The beginning of a key or a role, safe to write anywhere."""
    words = name if isinstance(name, str) else json.dumps(name, ensure_ascii=False)[:LONGEST_EXCERPT]
    words = " ".join(_HALF.sub("\ufffd", words[:LONGEST_EXCERPT]).split())
    return f"“{words}”" if len(words) < LONGEST_EXCERPT else f"“{words}…”"
