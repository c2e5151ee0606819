"""Runs inside Pyodide at build: writes the part of Python's library that calculators use, and them, as byte code.

Importing from source takes most of the time that Python needs to start, and only the interpreter that will run byte
code can write it. What is used is found by running every import statement of the calculators, those inside functions
included, and by formatting an error, which imports more.
"""

import ast
import dataclasses
import marshal
import pkgutil  # noqa: F401 - to be part of the library: docs/assets/javascripts/interpreter.js uses it
import sys
import traceback
import zlib
from pathlib import Path
from types import CodeType

LIBRARY = f"/lib/python{sys.version_info.major}{sys.version_info.minor}.zip"
SOURCES = Path("/sources")
MADE = Path("/made")

ASYNCIO = b"""
from .coroutines import *
from .events import *
from .exceptions import *
from .futures import *
from .runners import *
from .tasks import *

DefaultEventLoopPolicy = events._BaseDefaultEventLoopPolicy
"""
"""What Pyodide's own loop is made of. The rest of the package, and what only that imports, is for sockets."""

IN_ASYNCIO = {
    "base_futures", "base_tasks", "constants", "coroutines", "events", "exceptions", "format_helpers", "futures",
    "locks", "mixins", "queues", "runners", "tasks", "timeouts",
}  # fmt: skip
LEFT_OUT = {"bz2", "compression", "lzma", "ssl"}
"""Who else imports these, to unpack archives of other kinds, does without where they are missing."""

PREPARED = """
import dataclasses
import marshal
import zlib

CODES = marshal.loads({codes!r})


def prepared(text, *spaces):
    exec(CODES.get(zlib.crc32(text.encode()), text), *spaces)


dataclasses.exec = prepared
"""
"""`dataclasses` writes the methods of each class as a text and compiles it, which is half of what importing takes."""


def used(files: list[Path]) -> list[str]:
    """The modules of Python's library that the start and these files import, as paths inside the library."""
    sys.path.insert(0, str(SOURCES))
    texts = [(text, ast.walk(ast.parse(text))) for text in (file.read_text("utf-8") for file in files)]
    found = [(text, node) for text, nodes in texts for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    for statement in sorted({ast.get_source_segment(text, node) or "" for text, node in found}):
        exec(statement, {})
    try:
        ast.parse("no name", "an error")
    except SyntaxError as error:
        traceback.format_exception(error)
    origins = [getattr(module.__spec__, "origin", None) or "" for module in list(sys.modules.values())]
    return sorted(it.removeprefix(f"{LIBRARY}/") for it in origins if it.startswith(f"{LIBRARY}/"))


def ships(path: str) -> bool:
    """Whether a module of the library that was imported is needed."""
    package, _, inner = path.removesuffix(".py").partition("/")
    return package not in LEFT_OUT and (package != "asyncio" or inner in IN_ASYNCIO)


def kept() -> dict[int, CodeType]:
    """From here on holds what `dataclasses` compiles, by a checksum of its text, which is larger."""
    codes: dict[int, CodeType] = {}

    def keep(text: str, *spaces: dict[str, object]) -> None:
        key = zlib.crc32(text.encode())
        made = compile(text, "<dataclass>", "exec")
        if codes.setdefault(key, made) != made:
            raise ValueError("two dataclasses share a checksum: take a longer one")
        exec(made, *spaces)

    dataclasses.exec = keep  # type: ignore[attr-defined]
    return codes


def without_documentation(source: bytes) -> bytes:
    """A module whose functions have lost their documentation, with all lines where they were.

    Its own is shown as a title, and for classes without any `dataclasses` would write some.
    """
    lines = source.decode("utf-8").split("\n")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node, clean=False) is not None:
            first, last = node.body[0].lineno, node.body[0].end_lineno or 0
            lines[first - 1 : last] = [" " * node.body[0].col_offset + "pass"] + [""] * (last - first)
    return "\n".join(lines).encode("utf-8")


def archive(name: str, files: dict[str, bytes], optimize: int) -> None:
    """Write byte code of sources as a zip that is stored as it is, to be compressed as a whole.

    The byte code is valid without its source. The order, the dates and the rights of the files are fixed.
    """
    import py_compile
    import zipfile

    source, compiled = Path("/tmp/source.py"), Path("/tmp/source.pyc")
    with zipfile.ZipFile(MADE / name, "w") as packed:
        for path, content in sorted(files.items()):
            source.write_bytes(content)
            mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
            py_compile.compile(str(source), str(compiled), path, True, optimize, mode)
            packed.writestr(zipfile.ZipInfo(f"{path}c"), compiled.read_bytes())


def main() -> None:
    files = sorted((SOURCES / "calculators").rglob("*.py"))
    codes = kept()
    paths = filter(ships, used(files))
    import zipfile

    with zipfile.ZipFile(LIBRARY) as library:
        # Of the library, documentation and assertions stay behind.
        sources = {path: library.read(path) for path in paths}
    archive("library.zip", sources | {"asyncio/__init__.py": ASYNCIO}, 2)
    own = {file.relative_to(SOURCES).as_posix(): without_documentation(file.read_bytes()) for file in files}
    archive("calculators.zip", own | {"prepared.py": PREPARED.format(codes=marshal.dumps(codes)).encode()}, 0)


main()
