"""The byte code for the browser is whole, the same from each build, and made only when something changed."""

import gzip
import io
import json
import marshal
import zipfile
from pathlib import Path

import pytest

from calculators.discovery import calculator_names, find_calculator
from calculators.engine.declare import File, Files, kinds
from macros.browser import bundle, byte_code
from macros.pages.checks.sizes import sized_build_folder
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

PYODIDE = ROOT / "node_modules" / "pyodide"
PINNED = bundle.PYODIDE_FILES | bundle.PYTHON_LIBRARY
SOURCES = {
    "calculators/__init__.py": b"",
    "calculators/late.py": b"def late() -> object:\n    import colorsys\n\n    return colorsys\n",
}


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> byte_code.Archives:
    return byte_code.byte_code_archives(tmp_path_factory.mktemp("once"), PYODIDE, SOURCES, PINNED)


def names(archive: bytes) -> list[str]:
    """The files of the library."""
    with zipfile.ZipFile(io.BytesIO(gzip.decompress(archive))) as content:
        assert {entry.date_time for entry in content.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return content.namelist()


def modules(part: bytes) -> set[str]:
    """The modules of a part. Python writes texts and bytes alike in all its versions."""
    codes, packages, methods = marshal.loads(gzip.decompress(part))
    assert {*packages} <= {*codes}
    assert {type(content) for content in (*codes.values(), *methods.values())} <= {bytes}
    return {*codes}


def test_the_library_holds_what_is_imported_even_late_and_little_else(archives: byte_code.Archives) -> None:
    library = archives.library
    assert {"colorsys.pyc", "traceback.pyc", "asyncio/__init__.pyc"} <= set(names(library))
    assert not {"sqlite3/__init__.pyc", "decimal.pyc", "csv.pyc"} & set(names(library))
    for_sockets_and_archives = {"asyncio/streams.pyc", "ssl.pyc", "lzma.pyc"}
    assert not for_sockets_and_archives & set(names(library))
    assert modules(archives.parts[byte_code.BASE]) == {"calculators", "calculators.late"}
    assert archives.needed == {"all": []}


def test_the_library_lacks_what_the_start_alone_would_import(archives: byte_code.Archives) -> None:
    for_packages_and_processes = {"zipfile/__init__.pyc", "shutil.pyc", "tempfile.pyc", "pathlib/__init__.pyc"}
    assert not for_packages_and_processes & set(names(archives.library))
    with zipfile.ZipFile(io.BytesIO(gzip.decompress(archives.library))) as library:
        for stand_in in ("dis.pyc", "logging/__init__.pyc", "socket.pyc", "subprocess.pyc"):
            assert len(library.read(stand_in)) < 2_000, stand_in


def test_a_calculator_that_imports_what_has_a_stand_in_gets_the_whole(tmp_path: Path) -> None:
    rolls = {"calculators/rolls.py": b"def roll() -> float:\n    from random import random\n\n    return random()\n"}
    library = byte_code.byte_code_archives(tmp_path, PYODIDE, rolls, PINNED).library
    assert {"random.pyc", "zipfile/__init__.pyc", "pathlib/__init__.pyc"} <= set(names(library))
    with zipfile.ZipFile(io.BytesIO(gzip.decompress(library))) as content:
        assert len(content.read("random.pyc")) > 10_000


def test_each_build_makes_the_same_bytes(archives: byte_code.Archives, tmp_path: Path) -> None:
    assert byte_code.byte_code_archives(tmp_path, PYODIDE, SOURCES, PINNED) == archives


@pytest.mark.site
def test_the_parts_hold_every_module_and_each_calculator_has_its_own(site: Path) -> None:
    folder = sized_build_folder(site)
    parts = {path.name: modules(path.read_bytes()) for path in folder.glob("calculators*.bin")}
    files = [path.relative_to(ROOT).with_suffix("").parts for path in (ROOT / "calculators").rglob("*.py")]
    assert set().union(*parts.values()) == {".".join(file).removesuffix(".__init__") for file in files}
    listed = json.loads((folder / "build.js").read_text("utf-8").partition("python = ")[2].partition(";\n")[0])
    needed = listed["parts"]
    assert {*needed["all"], byte_code.BASE} == {*parts}
    for name in calculator_names():
        owned = parts[byte_code.BASE].union(*(parts[part] for part in needed[name]))
        assert f"calculators.{name.replace('/', '.')}" in owned
        reads_files = any(isinstance(kind, File | Files) for kind in kinds(find_calculator(name).inputs).values())
        assert any(module.startswith("calculators.readers.") for module in owned) is reads_files


def test_what_is_kept_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(folder: Path, pyodide: Path, sources: dict[str, bytes]) -> None:
        makings.append(sources)
        folder.mkdir(parents=True)
        for name in (byte_code.LIBRARY, byte_code.BASE, "rag.bin"):
            (folder / name).write_bytes(repr(sources).encode())
        (folder / byte_code.NEEDED).write_text(json.dumps(needed))

    needed = {"rag/cost": ["rag.bin"], "all": ["rag.bin"]}
    makings: list[dict[str, bytes]] = []
    monkeypatch.setattr(byte_code, "_make_byte_code", make)
    changed = SOURCES | {"calculators/late.py": b"changed = True"}
    for sources in (SOURCES, SOURCES, changed, SOURCES):
        content = repr(sources).encode()
        archives = byte_code.byte_code_archives(tmp_path, PYODIDE, sources, PINNED)
        assert archives == (content, {byte_code.BASE: content, "rag.bin": content}, needed)
    assert makings == [SOURCES, changed]


def test_a_mistake_is_told_with_what_python_said(tmp_path: Path) -> None:
    with pytest.raises(byte_code.NotMade, match="(?s)could not be made.*SyntaxError"):
        byte_code.byte_code_archives(tmp_path, PYODIDE, {"calculators/broken.py": b"def"}, PINNED)
    with pytest.raises(byte_code.NotMade, match=r"python_stdlib\.zip is not the file"):
        byte_code.byte_code_archives(tmp_path, PYODIDE, SOURCES, PINNED | {"python_stdlib.zip": "0"})
