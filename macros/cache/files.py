"""Writes what is kept for the next start, a file or a folder: whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FOLDERS = 6
"""How many folders of one kind stay, each of sources of its own: people edit, and switch between branches."""


def keep_cached_file(path: Path, content: bytes) -> bool:
    """Writes the file so that whoever reads it finds it whole; False where the folder may not be written."""
    import tempfile  # slow to import, and seldom needed

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            new = Path(folder, path.name)
            new.write_bytes(content)
            new.replace(path)
    except OSError:
        return False
    return True


@contextmanager
def new_cached_folder(folder: Path) -> Iterator[Path]:
    """Gives an empty folder to fill, with room beside it, and puts it in place last: what has its name is whole.

    Its name ends with a digest. Of the folders that differ only there, the oldest are removed.
    """
    import shutil  # slow to import, and seldom needed
    import tempfile

    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        new = Path(temporary, folder.name)
        new.mkdir()
        yield new
        if not folder.exists():
            new.rename(folder)
    with suppress(OSError):  # another build may remove the same folders
        kind = folder.name.rpartition("-")[0]
        alike = sorted(folder.parent.glob(f"{kind}-*"), key=lambda path: path.stat().st_mtime_ns)
        for older in alike[:-FOLDERS]:
            shutil.rmtree(older, ignore_errors=True)
