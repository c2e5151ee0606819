"""Splits a module in two that share a memory, tables, globals and exceptions.

Both keep all indices of the original, so no instruction is read or changed. A function that one of them does not hold
is a stub in it, which calls through a table that both fill. A stub of the first calls the table's slot 0 before: there
the browser puts what loads the rest, and the rest a function that does nothing. Data that only functions of the rest
name comes with the rest, and so do texts that no calculator shows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass
from itertools import pairwise

from macros.browser.split.profile import InterpreterProfile, number_of_profiled_function
from macros.browser.split.texts import interpreter_text_ranges, segments_joined, text_segments_apart
from macros.browser.split.webassembly import (
    END,
    Kind,
    Section,
    WasmExport,
    WasmModule,
    WasmSegment,
    wasm_constant,
    wasm_module_of,
    wasm_text,
    wasm_unsigned,
    wasm_vector,
)

NAMESPACE = "first"
"""What the rest calls the module that it imports from."""

TABLE = "split.table"
"""The name of the export with the table through which stubs call."""

FUNCTION_REFERENCE = b"\x70"
LOCAL, CALL, CALL_THROUGH_TABLE = 0x20, 0x10, 0x11
NAMES_FUNCTION = re.compile(rb"(?=[\x10\x12\xd2]([\x80-\xff]{0,4}[\x00-\x7f]))", re.DOTALL)
"""A byte that might call a function, in one of two ways, or take a reference to it, and the number after it."""

NOTHING = bytes([0, END])
NEVER = bytes([0, 0, END])
"""The bodies of a function that returns at once, and of one that nothing calls."""


@dataclass(frozen=True)
class Split:
    """The two modules."""

    first: bytes
    rest: bytes


def split_interpreter(module: WasmModule, profile: InterpreterProfile, exports: Set[str]) -> Split:
    """The two modules of a profile; the first has these exports alone.

    Raises ValueError where the module has something that a split cannot share.
    """
    offset = module.imported(Kind.FUNCTION)
    ours = range(offset, offset + len(module.functions))
    hot = frozenset(index + offset for index in profile.functions)
    first_exports = [export for export in module.exports if _is_split_exported(export, exports)]
    bodies = dict(zip(ours, module.bodies, strict=True))
    cold = [bodies[index] for index in ours if index not in hot]
    entries = {export.index for export in first_exports if export.kind == Kind.FUNCTION} | {*module.elements}
    targets = (split_functions_named(bodies[index] for index in hot) | entries) - hot
    back = sorted(split_functions_named(cold) & hot)
    ahead = sorted(targets & {*ours})
    slots = {index: slot for slot, index in enumerate(back + ahead, 1)}
    layout = _SplitLayout(module, slots, len(ours) + offset)
    first_bodies = [
        bodies[index] if index in hot else layout.stub(index, loads=True) if index in slots else NEVER for index in ours
    ]
    rest_bodies = [
        bodies[index] if index not in hot else layout.stub(index, loads=False) if index in slots else NEVER
        for index in ours
    ]
    early, late = split_partition(module.data, profile.ranges)
    early, texts = text_segments_apart(early, interpreter_text_ranges(module, profile))
    return Split(
        layout.first(first_bodies, back, first_exports, segments_joined(early)),
        layout.rest(rest_bodies, ahead, 1 + len(back), late + texts),
    )


def split_functions_named(bodies: Iterable[bytes]) -> set[int]:
    """The functions that these might call, and some numbers that only look like it: instructions are not decoded."""
    operands: set[bytes] = set()
    for body in bodies:
        operands.update(NAMES_FUNCTION.findall(body))
    return {number_of_profiled_function(digits) for digits in operands}


def _is_split_exported(export: WasmExport, names: Set[str]) -> bool:
    return export.kind not in (Kind.FUNCTION, Kind.GLOBAL) or export.name in names


def split_partition(
    segments: Iterable[WasmSegment], ranges: Collection[range]
) -> tuple[list[WasmSegment], list[WasmSegment]]:
    """What lies outside of some ranges of addresses, and what lies in them."""
    outside: list[WasmSegment] = []
    inside: list[WasmSegment] = []
    for segment in segments:
        begin, end = segment.address, segment.address + len(segment.content)
        cuts = sorted({begin, end, *(cut for data in ranges for cut in (data.start, data.stop) if begin < cut < end)})
        for low, high in pairwise(cuts):
            part = WasmSegment(low, segment.content[low - begin : high - begin])
            (inside if any(low in data for data in ranges) else outside).append(part)
    return outside, inside


class _SplitLayout:
    """Writes both modules. `slots` gives each stub's place in the table, `loader` the index after the last function."""

    def __init__(self, module: WasmModule, slots: dict[int, int], loader: int) -> None:
        self.module = module
        self.slots = slots
        self.loader = loader
        self.table = len(module.tables)
        self.table_type = FUNCTION_REFERENCE + b"\0" + wasm_unsigned(1 + len(slots))
        self.offset = module.imported(Kind.FUNCTION)
        self.empty_type = next(number for number, form in enumerate(module.types) if not form.parameters + form.results)
        mutable = [variable.is_mutable for variable in module.globals]
        self.mutable = sum(mutable)
        if mutable != sorted(mutable, reverse=True):
            raise ValueError("a split expects the globals that change before those that do not")

    def stub(self, index: int, loads: bool) -> bytes:
        """A function that calls another one through the table with what it was given."""
        kind = self.module.functions[index - self.offset]
        parameters = len(self.module.types[kind].parameters)
        return b"".join(
            (
                b"\0",
                bytes([CALL]) + wasm_unsigned(self.loader) if loads else b"",
                *(bytes([LOCAL]) + wasm_unsigned(parameter) for parameter in range(parameters)),
                self.call(self.slots[index], kind),
            )
        )

    def call(self, slot: int, kind: int) -> bytes:
        """The end of a function: a call of what is in a slot."""
        number = wasm_constant(slot)[:-1]
        return number + bytes([CALL_THROUGH_TABLE]) + wasm_unsigned(kind) + wasm_unsigned(self.table) + bytes([END])

    def elements(self, slot: int, functions: list[int]) -> bytes:
        """A segment that fills the table from a slot on."""
        return (
            b"\x02"
            + wasm_unsigned(self.table)
            + wasm_constant(slot)
            + b"\0"
            + wasm_vector(map(wasm_unsigned, functions))
        )

    def first(self, bodies: list[bytes], back: list[int], exports: list[WasmExport], data: list[WasmSegment]) -> bytes:
        module = self.module
        names = {export.name for export in exports}
        common = [WasmExport(name, kind, index) for name, kind, index, _ in self.common_parts() if name not in names]
        loader = b"\0" + self.call(0, self.empty_type)
        return module.with_sections(
            {
                Section.FUNCTION: wasm_vector(map(wasm_unsigned, [*module.functions, self.empty_type])),
                Section.TABLE: wasm_vector([*module.tables, self.table_type]),
                Section.EXPORT: wasm_vector(export.encoding() for export in exports + common),
                Section.ELEMENT: _split_section_with_second(module.section(Section.ELEMENT), self.elements(1, back)),
                Section.DATA_COUNT: wasm_unsigned(len(data)),
                Section.CODE: wasm_vector(wasm_unsigned(len(body)) + body for body in [*bodies, loader]),
                Section.DATA: wasm_vector(segment.encoding() for segment in data),
            }
        )

    def rest(self, bodies: list[bytes], ahead: list[int], slot: int, data: list[WasmSegment]) -> bytes:
        module = self.module
        imports = [wasm_text(source.module) + wasm_text(source.name) + source.description for source in module.imports]
        common = [
            wasm_text(NAMESPACE) + wasm_text(name) + bytes([kind]) + typing
            for name, kind, _, typing in self.common_parts()
        ]
        constants = [variable.encoding for variable in module.globals[self.mutable :]]
        fills = [self.elements(0, [self.loader]), self.elements(slot, ahead)]
        return wasm_module_of(
            [
                (Section.TYPE, module.section(Section.TYPE)),
                (Section.IMPORT, wasm_vector(imports + common)),
                (Section.FUNCTION, wasm_vector(map(wasm_unsigned, [*module.functions, self.empty_type]))),
                (Section.GLOBAL, wasm_vector(constants)),
                (Section.ELEMENT, wasm_vector(fills)),
                (Section.DATA_COUNT, wasm_unsigned(len(data))),
                (Section.CODE, wasm_vector(wasm_unsigned(len(body)) + body for body in [*bodies, NOTHING])),
                (Section.DATA, wasm_vector(segment.encoding() for segment in data)),
            ]
        )

    def common_parts(self) -> list[tuple[str, Kind, int, bytes]]:
        """What both have one of: its name, kind, index and type, in the order in which the rest imports it."""
        module = self.module
        table_names = {export.index: export.name for export in module.exports if export.kind == Kind.TABLE}
        first_global = module.imported(Kind.GLOBAL)
        tables = [
            (table_names.get(i, f"split.table.{i}"), Kind.TABLE, i, table) for i, table in enumerate(module.tables)
        ]
        numbers = [
            (f"split.global.{i}", Kind.GLOBAL, first_global + i, variable.encoding[:2])
            for i, variable in enumerate(module.globals[: self.mutable])
        ]
        return [
            *tables,
            (TABLE, Kind.TABLE, self.table, self.table_type),
            ("memory", Kind.MEMORY, 0, module.section(Section.MEMORY)[1:]),
            *numbers,
            *((f"split.tag.{i}", Kind.TAG, i, tag) for i, tag in enumerate(module.tags)),
        ]


def _split_section_with_second(items: bytes, item: bytes) -> bytes:
    """A section of one item, with another one behind it."""
    if items[0] != 1:
        raise ValueError("a split expects one list of functions in tables")
    return b"\x02" + items[1:] + item
