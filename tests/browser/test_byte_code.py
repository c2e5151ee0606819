"""The byte code for the browser is whole, the same from each build, and made only when something changed."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from macros import bundle, byte_code
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

PYODIDE = ROOT / "node_modules" / "pyodide"
PINNED = bundle.PYODIDE_FILES | bundle.PYTHON_LIBRARY
SOURCES = {
    "calculators/__init__.py": b"",
    "calculators/late.py": b"def late() -> object:\n    import colorsys\n\n    return colorsys\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    return byte_code.made(tmp_path_factory.mktemp("once"), PYODIDE, SOURCES, PINNED)


def names(archive: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(gzip.decompress(archive))) as content:
        assert {entry.date_time for entry in content.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return content.namelist()


def test_the_library_holds_what_is_imported_even_late_and_little_else(made: tuple[bytes, bytes]) -> None:
    library, calculators = made
    assert {"colorsys.pyc", "traceback.pyc", "asyncio/__init__.pyc"} <= set(names(library))
    assert not {"sqlite3/__init__.pyc", "decimal.pyc", "csv.pyc"} & set(names(library))
    for_sockets_and_archives = {"asyncio/streams.pyc", "ssl.pyc", "lzma.pyc"}
    assert not for_sockets_and_archives & set(names(library))
    assert names(calculators) == ["calculators/__init__.pyc", "calculators/late.pyc", "prepared.pyc"]


def test_each_build_makes_the_same_bytes(made: tuple[bytes, bytes], tmp_path: Path) -> None:
    assert byte_code.made(tmp_path, PYODIDE, SOURCES, PINNED) == made


def test_what_is_kept_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(folder: Path, pyodide: Path, sources: dict[str, bytes]) -> None:
        makings.append(sources)
        folder.mkdir(parents=True)
        for name in byte_code.NAMES:
            (folder / name).write_bytes(repr(sources).encode())

    makings: list[dict[str, bytes]] = []
    monkeypatch.setattr(byte_code, "_make", make)
    changed = SOURCES | {"calculators/late.py": b"changed = True"}
    for sources in (SOURCES, SOURCES, changed, SOURCES):
        assert byte_code.made(tmp_path, PYODIDE, sources, PINNED) == (repr(sources).encode(),) * 2
    assert makings == [SOURCES, changed]


def test_a_mistake_is_told_with_what_python_said(tmp_path: Path) -> None:
    with pytest.raises(byte_code.NotMade, match="(?s)could not be made.*SyntaxError"):
        byte_code.made(tmp_path, PYODIDE, {"calculators/broken.py": b"def"}, PINNED)
    with pytest.raises(byte_code.NotMade, match=r"python_stdlib\.zip is not the file"):
        byte_code.made(tmp_path, PYODIDE, SOURCES, PINNED | {"python_stdlib.zip": "0"})
