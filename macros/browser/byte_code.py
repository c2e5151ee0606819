"""Byte code for the browser: the part of Python's library that the calculators use, and the calculators themselves.

It is made by the pinned Pyodide under the environment's Node, and kept under the digest of what it was made from: a
build whose calculators have not changed starts no Node.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import NamedTuple

from macros.browser.compressed import PACKED, gzipped
from macros.browser.node import NodeError, run_node
from macros.browser.parts import BASE as BASE_PART
from macros.browser.parts import Parts, calculator_parts
from macros.cache.files import new_cached_folder

CACHE = ".cache"
LIBRARY, BASE = f"library.zip{PACKED}", f"{BASE_PART}{PACKED}"
"""The files that every start loads: Python's library, and what most calculators need."""

NEEDED = "needed.json"
STARTS, INSIDE = Path(__file__).with_name("byte_code.mjs"), Path(__file__).with_name("byte_code_inside.py")
DIVIDES, IMPORTS = Path(__file__).with_name("parts.py"), Path(__file__).with_name("parts_inside.py")
STATEMENTS = Path(__file__).parent.with_name("statements.py")


class Archives(NamedTuple):
    """What ships as byte code, gzipped: Python's library, and the parts of the calculators by the names of their files.

    `needed` names the files that a calculator needs beside the base, and those that `all` together need.
    """

    library: bytes
    parts: dict[str, bytes]
    needed: dict[str, list[str]]


class NotMade(Exception):
    """The byte code could not be made; the message ends with what Node said."""


def byte_code_archives(cache: Path, pyodide: Path, sources: dict[str, bytes], pinned: dict[str, str]) -> Archives:
    """The gzipped archives of Python's library and of the calculators.

    `sources` are the calculators by their paths, `pinned` the digests of Pyodide's files. Raises NotMade.
    """
    key = hashlib.sha256(repr((sorted(pinned.items()), sorted(sources.items()))).encode())
    key.update(b"".join(path.read_bytes() for path in (STARTS, INSIDE, IMPORTS, DIVIDES, STATEMENTS, Path(__file__))))
    folder = cache / f"byte-code-{key.hexdigest()[:16]}"
    if not folder.is_dir():
        for name, digest in pinned.items():
            if hashlib.sha256((pyodide / name).read_bytes()).hexdigest() != digest:
                raise NotMade(
                    f"{pyodide / name} is not the file that macros/browser/bundle.py pins: set up the project anew."
                )
        _make_byte_code(folder, pyodide, sources)
    needed = json.loads((folder / NEEDED).read_text("utf-8"))
    packed = {name: (folder / name).read_bytes() for name in (BASE, *needed["all"])}
    return Archives((folder / LIBRARY).read_bytes(), packed, needed)


def _make_byte_code(folder: Path, pyodide: Path, sources: dict[str, bytes]) -> None:
    """Make all files, and a folder of them."""
    with new_cached_folder(folder) as archives:
        copied = archives.with_name("sources")
        for name, content in sources.items():
            (copied / name).parent.mkdir(parents=True, exist_ok=True)
            (copied / name).write_bytes(content)
        shutil.copyfile(IMPORTS, copied / IMPORTS.name)
        (copied / "macros").mkdir()  # which `byte_code_inside.py` imports it from
        shutil.copyfile(STATEMENTS, copied / "macros" / STATEMENTS.name)
        divided = _divided(sources)
        (copied / "parts.json").write_text(json.dumps(divided.modules), "utf-8")
        try:
            run_node(STARTS, pyodide.resolve(), INSIDE, copied, archives)
        except NodeError as error:
            raise NotMade(f"The byte code for the browser could not be made. Node said:\n{error}") from error
        for archive in [*archives.iterdir()]:
            archive.with_name(f"{archive.name}{PACKED}").write_bytes(gzipped(archive.read_bytes()))
            archive.unlink()
        needed = {calculator: [f"{part}{PACKED}" for part in names] for calculator, names in divided.needed.items()}
        (archives / NEEDED).write_text(json.dumps(needed), "utf-8")


def _divided(sources: dict[str, bytes]) -> Parts:
    """The parts of the calculators. Raises NotMade where a file is no Python."""
    try:
        return calculator_parts(sources)
    except SyntaxError as error:
        raise NotMade(f"The byte code for the browser could not be made. SyntaxError: {error}") from error
