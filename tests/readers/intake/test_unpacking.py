"""Packed files come out as they went in, whatever the pieces, and damaged or foreign ones are refused by name."""

from __future__ import annotations

import contextlib
import gzip
import io
import random
import zipfile
from typing import Any

import pytest

from calculators.readers.intake.refused_file import RefusedFile
from calculators.readers.intake.unpacking import IntakeUnpacking

TEXT = b"".join(b"line %d of a log\n" % number for number in range(3000))
SIZES = (1, 7, 1000, 1 << 20)


class Sink:
    """Collects the files that come out."""

    def __init__(self) -> None:
        self.files: list[tuple[str, bytearray]] = []
        self.ended = 0

    def begin(self, name: str) -> Sink:
        self.files.append((name, bytearray()))
        return self

    def feed(self, data: bytes) -> None:
        self.files[-1][1].extend(data)

    def finish(self) -> None:
        self.ended += 1


def unpacked(data: bytes, size: int = 1 << 20) -> list[tuple[str, bytes]]:
    sink = Sink()
    unpacking = IntakeUnpacking("log.gz", sink)
    for begin in range(0, len(data), size):
        unpacking.feed(data[begin : begin + size])
    unpacking.finish()
    assert sink.ended == len(sink.files)
    return [(name, bytes(content)) for name, content in sink.files]


def archive(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, *, streamed: bool = False) -> bytes:
    """A zip archive; a streamed one says only behind each file how long it is."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.content = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.content.extend(data)
            return len(data)

    stream = Pipe() if streamed else io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return bytes(stream.content) if isinstance(stream, Pipe) else stream.getvalue()


@pytest.mark.parametrize("size", SIZES)
def test_a_plain_file_comes_as_it_is(size: int) -> None:
    assert unpacked(TEXT, size) == [("log.gz", TEXT)]
    assert unpacked(b"", size) == [("log.gz", b"")]
    assert unpacked(b"{}", size) == [("log.gz", b"{}")]


@pytest.mark.parametrize("size", SIZES)
def test_gzip_is_unpacked_also_in_several_streams(size: int) -> None:
    packed = gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])
    assert unpacked(packed, size) == [("log", TEXT)]
    assert unpacked(packed + bytes(40), size) == [("log", TEXT)], "a tape pads with zeros"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("streamed", [False, True])
def test_all_files_of_an_archive_come_out(size: int, streamed: bool) -> None:
    members = {"a/one.jsonl": TEXT, "two.csv": b"a,b\n1,2\n", "empty.json": b"", "packed.json.gz": gzip.compress(b"{}")}
    expected = [(name.removesuffix(".gz"), b"{}" if name.endswith(".gz") else text) for name, text in members.items()]
    assert unpacked(archive(members, streamed=streamed), size) == expected


@pytest.mark.parametrize("size", SIZES)
def test_stored_files_come_out(size: int) -> None:
    assert unpacked(archive({"one": TEXT, "two": b"x"}, zipfile.ZIP_STORED), size) == [("one", TEXT), ("two", b"x")]


def test_what_a_system_puts_into_an_archive_is_left_out() -> None:
    members = {"__MACOSX/._one": b"x", ".DS_Store": b"x", "folder/": b"", "one": b"1"}
    assert unpacked(archive(members)) == [("one", b"1")]


def test_a_small_file_that_unpacks_to_much_comes_in_pieces() -> None:
    sizes: list[int] = []

    class Measure(Sink):
        def feed(self, data: bytes) -> None:
            sizes.append(len(data))

    unpacking = IntakeUnpacking("bomb.gz", Measure())
    unpacking.feed(gzip.compress(bytes(30 << 20)))
    unpacking.finish()
    assert sum(sizes) == 30 << 20
    assert max(sizes) <= 1 << 20


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PAR1" + bytes(20), "Parquet"),
        (b"SQLite format 3\x00" + bytes(20), "SQLite"),
        (b"\x28\xb5\x2f\xfd" + bytes(20), "zstd"),
        (b"%PDF-1.7" + bytes(20), "PDF"),
        (gzip.compress(b"PAR1" + bytes(20)), "Parquet"),
        (gzip.compress(TEXT)[:200], "ends too early"),
        (gzip.compress(TEXT)[:100] + b"\xff" * 200, "damaged"),
        (archive({"one": TEXT})[:300], "ends too early"),
        (archive({"one": TEXT, "two": TEXT})[:-400] + bytes(400), "ends too early|damaged"),
        (archive({"one": TEXT}, zipfile.ZIP_BZIP2), "in a way that browsers do not know"),
        (archive({}), "empty archive"),
    ],
    ids=range(11),  # packed bytes hold the time of packing
)
def test_what_cannot_be_read_is_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(RefusedFile, match=words):
        unpacked(data)


def test_an_archive_with_a_password_is_refused() -> None:
    data = bytearray(archive({"one": TEXT}))
    data[6] |= 1
    with pytest.raises(RefusedFile, match="password"):
        unpacked(bytes(data))


def test_no_damage_ends_in_another_error() -> None:
    chance = random.Random(1)
    for original in (gzip.compress(TEXT), archive({"one": TEXT, "two": b"x"}), archive({"a": TEXT}, streamed=True)):
        for _ in range(300):
            data = bytearray(original)
            for _ in range(chance.randrange(1, 4)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            del data[chance.randrange(len(data)) :]
            with contextlib.suppress(RefusedFile):
                unpacked(bytes(data), 64)
