"""Finds where the objects of a stream of JSON begin and end, and reads each of them alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from calculators.readers.intake.signs import REPEATED, count_of_signs

_MARK = re.compile(
    r'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)' + REPEATED + '")' + REPEATED + r'(?:([\[\]{}])|(")|\Z)', re.DOTALL
)
"""Up to the next bracket outside of strings, or to a string that has no end yet, or to the end."""

_SIGN_IN_STRING = re.compile(r'["\\]')
"""The next character of a string that means something: its end, or the beginning of an escape."""

LINE_END = "\n"

BLOCK = 16_384
"""Characters of objects that are read where they are."""

FEW_BRACKETS = 200
"""So many brackets can never be too deep for the parser."""


def _refuse_intake_constant(constant: str) -> NoReturn:
    raise ValueError(constant)


scan_intake_json: Callable[[str, int], tuple[Any, int]] = vars(
    json.JSONDecoder(parse_constant=_refuse_intake_constant)
)["scan_once"]
"""Reads a value at a place of a text; JSON knows no NaN and no Infinity. `decode` around it takes a tenth longer."""
_GAP = re.compile(r"[ \t\r\n,]*+")
"""What stands between two objects."""


@dataclass(frozen=True, slots=True)
class TooLarge:
    """An object that is left out, because it is too long, or nested too deep."""

    is_deep: bool


class IntakeObjectScanner:
    """Gives the objects of a stream one by one: those of a list, or those that follow each other.

    `parse` makes of a text an object, or of one that is none something else. An object of more than `longest`
    characters, or nested deeper than `deepest`, is passed over and named, and so is text beside the objects.

    Most files have an object on each line, or one whose last line begins like its first. There its end is guessed, and
    what can be parsed up to there is an object for certain. After a wrong guess, each sign is looked at.
    """

    def __init__(self, longest: int, deepest: int, parse: Callable[[str], object]) -> None:
        self._longest, self._deepest, self._parse = longest, deepest, parse
        self._text = ""
        self._scanned, self._in_string = 0, 0
        self._depth = 0
        self._base: int | None = None
        self._line, self._counted = 1, 0
        self._is_open = False
        self._begin, self._begin_line = 0, 0
        self._fault: TooLarge | None = None
        self._can_guess = True
        self.text_line = 0
        """The line on which text begins that is beside the objects and has not ended yet; 0 where there is none."""

    @property
    def open_line(self) -> int:
        """The line on which an object begins that has not ended yet; 0 where there is none."""
        return self._begin_line if self._is_open else 0

    def feed(self, text: str) -> Iterator[tuple[int, object]]:
        """What was parsed of the objects that end within the next characters, each with the line on which it begins.

        In place of one that is passed over, TooLarge, and None in place of text that is beside them.
        """
        self._text += text
        if self._in_string and not self._has_string_ended():
            self._forget()
            return
        while True:
            if self._can_guess and not self._is_open and self._depth == self._base:
                yield from self._guessed_objects()
            mark = _MARK.match(self._text, self._scanned)
            sign = mark and mark[1]
            if not self._is_open:
                self._note_text(mark.start(1) if mark and sign else len(self._text))
                if sign and self.text_line:
                    yield self.text_line, None
                    self.text_line = 0
            if not mark or not sign:  # a string that has begun goes on in the next piece
                self._scanned = mark.start(2) if mark and mark[2] else len(self._text)
                self._in_string = self._scanned + 1 if mark and mark[2] else 0
                break
            if sign in "{[":
                self._open(mark.start(1), sign)
            else:
                self._depth = max(0, self._depth - 1)
                if self._is_open and self._depth == self._base:
                    self._is_open = False
                    yield self._begin_line, self._fault or self._parse(self._text[self._begin : mark.end()])
                    self._fault = None
            self._scanned = mark.end()
        self._forget()

    def _has_string_ended(self) -> bool:
        """Whether no string goes on that began in an earlier piece; however long it is, it is looked through once."""
        while sign := _SIGN_IN_STRING.search(self._text, self._in_string):
            if sign[0] == '"':
                self._scanned, self._in_string = sign.end(), 0
                return True
            if sign.end() == len(self._text):  # the piece ends in an escape
                self._in_string = sign.start()
                return False
            self._in_string = sign.end() + 1
        self._in_string = len(self._text)
        return False

    def _guessed_objects(self) -> Iterator[tuple[int, object]]:
        """The next objects, as long as their ends are where they usually are."""
        yield from self._scanned_objects()
        while True:
            gap = _GAP.match(self._text, self._scanned)
            begin = gap.end() if gap else len(self._text)
            end = self._guessed_end(begin)
            if not begin < end <= begin + self._longest:
                return
            text = self._text[begin:end]
            if count_of_signs(text, b"{", b"[") >= self._deepest:
                return
            parsed = self._parse(text)
            if not isinstance(parsed, dict):
                self._can_guess = False
                return
            self._scanned = end
            line = self._line_at(begin)
            self._line, self._counted = line + count_of_signs(text, b"\n"), end
            yield line, parsed

    def _scanned_objects(self) -> Iterator[tuple[int, object]]:
        """The next objects, read where they are, in blocks with so few brackets that none can be too deep."""
        while self._scanned < len(self._text):
            block = self._text[self._scanned : self._scanned + BLOCK]
            brackets = count_of_signs(block, b"{", b"[")
            if brackets > FEW_BRACKETS:
                return
            read = 0
            while (gap := _GAP.match(block, read)) and block.startswith("{", begin := gap.end()):
                try:
                    parsed, end = scan_intake_json(block, begin)
                except (ValueError, StopIteration):
                    break
                if end - begin > self._longest:
                    break
                if brackets >= self._deepest and count_of_signs(block[begin:end], b"{", b"[") >= self._deepest:
                    break
                line = self._line_at(self._scanned + begin)
                self._line_at(self._scanned + end)
                read = end
                yield line, parsed
            if not read:
                return
            self._scanned += read

    def _guessed_end(self, begin: int) -> int:
        """Where an object ends that begins at a place; 0 where that cannot be guessed, or it has not all come."""
        text = self._text
        line_end = text.find(LINE_END, begin)
        if line_end < 0 or text[begin] != "{":
            return 0
        first = text[begin:line_end].rstrip(" \t\r,")
        if first != "{":
            return begin + len(first)
        last_line = f"{LINE_END}{text[text.rfind(LINE_END, 0, begin) + 1 : begin]}}}"
        last = text.find(last_line, line_end)
        return last + len(last_line) if last >= 0 else 0

    def _note_text(self, end: int) -> None:
        """Notes where text begins, up to a place, that is beside the objects."""
        gap = _GAP.match(self._text, self._scanned, end)
        if gap and gap.end() < end and not self.text_line:
            self.text_line = self._line_at(gap.end())

    def _open(self, place: int, sign: str) -> None:
        if self._base is None:
            self._base = 1 if sign == "[" else 0
        if self._depth == self._base and not self._is_open:
            self._is_open, self._begin, self._begin_line = True, place, self._line_at(place)
        self._depth += 1
        if self._depth > self._deepest and self._fault is None:
            self._fault = TooLarge(is_deep=True)

    def _line_at(self, place: int) -> int:
        """The line of a place at or behind the last one asked for."""
        self._line += self._text.count(LINE_END, self._counted, place)
        self._counted = place
        return self._line

    def _forget(self) -> None:
        """Lets go of what has been read, and of an object or a string that is too long."""
        if self._is_open and self._fault is None and len(self._text) - self._begin > self._longest:
            self._fault = TooLarge(is_deep=False)
        keep = self._begin if self._is_open and self._fault is None else self._scanned
        self._line_at(keep)
        self._text = self._text[keep:]
        self._scanned, self._counted, self._begin = self._scanned - keep, 0, 0
        self._in_string = max(0, self._in_string - keep)
        if self._fault is not None and len(self._text) > self._longest:
            self._line_at(len(self._text))
            backslashes = self._text[len(self._text.rstrip("\\")) :]
            self._text, self._counted, self._in_string = f'"{backslashes}', 0, 1
