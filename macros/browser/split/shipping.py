"""What ships of the interpreter: its first module, the rest, and its scripts."""

from __future__ import annotations

from pathlib import Path

from macros.browser.compressed import PACKED, gzipped
from macros.browser.split.exports import InterpreterScript, interpreter_exports_used, with_imports
from macros.browser.split.profile import read_profile
from macros.browser.split.splitting import split_interpreter
from macros.browser.split.webassembly import WasmModule

PROGRAM = "pyodide.asm.wasm"
SCRIPT, LOADER = "pyodide.asm.mjs", "pyodide.mjs"
FIRST, REST = f"{PROGRAM}{PACKED}", "pyodide.rest.wasm"
"""The two modules. The rest is loaded while Python waits, which nothing can unpack meanwhile, so it ships as it is."""

PROFILE = Path(__file__).with_name("profile.json")
SOURCES = sorted(Path(__file__).parent.glob("*.py"))


def shipped_interpreter_files(pyodide: Path) -> dict[str, bytes]:
    """The files by name, made of the published package in a folder, in some seconds.

    Raises ValueError where the package is not as the profile expects.
    """
    module = WasmModule((pyodide / PROGRAM).read_bytes())
    script = InterpreterScript.read((pyodide / SCRIPT).read_text("utf-8"))
    loader = (pyodide / LOADER).read_bytes()
    exports = interpreter_exports_used(module, script, [loader.decode()])
    parts = split_interpreter(module, read_profile(PROFILE.read_text("utf-8")), exports)
    return {
        FIRST: gzipped(parts.first),
        REST: parts.rest,
        SCRIPT: with_imports(script.with_exports(exports), {source.name for source in module.imports}).encode(),
        LOADER: loader,
    }
