"""Write the files that a browser needs to run the calculators, below `docs/assets/`.

Everything written here is generated and ignored by git. A file is written only when its bytes differ, because
`mkdocs serve` rebuilds the site after each write below `docs/`.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from macros import byte_code
from macros.compressed import PACKED, gzipped

FIXED = ("ages.js", "loader.js")
"""The scripts with a fixed address: what tells the age of prices on any page, and the loader.

The loader reads the name of the build and imports the rest by it.
"""

PYODIDE_SCRIPTS = {
    "pyodide.mjs": "6f1d60f7bf529beb300f0f47983c921d3982363640ba20af0e38efdddbc66109",
    "pyodide.asm.mjs": "f7cdc8ece80678ceb712f8e65ebe6d3a83203a180c399865f49612a051693635",
}
PROGRAM = "pyodide.asm.wasm"
PYODIDE_FILES = PYODIDE_SCRIPTS | {PROGRAM: "cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6"}
"""What ships of the pinned Pyodide, with SHA-256 digests: a build holds the package to them, a browser what it gets.

The program ships compressed. It is most of what a first visit downloads, and a host compresses in a hurry.
"""

PYTHON_LIBRARY = {"python_stdlib.zip": "fa1957e5777068fc4f7437f96d860ae2fbe9c19732ba06c84e004ec16dd7dd7a"}
"""Python's whole library, of which a part ships as byte code."""

TOKENIZER_FILES = (
    "BytePairEncodingCore.js",
    "bpeRanks/cl100k_base.js",
    "bpeRanks/o200k_base.js",
    "encodingParams/cl100k_base.js",
    "encodingParams/constants.js",
    "encodingParams/o200k_base.js",
    "constants.js",
    "specialTokens.js",
    "utfUtil.js",
    "util.js",
)
"""What counts tokens: the two tokenizers with all that they import, and nothing of the package's list of models."""

FONT_FOLDER = "@fontsource-variable/atkinson-hyperlegible-next/files"
FONT_FILES = (
    "atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "atkinson-hyperlegible-next-latin-ext-wght-normal.woff2",
)
COMMENT_LINES = re.compile(rb"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/).)*\*/[ \t]*)$", re.MULTILINE | re.DOTALL)
"""Comments of a script that have their lines to themselves."""

LIBRARY, CALCULATORS = byte_code.NAMES
BUILD, LIBRARY_FOLDER = re.compile("[0-9a-f]{12}"), re.compile("library-[0-9a-f]{12}")

REINSTALL = "Run `python3 make.py setup` first."

BUILDS_KEPT = 3
"""Folders of the newest builds that stay. A running `mkdocs serve` may still use an older one than this process."""


def write(root: Path, facts_text: str) -> str:
    """Write what differs and return the build's id, the twelve hexadecimal digits its folder is named by.

    The id is made from what goes in, so the same sources give the same id on each machine.

    Raises FileNotFoundError where the browser packages are not installed, ValueError where they are not those pinned.
    """
    packages = root / "node_modules"
    assets = root / "docs" / "assets"
    runtime = assets / "runtime"

    pyodide = packages / "pyodide"
    interpreter = _versioned(pyodide, "", PYODIDE_FILES, runtime)
    program = (runtime / interpreter / _shipped(PROGRAM)).read_bytes()
    tokenizer = _versioned(packages / "gpt-tokenizer", "esm", dict.fromkeys(TOKENIZER_FILES), runtime)
    for name in FONT_FILES:
        _write(assets / "fonts" / name, _read(packages / FONT_FOLDER / name))

    sources = {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "calculators").rglob("*.py")}
    library, calculators = byte_code.made(root / byte_code.CACHE, pyodide, sources, PYODIDE_FILES | PYTHON_LIBRARY)
    library_folder = f"library-{_sha256(library)[:12]}"
    _write(runtime / library_folder / LIBRARY, library)

    own = {"facts.json": facts_text.encode(), CALCULATORS: calculators}
    scripts = [path for path in (assets / "javascripts").glob("*.js") if path.name not in FIXED]
    files = own | {path.name: _without_comments(path.read_bytes()) for path in scripts}
    digests = {f"../{interpreter}/{name}": digest for name, digest in PYODIDE_SCRIPTS.items()}
    digests |= {f"../{interpreter}/{_shipped(PROGRAM)}": _sha256(program)}
    digests |= {f"../{library_folder}/{LIBRARY}": _sha256(library)}
    digests |= {name: _sha256(content) for name, content in own.items()}
    files["build.js"] = _build_script(pyodide, digests, tokenizer)
    build = _digest(sources | files)

    for name, content in files.items():
        _write(runtime / build / name, content)
    _remove_old(runtime, build, BUILD)
    _remove_old(runtime, library_folder, LIBRARY_FOLDER)
    return build


