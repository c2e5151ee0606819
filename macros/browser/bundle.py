"""Write the files that a browser needs to run the calculators, below `docs/assets/`.

Everything written here is generated and ignored by git. A file is written only when its bytes differ, because
`mkdocs serve` rebuilds the site after each write below `docs/`.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from macros.browser import byte_code
from macros.browser.short_scripts import short_scripts
from macros.browser.split import shipping
from macros.cache.files import new_cached_folder

FIXED = ("ages.js", "loader.js", "navigation.js")
"""The scripts with a fixed address: what tells the age of prices, the loader, and what goes from page to page.

The loader reads the name of the build and imports the rest by it.
"""

PYODIDE_FILES = {
    "pyodide.mjs": "6f1d60f7bf529beb300f0f47983c921d3982363640ba20af0e38efdddbc66109",
    "pyodide.asm.mjs": "f7cdc8ece80678ceb712f8e65ebe6d3a83203a180c399865f49612a051693635",
    "pyodide.asm.wasm": "cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6",
}
"""What the interpreter is made of, with SHA-256 digests to which a build holds the pinned Pyodide."""

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
BUILD = re.compile("[0-9a-f]{12}")
LIBRARY_FOLDER, INTERPRETER_FOLDER = re.compile("library-[0-9a-f]{12}"), re.compile("pyodide-[0-9.]+-[0-9a-f]{12}")

REINSTALL = "Run `python3 make.py setup` first."

BUILDS_KEPT = 3
"""Folders of the newest builds that stay. A running `mkdocs serve` may still use an older one than this process."""


def write_browser_bundle(root: Path, facts_text: str) -> str:
    """Write what differs and return the build's id, the twelve hexadecimal digits its folder is named by.

    The id is made from what goes in, so the same sources give the same id on each machine.

    Raises FileNotFoundError where the browser packages are not installed, ValueError where they are not those pinned.
    """
    packages = root / "node_modules"
    assets = root / "docs" / "assets"
    runtime = assets / "runtime"

    pyodide = packages / "pyodide"
    interpreter = _bundle_interpreter(pyodide, runtime)
    tokenizer = _bundle_versioned(packages / "gpt-tokenizer", "esm", TOKENIZER_FILES, runtime)
    for name in FONT_FILES:
        _write_bundle_file(assets / "fonts" / name, _read_for_bundle(packages / FONT_FOLDER / name))

    sources = {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "calculators").rglob("*.py")}
    archives = byte_code.byte_code_archives(root / byte_code.CACHE, pyodide, sources, PYODIDE_FILES | PYTHON_LIBRARY)
    library_folder = f"library-{_bundle_sha256(archives.library)[:12]}"
    _write_bundle_file(runtime / library_folder / byte_code.LIBRARY, archives.library)

    generated = {"facts.json": facts_text.encode(), **archives.parts}
    scripts = [path for path in (assets / "javascripts").glob("*.js") if path.name not in FIXED]
    files = generated | _short_bundle_scripts(root, scripts)
    shipped = sorted((runtime / interpreter).iterdir())
    digests = {f"../{interpreter}/{path.name}": _bundle_sha256(path.read_bytes()) for path in shipped}
    digests |= {f"../{library_folder}/{byte_code.LIBRARY}": _bundle_sha256(archives.library)}
    digests |= {name: _bundle_sha256(content) for name, content in generated.items()}
    files["build.js"] = _bundle_build_script(pyodide, digests, archives, tokenizer)
    build = _bundle_digest(sources | files)

    for name, content in files.items():
        _write_bundle_file(runtime / build / name, content)
    _remove_old_bundles(runtime, build, BUILD, BUILDS_KEPT)
    _remove_old_bundles(runtime, library_folder, LIBRARY_FOLDER, BUILDS_KEPT)
    _remove_old_bundles(
        runtime, interpreter, INTERPRETER_FOLDER, 1
    )  # It has ten megabytes, and changes with a profile only.
    return build


def _bundle_interpreter(pyodide: Path, runtime: Path) -> str:
    """Write what ships of the interpreter, unless an earlier build did, and return its folder's name.

    The name has a digest of all that decides what ships.
    """
    version = json.loads(_read_for_bundle(pyodide / "package.json"))["version"]
    key = _bundle_digest(
        {path.name: path.read_bytes() for path in (*shipping.SOURCES, shipping.PROFILE)}
        | {name: digest.encode() for name, digest in PYODIDE_FILES.items()}
    )
    folder = runtime / f"{pyodide.name}-{version}-{key}"
    for name, digest in PYODIDE_FILES.items():
        if _bundle_sha256(_read_for_bundle(pyodide / name)) != digest:
            raise ValueError(f"{pyodide / name} is not the file that macros/browser/bundle.py pins. {REINSTALL}")
    if not folder.is_dir():
        files = shipping.shipped_interpreter_files(pyodide)
        with new_cached_folder(folder) as shipped:
            for name, content in files.items():
                _write_bundle_file(shipped / name, content)
    return folder.name


def _bundle_versioned(package: Path, within: str, names: Iterable[str], runtime: Path) -> str:
    """Copy files of a package into a folder named by its version, and return the folder's name.

    They are megabytes, so they are compared by size alone: a file of one published version never changes. What an
    earlier build took from the package and this one does not is removed, for all that lies there is published.
    """
    folder = f"{package.name}-{json.loads(_read_for_bundle(package / 'package.json'))['version']}"
    copied = {*names}
    for path in [file for file in (runtime / folder).rglob("*") if file.is_file()]:
        if path.relative_to(runtime / folder).as_posix() not in copied:
            path.unlink()
    for name in copied:
        source, target = _bundle_present(package / within / name), runtime / folder / name
        if not target.exists() or target.stat().st_size != source.stat().st_size:
            _write_bundle_file(target, source.read_bytes())
    return folder


def _bundle_build_script(pyodide: Path, digests: dict[str, str], archives: byte_code.Archives, tokenizer: str) -> bytes:
    """Return the script that names what the build runs on and carries the interpreter's list of packages: none.

    The calculators use the standard library only, and the published list of packages would be one more download.
    """
    lock = json.loads(_read_for_bundle(pyodide / "pyodide-lock.json"))
    python = {
        "lock": {"info": lock["info"], "packages": {}},
        "digests": digests,
        "parts": archives.needed,
    }
    counting = {"folder": tokenizer, "files": TOKENIZER_FILES}
    return (
        "// Names what this build runs on, with the digests of what the Worker loads: written by macros/browser.\n"
        f"export const python = {json.dumps(python, sort_keys=True)};\n"
        f"export const tokenizer = {json.dumps(counting)};\n"
    ).encode()


def shorten_fixed_scripts(root: Path, assets: Path) -> None:
    """Shorten the scripts of a built site whose addresses stay the same from build to build."""
    paths = [
        path for path in (*(assets / "javascripts" / name for name in FIXED), assets / "theme.js") if path.is_file()
    ]
    shortened = _short_bundle_scripts(root, paths)
    for path in paths:
        path.write_bytes(shortened[path.name])


def _short_bundle_scripts(root: Path, paths: Iterable[Path]) -> dict[str, bytes]:
    """Return scripts by name as they ship."""
    terser = _bundle_present(root / "node_modules" / "terser" / "package.json").parent
    return short_scripts(root / byte_code.CACHE, terser, {path.name: path.read_bytes() for path in paths})


def _bundle_digest(files: dict[str, bytes]) -> str:
    """Return the first twelve hexadecimal digits of a SHA-256 over names, lengths and contents."""
    total = hashlib.sha256()
    for name, content in sorted(files.items()):
        total.update(f"{name}\n{len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()[:12]


def _bundle_sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _bundle_present(path: Path) -> Path:
    """Return the path of an installed file, or raise with what to do."""
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing. {REINSTALL}")
    return path


def _read_for_bundle(path: Path) -> bytes:
    return _bundle_present(path).read_bytes()


def _write_bundle_file(path: Path, content: bytes) -> None:
    """Write the file unless it holds these bytes already. What has its name is whole."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def _remove_old_bundles(runtime: Path, current: str, names: re.Pattern[str], kept: int) -> None:
    """Remove the folders of such names other than the current one and the newest others, so many in all."""
    older = [
        folder
        for folder in runtime.iterdir()
        if folder.is_dir() and folder.name != current and names.fullmatch(folder.name)
    ]
    older.sort(key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    for path in older[kept - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
