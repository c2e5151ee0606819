"""A program of which each function notes that it was called, in a number of its own that the page can read."""

from __future__ import annotations

from macros.browser.split.webassembly import (
    CONSTANT,
    Kind,
    Section,
    WasmExport,
    WasmModule,
    wasm_constant,
    wasm_instructions_start,
    wasm_unsigned,
    wasm_vector,
)

MARK = "called."
"""What the names of the exports with these numbers begin with; the function's index follows."""

SET_GLOBAL = 0x24
WHOLE_THAT_CHANGES = b"\x7f\x01"
"""The type of a global that is a 32-bit integer and may be set."""


def counted(module: WasmModule) -> bytes:
    """The module with a flag for each of its functions: 0, and 1 once it was called."""
    first = module.imported(Kind.GLOBAL) + len(module.globals)
    bodies = []
    for index, body in enumerate(module.bodies):
        begin = wasm_instructions_start(body)
        note = bytes([CONSTANT, 1, SET_GLOBAL]) + wasm_unsigned(first + index)
        bodies.append(body[:begin] + note + body[begin:])
    flags = [WHOLE_THAT_CHANGES + wasm_constant(0)] * len(bodies)
    exports = [WasmExport(f"{MARK}{index}", Kind.GLOBAL, first + index) for index in range(len(bodies))]
    return module.with_sections(
        {
            Section.GLOBAL: wasm_vector([*(variable.encoding for variable in module.globals), *flags]),
            Section.EXPORT: wasm_vector(export.encoding() for export in [*module.exports, *exports]),
            Section.CODE: wasm_vector(wasm_unsigned(len(body)) + body for body in bodies),
        }
    )