def _versioned(package: Path, within: str, digests: Mapping[str, str | None], runtime: Path) -> str:
    """Copy files of a package into a folder named by its version, and return the folder's name.

    They are megabytes, so they are compared by size alone, and what ships compressed not at all: a file of one
    published version never changes. What is copied is held to its digest, where it has one. What an earlier build took
    from the package and this one does not is removed, for all that lies there is published.
    """
    folder = f"{package.name}-{json.loads(_read(package / 'package.json'))['version']}"
    shipped = {name: _shipped(name) for name in digests}
    for path in [it for it in (runtime / folder).rglob("*") if it.is_file()]:
        if path.relative_to(runtime / folder).as_posix() not in shipped.values():
            path.unlink()
    for name, digest in digests.items():
        source, target = _present(package / within / name), runtime / folder / shipped[name]
        packed = shipped[name] != name
        if not target.exists() or (not packed and target.stat().st_size != source.stat().st_size):
            content = source.read_bytes()
            if digest and _sha256(content) != digest:
                raise ValueError(f"{source} is not the file that macros/bundle.py pins. {REINSTALL}")
            _write(target, gzipped(content) if packed else content)
    return folder


def _shipped(name: str) -> str:
    """What a file of a package is called where it is published."""
    return f"{name}{PACKED}" if name == PROGRAM else name


def _build_script(pyodide: Path, digests: dict[str, str], tokenizer: str) -> bytes:
    """Return the script that names what the build runs on and carries the interpreter's list of packages: none.

    The calculators use the standard library only, and the published list of packages would be one more download.
    """
    info = json.loads(_read(pyodide / "pyodide-lock.json"))["info"]
    python = {"lock": {"info": info, "packages": {}}, "digests": digests}
    counting = {"folder": tokenizer, "files": TOKENIZER_FILES}
    return (
        "// Names what this build runs on, with the digests of what the Worker loads. Written by macros/bundle.py.\n"
        f"export const python = {json.dumps(python, sort_keys=True)};\n"
        f"export const tokenizer = {json.dumps(counting)};\n"
    ).encode()


def _without_comments(script: bytes) -> bytes:
    """Return a script a third smaller, whose lines keep their numbers."""
    return COMMENT_LINES.sub(lambda found: b"\n" * found.group().count(b"\n"), script)


def _digest(files: dict[str, bytes]) -> str:
    """Return the first twelve hexadecimal digits of a SHA-256 over names, lengths and contents."""
    total = hashlib.sha256()
    for name, content in sorted(files.items()):
        total.update(f"{name}\n{len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()[:12]


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _present(path: Path) -> Path:
    """Return the path of an installed file, or raise with what to do."""
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing. {REINSTALL}")
    return path


def _read(path: Path) -> bytes:
    return _present(path).read_bytes()


def _write(path: Path, content: bytes) -> None:
    """Write the file unless it holds these bytes already. What has its name is whole."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def _remove_old(runtime: Path, current: str, names: re.Pattern[str]) -> None:
    """Remove the folders of such names other than the current one and the newest few others."""
    others = [it for it in runtime.iterdir() if it.is_dir() and it.name != current and names.fullmatch(it.name)]
    others.sort(key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    for path in others[BUILDS_KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
