"""A WebAssembly module as its sections, read as far as a split needs: no instruction is decoded.

Source: the core specification, https://webassembly.github.io/spec/core/binary/modules.html, read 2026-11-29.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TypeVar

Item = TypeVar("Item")

HEADER = b"\0asm\1\0\0\0"
END = 0x0B
"""The byte that ends an expression."""

CONSTANT = 0x41
"""The instruction that pushes a 32-bit integer."""


class Section(IntEnum):
    """What a section holds, by the number that begins it."""

    CUSTOM = 0
    TYPE = 1
    IMPORT = 2
    FUNCTION = 3
    TABLE = 4
    MEMORY = 5
    GLOBAL = 6
    EXPORT = 7
    ELEMENT = 9
    CODE = 10
    DATA = 11
    DATA_COUNT = 12
    TAG = 13


class Kind(IntEnum):
    """What an import or an export is."""

    FUNCTION = 0
    TABLE = 1
    MEMORY = 2
    GLOBAL = 3
    TAG = 4


def wasm_unsigned(number: int) -> bytes:
    """A number of at least 0 in LEB128.

    >>> wasm_unsigned(300).hex()
    'ac02'
    """
    digits = bytearray()
    while number > 127:
        digits.append(number & 127 | 128)
        number >>= 7
    return bytes([*digits, number])


def wasm_signed(number: int) -> bytes:
    """Any whole number in signed LEB128.

    >>> wasm_signed(64).hex(), wasm_signed(-64).hex()
    ('c000', '40')
    """
    digits = bytearray()
    while not -64 <= number < 64:
        digits.append(number & 127 | 128)
        number >>= 7
    return bytes([*digits, number & 127])


def wasm_vector(items: Iterable[bytes]) -> bytes:
    """Items behind their number."""
    listed = list(items)
    return wasm_unsigned(len(listed)) + b"".join(listed)


def wasm_text(name: str) -> bytes:
    """A name behind its length in bytes."""
    return wasm_unsigned(len(name.encode())) + name.encode()


def wasm_constant(number: int) -> bytes:
    """The expression that gives a 32-bit integer."""
    return bytes([CONSTANT]) + wasm_signed(number) + bytes([END])


class WasmReader:
    """Reads values one after the other."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0

    def byte(self) -> int:
        self.at += 1
        return self.content[self.at - 1]

    def number(self) -> int:
        """An unsigned LEB128."""
        total = shift = 0
        while (byte := self.byte()) > 127:
            total |= (byte & 127) << shift
            shift += 7
        return total | byte << shift

    def whole(self) -> int:
        """A signed LEB128."""
        begin = self.at
        total, bits = self.number(), 7 * (self.at - begin)
        return total - (1 << bits) if total >> (bits - 1) else total

    def take(self, count: int) -> bytes:
        self.at += count
        return self.content[self.at - count : self.at]

    def block(self) -> bytes:
        """Bytes behind their number."""
        return self.take(self.number())

    def name(self) -> str:
        return self.block().decode()

    def since(self, begin: int) -> bytes:
        return self.content[begin : self.at]

    def expect(self, byte: int) -> None:
        """Read a byte that only another kind of module would not have there. Raises ValueError."""
        if (found := self.byte()) != byte:
            raise ValueError(f"byte {self.at - 1} is {found:#x}, where a split expects {byte:#x}")

    def integer(self) -> int:
        """An expression that gives a constant. Raises ValueError for another."""
        self.expect(CONSTANT)
        number = self.whole()
        self.expect(END)
        return number

    def limits(self) -> None:
        """Pass by the least size of a table or memory, and the largest where it has one."""
        has_most = self.byte() & 1
        self.number()
        if has_most:
            self.number()


@dataclass(frozen=True)
class FunctionType:
    """The types of what a function takes and returns, a byte each."""

    parameters: bytes
    results: bytes


@dataclass(frozen=True)
class Import:
    """What a module is given, and its description as it is written."""

    module: str
    name: str
    kind: Kind
    description: bytes


@dataclass(frozen=True)
class WasmExport:
    name: str
    kind: Kind
    index: int

    def encoding(self) -> bytes:
        return wasm_text(self.name) + bytes([self.kind]) + wasm_unsigned(self.index)


@dataclass(frozen=True)
class Global:
    """A number that functions share: how it is written, and whether it may change."""

    encoding: bytes
    is_mutable: bool


@dataclass(frozen=True)
class WasmSegment:
    """Bytes that are put into the memory at an address when the module starts."""

    address: int
    content: bytes

    def encoding(self) -> bytes:
        return b"\0" + wasm_constant(self.address) + wasm_unsigned(len(self.content)) + self.content


