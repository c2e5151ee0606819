"""Write the files that a browser needs to run the calculators, below `docs/assets/`.

Everything written here is generated and ignored by git. A file is written only when its bytes differ, because
`mkdocs serve` rebuilds the site after each write below `docs/`.
"""

import hashlib
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

LOADER = "loader.js"
"""The one script with a fixed address. It reads the name of the build and imports the rest by it."""

PYODIDE_FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
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
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip can hold. A fixed one gives the same bytes from each build."""

COMMENT_LINES = re.compile(rb"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/).)*\*/[ \t]*)$", re.MULTILINE | re.DOTALL)
"""Comments of a script that have their lines to themselves."""

BUILDS_KEPT = 3
"""Folders of the newest builds that stay. A running `mkdocs serve` may still use an older one than this process."""


def write(root: Path, facts_text: str) -> str:
    """Write what differs and return the build's id, the twelve hexadecimal digits its folder is named by.

    The id is made from what goes in, so the same sources give the same id on each machine.

    Raises FileNotFoundError where the browser packages are not installed.
    """
    packages = root / "node_modules"
    assets = root / "docs" / "assets"
    runtime = assets / "runtime"

    interpreter = _versioned(packages / "pyodide", "", PYODIDE_FILES, runtime)
    tokenizer = _versioned(packages / "gpt-tokenizer", "esm", TOKENIZER_FILES, runtime)
    for name in FONT_FILES:
        _write(assets / "fonts" / name, _read(packages / FONT_FOLDER / name))

    sources = {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "calculators").rglob("*.py")}
    scripts = [path for path in (assets / "javascripts").glob("*.js") if path.name != LOADER]
    files = {path.name: _without_comments(path.read_bytes()) for path in scripts}
    files["build.js"] = _build_script(packages / "pyodide", interpreter, tokenizer)
    files["facts.json"] = facts_text.encode()
    build = _digest(sources | files)

    files["calculators.zip"] = _zip(sources)
    for name, content in files.items():
        _write(runtime / build / name, content)
    _remove_old_builds(runtime, build)
    return build


def _versioned(package: Path, within: str, names: tuple[str, ...], runtime: Path) -> str:
    """Copy files of a package into a folder named by its version, and return the folder's name.

    They are megabytes, so they are compared by size alone: a file of one published version never changes.
    """
    folder = f"{package.name}-{json.loads(_read(package / 'package.json'))['version']}"
    for name in names:
        source, target = package / within / name, runtime / folder / name
        if not target.exists() or target.stat().st_size != _present(source).stat().st_size:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(_present(source), target)
    return folder


def _build_script(package: Path, interpreter: str, tokenizer: str) -> bytes:
    """Return the script that names what the build runs on and carries the interpreter's list of packages: none.

    The calculators use the standard library only, and the published list of packages would be one more download.
    """
    info = json.loads(_read(package / "pyodide-lock.json"))["info"]
    lock = json.dumps({"info": info, "packages": {}}, sort_keys=True)
    return (
        "// Names the interpreter and the tokenizers of this build. Written by macros/bundle.py.\n"
        f'export const interpreter = "{interpreter}";\n'
        f'export const tokenizer = "{tokenizer}";\n'
        f"export const lock = {lock};\n"
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


def _zip(sources: dict[str, bytes]) -> bytes:
    """Return a zip of the sources: sorted, with one date and one set of rights for all."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(sources.items()):
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def _present(path: Path) -> Path:
    """Return the path of an installed file, or raise with what to do."""
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing. Run `python3 make.py setup` first.")
    return path


def _read(path: Path) -> bytes:
    return _present(path).read_bytes()


def _write(path: Path, content: bytes) -> None:
    """Write the file unless it holds these bytes already."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _remove_old_builds(runtime: Path, build: str) -> None:
    """Remove the folders of builds other than this one and the newest few others."""
    others = [path for path in runtime.iterdir() if path.is_dir() and path.name != build and _is_build(path.name)]
    others.sort(key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    for path in others[BUILDS_KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def _is_build(name: str) -> bool:
    return len(name) == 12 and set(name) <= set("0123456789abcdef")
