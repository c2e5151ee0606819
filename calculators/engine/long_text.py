"""Long texts, kept as the bytes of their files in pieces: as one text, a single emoji makes each letter four bytes."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import TypeAlias, TypeVar

PIECE = 1 << 20
"""Characters of a plain text that are handed out at once."""

UNREADABLE = "\ufffd"
BYTE_ORDER_MARK = "\ufeff"


class LongText:
    """The text of a file. What is no UTF-8 in it became the sign for an unreadable character.

    It is the same as itself alone, as comparing two would take as long as reading them. `beside` is the text of a file
    that came along and describes it; `fault` says why there is no text. `is_utf_16` tells of how its file was written.
    """

    __slots__ = ("_length", "_pieces", "beside", "fault", "is_utf_16", "size")

    def __init__(self, pieces: list[bytes], length: int, size: int) -> None:
        self._pieces, self._length = pieces, length
        self.size = size
        self.beside = self.fault = ""
        self.is_utf_16 = False

    def __len__(self) -> int:
        """The number of characters."""
        return self._length

    def __bool__(self) -> bool:
        """True, also of an empty file: one was given."""
        return True

    def __getitem__(self, part: slice) -> str:
        """The beginning, up to a place."""
        beginning = ""
        for piece in self.pieces():
            beginning += piece
            if len(beginning) >= part.stop:
                break
        return beginning[part]

    def __str__(self) -> str:
        """The whole text at once."""
        return "".join(self.pieces())

    def pieces(self) -> Iterator[str]:
        """The text in pieces, one after another."""
        return map(bytes.decode, self._pieces)

    def end(self, length: int) -> str:
        """So many of the last characters."""
        end = ""
        for piece in reversed(self._pieces):
            end = piece.decode() + end
            if len(end) >= length:
                break
        return end[-length:]

    def holds(self, sign: str) -> bool:
        """Whether a character occurs in it."""
        written = sign.encode()
        return any(written in piece for piece in self._pieces)

    def without_mark(self) -> LongText:
        """The same without a byte order mark at its beginning; the pieces are the same too."""
        mark = BYTE_ORDER_MARK.encode()
        if not self._pieces or not self._pieces[0].startswith(mark):
            return self
        first = self._pieces[0][len(mark) :]
        return LongText([first, *self._pieces[1:]], self._length - 1, self.size - len(mark))


AnyText: TypeAlias = str | LongText
OneText = TypeVar("OneText", bound=AnyText)


class LongTextWriter:
    """Takes the text of a file and keeps at most `longest` characters, and as many more as tell that it is longer."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._pieces: list[bytes] = []
        self.length = self._size = 0

    @property
    def is_full(self) -> bool:
        """Whether it is longer than may be, so that nothing more is taken."""
        return self.length > self._longest

    def take(self, text: str) -> None:
        """Takes the next characters."""
        if text and not self.is_full:
            self._pieces.append(text.encode())
            self.length += len(text)
            self._size += len(self._pieces[-1])

    def text(self) -> LongText:
        """The text so far."""
        return LongText(self._pieces, self.length, self._size)


def long_text_pieces(text: AnyText) -> Iterator[str]:
    """A text in pieces.

    >>> list(long_text_pieces("abc"))
    ['abc']
    """
    if isinstance(text, LongText):
        return text.pieces()
    return (text[begin : begin + PIECE] for begin in range(0, len(text), PIECE))


def long_text_end(text: AnyText, length: int) -> str:
    """So many of the last characters.

    >>> long_text_end("abc", 2)
    'bc'
    """
    return text.end(length) if isinstance(text, LongText) else text[-length:]


def long_text_without_byte_order_mark(text: AnyText) -> AnyText:
    """A text without the mark that some programs put before it."""
    return text.without_mark() if isinstance(text, LongText) else text.removeprefix(BYTE_ORDER_MARK)


def long_text_holds_sign(text: AnyText, sign: str) -> bool:
    """Whether a character occurs in a text.

    >>> long_text_holds_sign("abc", "b")
    True
    """
    return text.holds(sign) if isinstance(text, LongText) else sign in text


def is_long_text_utf_16(text: AnyText) -> bool:
    """Whether a text came from a file in UTF-16.

    >>> is_long_text_utf_16("abc")
    False
    """
    return isinstance(text, LongText) and text.is_utf_16


def long_text_utf8_size(text: AnyText) -> int:
    """The bytes of a text in UTF-8, encoded in pieces: all at once, they would take the memory of the text again.

    >>> long_text_utf8_size("é")
    2
    """
    if isinstance(text, LongText):
        return text.size
    if text.isascii():
        return len(text)
    size = 0
    for piece in long_text_pieces(text):
        size += len(piece.encode("utf-8", "surrogatepass"))
    return size


def texts_without_samples(texts: Sequence[OneText], samples: Container[str]) -> tuple[OneText | str, ...]:
    """The texts that belong together: beside one of the reader's own no sample counts. `samples` have no text, too.

    >>> texts_without_samples(["a", "b "], {"", "a", "b"}), texts_without_samples(["a", "mine"], {"", "a", "b"})
    (('a', 'b '), ('', 'mine'))
    """
    are_samples = [isinstance(text, str) and text.strip() in samples for text in texts]
    if all(are_samples):
        return tuple(texts)
    return tuple("" if is_sample else text for text, is_sample in zip(texts, are_samples, strict=True))