class WasmModule:
    """A module's sections by what they hold. Raises ValueError where it is none, or one that a split cannot read."""

    def __init__(self, content: bytes) -> None:
        if not content.startswith(HEADER):
            raise ValueError("this is no WebAssembly module")
        self.sections: list[tuple[Section, bytes]] = []
        reader = WasmReader(content)
        reader.take(len(HEADER))
        while reader.at < len(content):
            self.sections.append((Section(reader.byte()), reader.block()))

    def section(self, section: Section) -> bytes:
        return next(content for kind, content in self.sections if kind == section)

    def items(self, section: Section, read: Callable[[WasmReader], Item]) -> list[Item]:
        """The items of a section."""
        reader = WasmReader(self.section(section))
        return [read(reader) for _ in range(reader.number())]

    @cached_property
    def types(self) -> list[FunctionType]:
        return self.items(Section.TYPE, _wasm_function_type)

    @cached_property
    def imports(self) -> list[Import]:
        return self.items(Section.IMPORT, _wasm_import)

    @cached_property
    def functions(self) -> list[int]:
        """The number of the type of each function that is not imported."""
        return self.items(Section.FUNCTION, WasmReader.number)

    @cached_property
    def tables(self) -> list[bytes]:
        """The type of each table, as it is written."""
        return self.items(Section.TABLE, _wasm_table)

    @cached_property
    def globals(self) -> list[Global]:
        return self.items(Section.GLOBAL, _wasm_global)

    @cached_property
    def tags(self) -> list[bytes]:
        """The type of each exception, as it is written."""
        return self.items(Section.TAG, _wasm_tag)

    @cached_property
    def exports(self) -> list[WasmExport]:
        return self.items(Section.EXPORT, _wasm_export)

    @cached_property
    def elements(self) -> list[int]:
        """The functions that the first table begins with."""
        (functions,) = self.items(Section.ELEMENT, _wasm_elements)
        return functions

    @cached_property
    def bodies(self) -> list[bytes]:
        return self.items(Section.CODE, WasmReader.block)

    @cached_property
    def data(self) -> list[WasmSegment]:
        return self.items(Section.DATA, _wasm_segment)

    def imported(self, kind: Kind) -> int:
        """How many imports there are of a kind: its indices begin with them."""
        return sum(source.kind == kind for source in self.imports)

    def with_sections(self, replacements: Mapping[Section, bytes]) -> bytes:
        """The module with other content in some of its sections."""
        return wasm_module_of([(section, replacements.get(section, content)) for section, content in self.sections])


def wasm_module_of(sections: Iterable[tuple[Section, bytes]]) -> bytes:
    """A module of these sections."""
    return HEADER + b"".join(bytes([section]) + wasm_unsigned(len(content)) + content for section, content in sections)


def wasm_instructions_start(body: bytes) -> int:
    """Where the instructions of a function begin."""
    reader = WasmReader(body)
    for _ in range(reader.number()):
        reader.number()
        reader.byte()
    return reader.at


def _wasm_function_type(reader: WasmReader) -> FunctionType:
    reader.expect(0x60)
    return FunctionType(reader.block(), reader.block())


def _wasm_import(reader: WasmReader) -> Import:
    module, name, begin = reader.name(), reader.name(), reader.at
    kind = Kind(reader.byte())
    if kind == Kind.GLOBAL:
        reader.take(2)
    elif kind == Kind.FUNCTION:
        reader.number()
    elif kind == Kind.TABLE:
        _wasm_table(reader)
    elif kind == Kind.MEMORY:
        reader.limits()
    else:
        _wasm_tag(reader)
    return Import(module, name, kind, reader.since(begin))


def _wasm_table(reader: WasmReader) -> bytes:
    begin = reader.at
    reader.byte()
    reader.limits()
    return reader.since(begin)


def _wasm_global(reader: WasmReader) -> Global:
    begin = reader.at
    reader.byte()
    is_mutable = reader.byte() == 1
    reader.integer()
    return Global(reader.since(begin), is_mutable)


def _wasm_tag(reader: WasmReader) -> bytes:
    begin = reader.at
    reader.byte()
    reader.number()
    return reader.since(begin)


def _wasm_export(reader: WasmReader) -> WasmExport:
    return WasmExport(reader.name(), Kind(reader.byte()), reader.number())


def _wasm_elements(reader: WasmReader) -> list[int]:
    reader.expect(0)
    reader.integer()
    return [reader.number() for _ in range(reader.number())]


def _wasm_segment(reader: WasmReader) -> WasmSegment:
    reader.expect(0)
    return WasmSegment(reader.integer(), reader.block())
