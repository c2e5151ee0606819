"""The exports of the interpreter that its own scripts use, and its script without what takes over the others.

The published module exports each function that a library loaded later might want. Here none is ever loaded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass

from macros.browser.split.webassembly import Kind, WasmModule

NAME = re.compile(r"[A-Za-z_$][\w$]*")
ASSIGNMENTS = "function assignWasmExports(wasmExports){"
CONVERSIONS = "function applySignatureConversions(wasmExports){"
CONVERSIONS_END = "return wasmExports}"
NAMED_EXPORT = re.compile(r'wasmExports\["([^"]+)"\]')
IMPORTS = "var wasmImports={"
GRAPHICS = "emscripten_gl"
"""How the functions of the script begin of which the program only wants to know the addresses; nothing here draws."""

NOTHING = "_noGraphics"
ADDRESSES = "GOT."
"""How the modules are called that give a program the addresses of what it exports itself."""


@dataclass(frozen=True)
class InterpreterScript:
    """The interpreter's script in parts: it declares names for exports, assigns them and wraps some; and all else."""

    before: str
    declarations: list[str]
    assignments: list[str]
    between: str
    conversions: list[str]
    after: str

    @classmethod
    def read(cls, text: str) -> InterpreterScript:
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
        assignments = [line for line in self.assignments if _split_export(line) in names]
        absent = {
            name
            for line in self.assignments
            if _split_export(line) not in names
            for name in _split_export_targets(line)
        }
        declarations = [name for name in self.declarations if name not in absent]
        conversions = [line for line in self.conversions if _split_export(line) in names]
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


def _split_export(statement: str) -> str:
    """The export that a statement names. Raises ValueError where it names none."""
    match = NAMED_EXPORT.search(statement)
    if not match:
        raise ValueError(f"a statement about exports names none: {statement[:100]}")
    return match.group(1)


def _split_export_targets(statement: str) -> list[str]:
    """The variables that a statement assigns to."""
    return [target for target in statement.split("=")[:-1] if NAME.fullmatch(target)]


def interpreter_exports_used(
    module: WasmModule, script: InterpreterScript, other_scripts: Iterable[str]
) -> frozenset[str]:
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


def with_imports(script: str, names: Set[str]) -> str:
    """The script with those functions alone that the program imports; one takes the place of all that would draw.

    Pyodide makes and compiles a module for each function whose address is wanted, which are most of those.
    """
    before, _, more = script.partition(IMPORTS)
    listed, _, after = more.partition("}")
    entries = listed.split(",")
    imported = [entry for entry in entries if entry.partition(":")[0] in names]
    drawing = [entry.partition(":")[0] for entry in imported if entry.startswith(GRAPHICS)]
    needed = [entry for entry in imported if not entry.startswith(GRAPHICS)]
    needed += [f"{name}:{NOTHING}" for name in drawing]
    nothing = f'var {NOTHING}=()=>{{}};{NOTHING}.sig="v";'
    text = f"{before}{nothing}{IMPORTS}{','.join(needed)}}}{after}"
    return without_functions(text, [entry.partition(":")[2] for entry in entries if entry not in needed])


def without_functions(script: str, names: Iterable[str]) -> str:
    """The script without those of some functions that nothing else in it names.

    A function is what lies between its declaration and the line behind it that says its types; one with anything else
    in between stays.
    """
    words = Counter(NAME.findall(script))
    texts = {name: (text, f'Module["{name}"]={name};') for name in names if name and (text := _function(script, name))}
    texts = {name: (text, export if export in script else "") for name, (text, export) in texts.items()}
    inner = {name: Counter(NAME.findall("".join(both))) for name, both in texts.items()}
    unused: set[str] = set()
    while new := {name for name in texts.keys() - unused if words[name] == inner[name][name]}:
        for name in new:
            words.subtract(inner[name])
        unused |= new
    for text in (text for name in sorted(unused) for text in texts[name]):
        script = script.replace(text, "", 1)
    return script


def _declarations(script: str, name: str) -> list[int]:
    """Where a statement of the script begins that declares a function of this name."""
    places = []
    for words in (f"var {name}=", f"function {name}("):
        place = script.find(words)
        while place >= 0:
            if script[place - 1 : place] in (";", "}"):
                places.append(place)
            place = script.find(words, place + 1)
    return sorted(places)


def _function(script: str, name: str) -> str:
    """The text of a function and of its types; empty where it is not alone there."""
    pattern = re.compile(rf'(?:(?!\.sig=).)*?[;}}]{name}\.sig="\w*";', re.ASCII)
    matches = (pattern.match(script, place) for place in _declarations(script, name))
    match = next(filter(None, matches), None)
    if match is None:
        return ""
    text = match[0]
    depth, outside = 0, 0
    for sign in re.sub(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'', "", text):
        depth += (sign in "{([") - (sign in "})]")
        outside += sign == ";" and depth == 0
    # One statement and its types, or a function, behind which there is no semicolon, and its types.
    return text if depth == 0 and outside == (2 if text.startswith("var") else 1) else ""
