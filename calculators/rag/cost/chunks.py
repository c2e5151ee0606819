"""Cutting documents into chunks, and how large an index of their vectors becomes."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.engine.numbers import Condition, Number, ceil, choose, either_of, largest, named, smallest
from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import BYTES, GB, TOKENS, base_unit, counted_unit

CHUNKS = counted_unit("chunk")
TENANTS = counted_unit("tenant")
BIT = base_unit("bit")

ONE_TOKEN = Constant(1, "one token", TOKENS)
BYTES_PER_GB = Constant(1_000_000_000, "bytes in a gigabyte", BYTES / GB)
BITS_PER_BYTE = Constant(8, "bits in a byte", BIT / BYTES)
FLOAT32 = Constant(32, "bits of a 32-bit number", BIT)
FLOAT16 = Constant(16, "bits of a 16-bit number", BIT)
INT8 = Constant(8, "bits of a small whole number", BIT)
BINARY = Constant(1, "one bit", BIT)

PRECISIONS = {
    "float32": "32-bit numbers",
    "float16": "16-bit numbers",
    "int8": "8-bit whole numbers",
    "binary": "one bit",
}

ORIGINALS = {"disk": "kept on disk", "memory": "kept in memory", "none": "not kept"}
"""Where a store keeps the 32-bit vectors from which it made smaller ones."""


@dataclass(frozen=True, slots=True)
class Chunks:
    """Documents cut into chunks: how many, and the tokens of a document's chunks, of all chunks and of a full one.

    `overlap` is the overlap counted: at most one token less than a chunk, or the cutting would never move on.
    """

    overlap: Number  # tokens
    per_document: Number  # chunks
    document: Number  # tokens
    number: Number  # chunks
    tokens: Number
    full: Number  # tokens


def document_chunks(documents: Number, tokens: Number, size: Number, overlap: Number) -> Chunks:
    """Each chunk begins `size - overlap` tokens after the last one, so a document of T tokens has ceil((T-o)/(c-o)).

    All but the first repeat `overlap` tokens, which are embedded and stored again.

    >>> from decimal import Decimal as D
    >>> cut = document_chunks(D(10), D(2000), D(500), D(50))       # 0-500, 450-950, 900-1400, 1350-1850, 1800-2000
    >>> cut.per_document, cut.number, cut.tokens
    (Decimal('5'), Decimal('50'), Decimal('22000'))
    """
    shared = named("Overlap counted", smallest(overlap, size - ONE_TOKEN))
    each = named("Chunks in a document", largest(1, ceil((tokens - shared) / (size - shared))))
    document = named("Tokens of a document's chunks", tokens + (each - 1) * shared)
    return Chunks(
        overlap=shared,
        per_document=each,
        document=document,
        number=named("Chunks", each * documents),
        tokens=named("Tokens of all chunks", document * documents),
        full=named("Tokens in a full chunk", smallest(size, tokens)),
    )


def vector_bytes(dimensions: Number, precision: str) -> Number:
    """Bytes that one vector takes: its dimensions at the bits of its precision.

    >>> from decimal import Decimal as D
    >>> vector_bytes(D(1536), "float32"), vector_bytes(D(1536), "binary")
    (Decimal('6144'), Decimal('192'))
    """
    small = choose(precision == "int8", INT8, BINARY)
    bits = choose(precision == "float32", FLOAT32, choose(precision == "float16", FLOAT16, small))
    return named("Bytes of a vector", dimensions * bits / BITS_PER_BYTE)


def document_original_bytes(dimensions: Number, precision: str, kept: Condition) -> Number:
    """Bytes of the 32-bit vector that is kept beside a compressed one; a smaller data type replaces the original.

    >>> from decimal import Decimal as D
    >>> document_original_bytes(D(1536), "int8", True), document_original_bytes(D(1536), "float16", True)
    (Decimal('6144'), Decimal('0'))
    """
    compressed = either_of(precision == "int8", precision == "binary")
    beside = choose(kept, dimensions * FLOAT32 / BITS_PER_BYTE, 0)
    return named("Bytes of an original kept beside", choose(compressed, beside, 0))
