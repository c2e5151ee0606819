"""Runs inside Pyodide at build: writes the part of Python's library that calculators use, and them, as byte code.

Importing from source takes most of the time that Python needs to start, and only the interpreter that will run byte
code can write it. What is used is found by running every import statement of the calculators, those inside functions
included, and by formatting an error, which imports more.
"""

import ast
import pkgutil  # noqa: F401 - to be part of the library: docs/assets/javascripts/interpreter.js uses it
import sys
import traceback
from pathlib import Path

LIBRARY = f"/lib/python{sys.version_info.major}{sys.version_info.minor}.zip"
SOURCES = Path("/sources")
MADE = Path("/made")


def used(files: list[Path]) -> list[str]:
    """The modules of Python's library that the start and these files import, as paths inside the library."""
    sys.path.insert(0, str(SOURCES))
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    imports = {ast.unparse(node) for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)}
    for statement in sorted(imports):
        exec(statement, {})
    try:
        ast.parse("no name", "an error")
    except SyntaxError as error:
        traceback.format_exception(error)
    origins = [getattr(module.__spec__, "origin", None) or "" for module in list(sys.modules.values())]
    return sorted(it.removeprefix(f"{LIBRARY}/") for it in origins if it.startswith(f"{LIBRARY}/"))


def archive(name: str, files: dict[str, bytes], optimize: int) -> None:
    """Write byte code of sources as a zip that is stored as it is and compressed as a whole.

    The byte code is valid without its source. The order, the dates and the rights of the files are fixed.
    """
    import gzip
    import io
    import py_compile
    import zipfile

    buffer = io.BytesIO()
    source, compiled = Path("/tmp/source.py"), Path("/tmp/source.pyc")
    with zipfile.ZipFile(buffer, "w") as packed:
        for path, content in sorted(files.items()):
            source.write_bytes(content)
            mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
            py_compile.compile(str(source), str(compiled), path, True, optimize, mode)
            packed.writestr(zipfile.ZipInfo(f"{path}c"), compiled.read_bytes())
    (MADE / name).write_bytes(gzip.compress(buffer.getvalue(), 9, mtime=0))


def main() -> None:
    files = sorted((SOURCES / "calculators").rglob("*.py"))
    paths = used(files)
    import zipfile

    with zipfile.ZipFile(LIBRARY) as library:
        # Of the library, documentation and assertions stay behind; calculators show some of their documentation.
        archive("library.zip.gz", {path: library.read(path) for path in paths}, 2)
    archive("calculators.zip.gz", {file.relative_to(SOURCES).as_posix(): file.read_bytes() for file in files}, 0)


main()
