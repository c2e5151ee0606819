"""Turns the bytes of a text file into text: UTF-8, or UTF-16 where a mark at its beginning says so."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from encodings import utf_8, utf_16_be, utf_16_le

UTF_8 = "utf-8"
MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"\xef\xbb\xbf": UTF_8}
LONGEST_MARK = 3

DECODERS: dict[str, type[codecs.IncrementalDecoder]] = {
    UTF_8: utf_8.IncrementalDecoder,
    "utf-16-le": utf_16_le.IncrementalDecoder,
    "utf-16-be": utf_16_be.IncrementalDecoder,
}
"""Imported by name, so that the Python of a browser ships with them: it has no encodings that nothing imports."""

PIECE = 1 << 17
"""Bytes that are decoded at once: longer texts get their memory from the system, which takes ten times as long."""


class IntakeDecoding:
    """The text of one file; what is no text becomes the sign for an unreadable character.

    `keeps_mark` leaves the mark of UTF-8 in the text.
    """

    def __init__(self, take: Callable[[str], None], *, keeps_mark: bool = False) -> None:
        self.encoding = UTF_8
        self._take, self._keeps_mark = take, keeps_mark
        self._head = b""
        self._decoder: codecs.IncrementalDecoder | None = None

    def feed(self, data: bytes) -> None:
        """Takes the next bytes."""
        if self._decoder is None:
            self._head += data
            if len(self._head) >= LONGEST_MARK:
                self._begin()
        else:
            self._decode(self._decoder, data)

    def finish(self) -> None:
        """Takes what is left."""
        if self._decoder is None:
            self._begin()
        if self._decoder is not None:
            self._take(self._decoder.decode(b"", True))

    def _begin(self) -> None:
        head, self._head = self._head, b""
        mark = next((mark for mark in MARKS if head.startswith(mark)), b"")
        self.encoding = MARKS.get(mark, UTF_8)
        self._decoder = DECODERS[self.encoding]("replace")
        is_kept = self._keeps_mark and self.encoding == UTF_8
        self._decode(self._decoder, head if is_kept else head[len(mark) :])

    def _decode(self, decoder: codecs.IncrementalDecoder, data: bytes) -> None:
        for begin in range(0, len(data), PIECE):
            self._take(decoder.decode(data[begin : begin + PIECE]))
