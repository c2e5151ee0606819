"""Unpacks gzip and zip as their bytes arrive: the browser's Python has `zlib`, but no module for either.

Sources: RFC 1952 for gzip; PKWARE's APPNOTE for zip, whose local headers are enough to read a file from its beginning.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Protocol

from calculators.readers.intake.refused_file import RefusedFile, refuse_unreadable_file

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
ZIP_ENDS = (b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06")
DESCRIPTOR = b"PK\x07\x08"
ENOUGH = 16
"""Bytes after which the kind of a file is known."""

GZIP_WINDOW, RAW_WINDOW = 31, -15
"""How `zlib` is told that a stream is gzip, or has no header at all."""

STORED, DEFLATED, ZSTD = 0, 8, 93
ENCRYPTED, HAS_DESCRIPTOR, IS_UTF8 = 1, 8, 2048
HEADER = struct.Struct("<4sHHHHHIIIHH")
IN_EXTRA = 0xFFFFFFFF
"""The size of a member that stands in an extra field, as it has more bytes than 32 bits can count."""

LARGEST_PIECE = 1 << 20
"""Bytes that are unpacked at once: a small file may unpack to gigabytes."""


class UnpackedMember(Protocol):
    """What takes the bytes of one file."""

    def feed(self, data: bytes) -> None: ...

    def finish(self) -> None: ...


class UnpackedReceiver(Protocol):
    """What takes the files that come out of an archive."""

    def begin(self, name: str) -> UnpackedMember: ...


class IntakeUnpacking:
    """The bytes of one file as it was dropped: plain, gzip, or a zip archive of any number of files."""

    def __init__(self, name: str, receiver: UnpackedReceiver) -> None:
        self.name, self.receiver = name, receiver
        self._head = b""
        self._kind: UnpackedMember | None = None

    def feed(self, data: bytes) -> None:
        """Takes the next bytes.

        Raises:
            RefusedFile: the file is damaged, or of a kind that cannot be read.
        """
        if self._kind is not None:
            return self._kind.feed(data)
        self._head += data
        if len(self._head) >= ENOUGH:
            self._open()
        return None

    def finish(self) -> None:
        """Ends the file.

        Raises:
            RefusedFile: it ends too early.
        """
        if self._kind is None:
            self._open()
        if self._kind is not None:
            self._kind.finish()

    def _open(self) -> None:
        head, self._head = self._head, b""
        if head.startswith(GZIP):
            self._kind = _GzipUnpacking(self.name.removesuffix(".gz"), self.receiver)
        elif head.startswith(ZIP):
            self._kind = _ZipUnpacking(self.receiver)
        elif head.startswith(ZIP_ENDS):
            raise RefusedFile("it is an empty archive: choose one with files in it")
        else:
            refuse_unreadable_file(head)
            self._kind = self.receiver.begin(self.name)
        if head:
            self._kind.feed(head)


class _GzipUnpacking:
    """A gzip file, which may hold several streams one after another."""

    def __init__(self, name: str, receiver: UnpackedReceiver) -> None:
        self._inner = IntakeUnpacking(name, receiver)
        self._stream = zlib.decompressobj(GZIP_WINDOW)
        self._begun = False

    def feed(self, data: bytes) -> None:
        while data:
            if self._stream.eof:
                if not data.startswith(GZIP[:1]):
                    return  # padding after the last stream
                self._stream = zlib.decompressobj(GZIP_WINDOW)
            for piece in _unpacking_inflated(self._stream, data):
                self._inner.feed(piece)
            self._begun = True
            data = self._stream.unused_data

    def finish(self) -> None:
        if self._begun and not self._stream.eof:
            raise RefusedFile("it is packed with gzip and ends too early: copy or download it once more")
        self._inner.finish()


class _ZipUnpacking:
    """A zip archive, read from its beginning: a header before each file."""

    def __init__(self, receiver: UnpackedReceiver) -> None:
        self._receiver = receiver
        self._rest = b""
        self._member: IntakeUnpacking | None = None
        self._stream: zlib._Decompress | None = None
        self._left = 0
        self._after = 0
        self._is_over = False

    def feed(self, data: bytes) -> None:
        self._rest += data
        while self._rest and not self._is_over:
            before = len(self._rest), self._member
            if self._member is None:
                self._next_header()
            elif self._stream is not None:
                self._inflate(self._stream)
            else:
                self._store()
            if (len(self._rest), self._member) == before:
                return

    def finish(self) -> None:
        if not self._is_over:
            raise RefusedFile("it is an archive and ends too early: copy or download it once more")

    def _next_header(self) -> None:
        rest = self._rest
        if self._after:  # a descriptor follows the last file, with or without its signature
            long = self._after + (4 if rest.startswith(DESCRIPTOR) else 0)
            if len(rest) < long + 4:
                return
            self._after, rest = 0, rest[long:]
            self._rest = rest
        if rest.startswith(ZIP_ENDS):
            self._is_over = True
            return
        if len(rest) < HEADER.size:
            return
        signature, _, flags, method, _, _, _, packed, _, name_length, extra_length = HEADER.unpack_from(rest)
        if signature != ZIP:
            raise RefusedFile("it is an archive that is damaged")
        begin = HEADER.size + name_length + extra_length
        if len(rest) < begin:
            return
        name = rest[HEADER.size : HEADER.size + name_length].decode("utf-8" if flags & IS_UTF8 else "cp437", "replace")
        extra = rest[HEADER.size + name_length : begin]
        self._begin_member(name, flags, method, packed, extra)
        self._rest = rest[begin:]

    def _begin_member(self, name: str, flags: int, method: int, packed: int, extra: bytes) -> None:
        if flags & ENCRYPTED:
            raise RefusedFile("it is an archive with a password")
        if method not in (STORED, DEFLATED):
            kind = "with zstd" if method == ZSTD else "in a way that browsers do not know"
            raise RefusedFile(f"it is an archive packed {kind}: pack its files again as zip or gzip")
        if method == STORED and flags & HAS_DESCRIPTOR:
            raise RefusedFile("it is an archive whose files do not say how long they are: pack it again")
        is_large = packed == IN_EXTRA
        self._left = _unpacking_long_size(extra) if is_large else packed
        self._stream = zlib.decompressobj(RAW_WINDOW) if method == DEFLATED else None
        self._after = (20 if is_large else 12) if flags & HAS_DESCRIPTOR else 0
        hidden = name.endswith("/") or name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")
        self._member = IntakeUnpacking(name, _UnpackedNowhere() if hidden else self._receiver)
        if method == STORED and self._left == 0:
            self._end_member()

    def _inflate(self, stream: zlib._Decompress) -> None:
        data, self._rest = self._rest, b""
        for piece in _unpacking_inflated(stream, data):
            if self._member is not None:
                self._member.feed(piece)
        if stream.eof:
            self._rest = stream.unused_data
            self._end_member()

    def _store(self) -> None:
        piece, self._rest = self._rest[: self._left], self._rest[self._left :]
        self._left -= len(piece)
        if self._member is not None:
            self._member.feed(piece)
        if self._left == 0:
            self._end_member()

    def _end_member(self) -> None:
        member, self._member = self._member, None
        if member is not None:
            member.finish()


def _unpacking_inflated(stream: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    """What comes out of a stream, in pieces of bounded size."""
    try:
        while data and not stream.eof:
            yield stream.decompress(data, LARGEST_PIECE)
            data = stream.unconsumed_tail
    except zlib.error:
        raise RefusedFile("it is packed and damaged") from None


def _unpacking_long_size(extra: bytes) -> int:
    """The packed size that stands in the extra field of a large file."""
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        if kind == 1 and length >= ENOUGH:
            return int(struct.unpack_from("<Q", extra, place + 12)[0])
        place += 4 + length
    raise RefusedFile("it is an archive that is damaged")


class _UnpackedNowhere:
    """Takes files that nobody wants, such as what a system puts beside them."""

    def begin(self, name: str) -> UnpackedMember:
        return self

    def feed(self, data: bytes) -> None:
        pass

    def finish(self) -> None:
        pass
