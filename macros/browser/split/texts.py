"""Texts in the interpreter's data that a calculator never shows: they come with the rest.

They are of two kinds. The documentation of built-in functions is named in tables alone, and only `help` reads it. A
message that no function of the first part names, and no table, can come from functions of the rest alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from struct import iter_unpack

from macros.browser.split.profile import InterpreterProfile
from macros.browser.split.webassembly import WasmModule, WasmSegment

DOCUMENTATION = re.compile(rb"(?<=\0)[A-Za-z_]\w*\([^\0]*?\)\n--\n\n[^\0]*")
"""What Python writes of a function in C: its signature, the mark that ends it, and the words.

Source: SIGNATURE_END_MARKER in https://github.com/python/cpython/blob/3.14/Objects/typeobject.c, read 2026-11-30.
"""

MESSAGE = re.compile(rb"(?<=\0)[\t\n -~]{12,}(?=\0)")
"""A text that is long enough to be worth it; shorter ones may be names."""

WORD = 4
"""Bytes of an address, which lies at a multiple of them."""

GAP = 32
"""Zeros between two segments up to which one segment takes fewer bytes than two, compressed."""


def interpreter_text_ranges(module: WasmModule, profile: InterpreterProfile) -> list[range]:
    """The addresses of these texts in order, outside of the ranges of the profile.

    An address inside a text may be the end of it, which another place shares. Numbers that only look like such an
    address keep some texts where they are.
    """
    image = _text_image(module.data)
    early = sorted(profile.numbers_named(module))
    words = sorted({word for (word,) in iter_unpack("<I", image[: len(image) // WORD * WORD])})
    every = sorted(profile.numbers_named(module, range(len(module.bodies))))

    def named(addresses: Sequence[int], low: int, high: int) -> bool:
        place = bisect_left(addresses, low)
        return place < len(addresses) and addresses[place] < high

    texts: list[range] = []
    for text in _texts(image, MESSAGE):
        if named(every, text.start, text.start + 1) and not named(words, text.start, text.stop):
            texts.append(text)
    texts += [text for text in _texts(image, DOCUMENTATION) if not named(words, text.start + 1, text.stop)]
    outside = [text for text in texts if not any(text.start in data for data in profile.ranges)]
    return sorted((text for text in outside if not named(early, text.start, text.stop)), key=lambda text: text.start)


def _texts(image: bytes, pattern: re.Pattern[bytes]) -> Iterator[range]:
    """The texts of a kind, with the zero that ends each."""
    for match in pattern.finditer(image):
        yield range(match.start(), match.end() + 1)


def _text_image(segments: Iterable[WasmSegment]) -> bytes:
    """The memory as it begins, from address 0 on."""
    listed = list(segments)
    image = bytearray(max(segment.address + len(segment.content) for segment in listed))
    for segment in listed:
        image[segment.address : segment.address + len(segment.content)] = segment.content
    return bytes(image)


def text_segments_apart(
    segments: Iterable[WasmSegment], texts: Sequence[range]
) -> tuple[list[WasmSegment], list[WasmSegment]]:
    """The segments with zeros in place of the texts, and the texts. These are in order and do not overlap."""
    starts = [text.start for text in texts]
    without: list[WasmSegment] = []
    apart: list[WasmSegment] = []
    for segment in segments:
        end = segment.address + len(segment.content)
        content = bytearray(segment.content)
        for text in texts[bisect_left(starts, segment.address) : bisect_left(starts, end)]:
            low, high = text.start - segment.address, min(text.stop, end) - segment.address
            apart.append(WasmSegment(text.start, segment.content[low:high]))
            content[low:high] = bytes(high - low)
        without.append(WasmSegment(segment.address, bytes(content)))
    return without, apart


def segments_joined(segments: Iterable[WasmSegment]) -> list[WasmSegment]:
    """The same memory in fewer segments. It must be all zeros before: what is between two segments is written, too.

    >>> segments_joined([WasmSegment(0, b"a"), WasmSegment(3, b"d"), WasmSegment(99, b"z")])
    [WasmSegment(address=0, content=b'a\\x00\\x00d'), WasmSegment(address=99, content=b'z')]
    """
    joined: list[tuple[int, bytearray]] = []
    for segment in sorted(segments, key=lambda segment: segment.address):
        begin, content = joined[-1] if joined else (0, bytearray())
        gap = segment.address - begin - len(content)
        if joined and gap <= GAP:
            content += bytes(gap) + segment.content
        else:
            joined.append((segment.address, bytearray(segment.content)))
    return [WasmSegment(address, bytes(content)) for address, content in joined]
