"""The exports of the interpreter that its own scripts use, and its script without what takes over the others.

The published module exports each function that a library loaded later might want. Here none is ever loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass

from macros.browser.split.webassembly import Kind, Module

NAME = re.compile(r"[A-Za-z_$][\w$]*")
ASSIGNMENTS = "function assignWasmExports(wasmExports){"
CONVERSIONS = "function applySignatureConversions(wasmExports){"
CONVERSIONS_END = "return wasmExports}"
NAMED_EXPORT = re.compile(r'wasmExports\["([^"]+)"\]')
ADDRESSES = "GOT."
"""How the modules are called that give a program the addresses of what it exports itself."""


@dataclass(frozen=True)
class Script:
    """The interpreter's script in parts: it declares names for exports, assigns them and wraps some; and all else."""

    before: str
    declarations: list[str]
    assignments: list[str]
    between: str
    conversions: list[str]
    after: str

    @classmethod
    def read(cls, text: str) -> Script:
        """Raises ValueError where the script is not built as the pinned one."""
        assignments_start = text.index(ASSIGNMENTS)
        declarations_start = text.rindex(";var ", 0, assignments_start)
        assignments_end = text.index("}", assignments_start)
        wrappers_start = text.index(CONVERSIONS, assignments_end)
        wrappers_end = text.index(CONVERSIONS_END, wrappers_start)
        first_wrap = text.index('wasmExports["', wrappers_start)
        return cls(
            text[:declarations_start],
            text[declarations_start + len(";var ") : assignments_start].rstrip(";").split(","),
            text[assignments_start + len(ASSIGNMENTS) : assignments_end].split(";"),
            text[assignments_end:first_wrap],
            text[first_wrap:wrappers_end].rstrip(";").split(";"),
            text[wrappers_end:],
        )

    def remainder(self) -> Iterable[str]:
        """The parts that may use an export."""
        return self.before, self.between, self.after

    def with_exports(self, names: Set[str]) -> str:
        """The script for a module with these exports alone."""
        assignments = [line for line in self.assignments if _export(line) in names]
        absent = {name for line in self.assignments if _export(line) not in names for name in _targets(line)}
        declarations = [name for name in self.declarations if name not in absent]
        conversions = [line for line in self.conversions if _export(line) in names]
        return "".join(
            (
                self.before,
                f";var {','.join(declarations)};",
                ASSIGNMENTS + ";".join(assignments),
                self.between,
                "".join(f"{line};" for line in conversions),
                self.after,
            )
        )


def _export(statement: str) -> str:
    """The export that a statement names. Raises ValueError where it names none."""
    match = NAMED_EXPORT.search(statement)
    if not match:
        raise ValueError(f"a statement about exports names none: {statement[:100]}")
    return match.group(1)


def _targets(statement: str) -> list[str]:
    """The variables that a statement assigns to."""
    return [target for target in statement.split("=")[:-1] if NAME.fullmatch(target)]


def exports_used(module: Module, script: Script, other_scripts: Iterable[str]) -> frozenset[str]:
    """The exports whose name is anywhere in the scripts, other than where they are taken over, and what only an export
    gives the module itself.
    """
    names = {name for text in (*script.remainder(), *other_scripts) for name in NAME.findall(text)}
    addresses = {source.name for source in module.imports if source.module.startswith(ADDRESSES)}
    return frozenset(
        export.name
        for export in module.exports
        if export.kind not in (Kind.FUNCTION, Kind.GLOBAL)
        or export.name in addresses
        or names & {export.name, f"_{export.name}"}
    )
